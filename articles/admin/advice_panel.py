"""The panel "Advice" beside the story and on "Ready?": what a reader may stumble over, and a form to answer it."""

from dataclasses import dataclass

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import advising
from articles.access import may, raise_if_may_not
from articles.body.model import single_spaced
from articles.models import Article
from articles.models.article import Language
from newsroom.core.errors import DomainError
from newsroom.desk_forms import ActForm, form_at, line
from newsroom.desk_json import json_door

# A longer story is a book: it is advised on once it is saved, not with every word that is typed.
LIMIT = 400_000
LONGEST = 200

# code: (what is pointed at, why it matters)
MESSAGES = {
    "hard_to_read": (
        gettext_lazy("The text is hard to read: LIX %(lix)s; above %(most)s many readers give up."),
        gettext_lazy("LIX is the words in a sentence and the share of words of more than six letters."),
    ),
    "hard_sentence": (
        gettext_lazy("One of the hardest sentences: LIX %(lix)s."),
        gettext_lazy("Shorter words, or two sentences, make it easier."),
    ),
    "long_sentence": (
        gettext_lazy("A sentence of %(n)s words; more than %(most)s are hard to follow."),
        gettext_lazy("Two sentences may say it better, and each can show what it rests on."),
    ),
    "opinion": (
        gettext_lazy("“%(words)s” judges; nobody is quoted with it."),
        gettext_lazy("Say what happened, or who calls it that."),
    ),
    "number_not_in_body": (
        gettext_lazy("The headline has %(words)s, which the story does not have."),
        gettext_lazy("A reader looks for the headline's numbers in the story."),
    ),
    "unexplained": (
        gettext_lazy("“%(words)s” is not spelt out where it first stands."),
        gettext_lazy("Write the name once in full, with the short form in brackets."),
    ),
}


class AnswerAdviceForm(ActForm):
    """``place`` is the digest of the words that stay."""

    act, button, done = "answer_advice", gettext_lazy("Leave it"), gettext_lazy("It stays as it is.")

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    reason = line(gettext_lazy("Why it stays"), length=advising.REASON_LENGTH)

    def call(self, facts, *, by, now):
        advising.answer_advice(
            self.about, code=facts["code"], digest=facts["place"], reason=facts["reason"], by=by, now=now
        )


@dataclass
class Row:
    """One piece of advice in words; ``answer`` if somebody has answered it, else ``form`` for who may."""

    given: advising.Given
    message: str
    why: str
    sentence: str
    form: ActForm | None


def advice_panel(article: Article, user, *, bound: ActForm | None = None) -> dict:
    """What the template shows: ``open`` and ``answered`` advice on the article as it stands in memory."""
    allowed = bool(article.pk) and may(user, "save", article)
    rows = [_row(given, article, user, allowed, bound) for given in advising.advice_on(article)]
    return {
        "open": [row for row in rows if not row.given.answer],
        "answered": [row for row in rows if row.given.answer],
    }


def _row(given: advising.Given, article: Article, user, allowed: bool, bound: ActForm | None) -> Row:
    advice = given.advice
    message, why = MESSAGES[advice.code]
    form = None
    if allowed and not given.answer:
        form = form_at(AnswerAdviceForm, article, user, given.digest, bound, code=advice.code)
    facts = {"words": advice.words, **advice.facts}
    sentence = Truncator(advice.sentence).chars(LONGEST) if advice.place == "body" else ""
    return Row(given, str(message) % facts, str(why), sentence, form)


@json_door(limit=LIMIT, longest=LIMIT)
def advice(request, asked, pk):
    """``{"headline", "body", "language"}`` of the article ``pk`` as they stand in the editor, and, to answer advice,
    ``{"act": "answer_advice", "code", "place", "reason"}`` beside them. Answers ``{"html": …}``, the panel anew."""
    raise_if_may_not(request.user, "see")
    article = Article.objects.visible_to(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if article is None:
        raise DomainError("not_found", _("There is no such article."))
    bound = None
    if asked.get("act") == AnswerAdviceForm.act:
        bound = AnswerAdviceForm(asked, about=article, user=request.user)
        bound.carry_out(by=request.user, now=timezone.now())
    article.headline = single_spaced(asked.get("headline", ""))[:200]
    article.body = asked.get("body", "")
    if asked.get("language") in Language:
        article.language = asked["language"]
    shown = {"article": article, "advice": advice_panel(article, request.user, bound=bound)}
    return {"html": render_to_string("admin/articles/article/advice.html", shown, request)}
