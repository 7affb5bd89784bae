"""The quick line: "erstberatung siegburg 2 ukraine 30min" read piece by piece, never guessed silently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from kimwerk.activities.days import DaySpan
from kimwerk.activities.quantities import Quantity, find_day, find_number
from kimwerk.activities.types import ShorthandField
from kimwerk.activities.vocabulary import Term, Vocabulary, WordIndex
from kimwerk.kernel.names import text_key

LONGEST_LINE = 400
"""Characters of a quick line that are read; what stands behind them is reported as unknown."""


class Meaning(NamedTuple):
    """A field and what it would hold."""

    field: ShorthandField
    value: Term | date | DaySpan | int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the line, text[start:end], that was understood."""

    text: str
    start: int
    end: int
    field: ShorthandField
    value: Term | date | DaySpan | int | None


@dataclass(frozen=True, slots=True)
class UnknownPiece:
    """A stretch of the line that means nothing here, with what it resembles."""

    text: str
    start: int
    end: int
    suggestions: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class AmbiguousPiece:
    """A stretch of the line that could mean several things; nothing was taken from it."""

    text: str
    start: int
    end: int
    choices: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Shorthand:
    """What a quick line says. A field nobody wrote is None or empty; `count` is "3x", three like activities.

    Every word of the line is in exactly one of `understood`, `unknown` and `ambiguous`.
    """

    text: str
    day: date | None = None
    day_to: date | None = None
    kind: Term | None = None
    channel: Term | None = None
    municipality: Term | None = None
    site: Term | None = None
    topics: tuple[Term, ...] = ()
    target_groups: tuple[Term, ...] = ()
    legal_circles: tuple[Term, ...] = ()
    referral_target: Term | None = None
    partners: tuple[Term, ...] = ()
    participants_target: int | None = None
    participants_partner: int | None = None
    minutes: int | None = None
    count: int | None = None
    understood: tuple[Piece, ...] = ()
    unknown: tuple[UnknownPiece, ...] = ()
    ambiguous: tuple[AmbiguousPiece, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether every word was understood."""
        return not self.unknown and not self.ambiguous


_TOKEN = re.compile(r"\S*@\S*|[^\W_]+|[<>~?=%±≈!*_#$&+]")
_DOUBTFUL = frozenset("<>~?=%±≈!*_#$")
_FILLERS = frozenset(
    (
        *("a", "am", "an", "auf", "bei", "beim", "das", "dem", "den", "der", "des", "die", "ein", "eine"),
        *("einem", "einer", "fuer", "im", "in", "inkl", "ins", "je", "mit", "nach", "per", "pro", "sowie"),
        *("u", "und", "vom", "von", "vor", "zu", "zum", "zur"),
    )
)
_MANY = frozenset(
    {
        ShorthandField.TOPICS,
        ShorthandField.TARGET_GROUPS,
        ShorthandField.LEGAL_CIRCLES,
        ShorthandField.PARTNERS,
        ShorthandField.FILLER,
    }
)
_DAYS = frozenset({ShorthandField.DAY, ShorthandField.PERIOD})


class _Token(NamedTuple):
    key: str
    start: int
    end: int


@dataclass(slots=True)
class _Find:
    """A stretch with every meaning it could have; none at all when it is unknown."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    suggestions: tuple[Meaning, ...] = ()
    is_bare_number: bool = False
    is_conflict: bool = False


_indexes: WeakKeyDictionary[Vocabulary, WordIndex[Meaning]] = WeakKeyDictionary()


def _index_of(vocabulary: Vocabulary) -> WordIndex[Meaning]:
    """All lists in one index, made once for each vocabulary."""
    if (index := _indexes.get(vocabulary)) is None:
        index = _indexes[vocabulary] = WordIndex(_meanings(vocabulary))
    return index


def _meanings(vocabulary: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    lists = (
        (ShorthandField.KIND, vocabulary.kinds),
        (ShorthandField.MUNICIPALITY, vocabulary.municipalities),
        (ShorthandField.SITE, vocabulary.sites),
        (ShorthandField.CHANNEL, vocabulary.channels),
        (ShorthandField.REFERRAL_TARGET, vocabulary.referral_targets),
        (ShorthandField.TARGET_GROUPS, vocabulary.target_groups),
        (ShorthandField.TOPICS, vocabulary.topics),
        (ShorthandField.LEGAL_CIRCLES, vocabulary.legal_circles),
        (ShorthandField.PARTNERS, vocabulary.partners),
    )
    for place, terms in lists:
        for word, term in terms.words():
            if not text_key(word).isdecimal():  # "§ 24" folds to "24", which on this line is a number
                yield word, Meaning(place, term)


def read_shorthand(text: str, vocabulary: Vocabulary, today: date) -> Shorthand:
    """Read one line. Days count backwards from `today`: a weekday or "24.12." is the last such day.

    A bare number is the number of people of the target group. Takes a few hundred microseconds.
    """
    finds = list(_finds(text, _index_of(vocabulary), today))
    return _Settlement(text, vocabulary).settle(finds)


def _finds(text: str, index: WordIndex[Meaning], today: date) -> Iterator[_Find]:
    tokens = [_Token(text_key(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text[:LONGEST_LINE])]
    position = 0
    while position < len(tokens):
        find = _find_at(text, tokens, position, index, today)
        yield find
        while position < len(tokens) and tokens[position].start < find.end:
            position += 1
    if text[LONGEST_LINE:].strip():
        yield _Find(LONGEST_LINE, len(text), ())


def _find_at(text: str, tokens: list[_Token], position: int, index: WordIndex[Meaning], today: date) -> _Find:
    """The longest thing that begins here: several words, a day, a number, one word, the beginning of one."""
    token = tokens[position]
    if "@" in text[token.start : token.end]:
        return _Find(token.start, token.end, ())
    return (
        _words_at(tokens, position, index, fewest=2)
        or _quantity(find_day(text, token.start, today) or find_number(text, token.start))
        or _words_at(tokens, position, index, fewest=1)
        or _filler(text, token)
        or _beginning_at(tokens, position, index)
        or _Find(token.start, token.end, (), index.resembling(token.key) if token.key else ())
    )


def _filler(text: str, token: _Token) -> _Find | None:
    if token.key in _FILLERS or not (token.key or text[token.start] in _DOUBTFUL):
        return _Find(token.start, token.end, (Meaning(ShorthandField.FILLER, None),))
    return None


def _quantity(found: Quantity | None) -> _Find | None:
    if found is None:
        return None
    meanings = tuple(Meaning(place, found.value) for place in found.fields if found.value is not None)
    return _Find(found.start, found.end, meanings, is_bare_number=found.is_bare)


def _words_at(tokens: list[_Token], position: int, index: WordIndex[Meaning], fewest: int) -> _Find | None:
    most = min(index.longest.get(tokens[position].key, 1), len(tokens) - position)
    for count in range(most, fewest - 1, -1):
        words = tokens[position : position + count]
        if meanings := index.exactly(" ".join(word.key for word in words)):
            return _Find(words[0].start, words[-1].end, meanings)
    return None


def _beginning_at(tokens: list[_Token], position: int, index: WordIndex[Meaning]) -> _Find | None:
    """The most words that begin a name: "gespraeche in den kom"."""
    most = min(index.longest.get(tokens[position].key, 1), len(tokens) - position)
    for count in range(most, 0, -1):
        words = tokens[position : position + count]
        if meanings := index.beginning_with(" ".join(word.key for word in words)):
            return _Find(words[0].start, words[-1].end, meanings)
    return None


@dataclass(slots=True)
class _Settlement:
    """Gives every find its place: first what is certain, then what the certain ones decide."""

    text: str
    vocabulary: Vocabulary
    single: dict[ShorthandField, Meaning] = field(default_factory=dict)

    def settle(self, finds: list[_Find]) -> Shorthand:
        for find in finds:
            if len(find.meanings) == 1 and not find.is_bare_number:
                self._claim(find)
        for find in finds:
            if len(find.meanings) > 1 and not (find.is_bare_number or find.is_conflict):
                find.meanings = self._narrowed(find.meanings)
                self._claim(find)
        for find in finds:
            if find.is_bare_number and find.meanings:
                find.meanings = self._narrowed_number(find.meanings)
                self._claim(find)
        return self._result(finds)

    def _claim(self, find: _Find) -> None:
        """Take the place of a single field; a second, different claim makes the find ambiguous."""
        if len(find.meanings) != 1 or find.meanings[0].field in _MANY:
            return
        meaning = find.meanings[0]
        place = ShorthandField.DAY if meaning.field in _DAYS else meaning.field
        taken = self.single.setdefault(place, meaning)
        if taken != meaning:
            find.meanings, find.is_conflict = (taken, meaning), True
        elif conflict := self._conflict_of_places():
            del self.single[place]
            find.meanings, find.is_conflict = conflict, True

    def _conflict_of_places(self) -> tuple[Meaning, ...]:
        """A site and a municipality that it does not stand in cannot both be meant."""
        site, town = self._term(ShorthandField.SITE), self._term(ShorthandField.MUNICIPALITY)
        if site is None or town is None or site.municipality_id in {None, town.id}:
            return ()
        return (Meaning(ShorthandField.MUNICIPALITY, town), Meaning(ShorthandField.SITE, site))

    def _narrowed(self, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """What the rest of the line leaves of several meanings; the user sees every choice taken here."""
        if already := [meaning for meaning in meanings if meaning in self.single.values()]:
            return (already[0],)
        left = tuple(meaning for meaning in meanings if meaning.field not in self.single) or meanings
        for rule in (_by_place, self._by_kind, _by_channel):
            left = rule(left)
        return left

    def _by_kind(self, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """An office is where one refers to if the line is a referral, and a partner if it is not."""
        fields = {meaning.field for meaning in meanings}
        kind = self.single.get(ShorthandField.KIND)
        if fields != {ShorthandField.REFERRAL_TARGET, ShorthandField.PARTNERS} or kind is None:
            return meanings
        is_referral = isinstance(kind.value, Term) and kind.value.id in self.vocabulary.referral_kinds
        wanted = ShorthandField.REFERRAL_TARGET if is_referral else ShorthandField.PARTNERS
        return tuple(meaning for meaning in meanings if meaning.field is wanted)

    def _narrowed_number(self, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """The first bare number counts the target group; a further one could be anything still missing."""
        if ShorthandField.PARTICIPANTS_TARGET not in self.single:
            return meanings[:1]
        return tuple(meaning for meaning in meanings if meaning.field not in self.single) or meanings

    def _result(self, finds: list[_Find]) -> Shorthand:
        understood = tuple(
            Piece(self.text[find.start : find.end], find.start, find.end, *find.meanings[0])
            for find in finds
            if len(find.meanings) == 1
        )
        return Shorthand(
            text=self.text,
            day=self._first_day(),
            day_to=self._last_day(),
            kind=self._term(ShorthandField.KIND),
            channel=self._term(ShorthandField.CHANNEL),
            municipality=self._municipality(),
            site=self._term(ShorthandField.SITE),
            topics=_terms(understood, ShorthandField.TOPICS),
            target_groups=_terms(understood, ShorthandField.TARGET_GROUPS),
            legal_circles=_terms(understood, ShorthandField.LEGAL_CIRCLES),
            referral_target=self._term(ShorthandField.REFERRAL_TARGET),
            partners=_terms(understood, ShorthandField.PARTNERS),
            participants_target=self._number(ShorthandField.PARTICIPANTS_TARGET),
            participants_partner=self._number(ShorthandField.PARTICIPANTS_PARTNER),
            minutes=self._number(ShorthandField.MINUTES),
            count=self._number(ShorthandField.COUNT),
            understood=understood,
            unknown=tuple(
                UnknownPiece(self.text[find.start : find.end], find.start, find.end, find.suggestions)
                for find in finds
                if not find.meanings
            ),
            ambiguous=tuple(
                AmbiguousPiece(self.text[find.start : find.end], find.start, find.end, find.meanings)
                for find in finds
                if len(find.meanings) > 1
            ),
        )

    def _term(self, place: ShorthandField) -> Term | None:
        meaning = self.single.get(place)
        return meaning.value if meaning and isinstance(meaning.value, Term) else None

    def _number(self, place: ShorthandField) -> int | None:
        meaning = self.single.get(place)
        return meaning.value if meaning and isinstance(meaning.value, int) else None

    def _municipality(self) -> Term | None:
        """The municipality that was named, else the one of the site."""
        site = self._term(ShorthandField.SITE)
        named = self._term(ShorthandField.MUNICIPALITY)
        if named or site is None or site.municipality_id is None:
            return named
        return self.vocabulary.municipalities.get(site.municipality_id)

    def _first_day(self) -> date | None:
        meaning = self.single.get(ShorthandField.DAY)
        value = meaning.value if meaning else None
        if isinstance(value, DaySpan):
            return value.first
        return value if isinstance(value, date) else None

    def _last_day(self) -> date | None:
        meaning = self.single.get(ShorthandField.DAY)
        return meaning.value.last if meaning and isinstance(meaning.value, DaySpan) else None


def _terms(understood: tuple[Piece, ...], place: ShorthandField) -> tuple[Term, ...]:
    found = [piece.value for piece in understood if piece.field is place and isinstance(piece.value, Term)]
    return tuple(dict.fromkeys(found))


def _by_place(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """A town and the sites in it that begin alike: the town, which is true of every one of them."""
    towns = [meaning for meaning in meanings if meaning.field is ShorthandField.MUNICIPALITY]
    if len(towns) != 1 or not isinstance(towns[0].value, Term):
        return meanings
    town = towns[0].value
    elsewhere = [
        meaning
        for meaning in meanings
        if meaning.field is not ShorthandField.SITE
        or (isinstance(meaning.value, Term) and meaning.value.municipality_id != town.id)
    ]
    return tuple(elsewhere)


def _by_channel(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """ "telefon" alone is the kind "Beratung per Telefon"; beside another kind it is the channel."""
    kinds = tuple(meaning for meaning in meanings if meaning.field is ShorthandField.KIND)
    others = {meaning.field for meaning in meanings} - {ShorthandField.KIND}
    return kinds if len(kinds) == 1 and others == {ShorthandField.CHANNEL} else meanings
