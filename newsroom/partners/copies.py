"""Which partners have copies of articles: what they fetched, and what their webhooks took."""

from articles.copies import Copy
from newsroom.partners.models import Confirmation, Delivery, Fetch, Partner


def copies_held(articles: set[int]) -> dict[int, list[Copy]]:
    """By article (row key), the partners who have it or were told of it, by name. Two queries."""
    newest: dict[tuple[int, str], Copy] = {}
    fetched = Fetch.objects.filter(edition__article__in=articles)
    for article, holder, number, at in fetched.values_list(
        "edition__article", "partner__name", "edition__number", "last_at"
    ):
        _keep(newest, article, Copy(holder, number, at, fetched=True))
    sent = Delivery.objects.filter(change__edition__article__in=articles, state=Delivery.State.DELIVERED)
    for article, holder, number, at in sent.values_list(
        "change__edition__article",
        "endpoint__partner__name",
        "change__edition__number",
        "finished_at",
    ):
        _keep(newest, article, Copy(holder, number, at, fetched=False))
    found: dict[int, list[Copy]] = {}
    for (article, _holder), copy in sorted(newest.items()):
        found.setdefault(article, []).append(copy)
    return found


def held_by(partner: Partner, articles: set[int]) -> set[int]:
    """Those of ``articles`` (row keys) that ``partner`` has fetched or says that it shows. Two queries."""
    fetched = Fetch.objects.filter(partner=partner, edition__article__in=articles).order_by()
    shown = Confirmation.objects.filter(partner=partner, article__in=articles).order_by()
    return {*fetched.values_list("edition__article", flat=True), *shown.values_list("article", flat=True)}


def _keep(newest: dict[tuple[int, str], Copy], article: int, copy: Copy) -> None:
    """What was taken counts before what was only told, then the newer."""
    before = newest.get((article, copy.holder))
    if before is None or (copy.fetched, copy.number, copy.at) > (before.fetched, before.number, before.at):
        newest[article, copy.holder] = copy
