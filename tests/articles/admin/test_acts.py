"""The panel "Ready?" and its forms: shown by the table, refused in place, covering what was on the screen."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from articles import review
from articles.dossier import open_dossier
from articles.models import Check, Edition, Exemption, Waiver
from tests.articles.admin.pages import done, forms_on, offered_acts, page_of, press, refusals_on, signed_in
from tests.making import Desk, cite, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def at(desk, stage):
    """The desk with its article in ``stage``."""
    if stage != "draft":
        review.submit(desk.article, by=desk.reporter, now=desk.now)
    if stage == "review":
        review.send_to_review(desk.article, by=desk.checker, now=desk.now)
    if stage == "approved":
        desk.approve()
    return desk


STEPS = [
    ("draft", "reporter", {"submit"}),
    ("draft", "checker", set()),
    ("draft", "duty", {"submit"}),
    ("fact_check", "reporter", set()),
    ("fact_check", "checker", {"send_to_review", "send_back"}),
    ("fact_check", "editor", {"send_to_review", "send_back", "approve"}),
    ("fact_check", "duty", set()),
    ("review", "editor", {"send_back", "approve"}),
    ("approved", "editor", {"send_back", "withdraw_approval"}),
    ("approved", "duty", {"withdraw_approval", "publish"}),
    ("approved", "reporter", set()),
]


@pytest.mark.parametrize(("stage", "who", "steps"), STEPS)
def test_the_next_steps_are_those_of_the_table(desk, stage, who, steps):
    html = page_of(signed_in(getattr(at(desk, stage), who)), desk.article, "change")
    # By a blocker, or beside the story at any time.
    others = {"check", "exempt", "waive", "comment"}
    assert offered_acts(html) - others == steps


def test_the_panel_names_every_blocker_with_its_place(desk):
    html = page_of(signed_in(desk.reporter), desk.article, "ready")
    assert 'data-code="claim_not_checked" data-place="aaaaaaaaaa"' in html
    assert 'data-code="quote_not_checked" data-place="bbbbbbbbbb"' in html
    assert 'data-code="not_approved"' in html
    assert "cannot be waived" in html


def test_nobody_is_offered_to_check_what_they_worded(desk):
    reporter_who_checks = make_user("reporter", "fact_checker")
    desk.save(body=desk.body(signed="Two states have signed a treaty"))
    assert "check" in offered_acts(page_of(signed_in(reporter_who_checks), desk.article, "check"))
    desk.reporter.groups.add(reporter_who_checks.groups.get(name="fact_checker"))
    html = page_of(signed_in(desk.reporter), desk.article, "check")
    assert "check" not in offered_acts(html)
    assert "You worded this sentence" in html


def test_a_check_of_a_sentence_that_changed_meanwhile_is_refused_and_the_note_kept(desk):
    checker = signed_in(desk.checker)
    html = page_of(checker, desk.article, "check")
    to, _act, hidden = next(form for form in forms_on(html) if form[2]["place"] == desk.KEYS[0])
    desk.save(body=desk.body(signed="Two states tore up a treaty"))
    answer = checker.post(to, hidden | {"verdict": "supports", "note": "Read both."})
    page = answer.content.decode()
    assert refusals_on(page) == {"segment_changed"}
    assert "Read both." in page
    assert "Two states tore up a treaty" in page
    assert not Check.objects.exists()
    # The page shows what there is now, and its form covers that.
    again = next(form[2] for form in forms_on(page) if form[2]["place"] == desk.KEYS[0])
    assert again["fingerprint"] != hidden["fingerprint"]
    assert done(checker.post(to, again | {"verdict": "does_not"}, follow=True))


def test_an_exemption_of_a_sentence_that_changed_meanwhile_is_refused(desk):
    desk.save(body="<p>Hope remains.</p>", headline_rests_on=[], standfirst_rests_on=[])
    editor = signed_in(desk.editor)
    key = open_dossier(desk.reload()).segments[0].key
    form = next(
        f
        for f in forms_on(page_of(editor, desk.article, "ready"))
        if f[1] == "exempt" and f[2]["place"] == key
    )
    desk.save(body=f'<p><span data-segment="{key}">Hope is gone</span>.</p>')
    answer = editor.post(form[0], form[2] | {"reason": "analysis"})
    assert refusals_on(answer.content.decode()) == {"segment_changed"}
    assert not Exemption.objects.exists()


def test_an_exemption_of_a_headline_that_changed_meanwhile_is_refused(desk):
    desk.save(headline_rests_on=[])
    editor = signed_in(desk.editor)
    form = next(
        f for f in forms_on(page_of(editor, desk.article, "ready")) if f[2].get("place") == "headline"
    )
    desk.save(headline="Quite another headline")
    answer = editor.post(form[0], form[2] | {"reason": "analysis"})
    assert refusals_on(answer.content.decode()) == {"segment_changed"}


LINKS = [
    ("headline_missing", {"headline": "", "headline_rests_on": []}, "#field-headline"),
    ("standfirst_missing", {"standfirst": ""}, "#field-standfirst"),
    ("body_empty", {"body": "", "headline_rests_on": [], "standfirst_rests_on": []}, "#field-body"),
    ("headline_without_evidence", {"headline_rests_on": []}, "#id_headline_rests_on"),
    ("number_not_in_evidence", {"standfirst": "Forty 40 states"}, "#field-standfirst"),
    ("sentence_without_evidence", {"body": "<p>Hope remains.</p>"}, "/evidence/?at="),
    ("claim_not_checked", {}, "/check/?at=aaaaaaaaaa#s-aaaaaaaaaa"),
]


@pytest.mark.parametrize(("code", "fields", "anchor"), LINKS)
def test_each_blocker_leads_to_where_it_is_cured(desk, code, fields, anchor):
    desk.save(**fields)
    html = page_of(signed_in(desk.reporter), desk.article, "change")
    item = html.partition(f'class="desk-item" data-code="{code}"')[2].partition('class="desk-item"')[0]
    assert anchor in item.partition("</a>")[0]
    if anchor.startswith("#"):
        assert f'id="{anchor[1:]}"' in html


def test_an_editor_may_not_grant_every_reason(desk):
    desk.save(body="<p>Hope remains.</p>", headline_rests_on=[], standfirst_rests_on=[])
    key = open_dossier(desk.reload()).segments[0].key
    answer = press(
        signed_in(desk.editor), desk.article, "ready", "exempt", place=key, reason="common_knowledge"
    )
    assert refusals_on(answer.content.decode()) == {"invalid_choice"}
    assert done(
        press(signed_in(desk.duty), desk.article, "ready", "exempt", place=key, reason="common_knowledge")
    )


def test_a_summary_names_its_sentences_by_paragraph_and_sentence(desk):
    summary = "<p>Much was agreed.</p>"
    desk.save(body=desk.body() + summary)
    key = open_dossier(desk.reload()).segments[-1].key
    duty = signed_in(desk.duty)
    refused = press(duty, desk.article, "ready", "exempt", place=key, reason="summary", summary_of="9.9")
    assert refusals_on(refused.content.decode()) == {"sentence_unknown"}
    assert done(
        press(duty, desk.article, "ready", "exempt", place=key, reason="summary", summary_of="1.1, 2.1")
    )
    assert Exemption.objects.get().summary_of == list(desk.KEYS)


def test_an_approval_covers_the_version_on_the_screen(desk):
    at(desk, "review")
    editor = signed_in(desk.editor)
    form = next(f for f in forms_on(page_of(editor, desk.article, "ready")) if f[1] == "approve")
    desk.save(headline="Changed meanwhile")
    assert refusals_on(editor.post(form[0], form[2]).content.decode()) == {"draft_changed"}
    assert desk.reload().stage == "review"


def test_an_approval_covers_the_evidence_on_the_screen(desk):
    at(desk, "review")
    editor = signed_in(desk.editor)
    form = next(f for f in forms_on(page_of(editor, desk.article, "ready")) if f[1] == "approve")
    cite(desk.claim, make_source(desk.reporter), by=desk.reporter)
    assert refusals_on(editor.post(form[0], form[2]).content.decode()) == {"draft_changed"}
    # The page that says so shows the evidence as it is now, and its form covers that.
    assert done(press(editor, desk.article, "ready", "approve"))


def test_notes_may_have_several_lines(desk):
    """Browsers end lines in two characters, of which acts know one."""
    note = "Read both.\r\nThe second is clearer."
    assert done(
        press(
            signed_in(desk.checker),
            desk.article,
            "check",
            "check",
            place=desk.KEYS[0],
            verdict="supports",
            note=note,
        )
    )
    assert Check.objects.get().note == "Read both.\nThe second is clearer."


def test_nobody_approves_their_own_article_and_the_page_says_why(desk):
    desk.reporter.groups.add(desk.editor.groups.get(name="editor"))
    html = page_of(signed_in(at(desk, "review").reporter), desk.article, "ready")
    assert "approve" not in offered_acts(html)
    assert "This is your own article" in html


def test_an_act_is_refused_to_whom_no_button_was_shown(desk):
    url = reverse("admin:articles_article_ready", args=[desk.article.pk])
    for act, facts in (("approve", {"version": 1}), ("publish", {"kind": "first"}), ("submit", {})):
        answer = signed_in(desk.checker).post(url, {"act": act} | facts)
        assert refusals_on(answer.content.decode()) == {"not_allowed"}


def test_an_unknown_act_is_a_bad_request(desk):
    url = reverse("admin:articles_article_ready", args=[desk.article.pk])
    assert signed_in(desk.editor).post(url, {"act": "abolish"}).status_code == 400


def test_sending_back_asks_why(desk):
    checker = signed_in(at(desk, "fact_check").checker)
    assert refusals_on(press(checker, desk.article, "ready", "send_back", reason="  ").content.decode()) == {
        "required"
    }
    assert done(press(checker, desk.article, "ready", "send_back", reason="No passages yet"))
    assert desk.reload().stage == "draft"


def test_times_are_those_of_the_newsroom(desk, settings):
    settings.NEWSROOM_TIME_ZONE = "Europe/Warsaw"
    desk.check_all()
    desk.approve()
    duty = signed_in(desk.duty)
    assert "Europe/Warsaw" in page_of(duty, desk.article, "ready")
    answer = press(duty, desk.article, "ready", "publish", kind="first", at="2099-07-01T12:00")
    assert done(answer)
    assert Edition.objects.get().release.showing.lower == datetime(2099, 7, 1, 10, 0, tzinfo=UTC)
    # Nobody takes it for published: what it says is when it shows, also where the next steps are.
    told = "Edition 1 waits: it shows from 1 Jul 2099, 12:00 (Europe/Warsaw)."
    assert told in answer.content.decode()
    assert answer.redirect_chain[0][0] == reverse("admin:articles_article_published", args=[desk.article.pk])
    assert told in page_of(duty, desk.article, "ready")


@pytest.mark.parametrize("moment", ["2026-03-29T01:30", "soon", "2026-13-01T00:00", "99999-01-01T00:00"])
def test_a_moment_that_does_not_exist_is_refused(desk, moment):
    """On 29 March 2026 London's clocks went from one to two."""
    desk.check_all()
    desk.approve()
    answer = press(signed_in(desk.duty), desk.article, "ready", "publish", kind="first", at=moment)
    assert refusals_on(answer.content.decode())
    assert not Edition.objects.exists()


def test_a_moment_in_the_past_is_refused_on_its_field(desk):
    desk.check_all()
    desk.approve()
    answer = press(
        signed_in(desk.duty), desk.article, "ready", "publish", kind="first", at="2001-01-01T00:00"
    )
    assert refusals_on(answer.content.decode()) == {"moment_passed"}


def test_a_waiver_covers_one_blocker_as_it_stood(desk):
    waived = {"reason": "Breaking", "repair_by": "2099-01-01T10:00"}
    duty = signed_in(desk.duty)
    of = {"code": "claim_not_checked"}
    assert done(press(duty, desk.article, "ready", "waive", place=desk.KEYS[0], of=of, **waived))
    waiver = Waiver.objects.get()
    assert (waiver.code, waiver.place) == ("claim_not_checked", desk.KEYS[0])
    assert waiver.repair_by == datetime(2099, 1, 1, 10, 0, tzinfo=UTC)
    html = page_of(duty, desk.article, "ready")
    assert "desk-blocker--waived" in html
    assert 'data-code="quote_not_checked" data-place' in html


def test_a_lapsed_check_is_shown_as_lapsed_and_holds_again_when_changed_back(desk):
    desk.check_all()
    checker = signed_in(desk.checker)
    desk.save(body=desk.body(signed="Two states have signed a treaty on 27 May 2026"))
    assert 'data-state="lapsed"' in page_of(checker, desk.article, "check")
    desk.save(body=desk.body())
    assert 'data-state="lapsed"' not in page_of(checker, desk.article, "check")
    assert page_of(checker, desk.article, "check").count('data-state="checked"') == 2


def test_after_a_check_the_page_goes_on_to_the_next_statement(desk):
    checker = signed_in(desk.checker)
    answer = press(checker, desk.article, "check", "check", place=desk.KEYS[0], verdict="supports")
    assert answer.redirect_chain[0][0].endswith(f"#s-{desk.KEYS[1]}")


def test_a_check_names_a_verdict(desk):
    answer = press(
        signed_in(desk.checker), desk.article, "check", "check", place=desk.KEYS[0], verdict="perhaps"
    )
    assert refusals_on(answer.content.decode()) == {"invalid_choice"}
