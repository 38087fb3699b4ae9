"""The way of an online submission through the portal's pages, step by step."""

from collections.abc import Mapping
from types import MappingProxyType

STEPS = ("service", "start", "submit", "pay", "done")
"""Classes of pages: what the service is, filling in, handing in, paying, the page that says it is done."""

BEFORE: Mapping[str, str] = MappingProxyType({"start": "service", "submit": "start", "pay": "submit", "done": "submit"})
"""Which step each one is measured against. Many services cost nothing, so the end follows the handing in."""

GOOD_STATUS = range(200, 400)
"""Answers that let a visitor go on; a form that was taken is often answered by a redirection."""
