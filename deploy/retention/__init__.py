"""What is kept for how long, and what becomes of codes whose term is over (docs/decisions/0022)."""
