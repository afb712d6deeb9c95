"""The one address of a shared draft. Whatever stands for the token, what does not open answers alike."""

from django.urls import path

from articles.shared import views

urlpatterns = [path("<str:token>/", views.shared, name="shared")]
