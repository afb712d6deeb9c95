"""A confidential source from its entry to a published story: nowhere but in its own table is a trace of who it is.

The walks are over what is there: pages registered, links found, tables, files, commands. A new one is walked by itself.
"""

import gzip
import json
import logging
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command, get_commands
from django.test import Client
from django.urls import reverse

from newsroom.accounts.roles import Role
from sources import confidentiality
from sources.admin.confidential import IdentityPage
from sources.models import SourceIdentity
from tests.articles.admin.pages import signed_in
from tests.journeys.confiding import CONFIDE, LABEL, LOOK, OTHERS, TERMS, TRACES, TYPED, WORDS, Scene
from tests.journeys.walking import (
    answer_of,
    files_in,
    followed,
    pages_of_the_desk,
    rows_of_every_table,
    stored_files,
)
from tests.making import make_user

pytestmark = pytest.mark.django_db

ITS_TABLE = "sources_sourceidentity"

# Our commands, with what each is asked here: what they write may name no confidential source.
ASKED = {
    "checkers_file": [["a-treaty", "--by=duty", *of] for of in ([], ["--edition=1"])],
    "export_evidence": [["a-treaty", "{folder}/evidence.wacz", *of] for of in ([], ["--draft"])],
    "export_story": [
        ["a-treaty", f"--format={name}", *of]
        for of in ([], ["--edition=1"])
        for name in ("numbered", "json", "html", "markdown")
    ],
    "look_for_origins": [[]],
    "publish": [["a-treaty", "--by=duty"]],
    "rebuild_renderings": [[]],
    "rotate_identity_keys": [[]],
    "verify_editions": [[]],
    "verify_snapshots": [[]],
}
# They bring texts and people of their own.
BRING_THEIR_OWN = {
    "demo",
    "first_administrator",
    "import_stories",
    "import_story",
    "load_demo",
    "load_demo_partners",
}


@pytest.fixture(autouse=True)
def nothing_is_logged_or_printed(caplog, capfd):
    """Whatever a test does, no log and no output has a trace."""
    caplog.set_level(logging.DEBUG)
    yield
    lines = [logging.Formatter().format(r) for when in ("setup", "call") for r in caplog.get_records(when)]
    printed = capfd.readouterr()
    assert TRACES.in_("\n".join([*lines, printed.out, printed.err])) == set()


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def many_pages(caplog):
    """Templates tell the log of every name they do not find, with all they know: too much of it for a walk."""
    caplog.set_level(logging.INFO, "django.template")


@pytest.mark.parametrize("who", [*OTHERS, "nobody", "superuser"])
def test_no_page_of_the_desk_shows_who_it_is(scene, many_pages, who, django_user_model):
    scene.looked_at()
    if who == "superuser":
        client = signed_in(django_user_model.objects.create_superuser("root"))
    else:
        client = signed_in(make_user(*({who} & set(Role.values))))
    assert TRACES.on(answer_of(client, address) for address in pages_of_the_desk(["heron", LABEL])) == {}
    # Searched for, the words come back in the search field alone: a source that were found would be linked.
    for word in WORDS[:3]:
        page = answer_of(client, f"{reverse('admin:sources_source_changelist')}?q={word}")[1]
        assert LABEL not in page
    for posted in (LOOK, {"act": "change", "name": "X"}):
        assert " 403" in answer_of(client, scene.identity, **posted)[0]


def test_no_link_on_the_desk_leads_to_who_it_is(scene, many_pages):
    """Not even for somebody who may look, and may do all else: it takes a reason."""
    scene.looked_at()
    assert TRACES.on(followed(scene.keeper, reverse("admin:index"), scene.identity)) == {}


def test_no_reader_and_no_partner_finds_who_it_is_or_when_they_spoke(scene):
    starts = [
        "/",
        scene.desk.article.get_absolute_url(),
        reverse("api"),
        reverse("api-schema"),
        reverse("api-articles"),
        reverse("api-article", args=[scene.desk.article.public_id]),
        reverse("api-source", args=[scene.source.public_id]),
        reverse("source", args=[scene.source.public_id]),
        *(reverse("article-sources", args=["a-treaty", ending]) for ending in ("csl.json", "bib", "ris")),
        *(
            reverse("source-citation", args=[scene.source.public_id, ending])
            for ending in ("csl.json", "bib", "ris")
        ),
        "/no/such/page/",
        "/api/v1/no/such/",
    ]
    surfaces = dict(followed(Client(), *starts))
    assert TRACES.on(iter(surfaces.items())) == {}
    told = "\n".join(surfaces.values())
    assert LABEL in surfaces[f"GET {scene.desk.article.get_absolute_url()} 200"]
    assert LABEL in told
    assert not [words for words in ("Two states will sign", TERMS) if words in told]
    assert not [day for day in ("2026-02-03", "3 February", "03.02.2026") if day in told]


def test_the_edition_tells_the_label_and_neither_date_nor_digest(scene):
    content = json.loads(scene.edition.content.document)["content"]
    [source] = [source for source in content["sources"] if source["id"] == scene.source.public_id]
    assert (source["confidential"], source["label"]) == (True, LABEL)
    silent = ("title", "url", "creators", "publisher", "published_on", "usage_terms", "origin")
    assert [source[name] for name in silent if source[name]] == []
    entries = [entry for statement in content["statements"] for entry in statement["evidence"]]
    cited = [entry for entry in entries if entry["source"] == source["number"]]
    assert cited
    for entry in cited:
        assert (entry["passage"], entry["snapshot"], entry["start"], entry["locator"]) == (
            None,
            None,
            None,
            "",
        )


def test_no_table_but_its_own_no_file_and_no_letter_has_a_trace(scene):
    scene.looked_at()
    scene.keeper.post(
        scene.identity, {"act": "change", "name": TYPED["name"], "contact": WORDS[2], "notes": WORDS[3]}
    )
    assert TRACES.on(rows_of_every_table(but=ITS_TABLE)) == {}
    assert TRACES.in_(bytes(SourceIdentity.objects.get().sealed)) == set()
    for _path, held in stored_files():
        assert TRACES.in_(held) == set()
    assert mail.outbox == []


def test_no_command_writes_it(scene, tmp_path):
    ours = {
        name
        for name, app in get_commands().items()
        if app.split(".")[0] in ("newsroom", "articles", "sources")
    }
    assert ours - set(ASKED) - BRING_THEIR_OWN == set(), "say here how the new command is asked"
    for name, askings in ASKED.items():
        for arguments in askings:
            told = StringIO()
            try:
                given = [argument.format(folder=tmp_path) for argument in arguments]
                call_command(name, *given, stdout=told, stderr=told)
            except CommandError as refusal:
                told.write(str(refusal))
            assert TRACES.in_(told.getvalue()) == set(), (name, arguments)
    assert TRACES.on(files_in(tmp_path)) == {}


def fails_telling_all(*told):
    raise ValueError(f"{TYPED} is not what was expected: {told}")


@pytest.mark.parametrize("debug", [False, True])
def test_no_error_page_repeats_it(scene, settings, monkeypatch, debug):
    settings.DEBUG = debug
    reporter = Client(raise_request_exception=False)
    reporter.force_login(scene.desk.reporter)
    keeper = Client(raise_request_exception=False)
    keeper.force_login(make_user("source_keeper"))
    unknown = IdentityPage.address(10**9)
    change = TYPED | {"act": "change"}
    with monkeypatch.context() as patch:
        patch.setattr(confidentiality, "_seal", fails_telling_all)
        provoked = [reporter.post(CONFIDE, TYPED), keeper.post(scene.identity, change)]
    with monkeypatch.context() as patch:
        patch.setattr(confidentiality, "_unseal", fails_telling_all)
        provoked += [keeper.post(scene.identity, LOOK)]
    with monkeypatch.context() as patch:
        patch.setattr(IdentityPage, "template", "no/such/template.html")
        provoked += [keeper.post(scene.identity, LOOK)]
    assert [answer.status_code for answer in provoked] == [500] * 4
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    provoked += [reporter.post(CONFIDE, TYPED), keeper.post(scene.identity, change)]
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    provoked += [
        reporter.post(
            CONFIDE, "name=Quillfeather&act=confide", content_type="application/x-www-form-urlencoded"
        )
    ]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10**6
    provoked += [
        keeper.post(scene.identity, TYPED),
        keeper.post(unknown, change),
        reporter.post(scene.identity, change),
    ]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(scene.desk.reporter)
    provoked += [strict.post(CONFIDE, TYPED), Client().post(CONFIDE, TYPED)]
    assert [answer.status_code for answer in provoked[4:]] == [400, 400, 400, 400, 404, 403, 403, 302]
    for answer in provoked:
        assert TRACES.in_(answer.content) == set(), answer.request["PATH_INFO"]


def test_the_walks_find_a_trace_where_there_is_one(caplog, many_pages):
    """What the tests above search finds what it should: here the label tells a part of the name."""
    scene = Scene(public_label="A friend of Ms Quillfeather")
    assert TRACES.in_(scene.looked_at()) == set(WORDS)
    reporter = signed_in(scene.desk.reporter)
    shown = TRACES.on(answer_of(reporter, address) for address in pages_of_the_desk(["friend"]))
    pages = " ".join(shown)
    for road in ("source/?q=friend", "autocomplete/?", "/delete/", "auditevent/", "/identity/"):
        assert (road in pages) is (road != "/identity/"), road
    read = TRACES.on(followed(Client(), "/"))
    assert {"GET /articles/a-treaty/ 200"} <= set(read)
    tables = TRACES.on(rows_of_every_table(but=ITS_TABLE))
    assert {
        "public.sources_source.public_label",
        "public.sources_sourceevent.public_label",
        "public.audit_auditevent.label",
        "public.articles_editioncontent.document",
        "public.articles_rendering.gzipped",
    } <= set(tables)
    caplog.clear()


@pytest.mark.parametrize(
    "held",
    [
        b"... QUILLBOX7731 ...",
        json.dumps({"name": "Żdźbło"}),
        "%C5%BBd%C5%BAb%C5%82o",
        "the heron’s fountain",
        gzip.compress("Żdźbło".encode(), mtime=0),
    ],
)
def test_a_trace_is_found_in_every_form(held):
    assert len(TRACES.in_(held)) == 1
