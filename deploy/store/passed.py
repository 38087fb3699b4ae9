"""Statements that the guard has let pass, so that it need not judge the same text again at every click.

What a statement reads is told by its text, whatever its parameters are: but for one kind of parameter, which stands for
a name. A text with such a one is always judged.
"""

from collections import OrderedDict
from threading import Lock

MOST = 500
LONGEST = 50_000
NAMING = "identifier"


class Passed:
    """The texts last used. From any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._texts: OrderedDict[str, None] = OrderedDict()

    def knows(self, sql: str) -> bool:
        with self._lock:
            if sql not in self._texts:
                return False
            self._texts.move_to_end(sql)
            return True

    def note(self, sql: str) -> None:
        if len(sql) > LONGEST or NAMING in sql.casefold():
            return
        with self._lock:
            self._texts[sql] = None
            while len(self._texts) > MOST:
                self._texts.popitem(last=False)
