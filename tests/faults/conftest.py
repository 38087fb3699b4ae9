"""One stack for all that kills and feeds `nhip up`."""

from collections.abc import Iterator

import pytest

from tests.faults.up import Up, running_up


@pytest.fixture(scope="package")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with running_up(tmp_path_factory.mktemp("up") / "data") as running:
        yield running
