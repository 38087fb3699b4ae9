"""Where events come from."""

from deploy.words.shape import JSON, Command, Option

COMMANDS = (
    Command(
        "load",
        "load a drop folder once; returns when every line counts in the KPIs",
        (Option("DIR", "the folder with agencies*, services*, dossiers*, progress*, payments* .jsonl[.gz]"), JSON),
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
        "dead",
        "the lines that could not be read: file, line and reason; once it is mended, read again (docs/sources.md)",
        (
            Option("WHAT", "replay: read them again, as if they had been right at once"),
            Option("--map", "replay: the mended mapping files of tables and topics, between commas", "FILES"),
            Option("--archive", "replay: where read files were moved to", "FOLDER"),
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
        "simulate",
        "write the drop folder of a made-up province",
        (
            Option("DIR", "the folder to write into"),
            Option("--dossiers", "how many dossiers", "N"),
            Option("--seed", "another province, the same for the same number", "S"),
            Option("--year", "of the dossiers (default 2026)", "Y"),
        ),
    ),
)
