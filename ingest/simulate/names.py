"""What the made-up province is called and what it offers. Data only."""

from datetime import date

PROVINCE = "H99"
PROVINCE_NAME = "UBND tỉnh Mẫu"

DEPARTMENTS = (
    "Nội vụ", "Tư pháp", "Kế hoạch và Đầu tư", "Tài chính", "Công Thương", "Nông nghiệp",
    "Giao thông vận tải", "Xây dựng", "Tài nguyên và Môi trường", "Thông tin và Truyền thông",
    "Lao động - Thương binh và Xã hội", "Văn hóa, Thể thao và Du lịch", "Khoa học và Công nghệ",
    "Giáo dục và Đào tạo", "Y tế", "Ngoại vụ", "Dân tộc", "Ban Quản lý Khu kinh tế", "Thanh tra",
)  # fmt: skip
DISTRICTS = (
    "An Mẫu",
    "Bình Mẫu",
    "Châu Mẫu",
    "Đông Mẫu",
    "Giang Mẫu",
    "Hòa Mẫu",
    "Long Mẫu",
    "Phú Mẫu",
    "Tân Mẫu",
)
COMMUNES_EACH = (12, 12, 11, 11, 11, 11, 11, 11, 11)
COMMUNES = (
    "An Bình", "An Hòa", "Bình Minh", "Đông Hưng", "Hòa Lợi", "Long Thành", "Minh Đức", "Phú Mỹ", "Quới Sơn",
    "Tân Lập", "Thạnh Phú", "Vĩnh Hòa",
)  # fmt: skip
UNITS = ("Bộ phận Một cửa", "Phòng chuyên môn", "Văn phòng", "Lãnh đạo đơn vị")

# Field: (name, number of the department that answers for it, what it deals with).
FIELDS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Hộ tịch", 2, ("khai sinh", "khai tử", "kết hôn", "giám hộ", "nhận cha, mẹ, con")),
    ("Chứng thực", 2, ("bản sao", "chữ ký", "hợp đồng", "di chúc", "bản dịch")),
    ("Lý lịch tư pháp", 2, ("phiếu số 1", "phiếu số 2", "công chứng viên", "luật sư", "đấu giá viên")),
    ("Đất đai", 9, ("quyền sử dụng đất", "thế chấp", "tách thửa", "chuyển mục đích", "thông tin địa chính")),
    ("Môi trường", 9, ("giấy phép môi trường", "xả thải", "tài nguyên nước", "khoáng sản", "nguồn thải")),
    ("Xây dựng", 8, ("giấy phép nhà ở", "công trình", "chứng chỉ hành nghề", "quy hoạch", "kiểm tra")),
    ("Doanh nghiệp", 3, ("công ty TNHH", "công ty cổ phần", "hộ kinh doanh", "hợp tác xã", "chi nhánh")),
    ("Lao động", 11, ("giấy phép lao động", "nội quy", "cho thuê lại lao động", "việc làm", "an toàn")),
    ("Bảo trợ xã hội", 11, ("trợ cấp", "mai táng phí", "người khuyết tật", "hộ nghèo", "cơ sở trợ giúp")),
    ("Người có công", 11, ("trợ cấp một lần", "thân nhân liệt sĩ", "thương binh", "thờ cúng", "di chuyển")),
    ("Giao thông", 7, ("giấy phép lái xe", "phù hiệu xe", "kinh doanh vận tải", "bến", "thi công đường")),
    ("Y tế", 15, ("hành nghề khám bệnh", "cơ sở dược", "an toàn thực phẩm", "trang thiết bị", "quảng cáo")),
    ("Giáo dục", 14, ("văn bằng", "chuyển trường", "trung tâm ngoại ngữ", "mầm non tư thục", "dạy thêm")),
    ("Văn hóa", 12, ("biểu diễn", "karaoke", "quảng cáo", "thư viện", "hướng dẫn viên")),
    ("Nông nghiệp", 6, ("thuốc thú y", "giống cây trồng", "tàu cá", "vệ sinh thú y", "trang trại")),
    ("Công Thương", 5, ("bán lẻ rượu", "xăng dầu", "hóa chất", "khuyến mại", "điện lực")),
)  # fmt: skip
ACTIONS = (
    "Cấp mới",
    "Cấp lại",
    "Gia hạn",
    "Điều chỉnh",
    "Thu hồi",
    "Xác nhận",
    "Đăng ký",
    "Thông báo",
    "Chấm dứt",
)

TET = {
    2018: date(2018, 2, 16), 2019: date(2019, 2, 5), 2020: date(2020, 1, 25), 2021: date(2021, 2, 12),
    2022: date(2022, 2, 1), 2023: date(2023, 1, 22), 2024: date(2024, 2, 10), 2025: date(2025, 1, 29),
    2026: date(2026, 2, 17), 2027: date(2027, 2, 6), 2028: date(2028, 1, 26), 2029: date(2029, 2, 13),
}  # fmt: skip
TET_ELSE = (2, 5)  # month and day in the years that the table does not know: the dip matters, not its day
HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))
