"""What states and origins of actions are called, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from metrics.actions.action import Origin, State
from metrics.words import Text

STATES: Mapping[State, Text] = MappingProxyType(
    {
        State.OPEN: Text("đang làm", "open"),
        State.OVERDUE: Text("quá hạn", "overdue"),
        State.DONE: Text("xong đúng hạn", "done in time"),
        State.LATE: Text("xong trễ hạn", "done late"),
        State.WITHDRAWN: Text("đã bỏ", "withdrawn"),
    }
)
ORIGINS: Mapping[Origin, Text] = MappingProxyType(
    {
        Origin.ALERT: Text("cảnh báo", "alert"),
        Origin.DIGEST: Text("bản tin", "digest"),
        Origin.INSPECTION: Text("kiểm tra", "inspection"),
        Origin.OTHER: Text("khác", "other"),
    }
)
