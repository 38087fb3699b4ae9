"""What a command and its options are made of."""

from dataclasses import dataclass


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
