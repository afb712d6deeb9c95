"""The form by which a reader says what is wrong with a sentence, and the page by which they follow it."""

from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network

from allauth.core import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from articles import challenged
from articles.challenging import asking
from articles.challenging.asking import Sentence
from articles.public.former import moved_from, redirect
from articles.public.signed_forms import SignedForm, comes_from_here, new_form, read_form
from articles.public.views import HTML
from articles.purging import article_key
from articles.rendering.dates import day_of, moment
from articles.rendering.pages import article_path, interface_language, page_html
from articles.rules.challenges import (
    ADDRESS_LENGTH,
    EMAIL_LENGTH,
    LONGEST,
    SOONEST,
    WORDS_LENGTH,
    Doubt,
    Outcome,
)
from newsroom.accounts.lockouts import address_of
from newsroom.core.answering import NotThere
from newsroom.core.errors import DomainError

# Made for one reader: kept by nobody, found by nobody.
HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
# The address of the page by which a challenge is followed is a secret, and told to nobody.
SECRET = HEADERS | {"Referrer-Policy": "no-referrer"}
FIELDS = ("doubt", "words", "evidence_url", "email")
# A field that people do not see and that machines fill in.
TRAP = "website"
# More than the longest words, in the longest way of writing them; and no files.
LARGEST, TYPE = 64_000, "application/x-www-form-urlencoded"
LONGEST_TOKEN = 100
BUSY = frozenset({"sentence_doubted", "too_many_challenges"})


class _Refused(Exception):
    """What was sent is not taken: the page says why, and keeps what was typed unless somebody else may have."""

    def __init__(self, status: int, message: str, place: str = "", *, keep: bool = True):
        super().__init__(message)
        self.status, self.message, self.place, self.keep = status, message, place, keep


# Instead of the check that needs a cookie, which readers do not get: the form is one that we signed for this sentence,
# and the browser says that a page of ours sent it (signed_forms). Nothing is done here in the name of who is signed in.
@csrf_exempt
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug: str, key: str):
    """The form for one sentence; sent, it leads (303) to where the reader follows it. Made anew for each who asks.

    400 with the reason and what was typed; 403 for what no page of ours sent; 429 where too much was sent; 413 and 415
    for what is no form. 404 where no reader can read the sentence now.
    """
    now = timezone.now()
    if request.method != "POST":
        about = asking.sentence(slug, key, now=now)
        return _form(about, now) if about else _elsewhere(request, slug, now)
    if request.content_type != TYPE:
        return HttpResponse(status=415, headers=HEADERS)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413, headers=HEADERS)
    about = asking.sentence(slug, key, now=now)
    if about is None:
        raise NotThere(article_key(slug))
    form = read_form(request.POST.get("form", ""), slug=slug, key=key)
    with translation.override(interface_language(about.language)):
        try:
            token = _sent(request, about, form, now)
        except _Refused as refused:
            return _form(about, now, form, refused, request.POST)
    return HttpResponseRedirect(reverse("challenge", args=[token]), status=303, headers=SECRET)


def _elsewhere(request, slug: str, now: datetime) -> HttpResponse:
    """The way to where the article stands now. Raises NotThere."""
    moved = moved_from(slug, now=now)
    if moved.taken_down:
        raise NotThere(article_key(slug))
    return redirect(request, slug, moved.slug)


def _sent(request, about: Sentence, form: SignedForm | None, now: datetime) -> str:
    """Enter what was sent; returns the token by which it is followed. Raises _Refused."""
    if not comes_from_here(request):
        raise _Refused(403, _("This was not sent from our page. Please fill in the form here."), keep=False)
    if form is None or now > form.at + LONGEST:
        raise _Refused(
            400, _("This page stood open for long. Look at the sentence once more, and send it again.")
        )
    if now < form.at + SOONEST:
        raise _Refused(400, _("That was quicker than anybody can read. Please send it again."))
    if request.POST.get(TRAP):
        raise _Refused(
            400, _("A field was filled in that must stay empty. It is empty now: please send it again.")
        )
    # What the reader had read, also if the next edition has come out since.
    read = (
        about
        if form.number == about.number
        else asking.sentence(about.slug, about.key, now=now, number=form.number)
    )
    sender = _sender(request, now)
    if not ratelimit.consume(request, action="challenge", key=sender):
        raise _Refused(429, _("You have sent us much already today. Please come back tomorrow."))
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        with transaction.atomic():
            asking.challenge(read or about, token=form.token, now=now, **typed)
            # Of a sentence as many are open at a time as a desk can read: no one sender takes the room of all others.
            one = f"{sender} {about.slug} {about.key}"
            if not ratelimit.consume(request, action="challenge_sentence", key=one):
                raise _Refused(
                    429, _("You have written about this sentence already: somebody at the desk looks at it.")
                )
    except DomainError as error:
        raise _Refused(429 if error.code in BUSY else 400, error.message, error.place or "") from None
    return form.token


def _sender(request, now: datetime) -> str:
    """Who sends, as far as counting goes: a digest of today and the network address, which nothing leads back from."""
    address = ip_address(address_of(request))
    if address.version == 6:
        # A household has so many of them.
        address = ip_network(f"{address}/64", strict=False).network_address
    secret = salted_hmac(
        "articles.public.challenges.sender", now.date().isoformat(), algorithm="sha256"
    ).digest()
    return sha256(secret + address.packed).hexdigest()


def _form(
    about: Sentence,
    now: datetime,
    form: SignedForm | None = None,
    refused: _Refused | None = None,
    typed=None,
) -> HttpResponse:
    if form is None or form.number != about.number or now > form.at + LONGEST:
        form = new_form(about.slug, about.key, about.number, now=now)
    kept = {name: typed.get(name, "") for name in FIELDS} if refused and refused.keep else {}
    path = article_path(about.slug)
    with translation.override(interface_language(about.language)):
        outcomes = [_outcome(one) for one in challenged.outcomes_of(about.slug, about.key, now=now)]
    html = page_html(
        "articles/report.html",
        about.language,
        about=about,
        article=path,
        address=f"{path}#s-{about.key}",
        form=form.signed(),
        typed=kept,
        refused=refused,
        outcomes=outcomes,
        doubts=Doubt.choices,
        limits={"words": WORDS_LENGTH, "evidence_url": ADDRESS_LENGTH, "email": EMAIL_LENGTH},
    )
    return HttpResponse(html, status=refused.status if refused else 200, content_type=HTML, headers=HEADERS)


def _outcome(told: challenged.Told) -> dict:
    return {
        "doubt": Doubt(told.doubt).label,
        "outcome": Outcome(told.outcome).label,
        "answered": day_of(told.answered_at),
        "address": f"{reverse('challenges')}#challenge-{told.id}",
    }


@require_safe
def follow(request, token: str):
    """What became of the challenge whose reader has this token; 404 for every other."""
    followed = asking.follow(token, now=timezone.now()) if len(token) <= LONGEST_TOKEN else None
    if followed is None:
        html = page_html("404.html", settings.LANGUAGE_CODE)
        return HttpResponse(html, status=404, content_type=HTML, headers=SECRET)
    path = article_path(followed.slug) if followed.slug else ""
    corrected_in = path and followed.corrected_in
    with translation.override(interface_language(followed.language)):
        context = {
            "followed": followed,
            "doubt": Doubt(followed.doubt).label,
            "outcome": Outcome(followed.outcome).label if followed.outcome else "",
            "at": moment(followed.at),
            "resolved": moment(followed.resolved_at) if followed.resolved_at else None,
            "article": path,
            "edition": reverse("edition", args=[followed.slug, followed.number]) if path else "",
            "corrected": reverse("edition", args=[followed.slug, corrected_in]) if corrected_in else "",
            "told": f"{reverse('challenges')}#challenge-{followed.told}" if followed.told else "",
        }
    html = page_html("articles/challenge.html", followed.language, **context)
    return HttpResponse(html, content_type=HTML, headers=SECRET)
