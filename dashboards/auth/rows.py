"""The board's own rows in ClickHouse. Connects when first needed, so that the board starts without the store."""

from collections.abc import Sequence
from threading import Lock
from typing import Any, Self

from clickhouse_connect.driver.client import Client

from dashboards.store import add, ask, connect, tell


class Rows:
    """Asks and adds; never changes a row."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._client: Client | None = None

    @classmethod
    def over(cls, client: Client) -> Self:
        """Of a client that is there already."""
        made = cls("")
        made._client = client
        return made

    def ask(self, question: str, **parameters: Any) -> list[tuple[Any, ...]]:
        return ask(self._connected(), question, **parameters)

    def add(self, table: str, **values: Any) -> None:
        self.add_all(table, list(values), [list(values.values())])

    def add_all(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """All of them or none."""
        if rows:
            add(self._connected(), table, rows, columns)

    def tell(self, statement: str, **parameters: Any) -> None:
        """New rows that the store makes itself."""
        tell(self._connected(), statement, **parameters)

    def _connected(self) -> Client:
        with self._lock:
            if self._client is None:
                self._client = connect(self._url)
            return self._client
