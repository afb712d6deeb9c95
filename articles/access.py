"""Who may do what: one table of act × role × state, asked by the button and by the act.

A superuser is asked like everybody else. Acts that depend on more than this table say so in their own refusals
(an exemption's reason, the writer of a sentence).
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext

from articles.models import Article, Challenge, Edition
from articles.models.section import in_scope
from articles.rules.stages import moves
from newsroom.accounts.roles import DESK, WRITERS, Role
from newsroom.core.errors import DomainError


@dataclass(frozen=True)
class Rule:
    """``roles`` may do it; ``on_own`` says whether on their own article; ``four_eyes`` whether the act is the
    second pair of eyes, which no shell may lend in production."""

    roles: frozenset[str]
    on_own: bool = True
    four_eyes: bool = False


ACTS: dict[str, Rule] = {
    "see": Rule(DESK),
    # Also answering, resolving and opening again.
    "comment": Rule(DESK),
    # What readers find wrong: take it on, give it to somebody, note something.
    "handle_challenge": Rule(DESK),
    "resolve_challenge": Rule(frozenset({Role.FACT_CHECKER, Role.EDITOR, Role.DUTY_EDITOR})),
    # To everybody; never by who resolved it: that is per challenge, and refused by articles.challenging.
    "tell_outcome": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR}), on_own=False, four_eyes=True),
    "create": Rule(WRITERS),
    "save": Rule(WRITERS),
    # The draft that somebody else has open (articles.draft_locks).
    "take_over": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "trash": Rule(WRITERS),
    "restore_from_trash": Rule(WRITERS),
    "submit": Rule(WRITERS),
    "send_to_review": Rule(frozenset({Role.FACT_CHECKER, Role.EDITOR})),
    "send_back": Rule(frozenset({Role.FACT_CHECKER, Role.EDITOR})),
    # Never on own wording: that is per sentence, and refused by articles.fact_checking.
    "check": Rule(frozenset({Role.FACT_CHECKER}), four_eyes=True),
    # By reason, see articles.rules.exemptions; never on an own sentence.
    "exempt": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR}), four_eyes=True),
    "waive": Rule(frozenset({Role.DUTY_EDITOR}), four_eyes=True),
    "approve": Rule(frozenset({Role.EDITOR}), on_own=False, four_eyes=True),
    "withdraw_approval": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "publish": Rule(frozenset({Role.DUTY_EDITOR})),
    # A draft goes to somebody without an account: an editor decides, anybody who writes may end it.
    "share": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "revoke_share": Rule(WRITERS),
    # Who checked, waived and approved what: the whole desk's, nobody else's.
    "take_checkers_file": Rule(DESK),
    "reschedule": Rule(frozenset({Role.DUTY_EDITOR})),
    "retract": Rule(frozenset({Role.DUTY_EDITOR})),
    "unpublish": Rule(frozenset({Role.DUTY_EDITOR})),
    "take_down": Rule(frozenset({Role.DUTY_EDITOR})),
    # Never by who took it away: that is per removal, and refused by articles.corrections.
    "confirm_removal": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR}), four_eyes=True),
    "seal": Rule(frozenset({Role.DUTY_EDITOR}), four_eyes=True),
    "change_address": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "archive": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    # Claims, quotes and sources found wrong, wherever they stand.
    "recall": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "release_as_archive": Rule(frozenset({Role.DUTY_EDITOR})),
    # Sources, speakers, claims and quotes are the whole desk's.
    "keep_evidence": Rule(DESK),
    "keep_image": Rule(DESK),
    "capture": Rule(DESK),
    # Seen by eye in the original; never by who chose the passage.
    "sight": Rule(frozenset({Role.FACT_CHECKER}), four_eyes=True),
    # Answers by name for what rests on confidential sources alone; never for an own sentence.
    "vouch": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR}), on_own=False, four_eyes=True),
    "confide": Rule(DESK),
    "look_at_identity": Rule(frozenset({Role.SOURCE_KEEPER})),
    # What readers see of a source, speaker and the like that an edition has printed; whether they may read our whole
    # copy of a source.
    "change_printed": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    # Which articles stand first on a front.
    "arrange": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    # What the newsroom says of itself; never approved by who wrote it: that is per text (articles.site_pages).
    "write_page": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "approve_page": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR}), four_eyes=True),
    # Records entered twice, wherever they are named.
    "merge": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "withdraw_source": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    "embargo_source": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR})),
    # To oneself; to others is asked of articles.assigning.
    "assign": Rule(DESK),
    "unassign": Rule(DESK),
    "hold_legally": Rule(frozenset({Role.DUTY_EDITOR})),
    "lift_legal_hold": Rule(frozenset({Role.DUTY_EDITOR})),
    "invite": Rule(frozenset({Role.ADMINISTRATOR})),
    # What the evidence of the whole desk comes to; of single drafts it tells nothing.
    "see_scorecard": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR, Role.ADMINISTRATOR})),
    # Which partners have taken over what was set right or taken away, and to ask the others to.
    "remind_partner": Rule(frozenset({Role.EDITOR, Role.DUTY_EDITOR, Role.ADMINISTRATOR})),
    "administer": Rule(frozenset({Role.ADMINISTRATOR})),
}


def refusal(user, act: str, article=None) -> DomainError | None:
    """Why ``user`` may not do ``act`` (on ``article``), or None if they may.

    Codes: ``not_allowed`` (role), ``out_of_scope`` (section or language), ``sealed``, ``trashed``, ``own_article``,
    ``wrong_stage``, ``four_eyes_by_shell``. Raises KeyError for an unknown act.
    """
    rule = ACTS[act]
    if not user.roles & rule.roles:
        return DomainError(
            "not_allowed",
            "%(user)s may not do this: it asks for the role of %(roles)s.",
            user=user,
            roles=_any_of(Role(role).label for role in rule.roles),
        )
    if rule.four_eyes and user.acting_through == "shell" and settings.PRODUCTION:
        return DomainError("four_eyes_by_shell", "A second person acts at the desk, not by a shell.")
    if article is None:
        return None
    if not article.is_in_scope_of(user):
        return DomainError("out_of_scope", "You do not work on articles of this section and language.")
    if article.sealed_at and act != "see":
        return DomainError("sealed", "The texts of this article were erased for good.")
    # A link that outsiders have can be ended there, too, before anybody takes the article out again.
    if article.trashed_at and act not in ("see", "restore_from_trash", "revoke_share"):
        return DomainError("trashed", "This article is in the trash. Take it out first.")
    if act != "save" and act in (table := moves(article.steps)) and article.stage not in table[act][0]:
        return _wrong_stage(act, article, table[act][0])
    if not rule.on_own and article.is_own_of(user):
        return DomainError("own_article", "This is your own article: somebody else has to look.")
    return None


def _wrong_stage(act: str, article, starts) -> DomainError:
    here = article.get_stage_display()
    if not starts:
        message = "The section asks for no such step: the article stays in %(stage)s."
        return DomainError("wrong_stage", message, "stage", stage=here)
    message = "The article is in %(stage)s; this asks for %(stages)s."
    return DomainError(
        "wrong_stage", message, "stage", stage=here, stages=_any_of(start.label for start in starts)
    )


def hidden_from(user) -> dict[str, QuerySet]:
    """By kind of object, what ``user`` may not see, so that the audit log does not tell of it either.

    Administrators read the log whole: they keep who works where.
    """
    if Role.ADMINISTRATOR in user.roles or not (works_on := in_scope(user)):
        return {}
    articles = Article.objects.exclude(works_on)
    editions = Edition.objects.filter(article__in=articles)
    challenges = Challenge.objects.filter(edition__in=editions)
    return {"article": articles, "edition": editions, "challenge": challenges}


def may(user, act: str, article=None) -> bool:
    """Whether ``user`` may do ``act`` (on ``article``): what buttons ask."""
    return refusal(user, act, article) is None


def raise_if_may_not(user, act: str, article=None) -> None:
    """What acts ask; raises the :func:`refusal`."""
    if error := refusal(user, act, article):
        raise error


def _any_of(names) -> str:
    return f" {gettext('or')} ".join(sorted(str(name) for name in names))
