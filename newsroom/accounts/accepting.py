"""The pages on which somebody who was invited makes their account."""

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.accounts import inviting
from newsroom.accounts.models import User
from newsroom.core.errors import DomainError

KEPT = "invitation_key"


class AcceptForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=gettext_lazy("By which you sign in; your address will do as well."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=500,
        strip=False,
        help_text=password_validation.password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Password, again"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self):
        facts = super().clean()
        password = facts.get("password")
        if password and facts.get("again") and password != facts["again"]:
            self.add_error("again", ValidationError(_("The two are not the same."), "password_mismatch"))
        elif password:
            names = {name: facts.get(name, "") for name in ("username", "first_name", "last_name")}
            try:
                password_validation.validate_password(password, User(email=self.email, **names))
            except ValidationError as error:
                self.add_error("password", error)
        return facts


def follow_link(request, key: str):
    """Take the key out of the address, so that it stays in no history and no log of what follows."""
    request.session[KEPT] = key
    return redirect("invitation_accept")


def accept(request):
    key, now = str(request.session.get(KEPT, "")), timezone.now()
    try:
        invitation = inviting.opened_by(key, now=now)
    except DomainError as refusal:
        return render(request, "account/invitation_closed.html", {"refusal": refusal}, status=410)
    proposed = {"first_name": invitation.first_name, "last_name": invitation.last_name}
    form = AcceptForm(request.POST or None, initial=proposed, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        del facts["again"]
        try:
            inviting.accept(key, now=now, **facts)
        except DomainError as refusal:
            field = refusal.place if refusal.place in form.fields else None
            form.add_error(field, ValidationError(refusal.message, refusal.code))
        else:
            del request.session[KEPT]
            messages.success(request, _("Your account is made. Sign in."))
            return redirect("account_login")
    return render(request, "account/invitation.html", {"form": form, "invitation": invitation})
