"""Reads about persons. Whoever is handed personal data is recorded."""

from kimwerk.persons.selectors.cards import PersonCard, card_of, person_card, questions_of_card
from kimwerk.persons.selectors.facts import facts_by_category, facts_of
from kimwerk.persons.selectors.search import PersonHit, ids_of_persons, search_persons

__all__ = [
    "PersonCard",
    "PersonHit",
    "card_of",
    "facts_by_category",
    "facts_of",
    "ids_of_persons",
    "person_card",
    "questions_of_card",
    "search_persons",
]
