"""Every page of the desk, light and dark: nothing refused by its policy, nothing serious for axe, legible in the dark.

The pages are those of the admin site's own addresses: a new one is walked without being named here. Left out are
addresses that only a script or a form calls or that hand out a file (DOORS), and of unfold's own pages without a word
of ours (history, deletion, and lists and forms of what nobody writes by hand) all but those of the article.
Signing in, invitations and one's own account are walked in ``test_signing_in``, reports of axe on open dialogs in
``test_writing``.
"""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from articles import recalling
from articles.models import Article, Section, Treaty
from articles.rules.site_pages import Subject
from newsroom.accounts import inviting
from newsroom.accounts.roles import Role
from newsroom.partners.keys import make_key
from newsroom.partners.usage import add
from sources.models import Source
from tests.articles.illustrating.shown import keep
from tests.browser.looking import faults as found_on
from tests.making import Desk, make_claim, make_publisher, make_source, make_speaker, make_user
from tests.newsroom.partners.making import make_partner
from tests.screenshots import missing

pytestmark = [pytest.mark.browser(long=True), pytest.mark.django_db(transaction=True)]

# Not pages: what a script or a form calls, or a file.
DOORS = {
    "autocomplete",
    "jsi18n",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "search",
    "notices_read",
    "notice_open",
    "articles_article_records",
    "articles_article_offered",
    "articles_article_cite",
    "articles_article_beside",
    "articles_article_pasted",
    "articles_article_advice",
    "articles_article_people",
    "articles_article_autosave_new",
    "articles_article_autosave",
    "articles_article_hold",
    "articles_article_let_go",
    "articles_article_checkers_file",
    "articles_article_preview_document",
    "articles_image_offers",
    "articles_image_upload",
    "articles_image_thumb",
    "articles_image_file",
    "auth_user_password_change",
    "audit_auditevent_export",
    "sources_source_raw",
    "sources_source_file",
    "sources_source_warc",
}


def addresses(within):
    for each in within:
        if hasattr(each, "url_patterns"):
            yield from addresses(each.url_patterns)
        elif each.name and each.name not in DOORS:
            yield each


def model_of(name: str):
    try:
        return apps.get_model(*name.split("_")[:2])
    except (LookupError, ValueError, TypeError):
        return None


def rows_of(model):
    """Those there is something to see of: a source has copies."""
    rows = model.objects.order_by("pk")
    return rows.filter(snapshots__isnull=False).distinct() if model is Source else rows


def walked(request) -> dict[str, str]:
    """The name and the path of each page that ``request.user`` may open, with the row that was made first."""
    found = {}
    for each in addresses(admin.site.get_urls()):
        model, page = model_of(each.name), each.name.rpartition("_")[2]
        stock = page in {"changelist", "add", "history", "delete", "change"}
        if stock and model:
            desk = admin.site._registry[model]
            writes = desk.has_add_permission(request) or desk.has_change_permission(request)
            if page == "add" and not desk.has_add_permission(request):
                continue
            if not writes or (page in {"history", "delete"} and each.name != "articles_article_history"):
                continue
        rows = list(rows_of(model or Article)[:2])
        wanted = list(getattr(each.pattern, "converters", None) or each.pattern.regex.groupindex)
        known = {"app_label": "articles", "subject": Subject.ABOUT, "language": "pl", "slug": "world"}
        if rows:
            # A page of no model is one of the desk's, or of an article's.
            known |= {"pk": rows[0].pk, "object_id": rows[0].pk, "id": rows[0].pk, "other": rows[-1].pk}
            if snapshot := getattr(rows[0], "snapshots", None):
                known["snapshot"] = snapshot.first().public_id
        if stock and not rows and wanted:
            continue  # One form of unfold's is like another.
        assert set(wanted) <= set(known), f"{each.name}: there is no row to walk with"
        found[each.name] = reverse(f"admin:{each.name}", kwargs={key: known[key] for key in wanted})
    # Two that ask for more than a row: with what a source is compared, and a source that is confidential.
    found["sources_source_compare"] += f"?with={rows_of(Source)[1].public_id}"
    confided = Source.objects.get(confidential=True)
    found["sources_source_identity"] = reverse("admin:sources_source_identity", args=[confided.pk])
    return found


def furnished(desk: Desk) -> None:
    """A row of everything, so that every page has something to show."""
    keep(desk, caption="The border", alt="A map of the border.")
    desk.publish()
    desk.save(
        body=desk.body(signed="Two states have signed it") + "<p>Hope remains. Some call it “a reset”.</p>"
    )
    Section.objects.create(name="World", slug="world")
    Treaty.objects.create(title="Treaty of Nancy", slug="treaty-of-nancy")
    for make in (make_claim, make_source):
        make(desk.reporter)
    make_source(desk.reporter, title="", url="", confidential=True, public_label="an official")
    make_speaker("Ada Sampel")
    make_publisher("The Gazette"), make_publisher("The Gazzette")
    recalling.recall(desk.quote, reason="It was a bad day.", by=desk.editor, now=desk.now)
    chief = make_user(Role.ADMINISTRATOR)
    partner = make_partner(terms="Name us.")
    partner.people.add(make_user(username="perla"))
    add(make_key(partner, name="website", by=None, now=desk.now)[0].pk, desk.now.date(), cost=5, sent=70_000)
    inviting.invite("bea@example.org", [Role.REPORTER], by=chief, now=desk.now, site="https://desk.example")


def test_every_page_of_the_desk_is_quiet_accessible_and_legible(at_desk, page, live_server, complaints, rf):
    furnished(Desk(now=timezone.now()))
    request = rf.get("/admin/")
    request.user = make_user(*Role.values)
    request.desk_page = ""
    pages = walked(request)
    assert len(pages) > 60
    faults = []
    at_desk(request.user, "index")
    for name, path in pages.items():
        answer = page.goto(live_server.url + path)
        if answer.status != 200:
            faults.append(f"{name}: {answer.status} {path}")
            continue
        if name in ("articles_article_add", "articles_article_change"):
            page.locator(".tiptap[aria-label]").wait_for()
        if name == "articles_article_change":
            page.locator("[data-part=statement] .desk-tag").first.wait_for()
        faults += [f"{name}: {fault}" for fault in found_on(page)]
        faults += [f"{name}: {heard}" for heard in complaints]
        complaints.clear()
    assert faults == [], "\n".join(faults)
    # Of each there is a picture in light and in dark, taken by ``make screenshots``.
    assert missing(pages) == []
