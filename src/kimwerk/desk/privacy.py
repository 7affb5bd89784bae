"""The desk keeps nothing of its own."""

from __future__ import annotations

from kimwerk.kernel.personal import PersonalField

FIELDS: dict[str, dict[str, PersonalField]] = {}
