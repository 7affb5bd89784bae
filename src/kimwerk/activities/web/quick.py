"""What a quick line would enter: read, completed with what is usual, judged, and said back before it is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.activities.days import DaySpan
from kimwerk.activities.models import DiarySettings
from kimwerk.activities.selectors.book import Book, book_for, name_of
from kimwerk.activities.selectors.settings import settings_of
from kimwerk.activities.selectors.usual import LastUsed, last_used
from kimwerk.activities.services.judging import judge
from kimwerk.activities.services.refusals import Problems
from kimwerk.activities.shorthand import AmbiguousPiece, Meaning, Shorthand, UnknownPiece, read_shorthand
from kimwerk.activities.shorthand import Piece as UnderstoodPiece
from kimwerk.activities.types import EntryField, EntryProblem, Facts, ShorthandField
from kimwerk.activities.vocabulary import Term, Vocabulary
from kimwerk.activities.web.wording import FIELDS, PIECES, PROBLEMS, days
from kimwerk.kernel.figures import Text
from kimwerk.kernel.names import text_key
from kimwerk.ui.components import Piece, PieceKind

Part = UnderstoodPiece | UnknownPiece | AmbiguousPiece
USUAL_MINUTES = (15, 30, 45, 60, 90)
LEAST_ROUND_MINUTES = 5


@dataclass(frozen=True, slots=True)
class ReadFact:
    """One fact of the coming entry; `is_assumed` where the line did not say it."""

    label: Text
    text: Text
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that takes over a changed line."""

    label: Text
    line: str
    is_current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A word that is unknown or could mean several things, and what it may have been meant for."""

    word: str
    is_unknown: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the line says, for the page. `entries` are the facts to be logged once `is_ready`."""

    line: str
    pieces: tuple[Piece, ...] = ()
    facts: tuple[ReadFact, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Text, ...] = ()
    fewer: Choice | None = None
    more: Choice | None = None
    minutes: tuple[Choice, ...] = ()
    entries: tuple[Facts, ...] = ()
    people: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved as it is."""
        return bool(self.entries) and not self.questions and not self.problems


def read_line(actor: Actor, line: str) -> Reading:
    """Read a line for the actor. Three small queries when warm; a few milliseconds."""
    if not line.strip():
        return Reading("")
    reader = Reader(actor, book_for(actor), last_used(actor), timezone.localdate())
    return reader.read(line)


def line_of_request(request: HttpRequest) -> str:
    """The line a form sent: the one a button takes over, else the typed one."""
    sent = request.POST if request.method == "POST" else request.GET
    return " ".join((sent.get("take") or sent.get("line") or "").split())


@dataclass(frozen=True)
class Reader:
    """Reads lines for one actor on one day."""

    actor: Actor
    book: Book
    last: LastUsed
    today: date

    def read(self, line: str) -> Reading:
        """What the line would enter."""
        said = self._settled(read_shorthand(line, self.book.vocabulary, self.today))
        reading = Reading(
            line=line,
            pieces=tuple(_pieces(said)),
            questions=tuple(self._questions(said)),
            fewer=self._step(said, -1),
            more=self._step(said, 1),
            minutes=tuple(self._minutes(said)),
            people=said.participants_target or 0,
        )
        if said.kind is None:
            missing = (
                () if reading.questions else (_("Which kind of activity was it? Begin with it, for example “vb”."),)
            )
            return replace(reading, problems=missing)
        facts = self.facts(said, said.kind)
        settings = settings_of(facts.organisation_id)
        return replace(
            reading,
            facts=tuple(self._said_back(said, facts)),
            problems=tuple(_sentences(self._problems(facts, settings))),
            entries=(facts,) * (said.count or 1),
        )

    def facts(self, said: Shorthand, kind: Term) -> Facts:
        """The line's facts, completed by what was used last."""
        town = said.municipality.id if said.municipality else self.last.municipality_id
        site = said.site.id if said.site else None
        if site is None and town == self.last.municipality_id:
            site = self.last.site_id
        channel = said.channel or self._channel_of(kind)
        return Facts(
            organisation_id=self.last.organisation_id,
            day=said.day or self.today,
            last_day=said.day_to,
            kind_id=kind.id,
            done_by_id=self.actor.account_id or 0,
            channel_id=channel.id if channel else self.last.channel_id,
            municipality_id=town,
            site_id=site,
            topics=_ids(said.topics),
            target_groups=_ids(said.target_groups),
            legal_circles=_ids(said.legal_circles),
            partners=_ids(said.partners),
            participants_target=said.participants_target or 0,
            participants_partner=said.participants_partner or 0,
            minutes=said.minutes,
            referral_target_id=said.referral_target.id if said.referral_target else None,
        )

    def _channel_of(self, kind: Term) -> Term | None:
        """The channel that the kind itself names: "Beratung per Telefon"."""
        words = f" {text_key(kind.label)} "
        return next((each for each in self.book.vocabulary.channels if f" {text_key(each.label)} " in words), None)

    def _settled(self, said: Shorthand) -> Shorthand:
        """A second bare number that is round ("eb si 2 30") is taken for minutes, which the page says."""
        numbers = {ShorthandField.PARTICIPANTS_PARTNER, ShorthandField.MINUTES}
        for piece in said.ambiguous:
            value = piece.choices[0].value
            is_round = isinstance(value, int) and value >= LEAST_ROUND_MINUTES and value % LEAST_ROUND_MINUTES == 0
            if is_round and {choice.field for choice in piece.choices} == numbers:
                line = _replaced(said.text, piece.start, piece.end, f"{value}min")
                return read_shorthand(line, self.book.vocabulary, self.today)
        return said

    def _problems(self, facts: Facts, settings: DiarySettings) -> Problems:
        problems = judge(facts, actor=self.actor, book=self.book, settings=settings)
        if facts.municipality_id is None and EntryField.MUNICIPALITY not in problems and self._needs_place():
            problems[EntryField.MUNICIPALITY] = EntryProblem.MISSING
        return problems

    def _needs_place(self) -> bool:
        """Who works in single municipalities only has to say in which."""
        return all(grant.municipality_id is not None for grant in self.actor.grants)

    def _said_back(self, said: Shorthand, facts: Facts) -> Iterator[ReadFact]:
        book = self.book
        yield ReadFact(FIELDS[EntryField.DAY], days(facts.day, facts.last_day), said.day is None)
        yield ReadFact(FIELDS[EntryField.KIND], book.label(facts.kind_id))
        if facts.referral_target_id is not None:
            yield ReadFact(FIELDS[EntryField.REFERRAL_TARGET], book.label(facts.referral_target_id))
        town, site = name_of(book.municipalities, facts.municipality_id), name_of(book.sites, facts.site_id)
        is_place_assumed = said.municipality is None and said.site is None
        if town:
            yield ReadFact(FIELDS[EntryField.MUNICIPALITY], town, is_place_assumed)
        if site:
            yield ReadFact(FIELDS[EntryField.SITE], site, said.site is None)
        if facts.channel_id is not None:
            yield ReadFact(FIELDS[EntryField.CHANNEL], book.label(facts.channel_id), said.channel is None)
        yield from self._lists(facts)
        yield ReadFact(FIELDS[EntryField.PARTICIPANTS_TARGET], str(facts.participants_target))
        if facts.participants_partner:
            yield ReadFact(FIELDS[EntryField.PARTICIPANTS_PARTNER], str(facts.participants_partner))
        yield ReadFact(FIELDS[EntryField.MINUTES], "" if facts.minutes is None else str(facts.minutes))
        if said.count:
            yield ReadFact(PIECES[ShorthandField.COUNT], str(said.count))

    def _lists(self, facts: Facts) -> Iterator[ReadFact]:
        book = self.book
        for place, names in (
            (EntryField.TARGET_GROUPS, book.labels(facts.target_groups)),
            (EntryField.TOPICS, book.labels(facts.topics)),
            (EntryField.LEGAL_CIRCLES, book.labels(facts.legal_circles)),
            (EntryField.PARTNERS, tuple(name_of(book.partners, each) for each in facts.partners)),
        ):
            if names:
                yield ReadFact(FIELDS[place], ", ".join(names))

    def _questions(self, said: Shorthand) -> Iterator[Question]:
        for unknown in said.unknown:
            yield Question(unknown.text, True, tuple(self._choices(said.text, unknown, unknown.suggestions)))
        for ambiguous in said.ambiguous:
            yield Question(ambiguous.text, False, tuple(self._choices(said.text, ambiguous, ambiguous.choices)))

    def _choices(
        self, line: str, piece: UnknownPiece | AmbiguousPiece, meanings: tuple[Meaning, ...]
    ) -> Iterator[Choice]:
        for meaning in meanings:
            word = _word_for(meaning, self.book.vocabulary, self.today)
            label = f"{_text_of(meaning)} ({PIECES[meaning.field]})"
            yield Choice(label, _replaced(line, piece.start, piece.end, word))
        yield Choice(_("leave out"), _replaced(line, piece.start, piece.end, ""))

    def _step(self, said: Shorthand, step: int) -> Choice | None:
        number = (said.participants_target or 0) + step
        label = _("one person more") if step > 0 else _("one person less")
        return Choice(label, _with(said, ShorthandField.PARTICIPANTS_TARGET, str(number))) if number >= 0 else None

    def _minutes(self, said: Shorthand) -> Iterator[Choice]:
        for minutes in USUAL_MINUTES:
            line = _with(said, ShorthandField.MINUTES, f"{minutes}min")
            yield Choice(str(minutes), line, is_current=said.minutes == minutes, key=f"quick-minutes-{minutes}")


def _ids(terms: tuple[Term, ...]) -> tuple[int, ...]:
    return tuple(term.id for term in terms)


def _sentences(problems: Problems) -> Iterator[Text]:
    for place, problem in problems.items():
        yield f"{FIELDS[place]}: {PROBLEMS[problem]}"


def _replaced(line: str, start: int, end: int, text: str) -> str:
    return " ".join(f"{line[:start]} {text} {line[end:]}".split())


def _with(said: Shorthand, place: ShorthandField, text: str) -> str:
    """The line with one number set: in its place if it has one, else where such numbers usually stand."""
    for piece in said.understood:
        if piece.field is place:
            return _replaced(said.text, piece.start, piece.end, text)
    if place is ShorthandField.PARTICIPANTS_TARGET:
        first = re.search(r"(?<!\S)\d", said.text)
        at = first.start() if first else len(said.text)
        return _replaced(said.text, at, at, f"{text}tn" if first else text)
    return _replaced(said.text, len(said.text), len(said.text), text)


def _pieces(said: Shorthand) -> Iterator[Piece]:
    parts: list[Part] = [*said.understood, *said.unknown, *said.ambiguous]
    for part in sorted(parts, key=lambda part: part.start):
        if isinstance(part, UnknownPiece):
            yield Piece(part.text, PieceKind.UNKNOWN)
        elif isinstance(part, AmbiguousPiece):
            yield Piece(
                part.text, PieceKind.UNSURE, _(" or ").join(str(PIECES[each.field]) for each in part.choices[:3])
            )
        elif part.field is ShorthandField.FILLER:
            yield Piece(part.text)
        else:
            yield Piece(part.text, PieceKind.UNDERSTOOD, _meaning(Meaning(part.field, part.value)))


def _meaning(meaning: Meaning) -> Text:
    if isinstance(meaning.value, Term):
        return meaning.value.label
    return PIECES[meaning.field] if isinstance(meaning.value, int) else _text_of(meaning)


def _text_of(meaning: Meaning) -> str:
    value = meaning.value
    if isinstance(value, Term):
        return value.label
    if isinstance(value, DaySpan):
        return days(value.first, value.last)
    return days(value, None) if isinstance(value, date) else str(value)


_UNITS = {
    ShorthandField.MINUTES: "min",
    ShorthandField.PARTICIPANTS_PARTNER: "p",
    ShorthandField.PARTICIPANTS_TARGET: "tn",
    ShorthandField.COUNT: "x",
}


def _word_for(meaning: Meaning, vocabulary: Vocabulary, today: date) -> str:
    """A word that says just this on a line: the label, or the first alias that is not mistaken for something else."""
    value = meaning.value
    if isinstance(value, int):
        return f"{value}{_UNITS[meaning.field]}"
    if not isinstance(value, Term):
        return _text_of(meaning).split()[-1]
    for word in (value.label, *value.words):
        read = read_shorthand(word, vocabulary, today)
        if read.is_clear and [piece.value for piece in read.understood] == [value]:
            return word
    return value.label
