"""HTTP push: systems that send their records themselves, each with a token of its own."""
