"""Other readings of the headline rates, side by side with them: what changes when the scope or the basis does."""

from metrics.kpi import Better, Family, Kpi, Ratio, Source, Trust
from metrics.predicate import All, Known, NotAfter, OneOf, Within
from metrics.terms import Dossiers
from metrics.words import Text

FAMILY = Family("comparison", Text("Cách tính khác", "Other ways of counting"))
RECEIVED = Within("received_at")

ONLINE_OF_ALL = Kpi(
    id="online_share_of_all",
    version=1,
    family=FAMILY,
    title=Text("Tỷ lệ nộp trực tuyến trên mọi hồ sơ", "Online share of all dossiers"),
    formula=Ratio(Dossiers(All((RECEIVED, OneOf("channel", ("2",))))), Dossiers(RECEIVED)),
    better=Better.HIGHER,
    source=Source("nhip: mọi dịch vụ, không chỉ mức độ 3, 4"),
)

VENDOR_ONLINE = Kpi(
    id="local766_online_no_post",
    version=1,
    family=FAMILY,
    title=Text("Tỷ lệ trực tuyến không tính bưu chính", "Online share without post"),
    formula=Ratio(
        Dossiers(All((RECEIVED, OneOf("channel", ("2",))))),
        Dossiers(All((RECEIVED, OneOf("channel", ("1", "2"))))),
    ),
    better=Better.HIGHER,
    source=Source("Màn hình 766 của một phần mềm một cửa", trust=Trust.CODE),
    note=Text(
        "Hồ sơ bưu chính và hồ sơ không rõ kênh không có trong mẫu số.", "Post and unknown channels are left out."
    ),
)

INTERNAL_ON_TIME = Kpi(
    id="nd61_internal_on_time",
    version=1,
    family=FAMILY,
    title=Text("Giải quyết đúng hạn trên số tiếp nhận", "On time of those received"),
    formula=Ratio(
        Dossiers(All((Within("resolved_at"), Known("due_at"), NotAfter("resolved_at", "due_at")))), Dossiers(RECEIVED)
    ),
    better=Better.HIGHER,
    source=Source("Nghị định 61/2018/NĐ-CP, điều 30.2.c", trust=Trust.LAW),
)

KPIS = (ONLINE_OF_ALL, VENDOR_ONLINE, INTERNAL_ON_TIME)
