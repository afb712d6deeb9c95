"""Signing in by hand: a passkey made and used, every page under the desk's policy, legible and accessible."""

import pytest
from django.urls import reverse

from tests.browser.looking import faults
from tests.newsroom.accounts.signing import PASSWORD, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Pages for nobody in particular, and pages of one's own account.
ENTRANCES = ["account_login", "account_reset_password", "account_reset_password_done", "invitation_accept"]
OWN = ["mfa_index", "usersessions_list", "account_change_password", "mfa_activate_totp", "mfa_add_webauthn"]
# An administrator's, of people.
OF_PEOPLE = [
    "admin:accounts_invitation_add",
    "admin:audit_auditevent_changelist",
    "admin:accounts_user_signing_in",
]


@pytest.fixture
def at(page, live_server):
    """Open the page of this name; it must need nothing that its policy forbids."""

    def opened(name, *arguments):
        page.goto(live_server.url + reverse(name, args=arguments))
        return page

    return opened


@pytest.fixture
def key(page):
    """A telephone that holds passkeys and says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_in(page, login="ada"):
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button:has-text('Sign in'):not([form])")


def looked_at(page, name):
    """What axe finds serious on the page, light and dark; it fits a telephone too."""
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    return [(name, fault) for fault in faults(page)]


def test_a_passkey_is_set_up_where_one_is_compulsory_and_signs_in_alone(
    page, at, key, live_server, complaints, settings
):
    settings.NEWSROOM_SECOND_FACTOR = True
    person("reporter", username="ada")
    at("account_login")
    sign_in(page)
    page.wait_for_url(live_server.url + reverse("mfa_index"))
    at("mfa_add_webauthn")
    page.fill("[name=name]", "My telephone")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    found = looked_at(page, "recovery_codes")
    page.goto(live_server.url + reverse("admin:index"))
    assert page.url == live_server.url + reverse("admin:index")
    page.context.clear_cookies()
    at("account_login")
    page.click("#passkey_login")
    page.wait_for_url(live_server.url + reverse("admin:index"))
    for name in ("mfa_index", "mfa_list_webauthn"):
        found += looked_at(at(name), name)
    assert found == []


def test_the_pages_are_accessible_and_break_no_rule(page, at, complaints, live_server):
    ada = person("administrator", username="ada")
    found = []
    for name in ENTRANCES:
        if name == "invitation_accept":
            complaints_before = len(complaints)
            found += looked_at(at(name), name)
            # The answer 410 is what the browser complains of.
            del complaints[complaints_before:]
        else:
            found += looked_at(at(name), name)
    at("account_login")
    page.fill("[name=login]", "nobody")
    page.fill("[name=password]", "x")
    page.click("main button:has-text('Sign in'):not([form])")
    page.locator("main [role=alert]").wait_for()
    found += looked_at(page, "refused")
    at("account_login")
    sign_in(page)
    page.wait_for_url(live_server.url + reverse("admin:index"))
    for name in [*OWN, *OF_PEOPLE]:
        found += looked_at(at(name, *([ada.pk] if name.endswith("signing_in") else [])), name)
    assert found == []
