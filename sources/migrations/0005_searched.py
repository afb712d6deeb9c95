"""The search of the desk finds sources, publishers, speakers and archived texts by their words.

PostgreSQL keeps at most a megabyte of different words of one text, and no text of a hundred thousand characters has
more, whatever its script.
"""

from django.db import migrations

from newsroom.core.finding import searched_column

SOURCE = """
setweight(desk_words(title || ' ' || public_label), 'A')
|| setweight(desk_words(creators), 'B') || strip(desk_words(url))
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_text_search"), ("core", "0002_search")]

    operations = [
        migrations.RemoveIndex(model_name="snapshottext", name="snapshot_text_search"),
        searched_column("sources_snapshottext", "strip(desk_words(left(text, 100000)))", index="snapshot_text_searched"),
        searched_column("sources_source", SOURCE, index="source_searched"),
        searched_column("sources_publisher", "desk_words(name)", index="publisher_searched"),
        searched_column("sources_speaker", "desk_words(name)", index="speaker_searched"),
    ]
