"""How an organisation keeps its diary."""

from __future__ import annotations

from datetime import date, timedelta

from kimwerk.access.actors import Actor
from kimwerk.activities.models import DiarySettings
from kimwerk.kernel.periods import Period


def settings_of(organisation_id: int) -> DiarySettings:
    """The organisation's own rules, or the defaults, unsaved. One query."""
    found = DiarySettings.objects.filter(organisation=organisation_id).first()
    return found or DiarySettings(organisation_id=organisation_id)


def usual_settings(actor: Actor) -> DiarySettings:
    """The rules at the actor's first place; what a page takes before anything is chosen."""
    return settings_of(actor.grants[0].organisation_id if actor.grants else 0)


def usual_window(settings: DiarySettings, today: date) -> Period:
    """The days a list shows when nobody asks for others."""
    return Period.of_days(today - timedelta(days=settings.days_shown - 1), today)
