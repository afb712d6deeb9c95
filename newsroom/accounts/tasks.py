"""Letters about accounts, sent by the worker."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop
from procrastinate.contrib.django import app

from newsroom.accounts import inviting, resetting
from newsroom.accounts.letters import LETTERS
from newsroom.accounts.models import Invitation, User

# By whether it is to the desk: subject and text.
INVITING = {
    True: (
        gettext_noop("Your account at the desk"),
        gettext_noop(
            "%(who)s invites you to the desk of %(name)s. Make your account here, within three days:\n\n%(link)s"
        ),
    ),
    False: (
        gettext_noop("Your account for partners"),
        gettext_noop(
            "%(who)s invites you to the pages for partners of %(name)s, where you keep keys and webhooks. Make your"
            " account here, within three days:\n\n%(link)s"
        ),
    ),
}


def send_in_all_languages(to: str, subject: str, text: str, facts: dict) -> None:
    """One letter in every language of the desk: nobody knows yet which its reader reads."""
    subjects, texts = [], []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subjects.append(gettext(subject))
            texts.append(gettext(text) % facts)
    send_mail(" / ".join(subjects), "\n\n".join(texts), None, [to])


@app.task(retry=5)
def send_letter(user: int, kind: str) -> None:
    """Write the letter ``kind``. Run twice it writes twice."""
    subject, text = LETTERS[kind]
    send_in_all_languages(User.objects.get(pk=user).email, subject, text, {})


@app.task(retry=5)
def send_text(to: str, subject: str, text: str) -> None:
    """Send what was written. Run twice it sends twice."""
    send_mail(subject, text, None, [to])


@app.task(retry=5)
def send_reset_link(user: int, site: str, language: str) -> None:
    """Write to ``user`` with a link to choose a new password at ``site``; a second letter's link is as good."""
    resetting.write_to(User.objects.get(pk=user), site, language)


@app.task(retry=5)
def send_invitation(invitation: int, site: str) -> None:
    """Write to whom an invitation is for. Run twice it writes twice, and the second letter's link is the one."""
    found = Invitation.objects.select_related("invited_by").get(pk=invitation)
    key = inviting.new_key(found, now=timezone.now())
    if key is None:
        return
    link = site + reverse("invitation", args=[key])
    facts = {"who": str(found.invited_by), "link": link, "name": settings.NEWSROOM_NAME}
    send_in_all_languages(found.email, *INVITING[found.at_desk], facts)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_old_sessions")
def forget_old_sessions(timestamp: int) -> None:
    """Sessions that ended by themselves; safe to run twice."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
