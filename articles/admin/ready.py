"""The panel "Ready?": what keeps an article from going out, each with the act that cures it, and the next steps."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.access import may, refusal
from articles.admin.act_forms import READY_FORMS, STAGE_FORMS, PublishForm
from articles.admin.advice_panel import AnswerAdviceForm, advice_panel
from articles.admin.pages import ArticlePage
from articles.admin.parts import statement_address
from articles.documents import build_content, content_digest
from articles.dossier import Dossier, open_dossier
from articles.fact_checking import passage_choosers, sentence_writers
from articles.models import Article, Edition
from articles.readiness import Blocker, assess, standing
from articles.rules.stages import Stage
from newsroom.desk_forms import ActForm, form_at, of_acts

# Where each is cured by hand: a field of the draft, or the page of the evidence.
AT_FIELD = {
    "headline_missing": "field-headline",
    "standfirst_missing": "field-standfirst",
    "byline_missing": "byline_set-group",
    "body_empty": "field-body",
    "headline_without_evidence": "id_headline_rests_on",
    "standfirst_without_evidence": "id_standfirst_rests_on",
    "caption_without_evidence": "field-body",
    "image_missing": "field-body",
    # The headline, the standfirst or a caption, as the blocker's place says.
    "number_not_in_evidence": "",
    "quotation_not_in_evidence": "",
}
AT_EVIDENCE = {
    "sentence_without_evidence",
    "claim_without_source",
    "quote_without_source",
    "quote_without_words",
    "quotation_undecided",
    "quote_unattributed",
    "quote_not_verbatim",
    "quote_not_in_source",
    "blockquote_without_quote",
    "record_missing",
    "passage_missing",
    "passage_orphaned",
    "too_few_origins",
    "source_kind_refused",
    "claim_deprecated",
    "recalled",
}
# The page of the source where it is cured, or where it was decided.
AT_SOURCE = {
    "source_without_snapshot": ("snapshots", _("Archive the source")),
    "source_withdrawn": ("cited_by", _("Open the source")),
    "source_embargoed": ("cited_by", _("Open the source")),
    "publisher_barred": ("change", _("Open the source")),
    "allowance_exceeded": ("change", _("Open the source")),
}
FOLDED_ABOVE = 3
# The acts that a line of the panel may offer.
ASKED = ("check", "exempt", "vouch", "waive", "save", "keep_evidence", "keep_image")
BY_CHECK = {"claim_not_checked", "quote_not_checked", "check_negative"}
BY_VOUCHING = "confidential_needs_two"
BY_EXEMPTION = {
    "sentence_without_evidence",
    "exemption_not_granted",
    "headline_without_evidence",
    "standfirst_without_evidence",
    "caption_without_evidence",
}
AT_IMAGE = {"image_without_alt", "image_without_credit", "image_without_terms"}


@dataclass
class Item:
    """One line of the panel: the blocker, where it is cured by hand, and the acts of this user that cure it."""

    blocker: Blocker
    link: str = ""
    link_text: str = ""
    forms: list[ActForm] = field(default_factory=list)


@dataclass
class Group:
    """All items of one code; ``blocker`` is the first of them."""

    blocker: Blocker
    items: list[Item]

    @property
    def is_long(self) -> bool:
        return len(self.items) > FOLDED_ABOVE

    @property
    def is_open(self) -> bool:
        """A long group is folded, unless a form in it was refused."""
        return any(form.errors for item in self.items for form in item.forms)


@dataclass
class Panel:
    """What the template shows; ``waiting_for_others`` says why a next step is not this user's."""

    items: list[Item]
    waived: list[Blocker]
    steps: list[ActForm]
    waiting_for_others: list[str]
    stages: list[tuple[str, bool]]
    zone: str

    @property
    def groups(self) -> list["Group"]:
        """The items, those of one kind together: sixteen unchecked claims are one thing to know."""
        groups: dict[str, Group] = {}
        for item in self.items:
            groups.setdefault(item.blocker.code, Group(item.blocker, [])).items.append(item)
        return list(groups.values())

    @property
    def absolute(self) -> int:
        return sum(item.blocker.absolute for item in self.items)


def open_panel(article: Article, user, *, now: datetime, bound: ActForm | None = None) -> Panel:
    """The panel for ``user``; ``bound`` is the form that was just refused and takes the place of its like."""
    dossier = open_dossier(article)
    content = build_content(dossier)
    assessed = assess(dossier, content, now=now)
    cures = _Cures(article, user, dossier, bound)
    # An approval covers the content on the screen.
    seen = content_digest(content)
    steps = [
        form_at(form, article, user, "", bound, fingerprint=seen)
        for act, form in STAGE_FORMS.items()
        if may(user, act, article)
    ]
    refusals = [refusal(user, act, article) for act in STAGE_FORMS]
    return Panel(
        items=[cures.item(blocker) for blocker in standing(assessed)],
        waived=[blocker for blocker in assessed if blocker.waiver],
        steps=steps,
        waiting_for_others=[error.message for error in refusals if error and error.code == "own_article"],
        stages=[(stage.label, stage == article.stage) for stage in Stage],
        zone=timezone.get_current_timezone_name(),
    )


class _Cures:
    """Which acts of one user cure which blockers; asks the table once an act, not once a blocker."""

    def __init__(self, article: Article, user, dossier: Dossier, bound: ActForm | None):
        self.article, self.user, self.dossier, self.bound = article, user, dossier, bound
        self.acts = {act for act in ASKED if may(user, act, article)}
        self.writers = sentence_writers(dossier) if self.acts & {"check", "exempt", "vouch", "waive"} else {}
        self.images = {figure.place: figure.image for figure in dossier.figures}
        self.sources = {f"source:{source.public_id}": source for source in dossier.sources()}

    def item(self, blocker: Blocker) -> Item:
        link, text = self._link(blocker)
        return Item(blocker, link, text, [self._form(act, blocker) for act in self._by_form(blocker)])

    def _by_form(self, blocker: Blocker) -> list[str]:
        """The acts that this user may do here; never on what they worded."""
        if self.user.pk in self.writers.get(blocker.place, ()):
            return []
        acts = []
        if blocker.code in BY_CHECK and "check" in self.acts:
            seen = self.dossier.by_key[blocker.place]
            acts += ["check"] if self.user.pk not in passage_choosers(seen) else []
        if blocker.code == BY_VOUCHING and "vouch" in self.acts:
            seen = self.dossier.by_key[blocker.place]
            acts += ["vouch"] if self.user.pk not in passage_choosers(seen) else []
        if blocker.code in BY_EXEMPTION and "exempt" in self.acts and blocker.place:
            bare = blocker.place in self.dossier.texts or self.dossier.by_key[blocker.place].rests_on_nothing
            acts += ["exempt"] if bare else []
        if not blocker.absolute and "waive" in self.acts:
            acts += ["waive"]
        return acts

    def _form(self, act: str, blocker: Blocker) -> ActForm:
        more = {"code": blocker.code} if act == "waive" else {}
        return form_at(
            READY_FORMS[act],
            self.article,
            self.user,
            blocker.place,
            self.bound,
            fingerprint=blocker.fingerprint,
            **more,
        )

    def _link(self, blocker: Blocker) -> tuple[str, str]:
        article = [self.article.pk]
        if blocker.code in AT_FIELD and "save" in self.acts:
            place = "body" if blocker.place in self.images else blocker.place
            at = AT_FIELD[blocker.code] or f"field-{place}"
            return f"{reverse('admin:articles_article_change', args=article)}#{at}", _("Go to the field")
        if blocker.code in AT_IMAGE and "keep_image" in self.acts:
            image = self.images[blocker.place]
            return reverse("admin:articles_image_change", args=[image.pk]), _("Open the picture")
        if blocker.code in AT_EVIDENCE and "keep_evidence" in self.acts:
            return statement_address(self.article, "evidence", blocker.place), _("Evidence")
        if blocker.code == "source_unidentified" and "keep_evidence" in self.acts:
            return f"{reverse('admin:articles_article_evidence', args=article)}#sources", _(
                "Identify the source"
            )
        if blocker.code in AT_SOURCE:
            page, text = AT_SOURCE[blocker.code]
            return reverse(f"admin:sources_source_{page}", args=[self.sources[blocker.place].pk]), text
        if blocker.code in BY_CHECK or blocker.code == BY_VOUCHING:
            return statement_address(self.article, "check", blocker.place), _("Open the check")
        return "", ""


class ReadyPage(ArticlePage):
    """Where the panel's forms go: the panel alone, with what was refused and why."""

    name = "ready"
    title = _("Ready?")
    template = "admin/articles/article/ready.html"
    forms = READY_FORMS | of_acts(AnswerAdviceForm)

    def context(self, request, article, bound):
        now = timezone.now()
        waiting = Edition.objects.waiting(now).filter(article=article).select_related("release")
        return {
            "panel": open_panel(article, request.user, now=now, bound=bound),
            "advice": advice_panel(article, request.user, bound=bound),
            "waiting": waiting.order_by("number"),
        }

    def after(self, request, article, form):
        """Back to the page the form was on; what was published is looked at where editions stand."""
        if isinstance(form, PublishForm):
            return reverse("admin:articles_article_published", args=[article.pk])
        if request.POST.get("back") == "change":
            return reverse("admin:articles_article_change", args=[article.pk])
        if isinstance(form, AnswerAdviceForm):
            return self.address(article.pk) + "#desk-advice"
        return super().after(request, article, form)
