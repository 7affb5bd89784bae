"""The texts of one person's cases: sealed with the person's key, which is read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kimwerk.casework.types import Sealed
from kimwerk.persons.keys import PersonSeal, seals_of


class Texts:
    """Seals and opens what is written about one person. An empty text stays empty: there is nothing to hide."""

    def __init__(self, person_id: int, seal: PersonSeal | None = None) -> None:
        self._seal = seal or PersonSeal(person_id)

    def seal(self, text: str, what: Sealed) -> bytes:
        return self._seal.seal(text, purpose=what.value) if text else b""

    def open(self, sealed: bytes | memoryview[int], what: Sealed) -> str:
        """CannotUnseal where the key is gone or out of the actor's reach."""
        return self._seal.open(bytes(sealed), purpose=what.value) if sealed else ""


def texts_about_each(person_ids: Iterable[int]) -> Mapping[int, Texts]:
    """The texts of several persons, by their ids. One query for all keys."""
    return {person_id: Texts(person_id, seal) for person_id, seal in seals_of(person_ids).items()}
