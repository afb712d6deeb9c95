"""Letters about a person's account. They go through the queue, once the act they tell of is kept.

No job holds a secret: a link with a key in it is made by the worker that sends it.
"""

from django.utils.translation import gettext_noop

from newsroom.accounts.models import User
from newsroom.core.deferring import defer

FACTORS_RESET = "factors_reset"

# kind: (subject, text). Translated when sent: in both languages, since nobody knows yet which the person reads.
LETTERS = {
    FACTORS_RESET: (
        gettext_noop("Your second factor was taken away"),
        gettext_noop(
            "An administrator took the second factor of your account away and signed you out everywhere. Sign in"
            " with your password and set up a new one. If you did not ask for this, tell an administrator at once."
        ),
    ),
}


def tell(user: User, kind: str) -> None:
    """Write the letter ``kind`` to ``user``, if there is an address to write to."""
    if user.email:
        defer("newsroom.accounts.tasks.send_letter", user=user.pk, kind=kind)


def hand_over(to: str, subject: str, text: str) -> None:
    """Queue a letter that is written already, and holds no secret."""
    defer("newsroom.accounts.tasks.send_text", to=to, subject=subject, text=text)
