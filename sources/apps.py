from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = "Sources"

    def ready(self):
        from sources.origins import following  # noqa: F401, PLC0415 (follows captures once the models are there)
