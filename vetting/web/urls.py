"""The first page and the choice of language."""

from django.urls import path
from django.views.i18n import set_language

from vetting.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("sprak/", set_language, name="set_language"),
]
