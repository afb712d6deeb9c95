"""The key by which the same address is the same source."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from url_normalize import url_normalize

MAX_LENGTH = 2000

# Parameters that say by which way a reader came and not what is read.
_TRACKING = frozenset(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _ga _gl
    _hsenc _hsmi hsctatracking oly_anon_id oly_enc_id vero_id wickedid s_cid cmpid ncid ocid ito at_medium
    at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_link_id at_link_type at_link_origin at_format
    at_bbc_team at_ptr_name ref_src ref_url srsltid spm __twitter_impression""".split()
)
_HOST = re.compile(r"[a-z0-9_][a-z0-9._-]*|\[[0-9a-f:.]+\]")
_REFUSED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufffd\ud800-\udfff\\<>\"]")


@lru_cache(maxsize=4096)
def normalise_url(url: str) -> str | None:
    """Return the key of an http or https address, or None for anything else.

    Two addresses with the same key are the same source. They may differ in scheme (`http` and `https`), case of the
    host, default port, user name, fragment, tracking parameters, a slash at the end, `%7E` for `~`, `..`, or the
    form of an international host name. The order of parameters and `www.` count. At most MAX_LENGTH characters.
    """
    url = url.strip()
    if len(url) > MAX_LENGTH or _REFUSED.search(url) or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url_normalize(url) or "")
        port = parts.port
    except ValueError:
        # Also UnicodeError, for a host that is no name: `http://[`, `http://xn--`, a port of letters.
        return None
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(host):
        return None
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    key = f"https://{place}{parts.path.rstrip('/')}{'?' if query else ''}{query}"
    return key if len(key) <= MAX_LENGTH else None


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name.startswith("utm_") or name in _TRACKING
