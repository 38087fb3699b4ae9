"""What the login and account pages say."""

from typing import Final

VIETNAMESE: Final = {
    "log_in": "Đăng nhập",
    "log_out": "Đăng xuất",
    "name": "Tên đăng nhập",
    "password": "Mật khẩu",
    "sign_on": "Đăng nhập một lần (SSO)",
    "wrong": "Tên đăng nhập hoặc mật khẩu không đúng.",
    "too_soon": "Đã thử sai nhiều lần. Hãy đợi {seconds} giây rồi thử lại.",
    "away": "Chưa đăng nhập được vì kho dữ liệu không trả lời. Hãy thử lại sau.",
    "no_sign_on": "Đăng nhập một lần không thành công. Hãy thử lại hoặc hỏi quản trị viên.",
    "no_provider": "Máy chủ đăng nhập một lần không trả lời. Hãy thử lại sau.",
    "account": "Tài khoản",
    "role": "Vai trò",
    "viewer": "xem",
    "editor": "biên tập",
    "admin": "quản trị",
    "change_password": "Đổi mật khẩu",
    "old_password": "Mật khẩu hiện tại",
    "new_password": "Mật khẩu mới (ít nhất 12 ký tự)",
    "repeated": "Nhập lại mật khẩu mới",
    "not_repeated": "Hai lần nhập mật khẩu mới không giống nhau.",
    "weak": "Mật khẩu mới cần ít nhất 12 ký tự, không chứa tên đăng nhập và không phải một dãy đơn giản.",
    "end_sessions": "Đăng xuất khỏi mọi thiết bị",
    "by_provider": "Tài khoản này đăng nhập qua máy chủ đăng nhập một lần; mật khẩu được đổi ở đó.",
    "open": "Bảng này đang mở cho mọi người trên máy này, chỉ để xem.",
}
ENGLISH: Final = {
    "log_in": "Log in",
    "log_out": "Log out",
    "name": "Login name",
    "password": "Password",
    "sign_on": "Single sign-on",
    "wrong": "The login name or the password is wrong.",
    "too_soon": "Too many wrong passwords. Wait {seconds} seconds, then try again.",
    "away": "Logging in is not possible now: the store does not answer. Try again later.",
    "no_sign_on": "Single sign-on did not succeed. Try again, or ask an administrator.",
    "no_provider": "The single sign-on server does not answer. Try again later.",
    "account": "Account",
    "role": "Role",
    "viewer": "viewer",
    "editor": "editor",
    "admin": "administrator",
    "change_password": "Change the password",
    "old_password": "Present password",
    "new_password": "New password (at least 12 characters)",
    "repeated": "New password again",
    "not_repeated": "The two new passwords differ.",
    "weak": "The new password needs at least 12 characters, without the login name, and no simple run.",
    "end_sessions": "Log out on all devices",
    "by_provider": "This account logs in by single sign-on; its password is changed there.",
    "open": "This board is open to everybody on this machine, for looking only.",
}


def words(lang: str) -> dict[str, str]:
    return ENGLISH if lang == "en" else VIETNAMESE
