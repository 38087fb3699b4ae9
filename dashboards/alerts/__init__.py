"""Thresholds and alerts: what is stored of them, what they look at, what people see and hear."""
