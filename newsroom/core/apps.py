from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "newsroom.core"
    label = "core"
    verbose_name = "Core"

    def ready(self):
        from newsroom.core import checks  # noqa: F401, PLC0415 (registers the checks once the apps are there)
