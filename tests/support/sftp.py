"""A real SFTP server over a folder, in a thread; it may stop and come back on its port."""

import asyncio
import threading
from pathlib import Path

import asyncssh

from tests.support.store import free_port

USER, PASSWORD = "nhip", "sftp-secret"


class Guarded(asyncssh.SSHServer):
    def __init__(self, connections: set[asyncssh.SSHServerConnection]) -> None:
        self._connections = connections

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connections.add(conn)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class SftpServer:
    """Serves `root` as /."""

    def __init__(self, root: Path) -> None:
        self.port = free_port()
        self._root = root
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncssh.SSHAcceptor | None = None
        self._connections: set[asyncssh.SSHServerConnection] = set()

    def known_hosts(self, path: Path) -> Path:
        path.write_text(f"[127.0.0.1]:{self.port} {self.key.export_public_key().decode()}")
        return path

    def start(self) -> None:
        self._do(self._start())

    def stop(self) -> None:
        """Whoever is connected is cut off."""
        self._do(self._stop())

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(20)  # type: ignore[arg-type]

    async def _start(self) -> None:
        def sftp(channel: asyncssh.SSHServerChannel) -> asyncssh.SFTPServer:  # type: ignore[type-arg]
            return asyncssh.SFTPServer(channel, chroot=str(self._root).encode())

        self._server = await asyncssh.listen(
            "127.0.0.1",
            self.port,
            server_factory=lambda: Guarded(self._connections),
            server_host_keys=[self.key],
            sftp_factory=sftp,
        )

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            for connection in self._connections:
                connection.abort()
            for connection in self._connections:
                await connection.wait_closed()
            await self._server.wait_closed()
        self._server = None
        self._connections.clear()
