"""Papers to committees: their way through the agendas, and that they stay as a committee read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.steering.editions import KnownEdition, provide_editions
from kimwerk.steering.models import Committee, Meeting, Paper, PaperAttachment, PaperStep
from kimwerk.steering.selectors.meetings import agenda_of, suggestions_for
from kimwerk.steering.services.agenda import remove_item, take_up
from kimwerk.steering.services.meetings import cancel_meeting, plan_meeting
from kimwerk.steering.services.papers import (
    add_step,
    attach_edition,
    attach_file,
    detach,
    keep_paper,
    note_step,
    release_paper,
    remove_step,
)
from kimwerk.steering.services.resolutions import resolve
from kimwerk.steering.types import (
    Competence,
    MeetingFacts,
    Outcome,
    PaperFacts,
    PaperOutcome,
    ResolutionFacts,
    SteeringProblem,
    SteeringRefused,
    StepFacts,
)
from tests.cast import Cast
from tests.steering.bodies import COUNTY, steering_group, stefans_group

Act = Callable[[Actor], Actor]
MAY = datetime(2022, 5, 4, 14, tzinfo=UTC)
DAY = date(2022, 5, 4)
FACTS = PaperFacts(
    "2022/117", "Bericht zur Evaluation", "Der Ausschuss nimmt den Bericht zur Kenntnis.", "Weil.", "Amt"
)
PDF = b"%PDF-1.7 example"


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


@pytest.fixture
def group(cast: Cast, kim: Actor) -> Committee:
    return stefans_group(cast, kim)


@pytest.fixture
def council(cast: Cast, kim: Actor) -> Committee:
    return steering_group(cast, kim, name="Kreistag")


@pytest.fixture
def paper(cast: Cast, kim: Actor, group: Committee, council: Committee) -> Paper:
    """A draft that the group advises beforehand and the council decides."""
    made = keep_paper(actor=kim, organisation_id=cast.organisations[COUNTY], facts=FACTS)
    add_step(actor=kim, paper=made, facts=StepFacts(group.pk, Competence.ADVISE))
    add_step(actor=kim, paper=made, facts=StepFacts(council.pk, Competence.DECIDE))
    return made


def meeting_of(kim: Actor, committee: Committee) -> Meeting:
    return plan_meeting(actor=kim, committee=committee, facts=MeetingFacts(MAY))


def step_of(paper: Paper, committee: Committee) -> PaperStep:
    return paper.steps.get(committee=committee)


def proposed(kim: Actor, meeting: Meeting) -> list[str]:
    return [each.key for each in suggestions_for(kim, meeting)]


def test_a_paper_waits_for_one_committee_after_the_other(
    kim: Actor, paper: Paper, group: Committee, council: Committee
) -> None:
    first, second = meeting_of(kim, group), meeting_of(kim, council)
    assert proposed(kim, first) == []
    release_paper(actor=kim, paper=paper)
    key = f"paper-{paper.pk}"
    assert (proposed(kim, first), proposed(kim, second)) == ([key], [])

    take_up(actor=kim, meeting=first, keys=[key])
    assert step_of(paper, group).meeting == first
    item = next(each for each in agenda_of(first) if each.source == "paper")
    facts = ResolutionFacts("Zustimmung", Outcome.DEFERRED, DAY)
    resolve(actor=kim, committee=group, facts=facts, text="Vertagt.", item=item)
    step = step_of(paper, group)
    assert (step.outcome, step.meeting) == ("deferred", None)
    assert proposed(kim, second) == []

    note_step(actor=kim, step=step, outcome=PaperOutcome.RECOMMENDED, on_day=DAY)
    assert proposed(kim, second) == [key]


def test_a_vote_at_the_item_says_what_the_committee_did(
    cast: Cast, kim: Actor, paper: Paper, group: Committee, council: Committee
) -> None:
    release_paper(actor=kim, paper=paper)
    note_step(actor=kim, step=step_of(paper, group), outcome=PaperOutcome.RECOMMENDED, on_day=DAY)
    meeting = meeting_of(kim, council)
    take_up(actor=kim, meeting=meeting, keys=[f"paper-{paper.pk}"])
    item = next(each for each in agenda_of(meeting) if each.source == "paper")
    facts = ResolutionFacts("Nein", Outcome.REJECTED, DAY)
    resolve(actor=kim, committee=council, facts=facts, text="Abgelehnt.", item=item)
    step = step_of(paper, council)
    assert (step.outcome, step.on_day) == ("rejected", DAY)


def test_a_paper_comes_back_when_its_item_or_meeting_goes(kim: Actor, paper: Paper, group: Committee) -> None:
    release_paper(actor=kim, paper=paper)
    meeting, key = meeting_of(kim, group), f"paper-{paper.pk}"
    take_up(actor=kim, meeting=meeting, keys=[key])
    remove_item(actor=kim, item=next(each for each in agenda_of(meeting) if each.source == "paper"))
    assert proposed(kim, meeting) == [key]
    take_up(actor=kim, meeting=meeting, keys=[key])
    cancel_meeting(actor=kim, meeting=meeting)
    assert proposed(kim, meeting_of(kim, group)) == [key]


def test_committees_deal_with_it_in_their_order(kim: Actor, paper: Paper, council: Committee) -> None:
    with pytest.raises(SteeringRefused) as refused:
        note_step(actor=kim, step=step_of(paper, council), outcome=PaperOutcome.ADOPTED, on_day=DAY)
    assert refused.value.problem is SteeringProblem.NOT_IN_TURN


def test_it_stays_as_the_committee_read_it(cast: Cast, kim: Actor, paper: Paper, group: Committee) -> None:
    attached = attach_file(actor=kim, paper=paper, name="Tabelle.pdf", content=PDF)
    step = step_of(paper, group)
    note_step(actor=kim, step=step, outcome=PaperOutcome.NOTED, on_day=DAY)
    errands: tuple[Callable[[], object], ...] = (
        lambda: keep_paper(
            actor=kim, organisation_id=paper.organisation_id, facts=PaperFacts("1", "a", "b"), paper=paper
        ),
        lambda: attach_file(actor=kim, paper=paper, name="b", content=PDF),
        lambda: detach(actor=kim, attachment=attached),
        lambda: remove_step(actor=kim, step=step),
    )
    for errand in errands:
        with pytest.raises(SteeringRefused) as refused:
            errand()
        assert refused.value.problem is SteeringProblem.DEALT_WITH
    with pytest.raises(IntegrityError, match="as the committee read it"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(text="anders")
    assert bytes(PaperAttachment.objects.get(pk=attached.pk).content) == PDF


def test_a_number_is_given_once(cast: Cast, kim: Actor, paper: Paper) -> None:
    with pytest.raises(SteeringRefused) as refused:
        keep_paper(actor=kim, organisation_id=paper.organisation_id, facts=FACTS)
    assert refused.value.problem is SteeringProblem.NUMBER_TAKEN


class OneEdition:
    """A room of reports with a single edition."""

    def known(self, actor: Actor) -> tuple[KnownEdition, ...]:
        return (KnownEdition(7, "Evaluation (1)"),) if actor.can(Permission.REPORT_READ) else ()

    def pdf(self, actor: Actor, pk: int) -> bytes | None:
        return PDF if pk == 7 and actor.can(Permission.REPORT_READ) else None


def test_a_released_edition_is_kept_as_it_was(kim: Actor, paper: Paper) -> None:
    from kimwerk.reporting.providing import ReleasedEditions  # the room above, which is put back

    provide_editions(OneEdition())
    try:
        attached = attach_edition(actor=kim, paper=paper, edition_id=7)
        assert (attached.name, attached.edition_id, bytes(attached.content)) == ("Evaluation (1)", 7, PDF)
        with pytest.raises(SteeringRefused) as refused:
            attach_edition(actor=kim, paper=paper, edition_id=8)
        assert refused.value.problem is SteeringProblem.NO_EDITION
    finally:
        provide_editions(ReleasedEditions())


def test_members_read_what_is_released_and_nothing_of_a_draft(
    kim: Actor, paper: Paper, act_as: Act, sign_in: Callable[[str], Client]
) -> None:
    attached = attach_file(actor=kim, paper=paper, name="Tabelle.pdf", content=PDF)
    stefan, file = sign_in("stefan"), reverse("steering:paper_attachment", args=[attached.pk])
    page = reverse("steering:paper", args=[paper.pk])
    assert [stefan.get(page).status_code, stefan.get(file).status_code] == [404, 404]
    release_paper(actor=act_as(kim), paper=paper)
    assert "Der Ausschuss nimmt den Bericht" in stefan.get(page).content.decode()
    answer = stefan.get(file)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    listed = stefan.get(reverse("steering:papers"), {"waiting": "on"}).content.decode()
    assert "Bericht zur Evaluation" in listed


def test_the_office_attaches_only_what_may_be_kept(paper: Paper, sign_in: Callable[[str], Client]) -> None:
    kim, address = sign_in("kim"), reverse("steering:attach_to_paper", args=[paper.pk])
    said = kim.post(address, {"file": SimpleUploadedFile("a.exe", b"MZ program")}).content.decode()
    assert "weder ein PDF noch ein Bild" in said
    assert "Wählen Sie eine Ausgabe" in kim.post(address, {}).content.decode()
    assert kim.post(address, {"file": SimpleUploadedFile("Anlage.pdf", PDF)}).status_code == 302
    page = kim.get(reverse("steering:paper", args=[paper.pk])).content.decode()
    assert "Anlage.pdf" in page
