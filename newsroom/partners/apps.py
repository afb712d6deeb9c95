from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "newsroom.partners"
    label = "partners"
    verbose_name = _("Partners")

    def ready(self):
        # Not at the top: they import models, which are there only once the apps are; people listens, the page hangs
        # itself in.
        from articles.copies import register  # noqa: PLC0415
        from newsroom.partners import board_page, people, telling  # noqa: F401, PLC0415
        from newsroom.partners.copies import copies_held  # noqa: PLC0415

        telling.name_what_notices_are_about()
        register(copies_held)
