"""The JSON API: every table that a page shows, from the same query modules."""
