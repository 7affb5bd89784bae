"""How small is small in this installation: the setting SMALL_BELOW, which no publication and no page goes below."""

from __future__ import annotations

from django.conf import settings

from kimwerk.reporting.types import THRESHOLDS


def small_below() -> int:
    """Counts from 1 to below that are hidden here, in tables on the screen and in what is published."""
    threshold: int = settings.SMALL_BELOW
    return threshold


def allowed_thresholds() -> tuple[int, ...]:
    """What a publication may choose: the installation's threshold, or a stricter one."""
    return tuple(threshold for threshold in THRESHOLDS if threshold >= small_below())
