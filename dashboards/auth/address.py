"""Whose address a request comes from."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

NOWHERE = "0.0.0.0"  # noqa: S104  (stands for an unknown peer; nothing is bound to it)


def client(connection: HTTPConnection, proxies: Sequence[str]) -> str:
    """The peer; behind our own proxies, the last address that they did not add themselves."""
    peer = connection.client.host if connection.client else NOWHERE
    hops = ",".join(connection.headers.getlist("x-forwarded-for")).split(",") if proxies else []
    for hop in reversed([*hops, peer]):
        found = parsed(hop)
        if found is None or not any(found in ip_network(proxy) for proxy in proxies):
            return str(found or peer)
    return peer


def parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def one_source(address: str) -> str:
    """What one customer of a network usually holds: an IPv4 address, or an IPv6 /64."""
    found = parsed(address)
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else address


def truncated(address: str) -> str:
    """For the history: the network (/24, /48), not the machine."""
    found = parsed(address)
    if found is None:
        return ""
    return str(ip_network((found, 24 if isinstance(found, IPv4Address) else 48), strict=False))
