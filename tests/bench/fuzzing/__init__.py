"""Every parser at the border, given what a coverage-guided fuzzer makes up: no crash, no personal data behind it."""
