"""Name other claims in a body: where two records were merged, one of them stands for both."""

from collections.abc import Mapping
from dataclasses import replace

from articles.body.model import Block, Body


def claims_in(body: Body) -> set[str]:
    """The public ids of the claims that its segments name."""
    return {segment.claim for block in body.blocks for segment in block.segments if segment.claim}


def with_claims(body: Body, instead: Mapping[str, str]) -> Body:
    """`body` with other claims in its marks: public ids, new by old. Nothing else of it changes."""
    return Body(tuple(_named_anew(block, instead) for block in body.blocks)) if instead else body


def _named_anew(block: Block, instead: Mapping[str, str]) -> Block:
    segments = (
        replace(segment, claim=instead.get(segment.claim, segment.claim)) for segment in block.segments
    )
    return replace(block, segments=tuple(segments))
