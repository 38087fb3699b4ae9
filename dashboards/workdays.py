"""Working days: which days offices are open. The one place to ask, until staff can edit a calendar."""

from datetime import datetime, timedelta

WEEKEND = (5, 6)  # Saturday and Sunday, as `weekday` numbers them


def after(moment: datetime, days: int) -> datetime:
    """The same time of day so many working days later."""
    while days:
        moment += timedelta(days=1)
        days -= moment.weekday() not in WEEKEND
    return moment
