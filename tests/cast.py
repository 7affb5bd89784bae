"""The cast: one character per role at the Rhein-Sieg-Kreis, and neighbours who must see nothing of it.

Everybody in it is invented and looks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import maintenance
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.selectors import actor_of
from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.directory.models import District, Municipality, Organisation, Site
from kimwerk.kernel.names import sort_key

CHARACTERS: dict[str, tuple[str, str, Role, str]] = {
    "frieda": ("Frieda", "Fallbeispiel", Role.CASE_MANAGER, "Rhein-Sieg-Kreis"),
    "mehmet": ("Mehmet", "Muster", Role.CASE_MANAGER, "Rhein-Sieg-Kreis"),
    "karin": ("Karin", "Koordination", Role.CASE_MANAGEMENT_COORDINATION, "Rhein-Sieg-Kreis"),
    "kim": ("Kim", "Konzept", Role.KIM_COORDINATION, "Rhein-Sieg-Kreis"),
    "anton": ("Anton", "Assistenz", Role.ADMINISTRATIVE_ASSISTANT, "Rhein-Sieg-Kreis"),
    "lena": ("Lena", "Leitung", Role.KI_LEADERSHIP, "Rhein-Sieg-Kreis"),
    "fiona": ("Fiona", "Finanz", Role.FINANCE_OFFICER, "Rhein-Sieg-Kreis"),
    "arno": ("Arno", "Amt", Role.PARTNER_OFFICE, "Rhein-Sieg-Kreis"),
    "tina": ("Tina", "Träger", Role.PARTNER_AGENCY, "Rhein-Sieg-Kreis"),
    "stefan": ("Stefan", "Steuerung", Role.STEERING_GROUP_MEMBER, "Rhein-Sieg-Kreis"),
    "doris": ("Doris", "Datenschutz", Role.DATA_PROTECTION_OFFICER, "Rhein-Sieg-Kreis"),
    "sam": ("Sam", "System", Role.SYSTEM_ADMINISTRATOR, "Rhein-Sieg-Kreis"),
    "tomasz": ("Tomasz", "Troisdorf", Role.CASE_MANAGER, "Stadt Troisdorf"),
    "klaus": ("Klaus", "Kleve", Role.CASE_MANAGER, "Kreis Kleve"),
    "klara": ("Klara", "Kleve", Role.CASE_MANAGEMENT_COORDINATION, "Kreis Kleve"),
}
MUNICIPALITIES = [
    ("05382020", "053820020020", "Hennef (Sieg)", "05382"),
    ("05382056", "053820056056", "Sankt Augustin", "05382"),
    ("05382060", "053820060060", "Siegburg", "05382"),
    ("05382068", "053820068068", "Troisdorf", "05382"),
    ("05154036", "051540036036", "Kleve", "05154"),
]
KINDS = [
    ("erstgespraech", "Austausch und Erstgespräche", False),
    ("verweisberatung", "Verweisberatung", True),
    ("workshop", "Workshop", False),
    ("arbeitskreis", "Arbeitskreis", False),
]


@dataclass
class Cast:
    """Everybody and every place of the tests, by short names."""

    accounts: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    municipalities: dict[str, int] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)

    def account(self, character: str) -> Account:
        """The account of a character."""
        return Account.objects.get(pk=self.accounts[character])

    def actor(self, character: str) -> Actor:
        """The character as an actor with all current roles."""
        return actor_of(self.account(character))


@contextmanager
def as_owner() -> Iterator[None]:
    """Work behind the walls, as migrations and loading a demo do; then be the web role again."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    try:
        with maintenance():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("set role kimwerk_app")


def build_cast() -> Cast:
    """Make the cast, committed, as the owner."""
    cast = Cast()
    with maintenance():
        _build_places(cast)
        _build_categories(cast)
        for character, (given, family, role, organisation) in CHARACTERS.items():
            account = Account.objects.create(
                email=f"{character}@kimwerk.example",
                given_name=given,
                family_name=family,
                sort_key=sort_key(f"{family} {given}"),
                short_sign=character[:3].upper(),
                password="!",
            )
            Membership.objects.create(
                account=account,
                role=role.value,
                organisation_id=cast.organisations[organisation],
                valid=DateRange(date(2020, 1, 1), None),
            )
            Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "unused"})
            cast.accounts[character] = account.pk
    return cast


def _build_places(cast: Cast) -> None:
    districts = {
        key: District.objects.create(key=key, name=name, sort_key=sort_key(name))
        for key, name in (("05382", "Rhein-Sieg-Kreis"), ("05154", "Kleve"))
    }
    for ags, ars, name, district in MUNICIPALITIES:
        municipality = Municipality.objects.create(
            ags=ags, ars=ars, name=name, official_name=name, sort_key=sort_key(name), district=districts[district]
        )
        cast.municipalities[name] = municipality.pk
    for name, kind, district in (
        ("Rhein-Sieg-Kreis", "county", "05382"),
        ("Stadt Troisdorf", "municipality", "05382"),
        ("Kreis Kleve", "county", "05154"),
        ("Jobcenter Rhein-Sieg", "authority", "05382"),
    ):
        organisation = Organisation.objects.create(
            name=name,
            sort_key=sort_key(name),
            kind=kind,
            district=districts[district],
            is_controller=kind != "authority",
        )
        cast.organisations[name] = organisation.pk
    for name, municipality in (("Rathaus Hennef", "Hennef (Sieg)"), ("Rathaus Siegburg", "Siegburg")):
        site = Site.objects.create(
            name=name,
            sort_key=sort_key(name),
            municipality_id=cast.municipalities[municipality],
            organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
        )
        cast.sites[name] = site.pk


def _build_categories(cast: Cast) -> None:
    def add(category_list: CategoryList, code: str, label: str, *, is_referral: bool = False) -> None:
        category = Category.objects.create(
            category_list=category_list.value,
            code=code,
            label=label,
            is_referral=is_referral,
            position=len(cast.categories),
            colour=len(cast.categories) % 12,
        )
        cast.categories[code] = category.pk

    for code, label, is_referral in KINDS:
        add(CategoryList.KIND, code, label, is_referral=is_referral)
    for category_list, code, label in (
        (CategoryList.CHANNEL, "vor-ort", "vor Ort"),
        (CategoryList.CHANNEL, "telefon", "Telefon"),
        (CategoryList.TOPIC, "wohnen", "Wohnen"),
        (CategoryList.TOPIC, "arbeit", "Arbeit"),
        (CategoryList.TARGET_GROUP, "ukraine", "Ukrainische Geflüchtete"),
        (CategoryList.TARGET_GROUP, "alleinerziehende", "Alleinerziehende"),
        (CategoryList.LEGAL_CIRCLE, "sgb-ii", "SGB II"),
        (CategoryList.REFERRAL_TARGET, "behoerden", "Behörden und Ämter"),
        (CategoryList.REFERRAL_TARGET, "mbe", "Migrationsberatung für Erwachsene"),
    ):
        add(category_list, code, label)
