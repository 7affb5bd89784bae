"""Writes the synthetic county into an empty database, behind the walls, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.walls import maintenance
from kimwerk.accounts.models import Account, Membership
from kimwerk.activities.figures import count_months_ahead
from kimwerk.activities.models import Category, Favourite
from kimwerk.activities.services.loading import load_categories
from kimwerk.activities.types import CategoryList
from kimwerk.desk.bulk import load_activities, without_triggers
from kimwerk.desk.demo.arrivals import load_arrivals
from kimwerk.desk.demo.caseload import the_caseload
from kimwerk.desk.demo.casework import load_caseload
from kimwerk.desk.demo.consent import load_consents
from kimwerk.desk.demo.county import County, the_county
from kimwerk.desk.demo.diary import plan_diary
from kimwerk.desk.demo.documents import load_documents
from kimwerk.desk.demo.drafts import Entry
from kimwerk.desk.demo.earlier import plan_earlier
from kimwerk.desk.demo.early_language import load_early_language
from kimwerk.desk.demo.events import load_events
from kimwerk.desk.demo.explorations import load_explorations
from kimwerk.desk.demo.goals import load_goals
from kimwerk.desk.demo.ground import Ground, choice_keys
from kimwerk.desk.demo.later import plan_later
from kimwerk.desk.demo.linking import load_links
from kimwerk.desk.demo.money import load_money
from kimwerk.desk.demo.needs import load_needs
from kimwerk.desk.demo.network import load_network
from kimwerk.desk.demo.recent import plan_recent
from kimwerk.desk.demo.reports import load_reports
from kimwerk.desk.demo.steering import load_steering
from kimwerk.desk.demo.surveys import load_surveys
from kimwerk.directory.models import Contact, District, Installation, Municipality, Office, Organisation, Site
from kimwerk.directory.services import load_municipalities
from kimwerk.kernel.names import sort_key

USUAL_SEED = 2022
MAIL_DOMAIN = "kimwerk.example"


class NotSynthetic(Exception):
    """The database belongs to a real installation, whose name is the argument; nothing was changed."""


@dataclass(slots=True)
class Keys:
    """Primary keys of what was made, by the keys of the data file."""

    organisations: dict[str, int]
    municipalities: dict[str, int]
    sites: dict[str, int]
    accounts: dict[str, int]
    categories: dict[tuple[str, str], int]


def load_demo(*, seed: int, today: date) -> int:
    """Make the county, and return how many diary entries it has; 0 if it was there already.

    Runs as the owner role. Raises NotSynthetic where the database holds something else.
    """
    existing = Installation.objects.first()
    if existing is not None:
        if existing.is_synthetic:
            return 0
        raise NotSynthetic(existing.name)
    county = the_county()
    with maintenance():
        Installation.objects.create(name=county.name, is_synthetic=True, seed=seed)
        load_municipalities()
        load_categories()
        keys = _load_places(county)
        _load_people(county, keys, today)
        load_money(county, keys.organisations, keys.accounts, today)
        entries = [*plan_diary(county, seed), *plan_later(county, seed), *plan_recent(county, seed, today)]
        with without_triggers("activities_activity", "audit_insert", action="demo.loaded", amount=len(entries)):
            load_activities(COLUMNS, (_row(keys, entry) for entry in entries))
        ground = _ground(county, keys, today)
        contacts = sum(load_caseload(ground, each) for each in (plan_earlier(county, seed, today), the_caseload()))
        load_consents(ground)
        load_links(ground)
        load_arrivals(ground, seed)
        load_events(ground)
        load_surveys(ground)
        load_early_language(ground)
        load_needs(ground)
        load_network(ground)
        load_steering(ground)
        load_documents(ground)
        load_explorations(ground)
    while count_months_ahead():
        pass
    with maintenance():
        load_goals(ground)  # counted from the diary, so that they come after it
        load_reports(ground)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return len(entries) + contacts


def _ground(county: County, keys: Keys, today: date) -> Ground:
    return Ground(
        county=county,
        today=today,
        domain=MAIL_DOMAIN,
        organisations=keys.organisations,
        municipalities=keys.municipalities,
        sites=keys.sites,
        accounts=keys.accounts,
        categories=keys.categories,
        choices=choice_keys(),
    )


def _load_places(county: County) -> Keys:
    keys = Keys(
        organisations={},
        municipalities=dict(Municipality.objects.values_list("ags", "pk")),
        sites={},
        accounts={},
        categories={(row[0], row[1]): row[2] for row in Category.objects.values_list("category_list", "code", "pk")},
    )
    _load_organisations(county, keys)
    for place in county.places.values():
        site = Site.objects.create(
            name=place.name,
            sort_key=sort_key(place.name),
            municipality_id=keys.municipalities[place.municipality],
            organisation_id=keys.organisations[place.organisation],
            opened_on=county.months[0].first,
        )
        keys.sites[place.key] = site.pk
    return keys


def _load_organisations(county: County, keys: Keys) -> None:
    district = District.objects.get(key=county.district)
    for body in county.organisations:
        organisation = Organisation.objects.create(
            name=body.name,
            sort_key=sort_key(body.name),
            kind=body.kind,
            district=district,
            municipality_id=keys.municipalities.get(body.municipality),
            is_controller=body.is_controller,
        )
        keys.organisations[body.key] = organisation.pk
        Office.objects.bulk_create(Office(organisation=organisation, name=name) for name in body.offices)


def _load_people(county: County, keys: Keys, today: date) -> None:
    accounts = Account.objects.bulk_create(
        Account(
            email=f"{person.key}@{MAIL_DOMAIN}",
            given_name=person.given,
            family_name=person.family,
            sort_key=sort_key(f"{person.family} {person.given}"),
            short_sign=f"{person.given[0]}{person.family[:3]}".upper(),
            password=make_password(None),
        )
        for person in county.people
    )
    keys.accounts = {person.key: account.pk for person, account in zip(county.people, accounts, strict=True)}
    Membership.objects.bulk_create(
        Membership(
            account_id=keys.accounts[person.key],
            role=person.role,
            organisation_id=keys.organisations[person.organisation],
            valid=DateRange(person.since, None),
        )
        for person in county.people
    )
    Favourite.objects.bulk_create(
        Favourite(account_id=keys.accounts[person.key], label=label, line=line, position=position)
        for person in county.people
        for position, (label, line) in enumerate(person.favourites)
    )
    _load_contacts(county, keys, today)


def _load_contacts(county: County, keys: Keys, today: date) -> None:
    offices = {(row[0], row[1]): row[2] for row in Office.objects.values_list("organisation_id", "name", "pk")}
    Contact.objects.bulk_create(
        Contact(
            organisation_id=keys.organisations[contact.organisation],
            office_id=offices.get((keys.organisations[contact.organisation], contact.office)),
            family_name=contact.family,
            given_name=contact.given,
            sort_key=sort_key(f"{contact.family} {contact.given}"),
            function=contact.function,
            email=f"kontakt-{number}@{MAIL_DOMAIN}",
            verified_on=today - timedelta(days=40 * number),
            verified_by_id=keys.accounts["karin"],
        )
        for number, contact in enumerate(county.contacts)
    )


COLUMNS = (
    "organisation_id", "day", "last_day", "kind_id", "channel_id", "municipality_id", "site_id", "done_by_id",
    "topics", "target_groups", "legal_circles", "partners", "participants_target", "participants_partner", "minutes",
    "referral_target_id", "note", "source_key", "source_digest", "version", "entered_at", "entered_by_id",
)  # fmt: skip


def _row(keys: Keys, entry: Entry) -> tuple[object, ...]:
    """The entry's values in the order of COLUMNS."""

    def category(name: CategoryList, code: str | None) -> int | None:
        return keys.categories[name.value, code] if code else None

    def categories(name: CategoryList, codes: Iterable[str]) -> list[int]:
        return sorted(keys.categories[name.value, code] for code in codes)

    return (
        keys.organisations[entry.organisation],
        entry.day,
        entry.last_day,
        category(CategoryList.KIND, entry.kind),
        category(CategoryList.CHANNEL, entry.channel),
        keys.municipalities[entry.municipality] if entry.municipality else None,
        keys.sites[entry.site] if entry.site else None,
        keys.accounts[entry.person],
        categories(CategoryList.TOPIC, entry.topics),
        categories(CategoryList.TARGET_GROUP, entry.target_groups),
        categories(CategoryList.LEGAL_CIRCLE, entry.legal_circles),
        sorted(keys.organisations[partner] for partner in entry.partners),
        entry.target,
        entry.partner,
        entry.minutes,
        category(CategoryList.REFERRAL_TARGET, entry.referral_target),
        "",
        "",
        "",
        1,
        entry.entered_at,
        keys.accounts[entry.person],
    )
