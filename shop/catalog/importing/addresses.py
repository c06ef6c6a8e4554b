"""Which addresses of the net an import may ask for pictures: public ones, and none behind a wall.

A file from elsewhere names the addresses, so that what stands there could lead into the shop's own
network: to its database, its router, or the metadata service of the cloud it runs in.
"""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Within it: addresses that carry one of IPv4 (Teredo, 6to4), which this machine would send there,
# and such as no host has (benchmarks, ORCHID, documentation).
NOT_PUBLIC_6 = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
NOT_PUBLIC_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "100.64.0.0/10",  # shared by providers; a cloud's metadata at 100.100.100.200
        "168.63.129.16/32",  # Azure's own service within each machine
        "192.0.0.0/24",  # for protocols; a cloud's metadata at 192.0.0.192
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # where 6to4 began
        "192.175.48.0/24",
    )
]


def is_public(address: str) -> bool:
    """Whether a numeric address is one of a host on the public net."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # also one with a zone, which is this network's own
        return False
    if isinstance(parsed, IPv4Address):
        return _is_public_4(parsed)
    return _is_public_6(parsed)


def _is_public_4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not any(address in network for network in NOT_PUBLIC_4)
    )


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return _is_public_4(address.ipv4_mapped)
    if address in NAT64:
        # Networks that have IPv6 alone reach all of IPv4 so.
        return _is_public_4(IPv4Address(int(address) & 0xFFFFFFFF))
    return (
        address in GLOBAL_UNICAST
        and address.is_global
        and not any(address in network for network in NOT_PUBLIC_6)
    )
