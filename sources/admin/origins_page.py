"""The page "Origins": from which source this one copies, which copy it, and what looks alike and waits for a word."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.asking import may
from newsroom.desk_choosing import offered
from newsroom.desk_forms import ActForm, form_at
from sources.admin.origin_forms import (
    DERIVES,
    IS_ORIGIN,
    ORIGIN_FORMS,
    ClearOriginForm,
    ConfirmForm,
    DeriveForm,
    RejectForm,
)
from sources.admin.pages import SourcePage, page_of_source
from sources.models import Likeness, Source
from sources.origins import outline_of, picture_of, proposals_for, suggestions_for, tree_of

# Proposals shown at once, the likest first; and how many sources the field offers while one types.
SHOWN = 20
OFFERED = 100


@dataclass(frozen=True)
class Proposal:
    """Another source whose text resembles this one's, why one may copy the other, and the forms that decide."""

    likeness: Likeness
    other: Source
    reasons: list[str]
    confirm: ActForm | None
    reject: ActForm | None

    @property
    def percent(self) -> int:
        return round(100 * self.likeness.score)


@page_of_source
class OriginsPage(SourcePage):
    name = "origins"
    title = _("Origins")
    template = "admin/sources/source/origins.html"
    forms = ORIGIN_FORMS

    def find(self, pk):
        related = ("publisher", "created_by", "derives_from__publisher")
        return Source.objects.filter(pk=pk).select_related(*related).first()

    def context(self, request, source, bound):
        may_keep = may(request.user, "keep_evidence") and not source.confidential
        proposed = proposals_for(source)
        tree = tree_of(source)
        return {
            "proposals": _proposals(proposed[:SHOWN], source, request.user, bound, may_keep),
            "more": len(proposed) > SHOWN,
            "rejected": _rejected(source),
            "picture": picture_of(tree, source) if tree.root.below else "",
            "outline": outline_of(tree, source),
            "left_out": tree.left_out,
            "derive": form_at(DeriveForm, source, request.user, "", bound) if may_keep else None,
            "clear": form_at(ClearOriginForm, source, request.user, "", bound)
            if may_keep and source.derives_from_id
            else None,
            "offered": _offered(source) if may_keep else [],
        }


def _proposals(
    pairs: list[Likeness], source: Source, user, bound: ActForm | None, may_keep: bool
) -> list[Proposal]:
    suggested = suggestions_for(pairs)
    proposals = []
    for pair in pairs:
        other, suggestion = _other(pair, source), suggested[pair.pk]
        confirm = reject = None
        if may_keep:
            which = DERIVES if suggestion.source.pk == source.pk else IS_ORIGIN
            known = {"other": other.public_id, "which": which, "how": suggestion.how}
            confirm = form_at(ConfirmForm, source, user, "", bound, **known)
            reject = form_at(RejectForm, source, user, "", bound, likeness=pair.pk)
        proposals.append(Proposal(pair, other, suggestion.reasons, confirm, reject))
    return proposals


def _rejected(source: Source) -> list[tuple[Likeness, Source]]:
    pairs = Likeness.objects.filter(Q(left=source) | Q(right=source), state=Likeness.State.REJECTED)
    pairs = pairs.select_related("left", "right", "decided_by").order_by("-decided_at")
    return [(pair, _other(pair, source)) for pair in pairs[:SHOWN]]


def _other(pair: Likeness, source: Source) -> Source:
    return pair.right if pair.left_id == source.pk else pair.left


def _offered(source: Source) -> list[str]:
    latest = Source.objects.filter(confidential=False).exclude(pk=source.pk).order_by("-pk")[:OFFERED]
    return [offered(other) for other in latest]
