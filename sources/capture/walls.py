"""Tell a document from what was met in its place: an error, a login or payment wall, a consent page, nothing.

Conservative: nearly every article has a cookie banner, a login link and words about subscribing. Beyond the status
nothing is held against a page that brings a text of ordinary length, and no weak sign alone against a short one.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from sources.capture.fetching import Fetched
from sources.capture.media import HTML
from sources.capture.reading.encodings import declared_in_page, decode
from sources.models import Snapshot

# Words of text. A wall says what it is in few; a short news item is not much longer, so a sign must join it.
SHORT = 150
NOTHING = 2
# A page of this many words at an address that calls itself a login is taken for a document nevertheless.
LONG = 400

# Signs stand early, and patterns must not run for long: bytes of markup, characters of text.
_LOOKED_AT = 512 * 1024
_READ = 20_000


def _words(*patterns: str) -> re.Pattern:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


# What a whole part of a title, or the first line, says of a page that is not there or not given out.
_STATUS = r"(?:40[0-9]|410|429|50[0-4])"
_ERROR = re.compile(
    r"404"
    rf"|(?:http|error|błąd|kod błędu)(?: error)?:? {_STATUS}"
    rf"|(?:(?:http )?(?:error )?|błąd ){_STATUS}[ :.,!–—-]{{1,3}}(?:error|not found|gone|forbidden|bad gateway|"
    r"service unavailable|unauthori[sz]ed|internal server error|page .{1,40}|stron[ay] .{1,40}|nie znaleziono.{0,30})"
    r"|(?:(?:oops|ups|sorry|przepraszamy)[ !,.–—-]{1,3})?(?:"
    r"(?:the |this )?(?:page|article|file|content|document)(?: you (?:requested|are looking for))? "
    r"(?:not found|unavailable|(?:was |is |could |can |cannot |does |doesn[’']t )?(?:not |no longer )?(?:be )?"
    r"(?:found|available|exists?))"
    r"|not found|(?:ta )?strona nie (?:istnieje|została (?:znaleziona|odnaleziona))|strony nie znaleziono"
    r"|nie znaleziono(?: takiej)? (?:strony|artykułu|dokumentu)|nie ma takiej strony)"
    r"|access denied|forbidden|odmowa dostępu|brak dostępu|dostęp zabroniony|service unavailable|bad gateway"
    r"|internal server error|temporarily unavailable|serwis (?:chwilowo )?niedostępny|przerwa techniczna"
    r"|just a moment|attention required|are you (?:a robot|human)|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|robot check|security check|captcha|czy jesteś robotem|potwierdź,? że nie jesteś robotem"
)
_LOGIN_TITLE = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|login|log on)(?: to .{1,40}| or (?:register|sign up))?"
    r"|zaloguj(?: się)?(?: do .{1,40})?|logowanie|subscribe(?: to .{1,40})?|subskrypcja|prenumerata"
)
_LOGIN = _words(
    r"(?:log|sign) ?in (?:or \w+ )?to (?:continue|read|view|access|your account)",
    r"you (?:must|need to) (?:be logged in|log in|sign in|subscribe)",
    r"(?:forgot|forgotten) (?:your )?password",
    r"zaloguj się,? (?:aby|żeby|by)",
    r"musisz (?:być zalogowan\w+|się zalogować)",
    r"(?:nie pamiętasz|zapomniał\w*|przypomnij) hasł[ao]",
)
_PAYMENT = _words(
    r"subscribe (?:now )?to (?:continue|keep) reading",
    r"(?:continue|keep) reading (?:with|for|by) (?:a |just |your )?(?:subscri\w+|trial|free)",
    r"(?:to|you must) (?:read|view|unlock) (?:the full|the rest of|this) (?:article|story).{0,40}subscri\w+",
    r"(?:this|the full) (?:article|story|content) is (?:only )?(?:available )?(?:exclusively )?(?:for|to) "
    r"(?:our |paying |registered )?(?:subscribers|members|users)",
    r"(?:aby|żeby|by) (?:czytać dalej|przeczytać (?:cały|całość|dalszą część)).{0,60}",
    r"(?:artykuł|tekst|treść|dalsza część artykułu|ciąg dalszy) (?:jest )?dostępn[yae] (?:jest )?"
    r"(?:tylko |wyłącznie )?dla "
    r"(?:naszych )?(?:subskrybentów|prenumeratorów|zalogowanych)",
    r"pozostało(?: do przeczytania)? \d{1,3} ?% (?:artykułu|tekstu)",
)
_NOT_FREE = re.compile(r'"isaccessibleforfree"\s{0,5}:\s{0,5}"?false')
_PASSWORD = re.compile(r"type\s{0,5}=\s{0,5}[\"']?password\b")
# Lines about consent, and what only the page asking for it says.
_CONSENT = _words(
    r"cookies?",
    r"ciasteczk\w+",
    r"consents?",
    r"zgod[aęy]",
    r"zgadzam się",
    r"our partners",
    r"partner(?:zy|ów|ami|om)",
    r"personal data",
    r"dan(?:e|ych) osobow\w+",
    r"privacy",
    r"prywatnoś\w+",
    r"accept all",
    r"reject all",
    r"odrzuć wszystkie",
    r"akceptuj\w*",
)
_CONSENT_ASKED = _words(
    r"we and our (?:\d+ )?partners",
    r"before you continue",
    r"(?:accept|reject|allow) (?:all|cookies)",
    r"i (?:accept|agree|consent)",
    r"manage (?:options|preferences|cookies|my choices)",
    r"my i nasi (?:\d+ )?(?:\w+ )?partnerzy",
    r"zanim przejdziesz",
    r"przejdź do (?:serwisu|strony)",
    r"(?:akceptuj\w*|odrzuć) wszystk\w+",
    r"(?:akceptuję|zgadzam się|wyrażam zgodę)",
    r"zarządzaj (?:opcjami|zgodami|ustawieniami|preferencjami)",
)
_SCRIPT_NEEDED = _words(
    r"enable javascript",
    r"javascript (?:is|must be) (?:disabled|enabled|required)",
    r"requires javascript",
    r"włącz(?:yć)? (?:obsługę )?javascript",
    r"wymaga (?:włączonej )?(?:obsługi )?javascript",
)
_LOGIN_PLACES = frozenset(
    """login log-in signin sign-in logon auth sso logowanie zaloguj zaloguj-sie subscribe subskrypcja
    prenumerata paywall registerwall""".split()
)
_CONSENT_PLACES = frozenset(
    "consent consents collectconsent cookie-consent cookie-wall cookiewall zgoda zgody guce".split()
)
_ROBOT_PLACES = frozenset("captcha recaptcha robot-check".split())


def obstacle_of(fetched: Fetched, text: str) -> str:
    """Which of :class:`sources.models.Snapshot.Obstacle` ``fetched`` is, or "" for the document itself.

    ``text`` is what was extracted of it. English and Polish pages are known.
    """
    found = Snapshot.Obstacle
    if fetched.status in (401, 402):
        return found.LOGIN_WALL
    if not 200 <= fetched.status < 300:
        return found.ERROR_PAGE
    count = len(text.split())
    if fetched.media_type == HTML and count < LONG and (wall := _wall(fetched, text, count)):
        return wall
    return found.NO_TEXT if count < NOTHING else ""


def _wall(fetched: Fetched, text: str, count: int) -> str:
    found = Snapshot.Obstacle
    places = _places(fetched)
    for names, obstacle in (
        (_ROBOT_PLACES, found.ERROR_PAGE),
        (_CONSENT_PLACES, found.CONSENT_WALL),
        (_LOGIN_PLACES, found.LOGIN_WALL),
    ):
        if places & names:
            return obstacle
    if count >= SHORT:
        return ""
    markup, said = _markup(fetched.body), text[:_READ].casefold()
    headings = _headings(markup, said)
    if any(_ERROR.fullmatch(heading) for heading in headings):
        return found.ERROR_PAGE
    if _asks_for_consent(said):
        return found.CONSENT_WALL
    if _asks_for_login(markup, said, headings):
        return found.LOGIN_WALL
    return found.NO_TEXT if _SCRIPT_NEEDED.search(said) and count < SHORT // 6 else ""


def _places(fetched: Fetched) -> frozenset[str]:
    """The parts of host and path that came in by redirects: what was asked for may well be called a login."""
    return _parts(fetched.final_url) - _parts(fetched.requested_url)


def _parts(url: str) -> frozenset[str]:
    parts = urlsplit(url.lower())
    return frozenset([*(parts.hostname or "").split(".")[:-1], *re.split(r"[/.]", parts.path)])


def _markup(body: bytes) -> str:
    """The beginning of the page in lower case, up to the end of a tag."""
    head = body[: body.rfind(b">", 0, _LOOKED_AT) + 1]
    return (decode(head, declared_in_page(head)) or "").casefold()


def _headings(markup: str, said: str) -> list[str]:
    """What the page calls itself: each part of its title, and its first line."""
    title = re.search(r"<title[^>]{0,200}>([^<]{0,500})", markup)
    parts = re.split(r"\s+[|·•»–—-]+\s+|\s*::\s*", " ".join(unescape(title[1]).split())) if title else []
    return [part.strip(" .!?…") for part in (*parts, said.partition("\n")[0][:200])]


def _asks_for_consent(said: str) -> bool:
    """Whether hardly anything but the request for consent is there."""
    if not _CONSENT_ASKED.search(said):
        return False
    about = sum(len(line.split()) for line in said.splitlines() if _CONSENT.search(line))
    return about >= 0.6 * len(said.split())


def _asks_for_login(markup: str, said: str, headings: list[str]) -> bool:
    # A publisher's own word, or a line that says so to the reader; a longer one may be an article about it.
    if _NOT_FREE.search(markup) or any(
        _PAYMENT.search(line) and len(line.split()) <= 25 for line in said.splitlines()
    ):
        return True
    signs = (
        _PASSWORD.search(markup),
        _LOGIN.search(said),
        any(_LOGIN_TITLE.fullmatch(heading) for heading in headings),
    )
    return sum(map(bool, signs)) >= 2
