"""Civil time of Vietnam: UTC+7 the whole year.

A fixed offset and not a zone of the tz database: every moment in the input is a wall-clock text, so the day it belongs
to is the day it says, also before 1975 when the database knows other offsets.
"""

from datetime import datetime, timedelta, timezone

CIVIL = timezone(timedelta(hours=7))
CIVIL_SQL_ZONE = "Etc/GMT-7"
"""The same zone under the name the database knows (its sign is reversed by POSIX)."""

FIRST_YEAR, LAST_YEAR = 1900, 2299
"""What the store's calendar can hold; moments outside are kept at its edge, and such periods cannot be asked for."""


def civil(moment: datetime) -> datetime:
    """The same instant as an official would read it."""
    return moment.astimezone(CIVIL)
