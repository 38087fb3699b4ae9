"""The command `nhip`: words in, exit status out. Each command is a module of deploy.commands, loaded when named."""

import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from importlib import import_module
from types import FrameType
from typing import Protocol, cast

from deploy.output import tell
from deploy.usage import parse, parser
from metrics.errors import Misconfigured, NhipError

DONE, FAILED, MISUSED = 0, 1, 2


class Module(Protocol):
    """What a module of deploy.commands offers."""

    def problems(self, given: Namespace) -> Iterator[str]:
        """Everything wrong with the words."""

    def run(self, given: Namespace, settings: object) -> int: ...


def main(words: list[str] | None = None) -> int:
    _stop_on_signals()
    words = sys.argv[1:] if words is None else words
    try:
        return _command(words)
    except Misconfigured as error:
        for problem in error.problems:
            tell(problem)
        return MISUSED
    except NhipError as error:
        tell(str(error))
        return FAILED
    except KeyboardInterrupt:
        tell("stopped")
        return FAILED
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        sys.stderr.close()
        return FAILED
    except OSError as error:  # a full disk, a folder that may not be written: the system's own words say it best
        tell(f"{error.filename or 'the system says'}: {error.strerror or error}; make room or choose another --data")
        return FAILED


def _command(words: list[str]) -> int:
    given, unknown = parse(words)
    if given.command is None:
        parser().print_help(sys.stderr)
        raise Misconfigured([*unknown, "give a command"])
    from deploy.settings import Settings  # noqa: PLC0415  (not needed for help, and it takes a while)

    module = cast("Module", import_module(f"deploy.commands.{given.command}"))
    problems = [*unknown, *module.problems(given)]
    try:
        settings = Settings.read(**{name: given.data for name in ("data",) if hasattr(given, name)})
    except Misconfigured as error:
        problems.extend(error.problems)
    if problems:
        raise Misconfigured([*problems, f"`nhip {given.command} --help` shows what it takes"])
    from deploy import tracing  # noqa: PLC0415
    from deploy.logs import begin  # noqa: PLC0415

    begin(settings)
    tracing.begin(settings)
    signal.siginterrupt(signal.SIGINT, True)  # else waits outlast Ctrl-C once Polars is loaded (its issue 21739)
    return module.run(given, settings)


def _stop_on_signals() -> None:
    """A polite kill and a closed terminal stop us as Ctrl-C does: everything in order."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
