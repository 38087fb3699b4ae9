"""Other ways to do the worker's work, each a process of its own."""
