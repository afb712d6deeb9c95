"""The page "Work" of an article: who is to do what, and whether lawyers hold it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import assigning, legal_holds
from articles.access import may
from articles.admin.pages import ArticlePage
from articles.assigning import ASSIGNERS, NOTE_LENGTH
from articles.models import DraftStanding, Task
from articles.models.section import covering
from articles.rules.blockers import BLOCKERS
from newsroom.accounts.models import User
from newsroom.accounts.roles import DESK
from newsroom.core.errors import DomainError
from newsroom.desk_forms import ActForm, MomentField, form_at, line, note_field, of_acts

# Whom a task can be given to; of a larger desk the rest is found by scope.
PEOPLE = 500
# Tasks that have ended.
SHOWN = 20


class AssignForm(ActForm):
    act, button, done = "assign", _("Assign"), _("Assigned.")
    prominent = True

    to = forms.ModelChoiceField(User.objects.none(), label=_("To"), empty_label=None)
    task = forms.ChoiceField(label=_("Task"), choices=Task.choices)
    due_at = MomentField(label=_("Due"), required=False)
    note = line(_("Note"), required=False, length=NOTE_LENGTH)

    def build(self):
        self.fields["to"].queryset = self._people()
        self.initial.setdefault("to", self.user.pk)

    def _people(self):
        """Oneself; for who gives tasks to others, those who work on such articles."""
        people = User.objects.filter(is_active=True, is_staff=True)
        if not self.user.roles & ASSIGNERS:
            return people.filter(pk=self.user.pk)
        able = people.filter(covering(self.about), groups__name__in=DESK).values("pk")[:PEOPLE]
        return people.filter(pk__in=able).order_by("first_name", "last_name", "username")

    def call(self, facts, *, by, now):
        assigning.assign(
            self.about,
            to=facts["to"],
            task=facts["task"],
            due_at=facts["due_at"],
            note=facts["note"],
            by=by,
            now=now,
        )


class UnassignForm(ActForm):
    act, button, done = "unassign", _("Take back"), _("The task is taken back.")

    def call(self, facts, *, by, now):
        key = self.at_place if self.at_place.isascii() else ""
        task = self.about.assignments.filter(public_id=key).first()
        if task is None:
            raise DomainError("ended_already", "This task has ended.")
        assigning.unassign(task, by=by, now=now)


class HoldForm(ActForm):
    act, button = "hold_legally", _("Put under legal hold")
    done = _("The article is under legal hold; what waited is on hold.")
    grave = True

    reason = note_field(_("Reason"), required=True, help_text=_("For the desk only."))

    def call(self, facts, *, by, now):
        legal_holds.hold_legally(self.about, reason=facts["reason"], by=by, now=now)


class LiftForm(ActForm):
    act, button, done = "lift_legal_hold", _("Lift the legal hold"), _("The legal hold is lifted.")

    reason = note_field(_("Reason"), required=True, help_text=_("For the desk only."))

    def call(self, facts, *, by, now):
        legal_holds.lift_legal_hold(self.about, reason=facts["reason"], by=by, now=now)


class WorkPage(ArticlePage):
    name = "work"
    title = _("Work")
    template = "admin/articles/article/work.html"
    forms = of_acts(AssignForm, UnassignForm, HoldForm, LiftForm)

    def context(self, request, article, bound):
        user, now = request.user, timezone.now()
        tasks = article.assignments.select_related("to", "by", "ended_by")
        hold = HoldForm if article.standing_hold is None else LiftForm
        standing = DraftStanding.objects.filter(article=article).first()
        return {
            "tasks": [
                (
                    task,
                    bool(task.due_at and task.due_at <= now),
                    form_at(UnassignForm, article, user, task.public_id, bound),
                )
                for task in tasks.filter(ended_at=None).order_by("due_at", "pk")
            ],
            "ended": list(tasks.filter(ended_at__isnull=False).order_by("-ended_at")[:SHOWN]),
            "assign": form_at(AssignForm, article, user, "", bound) if may(user, "assign", article) else None,
            "hold": form_at(hold, article, user, "", bound) if may(user, hold.act, article) else None,
            "earlier_holds": list(
                article.legal_holds.exclude(lifted_at=None).select_related("by", "lifted_by")[:SHOWN]
            ),
            "standing": standing,
            "why": [(BLOCKERS[code].message, n) for code, n in sorted(standing.codes.items())]
            if standing
            else [],
        }

    def after(self, request, article, form):
        return self.address(article.pk)
