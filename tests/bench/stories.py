"""Stories to measure with: as long as the seed story, each in words of its own."""

from datetime import timedelta
from pathlib import Path

from articles.documents import build_content, content_digest
from articles.dossier import open_dossier
from articles.models import Approval, Article, Check, Waiver
from articles.readiness import draft_blockers
from articles.rules.blockers import BLOCKERS
from articles.rules.stages import Stage

PARAGRAPH = (
    "Prime Minister Ada Sample and President Ben Muster signed treaty number {n} in Port Sample on 27 May 2026, to"
    " let ships of both states use each other's harbours [1, 2, 3, 4, 5].\n\n"
    "The treaty covers fishing, rescue at sea and the safety of cables [1, 3, 5, 6]. Both leaders named the cables"
    ' first [1, 2, 3, 4]. Sample said, "We share a sea and we will share the watch over it in year {n}" [4], while'
    ' Muster called the pact "a quiet step that took ten years" and noted that "nobody at this table had to be'
    ' persuaded of number {n}" [1, 2].\n\n'
    "The text lets the two navies train together. It sets up a joint office with a staff of forty [1, 3, 7]. It also"
    " opens three ports to research ships [4, 8, 9].\n\n"
    "Cables matter most, since nine in ten messages between the two capitals pass the strait [1, 2, 3, 6]. Muster said"
    ' the treaty "answers what fishermen of village {n} told us" [3]. A shared log of incidents will be kept [1, 6, 8].'
    "\n\n"
    'The agreement reaffirmed "the freedom of the strait for all peaceful traffic" [5]. It builds on a fishing accord'
    ' of 2019 [1, 3, 6]. Sample called it "the most useful page we have signed in {n} days" [3] and said "the work'
    ' begins on Monday" [1].\n\n'
    "The signing ends ten years of talks number {n} [1, 3, 4, 7]."
)


def write_folder(folder: Path, count: int, *, first: int = 0) -> list[Path]:
    """``count`` text files in ``folder``, numbered from ``first``."""
    files = [folder / f"2019-05-03-story-{n:06d}.txt" for n in range(first, first + count)]
    for n, file in enumerate(files, first):
        file.write_text(PARAGRAPH.format(n=n), encoding="utf-8")
    return files


def make_ready(article: Article, *, checker, editor, now) -> None:
    """Bring an imported draft to where it can be published, past the acts: only publishing is measured."""
    dossier = open_dossier(article)
    recorded = {"article": article, "at": now}
    Check.objects.bulk_create(
        Check(segment=seen.key, fingerprint=seen.fingerprint, verdict="supports", by=checker, **recorded)
        for seen in dossier.segments
        if not seen.rests_on_nothing
    )
    Waiver.objects.bulk_create(
        Waiver(
            code=blocker.code,
            place=blocker.place,
            fingerprint=blocker.fingerprint,
            reason="benchmark",
            repair_by=now + timedelta(days=1),
            by=editor,
            **recorded,
        )
        for blocker in draft_blockers(dossier)
        if not BLOCKERS[blocker.code].absolute
    )
    Approval.objects.create(digest=content_digest(build_content(dossier)), by=editor, **recorded)
    for stage in (Stage.FACT_CHECK, Stage.APPROVED):
        Article.objects.filter(pk=article.pk).update(stage=stage)
