"""The pages of a case, walked as the people do who use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity
from kimwerk.audit.models import Event
from kimwerk.audit.services import record_read
from kimwerk.casework.models import Assessment, Case, CaseContact, Draft, Goal, Insight, Note, Step
from kimwerk.casework.services import hand_over
from kimwerk.casework.services.planning import agree_goal, plan_step
from kimwerk.casework.services.reminding import set_deadline
from kimwerk.casework.types import ChoiceList, DeadlineKind, GoalFacts, StepFacts, StepOwner
from kimwerk.events.services.agreeing import agree
from kimwerk.events.types import AgreementFacts
from kimwerk.events.web.offering import agreement_on_file
from kimwerk.persons.models import Person
from kimwerk.persons.usual import LEAST
from tests.casework.cases import choice, opened, running
from tests.cast import Cast, as_owner
from tests.persons.people import register

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]
SECRET = "Er sucht ein Praktikum"


def text_of(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    page = answer.content.decode()
    assert "!!undefined" not in page
    return page


def test_a_case_is_opened_for_somebody_who_was_found(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    frieda = sign_in("frieda")
    assert f"/faelle/neu/{person.pk}/" in text_of(frieda, "/faelle/neu/?q=muster")
    sent = {
        "kind": "individual_advice",
        "access_path": choice(ChoiceList.ACCESS_PATH, "selbstmeldung"),
        "municipality": cast.municipalities["Siegburg"],
        "priority": "normal",
        "opened_on": "2022-03-07",
    }
    assert frieda.post(f"/faelle/neu/{person.pk}/", sent | {"opened_on": "2999-01-01"}).status_code == 422
    answer = frieda.post(f"/faelle/neu/{person.pk}/", sent)
    assert answer.status_code == 302
    page = text_of(frieda, answer["Location"])
    assert "Oleksandr Musterenko" in page
    assert "2022-00001" in page


def test_a_case_shows_what_is_agreed_with_its_town_for_one_query(
    cast: Cast, act_as: Act, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    kim, home = act_as(cast.actor("kim")), cast.organisations["Rhein-Sieg-Kreis"]
    for name, groups in (("Siegburg", "Familien im Ortsteil Zange"), ("Troisdorf", "Alle")):
        facts = AgreementFacts(date(2022, 2, 1), groups, "Ab drei Lebensbereichen.", "Sozialamt ruft an.")
        agree(actor=kim, organisation_id=home, municipality_id=cast.municipalities[name], facts=facts)
    frieda = sign_in("frieda")
    page = text_of(frieda, f"/faelle/{case.pk}/")
    for said in ("Vereinbart mit Siegburg", "Zange", "Ab drei Lebensbereichen.", "Sozialamt ruft an.", "01.02.2022"):
        assert said in page
    actor = act_as(cast.actor("frieda"))
    with django_assert_max_num_queries(1):
        assert agreement_on_file(actor, case.municipality_id)
    assert agreement_on_file(cast.actor("fiona"), case.municipality_id) == (), "who reads no events reads none"


PARTS = (
    *("", "lage/", "ziele/", "kontakte/", "verlauf/", "rahmen/", "klaerung/", "abschluss/", "uebergabe/"),
    *("vertretung/", "lage/neu/", "ziele/neu/", "kontakte/neu/", "notizen/neu/", "fristen/neu/", "vereinbarung/"),
)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_case_is_there_for_its_case_manager_alone(
    cast: Cast, act_as: Act, sign_in: SignIn, part: str
) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    url = f"/faelle/{case.pk}/{part}"
    text_of(sign_in("frieda"), url)
    for stranger in ("mehmet", "tomasz", "klaus"):
        text_of(sign_in(stranger), url, 404)


def test_my_cases_are_found_sorted_and_filtered(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    case, other = running(cast, frieda), opened(cast, frieda)
    page = text_of(sign_in("frieda"), "/faelle/")
    assert case.number in page
    assert other.number in page
    assert case.number in text_of(sign_in("frieda"), "/faelle/?q=musterenko&sort=person")
    filtered = text_of(sign_in("frieda"), "/faelle/?state=running")
    assert case.number in filtered
    assert other.number not in filtered
    assert case.number not in text_of(sign_in("mehmet"), "/faelle/")


def test_my_cases_are_sorted_by_the_day_that_their_column_shows(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    review = opened(cast, frieda, next_review_on=date(2022, 5, 2))
    step, deadline = (opened(cast, frieda, next_review_on=date(2022, 9, 1)) for _ in range(2))
    nothing = opened(cast, frieda)
    goal = agree_goal(actor=frieda, case=step, facts=GoalFacts("Arbeit finden", "Vertrag", date(2022, 3, 7)))
    plan_step(actor=frieda, goal=goal, facts=StepFacts("Lebenslauf", StepOwner.CLIENT, date(2022, 5, 1)))
    set_deadline(actor=frieda, case=deadline, kind=DeadlineKind.OTHER, due_on=date(2022, 5, 3))
    for order, expected in (("due", (step, review, deadline, nothing)), ("-due", (deadline, review, step, nothing))):
        page = text_of(sign_in("frieda"), f"/faelle/?sort={order}")
        assert sorted(expected, key=lambda case: page.index(case.number)) == list(expected)


def test_what_somebody_asked_wrongly_of_the_filter_is_shown_to_nobody_else(sign_in: SignIn) -> None:
    wrong = "quatsch-von-frieda"
    for name in ("state", "municipality"):
        assert wrong in text_of(sign_in("frieda"), f"/faelle/?{name}={wrong}")
    for character in ("frieda", "mehmet"):
        assert wrong not in text_of(sign_in(character), "/faelle/")


def test_my_cases_take_the_same_few_queries_however_many_there_are(
    cast: Cast, act_as: Act, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    frieda = act_as(cast.actor("frieda"))
    for _ in range(12):
        opened(cast, frieda)
    client = sign_in("frieda")
    text_of(client, "/faelle/")
    with django_assert_max_num_queries(20):
        text_of(client, "/faelle/")


def test_a_contact_is_written_down_once_and_stands_in_the_diary(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda = sign_in("frieda")
    sent = {
        "day": "2022-03-08",
        "kind": cast.categories["erstgespraech"],
        "channel": cast.categories["vor-ort"],
        "minutes": "45",
        "participants_target": "1",
        "topics": [cast.categories["arbeit"]],
        "note": SECRET,
    }
    assert frieda.post(f"/faelle/{case.pk}/kontakte/neu/", sent).status_code == 302
    act_as(cast.actor("frieda"))
    contact = CaseContact.objects.select_related("activity").get(case=case)
    assert contact.activity.minutes == 45
    assert contact.activity.municipality_id == case.municipality_id
    assert contact.activity.note == ""
    assert Case.objects.get().last_contact_on == date(2022, 3, 8)
    assert SECRET.encode() not in bytes(Note.objects.get().text)
    assert SECRET in text_of(frieda, f"/faelle/{case.pk}/kontakte/")
    page = text_of(frieda, f"/faelle/{case.pk}/kontakte/{contact.pk}/")
    assert 'name="version" value="1"' in page
    answer = frieda.post(
        f"/faelle/{case.pk}/kontakte/{contact.pk}/", sent | {"minutes": "60", "version": "1", "note_version": "1"}
    )
    assert answer.status_code == 302
    act_as(cast.actor("frieda"))
    assert Activity.objects.get(pk=contact.activity_id).minutes == 60


def test_a_contact_that_the_diary_refuses_is_not_written_at_all(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    sent = {"day": "1999-01-01", "kind": cast.categories["erstgespraech"], "participants_target": "1", "note": SECRET}
    answer = sign_in("frieda").post(f"/faelle/{case.pk}/kontakte/neu/", sent)
    assert answer.status_code == 422
    assert SECRET in answer.content.decode(), "what was typed is kept"
    act_as(cast.actor("frieda"))
    assert not CaseContact.objects.exists()
    assert not Note.objects.exists()


def test_short_advice_needs_no_person_and_stands_in_the_diary_only(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    sent = {"day": "2022-03-08", "kind": cast.categories["erstgespraech"], "participants_target": "1"}
    assert sign_in("frieda").post("/faelle/kurzberatung/", sent).status_code == 302
    act_as(cast.actor("frieda"))
    assert Activity.objects.count() == 1
    assert not Case.objects.exists()


def assessment(cast: Cast, level: str = "1", **more: str) -> dict[str, str]:
    work = choice(ChoiceList.LIFE_DOMAIN, "arbeit")
    sent = {"assessed_on": "2022-03-10", "occasion": "baseline"}
    for domain in _domains():
        sent |= {f"level_{domain}": "", f"urgency_{domain}": "later"}
    return sent | {f"level_{work}": level, f"need_{work}": SECRET} | more


def _domains() -> list[int]:
    from kimwerk.casework.models import Choice

    return list(Choice.objects.of(ChoiceList.LIFE_DOMAIN).values_list("pk", flat=True))


def test_the_situation_is_assessed_again_and_compared(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda, url = sign_in("frieda"), f"/faelle/{case.pk}/lage/neu/"
    assert frieda.post(url, assessment(cast)).status_code == 302
    later = assessment(cast, "3", assessed_on="2022-06-10", occasion="review")
    assert frieda.post(url, later).status_code == 302
    page = text_of(frieda, f"/faelle/{case.pk}/lage/")
    assert "2 Stufen besser" in page
    assert SECRET in page


def test_the_second_of_two_who_edit_one_assessment_sees_what_changed(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda = sign_in("frieda")
    frieda.post(f"/faelle/{case.pk}/lage/neu/", assessment(cast))
    act_as(cast.actor("frieda"))
    stored = Assessment.objects.get()
    url = f"/faelle/{case.pk}/lage/{stored.pk}/"
    work = choice(ChoiceList.LIFE_DOMAIN, "arbeit")
    assert frieda.post(url, assessment(cast, version="1", **{f"need_{work}": "Zusage vom Betrieb"})).status_code == 302
    second = frieda.post(url, assessment(cast, "4", version="1"))
    page = second.content.decode()
    assert second.status_code == 409
    assert "Zusage vom Betrieb" in page, "what was saved meanwhile is shown"
    assert SECRET in page, "what was typed is kept"
    assert 'name="version" value="2"' in page
    assert "Zusage vom Betrieb" in text_of(frieda, f"/faelle/{case.pk}/lage/"), "nothing was overwritten"


def test_goals_and_steps_go_their_way(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda, base = sign_in("frieda"), f"/faelle/{case.pk}"
    goal = {"text": "Ich möchte arbeiten", "indicator": "Ein Praktikum", "agreed_on": "2022-03-10"}
    assert frieda.post(f"{base}/ziele/neu/", goal).status_code == 302
    act_as(cast.actor("frieda"))
    pk = Goal.objects.get().pk
    step = {"text": "Lebenslauf schreiben", "owner": "client", "due_on": "2022-04-01"}
    assert frieda.post(f"{base}/ziele/{pk}/schritt/", step | {"owner": "body"}).status_code == 422
    assert frieda.post(f"{base}/ziele/{pk}/schritt/", step).status_code == 302
    page = text_of(frieda, f"{base}/ziele/")
    assert "Lebenslauf schreiben" in page
    assert "überfällig" in page
    act_as(cast.actor("frieda"))
    step_pk = Step.objects.get().pk
    assert frieda.post(f"{base}/schritte/{step_pk}/erledigt/").status_code == 302
    assert frieda.post(f"{base}/ziele/{pk}/stand/", {"state": "reached", "note": "Praktikum"}).status_code == 302
    page = text_of(frieda, f"{base}/ziele/")
    assert "erreicht" in page
    assert frieda.get(f"{base}/schritte/{step_pk}/erledigt/").status_code == 405, "a GET changes nothing"


def test_what_is_open_keeps_a_case_from_being_closed(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    actor = act_as(cast.actor("frieda"))
    case = running(cast, actor)
    goal = agree_goal(actor=actor, case=case, facts=GoalFacts("Arbeiten", "", date(2022, 3, 10)))
    plan_step(actor=actor, goal=goal, facts=StepFacts("Schreiben", StepOwner.CLIENT))
    frieda, url = sign_in("frieda"), f"/faelle/{case.pk}/abschluss/"
    sent = {
        "closed_on": "2022-09-01",
        "reason": choice(ChoiceList.CLOSURE_REASON, "ziele-erreicht"),
        "attainment": "reached",
    }
    answer = frieda.post(url, sent)
    assert answer.status_code == 422
    assert "Schritte (1)" in answer.content.decode()
    act_as(cast.actor("frieda"))
    frieda.post(f"/faelle/{case.pk}/schritte/{Step.objects.get().pk}/entfallen/")
    frieda.post(f"/faelle/{case.pk}/ziele/{goal.pk}/stand/", {"state": "given_up"})
    assert frieda.post(url, sent).status_code == 302
    page = text_of(frieda, f"/faelle/{case.pk}/")
    assert "geschlossen" in page
    text_of(frieda, f"/faelle/{case.pk}/kontakte/neu/", 404)
    assert frieda.post(f"/faelle/{case.pk}/wiederaufnahme/", {"reason": "Kommt wieder"}).status_code == 302


def test_a_draft_is_kept_sealed_and_goes_on(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda, url = sign_in("frieda"), f"/faelle/{case.pk}/notizen/neu/"
    keep = f"/faelle/{case.pk}/entwurf/?form=note&url={url}"
    assert frieda.post(keep, {"note": SECRET}).status_code == 204
    assert SECRET in text_of(frieda, url)
    assert url in text_of(frieda, f"/faelle/{case.pk}/")
    act_as(cast.actor("frieda"))
    assert SECRET.encode() not in bytes(Draft.objects.get().content)
    assert frieda.post(f"/faelle/{case.pk}/entwurf/?form=note&url=https://elsewhere.example/", {}).status_code == 404
    assert frieda.post(url, {"note": SECRET}).status_code == 302
    act_as(cast.actor("frieda"))
    assert not Draft.objects.exists()


def test_the_coordination_sees_list_and_load_without_names_or_notes(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    page = text_of(sign_in("karin"), "/faelle/uebersicht/")
    assert case.number in page
    assert "Frieda Fallbeispiel" in page
    assert "Musterenko" not in page
    text_of(sign_in("karin"), f"/faelle/{case.pk}/", 404)
    assert case.number not in text_of(sign_in("klara"), "/faelle/uebersicht/")
    text_of(sign_in("frieda"), "/faelle/uebersicht/", 404)


def test_breaking_the_glass_needs_a_reason_and_is_seen(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    karin, url = sign_in("karin"), f"/faelle/{case.pk}/einsicht/"
    assert karin.post(url, {"reason": " "}).status_code == 422
    assert karin.post(url, {"reason": "Beschwerde vom 8. März"}).status_code == 302
    page = text_of(karin, f"/faelle/{case.pk}/")
    assert "Musterenko" in page
    assert "Viele Stellen, kein Zugang." in page
    text_of(karin, f"/faelle/{case.pk}/kontakte/neu/", 404)
    frieda = sign_in("frieda")
    assert "Beschwerde vom 8. März" in text_of(frieda, f"/faelle/{case.pk}/")
    assert "Karin Koordination" in text_of(frieda, "/")
    act_as(cast.actor("karin"))
    insight = Insight.objects.get()
    assert frieda.post(f"/faelle/{case.pk}/einsicht/{insight.pk}/gesehen/").status_code == 302
    stop = f"/faelle/{case.pk}/einsicht/{insight.pk}/ende/"
    assert f'action="{stop}"' in text_of(karin, f"/faelle/{case.pk}/verlauf/")
    assert stop not in text_of(frieda, f"/faelle/{case.pk}/")
    assert karin.post(url, {"reason": "Rückfrage zur Beschwerde"}).status_code == 302
    assert karin.post(stop).status_code == 302
    text_of(karin, f"/faelle/{case.pk}/", 404)
    assert sign_in("klara").post(url, {"reason": "Neugier"}).status_code == 404


def test_who_looks_into_a_case_reads_what_is_due_without_a_way_to_do_it(
    cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    case = opened(cast, act_as(cast.actor("frieda")))
    karin, url, to_do = sign_in("karin"), f"/faelle/{case.pk}/", f'href="/faelle/{case.pk}/klaerung/'
    karin.post(f"{url}einsicht/", {"reason": "Beschwerde vom 8. März"})
    assert to_do in text_of(sign_in("frieda"), url)
    page = text_of(karin, url)
    assert "Klärung abschließen" in page
    assert to_do not in page
    assert '<a href="/faelle/uebersicht/" aria-current="page">' in page, "the list from which they came is lit"


def test_the_coordination_is_led_back_to_pages_it_may_open(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    karin, look = sign_in("karin"), f"/faelle/{case.pk}/einsicht/"
    karin.post(look, {"reason": "Beschwerde vom 8. März"})
    for url in (look, f"/faelle/{case.pk}/uebergabe/", f"/faelle/{case.pk}/vertretung/", f"/faelle/{case.pk}/"):
        page = text_of(karin, url)
        assert 'href="/faelle/uebersicht/"' in page, url
        assert 'href="/faelle/"' not in page, url


def test_a_quality_sample_is_drawn_reviewed_and_read_by_the_case_manager(
    cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    karin = sign_in("karin")
    assert karin.post("/faelle/stichproben/", {"number": "3"}).status_code == 302
    assert case.number in text_of(karin, "/faelle/stichproben/")
    act_as(cast.actor("karin"))
    insight = Insight.objects.get()
    aspect = choice(ChoiceList.REVIEW_ASPECT, "ziele")
    url = f"/faelle/stichproben/{insight.pk}/"
    text_of(karin, url)
    assert karin.post(url, {f"verdict_{aspect}": "improve", f"note_{aspect}": "Messbar fassen"}).status_code == 302
    assert "Messbar fassen" in text_of(sign_in("frieda"), f"/faelle/{case.pk}/verlauf/")
    text_of(karin, f"/faelle/{case.pk}/", 404)
    karin.post("/faelle/stichproben/", {"number": "3"})
    act_as(cast.actor("karin"))
    assert Insight.objects.count() == 1, "none is drawn twice in a year"


def test_the_coordination_sets_the_rules(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    karin = sign_in("karin")
    settings = {"inactive_days": "60", "review_days": "180", "ahead_days": "14", "glass_hours": "2"}
    assert karin.post("/faelle/regeln/", settings).status_code == 302
    assert (
        karin.post("/faelle/regeln/", {"label": "Mindestens drei Problemlagen", "is_required": "on"}).status_code == 302
    )
    assert "Mindestens drei Problemlagen" in text_of(karin, "/faelle/regeln/")
    case = running_without_rules(cast, act_as)
    assert "Mindestens drei Problemlagen" in text_of(sign_in("frieda"), f"/faelle/{case.pk}/klaerung/")
    text_of(sign_in("frieda"), "/faelle/regeln/", 404)


def running_without_rules(cast: Cast, act_as: Act) -> Case:
    return opened(cast, act_as(cast.actor("frieda")))


def test_a_case_is_handed_over_on_a_page(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda = sign_in("frieda")
    sent = {"account": cast.accounts["mehmet"], "summary": "Termin am Montag"}
    assert frieda.post(f"/faelle/{case.pk}/uebergabe/", sent).status_code == 302
    text_of(frieda, f"/faelle/{case.pk}/", 404)
    assert "Termin am Montag" in text_of(sign_in("mehmet"), f"/faelle/{case.pk}/verlauf/")


def test_a_deputy_is_named_and_ended_on_a_page(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda = sign_in("frieda")
    until = (timezone.localdate() + timedelta(days=7)).isoformat()
    sent = {"account": cast.accounts["mehmet"], "until": until}
    assert frieda.post(f"/faelle/{case.pk}/vertretung/", sent).status_code == 302
    assert "Sie vertreten" in text_of(sign_in("mehmet"), "/faelle/")
    assert frieda.post(f"/faelle/{case.pk}/vertretung/ende/").status_code == 302
    text_of(sign_in("mehmet"), f"/faelle/{case.pk}/", 404)


def test_my_day_tells_what_is_due_in_my_cases(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    frieda = sign_in("frieda")
    sent = {"kind": "chance_residence", "granted_on": "2022-01-10"}
    assert frieda.post(f"/faelle/{case.pk}/fristen/neu/", sent).status_code == 302
    assert frieda.post(f"/faelle/{case.pk}/fristen/neu/", {"kind": "course_start"}).status_code == 422
    page = text_of(frieda, "/")
    assert "§ 104c: 18 Monate enden" in page
    assert "09.07.2023" in page
    assert "Musterenko" not in text_of(sign_in("mehmet"), "/")


def test_whoever_was_handed_a_case_reads_its_whole_history(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    agree_goal(actor=frieda, case=case, facts=GoalFacts("Arbeiten", "", date(2022, 3, 10)))
    hand_over(actor=frieda, case=case, account_id=cast.accounts["mehmet"])
    act_as(cast.actor("mehmet"))
    assert Goal.objects.count() == 1


def test_lists_are_kept_by_who_keeps_categories(cast: Cast, sign_in: SignIn) -> None:
    karin, url = sign_in("karin"), "/faelle/auswahllisten/access_path/"
    assert "Selbst gemeldet" in text_of(karin, "/faelle/auswahllisten/")
    assert karin.post(url, {"label": "Selbst gemeldet"}).status_code == 422
    assert karin.post(url, {"label": "Moschee"}).status_code == 302
    assert "Moschee" in text_of(karin, url)
    added = choice(ChoiceList.ACCESS_PATH, "moschee")
    assert karin.post(f"/faelle/auswahllisten/{added}/beenden/").status_code == 302
    text_of(karin, "/faelle/auswahllisten/unbekannt/", 404)
    text_of(sign_in("frieda"), url, 404)


def test_the_search_finds_ones_own_cases_and_nobody_elses(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    for words in ("musterenko", case.number):
        assert f"/faelle/{case.pk}/" in text_of(sign_in("frieda"), f"/suche/?q={words}")
        for stranger in ("mehmet", "karin", "klaus"):
            assert f"/faelle/{case.pk}/" not in text_of(sign_in(stranger), f"/suche/?q={words}")


def test_whoever_opens_unusually_many_cases_waits(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    """Opening a case counts as reading the person's file; then every page of a case waits, before it shows anything."""
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    table = Person._meta.db_table
    for number in range(LEAST):
        record_read(actor=frieda, subject_type=table, subject_id=f"-{number}")
        if number == LEAST - 2:  # with the person of the case, as many as never surprise
            assert "Musterenko" in text_of(sign_in("frieda"), f"/faelle/{case.pk}/")
            act_as(frieda)
    with as_owner():
        assert Event.objects.filter(subject_type=table, subject_id=str(case.person_id)).exists()
    client = sign_in("frieda")
    for part in ("", "lage/", "ziele/", "kontakte/", "verlauf/", "verbindungen/"):
        assert "Musterenko" not in text_of(client, f"/faelle/{case.pk}/{part}", 429), part
