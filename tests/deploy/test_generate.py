"""What is generated and committed is what the declarations say now."""

from dashboards.handbook import handbook
from deploy.generate import HANDBOOK
from metrics.catalogue import CATALOGUE


def test_the_handbook_is_up_to_date():
    committed = {path.name: path.read_text() for path in HANDBOOK.glob("*.md")}
    assert committed == handbook(CATALOGUE), "run `make generate`"
