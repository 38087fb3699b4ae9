"""What the requests of a minute to a page amount to: counts, and how long people waited. Pure."""

import polars as pl

from metrics.funnel import GOOD_STATUS
from metrics.histogram import UNTOLD
from metrics.request import BUCKET_AT, BUCKET_BITS, PROBE, ROBOT_AT, STATUS_AT

_NUMBER = pl.element()
_STATUS = _NUMBER // (1 << STATUS_AT)
_BUCKET = _NUMBER // (1 << BUCKET_AT) % (1 << BUCKET_BITS)
_ROBOT = _NUMBER // (1 << ROBOT_AT) % 2 == 1
_SERVED = _STATUS.is_between(GOOD_STATUS.start, GOOD_STATUS.stop, closed="left")

_PROBED = pl.col("page").str.starts_with(PROBE)
_NONE = pl.lit([], dtype=pl.List(pl.UInt64))
_ASKED = pl.when(_PROBED).then(_NONE).otherwise(pl.col("numbers"))
_PROBES = pl.when(_PROBED).then(pl.col("numbers")).otherwise(_NONE)

COUNTS = {
    "requests": _ASKED.list.len(),
    "failed": _ASKED.list.eval(_STATUS.is_between(500, 599)).list.sum().cast(pl.UInt32),
    "not_found": _ASKED.list.eval(_STATUS == 404).list.sum().cast(pl.UInt32),  # noqa: PLR2004
    "robots": _ASKED.list.eval(_ROBOT).list.sum().cast(pl.UInt32),
    "served": _ASKED.list.eval(~_ROBOT & _SERVED).list.sum().cast(pl.UInt32),
    "probes": _PROBES.list.len(),
    "probes_answered": _PROBES.list.eval(~_ROBOT).list.sum().cast(pl.UInt32),
}

_WAITS = pl.col("numbers").list.eval(_BUCKET.filter(~_ROBOT & (_BUCKET != UNTOLD)).sort().rle())
HISTOGRAM = {
    "buckets": _WAITS.list.eval(_NUMBER.struct.field("value")).cast(pl.List(pl.UInt16)),
    "times": _WAITS.list.eval(_NUMBER.struct.field("len")).cast(pl.List(pl.UInt32)),
}
