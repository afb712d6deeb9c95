"""What the desk looks like: its colours, its sidebar, its styles and its editor. Read by the settings."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

# A calm blue, dark enough that white on 600 and 600 on white both pass WCAG AA.
PRIMARY = {
    "50": "oklch(97.4% .012 240)",
    "100": "oklch(94.2% .026 240)",
    "200": "oklch(88.9% .05 240)",
    "300": "oklch(80.8% .088 240)",
    "400": "oklch(71% .12 242)",
    "500": "oklch(60% .13 244)",
    "600": "oklch(49% .125 247)",
    "700": "oklch(42.5% .11 248)",
    "800": "oklch(36.5% .09 249)",
    "900": "oklch(31.5% .07 250)",
    "950": "oklch(23.5% .05 252)",
}

# Pages of no one model, above the groups: (title, icon, name of the address, acts that open it).
STANDING = [
    (_("Search"), "search", "find", ("see",)),
    (_("Board"), "view_kanban", "board", ("see",)),
    (_("Calendar"), "calendar_month", "calendar", ("see",)),
    (_("Flash"), "bolt", "flash", ("create",)),
    (_("Scorecard"), "monitoring", "scorecard", ("see_scorecard",)),
    (_("What partners show"), "published_with_changes", "partners_board", ("remind_partner",)),
    (_("Fronts"), "view_quilt", "fronts", ("arrange",)),
    (_("Pages of the site"), "contact_page", "site_pages", ("write_page",)),
]

# (group, [(model, icon)]): a page is shown to whom its model's page is open.
SIDEBAR = [
    (
        _("Coverage"),
        [
            ("articles_article", "article"),
            ("articles_image", "image"),
            ("articles_section", "folder_open"),
            ("articles_treaty", "handshake"),
        ],
    ),
    (
        _("Evidence"),
        [
            ("articles_claim", "fact_check"),
            ("articles_quote", "format_quote"),
            ("articles_citation", "link"),
            ("articles_evidencerule", "gavel"),
        ],
    ),
    (
        _("Sources"),
        [
            ("sources_source", "description"),
            ("sources_publisher", "apartment"),
            ("sources_speaker", "record_voice_over"),
        ],
    ),
    (
        _("What people recorded"),
        [
            ("articles_check", "rule"),
            ("articles_exemption", "remove_done"),
            ("articles_waiver", "hourglass_top"),
            ("articles_approval", "verified"),
            ("articles_import", "upload_file"),
        ],
    ),
    (
        _("Published"),
        [
            ("articles_edition", "newspaper"),
            ("articles_release", "event"),
            ("articles_statement", "format_list_numbered"),
            ("articles_change", "rss_feed"),
        ],
    ),
    (
        _("After publication"),
        [
            ("articles_challenge", "contact_support"),
            ("articles_correction", "published_with_changes"),
            ("articles_recall", "assignment_return"),
            ("articles_removal", "visibility_off"),
            ("articles_seal", "lock"),
            ("articles_formeraddress", "alt_route"),
        ],
    ),
    (
        _("Partners"),
        [
            ("partners_partner", "hub"),
            ("partners_product", "inventory_2"),
            ("partners_apikey", "key"),
            ("partners_usage", "bar_chart"),
        ],
    ),
    (
        _("People"),
        [
            ("accounts_person", "edit_note"),
            ("accounts_user", "group"),
            ("articles_scope", "tune"),
            ("accounts_invitation", "person_add"),
            ("audit_auditevent", "history"),
            ("procrastinate_procrastinatejob", "memory"),
        ],
    ),
]


def time_zone(request) -> tuple[str, str]:
    """The badge at the top of every page: whose clock the times are by."""
    return timezone.get_current_timezone_name(), "info"


def navigation(request) -> list[dict]:
    """The sidebar for ``request.user``: only pages this user may open."""
    # The settings import this module before the site and its models exist.
    from django.contrib import admin  # noqa: PLC0415

    from newsroom.desk_admin import may_any  # noqa: PLC0415

    pages = {f"{m._meta.app_label}_{m._meta.model_name}": page for m, page in admin.site._registry.items()}

    def entry(name, icon):
        return {
            "title": pages[name].opts.verbose_name_plural.capitalize(),
            "icon": icon,
            "link": reverse(f"admin:{name}_changelist"),
        }

    standing = [
        {"title": title, "icon": icon, "link": reverse(f"admin:{name}")}
        for title, icon, name, acts in STANDING
        if may_any(request.user, acts)
    ]
    groups = [{"items": standing, "separator": False, "collapsible": False}] if standing else []
    for title, models in SIDEBAR:
        items = [entry(name, icon) for name, icon in models if pages[name].has_module_permission(request)]
        if items:
            groups.append({"title": title, "items": items, "separator": bool(groups), "collapsible": False})
    return groups


def own_pages(request) -> list[dict]:
    """The pages in the menu of whoever is signed in that are theirs alone; none on the page to sign in."""
    if not request.user.is_authenticated:
        return []
    at_desk = [
        (_("Notices"), reverse("admin:notices")),
        (_("What I am told of"), reverse("admin:notice_choices")),
    ]
    own = [
        *(at_desk if request.user.is_staff else [(_("Pages for partners"), reverse("partners"))]),
        (_("Second factor"), reverse("mfa_index")),
        (_("Where I am signed in"), reverse("usersessions_list")),
    ]
    if request.user.has_usable_password():
        own.append((_("Change password"), reverse("admin:password_change")))
    return [{"title": title, "link": link} for title, link in own]


# Loaded on every page of the desk, in this order.
STYLES = (
    "desk/desk.css",
    "desk/archive.css",
    "desk/writing.css",
    "desk/finding.css",
    "desk/comments.css",
    "desk/notices.css",
    "desk/saving.css",
    "desk/signing_in.css",
    "desk/audit.css",
    "desk/proving.css",
    "desk/work.css",
    "desk/figures.css",
    "desk/partners.css",
)
SCRIPTS = ("desk/desk.js",)


def _file(name: str):
    return lambda request: static(name)


UNFOLD = {
    "SITE_TITLE": "Newsroom",
    "SITE_HEADER": "Newsroom desk",
    "SITE_SYMBOL": "fact_check",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _file("favicon.svg")}],
    "STYLES": [_file(name) for name in STYLES],
    "SCRIPTS": [_file(name) for name in SCRIPTS],
    "SHOW_BACK_BUTTON": True,
    "ENVIRONMENT": "newsroom.desk_look.time_zone",
    "DASHBOARD_CALLBACK": "articles.admin.board.board",
    "COMMAND": {"search_callback": "articles.admin.finding_page.palette"},
    "SIDEBAR": {"navigation": "newsroom.desk_look.navigation"},
    "ACCOUNT": {"navigation": "newsroom.desk_look.own_pages"},
    "COLORS": {"primary": PRIMARY},
}

# Our own modules of the editor, and the nodes and marks they bring. What is kept is decided by articles.body,
# whatever the editor sends.
EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("desk/marks.js")],
        "extensions": dict.fromkeys(["Segment", "QuoteWords", "Dismissed"], html_tags(["span"])),
    },
    {"js": [static_lazy("desk/keys.js")], "extensions": {"SegmentKeys": html_tags([])}},
    {"js": [static_lazy("desk/typing.js")], "extensions": {"SmartQuotes": html_tags([])}},
    {"js": [static_lazy("desk/pasting.js")], "extensions": {"Pasting": html_tags([])}},
    {"js": [static_lazy("desk/beside.js")], "extensions": {"Beside": html_tags([])}},
    {
        "js": [static_lazy("desk/figure.js")],
        "extensions": {"StoryFigure": html_tags(["figure", "figcaption"])},
    },
    {"js": [static_lazy("desk/comments.js")], "extensions": {"Comments": html_tags([])}},
]

# What those modules import of each other: files are served under names with their digest, so a module names a
# module and not a file.
EDITOR_MODULES = {
    f"desk/{name}": f"desk/{name}.js"
    for name in ("asking", "choosing", "citing", "figure_dialog", "folds", "keys", "panel", "segments")
}
