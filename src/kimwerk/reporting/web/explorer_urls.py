"""Addresses of the explorer, below /auswertung/."""

from __future__ import annotations

from django.urls import path, re_path

from kimwerk.reporting.web import explorer_views

explorer_patterns = [
    path("explorer/", explorer_views.explorer, name="explorer"),
    re_path(r"^explorer/tabelle\.(?P<form>csv|xlsx)$", explorer_views.explorer_file, name="explorer_file"),
    path("explorer/merken/", explorer_views.explorer_keep, name="explorer_keep"),
    path("explorer/in-den-bericht/", explorer_views.explorer_place, name="explorer_place"),
    path("explorer/gemerkt/", explorer_views.explorations, name="explorations"),
    path("explorer/gemerkt/<int:pk>/", explorer_views.exploration, name="exploration"),
    path("explorer/gemerkt/<int:pk>/teilen/", explorer_views.exploration_share, name="exploration_share"),
    path("explorer/gemerkt/<int:pk>/entfernen/", explorer_views.exploration_remove, name="exploration_remove"),
]
