"""The forms that make and end a link to a draft."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles import sharing
from articles.admin.act_forms import ActForm
from articles.models import ShareLink
from newsroom.core.errors import DomainError
from newsroom.desk_forms import line, of_acts

DAYS = (1, 3, 7, 14, sharing.LONGEST.days)


class ShareForm(ActForm):
    act, button, done = "share", _("Make the link"), _("The link is made.")

    label = line(_("For whom"), required=False, length=sharing.LABEL_LENGTH)
    days = forms.TypedChoiceField(label=_("Open for"), coerce=int)
    pinned = forms.ChoiceField(
        label=_("It shows"),
        choices=[
            ("", _("the draft as it is whenever it is opened")),
            ("yes", _("the draft as it stands now")),
        ],
        required=False,
    )

    may_comment = forms.BooleanField(label=_("They may comment, by a name of their own"), required=False)

    def build(self):
        self.fields["days"].choices = [
            (n, ngettext_lazy("%(n)d day", "%(n)d days", n) % {"n": n}) for n in DAYS
        ]
        self.fields["days"].initial = 7

    def call(self, facts, *, by, now):
        self.link, self.token = sharing.share(
            self.article,
            by=by,
            now=now,
            expires_at=now + timedelta(days=facts["days"]),
            pinned=facts["pinned"] == "yes",
            may_comment=facts["may_comment"],
            label=facts["label"],
        )


class RevokeShareForm(ActForm):
    """``place`` is the link's public id."""

    act, button, done = "revoke_share", _("Revoke"), _("The link is revoked.")
    grave = True

    def call(self, facts, *, by, now):
        link = ShareLink.objects.filter(article=self.article, public_id=facts["place"]).first()
        if link is None:
            raise DomainError("link_unknown", "There is no such link.", "place")
        sharing.revoke_share(link, by=by, now=now)


SHARE_FORMS = of_acts(ShareForm, RevokeShareForm)
