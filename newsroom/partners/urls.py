"""The partners' own addresses, under /api/v1/."""

from django.urls import path

from newsroom.partners.api import Confirmations

urlpatterns = [path("confirmations/", Confirmations.as_view(), name="api-confirmations")]
