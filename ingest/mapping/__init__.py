"""Rows of any shape become national records by a mapping file: columns, codes, times, constants; data, not code."""
