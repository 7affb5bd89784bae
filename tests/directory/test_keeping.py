"""Keeping organisations, offices, sites and contacts: by those who may, at home, with every reading recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.walls import set_actor
from kimwerk.audit.models import Event
from kimwerk.directory.models import Contact, District, Municipality, Office, Organisation, Site
from kimwerk.directory.policies import CHECK_AFTER, is_overdue
from kimwerk.directory.selectors import contact_for, contacts_of
from kimwerk.directory.services import (
    ClosesBeforeItOpens,
    ContactFacts,
    NameTaken,
    OrganisationFacts,
    SiteFacts,
    add_contact,
    add_office,
    add_organisation,
    add_site,
    change_contact,
    change_organisation,
    change_site,
    close_organisation,
    close_site,
    remove_contact,
    reopen_organisation,
    reopen_site,
    verify_contact,
)
from kimwerk.directory.types import OrganisationKind
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
HOME = "Rhein-Sieg-Kreis"
KEEPERS = ["karin", "kim", "anton"]
READERS = ["frieda", "lena", "fiona", "arno", "tina", "stefan", "doris"]
FACTS = ContactFacts("Muster", "Martha", "Wohnungsnotfälle", phone="02241 000000", email="muster@beispiel.example")


def organisation(name: str = HOME) -> Organisation:
    return Organisation.objects.get(name=name)


def siegburg() -> Municipality:
    return Municipality.objects.get(name="Siegburg")


@pytest.fixture
def contact(cast: Cast) -> Contact:
    with as_owner():
        return Contact.objects.create(
            organisation=organisation(), family_name="Muster", given_name="Martha", sort_key="muster martha"
        )


@pytest.mark.parametrize("character", KEEPERS)
def test_keepers_add_a_contact_that_is_checked_that_day(character: str, cast: Cast, act_as: Act) -> None:
    actor = act_as(cast.actor(character))
    made = add_contact(actor=actor, organisation=organisation(), facts=FACTS)
    assert (made.verified_on, made.verified_by_id) == (timezone.localdate(), actor.account_id)


@pytest.mark.parametrize("character", [*READERS, "sam", "tomasz", "klaus", "klara"])
def test_others_change_nothing(character: str, cast: Cast, act_as: Act, contact: Contact) -> None:
    actor = act_as(cast.actor(character))
    site = Site.objects.get(pk=cast.sites["Rathaus Siegburg"])
    attempts: list[Callable[[], object]] = [
        lambda: add_contact(actor=actor, organisation=organisation(), facts=FACTS),
        lambda: add_office(actor=actor, organisation=organisation(), name="Amt"),
        lambda: add_site(actor=actor, organisation=organisation(), facts=SiteFacts("Neu", siegburg())),
        lambda: close_site(actor=actor, site=site, on=date(2022, 5, 1)),
        lambda: close_organisation(actor=actor, organisation=organisation(), on=date(2022, 5, 1)),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_stranger_cannot_change_a_contact_even_past_the_program(cast: Cast, act_as: Act, contact: Contact) -> None:
    act_as(cast.actor("frieda"))
    assert Contact.objects.update(phone="0") == 0
    act_as(NOBODY)
    assert not Contact.objects.exists()


def test_no_contact_without_an_actor(cast: Cast, contact: Contact) -> None:
    set_actor(None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.create(organisation=organisation(), family_name="Niemand", sort_key="niemand")


def test_contacts_handed_out_are_recorded(cast: Cast, act_as: Act, contact: Contact) -> None:
    frieda = act_as(cast.actor("frieda"))
    assert [each.pk for each in contacts_of(frieda, organisation())] == [contact.pk]
    assert contact_for(frieda, contact.pk) == contact
    set_actor(cast.accounts["doris"])
    found = Event.objects.filter(kind="read", subject_type="directory_contact").order_by("id")
    assert [(event.actor_id, event.amount) for event in found] == [(frieda.account_id, 1)] * 2


def test_who_may_not_read_the_directory_is_handed_nothing(cast: Cast, act_as: Act, contact: Contact) -> None:
    sam = act_as(cast.actor("sam"))
    assert contacts_of(sam, organisation()) == []
    assert contact_for(sam, contact.pk) is None


def test_checking_a_contact_names_day_and_checker(cast: Cast, act_as: Act, contact: Contact) -> None:
    karin = act_as(cast.actor("karin"))
    verify_contact(actor=karin, contact=contact)
    contact.refresh_from_db()
    assert (contact.verified_on, contact.verified_by_id) == (timezone.localdate(), karin.account_id)


@pytest.mark.parametrize(("days", "overdue"), [(0, False), (CHECK_AFTER.days, False), (CHECK_AFTER.days + 1, True)])
def test_a_contact_is_overdue_a_year_after_it_was_checked(days: int, overdue: bool) -> None:
    today = date(2022, 4, 21)
    assert is_overdue(Contact(verified_on=today - timedelta(days=days)), today) is overdue


def test_a_contact_never_checked_is_overdue() -> None:
    assert is_overdue(Contact(), date(2022, 4, 21))


def test_a_removed_contact_is_gone(cast: Cast, act_as: Act, contact: Contact) -> None:
    remove_contact(actor=act_as(cast.actor("karin")), contact=contact)
    assert not Contact.objects.exists()


def test_a_changed_contact_is_found_under_its_new_name(cast: Cast, act_as: Act, contact: Contact) -> None:
    changed = change_contact(
        actor=act_as(cast.actor("karin")), contact=contact, facts=ContactFacts("Özbeispiel", "Ömer")
    )
    assert changed.sort_key.startswith("oe")


def partner(cast: Cast, district: str | None = "05382", name: str = "Caritas Beispiel") -> OrganisationFacts:
    found = District.objects.get(key=district) if district else None
    return OrganisationFacts(name, OrganisationKind.WELFARE_ASSOCIATION, found, None)


def test_an_added_organisation_keeps_no_data_here(cast: Cast, act_as: Act) -> None:
    made = add_organisation(actor=act_as(cast.actor("anton")), facts=partner(cast))
    assert (made.is_controller, made.kind) == (False, "welfare_association")


def test_the_seat_decides_the_district(cast: Cast, act_as: Act) -> None:
    facts = OrganisationFacts("Verein Beispiel", OrganisationKind.VOLUNTEERS, None, siegburg())
    assert add_organisation(actor=act_as(cast.actor("anton")), facts=facts).district == District.objects.get(
        key="05382"
    )


def test_nobody_adds_an_organisation_to_a_foreign_district(cast: Cast, act_as: Act) -> None:
    with pytest.raises(PermissionDenied):
        add_organisation(actor=act_as(cast.actor("karin")), facts=partner(cast, "05154"))


def test_nobody_moves_an_organisation_to_a_foreign_district(cast: Cast, act_as: Act) -> None:
    karin = act_as(cast.actor("karin"))
    with pytest.raises(PermissionDenied):
        change_organisation(
            actor=karin, organisation=organisation("Jobcenter Rhein-Sieg"), facts=partner(cast, "05154", "Jobcenter")
        )


def test_partners_are_kept_by_the_keepers_of_their_district(cast: Cast, act_as: Act) -> None:
    jobcenter = organisation("Jobcenter Rhein-Sieg")
    assert add_office(actor=act_as(cast.actor("karin")), organisation=jobcenter, name="Integration Point").pk
    with pytest.raises(PermissionDenied):
        add_office(actor=act_as(cast.actor("klara")), organisation=jobcenter, name="Fremd")


def test_another_controller_of_the_district_keeps_itself(cast: Cast, act_as: Act) -> None:
    with pytest.raises(PermissionDenied):
        add_office(actor=act_as(cast.actor("karin")), organisation=organisation("Stadt Troisdorf"), name="Fremd")


def test_a_name_is_borne_once(cast: Cast, act_as: Act) -> None:
    karin = act_as(cast.actor("karin"))
    with pytest.raises(NameTaken):
        add_organisation(actor=karin, facts=partner(cast, name="Jobcenter Rhein-Sieg"))
    with pytest.raises(NameTaken):
        add_site(actor=karin, organisation=organisation(), facts=SiteFacts("Rathaus Siegburg", siegburg()))
    assert Organisation.objects.filter(name="Jobcenter Rhein-Sieg").count() == 1


def test_a_closed_organisation_is_offered_until_the_day_before(cast: Cast, act_as: Act) -> None:
    jobcenter, on = organisation("Jobcenter Rhein-Sieg"), date(2022, 5, 1)
    karin = act_as(cast.actor("karin"))
    close_organisation(actor=karin, organisation=jobcenter, on=on)
    assert jobcenter in Organisation.objects.existing(on - timedelta(days=1))
    assert jobcenter not in Organisation.objects.existing(on)
    reopen_organisation(actor=karin, organisation=jobcenter)
    assert jobcenter in Organisation.objects.existing(on)


def test_a_site_closes_after_it_opens(cast: Cast, act_as: Act) -> None:
    karin, site = act_as(cast.actor("karin")), Site.objects.get(pk=cast.sites["Rathaus Siegburg"])
    opened = date(2021, 10, 11)
    change_site(actor=karin, site=site, facts=SiteFacts("Rathaus Siegburg", siegburg(), opened_on=opened))
    with pytest.raises(ClosesBeforeItOpens):
        close_site(actor=karin, site=site, on=opened)
    close_site(actor=karin, site=site, on=opened + timedelta(days=1))
    reopen_site(actor=karin, site=site)
    site.refresh_from_db()
    assert site.closed_on is None


@pytest.mark.parametrize("character", KEEPERS)
def test_a_keeper_sees_the_errands_and_a_reader_does_not(
    character: str, cast: Cast, sign_in: SignIn, contact: Contact
) -> None:
    address = f"/verzeichnis/{organisation().pk}/"
    assert "Heute geprüft" in sign_in(character).get(address).content.decode()
    reader = sign_in("frieda").get(address).content.decode()
    assert "Muster" in reader
    assert "Heute geprüft" not in reader


def test_a_page_of_an_organisation_costs_the_same_for_many_contacts(
    cast: Cast, sign_in: SignIn, contact: Contact, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    karin, address = sign_in("karin"), f"/verzeichnis/{organisation().pk}/"
    karin.get(address)
    with as_owner():
        office = Office.objects.create(organisation=organisation(), name="Amt")
        Contact.objects.bulk_create(
            Contact(organisation=organisation(), office=office, family_name=f"Muster{n}", sort_key=f"muster{n}")
            for n in range(40)
        )
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]  # a context manager
        karin.get(address)


def test_closing_offers_to_take_it_back(cast: Cast, sign_in: SignIn) -> None:
    karin, pk = sign_in("karin"), organisation("Jobcenter Rhein-Sieg").pk
    page = karin.post(f"/verzeichnis/{pk}/schliessen/", {"on": "2022-05-01"}, follow=True).content.decode()
    assert f'action="/verzeichnis/{pk}/oeffnen/"' in page
    karin.post(f"/verzeichnis/{pk}/oeffnen/")
    assert organisation("Jobcenter Rhein-Sieg").closed_on is None


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("kontakt", {"family_name": ""}, "family_name"),
        ("kontakt", {"family_name": "Muster", "email": "kein-at"}, "E-Mail"),
        ("kontakt", {"family_name": "M<b>uster"}, "ein Zeichen, das in Namen nicht vorkommt"),
        ("standort", {"name": "Rathaus Siegburg", "municipality": "SIEGBURG"}, "gibt es schon einen Standort"),
        ("schliessen", {"on": "31.02.2022"}, "Datum"),
    ],
)
def test_a_faulty_form_says_what_to_do(
    path: str, fields: dict[str, str], words: str, cast: Cast, sign_in: SignIn
) -> None:
    sent = {name: str(siegburg().pk) if value == "SIEGBURG" else value for name, value in fields.items()}
    page = sign_in("karin").post(f"/verzeichnis/{organisation().pk}/{path}/", sent)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=sieg", {"Siegburg", "Hennef (Sieg)"}),
        ("q=05154", {"Kleve"}),
        ("q=oez", set()),
        ("q=SANKT", {"Sankt Augustin"}),
    ],
)
def test_municipalities_are_found_by_name_and_key(query: str, names: set[str], cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("frieda").get(f"/verzeichnis/gemeinden/?{query}").content.decode().split('id="list"', 1)[1]
    assert {name for name in cast.municipalities if f">{name}<" in page} == names


@pytest.mark.parametrize(
    "query", ["q=%00", "district=999999", "sort=;drop", "page=-3", "q=" + "x" * 5000, "kind=nonsense"]
)
def test_nonsense_in_the_address_is_answered_calmly(query: str, cast: Cast, sign_in: SignIn) -> None:
    frieda = sign_in("frieda")
    assert frieda.get(f"/verzeichnis/gemeinden/?{query}").status_code == 200
    assert frieda.get(f"/verzeichnis/?{query}").status_code == 200


def test_names_are_shown_as_text_never_as_markup(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    add_organisation(actor=act_as(cast.actor("karin")), facts=partner(cast, name="<script>alert(1)</script>"))
    page = sign_in("frieda").get("/verzeichnis/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
