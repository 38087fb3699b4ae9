from pathlib import Path

import pytest

from deploy.settings import Settings
from metrics.errors import Misconfigured
from tests.support.certificates import Authority


@pytest.fixture(autouse=True)
def clean(monkeypatch, tmp_path):
    for name in ("DATA", "KAFKA", "CLICKHOUSE", "BOARD", "INGEST", "PARTITIONS", "CACHE"):
        monkeypatch.delenv(f"NHIP_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def problems(monkeypatch, **environment):
    for name, value in environment.items():
        monkeypatch.setenv(f"NHIP_{name}", value)
    with pytest.raises(Misconfigured) as error:
        Settings.read()
    return error.value.problems


def test_nothing_set_is_a_local_stack_here(tmp_path):
    settings = Settings.read()
    assert (settings.kafka, settings.clickhouse, settings.data) == (None, None, tmp_path / ".nhip")
    assert (settings.board, settings.ingest, settings.partitions) == ("127.0.0.1:8600", "127.0.0.1:8601", 16)


def test_what_is_given_wins_over_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("NHIP_DATA", "elsewhere")
    assert Settings.read(data="here").data == tmp_path / "here"


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("NHIP_KAFKA", "")
    assert Settings.read().kafka is None


def test_the_data_folder_is_absolute_and_knows_home(monkeypatch):
    assert Settings.read(data="~/x").data == Path.home() / "x"


def test_every_problem_is_named_at_once(monkeypatch):
    found = problems(monkeypatch, KAFKA="nowhere", CLICKHOUSE="localhost", PARTITIONS="0", BOARD="127.0.0.1:99999")
    assert [one.split(":")[0] for one in found] == ["NHIP_KAFKA", "NHIP_CLICKHOUSE", "NHIP_BOARD", "NHIP_PARTITIONS"]


@pytest.mark.parametrize(
    "url", ["http://user:s3cr3t@host:8123", "ftp://user:s3cr3t@host/nhip", "http://user:s3cr3t@:1/x"]
)
def test_a_problem_with_a_secret_does_not_tell_it(monkeypatch, url):
    assert "s3cr3t" not in "".join(problems(monkeypatch, CLICKHOUSE=url))


@pytest.mark.parametrize("text", ["changeme:9092", "your-kafka:9092", "<host>:9092", "${KAFKA}:9092"])
def test_placeholders_are_refused(monkeypatch, text):
    assert "placeholder" in problems(monkeypatch, KAFKA=text)[0]


def test_a_password_left_as_placeholder_is_refused(monkeypatch):
    assert "placeholder" in problems(monkeypatch, CLICKHOUSE="http://nhip:changeme@host:8123/nhip")[0]


def test_secrets_show_as_stars(monkeypatch):
    monkeypatch.setenv("NHIP_CLICKHOUSE", "http://nhip:s3cr3t@host:8123/nhip")
    assert "s3cr3t" not in repr(Settings.read())


def test_several_brokers_may_be_named(monkeypatch):
    monkeypatch.setenv("NHIP_KAFKA", "one:9092,two:9092")
    assert Settings.read().kafka == "one:9092,two:9092"


def test_a_file_is_no_data_folder(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    assert "folder" in problems(monkeypatch, DATA="file")[0]


def test_how_kafka_is_entered_is_checked_as_a_whole(monkeypatch):
    found = problems(monkeypatch, KAFKA_PROTOCOL="SASL_SSL", KAFKA_MIN_INSYNC="3", KAFKA_REPLICATION="2")
    assert [one.split(":")[0] for one in found] == [
        "NHIP_KAFKA",
        "NHIP_KAFKA_USER, NHIP_KAFKA_PASSWORD",
        "NHIP_KAFKA_MIN_INSYNC",
    ]


def test_a_login_over_a_plain_line_is_no_login(monkeypatch):
    (found,) = problems(monkeypatch, KAFKA="one:9092", KAFKA_USER="nhip", KAFKA_PASSWORD="s3cr3t")
    assert "SASL_SSL" in found
    assert "s3cr3t" not in found


def test_a_file_that_is_no_certificate_is_named(monkeypatch, tmp_path):
    (tmp_path / "ca.pem").write_text("none")
    monkeypatch.setenv("NHIP_KAFKA", "one:9092")
    settings = Settings.read(kafka_protocol="SSL", kafka_ca=tmp_path / "ca.pem")
    with pytest.raises(Misconfigured, match=r"NHIP_KAFKA_CA: .*ca.pem holds no certificate"):
        settings.cluster("one:9092")


def test_a_certificate_and_another_ones_key_are_no_pair(tmp_path):
    authority = Authority(tmp_path)
    (certificate, _), (_, key) = authority.signed("one"), authority.signed("two")
    settings = Settings.read(
        kafka="one:9092", kafka_protocol="SSL", kafka_ca=authority.path, kafka_cert=certificate, kafka_key=key
    )
    with pytest.raises(Misconfigured, match="they are no pair"):
        settings.cluster("one:9092")


def test_a_password_of_kafka_shows_nowhere():
    settings = Settings.read(
        kafka="one:9092", kafka_protocol="SASL_PLAINTEXT", kafka_user="nhip", kafka_password="s3cr3t"
    )
    assert "s3cr3t" not in repr(settings) + repr(settings.cluster("one:9092")) + str(settings.cluster("one:9092"))


def test_settings_are_frozen():
    with pytest.raises(ValueError, match="frozen"):
        Settings.read().partitions = 3
