"""How the API behaves and describes itself. Read by the settings, which take all of SETTINGS."""

from newsroom import environment

SETTINGS = {
    # Who reads without a key, and how much may be asked for (newsroom.partners.throttling).
    "NEWSROOM_ANONYMOUS_API": environment.flag("NEWSROOM_ANONYMOUS_API", True),
    "NEWSROOM_ANONYMOUS_RATE": environment.rate("NEWSROOM_ANONYMOUS_RATE", 60),
    "NEWSROOM_KEY_RATE": environment.rate("NEWSROOM_KEY_RATE", 600),
    "NEWSROOM_KEY_QUOTA": environment.number("NEWSROOM_KEY_QUOTA", 1_000_000),
    "REST_FRAMEWORK": {
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_AUTHENTICATION_CLASSES": ["newsroom.partners.admitting.KeyAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["newsroom.partners.admitting.ScopePermission"],
        "DEFAULT_THROTTLE_CLASSES": ["newsroom.partners.throttling.SharedRate"],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "UNAUTHENTICATED_USER": None,
    },
    "SPECTACULAR_SETTINGS": {
        "TITLE": "Newsroom API",
        "VERSION": "1",
        "OAS_VERSION": "3.1.0",
        "DESCRIPTION": "What the newsroom has published, sentence by sentence, with what each rests on. Partners"
        " write one thing: which edition they show.",
        "SERVE_INCLUDE_SCHEMA": False,
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "newsroom.api.documentation.with_problems",
        ],
        "SCHEMA_PATH_PREFIX": "/api/v1",
        "WEBHOOKS": ["newsroom.partners.webhooks.description.EVENT"],
        # Several things have a kind.
        "ENUM_NAME_OVERRIDES": {
            "BlockKind": "articles.body.model.BLOCK_KINDS",
            "ChangeKind": "articles.rules.change_kinds.CHANGE_KINDS",
            "EditionKind": "articles.rules.kinds.Kind",
            "SourceKind": "sources.models.Source.Kind",
            "SpeakerKind": "sources.models.Speaker.Kind",
        },
    },
}
