"""The network log: who knows whom, what is offered and needed, and what was told to the public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Organisation
from kimwerk.kernel.figures import FigureQuery, Value
from kimwerk.kernel.periods import Period
from kimwerk.needs.models import Need
from kimwerk.needs.services import report_need
from kimwerk.needs.types import NeedFacts, Origin
from kimwerk.network.due import due_items
from kimwerk.network.models import Encounter, Pairing, Publication
from kimwerk.network.selectors.partners import (
    Contacted,
    PartnerWish,
    groups_of,
    partner_keys,
    partners_of,
    who_knows,
)
from kimwerk.network.selectors.supplies import fitting_needs
from kimwerk.network.services import (
    bring_together,
    correct_encounter,
    keep_publication,
    keep_supply,
    note_encounter,
    note_outcome,
)
from kimwerk.network.types import (
    EncounterFacts,
    EncounterKind,
    NetworkProblem,
    NetworkRefused,
    Outcome,
    PublicationFacts,
    PublicationKind,
    Reach,
    SupplyFacts,
    SupplyState,
)
from kimwerk.network.web.forms import PublicationForm
from kimwerk.reporting.catalogue import figure
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
COUNTY, JOBCENTER = "Rhein-Sieg-Kreis", "Jobcenter Rhein-Sieg"
DAY = date(2022, 3, 9)
YEAR = Period(date(2022, 1, 1), date(2023, 1, 1))


@pytest.fixture
def frieda(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("frieda"))


def met(cast: Cast, actor: Actor, on: date = DAY, partner: str = JOBCENTER, **changes: object) -> Encounter:
    values: dict[str, object] = {"partner_id": cast.organisations[partner] if partner else None, **changes}
    facts = EncounterFacts(EncounterKind.CALL, on, "Zuweisungen", **values)  # type: ignore[arg-type]  # as the test names them
    return note_encounter(actor=actor, organisation_id=cast.organisations[COUNTY], facts=facts)


def refusal(errand: Callable[[], object]) -> NetworkProblem:
    with pytest.raises(NetworkRefused) as refused:
        errand()
    return refused.value.problem


def counted(actor: Actor, key: str, *by: str) -> dict[tuple[str, ...], Value]:
    answer = figure(key).compute(actor, FigureQuery(YEAR, by))
    return {**answer.cells, (): answer.total}


def test_a_body_shows_who_knows_it_and_when_one_met_last(cast: Cast, act_as: Act, frieda: Actor) -> None:
    met(cast, frieda, DAY)
    met(cast, frieda, DAY - timedelta(days=9))
    met(cast, act_as(cast.actor("kim")), DAY - timedelta(days=30))
    body = Organisation.objects.get(name=JOBCENTER)
    known = [(each.account.display_name, each.count, each.last_on) for each in who_knows(frieda, body)]
    assert known == [("Frieda Fallbeispiel", 2, DAY), ("Kim Konzept", 1, DAY - timedelta(days=30))]
    (line,) = partners_of(frieda, [body.pk])
    assert line.last is not None
    assert (line.count, line.last.on_day) == (3, DAY)
    assert [each.name for each in groups_of(frieda)] == []
    klara = act_as(cast.actor("klara"))
    assert who_knows(klara, body) == []
    assert Encounter.objects.count() == 0, "the walls hide it from the next county"


def test_bodies_are_found_by_their_last_contact(cast: Cast, frieda: Actor) -> None:
    today = timezone.localdate()
    silent, fresh = cast.organisations[JOBCENTER], cast.organisations["Stadt Troisdorf"]
    met(cast, frieda, today - timedelta(days=400))
    met(cast, frieda, today - timedelta(days=3), "Stadt Troisdorf")

    def found(contacted: Contacted) -> set[int]:
        return set(partner_keys(frieda, PartnerWish(contacted=contacted)))

    assert found(Contacted.EVER) == {silent, fresh}
    assert found(Contacted.SILENT) == {silent}
    assert found(Contacted.NEVER) == {cast.organisations["Kreis Kleve"]}
    assert cast.organisations[COUNTY] not in partner_keys(frieda, PartnerWish()), "nobody meets oneself"


def test_my_day_asks_after_those_whom_nobody_has_met_for_long(cast: Cast, act_as: Act, frieda: Actor) -> None:
    today = timezone.localdate()
    met(cast, frieda, today - timedelta(days=200))
    met(cast, frieda, today - timedelta(days=20), "Stadt Troisdorf", next_on=today - timedelta(days=1))
    said = [(item.title, item.is_urgent) for item in due_items(frieda)]
    assert said == [("Wieder treffen: Stadt Troisdorf", True), (f"Lange kein Kontakt: {JOBCENTER}", False)]
    kim = act_as(cast.actor("kim"))
    assert due_items(kim) == (), "it is hers to ask"
    met(cast, kim, today)
    act_as(frieda)
    assert [item.title for item in due_items(frieda)] == ["Wieder treffen: Stadt Troisdorf"], "a colleague met them"


def test_a_contact_names_nobody_and_lies_behind_us(cast: Cast, act_as: Act, frieda: Actor) -> None:
    assert refusal(lambda: met(cast, frieda, timezone.localdate() + timedelta(days=1))) is NetworkProblem.NOT_YET
    assert refusal(lambda: met(cast, frieda, text="Frau Mustermann, 0228 1234567")) is NetworkProblem.NAMES_SOMEBODY
    assert refusal(lambda: met(cast, frieda, next_on=DAY)) is NetworkProblem.ENDS_BEFORE_IT_BEGINS
    with pytest.raises(IntegrityError), transaction.atomic():
        met(cast, frieda, partner="")
    own = met(cast, frieda, partner="", group="Arbeitskreis Ukraine")
    with pytest.raises(PermissionDenied):
        correct_encounter(
            actor=act_as(cast.actor("kim")), encounter=own, facts=EncounterFacts(EncounterKind.CALL, DAY, "Neu")
        )
    with pytest.raises(PermissionDenied):
        met(cast, act_as(cast.actor("lena")))


def need(cast: Cast, actor: Actor, title: str, town: str = "Siegburg", topic: str | None = "wohnen") -> Need:
    facts = NeedFacts(
        title, Origin.WORKING_GROUP, DAY, municipality_id=cast.municipalities[town],
        topic_id=cast.categories[topic] if topic else None,
    )  # fmt: skip
    return report_need(actor=actor, organisation_id=cast.organisations[COUNTY], facts=facts)


def test_an_offer_meets_the_needs_of_its_topic_and_place_once(cast: Cast, frieda: Actor) -> None:
    here = need(cast, frieda, "Sprachkurs am Vormittag")
    need(cast, frieda, "Sprachkurs am Abend", "Troisdorf")
    need(cast, frieda, "Anderes", topic="arbeit")
    facts = SupplyFacts(
        "Sprachkurs, kurzfristig", cast.organisations[JOBCENTER], topic_id=cast.categories["wohnen"],
        municipality_id=cast.municipalities["Siegburg"], places=18,
    )  # fmt: skip
    supply = keep_supply(actor=frieda, organisation_id=cast.organisations[COUNTY], facts=facts)
    assert fitting_needs(frieda, supply) == [here]
    tomorrow = timezone.localdate() + timedelta(days=1)
    ahead = lambda: bring_together(actor=frieda, supply=supply, need=here, on=tomorrow)  # noqa: E731  # as below
    assert refusal(ahead) is NetworkProblem.NOT_YET
    pairing = bring_together(actor=frieda, supply=supply, need=here, on=DAY)
    assert fitting_needs(frieda, supply) == []
    again = lambda: bring_together(actor=frieda, supply=supply, need=here)  # noqa: E731  # asked by the helper
    assert refusal(again) is NetworkProblem.TOGETHER_ALREADY
    note_outcome(actor=frieda, pairing=pairing, outcome=Outcome.BEGUN, note="mit 14 Teilnehmenden")
    ended = SupplyFacts(facts.title, facts.partner_id, state=SupplyState.ENDED)
    keep_supply(actor=frieda, organisation_id=supply.organisation_id, facts=ended, supply=supply)
    assert refusal(again) is NetworkProblem.NO_LONGER_OPEN
    assert counted(frieda, "needs_served", "pairing_outcome") == {("begun",): 1, (): 1}


def test_contacts_and_publications_are_counted(cast: Cast, frieda: Actor) -> None:
    met(cast, frieda)
    met(cast, frieda, partner="", group="Arbeitskreis Ukraine")
    for kind, reach in ((PublicationKind.NEWSLETTER, 1200), (PublicationKind.NEWSLETTER, None)):
        facts = PublicationFacts(kind, "Ausgabe", "Newsletter", DAY, None, reach, Reach.RECIPIENTS)
        keep_publication(actor=frieda, organisation_id=cast.organisations[COUNTY], facts=facts)
    assert counted(frieda, "network_contacts", "encounter_body_kind") == {("authority",): 1, ("",): 1, (): 2}
    assert counted(frieda, "publications", "publication_kind") == {("newsletter",): 2, (): 2}
    assert counted(frieda, "publicity_reach", "publication_reach") == {("recipients",): 1200, (): 1200}


@given(st.one_of(st.none(), st.integers(-5, 10)), st.sampled_from(["", "copies", "visits", "unknown"]))
def test_a_number_always_says_what_it_counts(reach: int | None, kind: str) -> None:
    sent = {"kind": "flyer", "title": "Flyer", "medium": "Rathaus", "published_on": "2022-03-09", "reach_kind": kind}
    form = PublicationForm(
        QueryDict(urlencode(sent | ({"reach": reach} if reach is not None else {}))),
        places=Organisation.objects.none(),  # type: ignore[arg-type]  # no place is chosen
    )
    form.fields.pop("municipality")
    is_sensible = kind != "unknown" and (reach is None or (reach >= 0 and kind != ""))
    assert form.is_valid() is is_sensible


def test_the_pages_of_the_network_are_walked(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    browser, jobcenter = sign_in("frieda"), cast.organisations[JOBCENTER]
    url = reverse("network:meet", args=[jobcenter])
    sent = {"kind": "meeting", "on_day": "2022-03-09", "title": "=Zuweisungen", "text": "Frau Muster rief an"}
    refused = browser.post(url, sent)
    assert refused.status_code == 422
    assert "nennen Sie niemanden" in refused.content.decode()
    assert browser.post(url, sent | {"text": "Ablauf besprochen"}).status_code == 302
    page = browser.get(reverse("network:partner", args=[jobcenter])).content.decode()
    for said in ("zuletzt getroffen am 09.03.2022", "lange kein Kontakt", "Frieda Fallbeispiel", "Ablauf besprochen"):
        assert said in page
    assert (
        "zuletzt getroffen" not in sign_in("klaus").get(reverse("network:partner", args=[jobcenter])).content.decode()
    )
    group = {"kind": "working_group", "on_day": "2022-03-09", "title": "Auftakt", "group": ""}
    assert browser.post(reverse("network:meet_group"), group).status_code == 422
    assert browser.post(reverse("network:meet_group"), group | {"group": "AK Ukraine"}).status_code == 302
    assert "AK Ukraine" in browser.get(reverse("network:groups")).content.decode()
    assert "AK Ukraine" in browser.get(reverse("network:encounters") + "?group=AK+Ukraine").content.decode()
    act_as(cast.actor("frieda"))
    need(cast, cast.actor("frieda"), "Sprachkurs am Vormittag")
    offer = {"partner": jobcenter, "title": "Sprachkurs", "topic": cast.categories["wohnen"], "state": "open"}
    made = browser.post(reverse("network:new_supply"), offer)
    assert made.status_code == 302
    assert "Sprachkurs am Vormittag" in browser.get(made["Location"]).content.decode()
    act_as(cast.actor("frieda"))
    chosen = {"needs": [str(Need.objects.get().pk)], "on_day": "2022-03-09"}
    assert browser.post(made["Location"] + "bedarfe/", chosen).status_code == 302
    act_as(cast.actor("frieda"))
    outcome = reverse("network:outcome", args=[Pairing.objects.get().pk])
    assert browser.post(outcome, {"outcome": "begun", "note": "begann am 4. April"}).status_code == 302
    assert "begonnen" in browser.get(made["Location"]).content.decode()
    assert "Sprachkurs" in browser.get(reverse("network:supplies") + "?state=open").content.decode()


def test_the_register_of_publications_is_kept_and_taken_along(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    browser = sign_in("kim")
    sent = {
        "kind": "portrait", "title": "=Wer hilft", "medium": "Integrationsportal", "published_on": "2022-04-01",
        "reach": "300", "reach_kind": "",
    }  # fmt: skip
    assert "Sagen Sie, was die Zahl zählt." in browser.post(reverse("network:new_publication"), sent).content.decode()
    assert browser.post(reverse("network:new_publication"), sent | {"reach_kind": "visits"}).status_code == 302
    act_as(cast.actor("kim"))
    url = reverse("network:change_publication", args=[Publication.objects.get().pk])
    assert browser.post(url, sent | {"reach": "", "note": "auch gedruckt"}).status_code == 302
    assert "auch gedruckt" in browser.get(reverse("network:publications") + "?kind=portrait").content.decode()
    file = browser.get(reverse("network:export")).content.decode("utf-8-sig")
    assert "01.04.2022;Porträt;'=Wer hilft;Integrationsportal" in file
    assert "Wer hilft" not in sign_in("klara").get(reverse("network:export")).content.decode()


def test_a_long_list_of_bodies_takes_the_same_few_questions(
    cast: Cast, frieda: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    met(cast, frieda)
    met(cast, frieda, partner="Stadt Troisdorf")
    with django_assert_max_num_queries(5):
        keys = list(partner_keys(frieda, PartnerWish()))
        assert len(partners_of(frieda, keys)) == 3
