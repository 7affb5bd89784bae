"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Base layout, components and forms."""

    name = "kimwerk.ui"
    label = "ui"
    verbose_name = _("Interface")
