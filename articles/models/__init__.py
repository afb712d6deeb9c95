"""The models of coverage, one concept a module.

Desk side: ``article``, ``claim``, ``quote``, ``citation``, ``checking``,
``evidence_rule``, ``imported``. Public side: ``edition``,
``release``, ``statement``, ``change``, and ``public``, the only place that says what is public.
Shared: ``treaty``.
"""

from articles.models.article import Article, Byline, Wording
from articles.models.change import Change
from articles.models.checking import Approval, Check, Exemption, Sighting, Vouching, Waiver
from articles.models.citation import Citation
from articles.models.claim import Claim
from articles.models.edition import Edition, EditionContent, Rendering
from articles.models.evidence_rule import EvidenceRule
from articles.models.imported import Import
from articles.models.quote import Quote
from articles.models.release import Release
from articles.models.statement import Statement, StatementCitation, StatementQuote
from articles.models.treaty import Treaty

__all__ = [
    "Approval",
    "Article",
    "Byline",
    "Change",
    "Check",
    "Citation",
    "Claim",
    "Edition",
    "EditionContent",
    "EvidenceRule",
    "Exemption",
    "Import",
    "Quote",
    "Release",
    "Rendering",
    "Sighting",
    "Statement",
    "StatementCitation",
    "StatementQuote",
    "Treaty",
    "Vouching",
    "Waiver",
    "Wording",
]
