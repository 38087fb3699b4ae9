"""What runs, and what it keeps."""

from deploy.words.shape import JSON, Command, Option

COMMANDS = (
    Command(
        "demo",
        "run everything on this machine, fed by a made-up province, and watch its KPIs",
        (Option("--seed", "another province, the same for the same number (default 1)", "N"),),
    ),
    Command("up", "run everything on this machine, live, until stopped with Ctrl-C"),
    Command("board", "the web board alone, until stopped with Ctrl-C (`up` and `demo` run one, too)"),
    Command("alerts", "the watch over the thresholds alone, until stopped with Ctrl-C (`up` and `demo` run one, too)"),
    Command("worker", "one more worker for a Kafka and a ClickHouse that are configured (`up` runs one of its own)"),
    Command(
        "migrate",
        "bring the database to the newest tables (`up` and `load` do so themselves)",
        (Option("--alone", "nothing else of nhip runs: apply what an older version could not live with", switch=True),),
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
        "grafana",
        "Grafana's boards, rules and provisioning: as files, or into a Grafana (docs/grafana.md)",
        (
            Option("WHAT", "export (files into DIR), diff (what apply would do), apply, doctor (is it well?)"),
            Option("DIR", "export: the folder to write into"),
        ),
    ),
)
