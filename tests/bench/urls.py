"""The site's addresses and the yardstick's."""

from django.urls import path

from newsroom.urls import urlpatterns as site
from tests.bench.nested import Nested, NestedCited
from tests.bench.yardstick import bare

urlpatterns = [
    path("bare/<int:pk>/", bare),
    path("nested/", Nested.as_view()),
    path("nested/cited/", NestedCited.as_view()),
    *site,
]
