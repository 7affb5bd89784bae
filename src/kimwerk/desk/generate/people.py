"""Who people are: a few thousand invented names in several scripts, and a key of their own for each person."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from random import Random

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.db import connection

from kimwerk.accounts.sealing import NONCE_BYTES, seal
from kimwerk.casework.types import Sealed
from kimwerk.desk.generate.spelling import ORIGINS, STEMS, SYLLABLES, written
from kimwerk.kernel.names import PersonName as Spelling
from kimwerk.persons.identity import SEXES, identity_numbers
from kimwerk.persons.keys import KEY_BITS
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.scripts import script_of
from kimwerk.persons.tokens import tokens_of
from kimwerk.persons.types import Sex

NAMES = 8192
"""How many different people there are by name; a power of two, so that a few bits of a hash choose one."""


@dataclass(frozen=True, slots=True)
class Name:
    """Everything that follows from how somebody is called."""

    number: int
    family: str
    given: str
    sort_key: str
    original_family: str
    original_given: str
    script: str
    nationality: str
    tongue: str
    kinds: list[str]
    tokens: list[str]


def build_names(seed: int) -> Iterator[Name]:
    """Names that look invented, with every word by which they are found."""
    chance = Random(f"names/{seed}")  # noqa: S311  # invents data, keeps no secret
    for number in range(NAMES):
        nationality, tongue, script, endings, givens = chance.choice(ORIGINS)
        family = chance.choice(STEMS) + "".join(chance.choices(SYLLABLES, k=2)) + chance.choice(endings)
        given = chance.choice(givens) + chance.choice(("", "", chance.choice(SYLLABLES)))
        originals = (written(family, script), written(given, script))
        tokens = sorted(tokens_of((f" {family} {given}", *(" ".join(originals),))))
        yield Name(
            number=number,
            family=family,
            given=given,
            sort_key=Spelling(family, given).sort_key,
            original_family=originals[0],
            original_given=originals[1],
            script=script_of("".join(originals)) if script else "",
            nationality=nationality,
            tongue=tongue,
            kinds=[kind.value for kind, _ in tokens],
            tokens=[token for _, token in tokens],
        )


def write_names(seed: int) -> None:
    """Put the names into a table of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table generated_name (number int primary key, family text, given text, sort_key text,"
            " original_family text, original_given text, script text, nationality text, tongue text, kinds text[],"
            " tokens text[]) on commit drop"
        )
        with cursor.copy("copy generated_name from stdin") as copy:
            for name in build_names(seed):
                copy.write_row(astuple(name))
        cursor.execute("analyze generated_name")


def write_identities() -> None:
    """The numbers by which the generated persons are found again, as the room itself writes them."""
    with connection.cursor() as cursor, connection.cursor() as writing:
        cursor.execute(
            "select p.id, n.given, n.family, n.original_given, n.original_family,"
            " coalesce(p.birth_date, make_date(p.birth_year, 1, 1)), p.sex, p.municipality_id"
            " from generated_person p join generated_name n on n.number = p.name"
        )
        writing.execute("create temporary table generated_identity (person_id bigint, keys bigint[]) on commit drop")
        with writing.copy("copy generated_identity from stdin") as copy:
            for person, given, family, original_given, original_family, born, sex, place in cursor.fetchall():
                who = Compared("", given, family, born, SEXES[Sex(sex)], str(place), original_given, original_family)
                copy.write_row((person, f"{{{','.join(map(str, identity_numbers(who)))}}}"))
        writing.execute("create unique index on generated_identity (person_id)")
        writing.execute("analyze generated_identity")


TEXTS = {
    Sealed.NOTE: "Erfundene Notiz: Bescheid besprochen, es fehlen noch Unterlagen.",
    Sealed.GOAL: "Ich will wieder arbeiten.",
    Sealed.STEP: "Termin vereinbaren, Unterlagen mitbringen.",
    Sealed.CLARIFICATION: "Mehrere Stellen sind beteiligt, ein Zugang fehlt.",
    Sealed.RATING: "Die Wohnung ist zu klein.",
    Sealed.DEADLINE: "Rechtzeitig verlängern.",
}
"""What stands in every file; sealed once for each person, for everything of its kind."""


def write_keys(first: int, last: int, last_with_case: int) -> None:
    """Give the persons from `first` to `last` keys; those up to `last_with_case` get sealed texts as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table generated_text (person_id bigint primary key,"
            f" {', '.join(f'{_column(each)} bytea' for each in TEXTS)}) on commit drop"
        )
        cursor.execute(
            "create temporary table generated_key (person_id bigint primary key, wrapped text) on commit drop"
        )
        keys = {person: AESGCMSIV.generate_key(KEY_BITS) for person in range(first, last + 1)}
        with cursor.copy("copy generated_key from stdin") as copy:
            for person, key in keys.items():
                copy.write_row((person, _wrapped(person, key)))
        with cursor.copy("copy generated_text from stdin") as copy:
            for person in range(first, last_with_case + 1):
                copy.write_row((person, *_sealed_texts(person, keys[person])))
        cursor.execute("analyze generated_text, generated_key")


def _wrapped(person: int, key: bytes) -> str:
    """As `persons.keys.make_key` wraps it."""
    return seal(base64.urlsafe_b64encode(key).decode(), purpose=f"person-key:{person}")


def _sealed_texts(person: int, key: bytes) -> Sequence[bytes]:
    """As `persons.keys.PersonSeal` seals them."""
    cipher = AESGCMSIV(key)
    return [
        nonce + cipher.encrypt(nonce, text.encode(), f"{what.value}\0{person}".encode())
        for what, text in TEXTS.items()
        for nonce in [os.urandom(NONCE_BYTES)]
    ]


def _column(what: Sealed) -> str:
    return what.value.rpartition(".")[2]
