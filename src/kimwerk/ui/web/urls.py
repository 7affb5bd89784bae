"""Addresses of the gallery and the list of keys."""

from __future__ import annotations

from django.urls import path

from kimwerk.ui.web import views

app_name = "ui"

urlpatterns = [
    path("bausteine/", views.gallery, name="gallery"),
    path("tastatur/", views.keyboard, name="keyboard"),
]
