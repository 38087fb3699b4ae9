"""The access log of the portal: what enters of each request, and nothing of who made it."""
