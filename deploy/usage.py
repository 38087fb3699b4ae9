"""The commands in order, and what was said of them on the command line."""

import argparse
from collections.abc import Iterator
from typing import NoReturn

from deploy.words import acting, figures, running, sources
from deploy.words.shape import DATA, Option
from metrics.errors import Misconfigured

COMMANDS = (*running.COMMANDS, *sources.COMMANDS, *figures.COMMANDS, *acting.COMMANDS)

EXAMPLES = """\
examples:
  nhip demo                                    a made-up province, live in this terminal
  nhip load drop/                              load a folder of your own
  nhip kpi --period 2022-06                    the province in June 2022
  nhip kpi --period 2022 --by agency --json    each agency's year, for a script

Settings are environment variables: NHIP_DATA, NHIP_KAFKA=host:port and
NHIP_CLICKHOUSE=http://user:password@host:port/database where those run
elsewhere, NHIP_BOARD=host:port of the board (127.0.0.1:8600), NHIP_INGEST
of the ingest by HTTP (127.0.0.1:8601), NHIP_PARTITIONS, NHIP_CACHE; who may come to the board: docs/security.md.
Exit status: 0 done, 1 failed, 2 wrong usage or settings.
"""


class Parser(argparse.ArgumentParser):
    """Raises what argparse would print."""

    def error(self, message: str) -> NoReturn:
        raise Misconfigured([message])


class Shape(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=100)


def parser() -> Parser:
    whole = Parser(
        prog="nhip",
        description="The pulse of a province's public services: live KPIs from dossier events.",
        epilog=EXAMPLES,
        formatter_class=Shape,
        allow_abbrev=False,
    )
    _add(whole, DATA)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", dest="command", parser_class=Parser)
    for command in COMMANDS:
        part = commands.add_parser(
            command.name, help=command.does, description=command.does, formatter_class=Shape, allow_abbrev=False
        )
        for option in (*command.options, DATA):
            _add(part, option)
    return whole


def _add(part: argparse.ArgumentParser, option: Option) -> None:
    """All are optional to argparse, which would stop at the first that is missing: commands name every one."""
    if option.switch:
        part.add_argument(option.flag, help=option.help, action="store_true")
    elif option is DATA:  # said before the command or after it; absent, it must not undo the other
        part.add_argument(option.flag, help=option.help, metavar=option.value, default=argparse.SUPPRESS)
    elif option.flag.startswith("--"):
        part.add_argument(option.flag, help=option.help, metavar=option.value)
    else:
        part.add_argument(option.flag.lower(), help=option.help, metavar=option.flag, nargs="?")


def parse(words: list[str]) -> tuple[argparse.Namespace, tuple[str, ...]]:
    """What was said, and the problems with words that nobody knows."""
    given, unknown = parser().parse_known_args(words)
    return given, tuple(_unknown(unknown))


def _unknown(words: list[str]) -> Iterator[str]:
    for word in words:
        yield f"unknown argument: {word}"


def whole_number(flag: str, text: str | None, least: int, most: int) -> Iterator[str]:
    """The problem with a number that must be given, if there is one."""
    if text is None or not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        yield f"{flag}: give a whole number from {least} to {most}"
