"""A document as HTML and as plain text."""

from base64 import b64encode
from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined

from dashboards.digest.document import Document, Picture
from dashboards.digest.pictures import png
from dashboards.pages.render import ENVIRONMENT

PLAIN = Environment(
    loader=PackageLoader("dashboards"),
    autoescape=False,  # noqa: S701  (plain text: there is nothing to escape from)
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html(whole: Document, address: Callable[[int, Picture], str]) -> str:
    """`address` says where the picture of a block is: of the block's place among the blocks."""
    found = {at: address(at, block) for at, block in enumerate(whole.blocks) if isinstance(block, Picture)}
    return ENVIRONMENT.get_template("digest/digest.html").render(doc=whole, pictures=found)


def self_contained(whole: Document) -> str:
    """A page that needs nothing else."""
    return html(whole, lambda _, picture: "data:image/png;base64," + b64encode(png(picture)).decode())


def plain(whole: Document) -> str:
    return PLAIN.get_template("digest/digest.txt").render(doc=whole)
