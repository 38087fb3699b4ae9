"""A request to the portal as one number: all that is kept of a line of an access log besides its minute and page.

Requests of a minute and page are a set of such numbers, so a line that comes again changes nothing, and lines that
look alike are told apart by counting them within their file (docs/decisions/0011). From the highest bit:

    status 10 · bucket of the time 10 · robot 1 · second 6 · mark 20 · which of those alike 17

A probe of ours (`nhip probe`) is such a number, too, of a page that begins with `PROBE`: its robot's bit says that the
answer was not the one expected, its status is 0 where there was none. It is counted apart from requests.

The mark tells different lines apart across files. It holds 8 bits of the address and 12 of the rest: too few to find
either one out again.
"""

WHICH_BITS, MARK_BITS, SECOND_BITS, ROBOT_BITS, BUCKET_BITS = 17, 20, 6, 1, 10

MARK_AT = WHICH_BITS
SECOND_AT = MARK_AT + MARK_BITS
ROBOT_AT = SECOND_AT + SECOND_BITS
BUCKET_AT = ROBOT_AT + ROBOT_BITS
STATUS_AT = BUCKET_AT + BUCKET_BITS

PROBE = "probe:"
MOST_ALIKE = 1 << WHICH_BITS


def alike(*, status: int, bucket: int, robot: bool, second: int, mark: int) -> int:
    """The number of the first request of its kind; the ones like it follow it."""
    return status << STATUS_AT | bucket << BUCKET_AT | robot << ROBOT_AT | second << SECOND_AT | mark << MARK_AT
