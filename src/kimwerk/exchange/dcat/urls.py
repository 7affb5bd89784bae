"""Addresses of the catalogue of open data, below /daten/."""

from __future__ import annotations

from django.urls import path

from kimwerk.exchange.dcat import views

app_name = "dcat"
urlpatterns = [
    path("katalog.rdf", views.catalogue_rdf, name="rdf"),
    path("katalog.ttl", views.catalogue_turtle, name="turtle"),
    path("katalog.jsonld", views.catalogue_json_ld, name="json-ld"),
]
