"""The models of coverage, one concept a module.

Desk side: ``advice_answer``, ``challenge``, ``comment``, ``article``, ``assignment``, ``legal_hold``, ``standing``,
``claim``, ``quote``, ``citation``, ``checking``, ``evidence_rule``, ``image``, ``imported``, ``recall``, ``removal``,
``score``, ``sealing``, ``share_link``, ``sign_off``. Public side: ``edition``, ``release``, ``rendition``,
``statement``, ``subject``, ``correction``, ``challenge_outcome``, ``change``, ``searched``,
``site_page``, and ``public``, the only place that says what is public. Shared: ``treaty``, ``section``, and
``former_address``.
"""

from articles.models.advice_answer import AdviceAnswer
from articles.models.arrangement import Arrangement, Pin
from articles.models.article import Article, ArticleTreaty, Byline
from articles.models.assignment import Assignment, Task
from articles.models.challenge import Challenge, ChallengeContact, ChallengeNote
from articles.models.challenge_outcome import ChallengeOutcome
from articles.models.change import Change
from articles.models.changed_moment import ChangedMoment
from articles.models.checking import Approval, Check, Exemption, Sighting, Vouching, Waiver
from articles.models.citation import Citation
from articles.models.claim import Claim
from articles.models.comment import Comment
from articles.models.correction import Correction
from articles.models.draft_lock import DraftLock
from articles.models.edition import Edition, EditionContent, Rendering
from articles.models.evidence_rule import EvidenceRule
from articles.models.former_address import FormerAddress
from articles.models.image import Image
from articles.models.imported import Import
from articles.models.legal_hold import LegalHold
from articles.models.quote import Quote
from articles.models.recall import Recall, RecalledWording
from articles.models.release import Release
from articles.models.removal import Removal
from articles.models.rendition import EditionImage, Rendition
from articles.models.score import MonthScore
from articles.models.sealing import Seal
from articles.models.searched import SearchedEdition, SearchedStatement, SearchedWord
from articles.models.section import Scope, Section
from articles.models.set_aside import SetAside
from articles.models.share_link import ShareLink
from articles.models.sign_off import SignOff
from articles.models.site_page import SitePage, SitePageApproval
from articles.models.standing import DraftStanding
from articles.models.statement import Statement, StatementCitation, StatementQuote
from articles.models.subject import ArticleSubject, EditionSubject
from articles.models.treaty import Treaty
from articles.models.wording import Wording

__all__ = [
    "AdviceAnswer",
    "Approval",
    "Arrangement",
    "Article",
    "ArticleSubject",
    "ArticleTreaty",
    "Assignment",
    "Byline",
    "Challenge",
    "ChallengeContact",
    "ChallengeNote",
    "ChallengeOutcome",
    "Change",
    "ChangedMoment",
    "Check",
    "Citation",
    "Claim",
    "Comment",
    "Correction",
    "DraftLock",
    "DraftStanding",
    "Edition",
    "EditionContent",
    "EditionImage",
    "EditionSubject",
    "EvidenceRule",
    "Exemption",
    "FormerAddress",
    "Image",
    "Import",
    "LegalHold",
    "MonthScore",
    "Pin",
    "Quote",
    "Recall",
    "RecalledWording",
    "Release",
    "Removal",
    "Rendering",
    "Rendition",
    "Scope",
    "Seal",
    "SearchedEdition",
    "SearchedStatement",
    "SearchedWord",
    "Section",
    "SetAside",
    "ShareLink",
    "Sighting",
    "SignOff",
    "SitePage",
    "SitePageApproval",
    "Statement",
    "StatementCitation",
    "StatementQuote",
    "Task",
    "Treaty",
    "Vouching",
    "Waiver",
    "Wording",
]
