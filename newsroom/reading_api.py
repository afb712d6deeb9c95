"""How the API behaves and describes itself. Read by the settings, which take all of SETTINGS."""

SETTINGS = {
    "REST_FRAMEWORK": {
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_AUTHENTICATION_CLASSES": ["newsroom.partners.admitting.KeyAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "UNAUTHENTICATED_USER": None,
    },
    "SPECTACULAR_SETTINGS": {
        "TITLE": "Newsroom API",
        "VERSION": "1",
        "OAS_VERSION": "3.1.0",
        "DESCRIPTION": "What the newsroom has published, sentence by sentence, with what each rests on. Read-only.",
        "SERVE_INCLUDE_SCHEMA": False,
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "newsroom.api.documentation.with_problems",
        ],
        "SCHEMA_PATH_PREFIX": "/api/v1",
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
