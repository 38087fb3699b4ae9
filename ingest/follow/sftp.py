"""A folder on another machine, over SFTP. Its host must be known before: a stranger never gets our login."""

import io
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast
from urllib.parse import unquote, urlsplit

from paramiko import AuthenticationException, RejectPolicy, SFTPClient, SSHClient, SSHException
from paramiko.sftp_attr import SFTPAttributes
from paramiko.sftp_file import SFTPFile
from paramiko.ssh_exception import BadHostKeyException

from ingest.follow.shelf import Seen
from metrics.errors import Misconfigured, Unavailable

PORT = 22
WITHIN = 20.0
"""Seconds for an answer."""
BUFFER = 1 << 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Login:
    """`password` and `key` may be empty: then an agent or the usual keys of whoever runs us."""

    user: str
    host: str
    port: int
    path: str
    known_hosts: Path
    password: str = field(default="", repr=False)
    key: str = ""


def login(url: str, known_hosts: Path, password: str, key: str) -> Login:
    """Of sftp://user@host[:port]/path. Misconfigured where it is none; a password in it is refused."""
    parts = urlsplit(url)
    if parts.scheme != "sftp" or not parts.hostname or not parts.username or not parts.path.strip("/"):
        raise Misconfigured(["PLACE: must look like sftp://user@host/path"])
    if parts.password:
        raise Misconfigured(["PLACE: no password in the address: set NHIP_SFTP_PASSWORD or NHIP_SFTP_KEY"])
    if key and not Path(key).is_file():
        raise Misconfigured([f"NHIP_SFTP_KEY: there is no file {key}"])
    path = unquote(parts.path).rstrip("/")
    return Login(unquote(parts.username), parts.hostname, parts.port or PORT, path, known_hosts, password, key)


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
            return {one.filename: _seen(one) for one in found if stat.S_ISREG(one.st_mode or 0)}

    def open(self, name: str) -> BinaryIO:
        with self._connected() as sftp:
            raw = _Ranges(sftp.open(self._path(name), "rb"), self._reached)
        return cast("BinaryIO", io.BufferedReader(raw, BUFFER))

    def seen(self, file: BinaryIO) -> Seen:
        return cast("_Ranges", cast("io.BufferedReader", file).raw).seen()

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


def _seen(about: SFTPAttributes) -> Seen:
    return Seen(about.st_size or 0, about.st_mtime or 0, 0)


class _Ranges(io.RawIOBase):
    """A remote file, asked for a range at a time: a request for each 32 KiB would take ages."""

    def __init__(self, file: SFTPFile, reached: Callable[[Callable[[], Any]], Any]) -> None:
        self._file, self._reached, self._at = file, reached, 0
        self._size = self.seen().size

    def seen(self) -> Seen:
        return _seen(self._reached(self._file.stat))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = max(min(len(buffer), self._size - self._at), 0)
        if not size:
            return 0
        found = self._reached(lambda: b"".join(self._file.readv([(self._at, size)])))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def close(self) -> None:
        if not self.closed:
            with suppress(SSHException, EOFError, OSError):  # the connection may be gone, and with it the file
                self._file.close()
        super().close()
