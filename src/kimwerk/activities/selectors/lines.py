"""Entries written back as the quick line that would enter them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kimwerk.activities.selectors.book import Book
from kimwerk.activities.shorthand import Shorthand, read_shorthand
from kimwerk.activities.types import Facts
from kimwerk.activities.vocabulary import Term, Terms, Vocabulary

LONGEST_LABEL = 22
LEAST_READABLE = 4


@dataclass(frozen=True, slots=True)
class _Word:
    """One term of a line and the list it comes from."""

    terms: Terms
    id: int


def line_of(facts: Facts, book: Book) -> str:
    """The line that would enter the same again today: without day and note, as short as it stays unmistakable."""
    vocabulary = book.vocabulary
    words = [_spoken(word, vocabulary, book) for word in _words(facts, vocabulary)]
    numbers = [str(facts.participants_target)] if facts.participants_target else []
    if facts.participants_partner:
        numbers.append(f"{facts.participants_partner}p")
    if facts.minutes:
        numbers.append(f"{facts.minutes}min")
    return " ".join([word for word in words if word] + numbers)


def _words(facts: Facts, vocabulary: Vocabulary) -> Iterator[_Word]:
    yield _Word(vocabulary.kinds, facts.kind_id)
    if facts.referral_target_id is not None:
        yield _Word(vocabulary.referral_targets, facts.referral_target_id)
    if facts.channel_id is not None:
        yield _Word(vocabulary.channels, facts.channel_id)
    if facts.site_id is not None and vocabulary.sites.get(facts.site_id):
        yield _Word(vocabulary.sites, facts.site_id)
    elif facts.municipality_id is not None:
        yield _Word(vocabulary.municipalities, facts.municipality_id)
    lists: tuple[tuple[Terms, Iterable[int]], ...] = (
        (vocabulary.target_groups, facts.target_groups),
        (vocabulary.topics, facts.topics),
        (vocabulary.legal_circles, facts.legal_circles),
        (vocabulary.partners, facts.partners),
    )
    for terms, ids in lists:
        for term_id in ids:
            yield _Word(terms, term_id)


def _spoken(word: _Word, vocabulary: Vocabulary, book: Book) -> str:
    """The label if it is short, else an alias one can read, as long as it says just this; empty for past terms."""
    term = word.terms.get(word.id)
    if term is None:
        return ""
    readable = [alias for alias in term.words if LEAST_READABLE <= len(alias) < len(term.label)]
    candidates = (term.label, *term.words) if len(term.label) <= LONGEST_LABEL else (*readable, term.label, *term.words)
    for text in candidates:
        if _is_unmistakable(text, term, vocabulary, book):
            return text
    return term.label


def _is_unmistakable(text: str, term: Term, vocabulary: Vocabulary, book: Book) -> bool:
    said = read_shorthand(text, vocabulary, book.today)
    return said.is_clear and _terms(said) == [term]


def _terms(said: Shorthand) -> list[Term]:
    return [piece.value for piece in said.understood if isinstance(piece.value, Term)]
