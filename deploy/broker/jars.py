"""The broker's jars: Maven brings them once into a cache that all data folders share."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from deploy.process import run
from metrics.errors import Misconfigured, Unavailable

POM = Path(__file__).with_name("pom.xml")
VERSION = str(ET.parse(POM).getroot().findtext(".//{*}kafka.version"))  # noqa: S314  (our own file)
NEEDED = {"java": "openjdk-17-jre-headless", "mvn": "maven"}


def jars(cache: Path, tell: Callable[[str], None]) -> Path:
    """The folder of jars, fetched now if it is not there yet."""
    folder = cache / f"kafka-{VERSION}"
    demand("java") if folder.exists() else demand("java", "mvn")
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():  # another one may have fetched it while we waited
                tell(f"fetching Kafka {VERSION} by Maven (about 43 MB, once)…")
                _fetch(folder)
    return folder


def demand(*commands: str) -> None:
    missing = [command for command in commands if shutil.which(command) is None]
    if missing:
        install = "sudo apt-get install " + " ".join(NEEDED[command] for command in missing)
        named = " and ".join(missing)
        raise Misconfigured([f"the local Kafka needs {named}: run `{install}`, or set NHIP_KAFKA=host:port"])


def _fetch(folder: Path) -> None:
    """Into a neighbour first, then renamed: a folder that has the name is complete."""
    fresh = folder.with_name(".fetching")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    pom = shutil.copy(POM, fresh)  # Maven writes beside the pom
    options = ("-DincludeScope=runtime", f"-DoutputDirectory={fresh / 'jars'}")
    done = run(("mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", *options))
    if done.returncode != 0:
        raise Unavailable(f"Maven could not fetch Kafka {VERSION}; is the network there?\n{done.stdout[-2000:]}")
    (fresh / "jars").rename(folder)
    shutil.rmtree(fresh)
