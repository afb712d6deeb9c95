"""The checker's file in words: every line of it, in the story's language, for HTML and PDF alike.

Moments are told in UTC, so that the same file is made wherever and whenever it is printed.
"""

from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from articles.models import Check, Citation
from articles.rendering.pages import interface_language
from articles.rules.blockers import BLOCKERS
from articles.rules.exemptions import Reason
from articles.rules.kinds import Kind
from sources.models import Snapshot, Source


def in_words(script: dict) -> dict:
    """``script`` (:mod:`articles.checkers_file.script`) as strings to print."""
    language = interface_language(script["language"])
    with translation.override(language):
        return {
            "language": language,
            "date": script["made"],
            "labels": _labels(),
            "title": script["headline"] or "–",
            "standfirst": script["standfirst"],
            "head": _head(script),
            "texts": [_text(text) for text in script["texts"] if text["text"]],
            "sentences": [_sentence(sentence) for sentence in script["sentences"]],
            "waivers": [_waiver(waiver) for waiver in script["waivers"]],
            "sources": [_source(source) for source in script["sources"]],
        }


def _labels() -> dict[str, str]:
    return {
        "file": _("Checker’s file"),
        "headline": _("Headline and standfirst"),
        "script": _("Script"),
        "waivers": _("Waivers"),
        "sources": _("Sources"),
        "signed": _("Signed off"),
        "unsigned": _("nobody has signed this off"),
        "none": _("none"),
        "copies": _("Archived copies"),
        "no_copy": _("no archived copy"),
    }


def _head(script: dict) -> list[list[str]]:
    edition = script["edition"]
    rows = [
        [_("Article"), f"{script['article']['slug']} ({script['article']['id']})"],
        [
            _("Edition"),
            f"{edition}, {Kind(script['kind']).label}" if edition else _("the draft as it stands"),
        ],
        [_("Byline"), ", ".join(script["bylines"]) or "–"],
        [_("Made") if edition else _("As it stood"), _moment(script["at"])],
    ]
    if script["digest"]:
        rows.append([_("Digest of the edition (SHA-256)"), script["digest"]])
    if script["note"]:
        rows.append([_("Note to readers"), script["note"]])
    if script["archive"]:
        rows.append([_("Rules"), _("From before the evidence rules: nobody has checked it.")])
    elif not script["kept"]:
        rows.append([_("Sign-offs"), _("They were not kept with this edition.")])
    else:
        rows.append(
            [_("Approved"), _by(script["approval"]) if script["approval"] else _("nobody has approved it")]
        )
    if script["published"]:
        rows.append([_("Published by"), _by(script["published"])])
    return rows


def _text(text: dict) -> dict:
    signed = [_exempted(exemption) for exemption in text["exemptions"]]
    rests = ", ".join(map(str, text["rests_on"]))
    return {
        "label": _("Headline") if text["place"] == "headline" else _("Standfirst"),
        "text": text["text"],
        "rests": _("Rests on the numbers: %(numbers)s.") % {"numbers": rests} if rests else "",
        "signed": signed,
    }


def _sentence(sentence: dict) -> dict:
    group = f" [{', '.join(map(str, sentence['group']))}]" if sentence["group"] else ""
    rests = [_("Claim: %(claim)s") % {"claim": sentence["claim"]}] if sentence["claim"] else []
    rests += [_quote(quote) for quote in sentence["quotes"]]
    if sentence["exemption"]:
        rests.append(_("Needs no citation: %(reason)s") % {"reason": Reason(sentence["exemption"]).label})
    return {
        "number": str(sentence["number"]),
        "place": sentence["place"],
        "key": sentence["key"],
        "wording": sentence["wording"] + group,
        "flag": _("not yet checked") if sentence["not_yet_checked"] else "",
        "rests": rests,
        "evidence": [_evidence(entry) for entry in sentence["evidence"]],
        "signed": _signed(sentence),
    }


def _quote(quote: dict) -> str:
    speaker = quote["speaker"]["name"] if quote["speaker"] else _("speaker not known")
    about = [quote["role"], quote["occasion"], quote["said_on"] or "", quote["language"]]
    told = _("Quote: “%(words)s” – %(speaker)s") % {
        "words": quote["words"],
        "speaker": ", ".join([speaker, *filter(None, about)]),
    }
    if quote["original"]:
        told += " " + _("Original (%(language)s): “%(words)s”, translated by %(translator)s.") % {
            "language": quote["original_language"],
            "words": quote["original"],
            "translator": quote["translator"],
        }
    return told


def _evidence(entry: dict) -> dict:
    stance = str(Citation.Stance(entry["stance"]).label)
    carries = str(Citation.Carries(entry["carries"]).label) if entry["carries"] else ""
    passage, snapshot = entry["passage"], entry["snapshot"]
    return {
        "text": ", ".join(filter(None, [f"[{entry['source']}] {stance}", carries, entry["locator"]])),
        "before": passage["prefix"] if passage else "",
        "passage": passage["exact"] if passage else "",
        "after": passage["suffix"] if passage else "",
        "copy": _copy(snapshot) if snapshot else "",
        "eye": _("seen by eye in the original") if entry["seen_by_eye"] else "",
    }


def _signed(sentence: dict) -> list[str]:
    told = []
    for check in sentence["checks"]:
        verdict = str(Check.Verdict(check["verdict"]).label)
        told.append(_noted(_("Checked: %(verdict)s, %(by)s") % {"verdict": verdict, "by": _by(check)}, check))
    told += [_exempted(exemption) for exemption in sentence["exemptions"]]
    told += [_("Answers for it by name: %(by)s") % {"by": _by(voucher)} for voucher in sentence["vouchers"]]
    for sight in sentence["sightings"]:
        said = _("Seen by eye in [%(source)d]: %(by)s") % {"source": sight["source"], "by": _by(sight)}
        told.append(_noted(said, sight))
    return told


def _exempted(exemption: dict) -> str:
    said = _("Exempted as %(reason)s, %(by)s") % {
        "reason": Reason(exemption["reason"]).label,
        "by": _by(exemption),
    }
    return _noted(said, exemption)


def _waiver(waiver: dict) -> str:
    where = waiver["place"]
    if waiver["sentence"]:
        where = _("sentence %(number)d") % {"number": waiver["sentence"]}
    return _("%(message)s %(where)s: waived by %(by)s, to be repaired by %(until)s. %(reason)s") % {
        "message": BLOCKERS[waiver["code"]].message if waiver["code"] in BLOCKERS else waiver["code"],
        "where": f"({where})" if where else "",
        "by": _by(waiver),
        "until": _moment(waiver["repair_by"]),
        "reason": waiver["reason"],
    }


def _source(source: dict) -> dict:
    publisher = source["publisher"]["name"] if source["publisher"] else ""
    title = source["label"] or source["title"] or source["url"] or _("Source not yet identified")
    kind = _("confidential source") if source["confidential"] else str(Source.Kind(source["kind"]).label)
    about = [source["creators"], publisher, kind, source["published_on"] or ""]
    return {
        "number": str(source["number"]),
        "text": ", ".join(filter(None, [title, *about])),
        "url": source["url"],
        "confidential": source["confidential"],
        "copies": [_copy(copy) for copy in source["copies"]],
    }


def _copy(copy: dict) -> str:
    return _("copy %(id)s, %(way)s %(at)s, SHA-256 %(sha256)s") % {
        "id": copy["id"],
        "way": Snapshot.Way(copy["way"]).label,
        "at": _moment(copy["captured_at"]),
        "sha256": copy["sha256"],
    }


def _noted(said: str, record: dict) -> str:
    return f"{said}: {record['note']}" if record["note"] else said


def _by(record: dict) -> str:
    return f"{record['by']}, {_moment(record['at'])}"


def _moment(at: datetime | str) -> str:
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
