from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Coverage")

    def ready(self):
        # Not at the top: they import models, which are there only once the apps are.
        from articles import noticing  # noqa: PLC0415
        from articles.drifting import look_for_drift  # noqa: PLC0415
        from articles.standings import note_touched  # noqa: PLC0415
        from newsroom.audit.recording import recorded  # noqa: PLC0415
        from sources.capture.signals import captured  # noqa: PLC0415

        recorded.connect(note_touched, dispatch_uid="articles.standings")
        captured.connect(look_for_drift, dispatch_uid="articles.drifting")
        noticing.name_what_notices_are_about()
