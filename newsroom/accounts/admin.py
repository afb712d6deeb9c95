"""People: accounts with their roles, and the people of the bylines. Administrators keep both."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from newsroom.accounts.models import Person, User
from newsroom.accounts.roles import Role
from newsroom.desk_admin import DeskAdmin
from newsroom.desk_printed import SharedRecordAdmin

# Roles are fixed by migration, and what each may do by the access table: there is nothing to edit in a group.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):
    """Who signs in, and in which roles. Being a superuser opens nothing here, so it is not offered."""

    to_see = to_add = to_change = ("administer",)

    form = UserChangeForm
    add_form = UserCreationForm
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
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "first_name", "last_name", "email"]}),
        (_("At the desk"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Seen"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email", "password1", "password2"]}),
        (_("At the desk"), {"fields": ["is_staff", "groups"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

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
