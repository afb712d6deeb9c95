"""The search of the desk finds drafts, claims, quotes and treaties by their words."""

from django.db import migrations

from newsroom.core.finding import searched_column

# Of a body the beginning is searched, as of an archived text.
ARTICLE = """
setweight(desk_words(headline || ' ' || slug), 'A') || setweight(desk_words(standfirst), 'B')
|| strip(desk_words(left(desk_text(body), 100000)))
"""
QUOTE = """
setweight(desk_words(left(words, 20000)), 'A') || setweight(desk_words(occasion || ' ' || translator), 'B')
|| strip(desk_words(left(original, 20000)))
"""
TREATY = "setweight(desk_words(title), 'A') || desk_words(desk_list(parties::text[]) || ' ' || signed_at)"


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_amended_records"), ("core", "0002_search")]

    operations = [
        searched_column("articles_article", ARTICLE, index="article_searched"),
        searched_column("articles_claim", "desk_words(left(label, 20000))", index="claim_searched"),
        searched_column("articles_quote", QUOTE, index="quote_searched"),
        searched_column("articles_treaty", TREATY, index="treaty_searched"),
    ]
