"""What readers find wrong: the list, what is open first, and the page of one challenge with the acts on it."""

from django import forms
from django.contrib import admin
from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.access import may
from articles.admin.scoped import Scoped
from articles.assigning import ASSIGNERS
from articles.challenging import deciding
from articles.models import Article, Challenge, Correction, Statement, StatementCitation, StatementQuote
from articles.models.section import covering
from articles.rules.challenges import ANSWER_LENGTH, NOTE_LENGTH, Outcome
from newsroom.accounts.models import User
from newsroom.accounts.roles import DESK
from newsroom.desk_admin import ReadOnlyAdmin
from newsroom.desk_forms import ActForm, form_at, note_field, of_acts
from newsroom.desk_pages import RecordPage

# Whom one can be given to; of a larger desk the rest is found by scope.
PEOPLE = 500


class TakeForm(ActForm):
    act, button, done = "take_challenge", _("I look into it"), _("It is yours.")
    prominent = True

    def call(self, facts, *, by, now):
        deciding.take(self.about, by=by, now=now)


class AssignForm(ActForm):
    act, button, done = "assign_challenge", _("Give to"), _("Assigned.")

    to = forms.ModelChoiceField(User.objects.none(), label=_("To"), empty_label=None)

    def build(self):
        people = User.objects.filter(is_active=True, is_staff=True)
        able = people.filter(covering(self.about.article), groups__name__in=DESK).values("pk")[:PEOPLE]
        self.fields["to"].queryset = people.filter(pk__in=able).order_by(
            "first_name", "last_name", "username"
        )

    def call(self, facts, *, by, now):
        deciding.assign(self.about, to=facts["to"], by=by, now=now)


class NoteForm(ActForm):
    act, button, done = "note_challenge", _("Note"), _("Noted.")

    text = note_field(_("Note"), required=True, length=NOTE_LENGTH, rows=2, help_text=_("For the desk only."))

    def call(self, facts, *, by, now):
        deciding.note(self.about, text=facts["text"], by=by, now=now)


class ResolveForm(ActForm):
    act, button = "resolve_challenge", _("Resolve")
    done = _("It is resolved, and the reader can see the answer.")
    prominent = True

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "–"), *Outcome.choices])
    correction = forms.ModelChoiceField(
        Correction.objects.none(),
        label=_("Correction that set it right"),
        required=False,
        empty_label=_("none"),
    )
    answer = note_field(
        _("Answer to the reader"),
        required=True,
        length=ANSWER_LENGTH,
        rows=5,
        help_text=_("What you found, and on what it rests. A second person can make it public as it is."),
    )

    def build(self):
        found = deciding.corrections_of(self.about, now=timezone.now())
        choice = self.fields["correction"]
        known = Correction.objects.filter(pk__in=[correction.pk for correction in found])
        choice.queryset = known.select_related("edition")
        choice.label_from_instance = _correction_named
        if found:
            self.initial |= {"outcome": Outcome.CORRECTED, "correction": found[0].pk}

    def call(self, facts, *, by, now):
        deciding.resolve(
            self.about,
            outcome=facts["outcome"],
            answer=facts["answer"],
            correction=facts["correction"],
            by=by,
            now=now,
        )


class TellForm(ActForm):
    act, button = "tell_outcome", _("Make the outcome public")
    done = _("Everybody can read it now.")

    def call(self, facts, *, by, now):
        deciding.tell_outcome(self.about, by=by, now=now)


def _correction_named(correction) -> str:
    edition = correction.edition
    return f"{edition.get_kind_display()}, {edition.number}"


class ChallengeRecordPage(RecordPage):
    """Instead of a form: nothing of a challenge is typed over."""

    model = Challenge
    name = "change"
    title = _("Reader's challenge")
    template = "admin/articles/challenge/page.html"
    forms = of_acts(TakeForm, AssignForm, NoteForm, ResolveForm, TellForm)

    def find(self, pk):
        related = ["edition__article", "taken_by", "resolved_by", "correction__edition", "told"]
        return Challenge.objects.filter(pk=pk).select_related(*related).first()

    def is_for(self, user, record):
        return may(user, "see", record.article)

    def context(self, request, record, bound):
        user, now = request.user, timezone.now()
        is_open, told = record.resolved_at is None, hasattr(record, "told")
        handles = may(user, "handle_challenge", record.article)

        def offered(kind, allowed):
            return form_at(kind, record, user, "", bound) if allowed else None

        return {
            "challenge": record,
            "article": record.article,
            "statement": _statement(record),
            "stands": deciding.stands(record, now=now),
            "corrections": deciding.corrections_of(record, now=now) if is_open else [],
            "others": _others(record),
            "by_mail": hasattr(record, "contact"),
            "told": record.told if told else None,
            "notes": list(record.notes.select_related("by")),
            "take": offered(TakeForm, is_open and handles and record.taken_by_id != user.pk),
            "assign": offered(AssignForm, is_open and handles and bool(user.roles & ASSIGNERS)),
            "note": offered(NoteForm, handles),
            "resolve": offered(ResolveForm, is_open and may(user, "resolve_challenge", record.article)),
            "tell": offered(
                TellForm,
                not is_open
                and not told
                and record.resolved_by_id != user.pk
                and may(user, "tell_outcome", record.article),
            ),
        }


def _statement(challenge: Challenge) -> Statement | None:
    """The sentence with what it rests on. Three queries."""
    cited = StatementCitation.objects.select_related("source").order_by("number", "pk")
    rows = Statement.objects.select_related("claim").prefetch_related(
        Prefetch("citations", cited), Prefetch("quotes", StatementQuote.objects.select_related("quote"))
    )
    return rows.filter(pk=challenge.statement_id).first()


def _others(challenge: Challenge) -> list[Challenge]:
    """What else readers said of this sentence, the newest first."""
    rows = Challenge.objects.filter(edition__article=challenge.edition.article_id, key=challenge.key)
    return list(rows.exclude(pk=challenge.pk)[:20])


@admin.register(Challenge)
class ChallengeAdmin(Scoped, ReadOnlyAdmin):
    article_path = "edition__article__"
    list_display = ["sentence", "of", "doubt", "state", "taken_by", "at", "is_told"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter), "doubt", "outcome", "at"]
    list_select_related = ["edition__article", "taken_by", "told"]
    search_fields = ["=public_id", "wording", "words", "edition__article__slug"]
    ordering = [F("resolved_at").desc(nulls_first=True), "-pk"]
    fields = ["wording"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("edition__article__body")

    def get_urls(self):
        return [ChallengeRecordPage(self).url(), *super().get_urls()]

    @admin.display(description=_("sentence"))
    def sentence(self, challenge):
        return challenge.wording[:100]

    @admin.display(description=Article._meta.verbose_name)
    def of(self, challenge):
        return str(challenge.article)

    @display(
        description=_("state"),
        ordering="resolved_at",
        label={"open": "danger", "taken": "warning", "resolved": "success"},
    )
    def state(self, challenge):
        if challenge.resolved_at:
            return "resolved", challenge.get_outcome_display()
        return ("taken", _("taken")) if challenge.taken_by_id else ("open", _("open"))

    @admin.display(description=_("public"), boolean=True)
    def is_told(self, challenge):
        return hasattr(challenge, "told")
