"""The API's article and list against what they are held against, and its list far down, for everybody and for partners
whose products open part of it."""

from statistics import median

from django.utils import timezone

from articles import filtering, reading
from articles.models import Edition, Rendering, Treaty
from articles.rules.entitlements import Entitlement, Product
from articles.rules.subjects import About
from tests.bench import lists
from tests.bench.lists import DEEP, MANY, Like
from tests.bench.printing import line
from tests.bench.serving import requests_a_second, served
from tests.bench.watching import Watch

ROUNDS = 5
PAGE = 20
READERS = {
    "everybody": None,
    "a partner of one treaty": Entitlement((Product(treaties=("bench-treaty",)),)),
    "a partner of one narrow treaty": Entitlement((Product(treaties=("bench-narrow",), languages=("en",)),)),
}
FILTERS = {
    "by a rare tag": filtering.Filters(about=((About.TAG, ("rare",)), (About.LANGUAGE, ("en",)))),
    "by a common treaty": filtering.Filters(about=((About.TREATY, ("bench-treaty",)),)),
}


def measure() -> None:
    """Print requests a second, the share of the bare view's and how many times the nested serializer's; then the list
    at MANY articles on its first page and far down."""
    for slug in ("bench-treaty", "bench-narrow"):
        Treaty.objects.get_or_create(slug=slug, defaults={"title": f"Treaty {slug}"})
    # What fills the list has no statements of its own: sentence by sentence it is measured before.
    _compared(
        "list of 20 of the API with every citation",
        "nested/cited/",
        "api/v1/articles/?include=statements,quotes,sources",
    )
    lists._fill(MANY, Like.of_the_oldest())
    _compared("list of 20 of the API", "nested/", "api/v1/articles/")
    _article()
    for name, by in READERS.items():
        _deep(name, by)
    for name, filters in FILTERS.items():
        first = Watch()
        now = timezone.now()
        for _ in range(lists.ROUNDS):
            first.take(
                lambda f=filters, n=now: filtering.cards(f, now=n, by=None, before=None, limit=PAGE + 1)
            )
        watch = first.taken()
        line(f"list of the API {name}, ms at {MANY:,}", watch.milliseconds, f"{watch.work:.1f} of work")


def _compared(name: str, nested: str, listed: str) -> None:
    with served() as site:
        slow, fast = _rates(f"{site}/{nested}", f"{site}/{listed}")
    remark = f"{fast / slow:.1f} × a nested serializer's {slow:.1f}, at least 8, aim 25"
    line(f"{name}, requests/s", fast, remark)


def _article() -> None:
    page = Rendering.objects.filter(representation="api").select_related("edition__article").first()
    public_id = page.edition.article.public_id
    with served() as site:
        bare, article = _rates(f"{site}/bare/{page.pk}/", f"{site}/api/v1/articles/{public_id}/")
    line(
        "article of the API, requests/s",
        article,
        f"{article / bare:.0%} of the bare view's {bare:.1f}, aim at least 60 %",
    )


def _rates(*addresses: str) -> list[float]:
    """Requests a second of each, in turns."""
    rounds = [[requests_a_second(address) for address in addresses] for _ in range(ROUNDS)]
    return [median(found) for found in zip(*rounds, strict=True)]


def _deep(name: str, by: Entitlement | None) -> None:
    now = timezone.now()
    entries = Edition.objects.listed(now, by=by).entries("", reading.NEWEST)
    keys = entries.order_by("-renderings__list_key").values_list("renderings__list_key", flat=True)
    at = min(PAGE * DEEP, keys.count()) - PAGE - 1
    places = (None, keys[max(at, 0)])
    watches = [Watch(), Watch()]
    for _ in range(lists.ROUNDS):
        for watch, before in zip(watches, places, strict=True):
            watch.take(lambda b=before: reading.cards(now=now, by=by, before=b, limit=PAGE + 1))
    first, deep = (watch.taken() for watch in watches)
    remark = f"{deep.work:.2f} of work, {deep.work / first.work:.2f} × its first page, {lists.AIM}"
    line(f"list of {name}, page {at // PAGE + 1:,}, ms", deep.milliseconds, remark)
