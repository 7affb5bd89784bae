"""Values the diary speaks in."""

from __future__ import annotations

from enum import StrEnum


class CategoryList(StrEnum):
    """The lists an office keeps its categories in; the categories themselves are data, not code."""

    KIND = "kind"
    CHANNEL = "channel"
    TOPIC = "topic"
    TARGET_GROUP = "target_group"
    LEGAL_CIRCLE = "legal_circle"
    REFERRAL_TARGET = "referral_target"


class ShorthandField(StrEnum):
    """What a piece of the quick line says something about."""

    DAY = "day"
    PERIOD = "period"
    KIND = "kind"
    CHANNEL = "channel"
    MUNICIPALITY = "municipality"
    SITE = "site"
    TOPICS = "topics"
    TARGET_GROUPS = "target_groups"
    LEGAL_CIRCLES = "legal_circles"
    REFERRAL_TARGET = "referral_target"
    PARTNERS = "partners"
    PARTICIPANTS_TARGET = "participants_target"
    PARTICIPANTS_PARTNER = "participants_partner"
    MINUTES = "minutes"
    COUNT = "count"
    FILLER = "filler"
