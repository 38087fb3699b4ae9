"""A store behind TLS: the URL says https and whom to believe."""

import pytest

from dashboards.store import ask, connect
from deploy.migrate import migrate
from deploy.settings import Settings
from metrics.errors import Unavailable
from streams import state
from tests.support.certificates import Authority
from tests.support.store import store
from tests.support.tls import behind_tls

pytestmark = pytest.mark.stack


def test_everything_that_speaks_to_the_store_speaks_tls(tmp_path):
    authority, stranger = Authority(tmp_path / "ours"), Authority(tmp_path / "another")
    with store(tmp_path) as running, behind_tls(authority, running.port) as port:
        url = running.url.replace("http://", "https://").replace(str(running.port), str(port))
        trusting = Settings.read(clickhouse=f"{url}?ca_cert={authority.path}").clickhouse.get_secret_value()
        migrate(trusting)
        assert ask(connect(trusting), "SELECT count() FROM dossier") == [(0,)]
        assert state.connect(trusting).query("SELECT 1").result_rows == [(1,)]
        for doubted in (url, f"{url}?ca_cert={stranger.path}"):
            with pytest.raises(Unavailable):
                connect(doubted)
