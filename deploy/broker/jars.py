"""The broker's jars: Maven brings them once into a cache that all data folders share."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from metrics.errors import Misconfigured, Unavailable

POM = Path(__file__).with_name("pom.xml")
VERSION = str(ET.parse(POM).getroot().findtext(".//{*}kafka.version"))  # noqa: S314  (our own file)
GUARD = POM.parent.with_name("guard.py")
NEEDED = {"java": "openjdk-17-jre-headless", "mvn": "maven"}


def jars(cache: Path, tell: Callable[[str], None]) -> Path:
    """The folder of jars, fetched now if it is not there yet."""
    folder = cache / f"kafka-{VERSION}"
    demand("java") if folder.exists() else demand("java", "mvn")
    if not folder.exists():
        tell(f"fetching Kafka {VERSION} by Maven (about 43 MB, once)…")
        _fetch(folder)
    return folder


def demand(*commands: str) -> None:
    missing = [command for command in commands if shutil.which(command) is None]
    if missing:
        packages = " ".join(NEEDED[command] for command in missing)
        named = " and ".join(missing)
        install = f"sudo apt-get install {packages}"
        raise Misconfigured([f"the local Kafka needs {named}: run `{install}`, or set NHIP_KAFKA=host:port"])


def _fetch(folder: Path) -> None:
    """Into a neighbour first, then renamed: a folder that has the name is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".fetching-") as scratch:
        fresh = Path(scratch) / "jars"
        _maven(fresh, Path(scratch))
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.exists():  # otherwise another process was quicker, with the same jars
                raise


def _maven(target: Path, scratch: Path) -> None:
    pom = shutil.copy(POM, scratch)  # Maven writes beside the pom
    command = ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies"]
    options = ["-DincludeScope=runtime", f"-DoutputDirectory={target}"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise Unavailable(
            f"Maven could not fetch Kafka {VERSION}; is the network there?\n{done.stdout[-2000:]}"
        )
