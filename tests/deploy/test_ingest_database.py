"""The command that asks a database: what it needs is said at once, and never a password."""

from argparse import Namespace

import pytest
from pydantic import SecretStr

from deploy.settings import Settings
from deploy.sources import database
from metrics.errors import Misconfigured

MAPPING = """
query = "SELECT id, ma_ho_so, ma_tthc FROM ho_so"
watermark = "id"
key = "id"
[values]
ho_so = "ma_ho_so"
tthc = "ma_tthc"
[[records]]
kind = "dossiers"
fields = { MaHoSo = "{ho_so}", MaTTHC = "{tthc}" }
"""


def words(place, **others):
    return Namespace(place=place, archive=None, map=None, follow=False, dry_run=True, json=True, **others)


def test_every_problem_of_every_mapping_is_listed(tmp_path):
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(MAPPING)
    bad.write_text(MAPPING.replace("SELECT", "UPDATE").replace('key = "id"', ""))
    assert list(database.problems(words(str(good)))) == []
    found = "\n".join(database.problems(words(f"{good},{bad},{tmp_path}/none.toml")))
    assert "query: " in found
    assert "key: " in found
    assert "none.toml: cannot be read" in found
    assert list(database.problems(words(None))) == [
        "PLACE: name the mapping files of the queries, between commas (docs/sources.md)"
    ]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (None, "NHIP_DATABASE: set it"),
        ("hush-hush", "must look like"),
        ("nosuch://reader:hush-hush@127.0.0.1/x", "nosuch"),
        ("oracle+oracledb://reader:hush-hush@127.0.0.1/x", "pip install oracledb"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(tmp_path, url, said):
    settings = Settings.read(data=tmp_path, database=None if url is None else SecretStr(url))
    with pytest.raises(Misconfigured, match=said) as found:
        database.opened(settings)
    assert "hush-hush" not in str(found.value)
    assert "hush-hush" not in repr(settings)


def test_a_dry_run_shows_rows_as_records_and_starts_nothing(tmp_path, capsys):
    there = tmp_path / "there.db"
    mapping = tmp_path / "good.toml"
    mapping.write_text(MAPPING)
    settings = Settings.read(data=tmp_path / "data", database=SecretStr(f"sqlite:///{there}"))
    with database.opened(settings).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE ho_so (id INTEGER, ma_ho_so TEXT, ma_tthc TEXT, ten TEXT)")
        connection.exec_driver_sql("INSERT INTO ho_so VALUES (1, 'H07.14-260601-0001', '1.002835', 'Nguyễn Văn A')")
    assert database.run(words(str(mapping)), settings) == 0
    said = capsys.readouterr().out
    assert "H07.14-260601-0001" in said
    assert "Nguyễn" not in said
    assert not (tmp_path / "data").exists()
