"""Sign in as people do: by the pages, with passwords, codes and letters."""

import hmac
import re
from base64 import b32decode
from struct import pack, unpack
from time import time

from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making import make_user

PASSWORD = "a long password for tests"


def person(*roles: str, username: str, email: str = "", **fields):
    """Somebody at the desk with a password."""
    user = make_user(*roles, username=username)
    user.email = email
    for name, value in fields.items():
        setattr(user, name, value)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, login: str, password: str = PASSWORD, **headers):
    return client.post(reverse("account_login"), {"login": login, "password": password}, **headers)


def code_for(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows for ``secret`` (base32), ``steps`` half minutes from now (RFC 6238)."""
    counter = int(time()) // 30 + steps
    digest = hmac.digest(b32decode(secret), pack(">Q", counter), "sha1")
    start = digest[-1] & 0x0F
    number = unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def set_up_app(client: Client) -> str:
    """Set up an authenticator app by its page; returns its secret."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)[1]
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def letters_sent() -> list:
    """Do what the worker would with the letters that are queued; returns all sent so far."""
    jobs = ProcrastinateJob.objects.filter(
        status="todo", task_name__startswith="newsroom.accounts.tasks.send"
    )
    for job in jobs.order_by("pk"):
        app.tasks[job.task_name].func(**job.args)
    jobs.update(status="succeeded")
    return mail.outbox
