"""What a Grafana reads at its start: data source, where the boards lie, rules, and how messages look and go.

Secrets and addresses are variables of Grafana's own process: `$NAME` in these files is taken from there, and is why no
other text in them has a dollar sign outside queries and templates.
"""

from dashboards.grafana import rules
from dashboards.grafana.panels import SOURCE_TYPE, SOURCE_UID, Json
from dashboards.grafana.rules import FOLDER, FOLDER_UID, RECEIVER

ZONE = "Asia/Ho_Chi_Minh"
MUTED = "nhip-ngoai-gio"
TITLE, BODY = "nhip.title", "nhip.body"

TEMPLATE = """\
{{ define "nhip.title" }}[{{ if eq .Status "firing" }}CẢNH BÁO{{ else }}ĐÃ HẾT{{ end }}] \
{{ if eq .CommonLabels.alertname "DatasourceNoData" }}nhip: không có dữ liệu\
{{ else if eq .CommonLabels.alertname "DatasourceError" }}nhip: không hỏi được kho dữ liệu\
{{ else }}{{ .CommonLabels.alertname }}{{ end }} ({{ len .Alerts }}){{ end }}
{{ define "nhip.body" }}{{ range .Alerts }}{{ .Annotations.summary }}
{{ .Annotations.description }}
Từ lúc: {{ .StartsAt | tz "Asia/Ho_Chi_Minh" | date "15:04 02/01/2006" }}

{{ end }}{{ end }}
"""


def datasource() -> Json:
    """The read-only login; `nhip grafana export` says where the local store listens."""
    connection = {
        "host": "$NHIP_GRAFANA_CLICKHOUSE_HOST",
        "port": "$NHIP_GRAFANA_CLICKHOUSE_PORT",
        "protocol": "http",
        "secure": False,
        "path": "/",
        "username": "$NHIP_GRAFANA_USER",
        "defaultDatabase": "nhip",
        "dialTimeout": "10",
        "queryTimeout": "30",
        "connMaxLifetime": "5",
        "maxIdleConns": "4",
        "maxOpenConns": "4",
    }
    source = {
        "name": "NHIP ClickHouse", "uid": SOURCE_UID, "type": SOURCE_TYPE, "isDefault": True, "editable": False,
        "jsonData": connection, "secureJsonData": {"password": "$NHIP_GRAFANA_PASSWORD"},
    }  # fmt: skip
    return {"apiVersion": 1, "datasources": [source]}


def provider() -> Json:
    """Where the boards lie."""
    found = {
        "name": "nhip", "orgId": 1, "folder": FOLDER, "folderUid": FOLDER_UID, "type": "file", "allowUiUpdates": False,
        "updateIntervalSeconds": 30, "options": {"path": "$NHIP_GRAFANA_DASHBOARDS"},
    }  # fmt: skip
    return {"apiVersion": 1, "providers": [found]}


def alert_rules() -> Json:
    found = [
        {"orgId": 1, "name": name, "folder": FOLDER, "interval": interval, "rules": [each.file() for each in members]}
        for name, (interval, members) in rules.groups().items()
    ]
    return {"apiVersion": 1, "groups": found}


def mail(addresses: str) -> Json:
    """`a@example.gov.vn;b@example.gov.vn`."""
    message = {"subject": f'{{{{ template "{TITLE}" . }}}}', "message": f'{{{{ template "{BODY}" . }}}}'}
    return {
        "uid": f"{RECEIVER}-mail", "type": "email",
        "settings": {"addresses": addresses, "singleEmail": False, **message},
    }  # fmt: skip


def contact_points() -> Json:
    """Mail, since Telegram is blocked in Viet Nam."""
    return {
        "apiVersion": 1,
        "contactPoints": [{"orgId": 1, "name": RECEIVER, "receivers": [mail("$NHIP_GRAFANA_MAIL")]}],
    }


def mute_times() -> Json:
    return {"apiVersion": 1, "muteTimes": [{"orgId": 1, **muted()}]}


def muted() -> Json:
    """Nights and weekends; days off of the working calendar are not known to Grafana."""
    nights = [{"start_time": "17:00", "end_time": "24:00"}, {"start_time": "00:00", "end_time": "07:00"}]
    return {
        "name": MUTED,
        "time_intervals": [
            {"times": nights, "location": ZONE},
            {"weekdays": ["saturday", "sunday"], "location": ZONE},
        ],
    }


def templates() -> Json:
    return {"apiVersion": 1, "templates": [{"orgId": 1, "name": "nhip", "template": TEMPLATE}]}


def policies() -> Json:
    """An example: a file like this replaces the organisation's whole tree. For an empty Grafana only."""
    route = {"receiver": RECEIVER, "object_matchers": [["team", "=", "ttdh"]], "mute_time_intervals": [MUTED]}
    tree = {
        "orgId": 1, "receiver": RECEIVER, "group_by": ["grafana_folder", "alertname", "kpi"], "group_wait": "30s",
        "group_interval": "5m", "repeat_interval": "4h", "routes": [route],
    }  # fmt: skip
    return {"apiVersion": 1, "policies": [tree]}
