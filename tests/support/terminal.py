"""`nhip` as a person types it, in this process."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from deploy.cli import main


@dataclass(frozen=True)
class Terminal:
    """Answers with the status and what was said on both outputs; `before` are words that each line begins with."""

    monkeypatch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]
    before: tuple[str, ...] = ()
    looks_at: Callable[[str], None] = lambda _: None

    def __call__(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        self.monkeypatch.setattr("deploy.cli._stop_on_signals", lambda: None)
        self.monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main([*self.before, *words])
        said = self.capture.readouterr()
        self.looks_at(said.out + said.err)
        return status, said.out, said.err
