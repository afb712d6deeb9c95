"""People: accounts with their roles, and the people of the bylines. Administrators keep both."""

from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm

from newsroom.accounts import sessions
from newsroom.accounts.models import Invitation, Person, User
from newsroom.accounts.people_pages import InvitationPage, SigningInPage, invite_view
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record
from newsroom.desk_admin import DeskAdmin, ReadOnlyAdmin
from newsroom.desk_printed import SharedRecordAdmin

# Roles are fixed by migration, and what each may do by the access table: there is nothing to edit in a group.
admin.site.unregister(Group)
# Secrets, keys and addresses are nobody's to type over; what an administrator may do is on a person's page.
for _model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(_model)


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):
    """Who signs in, and in which roles: nobody is added here, people come by invitation. Being a superuser opens
    nothing here, so it is not offered."""

    to_see = to_change = ("administer",)

    form = UserChangeForm
    change_password_form = AdminPasswordChangeForm
    list_display = [
        "username",
        "first_name",
        "last_name",
        "role_names",
        "is_staff",
        "is_active",
        "last_login",
    ]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "first_name", "last_name", "email", "public_id"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "signing_in"]
    fieldsets = [
        (None, {"fields": ["username", "password", "first_name", "last_name", "email"]}),
        (_("At the desk"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Seen"), {"fields": ["last_login", "date_joined", "signing_in"]}),
    ]

    def get_urls(self):
        return [SigningInPage(self).url(), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("signing in"))
    def signing_in(self, user):
        words = _("Second factor, sessions, lockouts")
        return format_html('<a href="{}">{}</a>', SigningInPage.address(user.pk), words) if user.pk else "–"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and not (obj.is_active and obj.is_staff):
            sessions.end_all(obj)

    def log_change(self, request, obj, message):
        """Django calls this where an administrator gives a person a new password; the rest is noted on saving."""
        if request.resolver_match.url_name == "auth_user_password_change":
            record("user.password_given", obj, by=request.user, now=timezone.now())
            sessions.end_all(obj)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        field = super().formfield_for_manytomany(db_field, request=request, **kwargs)
        if db_field.name == "groups":
            field.label, field.help_text = (
                _("Roles"),
                _("What each may do is the same for everybody who has it."),
            )
            field.queryset = Group.objects.filter(name__in=Role.values)
            field.label_from_instance = lambda group: Role(group.name).label
        return field

    @admin.display(description=_("roles"))
    def role_names(self, user):
        return (
            ", ".join(str(Role(group.name).label) for group in user.groups.all() if group.name in Role) or "–"
        )

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "groups" in form.changed_data:
            roles = sorted(form.instance.groups.values_list("name", flat=True))
            self.note(request, form.instance, "changed", roles=roles)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Who was invited; made by inviting, not by typing in a row."""

    to_see = ("administer",)
    to_add = ("invite",)

    list_display = ["email", "state_now", "invited_by", "invited_at", "expires_at", "accepted_at"]
    search_fields = ["email", "=public_id"]
    ordering = ["-pk"]

    def get_urls(self):
        view = self.admin_site.admin_view(partial(invite_view, self))
        add = path("add/", view, name="accounts_invitation_add")
        return [add, InvitationPage(self).url(), *super().get_urls()]

    @admin.display(description=_("state"))
    def state_now(self, invitation):
        words = {
            "accepted": _("accepted"), "withdrawn": _("withdrawn"), "expired": _("expired"), "open": _("open")
        }  # fmt: skip
        return words[invitation.state(timezone.now())]


@admin.register(Person)
class PersonAdmin(SharedRecordAdmin):
    """An article is somebody's own if they stand in its byline: so who is behind a name is an administrator's."""

    to_see = ("see", "administer")
    to_add = to_change = to_delete = ("administer",)

    list_display = ["name", "slug", "user"]
    search_fields = ["name", "slug", "public_id"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]
    fields = ["name", "slug", "user"]
