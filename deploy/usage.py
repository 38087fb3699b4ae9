"""The commands and their words. Nothing heavy is imported here, so that help comes at once."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from metrics.errors import Misconfigured
from metrics.period import FORMS


@dataclass(frozen=True, slots=True)
class Option:
    """`flag` is a word such as DIR, or begins with --; a switch takes no value."""

    flag: str
    help: str
    value: str = ""
    switch: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    does: str
    options: tuple[Option, ...] = ()


JSON = Option("--json", "pure JSON on standard output", switch=True)
DATA = Option("--data", "where the local broker and store keep their files (NHIP_DATA, default ./.nhip)", "FOLDER")

COMMANDS = (
    Command(
        "demo",
        "run everything on this machine, fed by a made-up province, and watch its KPIs",
        (Option("--seed", "another province, the same for the same number (default 1)", "N"),),
    ),
    Command("up", "run everything on this machine, live, until stopped with Ctrl-C"),
    Command(
        "load",
        "load a drop folder once; returns when every line counts in the KPIs",
        (Option("DIR", "the folder with agencies*, services*, dossiers*, progress*, payments* .jsonl[.gz]"), JSON),
    ),
    Command(
        "kpi",
        "the KPIs of one period",
        (
            Option("--period", FORMS, "P"),
            Option("--agency", "only this agency and all below it", "CODE"),
            Option("--by", "a row for each agency, procedure or channel", "WHAT"),
            Option("--family", "another family of definitions, such as qd766 or vpcp06a; all: every one", "ID"),
            Option("--as-closed", "as they were when the period was closed", switch=True),
            Option(
                "--at",
                "instead of a period: what the board's first page said then, such as '2026-11-29 10:05'",
                "MOMENT",
            ),
            JSON,
        ),
    ),
    Command(
        "close",
        "freeze the figures of a period that is over; what changes later is shown as a restatement",
        (
            Option("PERIOD", FORMS),
            Option("--family", "only this family of definitions beside the contract's; without it all of them", "ID"),
            Option("--why", "what for, such as the report that it goes into; kept with the figures", "TEXT"),
            JSON,
        ),
    ),
    Command(
        "backup",
        "everything that is in the store, into a new folder; workers may go on meanwhile",
        (Option("TO", "the new folder, which only its owner can read"), JSON),
    ),
    Command(
        "restore",
        "a backup into an empty store; no worker may run, afterwards they go on from where the backup was",
        (
            Option("BACKUP", "the folder of the backup"),
            Option("--force", "replace what the store holds", switch=True),
        ),
    ),
    Command(
        "replay",
        "make facts and figures anew; no worker may run, afterwards they read everything since then again",
        (Option("--from", "kafka: from the topics' beginning; or the folder of a backup", "WHERE"),),
    ),
    Command(
        "retain",
        "what is past its term (NHIP_KEEP_*, NHIP_KAFKA_RETENTION_DAYS): shown, or put away for good",
        (
            Option("--apply", "do it; no worker may run, and a backup from before still holds everything", switch=True),
            JSON,
        ),
    ),
    Command(
        "report",
        "a periodic form as a workbook in the form's layout",
        (
            Option("FORM", "06a: state and result of resolving procedures"),
            Option("--period", FORMS, "P"),
            Option("--agency", "only this agency and all below it", "CODE"),
            Option("--to", "the file to write, ending with .xlsx", "FILE"),
        ),
    ),
    Command(
        "ingest",
        "one source of events, which goes on where it was stopped (docs/sources.md)",
        (
            Option("SOURCE", "folder, http, database, topic or access-log"),
            Option(
                "PLACE",
                "folder: a folder of this machine, a mounted share, or sftp://user@host/path; "
                "database, topic: mapping files, between commas; "
                "access-log: the web server's log or the folder it lies in",
            ),
            Option("--follow", "go on with what comes, until stopped with Ctrl-C", switch=True),
            Option("--archive", "folder: move what is read into this one", "FOLDER"),
            Option("--map", "folder: mapping files of CSV and XLSX exports, between commas", "FILES"),
            Option("--dry-run", "show what a mapping makes of the first ten rows; send nothing", switch=True),
            JSON,
        ),
    ),
    Command(
        "probe",
        "ask for pages of the portal from outside, as people would (docs/portal.md)",
        (
            Option("PAGES", "the file that says which pages, and what they should answer"),
            Option("--follow", "again and again, until stopped with Ctrl-C", switch=True),
            JSON,
        ),
    ),
    Command(
        "token",
        "who may push records by HTTP: a token for each system, shown once",
        (
            Option("WHAT", "add, list or revoke"),
            Option("NAME", "of the system that sends, not of a person, such as mot-cua"),
            Option("--kinds", "only these, between commas: agencies, services, dossiers, progress, payments", "KINDS"),
            Option("--agencies", "only of these agencies, by their whole codes, between commas", "CODES"),
            Option("--per-minute", "requests a minute (default 60000)", "N"),
            JSON,
        ),
    ),
    Command(
        "digest",
        "two pages about a week, month or quarter: written to a file, or sent to those who are to read it",
        (
            Option("WHAT", "list or show what was sent; without it a digest is made"),
            Option("ISSUE", "show: which one, as list names it"),
            Option("--week", "such as 2026-W46", "W"),
            Option("--month", "such as 2026-11", "M"),
            Option("--quarter", "such as 2026-Q3", "Q"),
            Option("--agency", "of this agency and all below it, instead of the province", "CODE"),
            Option("--to", "the file to write, ending with .pdf, .html or .txt; show: .eml, too", "FILE"),
            Option(
                "--send",
                "to the groups of NHIP_DIGEST_RECIPIENTS; again it is sent only where figures changed",
                switch=True,
            ),
            Option("--again", "send another issue although no figure has changed", switch=True),
            Option("--dry-run", "say what would be sent to whom, and send nothing", switch=True),
            JSON,
        ),
    ),
    Command("board", "the web board alone, until stopped with Ctrl-C (`up` and `demo` run one, too)"),
    Command("alerts", "the watch over the thresholds alone, until stopped with Ctrl-C (`up` and `demo` run one, too)"),
    Command("worker", "one more worker for a Kafka and a ClickHouse that are configured (`up` runs one of its own)"),
    Command("catalogue", "every KPI's definition", (JSON,)),
    Command(
        "dead",
        "the lines that could not be read: file, line and reason; once it is mended, read again (docs/sources.md)",
        (
            Option("WHAT", "replay: read them again, as if they had been right at once"),
            Option("--map", "replay: the mended mapping files of tables and topics, between commas", "FILES"),
            Option("--archive", "replay: where read files were moved to", "FOLDER"),
            JSON,
        ),
    ),
    Command("reconcile", "compute every figure again from the facts; exit status 1 where one differs", (JSON,)),
    Command(
        "simulate",
        "write the drop folder of a made-up province",
        (
            Option("DIR", "the folder to write into"),
            Option("--dossiers", "how many dossiers", "N"),
            Option("--seed", "another province, the same for the same number", "S"),
            Option("--year", "of the dossiers (default 2026)", "Y"),
        ),
    ),
    Command(
        "user",
        "who may log in to the board, and what was done about it",
        (
            Option("WHAT", "add, list, password, role, disable, enable, end-sessions or history"),
            Option("NAME", "the login name of a post, not of a person, such as van-phong-ubnd"),
            Option("--role", "viewer (looks), editor (sets limits too), admin (all)", "ROLE"),
            Option("--title", "what the post is called, such as 'Văn phòng UBND tỉnh'", "TEXT"),
            Option("--password-stdin", "read the password from standard input instead of asking for it", switch=True),
            JSON,
        ),
    ),
    Command(
        "units",
        "agencies over time: who took over from whom, other ways to write codes, the provinces of 2025",
        (
            Option("WHAT", "import, list, succession, aliases, provinces or communes"),
            Option("FILE", "to import: a CSV or XLSX file that replaces what held before; communes: a province's code"),
            JSON,
        ),
    ),
    Command(
        "index",
        "yearly indices that others publish: PAR INDEX, SIPAS, PAPI, PCI",
        (
            Option("WHAT", "import or list"),
            Option("FILE", "a CSV or XLSX file of scores or of criteria (docs/indices.md)"),
            Option("--dry-run", "read the file and list its problems, without writing", switch=True),
            JSON,
        ),
    ),
    Command(
        "national",
        "the national portal's exports and figures: import them, and see why they differ from ours",
        (
            Option("WHAT", "import, compare or list"),
            Option("FILE", "to import: CSV, XLSX, JSON or JSON Lines of dossiers, or of figures (docs/national.md)"),
            Option("--period", "import: the days of reception that the file covers; compare: which period", "P"),
            Option("--taken", "import: the day on which the portal gave the file (default today)", "DAY"),
            Option("--mapping", "import: a TOML file that names other columns and codes", "FILE"),
            Option("--dry-run", "read the file and list its problems, without writing", switch=True),
            Option("--agency", "compare: only this agency and all below it", "CODE"),
            Option("--family", "compare: a family of definitions (default headline and qd766); all: every one", "ID"),
            Option("--as-of", "compare: what reached the portal after that day does not count there", "DAY"),
            JSON,
        ),
    ),
    Command(
        "calendar",
        "days off, swapped days, half-days and hours of work; every change is kept with who, when and why",
        (
            Option("WHAT", "list, set, undo, confirm (a year that was provisional), hours or history"),
            Option("WHEN", "a day such as 2026-01-02; a year for list and confirm"),
            Option("KIND", "off, work, half-morning (works then only), half-afternoon, usual; 07:00-11:30,13:30-17:00"),
            Option("--swap", "the day that is worked, or off, instead; it is set too", "DAY"),
            Option("--why", "the decision, such as its number and date", "TEXT"),
            JSON,
        ),
    ),
    Command(
        "grafana",
        "Grafana's boards, rules and provisioning: as files, or into a Grafana (docs/grafana.md)",
        (
            Option("WHAT", "export (files into DIR), diff (what apply would do), apply, doctor (is it well?)"),
            Option("DIR", "export: the folder to write into"),
        ),
    ),
    Command(
        "threshold",
        "limits on KPIs, late dossiers and the data: who hears when, what it would have meant, who changed it and why",
        (
            Option(
                "WHAT",
                "set, preview, list, history, undo, withdraw; proposals, approve or refuse (NHIP_ALERT_FOUR_EYES)",
            ),
            Option(
                "KPI",
                "which; also overdue, due_24h, due_3d, due_7d, data_age, dead_letter_share, drift; a name of list",
            ),
            Option("--below", "alert below X: of a rate percent (95,5 or 95.5), of a count a whole number", "X"),
            Option("--above", "alert above X", "X"),
            Option("--drop", "alert where it fell by more than X points against the same weekday a week before", "X"),
            Option("--rise", "alert where it rose by more than X", "X"),
            Option("--warn", "a milder limit that is reached first", "X"),
            Option("--agency", "only this agency and all below it", "CODE"),
            Option("--tier", "each agency of a tier by itself: tinh, so, huyen or xa", "TIER"),
            Option("--over", "day, week, month, quarter or year (default month; day for --drop and --rise)", "PERIOD"),
            Option("--least", "smallest denominator that a rate is judged by", "N"),
            Option("--for", "minutes that the limit has to be broken for (default 5)", "MINUTES"),
            Option("--calm", "minutes that it has to be clear of it until it is over (default 10)", "MINUTES"),
            Option("--back", "how far inside the limit it has to come back (default 0)", "X"),
            Option("--office-hours", "only while offices are open", switch=True),
            Option("--to", "groups of NHIP_ALERT_RECIPIENTS, between commas", "NAMES"),
            Option("--why", "the reason; every change needs one", "TEXT"),
            Option("--on", "list: as they held at the end of that day", "DAY"),
            JSON,
        ),
    ),
    Command(
        "maintenance",
        "spans in which alerts are watched and nobody is called; those of NHIP_ALERT_MAINTENANCE hold beside them",
        (
            Option("WHAT", "add, remove, list or history"),
            Option("WINDOW", "'2026-11-22 20:00/2026-11-22 23:00' or 'sun 02:00-04:00'"),
            Option("--why", "the reason; every change needs one", "TEXT"),
            JSON,
        ),
    ),
    Command(
        "action",
        "what was promised: by which agency and post, until when, how it stands; reminders go the way of alerts",
        (
            Option("WHAT", "add, list, done, change, withdraw, undo, history or import"),
            Option("WHICH", "a name of list; to import: a CSV or XLSX file (docs/actions.md)"),
            Option("--agency", "add: whose it is; list: only its own", "CODE"),
            Option("--owner", "the post that answers for it, such as 'Giám đốc'; never a person's name", "POST"),
            Option("--due", "the last day that is in time", "DAY"),
            Option("--text", "what is promised", "TEXT"),
            Option("--origin", "what it follows from: alert, digest, inspection or other", "KIND"),
            Option("--origin-name", "which one: an alert, a week, a decision's number", "TEXT"),
            Option("--kpi", "the figure by which it is to be seen", "ID"),
            Option("--target", "what that figure has to reach: of a rate percent", "X"),
            Option("--to", "groups of NHIP_ALERT_RECIPIENTS that are reminded, between commas", "NAMES"),
            Option("--on", "done: on which day (default today)", "DAY"),
            Option("--result", "done: what came of it", "TEXT"),
            Option("--state", "list: open, overdue, done, late (done after it was due) or withdrawn", "STATE"),
            Option("--why", "the reason; every change needs one", "TEXT"),
            Option("--dry-run", "import: read the file and list its problems, without writing", switch=True),
            JSON,
        ),
    ),
    Command(
        "target",
        "what the province itself wants figures to reach, beside the targets of definitions; shown on tiles",
        (
            Option("WHAT", "set, withdraw, undo, list or history"),
            Option("KPI", "which; its newest version"),
            Option("--reach", "set: of a rate percent, of points points, of times hours or days as displayed", "X"),
            Option("--why", "the reason; every change needs one", "TEXT"),
            JSON,
        ),
    ),
    Command(
        "migrate",
        "bring the database to the newest tables (`up` and `load` do so themselves)",
        (Option("--alone", "nothing else of nhip runs: apply what an older version could not live with", switch=True),),
    ),
)

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
