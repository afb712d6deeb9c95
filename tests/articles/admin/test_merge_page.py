"""The pages on which duplicates are compared and merged."""

import pytest
from django.urls import reverse

from tests.articles.admin.pages import done, html_of, press_on, signed_in
from tests.making import Desk, make_claim, make_publisher

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_the_pages_lead_from_the_record_to_the_merge_and_from_what_went_to_what_is_kept(desk):
    editor = signed_in(desk.editor)
    for kept, gone in (
        (desk.claim, make_claim(desk.reporter)),
        (make_publisher("A Post"), make_publisher("The A Post")),
    ):
        name = kept._meta.label_lower.replace(".", "_")
        duplicates = reverse(f"admin:{name}_duplicates", args=[kept.pk])
        merging = reverse(f"admin:{name}_merge", args=[kept.pk, gone.pk])
        assert merging in html_of(editor, duplicates)
        assert duplicates in html_of(editor, reverse(f"admin:{name}_change", args=[kept.pk]))
        # The stage or state at the end of the tabs is a source's alone.
        assert "desk-stage" not in html_of(editor, merging)
        answer = press_on(editor, merging, "merge", note="Same.", sure="on")
        assert done(answer)
        old = editor.get(reverse(f"admin:{name}_change", args=[gone.pk]))
        assert old["Location"] == reverse(f"admin:{name}_change", args=[kept.pk])
        listed = html_of(editor, reverse(f"admin:{name}_changelist"))
        assert f"/{gone.pk}/change/" not in listed
    reader = html_of(
        signed_in(desk.reporter), reverse("admin:sources_source_merge", args=[desk.first.pk, desk.second.pk])
    )
    assert 'data-act="merge"' not in reader
