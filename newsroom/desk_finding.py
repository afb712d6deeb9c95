"""Lists and choosers of the desk that find their records by words, however many there are."""

from typing import ClassVar

from newsroom.core.finding import asked, newest
from newsroom.core.ids import PUBLIC_ID

# Of what has the words, the newest that a list has to offer, and that a chooser has: who types on needs no more, and
# that many of a common word are among the newest rows.
MOST_LISTED, MOST_CHOSEN_FROM = 300, 60
# Of the records by whose names others are found.
MOST_NAMED = 20


class FoundByWords:
    """A page whose model has the column ``searched`` (newsroom.core.finding), unless it has no ``own_words``.

    ``named_by`` are relations by whose records' words a row is found, too, and the models of those.
    """

    own_words = True
    named_by: ClassVar[dict[str, type]] = {}

    def get_search_results(self, request, queryset, search_term):
        if any(column.name == "merged_into" for column in queryset.model._meta.concrete_fields):
            # The other stands for it: it is listed nowhere and chosen by nobody.
            queryset = queryset.filter(merged_into=None)
        if not search_term.strip():
            return queryset, False
        chooser = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        most = MOST_CHOSEN_FROM if chooser else MOST_LISTED
        sought, found = asked(search_term), set()
        if sought:
            if self.own_words:
                found.update(newest(queryset, sought, most=most).ids)
            for relation, model in self.named_by.items():
                names = newest(model.objects.all(), sought, most=MOST_NAMED).ids
                rows = queryset.filter(**{f"{relation}__in": names}).order_by("-pk")
                found.update(rows.values_list("pk", flat=True)[:most])
        if self.own_words and PUBLIC_ID.fullmatch(given := search_term.strip()):
            found.update(queryset.filter(public_id=given).values_list("pk", flat=True))
        return queryset.filter(pk__in=found), False
