"""Made-up lines of an access log, good and bad: from small pools, so that lines meet."""

from hypothesis import strategies as st

VISITORS = ("203.0.113.7", "2001:db8::1", "portal.example")
TIMES = (
    "31/Dec/2021:16:59:59 +0000", "31/Dec/2021:17:00:00 +0000", "01/Jan/2022:00:00:00 +0700",
    "01/Jan/2022:00:00:00 +0700", "01/Jan/2022:00:00:59 +0700", "01/Jan/2022:00:01:00 +0700",
    "31/Dec/2021:12:00:00 -0500", "29/Feb/2024:23:59:59 +0545", "31/Dec/2022:23:59:59 +0700",
)  # fmt: skip
REQUESTS = (
    "GET / HTTP/1.1", "GET /tra-cuu?ma=CANARY-0912345678 HTTP/1.1", "POST /nop-ho-so/1.002835.000.00.00.H07 HTTP/1.1",
    "GET /thu-tuc?maTTHC=1.000001.H07 HTTP/2.0", "GET /css/site.css HTTP/1.1", "-", r"\x16\x03\x01CANARY", "",
    r"GET /\"CANARY\"/\\ HTTP/1.1", "GET /CANARY/%3Cscript%3E HTTP/1.1",
)  # fmt: skip
STATUSES = ("200", "200", "301", "404", "499", "500", "503", "599", "600", "000")
AGENTS = ("Mozilla/5.0 CANARY", "Googlebot/2.1", "-", r"CANARY \"quoted\"")
ENDS = ("", "", " 0.000", " 0.120", " 12.000", " 3", " -", "\r")
BAD_TIMES = (
    "30/Feb/2022:00:00:00 +0700", "01/Jan/2022:24:00:00 +0700", "01/Jan/2022:00:00:60 +0700", "1/Jan/2022:00:00:00",
    "01/Jän/2022:00:00:00 +0700", "01/Jan/2022:00:00:00 +9900", "00/Jan/0000:00:00:00 +0000", "CANARY",
    "01/Jan/0001:00:00:00 +1400", "31/Dec/9999:23:59:59 -1200",
)  # fmt: skip
BAD_ENDS = (" CANARY", " 1 2", '"', " 0.1.2", " -1", " 999999999", '" "CANARY', " 1.")


def line(  # noqa: PLR0913, PLR0917 - what stands on a line
    at: str, asked: str, status: str, agent: str, end: str, visitor: str = VISITORS[0]
) -> bytes:
    return f'{visitor} - - [{at}] "{asked}" {status} 17 "http://CANARY/?q=1" "{agent}"{end}'.encode()


def _lines(times: tuple[str, ...], ends: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    pools = (times, REQUESTS, STATUSES, AGENTS, ends, VISITORS)
    return st.builds(line, *(st.sampled_from(pool) for pool in pools))


good = _lines(TIMES, ENDS)
cut = st.builds(lambda whole, at: whole[: at % len(whole)], _lines(TIMES, ("",)), st.integers(0, 1000))
broken = st.one_of(
    _lines(BAD_TIMES, ENDS),
    _lines(TIMES, BAD_ENDS),
    cut,
    st.binary(max_size=40).map(lambda junk: junk.replace(b"\n", b"").replace(b"[", b"")),
)
logs = st.lists(st.one_of(good, good, good, broken), max_size=12)
