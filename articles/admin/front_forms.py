"""What the page "Fronts" takes: a place for each article, or an arrangement that held before."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.arranging import arrange, arrangeable
from articles.models import Arrangement, Article, Section
from newsroom.desk_forms import ActForm, of_acts


@dataclass(frozen=True)
class Choice:
    """An article that may be pinned: ``waits`` until a moment (None: readers can read it)."""

    article: Article
    headline: str
    waits: datetime | None


@dataclass
class Front:
    """A front as the page shows it: the arrangement that holds, what is pinned of it, and what else is offered."""

    section: Section | None
    holds: Arrangement | None
    pinned: list[Choice]
    others: list[Choice]
    # Pinned, and nothing that readers could read any more.
    gone: list[Article]

    @property
    def choices(self) -> list[Choice]:
        return [*self.pinned, *self.others]


class ArrangeForm(ActForm):
    """A number for each article that is to stand first; the smallest stands before the others."""

    act, button, done = "arrange", gettext_lazy("Arrange"), gettext_lazy("Readers see it so now.")

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    leads = forms.BooleanField(label=gettext_lazy("The first stands out as the lead"), required=False)

    def build(self):
        for place, choice in enumerate(self.about.choices, 1):
            name = choice.article.public_id
            attrs = {"class": "desk-place", "inputmode": "numeric"}
            self.fields[name] = forms.IntegerField(
                label=_("Place of “%(headline)s”") % {"headline": choice.headline},
                required=False,
                min_value=1,
                max_value=999,
                widget=forms.NumberInput(attrs=attrs),
                initial=place if choice in self.about.pinned else None,
            )

    def chosen(self, facts) -> list[Article]:
        """The articles that have a number, by it; two of one number as they were listed."""
        numbered = [(facts[choice.article.public_id], choice.article) for choice in self.about.choices]
        return [
            article
            for number, article in sorted(filter(lambda one: one[0], numbered), key=lambda one: one[0])
        ]

    def call(self, facts, *, by, now):
        articles, leads = self.chosen(facts), facts["leads"]
        arrange(self.about.section, articles=articles, leads=leads, after=facts["after"], by=by, now=now)

    @property
    def rows(self) -> dict[str, list]:
        """Pairs of a choice and its field: of what is ``pinned`` as the page opens, and of the ``others``."""
        front = self.about
        return {
            name: [(choice, self[choice.article.public_id]) for choice in choices]
            for name, choices in (("pinned", front.pinned), ("others", front.others))
        }


class BringBackForm(ActForm):
    """Arrange as it was once, as far as readers can still read it."""

    act, button = "bring_back", gettext_lazy("Arrange it so again")
    done = gettext_lazy("Readers see it so again.")

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def call(self, facts, *, by, now):
        front = self.about
        earlier = Arrangement.objects.of(front.section).filter(number=facts["number"]).first()
        if earlier is None:
            raise BadRequest("no such arrangement")
        articles = [pin.article for pin in earlier.pins.select_related("article").order_by("position")]
        public = set(arrangeable(now).filter(article__in=articles).values_list("article", flat=True))
        articles = [article for article in articles if article.pk in public]
        arrange(front.section, articles=articles, leads=earlier.leads, after=facts["after"], by=by, now=now)


FRONT_FORMS = of_acts(ArrangeForm, BringBackForm)
