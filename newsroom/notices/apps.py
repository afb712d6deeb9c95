from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "newsroom.notices"
    label = "notices"
    verbose_name = "Notices"
