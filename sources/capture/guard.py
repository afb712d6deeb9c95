"""Which addresses the newsroom's machines may ask on behalf of whoever typed, or redirected to, an address."""

import re
from dataclasses import dataclass
from functools import cached_property
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from AntiSSRF import AntiSSRFError, AntiSSRFPolicy, PolicyConfigOptions
from requests import PreparedRequest, RequestException

from newsroom.core.errors import DomainError
from sources.addresses import MAX_LENGTH

SCHEMES = {"http": 80, "https": 443}

# What is no part of an address, or is read in two ways: a backslash is a slash to browsers alone.
_REFUSED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufffd\ud800-\udfff\\]")
# A host whose last label is a number is an IPv4 address to any browser, in whatever notation.
_NUMBER = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|[0-9]+)\.?", re.IGNORECASE)


class FetchFailed(DomainError):
    """A document could not be had from its address.

    ``code`` is one of ``address_refused``, ``port_refused``, ``scheme_refused``, ``host_unknown``,
    ``connection_failed``, ``timed_out``, ``too_large``, ``too_many_redirects``, ``bad_encoding``,
    ``media_type_refused``, ``tls_failed``. ``retryable`` says whether a later try may fare better; ``status`` is
    what the server answered, None where it did not come to that.
    """

    def __init__(
        self, code: str, message: str, *, retryable: bool = False, status: int | None = None, **facts
    ):
        super().__init__(code, message, "url", **facts)
        self.retryable = retryable
        self.status = status


@dataclass(frozen=True)
class Guard:
    """What may be asked: public addresses at ``ports``, and whatever lies in the networks ``also`` (CIDR).

    The desk has one, :data:`PUBLIC_WEB`; tests let in their own server on loopback.
    """

    ports: frozenset[int] = frozenset(SCHEMES.values())
    also: tuple[str, ...] = ()

    @cached_property
    def policy(self) -> AntiSSRFPolicy:
        """What addresses a name may resolve to: all of a name's are looked at, and the one looked at is connected to.

        Private, loopback, link-local, metadata, shared and reserved ones are refused, also where IPv6 wraps them.
        """
        policy = AntiSSRFPolicy(PolicyConfigOptions.EXTERNAL_ONLY_LATEST)
        # IPv4-compatible: long abolished, still wraps any IPv4 address.
        policy.add_denied_addresses(["::/96"])
        if self.also:
            policy.add_allowed_addresses(list(self.also))
        policy.allow_plain_text_http = True
        policy.add_xff_header = False
        return policy

    def admit(self, url: str) -> str:
        """``url`` in the form in which it is asked for: escaped, host in ASCII, no fragment.

        Says nothing yet about what its name resolves to. Raises :class:`FetchFailed` ``scheme_refused``,
        ``port_refused``, or ``address_refused`` for user names, odd notations of numbers and what is no address.
        """
        scheme = url.partition(":")[0].lower()
        if scheme not in SCHEMES:
            raise FetchFailed(
                "scheme_refused", "Only http and https are asked, not “%(scheme)s”.", scheme=scheme[:20]
            )
        if len(url) > MAX_LENGTH or _REFUSED.search(url):
            raise FetchFailed(
                "address_refused",
                "This is no address: it has characters that are no part of one, or too many.",
            )
        request = PreparedRequest()
        try:
            request.prepare_url(url.partition("#")[0], None)
            parts = urlsplit(request.url)
            host, user = parts.hostname, "@" in parts.netloc
        except (RequestException, ValueError) as error:  # ValueError: also UnicodeError, of hosts.
            raise FetchFailed("address_refused", "This is no address.") from error
        if user:
            raise FetchFailed("address_refused", "This address is not asked: it carries a user name.")
        if not host or not _is_plain(host):
            raise FetchFailed(
                "address_refused", "This address is not asked: its host is written in an odd way."
            )
        if len(request.url) > MAX_LENGTH:
            raise FetchFailed("address_refused", "This address is not asked: it is too long.")
        if (parts.port or SCHEMES[parts.scheme]) not in self.ports:
            raise FetchFailed("port_refused", "Only the usual ports of the web are asked.")
        return request.url

    def raise_if_inside(self, url: str) -> None:
        """Refuse an admitted ``url`` whose host is a number of a network that is not asked. A name says nothing yet.

        Raises :class:`FetchFailed` ``address_refused``.
        """
        try:
            ip_address(urlsplit(url).hostname)
        except ValueError:
            return
        request = PreparedRequest()
        request.prepare("GET", url)
        try:
            # What looks at every address that is connected to; of a number nothing is asked for it.
            adapter = self.policy.get_antissrf_session().get_adapter(url)
            adapter.build_connection_pool_key_attributes(request, verify=True)
        except AntiSSRFError as error:
            raise leads_inside() from error


PUBLIC_WEB = Guard()


def leads_inside() -> FetchFailed:
    """The refusal of an address that is in no public network, by number or by name."""
    return FetchFailed("address_refused", "This address leads into a network that is not public.")


def _is_plain(host: str) -> bool:
    """Whether ``host`` is a name, or a number in the one notation that everybody reads alike."""
    try:
        if ":" in host:
            return IPv6Address(host).scope_id is None
        return not _NUMBER.fullmatch(host) or str(IPv4Address(host)) == host
    except AddressValueError:
        return False
