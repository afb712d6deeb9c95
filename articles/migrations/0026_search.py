"""Readers search what is published by its words."""

import json

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Now

from articles.rendering.searched import index
from articles.searching import learn_words

# A row is walked past far more often than it is shown: its words stay in the page itself, not in a table beside it.
IN_PLACE = """
ALTER TABLE articles_searchededition SET (toast_tuple_target = 8160);
ALTER TABLE articles_searchededition ALTER english SET STORAGE MAIN, ALTER plain SET STORAGE MAIN;
"""


def fill(apps, schema_editor):
    """Index what shows and what waits; the words of what has become visible can be offered."""
    Rendering = apps.get_model("articles", "Rendering")
    cards = Rendering.objects.filter(representation="card", edition__content__isnull=False)
    cards = cards.filter(
        Q(edition__release__showing__upper_inf=True) | Q(edition__release__showing__endswith__gt=Now())
    )
    entries = cards.order_by("pk").values_list(
        "edition_id", "list_key", "edition__content__document", "edition__release__announced"
    )
    for edition, list_key, document, announced in entries.iterator(chunk_size=200):
        index(edition, list_key, json.loads(document)["content"])
        if announced:
            learn_words(edition)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', "0025_arrangements"),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchedEdition',
            fields=[
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='searched', serialize=False, to='articles.edition')),
                ('list_key', models.CharField(db_collation='C', max_length=48)),
                ('english', django.contrib.postgres.search.SearchVectorField()),
                ('plain', django.contrib.postgres.search.SearchVectorField()),
                ('facets', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'searched edition',
                'verbose_name_plural': 'searched editions',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['-list_key'], name='searched_newest'), django.contrib.postgres.indexes.GinIndex(fields=['english', 'plain', 'facets'], gin_pending_list_limit=512, name='searched_words')],
            },
        ),
        migrations.CreateModel(
            name='SearchedStatement',
            fields=[
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='searched', serialize=False, to='articles.statement')),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('is_claim', models.BooleanField()),
                ('is_quote', models.BooleanField()),
                ('searched', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='articles.searchededition')),
            ],
            options={
                'verbose_name': 'searched statement',
                'verbose_name_plural': 'searched statements',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SearchedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(db_collation='C', max_length=40, unique=True, verbose_name='word')),
                ('folded', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': 'searched word',
                'verbose_name_plural': 'searched words',
                'ordering': ['pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded', 'gin_trgm_ops'), name='searched_word_trigrams')],
            },
        ),
        migrations.RunSQL(IN_PLACE, migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
