"""Ports, of loopback where no host is said: the usual one when it is free, otherwise any."""

import socket
from contextlib import ExitStack, suppress


def free(count: int) -> list[int]:
    """Different ports that nobody listens on right now."""
    with ExitStack() as stack:
        return [stack.enter_context(_bound(0)).getsockname()[1] for _ in range(count)]


def choose(usual: tuple[int, ...]) -> list[int]:
    return [port if is_free(port) else free(1)[0] for port in usual]


def nearest(address: str) -> str:
    """That address when it is free, otherwise one with another port of the same host."""
    host, _, port = address.rpartition(":")
    with suppress(OSError):
        _bound(int(port), host).close()
        return address
    with _bound(0, host) as listener:
        return f"{host}:{listener.getsockname()[1]}"


def is_free(port: int) -> bool:
    try:
        _bound(port).close()
    except OSError:
        return False
    return True


def _bound(port: int, host: str = "127.0.0.1") -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
    except OSError:
        listener.close()
        raise
    return listener
