"""Actions as values: their states, reminders and sums, against what one would say by hand; and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.actions.action import Action, Origin, State
from metrics.actions.reminder import stage
from metrics.actions.said import Known, action, revised, words
from metrics.actions.tally import tally
from metrics.personal import personal

DAY = timedelta(days=1)
DUE = date(2026, 11, 20)
ONE = Action("H07", "Giám đốc", DUE, "Xử lý hết hồ sơ quá hạn")
KNOWN = Known({"H07", "H08"}, {"soc"})
SAID = {"agency": "H07", "owner": "Giám đốc", "due": "20/11/2026", "text": "Xử lý hết hồ sơ quá hạn"}

days = st.integers(-20, 20).map(lambda n: DUE + n * DAY)
near = st.integers(-2, 2).map(lambda n: DUE + n * DAY)


@given(near, st.none() | near, st.booleans())
def test_a_state_is_what_dates_say(today, done, withdrawn):
    found = replace(ONE, done=done, withdrawn=withdrawn).state(today)
    late = (done or today) > DUE
    expected = {(True, True): "late", (True, False): "done", (False, True): "overdue", (False, False): "open"}
    assert found == ("withdrawn" if withdrawn else expected[done is not None, late])


@given(st.lists(days, min_size=1, unique=True).map(sorted), days)
def test_each_reminder_comes_once_and_none_for_the_past(looked, known_since):
    """Whichever days somebody looks on: at most the four, in order, each on or after its day."""
    keys = dict.fromkeys(stage(ONE, known_since, day) for day in looked if day >= known_since)
    said = [each for each in keys if each is not None]
    assert said == sorted(said, reverse=True)
    for each in said:
        first = next(day for day in looked if day >= known_since and stage(ONE, known_since, day) == each)
        assert first >= DUE - each * DAY >= known_since
    daily = [stage(ONE, DUE - 10 * DAY, DUE + n * DAY) for n in range(-10, 5)]
    assert daily == [None, None, None, 7, 7, 7, 7, 3, 3, 1, 1, -1, -1, -1, -1]
    assert (stage(ONE, DUE - 7 * DAY, DUE - 7 * DAY), stage(ONE, DUE - 6 * DAY, DUE - 6 * DAY)) == (7, None)
    assert all(stage(replace(ONE, done=DUE), known_since, day) is None for day in looked)


@given(st.lists(st.builds(replace, st.just(ONE), agency=st.sampled_from(["H07", "H08"]), done=st.none() | days)), days)
def test_sums_add_up(actions, today):
    found = tally(actions, today, lambda one: one.agency)
    assert {name: sum(counts.values()) for name, counts in found.items()} == {
        name: sum(one.agency == name for one in actions) for name in {one.agency for one in actions}
    }
    assert sum(counts[State.OVERDUE] for counts in found.values()) == sum(not a.done and today > DUE for a in actions)


def test_words_are_read_as_they_are_written():
    more = SAID | {"origin": "kiểm tra", "origin_name": "KL 12", "kpi": "on_time_resolution", "target": "95,5 %",
                   "to": "soc", "done": "2026-11-19", "result": "xong"}  # fmt: skip
    found, problems = action(more, KNOWN)
    assert problems == ()
    assert (found.origin, found.target, found.due, found.done) == (
        Origin.INSPECTION, Decimal("95.5"), DUE, date(2026, 11, 19),
    )  # fmt: skip
    assert action(words(found), KNOWN)[0] == found


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"owner": ""}, "owner is missing"),
        ({"owner": "Ông Nguyễn Văn A"}, "a person's name"),
        ({"owner": "Trần Thị B"}, "a person's name"),
        ({"owner": "Giám đốc, 0912 345 678"}, "a telephone number"),
        ({"text": "nộp cho 001085012345"}, "an ID number"),
        ({"result": "gửi ve a.b@tinh.gov.vn"}, "an e-mail address"),
        ({"due": "31/2/2026"}, "write a date"),
        ({"agency": "H99"}, "no such agency"),
        ({"kpi": "nothing"}, "no such KPI"),
        ({"kpi": "overdue"}, "no such KPI"),
        ({"target": "5"}, "a target needs a KPI"),
        ({"kpi": "on_time_resolution", "target": "105"}, "0 to 100"),
        ({"to": "mayor"}, "no such group"),
        ({"origin": "dream"}, "origin: one of"),
        ({"text": "x" * 1001}, "longer than"),
    ],
)
def test_what_cannot_be_is_refused(changed, problem):
    found, problems = action(SAID | changed, KNOWN)
    assert found is None
    assert any(problem in each.en for each in problems)
    assert "0912" not in str(problems) + str([each.en for each in problems])


@pytest.mark.parametrize(
    "text",
    ["Giám đốc Sở TT&TT", "Chủ tịch UBND thị xã Bà Rịa", "Chủ tịch UBND huyện Vũ Quang", "KL 12/KL-SNV 15/03/2023",
     "Nghị quyết 03-NQ/TU ngày 25/10/2021", "2.345.678.901 đồng", "Trung tâm huyện - Trần Đề"],
)  # fmt: skip
def test_posts_places_and_papers_are_no_people(text):
    assert list(personal(text)) == []


def test_a_change_keeps_what_it_is_and_what_it_named():
    gone = replace(ONE, recipients=("old",), withdrawn=True)
    after, _ = revised(gone, {"due": "1/12/2026"}, Known(set(), set()))
    assert after == replace(gone, due=date(2026, 12, 1))
    assert revised(ONE, {"text": "khác"}, KNOWN)[0] is None
