"""What the store answers when it cannot: ClickHouse's own error codes and wording, which clients know."""

import re

UNKNOWN_FORMAT = 73
SYNTAX = 62
BAD_REQUEST = 36
UNKNOWN_SETTING = 115
NOT_ALLOWED = 164
TOO_LARGE = 307
LOGIN = 516
UNEXPECTED = 1001

HTTP_STATUS = {LOGIN: 403, NOT_ALLOWED: 403, TOO_LARGE: 413, 60: 404, 81: 404}
# Time, memory, space, disk: asking the same again may work, so they are not the client's fault.
OURS = frozenset({159, 201, 202, 210, 241, 243, 252, 307, 394, 999, UNEXPECTED})
# The inserter and the engine's own callers repeat the prefix.
SAID = re.compile(r".*?Code: (\d+)\. DB::Exception: (?:Code: \d+\. DB::Exception: )*(.*)", re.DOTALL)


class Fault(Exception):
    """An answer that is an error."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason

    @property
    def status(self) -> int:
        return HTTP_STATUS.get(self.code, 500 if self.code in OURS else 400)

    @property
    def text(self) -> str:
        return f"Code: {self.code}. DB::Exception: {self.reason}\n"


def of_engine(error: RuntimeError) -> Fault:
    """The engine's own complaint, with the code it names."""
    said = SAID.fullmatch(str(error))
    return Fault(int(said[1]), said[2].strip()) if said else Fault(UNEXPECTED, str(error).strip())
