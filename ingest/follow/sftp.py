"""A folder on another machine, over SFTP. Its host must be known before: a stranger never gets our login."""

import io
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import BinaryIO, TypeVar, cast

from paramiko import AuthenticationException, RejectPolicy, SFTPClient, SSHClient, SSHException
from paramiko.ssh_exception import BadHostKeyException

from ingest.follow.login import Login
from ingest.follow.ranges import Ranges, seen
from ingest.follow.shelf import Seen
from metrics.errors import Misconfigured, Unavailable

WITHIN = 20.0
"""Seconds for an answer."""
BUFFER = 1 << 20

T = TypeVar("T")


class SftpShelf:
    """Connects when it is first asked, and again after it was cut off."""

    def __init__(self, place: str, known: Login) -> None:
        self.place = place
        self._login = known
        self._ssh: SSHClient | None = None
        self._sftp: SFTPClient | None = None

    def files(self) -> dict[str, Seen]:
        with self._connected() as sftp:
            try:
                found = sftp.listdir_attr(self._login.path)
            except FileNotFoundError:
                raise Unavailable(f"{self.place} is not there; name a folder that is") from None
            return {one.filename: seen(one) for one in found if stat.S_ISREG(one.st_mode or 0)}

    def open(self, name: str) -> BinaryIO:
        with self._connected() as sftp:
            raw = Ranges(sftp.open(self._path(name), "rb"), self._reached)
        return cast("BinaryIO", io.BufferedReader(raw, BUFFER))

    def seen(self, file: BinaryIO) -> Seen:
        return cast("Ranges", cast("io.BufferedReader", file).raw).seen()

    def move(self, name: str, archive: str) -> None:
        with self._connected() as sftp:
            with suppress(OSError):  # it is there already, or moving into it fails and says why
                sftp.mkdir(archive)
            there = f"{archive.rstrip('/')}/{name}"
            names = (there if number == 0 else f"{there}.{number}" for number in count())
            sftp.rename(self._path(name), next(one for one in names if not _exists(sftp, one)))

    def close(self) -> None:
        if self._ssh is not None:
            self._ssh.close()
        self._ssh = self._sftp = None

    def _path(self, name: str) -> str:
        return f"{self._login.path}/{name}"

    @contextmanager
    def _connected(self) -> Iterator[SFTPClient]:
        if self._sftp is None:
            self._sftp = self._reached(self._connect)
        with self._told():
            yield self._sftp

    def _reached(self, work: Callable[[], T]) -> T:
        with self._told():
            return work()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Unavailable where the connection is what failed. What is wrong with one file stays its own OSError."""
        try:
            yield
        except (BadHostKeyException, AuthenticationException) as error:
            self.close()
            raise Misconfigured([f"{self.place}: {_refused(error)}"]) from None
        except (SSHException, EOFError, OSError) as error:
            if isinstance(error, OSError) and self._alive():
                raise
            self.close()
            if "not found in known_hosts" in str(error):
                raise Misconfigured([f"{self.place}: {UNKNOWN} {self._login.known_hosts}"]) from None
            raise Unavailable(f"{self.place} cannot be reached ({type(error).__name__})") from None

    def _alive(self) -> bool:
        transport = self._ssh.get_transport() if self._ssh is not None else None
        return transport is not None and transport.is_active()

    def _connect(self) -> SFTPClient:
        ssh, known = SSHClient(), self._login
        self._ssh = ssh
        try:
            ssh.load_host_keys(str(known.known_hosts))
        except OSError:
            raise Misconfigured([f"{self.place}: {UNKNOWN} {known.known_hosts}"]) from None
        ssh.set_missing_host_key_policy(RejectPolicy())
        ssh.connect(
            known.host,
            known.port,
            known.user,
            known.password or None,
            key_filename=known.key or None,
            look_for_keys=not known.password,
            allow_agent=not known.password,
            timeout=WITHIN,
            banner_timeout=WITHIN,
            auth_timeout=WITHIN,
        )
        sftp = ssh.open_sftp()
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(WITHIN)
        return sftp


UNKNOWN = "its key is not known: compare it with its operator's, then put it (`ssh-keyscan HOST`) into"


def _refused(error: Exception) -> str:
    if isinstance(error, BadHostKeyException):
        return "its key is another one than the one that is known: ask its operator before anything else"
    return "it refuses the login: NHIP_SFTP_PASSWORD or NHIP_SFTP_KEY"


def _exists(sftp: SFTPClient, path: str) -> bool:
    try:
        sftp.stat(path)
    except FileNotFoundError:
        return False
    return True
