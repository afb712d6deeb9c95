"""Every kind of problem that the API answers with: its code, status and title, and what there is to do about it.

A code is for ever: clients compare it, and the address of its page is the ``type`` of the problem (RFC 9457). The
words are English; the pages have them in the languages of the site.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class ProblemType:
    """``title`` is the same for every occurrence; ``meaning`` says what happened and ``remedy`` what helps."""

    status: int
    title: str
    meaning: str
    remedy: str


PROBLEM_TYPES: dict[str, ProblemType] = {
    "bad_request": ProblemType(
        400,
        _("The request cannot be read"),
        _("Something of the request breaks the rules of HTTP, or it holds more parameters than we read."),
        _("Send it as the description of the API has it, to our own host name."),
    ),
    "parameter_unknown": ProblemType(
        400,
        _("A parameter is not known here"),
        _("An answer that ignored a parameter would mislead whoever reads it, so such a request is refused."),
        _("Look at the name in the list of errors; its message says which names are known at this address."),
    ),
    "parameter_twice": ProblemType(
        400,
        _("A parameter was given twice"),
        _("Of two values we would have to leave one out without telling."),
        _("Give every parameter once."),
    ),
    "parameter_malformed": ProblemType(
        400,
        _("The value of a parameter is not right"),
        _("The value is not of the kind that the parameter takes, or outside its bounds."),
        _("The list of errors names the parameter and says what it takes."),
    ),
    "cursor_malformed": ProblemType(
        400,
        _("This cursor was not made here"),
        _("A cursor is taken from an answer of ours and works for the list it came from, and for no other."),
        _("Start from the first page, and follow the address in next as it is."),
    ),
    "parse_error": ProblemType(
        400,
        _("The body of the request cannot be read"),
        _("What was sent is not the JSON that its media type says it is."),
        _("Send JSON in UTF-8."),
    ),
    "key_refused": ProblemType(
        401,
        _("This key does not let you in"),
        _(
            "The key was revoked, has expired, is not used from an address it is allowed from, or is none of ours."
        ),
        _("Use another of your keys, or ask us for a new one. Without a key you read what everybody reads."),
    ),
    "authentication_failed": ProblemType(
        401,
        _("We do not know who asks"),
        _("The header Authorization holds something that we cannot read as a key."),
        _("Send Authorization: Bearer, a space and the key as it was told to you."),
    ),
    "not_authenticated": ProblemType(
        401,
        _("A key is needed"),
        _("What stands at this address is for partners."),
        _("Send Authorization: Bearer, a space and your key."),
    ),
    "forbidden": ProblemType(
        403,
        _("This is not for you"),
        _("We know who asks, and what was asked for is not theirs."),
        _("Ask us if you think that it should be."),
    ),
    "permission_denied": ProblemType(
        403,
        _("This key may not do that"),
        _("The key lets you in, and it is not made for what was asked for."),
        _("Use a key that is, or ask us for one."),
    ),
    "scope_missing": ProblemType(
        403,
        _("This key is not made for that"),
        _("Every key is made for some uses; this one lacks the use that the address asks for."),
        _("Use a key with the scope that the message names, or have one made."),
    ),
    "not_found": ProblemType(
        404,
        _("There is nothing public here"),
        _(
            "Nothing ever stood at this address, or nothing that is public now: which of the two, nobody is told."
        ),
        _("Check the address. What is published later may stand here then."),
    ),
    "method_not_allowed": ProblemType(
        405,
        _("That cannot be done here"),
        _("The address does not take this method; most of the API can only be read."),
        _("The header Allow says which methods there are."),
    ),
    "not_acceptable": ProblemType(
        406,
        _("There is no such form of this"),
        _("None of the media types that the request accepts is one in which this can be had."),
        _("Send another Accept, or name a form with the parameter format where there is more than one."),
    ),
    "article_gone": ProblemType(
        410,
        _("The article is no longer available"),
        _("It was public and was retracted, unpublished or taken down. Whoever shows a copy should stop."),
        _("Remove it; where there is a notice, it says what to tell readers."),
    ),
    "request_too_large": ProblemType(
        413,
        _("The request is too large"),
        _("The body is longer than anything that this address takes."),
        _("Send less at a time."),
    ),
    "address_too_long": ProblemType(
        414,
        _("The address is too long"),
        _("Path and parameters together are longer than any request of the API needs to be."),
        _("Ask for less at a time."),
    ),
    "unsupported_media_type": ProblemType(
        415,
        _("We do not read this kind of body"),
        _("The body of the request has a media type that this address does not take."),
        _("Send JSON, and say so in Content-Type."),
    ),
    "throttled": ProblemType(
        429,
        _("Too many requests"),
        _("You have asked for more than your share for now."),
        _(
            "Wait as long as Retry-After says. Ask with If-None-Match, and follow the changes instead of asking again."
        ),
    ),
    "server_error": ProblemType(
        500,
        _("Something went wrong on our side"),
        _("The fault is ours and has been written down."),
        _("Try again later. Nothing was changed."),
    ),
    "too_slow": ProblemType(
        503,
        _("This takes too long"),
        _("What was asked for takes the database longer than anybody should wait, so it was given up."),
        _("Ask for less: a shorter time, or filters that fewer articles meet."),
    ),
    "unavailable": ProblemType(
        503,
        _("We cannot answer just now"),
        _("The database cannot be reached, or is busy for longer than anybody should wait."),
        _("Try again after the time in Retry-After."),
    ),
}
