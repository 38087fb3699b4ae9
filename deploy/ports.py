"""Loopback ports: the usual one when it is free, otherwise any."""

import socket
from contextlib import ExitStack


def free(count: int) -> list[int]:
    """Different ports that nobody listens on right now."""
    with ExitStack() as stack:
        return [stack.enter_context(_bound(0)).getsockname()[1] for _ in range(count)]


def choose(usual: tuple[int, ...]) -> list[int]:
    return [port if is_free(port) else free(1)[0] for port in usual]


def is_free(port: int) -> bool:
    try:
        _bound(port).close()
    except OSError:
        return False
    return True


def _bound(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener
