"""Who is called, and who promised what."""

from deploy.words.shape import JSON, Command, Option

COMMANDS = (
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
)
