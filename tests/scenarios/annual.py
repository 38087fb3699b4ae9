"""Yearly indices as provinces printed them, as rows of the tables that staff import.

A rank of the year before that an article gives only as a change ("giảm 17 bậc") is written out, so that the change
must come out again.
"""

HEAD = ("index", "unit", "year", "score", "rank", "ranked_of")
PUBLISHED = (
    ("PAR INDEX", "Bến Tre", 2022, None, 56, 63),
    ("PAR INDEX", "Bến Tre", 2021, None, 37, 63),
    ("SIPAS", "Bến Tre", 2022, None, 41, 63),
    ("PAPI", "Bến Tre", 2022, None, 50, 63),
    ("PAR INDEX", "Hà Nam", 2021, "81,51", 60, 63),
    ("PAR INDEX", "Hà Nam", 2020, None, 43, 63),
    ("SIPAS", "Hà Nam", 2021, "88,38", 19, 63),
    ("SIPAS", "Hà Nam", 2020, None, 18, 63),
    ("PAPI", "Điện Biên", 2019, "43,73", 22, 63),
    ("PAPI", "Điện Biên", 2018, "43,39", 37, 63),
    ("PAR INDEX", "Điện Biên", 2019, "81,42", 27, 63),
    ("PAR INDEX", "Điện Biên", 2018, "77,00", 28, 63),
)
HA_NAM_PAPI = ("PAPI", "Hà Nam", 2021, "43,28", 20, 60)
"""Three provinces were not ranked."""

MOVES = {
    ("par_index", "Bến Tre", 2022): ("56/63", "-19", None),
    ("par_index", "Hà Nam", 2021): ("60/63", "-17", None),
    ("sipas", "Hà Nam", 2021): ("19/63", "-1", None),
    ("papi", "Điện Biên", 2019): ("22/63", "15", "0.34"),
    ("par_index", "Điện Biên", 2019): ("27/63", "1", "4.42"),
}
"""Printed rank, places won, points won."""

ZERO = (
    ("TC-04.1", "Tiếp nhận hồ sơ, trả kết quả qua dịch vụ bưu chính công ích"),
    ("TC-08.1", "Mức độ thu hút đầu tư"),
    ("TC-08.3", "Thực hiện các chỉ tiêu phát triển kinh tế - xã hội"),
)


def ha_nam_criteria() -> list[tuple[str, str, str]]:
    """(code, points, maximum) of 43 criteria of 2021: 22 below the maximum, 3 of them at zero. Points are made up."""
    zero = [(code, "0", "2") for code, _ in ZERO]
    below = [(f"TC-01.{n}", "1,25", "1,5") for n in range(19)]
    full = [(f"TC-02.{n}", "3", "3") for n in range(21)]
    return [*zero, *below, *full]


RANKED = (
    "Sở Kế hoạch và Đầu tư", "Sở Nội vụ", "Sở Khoa học và Công nghệ", "Sở Y tế", "Sở Thông tin và Truyền thông",
    *(f"Sở thứ {n}" for n in range(6, 17)), "Sở Tài nguyên và Môi trường",
)  # fmt: skip


def dong_thap() -> list[tuple[str, str, int, str, str, str]]:
    """(tier, unit, year, score, self score, rank) of 17 departments and 12 districts; most scores are made up."""
    rows = []
    for place, name in enumerate(RANKED, 1):
        verified = "90,94" if place == 1 else "79,99" if place == 17 else f"{90 - place * 0.5:.2f}"
        before = "91,00" if place in (1, 17) else "75,00"  # two fell
        rows.append(("so", name, 2021, verified, "95,5", str(place)))
        rows.append(("so", name, 2020, before, "95,5", str(place)))
    for place in range(1, 13):
        name = "Huyện Châu Thành" if place == 1 else f"Huyện thứ {place}"
        verified = "88,68" if place == 1 else "80,00" if place <= 6 else f"{79.99 - place * 0.5:.2f}"
        rows.append(("huyen", name, 2021, verified, "93", str(place)))
    return rows
