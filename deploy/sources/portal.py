"""How the portal's access log is read here, whichever way it comes in."""

import secrets
from datetime import UTC, datetime

from deploy.settings import Settings
from ingest.access.page_map import PageMap, read_page_map
from ingest.access.salts import Salts
from ingest.kinds import Kind, kinds
from metrics.errors import Misconfigured


def kinds_of(settings: Settings) -> tuple[Kind, ...]:
    """The access log is the last one. Misconfigured where the map of its pages is wrong."""
    try:
        pages = read_page_map(settings.portal_pages) if settings.portal_pages else PageMap()
    except Misconfigured as error:
        raise Misconfigured(f"NHIP_PORTAL_PAGES: {problem}" for problem in error.problems) from None
    salts = Salts(settings.data / "salts", lambda: datetime.now(UTC), secrets.token_bytes)
    return kinds(pages, salts.of)
