"""What the figures are, and what they are judged by."""

from deploy.words.shape import JSON, Command, Option
from metrics.period import FORMS

COMMANDS = (
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
    Command("catalogue", "every KPI's definition", (JSON,)),
    Command("reconcile", "compute every figure again from the facts; exit status 1 where one differs", (JSON,)),
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
)
