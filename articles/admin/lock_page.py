"""Who has a draft open, and the way to take it over."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import draft_locks
from articles.access import may
from articles.admin.pages import ArticlePage
from newsroom.desk_forms import ActForm, form_at, line, of_acts


class TakeOverForm(ActForm):
    act, button, done = "take_over", _("Take over"), _("You have taken the draft over.")

    reason = line(_("Reason"), length=draft_locks.REASON_LENGTH)

    def call(self, facts, *, by, now):
        draft_locks.take_over(self.about, by=by, now=now, reason=facts["reason"])


class LockPage(ArticlePage):
    name = "lock"
    title = _("Who is writing")
    template = "admin/articles/article/lock.html"
    forms = of_acts(TakeOverForm)

    def context(self, request, article, bound):
        held = draft_locks.holder_of(article, now=timezone.now())
        return {"holder": holder(article, held, request.user, bound)}

    def after(self, request, article, form):
        return reverse("admin:articles_article_change", args=[article.pk])


def holder(article, held, user, bound=None) -> dict | None:
    """What a page says of the ``held`` lock of somebody else: its row, and the form if ``user`` may take it over."""
    if held is None or held.holder_id == user.pk:
        return None
    takes_over = may(user, "take_over", article)
    return {
        "lock": held,
        "form": form_at(TakeOverForm, article, user, "", bound) if takes_over else None,
        "to": reverse("admin:articles_article_lock", args=[article.pk]),
    }
