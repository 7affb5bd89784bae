"""Addresses of the explorer, below /auswertung/."""

from __future__ import annotations

from django.urls import path, re_path

from kimwerk.reporting.web import data_set_views, explorer_views, series_views

explorer_patterns = [
    path("explorer/", explorer_views.explorer, name="explorer"),
    re_path(r"^explorer/tabelle\.(?P<form>csv|xlsx)$", explorer_views.explorer_file, name="explorer_file"),
    path("explorer/merken/", explorer_views.explorer_keep, name="explorer_keep"),
    path("explorer/in-den-bericht/", explorer_views.explorer_place, name="explorer_place"),
    path("explorer/daten/", data_set_views.data_sets, name="data_sets"),
    path("explorer/daten/<int:pk>/", data_set_views.data_set, name="data_set"),
    path("explorer/daten/<int:pk>/entfernen/", data_set_views.data_set_remove, name="data_set_remove"),
    path("kennzahlen/<slug:key>/ausgaben/", series_views.figure_series, name="figure_series"),
    path("explorer/gemerkt/", explorer_views.explorations, name="explorations"),
    path("explorer/gemerkt/<int:pk>/", explorer_views.exploration, name="exploration"),
    path("explorer/gemerkt/<int:pk>/teilen/", explorer_views.exploration_share, name="exploration_share"),
    path("explorer/gemerkt/<int:pk>/entfernen/", explorer_views.exploration_remove, name="exploration_remove"),
]
