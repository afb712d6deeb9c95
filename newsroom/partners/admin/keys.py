"""Keys and what was asked for with them, of all partners."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.desk_admin import ReadOnlyAdmin
from newsroom.desk_forms import form_at, of_acts
from newsroom.desk_pages import RecordPage, tab
from newsroom.partners.admin.pages import KeysPage, shown_once
from newsroom.partners.key_forms import RevokeKeyForm, RotateKeyForm
from newsroom.partners.models import ApiKey, Scope, Usage


class KeyPage(RecordPage):
    """Instead of a form: a key is exchanged or revoked, not changed."""

    model = ApiKey
    name = "change"
    title = _("API key")
    template = "admin/partners/key.html"
    forms = of_acts(RotateKeyForm, RevokeKeyForm)
    to_see = ("administer",)

    def find(self, pk):
        return ApiKey.objects.select_related("partner").filter(pk=pk).first()

    def view(self, request, pk, **below):
        if request.method == "POST" and request.POST.get("act") == RotateKeyForm.act:
            key = self.opened(request, pk)
            bound = self._bind(request, key)
            if bound.carry_out(by=request.user, now=timezone.now()):
                return shown_once(KeysPage(self.model_admin), request, key.partner, *bound.made)
        return super().view(request, pk, **below)

    def around(self, request, key):
        return {"tabs": [tab(key.partner, KeysPage.address(key.partner_id), current=False)]}

    def context(self, request, key, bound):
        usable = key.is_usable(timezone.now())
        kinds = [RotateKeyForm, RevokeKeyForm] if usable else []
        return {
            "key": key,
            "is_usable": usable,
            "scopes": [Scope(scope).label for scope in key.scopes],
            "acts": [form_at(kind, key, request.user, "", bound) for kind in kinds],
        }


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    """Made on a partner's page; the digest of a key is shown nowhere."""

    to_see = ("administer",)

    list_display = ["name", "prefix", "partner", "scopes_in_words", "made_at", "last_used_at", "state_now"]
    list_select_related = ["partner"]
    search_fields = ["name", "=prefix", "partner__name", "=public_id"]
    ordering = ["-pk"]

    def get_urls(self):
        return [KeyPage(self).url(), *super().get_urls()]

    @admin.display(description=_("What it is for"))
    def scopes_in_words(self, key):
        return ", ".join(str(Scope(scope).label) for scope in key.scopes)

    @admin.display(description=_("state"))
    def state_now(self, key):
        if key.revoked_at:
            return _("revoked")
        return _("in use") if key.is_usable(timezone.now()) else _("ended")


@admin.register(Usage)
class UsageAdmin(ReadOnlyAdmin):
    """Every key by the day; a partner's page has it in sum and as a chart."""

    to_see = ("administer",)

    list_display = ["day", "key", "partner", "requests", "cost", "sent", "refused"]
    list_select_related = ["key__partner"]
    search_fields = ["key__name", "=key__prefix", "key__partner__name"]
    ordering = ["-day", "-pk"]

    @admin.display(description=_("partner"))
    def partner(self, used):
        return used.key.partner
