"""Every page there is, each with something on it."""

DOSSIER = "H99.02-260603-0001"
PAGES = (
    "/",
    "/?period=2026",
    "/wall",
    "/agencies",
    "/agencies?tier=so&kpi=online_submission_rate",
    "/agencies/H99",
    "/services",
    "/services?used=false&sort=name",
    "/kpi/services_with_dossiers",
    "/kpi/on_time_resolution?period=2026-Q2",
    "/kpi/payment_transactions",
    "/kpi/payment_transactions?period=2025-08",
    "/kpi/on_time_resolution/dossiers?counted=true&period=2026-05",
    "/late",
    "/indices",
    "/indices?unit=Bến Tre&index=par_index",
    "/late?window=7d",
    "/portal",
    "/portal?period=2022-06",
    "/calendar",
    "/calendar?year=2027",
    "/quality?check=no_due_date&period=2026",
    "/tra-cuu",
    "/tra-cuu?ma=H99.01-000000-0000",
)
