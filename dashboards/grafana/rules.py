"""Grafana's alert rules: one a subject that thresholds can be about, and four about nhip itself.

What a rule compares with 1 is the `breach_ratio` that nhip's own evaluator has seen, so that both go by one number, the
same smallest denominator and the same calendar, and a rule costs nothing (docs/decisions/0020). Files and HTTP spell
some keys differently; both are written from one value. Rules never change: thresholds do, in nhip's own table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from dashboards.grafana import lists
from dashboards.grafana.bounds import LAST_DAY, placed
from dashboards.grafana.frame import FRESH, uid
from dashboards.grafana.panels import SOURCE_UID, Json, Panel, asked
from dashboards.reconcile import differing
from dashboards.texts import Lang
from dashboards.texts.grafana import RULES
from metrics.alerting.subject import VERSIONS, Subject
from metrics.readings.sql import text

FOLDER, FOLDER_UID = "nhip", "nhip"
RECEIVER = "nhip-ttdh"
LONGEST = 40
LOOKED_WITHIN, LIVES = "10 MINUTE", 300
DEAD_PERCENT, DRIFT_DAYS = 1, 31
DAY = 86400
BOARD, PANEL = uid("alerts", Lang.VI), Panel("open", 0, 0, {}).id
"""Where a message leads: the list of open alerts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`sql` gives one number a label set. `silence`: what it means where there is no answer: NoData or Alerting."""

    uid: str
    title: str
    sql: str
    summary: str
    means: str
    labels: tuple[tuple[str, str], ...]
    silence: str = "NoData"

    def file(self) -> Json:
        panel = {"dashboardUid": BOARD, "panelId": PANEL}
        return self._common() | panel | {"keepFiringFor": "10m", "missing_series_evals_to_resolve": 3}

    def http(self, group: str, receiver: str | None) -> Json:
        """Without a receiver the tree of policies decides, as for every other rule there."""
        told = {"notification_settings": {"receiver": receiver}} if receiver else {}
        place = {"folderUID": FOLDER_UID, "orgID": 1, "ruleGroup": group}
        shown = {"__dashboardUid__": BOARD, "__panelId__": str(PANEL)}
        said = self._common() | place | told | {"keep_firing_for": "10m", "missingSeriesEvalsToResolve": 3}
        return said | {"annotations": said["annotations"] | shown}

    def _common(self) -> Json:
        return {
            "uid": self.uid,
            "title": self.title,
            "condition": "B",
            "data": [self._question(), COMPARED],
            "for": "10m",
            "noDataState": self.silence,
            "execErrState": "Error",
            "labels": dict(self.labels),
            "annotations": {"summary": self.summary, "description": self.means},
            "isPaused": False,
        }

    def _question(self) -> Json:
        return {
            "refId": "A",
            "relativeTimeRange": {"from": DAY, "to": 0},
            "datasourceUid": SOURCE_UID,
            "model": {"refId": "A", **asked(self.sql)},
        }


COMPARED: Json = {
    "refId": "B",
    "relativeTimeRange": {"from": DAY, "to": 0},
    "datasourceUid": "__expr__",
    "model": {
        "refId": "B",
        "type": "threshold",
        "expression": "A",
        "conditions": [{"evaluator": {"type": "gt", "params": [1]}}],
    },
}
"""Above 1 is a breach; exactly on the limit is none."""


def groups() -> dict[str, tuple[str, list[Rule]]]:
    """By name: how often each is looked at, and its rules."""
    return {
        "nhip-thresholds": ("1m", [of_subject(each) for each in VERSIONS.values()]),
        "nhip-itself": ("1m", [freshness(), lag(), dead_letters()]),
        "nhip-drift": ("30m", [drift()]),
    }


def rule_uid(name: str) -> str:
    """A long name is cut, and told from others by its checksum."""
    whole = f"nhip-{name}"
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 9]}-{crc32(name.encode()):08x}"


def of_subject(about: Subject) -> Rule:
    """A row an agency, kind of period and level that is watched; one of 0 where no threshold is set on it."""
    mine = f"subject = {text(about.id)} AND kpi_version = {about.version}"
    sql = placed(
        f"SELECT agency, over, level, max(breach_ratio) AS breach_ratio FROM ("
        f"SELECT agency, over, level, breach_ratio FROM alert_reading FINAL WHERE {mine} AND at <= $__toTime "
        f"AND at > $__toTime - INTERVAL {LOOKED_WITHIN} "
        f"UNION ALL SELECT '' AS agency, '' AS over, '' AS level, 0 AS breach_ratio "
        f"WHERE (SELECT count() FROM threshold_limit WHERE {mine} AND {lists.LIMITS}) = 0"
        f") GROUP BY agency, over, level ORDER BY agency, over, level"
    )
    title = about.title.vi
    return Rule(
        rule_uid(f"{about.id}-{about.version}"),
        RULES["broken"].vi.format(title=f"{title} [{about.id}.v{about.version}]"),
        sql,
        RULES["summary"].vi.format(title=title),
        about.advice.vi,
        (("team", "ttdh"), ("kpi", about.id)),
    )


def freshness() -> Rule:
    """Fed by the evaluator's own looks and not by events: at night there are none. No answer is an alarm."""
    sql = placed(
        f"SELECT if(count() = 0, 1000, dateDiff('second', max(at), {lists.NOW}) / {LIVES}) AS breach_ratio "
        "FROM alert_look FINAL WHERE at <= $__toTime"
    )
    return _own("freshness", sql, "Alerting")


def lag() -> Rule:
    return _own("lag", f"SELECT ifNull(age, 0) / {FRESH} AS breach_ratio FROM ({lists.age()})")


def dead_letters() -> Rule:
    """Of all lines that are known one by one."""
    tables = {"dossier": 0, "step": 0, "payment": 0, "dead_letter": 1}
    counts = " UNION ALL ".join(f"SELECT count() AS n, {dead} AS dead FROM {t} FINAL" for t, dead in tables.items())
    return _own("dead_letters", f"SELECT 100 * sum(n * dead) / greatest(sum(n), 1) / {DEAD_PERCENT} AS breach_ratio "
                f"FROM ({counts})")  # fmt: skip


def drift() -> Rule:
    """How many cells differ; one alone is a breach."""
    cells = differing(f"day BETWEEN {LAST_DAY} - {DRIFT_DAYS} AND {LAST_DAY}")
    return _own("drift", placed(f"SELECT if(count() = 0, 0, 1 + count()) AS breach_ratio FROM ({cells})"))


def _own(name: str, sql: str, silence: str = "NoData") -> Rule:
    means = RULES[f"{name}_means"].vi
    return Rule(rule_uid(f"own-{name}"), RULES[name].vi, sql, means, means, (("team", "ky-thuat"),), silence)


def rules() -> Iterator[Rule]:
    for _, members in groups().values():
        yield from members
