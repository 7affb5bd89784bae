"""Which rows of a list are one family, and which row is which person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from kimwerk.arrivals.importing.judging import Draft
from kimwerk.kernel.names import sort_key

LETTERS_ALIKE = 4
"""Family names at one address that begin alike by so many letters are taken for one family: Boiko, Boikova."""


def groups(drafts: Iterable[tuple[int, Draft]]) -> Iterator[tuple[int, int]]:
    """The number of each row with that of the first row of its family.

    Where the file marks families, equal marks are one family. Elsewhere rows that follow each other are, when they
    live at one address or have one telephone and their family names begin alike.
    """
    marked: dict[str, int] = {}
    last, last_group = None, 0
    for number, draft in drafts:
        if draft.family_mark:
            mark = f"{draft.shared.municipality_id} {draft.family_mark}"
            last, last_group = None, marked.setdefault(mark, number)
        elif last is None or not _is_one_family(last, draft):
            last, last_group = draft, number
        else:
            last = draft
        yield number, last_group


def _is_one_family(one: Draft, other: Draft) -> bool:
    mine, theirs = one.shared, other.shared
    at_home = bool(mine.street) and (mine.street, mine.town) == (theirs.street, theirs.town)
    on_phone = bool(mine.phone) and mine.phone == theirs.phone
    return (at_home or on_phone) and mine.municipality_id == theirs.municipality_id and _begins(one) == _begins(other)


def _begins(draft: Draft) -> str:
    return sort_key(draft.member.family_name)[:LETTERS_ALIKE]


def identity_of(draft: Draft) -> tuple[str, str]:
    """Which registration a row is, and everything it says; both as sha256. Their own number is theirs alone."""
    member, shared = draft.member, draft.shared
    natural = [
        *(shared.municipality_id, sort_key(f"{member.family_name} {member.given_names}")),
        *(member.birth_date and member.birth_date.isoformat(), member.original_family, member.original_given),
    ]
    key = [shared.municipality_id, "id", draft.external_id] if draft.external_id else natural
    everything = [
        *natural,
        *(member.family_name, member.given_names, member.sex, member.nationality, member.needs_school),
        *(member.needs_childcare, member.is_health_urgent, member.guardian),
        *(shared.arrived_on.isoformat(), shared.street, shared.postcode, shared.town, shared.host, shared.phone),
    ]
    return _hash(key), _hash(everything)


def _hash(values: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(values, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
