"""Closed periods: figures frozen with who and when, read again as they were, and every later change explained."""
