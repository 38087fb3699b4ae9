"""A document as a PDF of at most two A4 pages: what does not fit is left out, and counted."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from dashboards.digest.document import Block, Document, Lines, Picture, Table, shortened
from dashboards.digest.pictures import svg

PAGES = 2
NO_BREAK = "\N{NO-BREAK SPACE}%"
SIZES = ((10.4, 8, 90), (9.8, 8, 90), (9.2, 6, 70), (9, 5, 60), (9, 4, 50), (9, 3, 40), (8.8, 2, 36), (8.6, 1, 30))
"""Points of the text, rows of a block and letters of a cell, the roomiest first."""


def pdf(whole: Document) -> bytes:
    """The roomiest that fits. Text can be searched and copied; headings and tables are tagged for readers."""
    charts: dict[Block, str] = {block: svg(block) for block in whole.blocks if isinstance(block, Picture)}
    for points, most, letters in SIZES:
        compiler = _compiler(shortened(whole, most, letters), charts, points)
        (pages,) = json.loads(compiler.query("<pages>", field="value"))
        if pages <= PAGES:
            return _written(compiler)
    raise AssertionError  # the smallest one fits, whatever its words: tests/dashboards/digest hold it


def _written(compiler: typst.Compiler) -> bytes:
    """For those who listen (PDF/UA) and for archives (PDF/A), unless a name has a letter that the font lacks."""
    try:
        found = compiler.compile(template(), format="pdf", pdf_standards=["ua-1", "a-2a"])
    except typst.TypstError:
        found = compiler.compile(template(), format="pdf")
    if not isinstance(found, bytes):
        raise TypeError  # without an output file it gives bytes
    return found


def _compiler(whole: Document, charts: Mapping[Block, str], points: float) -> typst.Compiler:
    said = {field.name: getattr(whole, field.name) for field in fields(whole)}
    said |= {"tiles": [asdict(tile) for tile in whole.tiles], "subject": whole.subject}
    said |= {"blocks": [_block(block, charts) for block in whole.blocks]}
    return typst.Compiler(
        template(),
        ignore_system_fonts=True,  # it looks alike on every machine
        sys_inputs={"points": str(points), "document": json.dumps(said, ensure_ascii=False).replace(" %", NO_BREAK)},
    )


def _block(block: Block, charts: Mapping[Block, str]) -> dict[str, Any]:
    match block:
        case Table():
            return {"kind": "table", **asdict(block)}
        case Lines():
            return {"kind": "lines", **asdict(block)}
        case Picture():
            return {"kind": "picture", "title": block.title, "alt": block.alt, "half": block.half, "svg": charts[block]}


@cache
def template() -> bytes:
    return files("dashboards").joinpath("templates/digest/digest.typ").read_bytes()
