"""Official keys of places: municipality key (AGS), regional key (ARS), district key.

The digits nest: state (2), administrative district (1), district or independent town (2), then, in the
ARS only, the association of municipalities (4), and the municipality (3). Hennef (Sieg) is AGS
05 3 82 020 and ARS 05 3 82 0020 020, in the district 05 3 82. Source: Destatis, GV-ISys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

NORTH_RHINE_WESTPHALIA = "05"
STATES = 16

_DIGITS = re.compile(r"[0-9]+")


class KeyProblem(StrEnum):
    """What is wrong with a key."""

    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"  # often a leading zero that a spreadsheet has taken away
    NO_SUCH_STATE = "no_such_state"


class OfficialKeyError(ValueError):
    """The text is no key of that kind; `problem` says why."""

    def __init__(self, problem: KeyProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, order=True, slots=True)
class DistrictKey:
    """Five digits: a district (Kreis) or an independent town (kreisfreie Stadt), such as 05382."""

    digits: str

    def __post_init__(self) -> None:
        _check(self.digits, 5)

    @classmethod
    def parse(cls, text: str) -> DistrictKey:
        """The key from text that may hold blanks. Raises OfficialKeyError."""
        return cls(_without_blanks(text))

    @property
    def land(self) -> str:
        """The state's two digits, 01 to 16."""
        return self.digits[:2]

    @property
    def regierungsbezirk(self) -> str:
        """The administrative district's digit within the state; 0 where a state has none."""
        return self.digits[2]

    @property
    def kreis(self) -> str:
        """The district's two digits within its administrative district."""
        return self.digits[3:5]

    @property
    def is_in_nrw(self) -> bool:
        """Whether the place lies in North Rhine-Westphalia."""
        return self.land == NORTH_RHINE_WESTPHALIA

    @property
    def grouped(self) -> str:
        """For reading: "05 3 82"."""
        return f"{self.land} {self.regierungsbezirk} {self.kreis}"

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, order=True, slots=True)
class Ags:
    """Amtlicher Gemeindeschlüssel: the eight digits of a municipality, such as 05382020."""

    digits: str

    def __post_init__(self) -> None:
        _check(self.digits, 8)

    @classmethod
    def parse(cls, text: str) -> Ags:
        """The key from text that may hold blanks. Raises OfficialKeyError."""
        return cls(_without_blanks(text))

    @property
    def district(self) -> DistrictKey:
        """The district or independent town the municipality belongs to, with land and so on."""
        return DistrictKey(self.digits[:5])

    @property
    def land(self) -> str:
        """The state's two digits, 01 to 16."""
        return self.district.land

    @property
    def regierungsbezirk(self) -> str:
        """The administrative district's digit within the state."""
        return self.district.regierungsbezirk

    @property
    def kreis(self) -> str:
        """The district's two digits within its administrative district."""
        return self.district.kreis

    @property
    def gemeinde(self) -> str:
        """The municipality's three digits within its district; 000 for an independent town."""
        return self.digits[5:]

    @property
    def is_in_nrw(self) -> bool:
        """Whether the municipality lies in North Rhine-Westphalia."""
        return self.district.is_in_nrw

    @property
    def grouped(self) -> str:
        """For reading: "05 3 82 020"."""
        return f"{self.district.grouped} {self.gemeinde}"

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, order=True, slots=True)
class Ars:
    """Amtlicher Regionalschlüssel: the twelve digits of a municipality, such as 053820020020."""

    digits: str

    def __post_init__(self) -> None:
        _check(self.digits, 12)

    @classmethod
    def parse(cls, text: str) -> Ars:
        """The key from text that may hold blanks. Raises OfficialKeyError."""
        return cls(_without_blanks(text))

    @property
    def ags(self) -> Ags:
        """The municipality key: the same without the association of municipalities."""
        return Ags(self.digits[:5] + self.digits[9:])

    @property
    def verband(self) -> str:
        """The four digits of the association of municipalities within the district."""
        return self.digits[5:9]

    @property
    def grouped(self) -> str:
        """For reading: "05 3 82 0020 020"."""
        return f"{self.ags.district.grouped} {self.verband} {self.ags.gemeinde}"

    def __str__(self) -> str:
        return self.digits


def _check(digits: str, length: int) -> None:
    if not _DIGITS.fullmatch(digits):
        raise OfficialKeyError(KeyProblem.NOT_DIGITS)
    if len(digits) != length:
        raise OfficialKeyError(KeyProblem.WRONG_LENGTH)
    if not 1 <= int(digits[:2]) <= STATES:
        raise OfficialKeyError(KeyProblem.NO_SUCH_STATE)


def _without_blanks(text: str) -> str:
    return "".join(text.split())
