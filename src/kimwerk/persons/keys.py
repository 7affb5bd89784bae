"""Sealing a person's most sensitive facts with a key of the person's own (AES-GCM-SIV).

The key is random, sealed by the installation's field keys and kept in a table apart. Purpose and
person are bound to each text, so that nothing sealed for one can be read as another's. Destroying
the key erases everything that it sealed, wherever copies of it lie.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.db.models import QuerySet
from django.utils import timezone

from kimwerk.access.kept import Question, kept
from kimwerk.accounts.sealing import NONCE_BYTES, CannotUnseal, open_sealed, seal
from kimwerk.persons.models import PersonKey

KEY_BITS = 256


def make_key(person_id: int) -> None:
    """Give the person a key. Called once, when the file is opened."""
    key = base64.urlsafe_b64encode(AESGCMSIV.generate_key(KEY_BITS)).decode()
    PersonKey.objects.create(person_id=person_id, wrapped=seal(key, purpose=_wrapping(person_id)))


class PersonSeal:
    """The person's key, read at the first use, for as many texts as there are. Made anew for each errand or page."""

    def __init__(self, person_id: int, wrapped: str | None = None) -> None:
        """`wrapped` is the key as it is kept, where it was read already; empty where there is none in reach."""
        self._person_id = person_id
        self._wrapped = wrapped

    @cached_property
    def _cipher(self) -> AESGCMSIV:
        wrapped = _kept((self._person_id,)).get(self._person_id) if self._wrapped is None else self._wrapped
        if not wrapped:
            raise CannotUnseal(f"person {self._person_id}")
        return AESGCMSIV(base64.urlsafe_b64decode(open_sealed(wrapped, purpose=_wrapping(self._person_id))))

    def seal(self, text: str, *, purpose: str) -> bytes:
        """Encrypt a text about the person. The purpose names the field and is needed to read it again."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), _bound(self._person_id, purpose))

    def open(self, sealed: bytes, *, purpose: str) -> str:
        """Decrypt what `seal` made. CannotUnseal if it is not that, or if the key is gone or out of reach."""
        raw = bytes(sealed)
        try:
            text = self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(self._person_id, purpose))
        except (ValueError, InvalidTag) as error:
            raise CannotUnseal(purpose) from error
        return text.decode()


def seals_of(person_ids: Iterable[int]) -> Mapping[int, PersonSeal]:
    """The seals of several persons, by their ids. One query for all keys."""
    wanted = frozenset(person_ids)
    kept = _kept(wanted)
    return {person_id: PersonSeal(person_id, kept.get(person_id, "")) for person_id in wanted}


def seal_for(person_id: int, text: str, *, purpose: str) -> bytes:
    """Encrypt one text about the person, see `PersonSeal.seal`."""
    return PersonSeal(person_id).seal(text, purpose=purpose)


def open_for(person_id: int, sealed: bytes, *, purpose: str) -> str:
    """Decrypt what `seal_for` made, see `PersonSeal.open`."""
    return PersonSeal(person_id).open(sealed, purpose=purpose)


def destroy_key(person_id: int) -> None:
    """Make everything sealed for the person unreadable, for ever."""
    PersonKey.objects.filter(person=person_id, destroyed_at=None).update(wrapped="", destroyed_at=timezone.now())


@kept
def _wrapped(persons: list[int]) -> QuerySet[PersonKey, tuple[int, str]]:
    return PersonKey.objects.filter(person__in=persons).values_list("person", "wrapped")


def question_of_key(person_id: int) -> Question:
    """What opening a text about the person asks, for whoever asks more at once."""
    return _wrapped.of([person_id])


def _kept(person_ids: Collection[int]) -> dict[int, str]:
    """The keys in the actor's reach as they are kept."""
    return dict(_wrapped(sorted(person_ids))) if person_ids else {}


def _wrapping(person_id: int) -> str:
    return f"person-key:{person_id}"


def _bound(person_id: int, purpose: str) -> bytes:
    return f"{purpose}\0{person_id}".encode()
