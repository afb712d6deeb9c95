"""Let the queue count how drafts stand, as the worker would right after an act."""

from contextlib import contextmanager

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import tasks
from articles.models import Article, DraftStanding

NAMES = {"articles.tasks.count_standing", "articles.tasks.count_standings_of"}


@contextmanager
def counted(capture):
    """Run the block's acts, then what they queued; ``capture`` is pytest-django's fixture of commit callbacks."""
    with capture(execute=True):
        yield
    while job := ProcrastinateJob.objects.filter(task_name__in=NAMES, status="todo").order_by("pk").first():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job.pk])
        with capture(execute=True):
            getattr(tasks, job.task_name.rpartition(".")[2])(**job.args)


def standing_of(article: Article) -> DraftStanding:
    return DraftStanding.objects.get(article=article)
