"""A first mapping for an unknown tally, from its headers and, where these say little, from its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kimwerk.activities.days import DaySpan
from kimwerk.activities.tally.fields import REPEATABLE, Certainty, MappedColumn, Mapping, TallyField
from kimwerk.activities.tally.headers import meaning_of_header
from kimwerk.activities.tally.values import SEPARATORS, read_days, read_whole_number, split_values, words_of
from kimwerk.activities.vocabulary import Terms, Vocabulary
from kimwerk.kernel.sheets.sheet import Cell

ENOUGH = 0.6
"""Share of distinct values that must be known words, or days, before content alone decides."""

MOST_SAMPLES = 200

_F = TallyField
_RANK = {Certainty.HEADER: 0, Certainty.CONTENT: 1, Certainty.GUESS: 2}
_IF_NUMBERS = {_F.TARGET_GROUPS: _F.PARTICIPANTS_TARGET, _F.PARTNERS: _F.PARTICIPANTS_PARTNER}
_IF_WORDS = {
    _F.PARTICIPANTS_TARGET: _F.TARGET_GROUPS,
    _F.PARTICIPANTS_PARTNER: _F.PARTNERS,
    _F.PARTICIPANTS: _F.PARTNERS,
}
_RIVALS = ((_F.MUNICIPALITY, _F.SITE), (_F.KIND, _F.CHANNEL))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's header and the distinct values of the sample."""

    header: str
    values: tuple[Cell, ...]

    def share_of(self, terms: Terms) -> float:
        """Share of the values that are words of a list; of each cell with several words, the known ones."""
        found = 0.0
        for value in self.values:
            text = words_of(value)
            parts = [text] if terms.exactly(text) else _all_parts(text)
            found += sum(terms.exactly(part) is not None for part in parts) / max(1, len(parts))
        return found / len(self.values) if self.values else 0.0

    def share_of_days(self) -> float:
        """Share of the values that are days, not counting bare small numbers."""
        days = sum(isinstance(read_days(value, year=2000), DaySpan) for value in self.values)
        return days / len(self.values) if self.values else 0.0

    def share_of_numbers(self) -> float:
        """Share of the values that are whole numbers."""
        numbers = sum(isinstance(read_whole_number(value), int) for value in self.values)
        return numbers / len(self.values) if self.values else 0.0


def _all_parts(text: str) -> list[str]:
    parts = [text]
    for strength in range(len(SEPARATORS)):
        parts = [smaller for part in parts for smaller in split_values(part, strength)]
    return parts


def propose_mapping(headers: Sequence[str], sample_rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> Mapping:
    """What each column probably means. Free text and what looks personal is left out until a user chooses it.

    A field is proposed for one column only: the surest, then the leftmost.
    """
    columns = [_column(at, header, sample_rows) for at, header in enumerate(headers)]
    proposals = [_proposal(column, vocabulary) for column in columns]
    taken: set[TallyField] = set()
    decided: dict[int, MappedColumn] = {}
    for at in sorted(range(len(proposals)), key=lambda at: (_RANK.get(proposals[at].certainty, 9), at)):
        proposal = proposals[at]
        if proposal.field in taken and proposal.field not in REPEATABLE:
            proposal = _second_choice(proposal, taken)
        taken.add(proposal.field)
        decided[at] = proposal
    return Mapping(tuple(decided[at] for at in range(len(proposals))))


def _second_choice(proposal: MappedColumn, taken: set[TallyField]) -> MappedColumn:
    """A second column of days is the last day; any other second column is left to the user."""
    if proposal.field is _F.DAY and _F.DAY_TO not in taken and proposal.certainty is Certainty.CONTENT:
        return MappedColumn(proposal.header, _F.DAY_TO, Certainty.GUESS)
    return MappedColumn(proposal.header)


def _column(at: int, header: str, rows: Sequence[Sequence[Cell]]) -> _Column:
    values = {(type(row[at]), row[at]): row[at] for row in rows[:MOST_SAMPLES] if at < len(row) and words_of(row[at])}
    return _Column(header, tuple(values.values()))


def _proposal(column: _Column, vocabulary: Vocabulary) -> MappedColumn:
    meaning = meaning_of_header(column.header)
    if meaning is None:
        return _by_content(column, vocabulary)
    field, certainty = _refined(column, meaning.field, vocabulary), meaning.certainty
    if field is _F.NOTE:
        return MappedColumn(column.header, _F.IGNORE, Certainty.WITHHELD)
    return MappedColumn(column.header, field, certainty)


def _refined(column: _Column, field: TallyField, vocabulary: Vocabulary) -> TallyField:
    """The field of a header that can mean two things, decided by what stands below it."""
    if not column.values:
        return field
    if field in _IF_NUMBERS and column.share_of_numbers() >= ENOUGH:
        return _IF_NUMBERS[field]
    if field in _IF_WORDS and column.share_of_numbers() == 0 and _has_letters_only(column):
        return _IF_WORDS[field]
    for rivals in _RIVALS:
        if field in rivals:
            shares = {rival: column.share_of(_terms_of(rival, vocabulary)) for rival in rivals}
            other = rivals[1 - rivals.index(field)]
            return other if shares[other] >= ENOUGH and shares[other] > shares[field] else field
    if field is _F.MINUTES and _looks_like_hours(column):
        return _F.HOURS
    return field


def _has_letters_only(column: _Column) -> bool:
    return not any(letter.isdigit() for value in column.values for letter in words_of(value))


def _looks_like_hours(column: _Column) -> bool:
    """A duration without unit in numbers up to 12, some of them with a fraction."""
    if "min" in column.header.lower():
        return False
    numbers = []
    for value in column.values:
        text = words_of(value).replace(",", ".")
        try:
            numbers.append(float(text))
        except ValueError:
            return False
    return max(numbers) <= 12 and any(number != int(number) for number in numbers)


def _by_content(column: _Column, vocabulary: Vocabulary) -> MappedColumn:
    if column.values and column.share_of_days() >= ENOUGH:
        return MappedColumn(column.header, _F.DAY, Certainty.CONTENT)
    best = max(_WORD_FIELDS, key=lambda field: column.share_of(_terms_of(field, vocabulary)))
    if column.share_of(_terms_of(best, vocabulary)) >= ENOUGH:
        return MappedColumn(column.header, best, Certainty.CONTENT)
    return MappedColumn(column.header)


_WORD_FIELDS = (
    _F.KIND,
    _F.MUNICIPALITY,
    _F.SITE,
    _F.STAFF,
    _F.CHANNEL,
    _F.REFERRAL_TARGET,
    _F.TARGET_GROUPS,
    _F.TOPICS,
    _F.LEGAL_CIRCLES,
    _F.PARTNERS,
)


def _terms_of(field: TallyField, vocabulary: Vocabulary) -> Terms:
    """The list whose words a column of this field holds."""
    return {
        _F.KIND: vocabulary.kinds,
        _F.MUNICIPALITY: vocabulary.municipalities,
        _F.SITE: vocabulary.sites,
        _F.STAFF: vocabulary.staff,
        _F.CHANNEL: vocabulary.channels,
        _F.REFERRAL_TARGET: vocabulary.referral_targets,
        _F.TARGET_GROUPS: vocabulary.target_groups,
        _F.TOPICS: vocabulary.topics,
        _F.LEGAL_CIRCLES: vocabulary.legal_circles,
        _F.PARTNERS: vocabulary.partners,
    }[field]
