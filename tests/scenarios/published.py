"""Figures that provinces have printed, as far as the headline KPIs cover them.

Percentages in these articles are cut after one decimal: 45,646 of 91,919 is printed 49,6 %, though 49,66 would round
to 49,7; 1,745 of 3,377 is printed 51,6 %, though 51,67 would round to 51,7.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """One printed figure. `procedure` asks for one service of the list by procedure."""

    province: str
    period: str
    kpi: str
    numerator: int
    denominator: int | None
    display: str
    source: str
    procedure: str | None = None


HEARING = "Bến Tre, phiên giải trình của HĐND tỉnh, 27/9/2023 (000_6f243ee5cb4175e6)"
REVIEW = "Điện Biên, tổng kết cải cách hành chính 2011–2020, 10/7/2020 (002_889a17aca2aa6890)"
CRIMINAL_RECORD = "2.000488"

BEN_TRE = (
    Published("Bến Tre", "2022", "services_with_dossiers", 538, 1431, "37,5 %", HEARING),
    Published("Bến Tre", "2022", "online_submission_rate", 45_646, 91_919, "49,6 %", HEARING),
    Published("Bến Tre", "2022", "payment_transactions", 1547, None, "1.547", HEARING),
)
DIEN_BIEN = (
    Published("Điện Biên", "2018", "online_submission_rate", 26, 1064, "2,4 %", REVIEW, CRIMINAL_RECORD),
    Published("Điện Biên", "2019", "online_submission_rate", 1745, 3377, "51,6 %", REVIEW, CRIMINAL_RECORD),
)

BEN_TRE_TOO = (
    Published("Bến Tre", "2022", "services_without_dossiers", 893, 1431, "62,4 %", HEARING),
    Published("Bến Tre", "2022", "not_online_submission_rate", 46_273, 91_919, "50,3 %", HEARING),
    Published("Bến Tre", "2022", "dossiers_received", 91_919, None, "91.919", HEARING),
    Published("Bến Tre", "2022", "dossiers_received_online", 45_646, None, "45.646", HEARING),
)
DIEN_BIEN_TOO = (
    Published("Điện Biên", "2018", "dossiers_received", 1064, None, "1.064", REVIEW, CRIMINAL_RECORD),
    Published("Điện Biên", "2018", "dossiers_received_online", 26, None, "26", REVIEW, CRIMINAL_RECORD),
    Published("Điện Biên", "2019", "dossiers_received", 3377, None, "3.377", REVIEW, CRIMINAL_RECORD),
    Published("Điện Biên", "2019", "dossiers_received_online", 1745, None, "1.745", REVIEW, CRIMINAL_RECORD),
)
"""Figures of the family `service`."""
