"""TLS in front of something that speaks without."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.support.certificates import Authority


@contextmanager
def behind_tls(authority: Authority, port: int) -> Iterator[int]:
    """The port, on loopback, at which what comes by TLS goes on to the given one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.signed("front"))

    class Front(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with (
                suppress(OSError),
                context.wrap_socket(self.request, server_side=True) as here,
                socket.create_connection(("127.0.0.1", port)) as there,
            ):
                back = threading.Thread(target=copied, args=(there, here), daemon=True)
                back.start()
                copied(here, there)
                back.join()

    class Fronts(socketserver.ThreadingTCPServer):
        daemon_threads = True  # clients keep connections open for as long as they live
        block_on_close = False

    with Fronts(("127.0.0.1", 0), Front) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def copied(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
