"""How a log writes its requests, line by line: combined, W3C as IIS does, or JSON as nginx can."""

from ingest.access.json_line import from_json_line
from ingest.access.line import Line, parsed
from ingest.access.w3c import DIRECTIVE, W3C, fields


class Forms:
    """Reads the lines of one log, in order: W3C says in a line of its own what those after it hold."""

    def __init__(self) -> None:
        self._w3c: W3C | None = None

    def parsed(self, line: bytes) -> Line | None:
        """None for a line about lines. Raises Rejected, which quotes nothing of the line."""
        if line[:1] == b"#" and DIRECTIVE(line):
            self._w3c = fields(line) or self._w3c
            return None
        if line[:1] == b"{":
            return from_json_line(line)
        return parsed(line) if self._w3c is None else self._w3c.parsed(line)
