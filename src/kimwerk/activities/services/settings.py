"""Setting an organisation's rules for its diary."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.models import DiarySettings
from kimwerk.activities.policies import may_set_up_diary
from kimwerk.audit.services import record


@transaction.atomic
def set_up_diary(
    *, actor: Actor, organisation_id: int, is_note_enabled: bool, change_share: int, change_rows: int, days_shown: int
) -> DiarySettings:
    """Set the rules. Notes that stand already are kept when notes are switched off."""
    if not may_set_up_diary(actor, organisation_id):
        raise PermissionDenied
    settings, _ = DiarySettings.objects.update_or_create(
        organisation_id=organisation_id,
        defaults={
            "is_note_enabled": is_note_enabled,
            "change_share": change_share,
            "change_rows": change_rows,
            "days_shown": days_shown,
        },
    )
    record(actor=actor, action="diary.set_up", subject=settings)
    return settings
