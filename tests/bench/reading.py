"""What readers get, against the yardstick in alternating rounds on one server."""

from statistics import median

from tests.bench.printing import line
from tests.bench.serving import a_page, etag_of, requests_a_second, served

ROUNDS = 5


def measure() -> None:
    """Print how many requests a second each address answers, and what share that is of the bare view's."""
    page = a_page()
    with served() as site:
        article, bare = f"{site}/articles/{page.edition.article.slug}/", f"{site}/bare/{page.pk}/"
        tries = {
            "bare view": [bare],
            "article page": [article],
            "article page, gzip": ["-H", "Accept-Encoding: gzip", article],
            "article page, 304": ["-H", f"If-None-Match: {etag_of(article)}", article],
            "home": [f"{site}/"],
        }
        figures = {name: [] for name in tries}
        for _ in range(ROUNDS):
            for name, arguments in tries.items():
                figures[name].append(requests_a_second(*arguments))
    yardstick = median(figures["bare view"])
    for name, found in figures.items():
        rate = median(found)
        aim = ", aim at least 60 %" if name == "article page" else ""
        line(f"{name}, requests/s", rate, f"{rate / yardstick:.0%} of the bare view{aim}")
