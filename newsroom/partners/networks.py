"""Networks from which a key may be used."""

from ipaddress import ip_address, ip_network

from newsroom.core.errors import DomainError

MOST = 20
# As many characters as the widest one has, written out.
LONGEST = 50


def networks_in(texts) -> list[str]:
    """The networks that ``texts`` name (CIDR, or one address each), written in one way and each once.

    Raises DomainError ``network_malformed``, ``too_many_networks`` at ``allowed_from``.
    """
    found: dict[str, None] = {}
    for text in texts:
        try:
            found[str(ip_network(text.strip()[:LONGEST]))] = None
        except ValueError:
            raise DomainError(
                "network_malformed",
                "%(network)s is no network: write it like 192.0.2.0/24 or 2001:db8::/48.",
                "allowed_from",
                network=text.strip()[:LONGEST],
            ) from None
    if len(found) > MOST:
        raise DomainError("too_many_networks", "%(most)d networks at most.", "allowed_from", most=MOST)
    return list(found)


def is_within(address: str, networks: list[str]) -> bool:
    """Whether ``address`` is in one of ``networks``, as :func:`networks_in` wrote them; none: everywhere is."""
    if not networks:
        return True
    given = plain(address)
    return any(given in ip_network(network) for network in networks)


def plain(address: str):
    """The address, an IPv4 one that came as IPv6 as what it is."""
    given = ip_address(address)
    return getattr(given, "ipv4_mapped", None) or given
