"""stack.json, kept true while processes come and go, until it is withdrawn."""

import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deploy.folder import DataFolder, Role, State, birth
from deploy.parts import Addresses


class Note:
    """Written by the keeper's thread and the main one."""

    def __init__(self, folder: DataFolder, role: Role) -> None:
        self._folder = folder
        self._state = State(role, os.getpid(), birth(os.getpid()) or 0)
        self._lock = threading.Lock()
        self._withdrawn = False
        folder.write(self._state)

    @property
    def role(self) -> Role:
        return self._state.role

    def running(self, pids: Mapping[str, int]) -> None:
        self._write(pids=dict(pids))

    def ready(self, addresses: Addresses) -> None:
        self._write(
            ready=True,
            kafka=addresses.kafka.servers,
            clickhouse=addresses.clickhouse,
            board=addresses.board,
            ingest=addresses.ingest,
        )

    def withdraw(self) -> None:
        """From here on nobody joins."""
        with self._lock:
            self._withdrawn = True
            self._folder.forget()

    def _write(self, **changes: Any) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)
            if not self._withdrawn:
                self._folder.write(self._state)
