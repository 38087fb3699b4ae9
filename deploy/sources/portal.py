"""How the portal's access log is read here, whichever way it comes in."""

from deploy.settings import Settings
from ingest.access.page_map import PageMap, read_page_map
from ingest.kinds import Kind, kinds


def kinds_of(settings: Settings) -> tuple[Kind, ...]:
    """The access log is the last one. Misconfigured where the map of its pages is wrong."""
    return kinds(read_page_map(settings.portal_pages) if settings.portal_pages else PageMap())
