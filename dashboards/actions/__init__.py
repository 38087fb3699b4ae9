"""Actions in the store and on the board: what was promised, reminders of it, and what came of it."""
