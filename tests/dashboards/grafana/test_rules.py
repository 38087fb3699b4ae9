"""Rules and provisioning files: what they ask is answered, by the numbers that nhip goes by; and what they may hold."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from dashboards.alerts.evaluator import Conditions, Evaluator
from dashboards.alerts.handing import hand_over
from dashboards.alerts.rules import Rules
from dashboards.alerts.states import States
from dashboards.auth.rows import Rows
from dashboards.figures import Scope, kpi
from dashboards.grafana.files import files
from dashboards.grafana.rules import LONGEST, groups, of_subject, rule_uid, rules
from metrics.alerting.subject import SUBJECTS, VERSIONS
from metrics.period import parse
from tests.dashboards.grafana.conftest import RATE
from tests.support.mini_grafana import expanded
from tests.support.province import arrived

AT = datetime(2026, 6, 30, 3, tzinfo=UTC)
FILES = {name: yaml.safe_load(text) for name, text in files().items() if name.endswith(".yaml")}
RULE = {
    "uid", "title", "condition", "data", "for", "keepFiringFor", "noDataState", "execErrState", "labels", "annotations",
    "missing_series_evals_to_resolve", "isPaused", "dashboardUid", "panelId",
}  # fmt: skip
EXPANDED = re.compile(r"\$(?!NHIP_GRAFANA_[A-Z_]+$)")


@pytest.fixture(scope="module")
def looked(kept):
    """nhip has looked at its thresholds, and handed on what it saw."""
    arrived(kept.writer, AT, ("nhip.dossiers", "nhip.payments", "nhip.reference"))
    rows = Rows(kept.url)
    found = Evaluator(kept.writer, Rules(rows, lambda: AT), States(rows), Conditions()).evaluate(AT)
    hand_over(rows, found.sighted, AT)
    kept.writer.insert("alert_look", [["one", AT.date(), AT, found.alerts, 0.1]],
                       ["holder", "day", "at", "alerts", "seconds"])  # fmt: skip
    return kept


def ask(kept, rule, at=AT):
    answer = kept.reader.query(expanded(rule.sql, at - timedelta(days=1), at))
    if answer.result_rows:  # no rows are no bytes, not even names
        assert answer.column_names[-1] == "breach_ratio"
        assert "Nullable" not in answer.column_types[-1].name
    return answer.result_rows


@pytest.mark.parametrize("rule", list(rules()), ids=lambda rule: rule.uid)
def test_every_rule_has_an_answer_at_any_moment(looked, rule):
    assert "now()" not in rule.sql
    assert "${" not in rule.sql
    for moment in (AT, AT - timedelta(hours=9)):
        rows = ask(looked, rule, moment)
        assert rows or "subject" in rule.sql
        assert len({row[:-1] for row in rows}) == len(rows)


def test_ratios_are_those_of_the_figures_that_nhip_kpi_shows(looked):
    [province] = [each for each in kpi(looked.writer, Scope(parse("2026-06"))) if each.kpi.id == RATE]
    found = {row[:3]: row[3] for row in ask(looked, of_subject(SUBJECTS[RATE]))}
    assert found["", "month", "act"] == pytest.approx(99.5 / (100 * province.value))
    assert found["", "month", "warn"] == pytest.approx(99.9 / (100 * province.value))
    departments = {row[0] for row in looked.writer.query("SELECT agency FROM agency WHERE tier = 'so'").result_rows}
    assert {agency for agency, over, _ in found if over == "year"} == departments
    [mine] = [r for r in kpi(looked.writer, Scope(parse("2026"), "H99.02")) if r.kpi.id == RATE]
    judged = mine.denominator >= 3 and mine.value
    assert found["H99.02", "year", "act"] == (pytest.approx(min(50 / (100 * mine.value), 1000)) if judged else 0)


def test_where_no_threshold_is_set_there_is_one_quiet_row(looked):
    assert ask(looked, of_subject(SUBJECTS["payment_transactions"])) == [("", "", "", 0.0)]


def test_where_nobody_looks_a_set_threshold_has_no_answer(looked):
    """Grafana says NoData then, and the freshness rule fires."""
    later = AT + timedelta(minutes=11)
    assert ask(looked, of_subject(SUBJECTS[RATE]), later) == []
    [fresh] = [rule for rule in rules() if rule.uid == "nhip-own-freshness"]
    assert fresh.silence == "Alerting"
    assert ask(looked, fresh)[0][0] == 0
    assert ask(looked, fresh, later)[0][0] == pytest.approx(660 / 300)


def test_drift_is_seen(looked):
    [rule] = [rule for rule in rules() if rule.uid == "nhip-own-drift"]
    assert ask(looked, rule) == [(0,)]
    columns = "stream, partition, day, agency, procedure, channel, received, version"
    looked.writer.command(f"INSERT INTO kpi_cell ({columns}) VALUES ('t', 0, '2026-06-20', 'X', 'Y', '1', 1, 1)")
    assert ask(looked, rule) == [(2,)]
    looked.writer.command(f"INSERT INTO kpi_cell ({columns}) VALUES ('t', 0, '2026-06-20', 'X', 'Y', '1', 0, 2)")


def test_there_is_a_rule_for_whatever_a_threshold_can_be_about():
    uids = [rule.uid for rule in rules()]
    assert len(uids) == len(set(uids)) == len(VERSIONS) + 4
    assert all(len(uid) <= LONGEST for uid in uids)
    assert rule_uid("x" * 60) != rule_uid("x" * 61)


def test_files_hold_the_keys_that_grafana_reads():
    [found] = [said for name, said in FILES.items() if name.endswith("nhip-rules.yaml")]
    for group in found["groups"]:
        assert set(group) == {"orgId", "name", "folder", "interval", "rules"}
        for rule in group["rules"]:
            assert set(rule) == RULE
            assert rule["data"][0]["model"]["format"] == 1


def test_files_and_http_differ_in_spelling_only():
    name, (_, [rule, *_]) = next(iter(groups().items()))
    file, http = rule.file(), rule.http(name, "nhip-ttdh")
    assert file["keepFiringFor"] == http["keep_firing_for"]
    assert file["missing_series_evals_to_resolve"] == http["missingSeriesEvalsToResolve"]
    assert {"folderUID", "orgID", "ruleGroup"} <= set(http)
    assert http["notification_settings"] == {"receiver": "nhip-ttdh"}
    assert "notification_settings" not in rule.http(name, None)


def test_no_other_text_is_taken_for_a_variable_of_the_environment():
    """Grafana expands `$` in titles, labels and settings; queries and annotations are taken as they are."""

    def texts(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from texts(inner, name) if name not in {"rawSql", "annotations"} else ()
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner, key)
        elif isinstance(value, str):
            yield value

    for name, said in FILES.items():
        assert [text for text in texts(said) if EXPANDED.search(text)] == [], name


def test_no_secret_and_no_address_of_a_person_is_in_a_file():
    for name, text in files().items():
        assert not re.search(r"password: (?!\$)|@\w+\.(vn|com)", text), name
