from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "newsroom.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self):
        from newsroom.accounts import watching  # noqa: F401, PLC0415 - it listens, and needs the models
