"""Lists and pages of the desk that show drafts, or what was recorded about them: each of a draft's doors asks here."""

from django.http import Http404

from articles.models.section import in_scope


class Scoped:
    """Mixed in before an admin page: it has only the rows whose article is one that the user works on.

    ``article_path`` leads from a row to its article, like ``article__``. What is out of scope is not found.
    """

    article_path = "article__"

    def get_queryset(self, request):
        return super().get_queryset(request).filter(in_scope(request.user, self.article_path))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404
