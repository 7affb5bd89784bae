from kimwerk.persons.models.care import Care, in_care_of
from kimwerk.persons.models.identity import CommonKey, Identity
from kimwerk.persons.models.name import NameToken, PersonName
from kimwerk.persons.models.origin import HouseholdMember, Language, Nationality
from kimwerk.persons.models.person import Person, PersonQuerySet
from kimwerk.persons.models.review import ReadingReview
from kimwerk.persons.models.title import IdentityDocument, ResidenceStatus
from kimwerk.persons.models.vault import PersonKey

__all__ = [
    "Care",
    "CommonKey",
    "HouseholdMember",
    "Identity",
    "IdentityDocument",
    "Language",
    "NameToken",
    "Nationality",
    "Person",
    "PersonKey",
    "PersonName",
    "PersonQuerySet",
    "ReadingReview",
    "ResidenceStatus",
    "in_care_of",
]
