"""What settings make of the portal's access log, whichever way it comes in."""

import json

import pytest

from deploy.settings import Settings
from deploy.sources.portal import kinds_of
from ingest.kinds import KINDS
from metrics.errors import Misconfigured
from tests.access_lines import line

LINE = line("01/Jan/2022:00:00:00 +0700", "POST /gui HTTP/1.1", "302", "Mozilla/5.0 (X11)", "")


def said(settings):
    *_, access = kinds_of(settings)
    reader = access.reader()
    reader.read(LINE)
    ((_, event),) = reader.rest()
    return json.loads(event)


def test_the_map_and_the_salts_of_a_data_folder_hold_for_every_reader(tmp_path):
    (tmp_path / "portal.toml").write_text("[[pages]]\nsince = 2022-01-01\nsubmit = ['POST /gui']")
    settings = Settings.read(data=tmp_path / "data", portal_pages=tmp_path / "portal.toml")
    event = said(settings)
    assert event["page"] == "submit"
    assert event["visitors"]
    assert event == said(settings)  # another process of the same folder leaves the same mark
    elsewhere = said(Settings.read(data=tmp_path / "other"))
    assert elsewhere["page"] == "other"
    assert kinds_of(settings) == KINDS


def test_a_wrong_map_is_told_by_the_settings_name(tmp_path):
    with pytest.raises(Misconfigured, match=r"NHIP_PORTAL_PAGES: .*none\.toml"):
        kinds_of(Settings.read(data=tmp_path, portal_pages=tmp_path / "none.toml"))
