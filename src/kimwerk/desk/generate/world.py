"""Who works where: an organisation for each county and city of the programme, with sites, partners and staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from kimwerk.directory.models import Municipality, Organisation, Site
from kimwerk.directory.selectors import KimBody, kim_bodies
from kimwerk.directory.types import OrganisationKind
from kimwerk.kernel.names import sort_key

MAIL_DOMAIN = "messung.example"
EVERYWHERE = f"alle@{MAIL_DOMAIN}"
"""The KIM coordination of every organisation, in one account; another one, "aufsicht", supervises everywhere."""

PEOPLE_OF_A_POST = 40_000
"""A case manager for so many inhabitants of a municipality, and at least one."""

PARTNERS = (OrganisationKind.AUTHORITY, OrganisationKind.ADVICE_CENTRE, OrganisationKind.LANGUAGE_COURSE_PROVIDER)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one case manager works, and how much falls there compared to others."""

    organisation_id: int
    municipality_id: int
    site_id: int
    account_id: int
    partner_ids: tuple[int, ...]
    weight: float


@dataclass(slots=True)
class Staff:
    """Accounts and the roles they will hold, by organisation, until all are written at once."""

    accounts: dict[str, Account] = field(default_factory=dict)
    roles: list[tuple[str, Role, int]] = field(default_factory=list)

    def hold(self, name: str, family: str, role: Role, organisation_id: int) -> None:
        """Let somebody hold a role, making the account when it is met first."""
        email = f"{name}@{MAIL_DOMAIN}"
        self.roles.append((email, role, organisation_id))
        if email not in self.accounts:
            self.accounts[email] = Account(
                email=email,
                family_name=family[:120],
                given_name="Messung",
                sort_key=sort_key(f"{family} Messung"),
                password=make_password(None),
            )

    def write(self, first: date) -> dict[str, int]:
        """Write everything; returns the accounts' primary keys by address."""
        made = Account.objects.bulk_create(self.accounts.values())
        keys = {account.email: account.pk for account in made}
        Membership.objects.bulk_create(
            Membership(
                account_id=keys[email], role=role.value, organisation_id=organisation, valid=DateRange(first, None)
            )
            for email, role, organisation in self.roles
        )
        return keys


def build_world(*, seed: int, first: date, municipalities: int, least: int = 0) -> list[Desk]:
    """Make organisations, sites and accounts for so many municipalities, from the most populous down.

    A body has `least` case managers at least.
    """
    chance = Random(f"world/{seed}")  # noqa: S311  # invents data, keeps no secret
    places = _places_of_bodies(municipalities)
    bodies = {body: found for body in kim_bodies() if (found := places.get(body.key))}
    organisations = _organisations(list(bodies))
    partners = _partners(list(bodies))
    sites = _sites({organisations[body.key]: found for body, found in bodies.items()})
    staff = Staff()
    drafts = []
    for body, found in bodies.items():
        organisation = organisations[body.key]
        staff.hold("alle", "Alle Kreise", Role.KIM_COORDINATION, organisation)
        staff.hold("aufsicht", "Aufsicht Aller Kreise", Role.CASE_MANAGEMENT_COORDINATION, organisation)
        staff.hold(f"koordination-{body.key}", body.name, Role.CASE_MANAGEMENT_COORDINATION, organisation)
        staff.hold(f"kim-{body.key}", body.name, Role.KIM_COORDINATION, organisation)
        for place, number in _seats(found, least):
            name = f"fall-{place.ags}-{number}"
            staff.hold(name, f"Fall {number + 1} {place.name}", Role.CASE_MANAGER, organisation)
            drafts.append((body.key, place, number, name, chance.uniform(0.4, 1.6)))
    accounts = staff.write(first)
    return [
        Desk(
            organisation_id=organisations[key],
            municipality_id=place.pk,
            site_id=sites[place.pk][number % len(sites[place.pk])],
            account_id=accounts[f"{name}@{MAIL_DOMAIN}"],
            partner_ids=partners[key],
            weight=share * (place.population or PEOPLE_OF_A_POST) ** 0.8 / _posts(place),
        )
        for key, place, number, name, share in drafts
    ]


def _places_of_bodies(most: int) -> Mapping[str, list[Municipality]]:
    """The municipalities by the key of their body. Aachen stands for itself, not for the Städteregion."""
    cities = {body.municipality_id: body.key for body in kim_bodies() if body.municipality_id is not None}
    chosen = Municipality.objects.select_related("district").order_by("-population", "ags")[:most]
    places = defaultdict(list)
    for place in sorted(chosen, key=lambda each: each.ags):
        places[cities.get(place.pk, place.district.key)].append(place)
    return places


def _seats(places: Sequence[Municipality], least: int) -> Iterator[tuple[Municipality, int]]:
    """Who sits where: by inhabitants, and then one more at each place in turn until there are `least`."""
    taken = {place.pk: _posts(place) for place in places}
    for number in range(max(0, least - sum(taken.values()))):
        taken[places[number % len(places)].pk] += 1
    for place in places:
        yield from ((place, number) for number in range(taken[place.pk]))


def _posts(place: Municipality) -> int:
    return max(1, round((place.population or PEOPLE_OF_A_POST) / PEOPLE_OF_A_POST))


def _organisations(bodies: Sequence[KimBody]) -> Mapping[str, int]:
    """The organisation of each body; one that the synthetic county brought is used again."""
    known = dict(Organisation.objects.values_list("name", "pk"))
    made = Organisation.objects.bulk_create(
        Organisation(
            name=body.name,
            sort_key=sort_key(body.name),
            kind=OrganisationKind.MUNICIPALITY if body.is_city else OrganisationKind.COUNTY,
            district_id=body.district_id,
            municipality_id=body.municipality_id,
            is_controller=True,
        )
        for body in bodies
        if body.name not in known
    )
    known |= {organisation.name: organisation.pk for organisation in made}
    return {body.key: known[body.name] for body in bodies}


def _partners(bodies: Sequence[KimBody]) -> Mapping[str, tuple[int, ...]]:
    """Three partners for each body."""
    drafts = [
        (body.key, Organisation(name=name, sort_key=sort_key(name), kind=kind, district_id=body.district_id))
        for body in bodies
        for number, kind in enumerate(PARTNERS, start=1)
        for name in [f"Partner {number} {body.name} (Messung)"]
    ]
    Organisation.objects.bulk_create(draft for _, draft in drafts)
    partners: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for key, partner in drafts:
        partners[key] += (partner.pk,)
    return partners


def _sites(places: Mapping[int, Sequence[Municipality]]) -> Mapping[int, tuple[int, ...]]:
    """A site or two in each municipality, by its primary key."""
    made = Site.objects.bulk_create(
        Site(name=name, sort_key=sort_key(name), municipality=place, organisation_id=organisation)
        for organisation, found in places.items()
        for place in found
        for name in _site_names(place)
    )
    sites: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for site in made:
        sites[site.municipality_id] += (site.pk,)
    return sites


def _site_names(place: Municipality) -> Iterator[str]:
    for number in range(1, 1 + min(_posts(place), 2)):
        yield f"Standort {number} {place.name}"
