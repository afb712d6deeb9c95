"""Pages for what went wrong: they help on, in the reader's language, and tell nothing."""

import pytest

from articles.public.errors import server_error
from tests.articles.rendering.html import read

pytestmark = pytest.mark.django_db


def links(answer) -> set[str]:
    return {link["href"] for link in read(answer.text).one("main").all("a")}


def test_a_page_that_is_not_there_leads_on_in_the_language_the_browser_asks_for(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert {"/", "/corrections/", "/contact/"} <= links(answer)
    assert [form["action"] for form in read(answer.text).all("form", role="search")] == ["/search/"]
    polish = client.get("/nowhere/", headers={"accept-language": "pl,en;q=0.5"})
    assert '<html lang="pl">' in polish.text
    assert {"/?lang=pl", "/corrections/?lang=pl", "/contact/pl/"} <= links(polish)
    assert '<html lang="en">' in client.get("/nowhere/", headers={"accept-language": "xx, \x80"}).text
    assert polish.cookies == {}


def test_a_strange_host_is_told_so_on_a_page(client):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "/corrections/" in links(answer)


def test_our_own_fault_is_a_page_without_database_and_styles_in_both_languages(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert 'lang="pl"' in answer.text
    assert "/static/" not in answer.text
    assert {"/", "/corrections/"} <= links(answer)
