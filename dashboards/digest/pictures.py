"""A digest's charts: the board's own declarations, drawn small."""

import vl_convert

from dashboards.change import breaks
from dashboards.charts import Spec, trend
from dashboards.digest.document import Picture
from dashboards.texts import Lang

WIDTH, HEIGHT = 460, 130
MAIL_WIDTH, MAIL_HEIGHT = 700, 190
SHARP = 2.0
"""Pixels of an image for each of its points, for screens of today."""
SERIF = "Libertinus Serif"
"""The font that the PDF is set in: it comes with its compiler."""


def spec(picture: Picture) -> Spec:
    before = (None, *picture.readings)
    found = [breaks(now, then, picture.turns) for now, then in zip(picture.readings, before, strict=False)]
    return trend(picture.readings, found, Lang.VI, dark=False)


def svg(picture: Picture) -> str:
    declared = spec(picture)
    config = {**declared["config"], "font": SERIF}
    return str(vl_convert.vegalite_to_svg({**declared, "config": config, "width": WIDTH, "height": HEIGHT}))


def png(picture: Picture) -> bytes:
    return vl_convert.vegalite_to_png({**spec(picture), "width": MAIL_WIDTH, "height": MAIL_HEIGHT}, scale=SHARP)
