"""Actions: what was promised, by which post, until when. Pure values; no clock, no store."""
