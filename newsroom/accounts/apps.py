from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "newsroom.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self):
        from newsroom.accounts import watching  # noqa: F401, PLC0415 - it listens, and needs the models
