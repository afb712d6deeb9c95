"""What people recorded about the places of a draft, as far as it covers them as they stand."""

from collections import defaultdict
from functools import cached_property

from articles.dossier import Dossier
from articles.fact_checking import passage_choosers, sentence_writers
from articles.models import Approval, Check, Exemption, Vouching, Waiver
from articles.recalling import recalled_in


class Records:
    """Loaded once: four queries, and one more where a segment rests on confidential sources alone."""

    def __init__(self, dossier: Dossier):
        self._article = dossier.article
        self.writers = sentence_writers(dossier)
        self.owners = dossier.article.owners()
        self.exempted: dict[str, set[str]] = {}
        # What covers each place as it stands, in the order in which it was recorded, with who did.
        self.exemptions: dict[str, list[Exemption]] = defaultdict(list)
        self.checks: dict[str, list[Check]] = defaultdict(list)
        self.vouchings: dict[str, list[Vouching]] = defaultdict(list)
        for exemption in Exemption.objects.filter(article=dossier.article).select_related("by"):
            place = exemption.place
            known = place in dossier.texts or place in dossier.by_key
            covered = known and exemption.fingerprint == dossier.exempted_fingerprint(
                place, exemption.summary_of
            )
            if covered and self.is_by_another(exemption):
                self.exempted.setdefault(place, set()).add(exemption.reason)
                self.exemptions[place].append(exemption)
        # A later verdict outweighs an earlier one, so the last by another hand stays.
        self.verdicts: dict[tuple[str, str], str] = {}
        recorded = Check.objects.filter(article=dossier.article).select_related("by").defer("seen")
        for check in recorded.order_by("pk"):
            seen = dossier.by_key.get(check.segment)
            if seen is None:
                continue
            own = check.by_id in self.writers[seen.key] | passage_choosers(seen)
            # One's own "supports" is no second look; one's own doubt still stands.
            if not own or check.verdict != Check.Verdict.SUPPORTS:
                self.verdicts[check.segment, check.fingerprint] = check.verdict
                if check.fingerprint == seen.fingerprint:
                    self.checks[seen.key].append(check)
        self.vouchers = self._vouchers(dossier)
        self.recalled = recalled_in(dossier)

    @cached_property
    def approvals(self) -> list[Approval]:
        """What stands of the draft's approvals, whatever they cover, the oldest first. One query."""
        standing = Approval.objects.filter(article=self._article, withdrawn_at=None)
        return list(standing.select_related("by__person").order_by("pk"))

    def is_by_another(self, record: Exemption | Waiver) -> bool:
        """Whether it was granted by somebody who, as things stand, did not word the place; for what is no sentence's,
        whose own article it is not."""
        return record.by_id not in (self.writers.get(record.place) or self.owners)

    def _vouchers(self, dossier: Dossier) -> dict[str, set[int]]:
        """Who answers for the segments that rest on confidential sources alone, by key: nobody for what is theirs."""
        alone = {seen.key: seen for seen in dossier.segments if seen.rests_on_confidential_alone}
        of_article = Vouching.objects.filter(article=dossier.article).select_related("by")
        recorded = of_article if alone else ()
        vouchers: dict[str, set[int]] = defaultdict(set)
        for vouching in recorded:
            seen = alone.get(vouching.segment)
            if seen is None or vouching.fingerprint != seen.fingerprint:
                continue
            if vouching.by_id not in self.writers[seen.key] | passage_choosers(seen) | self.owners:
                vouchers[seen.key].add(vouching.by_id)
                self.vouchings[seen.key].append(vouching)
        return vouchers
