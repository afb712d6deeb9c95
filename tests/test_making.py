"""What tests make by a short cut is what the acts make."""

import pytest
from django.db import transaction

from articles.models import Check
from newsroom.audit.models import AuditEvent
from tests.making import Desk

pytestmark = pytest.mark.django_db


def rows(queryset):
    return list(
        queryset.order_by("pk").values(*(f.name for f in queryset.model._meta.fields if f.name != "id"))
    )


def test_checks_that_are_entered_at_once_are_those_that_the_act_records():
    desk = Desk()
    told = []
    for by in (None, desk.checker):
        before = AuditEvent.objects.count()
        with transaction.atomic():
            desk.check_all(by=by)
            told.append([rows(Check.objects.all()), rows(AuditEvent.objects.all())[before:]])
            transaction.set_rollback(True)
    at_once, by_the_act = told
    assert len(at_once[0]) == len(at_once[1]) == 2
    assert at_once == by_the_act
