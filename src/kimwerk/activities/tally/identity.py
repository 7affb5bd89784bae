"""Which row is which: the same tally uploaded again must change nothing, an amended row only itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from kimwerk.activities.tally.verdicts import Draft

_Value = str | int | list[int] | None


@dataclass(frozen=True, slots=True)
class Identity:
    """`key` says which activity a row is, `digest` whether it changed; both sha256, as hexadecimal digits.

    `ordinal` counts from 1 the rows of one file that are alike in all that identifies them. Where they carry
    an id of their own, everything above 1 is a repeated id.
    """

    key: str
    digest: str
    ordinal: int


class Identities:
    """Gives the rows of one file their identities, in their order."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, draft: Draft) -> Identity:
        """The identity of the next row."""
        base = natural_key(draft)
        self._seen[base] += 1
        ordinal = self._seen[base]
        key = base if ordinal == 1 else _hash([base, ordinal])
        return Identity(key, content_digest(draft), ordinal)


def natural_key(draft: Draft) -> str:
    """What identifies a row: its own id, else when, who, what and where; not how many and how long."""
    if draft.external_id:
        return _hash(["id", draft.external_id])
    return _hash(
        [
            *("natural", draft.day.isoformat(), _last_day(draft), draft.staff_id, draft.kind_id),
            *(draft.municipality_id, draft.site_id, draft.channel_id, draft.referral_target_id),
        ]
    )


def content_digest(draft: Draft) -> str:
    """Everything a row says; equal digests mean that nothing changed."""
    return _hash(
        [
            *(draft.day.isoformat(), _last_day(draft), draft.staff_id, draft.kind_id, draft.municipality_id),
            *(draft.site_id, draft.channel_id, draft.referral_target_id),
            *(list(draft.topic_ids), list(draft.target_group_ids), list(draft.legal_circle_ids)),
            *(list(draft.partner_ids), draft.participants_target, draft.participants_partner),
            *(draft.minutes, draft.count, draft.note),
        ]
    )


def _last_day(draft: Draft) -> str:
    last: date = draft.day_to or draft.day
    return last.isoformat()


def _hash(values: list[_Value]) -> str:
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()


def single_activities(draft: Draft) -> tuple[Draft, ...]:
    """A row that stands for several like activities as so many drafts; people and minutes still add up."""
    return tuple(
        replace(
            draft,
            count=1,
            participants_target=_share(draft.participants_target, draft.count, number),
            participants_partner=_share(draft.participants_partner, draft.count, number),
            minutes=_share(draft.minutes, draft.count, number),
        )
        for number in range(draft.count)
    )


def _share(total: int | None, count: int, number: int) -> int | None:
    """The first ones get one more where it does not divide."""
    if total is None:
        return None
    return total // count + (number < total % count)
