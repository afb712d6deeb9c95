"""What the editor's figure (``static/desk/figure.js``) has to know: where pictures are, and every word it shows."""

from django.urls import reverse
from django.utils.translation import gettext as _


def figure_options() -> dict:
    """In the language of this request."""
    return {
        "offers": reverse("admin:articles_image_offers"),
        "upload": reverse("admin:articles_image_upload"),
        # The id stands in for any other.
        "thumb": reverse("admin:articles_image_thumb", args=["0" * 12]),
        "texts": {
            "figure": _("Picture"),
            "figureTip": _(
                "A picture with its caption, or what is said of the one at the cursor (Ctrl+Alt+F)"
            ),
            "figureTitle": _("A picture in the story"),
            "search": _("Search pictures"),
            "choose": _("Pictures"),
            "noneFound": _("No picture has these words."),
            "missing": _("missing"),
            "uploadTitle": _("Upload another"),
            "file": _("File (JPEG, PNG, WebP or AVIF, 15 MB at most)"),
            "alt": _("Alternative text"),
            "caption": _("Caption"),
            "credit": _("Credit"),
            "usage_terms": _("Usage terms"),
            "upload": _("Upload"),
            "chooseFile": _("Choose a file first."),
            "sending": _("It is being uploaded …"),
            "uploaded": _("It is kept, and chosen."),
            "ownAlt": _("Alternative text here (empty: the picture’s own)"),
            "restsOn": _("The caption rests on"),
            "noSentences": _("There are no sentences yet. Write some and save, then choose."),
            "take": _("Take this picture"),
            "cancel": _("Cancel"),
            "change": _("Change"),
            "remove": _("Take away"),
            "picture": _("picture"),
            "failed": _("The desk did not answer; nothing was changed."),
        },
    }
