"""In which categories personal data are consented to and handed out: the words a grant and a disclosure share."""

from __future__ import annotations

from enum import StrEnum


class DataCategory(StrEnum):
    """A category of facts about a person. A consent names it, and a disclosure is checked against it."""

    IDENTITY = "identity"  # names, birth, sex, nationality
    CONTACT = "contact"
    ADDRESS = "address"
    FAMILY = "family"
    RESIDENCE = "residence"  # arrival, title, authority
    LANGUAGE = "language"  # languages and interpreter
    EDUCATION = "education"
    WORK = "work"
    LIVELIHOOD = "livelihood"
    HOUSING = "housing"
    CONCERN = "concern"  # the matter of a referral
    PLAN = "plan"  # goals and steps
    HEALTH = "health"
    ORIGIN = "origin"  # racial or ethnic origin
    RELIGION = "religion"
    SEXUAL_ORIENTATION = "sexual_orientation"

    @property
    def is_special(self) -> bool:
        """Whether Art. 9 GDPR protects it: it is then consented to by itself, never in a bundle."""
        return self in _SPECIAL


_SPECIAL = frozenset({DataCategory.HEALTH, DataCategory.ORIGIN, DataCategory.RELIGION, DataCategory.SEXUAL_ORIENTATION})
