"""Whom to tell of what happens to an article, and how notices name it to those who may see it."""

from django.urls import reverse

from articles.access import ACTS
from articles.models import Approval, Article, Challenge, Comment
from articles.models.section import covering
from newsroom.accounts.models import User
from newsroom.notices.subjects import Subject, register
from newsroom.notices.telling import WORDS

# The page of the article where a notice leads; the story for the others.
_PAGES = {
    "article.submitted": "check",
    "article.sent_to_review": "ready",
    "article.assigned": "work",
    "article.approved": "ready",
    "article.published": "published",
    "article.scheduled": "published",
    "edition.rescheduled": "published",
    "edition.held": "published",
    "article.removed": "published",
    "article.removal_to_confirm": "published",
    "article.removal_unconfirmed": "published",
    "article.correction_opened": "evidence",
    "segment.checked_negative": "check",
    "article.checks_lapsed": "check",
}

# Notices that ask for the next step: none does once a draft has moved on.
WAITED_FOR = ("article.submitted", "article.sent_to_review", "article.approved")


def those_who_may(act: str, article: Article | None = None) -> set[int]:
    """The keys of the users whose roles allow ``act``, and who work on drafts like ``article``. One query."""
    people = User.objects.filter(is_active=True, groups__name__in=ACTS[act].roles)
    if article is not None:
        people = people.filter(covering(article))
    return set(people.values_list("pk", flat=True))


def seconds_of(article: Article, act: str) -> set[int]:
    """The keys of those who may do ``act`` and whose own article it is not."""
    return those_who_may(act, article) - article.owners()


def approvers(article: Article) -> set[int]:
    """The keys of those whose approval of the draft stands."""
    return set(Approval.objects.filter(article=article, withdrawn_at=None).values_list("by", flat=True))


def name_what_notices_are_about() -> None:
    """Called once the models are there."""
    register("articles.article", _articles)
    register("articles.comment", _comments)
    register("articles.challenge", _challenges)


def _articles(reader, notices) -> dict[int, Subject]:
    """Headlines of drafts, to who may see them alone."""
    articles = Article.objects.visible_to(reader).filter(pk__in={notice.about_id for notice in notices})
    known = articles.only("headline", "slug").in_bulk()
    return {
        notice.pk: Subject(str(known[notice.about_id]), _path(notice))
        for notice in notices
        if notice.about_id in known
    }


def _path(notice) -> str:
    page = _PAGES.get(notice.kind, "change")
    place = notice.facts.get("place", "")
    return reverse(f"admin:articles_article_{page}", args=[notice.about_id]) + (
        f"#s-{place}" if place else ""
    )


def _comments(reader, notices) -> dict[int, Subject]:
    """What was said, and of which article, to who may see the draft alone."""
    seen = Article.objects.visible_to(reader)
    comments = Comment.objects.filter(pk__in={notice.about_id for notice in notices}, article__in=seen)
    known = comments.select_related("article").in_bulk()
    return {
        notice.pk: Subject(str(said.article), comment_path(said), said.text[:WORDS])
        for notice in notices
        if (said := known.get(notice.about_id))
    }


def _challenges(reader, notices) -> dict[int, Subject]:
    """What a reader wrote, and of which article, to who may see the article alone."""
    seen = Article.objects.visible_to(reader)
    rows = Challenge.objects.filter(pk__in={notice.about_id for notice in notices}, edition__article__in=seen)
    known = rows.select_related("edition__article").in_bulk()
    return {
        notice.pk: Subject(str(doubted.article), challenge_path(doubted), doubted.words[:WORDS])
        for notice in notices
        if (doubted := known.get(notice.about_id))
    }


def challenge_path(challenge: Challenge) -> str:
    """Where a reader's challenge stands at the desk."""
    return reverse("admin:articles_challenge_change", args=[challenge.pk])


def comment_path(comment: Comment) -> str:
    """Where a comment stands at the desk."""
    page = reverse("admin:articles_article_comments", args=[comment.article_id])
    return f"{page}#comment-{comment.parent_id or comment.pk}"
