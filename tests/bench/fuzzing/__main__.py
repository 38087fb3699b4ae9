"""`python -m tests.bench.fuzzing TARGET SECONDS FOLDER`: one target, in a process of its own: libFuzzer ends it."""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest"]):
    from tests.bench.fuzzing.targets import targets

LONGEST = 4096
"""Bytes of an input."""
HANGS = 20
"""Seconds after which an input that is still being read is a finding."""


def main() -> None:
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    target, corpus = targets(folder)[name], folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST])
    bounds = (f"-max_total_time={seconds}", f"-timeout={HANGS}", f"-max_len={LONGEST}", "-rss_limit_mb=4096")
    atheris.Setup(
        [sys.argv[0], *bounds, f"-artifact_prefix={folder}/", "-print_final_stats=1", str(corpus)], target.try_it
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
