"""The addresses readers keep."""

from django.urls import path

from articles.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/<slug:slug>/", views.article, name="article"),
]
