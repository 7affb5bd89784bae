"""What words mean in the diary: labels, codes and aliases, found whole, by beginning or by likeness."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Generic, TypeVar

from kimwerk.kernel.names import text_key

SHORTEST_BEGINNING = 3
"""Characters a word needs before its beginning alone is taken for the whole; "er" could be anything."""

MOST_CHOICES = 12
"""An ambiguous word offers at most so many meanings; beyond that a list helps nobody."""

ALIKE = 0.68
"""Ratio (0 to 1, difflib) from which a misspelt word is shown as a suggestion."""

_CLOSEST_CANDIDATES = 12

T = TypeVar("T")


class WordIndex(Generic[T]):
    """Meanings by folded word. Several meanings may share a word; then all of them are found."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        self._exact: dict[str, tuple[T, ...]] = {}
        for word, meaning in words:
            self._add(text_key(word), meaning)
        self._add_words_written_together()

    def _add(self, key: str, meaning: T) -> None:
        known = self._exact.get(key, ())
        if key and meaning not in known:
            self._exact[key] = (*known, meaning)

    def _add_words_written_together(self) -> None:
        """ "E-Mail" is also found as "email", unless that is a word of its own."""
        together: dict[str, tuple[T, ...]] = {}
        for key, meanings in self._exact.items():
            joined = key.replace(" ", "")
            if joined != key and joined not in self._exact:
                together[joined] = tuple(dict.fromkeys((*together.get(joined, ()), *meanings)))
        self._exact |= together

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._exact)

    @cached_property
    def _by_trigram(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for key in self._exact:
            for trigram in _trigrams(key):
                index.setdefault(trigram, []).append(key)
        return index

    @cached_property
    def longest(self) -> dict[str, int]:
        """The number of words of the longest entry that begins with a given word."""
        longest: dict[str, int] = {}
        for key in self._exact:
            words = key.split(" ")
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
        return longest

    def exactly(self, key: str) -> tuple[T, ...]:
        """Everything called just so."""
        return self._exact.get(key, ())

    def beginning_with(self, key: str) -> tuple[T, ...]:
        """Everything whose name begins so, at most MOST_CHOICES; nothing for less than SHORTEST_BEGINNING."""
        found: dict[T, None] = {}
        if len(key) < SHORTEST_BEGINNING:
            return ()
        keys = self._sorted
        for position in range(bisect_left(keys, key), len(keys)):
            if not keys[position].startswith(key) or len(found) >= MOST_CHOICES:
                break
            found.update(dict.fromkeys(self._exact[keys[position]]))
        return tuple(found)[:MOST_CHOICES]

    def resembling(self, key: str, limit: int = 3) -> tuple[T, ...]:
        """What may have been meant, most alike first; only a suggestion, never taken by itself."""
        shared = Counter(other for trigram in _trigrams(key) for other in self._by_trigram.get(trigram, ()))
        matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        ranked: list[tuple[float, str]] = []
        for other, _ in shared.most_common(_CLOSEST_CANDIDATES):
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() >= ALIKE and (ratio := matcher.ratio()) >= ALIKE:
                ranked.append((-ratio, other))
        found = dict.fromkeys(meaning for _, other in sorted(ranked) for meaning in self._exact[other])
        return tuple(found)[:limit]


def _trigrams(key: str) -> set[str]:
    padded = f"  {key} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing words can mean. `words` are its short code and aliases; the label counts by itself.

    `municipality_id` is set for sites: the municipality the site stands in.
    """

    id: int
    label: str
    words: tuple[str, ...] = ()
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a text was found to mean: one term, or several it could be, or some it resembles."""

    term: Term | None = None
    choices: tuple[Term, ...] = ()
    suggestions: tuple[Term, ...] = ()


class Terms:
    """The terms of one list, found by what people write."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._by_id = {term.id: term for term in terms}

    def __iter__(self) -> Iterator[Term]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, term_id: int) -> Term | None:
        """The term with this id, or None when the list has none."""
        return self._by_id.get(term_id)

    def words(self) -> Iterator[tuple[str, Term]]:
        """Every label, code and alias with the term it stands for."""
        for term in self:
            for word in (term.label, *term.words):
                yield word, term

    @cached_property
    def index(self) -> WordIndex[Term]:
        """The words of this list, folded; made on first use."""
        return WordIndex(self.words())

    def exactly(self, text: str) -> Term | None:
        """The one term called just so; None when there is none or more than one."""
        found = self.index.exactly(text_key(text))
        return found[0] if len(found) == 1 else None

    def look_up(self, text: str, *, suggests: bool = True) -> Lookup:
        """Find by the whole word, else by an unambiguous beginning, else suggest what is alike.

        Finding takes microseconds, suggesting some hundreds of them: long lists may do without.
        """
        key = text_key(text)
        if not key:
            return Lookup()
        found = self.index.exactly(key) or self.index.beginning_with(key)
        if len(found) == 1:
            return Lookup(term=found[0])
        if found:
            return Lookup(choices=found)
        return Lookup(suggestions=self.index.resembling(key) if suggests else ())


@dataclass(frozen=True)
class Vocabulary:
    """All words an entry may use. `referral_kinds` are the ids of kinds that name a referral target."""

    kinds: Terms = field(default_factory=Terms)
    channels: Terms = field(default_factory=Terms)
    topics: Terms = field(default_factory=Terms)
    target_groups: Terms = field(default_factory=Terms)
    legal_circles: Terms = field(default_factory=Terms)
    referral_targets: Terms = field(default_factory=Terms)
    municipalities: Terms = field(default_factory=Terms)
    sites: Terms = field(default_factory=Terms)
    staff: Terms = field(default_factory=Terms)
    partners: Terms = field(default_factory=Terms)
    referral_kinds: frozenset[int] = frozenset()


_ABBREVIATED_REGIONS = {"Westf.": "Westfalen", "Rhld.": "Rheinland"}
_BRACKETED = re.compile(r"\s*\(([^)]*)\)")
_BESIDE = re.compile(r"\s+(an der|am)\s+(\w)(\w*)$")
_SHORT_BESIDE = {"an der": "a. d.", "am": "a."}
_SAINT = re.compile(r"^(?:Sankt|St\.?)\s+", re.IGNORECASE)


def municipality_words(official_name: str) -> tuple[str, ...]:
    """Every way people write a municipality, from its official name ("Hennef (Sieg), Stadt").

    The plain name comes first. Two municipalities may share a word; the lookup then reports both.
    """
    base, _, designation = official_name.partition(",")
    base = base.strip()
    plain = _BESIDE.sub("", _BRACKETED.sub("", base)).split("/")[0].strip()
    words = [plain, base, official_name, *_with_region(base), *_with_river(base)]
    title = "Stadt" if "stadt" in designation.lower() else "Gemeinde"
    words.append(f"{title} {plain}")
    for word in tuple(words):
        if (saint := _SAINT.sub("", word)) != word:
            words += [f"St. {saint}", f"Sankt {saint}"]
    return tuple(dict.fromkeys(words))


def _with_region(base: str) -> list[str]:
    """ "Halle (Westf.)" as "Halle Westfalen"; the brackets themselves are folded away."""
    return [base.replace(short, whole) for short, whole in _ABBREVIATED_REGIONS.items() if short in base]


def _with_river(base: str) -> list[str]:
    """ "Mülheim an der Ruhr" as "Mülheim a. d. Ruhr" and "Mülheim a. d. R."."""
    if not (found := _BESIDE.search(base)):
        return []
    start, short = base[: found.start()], _SHORT_BESIDE[found[1]]
    return [f"{start} {short} {found[2]}{found[3]}", f"{start} {short} {found[2]}."]


def person_words(given_name: str, family_name: str) -> tuple[str, ...]:
    """Every way colleagues write one of the staff: "Anna Muster", "Muster, Anna", "A. Muster", "Muster"."""
    initial = given_name[:1]
    return tuple(
        dict.fromkeys(
            (
                f"{given_name} {family_name}",
                f"{family_name}, {given_name}",
                f"{initial}. {family_name}",
                f"{family_name}, {initial}.",
                family_name,
                f"Frau {family_name}",
                f"Herr {family_name}",
            )
        )
    )
