"""The working calendar as the API and the page show it: what `nhip calendar` changes is there at once."""

from datetime import UTC, date, datetime

import pytest

from dashboards.late import Asked, Window, how_many, late
from deploy.calendar.changes import Changes
from metrics.calendar import Kind


def days(api, year):
    return {each["day"]: each for each in api.get("calendar", year=year)["days"]}


def test_a_year_with_its_swaps_and_sources(api):
    year = api.get("calendar", year=2026)
    assert not year["provisional"]
    assert [each["hours"] for each in year["hours"]] == ["7:00-11:30, 13:30-17:00"]
    found = days(api, 2026)
    assert (found["2026-01-02"]["kind"], found["2026-01-02"]["swap"]) == ("off", "2026-01-10")
    assert (found["2026-01-10"]["kind"], found["2026-01-10"]["swap"]) == ("work", "2026-01-02")
    assert found["2026-02-17"]["name"] == {"vi": "Tết Nguyên Đán", "en": "Lunar New Year"}
    assert all(each["why"] for each in found.values())
    assert api.get("calendar", year=2027)["provisional"]


@pytest.mark.parametrize("year", ["1999", "2100", "x", None])
def test_a_year_that_the_calendar_does_not_have_is_refused(api, year):
    given = {"year": year} if year else {}
    assert api.get("calendar", status=400, **given)["field"] == "year"


def test_a_change_shows_in_the_api_on_the_page_and_in_the_late_lists(api):
    """A Monday becomes a day off: three working days from the Friday before end a day later."""
    changes = Changes(api.client, "van-phong", lambda: datetime(2026, 12, 1, tzinfo=UTC).timestamp())
    friday, thursday = datetime(2036, 2, 29, 3, tzinfo=UTC), datetime(2036, 3, 6, 2, tzinfo=UTC)  # 10:00 and 9:00
    api.client.command("TRUNCATE TABLE dossier")
    api.client.insert(
        "dossier", [["H99.01-360101-0001", "H99.01", thursday]], column_names=["dossier", "agency", "due_at"]
    )
    assert soon(api, friday) == []
    changes.set(date(2036, 3, 1), Kind.WORK, "làm bù")
    assert soon(api, friday) == []
    changes.undo(date(2036, 3, 1), "nhầm")
    changes.set(date(2036, 3, 3), Kind.OFF, "nghỉ bù <thử>")
    assert soon(api, friday) == ["H99.01-360101-0001"]
    assert days(api, 2036)["2036-03-03"]["why"] == "nghỉ bù <thử>"
    page = api.http.get("/calendar?year=2036").text
    assert "Thứ Hai 3/3/2036" in page
    assert "nghỉ bù &lt;thử&gt;" in page
    assert "Monday 3/3/2036" in api.http.get("/calendar?year=2036&lang=en").text
    assert api.http.get("/calendar?year=1999").status_code == 400
    api.client.command("TRUNCATE TABLE dossier")


def soon(api, now):
    """The dossiers due within three working days of that moment."""
    page = late(api.client, Asked(Window.THREE_DAYS, now), None, 10)
    assert how_many(api.client, now)[Window.THREE_DAYS] == len(page.items)
    return [one.item.dossier for one in page.items]
