"""The forms of the acts on an article that readers know: what each asks, and which act it calls."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from articles import addresses, archiving, corrections, scheduling, trashing
from articles.corrections.sealing import BASIS_LENGTH
from articles.models import Article, Edition
from newsroom import desk_forms
from newsroom.core.errors import DomainError
from newsroom.desk_forms import MomentField, line, note_field, of_acts


class ActForm(desk_forms.ActForm):
    """One act on an article; ``at_place`` is the number of an edition, "" for the article itself.

    ``grave``: readers lose something by it.
    """

    grave = False

    @property
    def article(self) -> Article:
        return self.about

    @property
    def edition(self) -> Edition:
        """The edition the act is about; raises DomainError ``not_waiting`` if there is none."""
        number = int(self.at_place) if self.at_place.isascii() and self.at_place.isdigit() else 0
        if edition := self.article.editions.filter(number=min(number, 2**31 - 1)).first():
            return edition
        raise DomainError("not_waiting", "There is no such edition.")


class RetractForm(ActForm):
    act, button, done = "retract", _("Retract"), _("The article is retracted.")
    grave = True

    note = note_field(
        _("Note to readers"),
        required=True,
        rows=4,
        help_text=_("What was wrong and what is right. It stands where the article stood."),
    )
    closes_history = forms.BooleanField(
        label=_("Nobody can open the earlier editions any more"), required=False
    )

    def call(self, facts, *, by, now):
        corrections.retract(
            self.article, by=by, now=now, note=facts["note"], closes_history=facts["closes_history"]
        )


class UnpublishForm(ActForm):
    act, button, done = "unpublish", _("Unpublish"), _("The article is unpublished.")
    grave = True

    reason = note_field(_("Reason"), required=True, help_text=_("For the desk only."))
    note = note_field(_("Note to readers"), help_text=_("May be empty."))
    at = MomentField(label=_("Not before"), required=False, help_text=_("Empty: at once."))

    def call(self, facts, *, by, now):
        corrections.unpublish(
            self.article, by=by, now=now, reason=facts["reason"], note=facts["note"], at=facts["at"]
        )
        if facts["at"]:
            self.done = _("It will be unpublished at its moment.")


class TakeDownForm(ActForm):
    act, button = "take_down", _("Take down")
    done = _("The article is taken down. Somebody else has to confirm that.")
    grave = True

    reason = note_field(_("Reason"), required=True, help_text=_("For the desk only."))

    def call(self, facts, *, by, now):
        corrections.take_down(self.article, by=by, now=now, reason=facts["reason"])


class ConfirmForm(ActForm):
    act, button, done = "confirm_removal", _("Confirm that it stays away"), _("You have confirmed it.")
    prominent = True

    def call(self, facts, *, by, now):
        corrections.confirm_removal(self.article, by=by, now=now)


class SealForm(ActForm):
    act, button, done = "seal", _("Erase for good"), _("The article is sealed.")
    grave = True

    legal_basis = note_field(
        _("Legal basis"), required=True, length=BASIS_LENGTH, help_text=_("The order that demands it.")
    )
    slug = line(_("The article’s slug, to confirm"), length=80)

    def clean_slug(self):
        if self.cleaned_data["slug"] != self.article.slug:
            raise ValidationError(_("This is not the slug of this article."), "slug_differs")
        return self.cleaned_data["slug"]

    def call(self, facts, *, by, now):
        corrections.seal(self.article, by=by, now=now, legal_basis=facts["legal_basis"])


class RescheduleForm(ActForm):
    act, button, done = "reschedule", _("Change the moment"), _("It waits for another moment.")

    at = MomentField(label=_("Not before"))

    def call(self, facts, *, by, now):
        edition = self.edition
        was = timezone.localtime(edition.release.showing.lower)
        scheduling.reschedule(edition, at=facts["at"], by=by, now=now)
        # The second moment replaces the first, and says so.
        self.done = _("It shows from %(at)s instead of %(was)s (%(zone)s).") % {
            "at": date_format(timezone.localtime(facts["at"]), "j M Y, H:i"),
            "was": date_format(was, "j M Y, H:i"),
            "zone": timezone.get_current_timezone_name(),
        }


class CancelForm(ActForm):
    act, button, done = "cancel", _("Put on hold"), _("It is on hold and will not show by itself.")

    def call(self, facts, *, by, now):
        scheduling.cancel(self.edition, by=by, now=now)


class ChangeAddressForm(ActForm):
    act, button, done = "change_address", _("Change the address"), _("The former address leads here.")

    slug = line(_("Slug"), length=80, help_text=_("The last part of the address."))

    def call(self, facts, *, by, now):
        addresses.change_address(self.article, slug=facts["slug"], by=by, now=now)


class ArchiveForm(ActForm):
    act, button, done = "archive", _("Put into the archive"), _("The article is in the archive.")

    def call(self, facts, *, by, now):
        archiving.archive(self.article, by=by, now=now)


class UnarchiveForm(ActForm):
    act, button = "unarchive", _("Take out of the archive")
    done = _("The article is out of the archive.")

    def call(self, facts, *, by, now):
        archiving.unarchive(self.article, by=by, now=now)


class TrashForm(ActForm):
    act, button, done = "trash", _("Put in the trash"), _("The article is in the trash.")

    reason = note_field(_("Reason"), required=True, length=trashing.REASON_LENGTH)

    def call(self, facts, *, by, now):
        trashing.trash(self.article, reason=facts["reason"], by=by, now=now)


class RestoreFromTrashForm(ActForm):
    act, button = "restore_from_trash", _("Take out of the trash")
    done = _("The article is out of the trash.")

    def call(self, facts, *, by, now):
        trashing.restore_from_trash(self.article, by=by, now=now)


ON_THE_ARTICLE = of_acts(
    RetractForm,
    UnpublishForm,
    TakeDownForm,
    ConfirmForm,
    SealForm,
    ChangeAddressForm,
    ArchiveForm,
    UnarchiveForm,
    TrashForm,
    RestoreFromTrashForm,
)
ON_WHAT_WAITS = of_acts(RescheduleForm, CancelForm)
AFTER_FORMS = ON_THE_ARTICLE | ON_WHAT_WAITS
