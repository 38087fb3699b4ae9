"""Thresholds and what becomes of them: pure values and one state machine. No clock, no store."""
