"""What somebody hears who is turned away before any page: JSON for scripts, both languages for people."""

from collections.abc import Mapping
from enum import Enum
from html import escape

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, Response


class Refusal(Enum):
    """Status, Vietnamese, English."""

    LOGIN = (401, "Cần đăng nhập.", "log in first")
    ROLE = (403, "Tài khoản của bạn không có quyền làm việc này.", "your account may not do this")
    FORM = (
        403,
        "Biểu mẫu đã cũ hoặc đến từ trang khác. Hãy quay lại, tải lại trang và thử lần nữa.",
        "the form is too old or comes from another site: go back, reload the page and try again",
    )
    HOST = (421, "Máy chủ này không có tên như vậy.", "this server does not go by that name")
    OFTEN = (429, "Quá nhiều yêu cầu. Hãy đợi một lát.", "too many requests: wait a moment")
    LONG = (413, "Biểu mẫu quá lớn.", "the form is too large")
    AWAY = (503, "Chưa đọc được danh sách tài khoản. Hãy thử lại sau.", "the accounts cannot be read now: try again")
    FAULT = (500, "Có lỗi trong hệ thống; lỗi đã được ghi lại.", "something went wrong here; it has been logged")

    @property
    def status(self) -> int:
        return int(self.value[0])


PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{status} – nhip</title></head>
<body><main><h1>{vietnamese}</h1><p lang="en">{english}</p>
<p><a href="/">nhip</a></p></main></body></html>
"""


def refused(connection: HTTPConnection, why: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    status, vietnamese, english = why.value
    if not for_people(connection):
        return JSONResponse({"error": english}, status, headers)
    page = PAGE.format(status=status, vietnamese=escape(vietnamese), english=escape(english))
    return HTMLResponse(page, status, headers)


def for_people(connection: HTTPConnection) -> bool:
    asks = "text/html" in connection.headers.get("accept", "")
    return asks and not connection.scope["path"].startswith("/api/")
