"""Invitation, minutes, paper and certificate keep PDF/UA-1 and PDF/A-3a: one run of veraPDF over all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Organisation
from kimwerk.events.models import Event, Participant
from kimwerk.events.types import EventKind
from kimwerk.events.web.papers import certificates_pdf
from kimwerk.steering.models import Committee, Paper
from kimwerk.steering.printing import invitation_pdf, minutes_pdf
from kimwerk.steering.selectors.meetings import agenda_of
from kimwerk.steering.selectors.papers import attachments_of, steps_of
from kimwerk.steering.services.agenda import add_item
from kimwerk.steering.services.meetings import plan_meeting
from kimwerk.steering.services.minutes import note_attendance, write_note
from kimwerk.steering.services.papers import add_step, attach_file, keep_paper
from kimwerk.steering.services.resolutions import resolve
from kimwerk.steering.services.tasks import give_task
from kimwerk.steering.types import (
    Competence,
    ItemFacts,
    MeetingFacts,
    Outcome,
    PaperFacts,
    Presence,
    ResolutionFacts,
    StepFacts,
    TaskFacts,
)
from kimwerk.steering.web.paper_print import paper_pdf
from tests.cast import Cast
from tests.reporting.verapdf import broken_rules_of
from tests.steering.bodies import COUNTY, stefans_group

DAY = date(2022, 5, 4)
MAY = datetime(2022, 5, 4, 14, tzinfo=UTC)
PROFILES = ("PDFUA-1", "PDFA-3A")


def test_every_paper_of_a_committee_keeps_both_standards(
    cast: Cast, act_as: Callable[[Actor], Actor], tmp_path: Path
) -> None:
    kim = act_as(cast.actor("kim"))
    group = stefans_group(cast, kim)
    papers = meeting_papers(kim, group) | {"paper": council_paper(kim, group), "certificate": certificate(cast)}
    files = []
    for name, content in papers.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(content)
    verdicts = broken_rules_of(files, *PROFILES)
    assert verdicts == {path.name: {profile: [] for profile in PROFILES} for path in files}


def meeting_papers(kim: Actor, group: Committee) -> dict[str, bytes]:
    """Invitation and minutes of a meeting with everything that stands in them."""
    meeting = plan_meeting(actor=kim, committee=group, facts=MeetingFacts(MAY, place="Kreishaus"))
    item = add_item(actor=kim, meeting=meeting, facts=ItemFacts("Leitziele", "Drei Ziele\n\nund ein Dach", "Kim", 20))
    write_note(actor=kim, item=item, version=0, text="Die Leitziele werden besprochen.")
    seats = {seat.pk: (Presence.PRESENT, "Erika Beispiel") for seat in group.seats.all()}
    note_attendance(actor=kim, meeting=meeting, seats=seats, guests="Max Muster, Land")
    facts = ResolutionFacts("Leitziele", Outcome.ADOPTED, DAY, (3, 0, 0))
    resolve(actor=kim, committee=group, facts=facts, text="Drei Leitziele gelten.", item=item)
    give_task(actor=kim, committee=group, facts=TaskFacts("Entwurf schreiben", "Kim", due_on=DAY), item=item)
    assert agenda_of(meeting)
    return {"invitation": invitation_pdf(meeting), "minutes": minutes_pdf(meeting)}


def council_paper(kim: Actor, group: Committee) -> bytes:
    """A paper with its way and an attachment."""
    facts = PaperFacts("2022/117", "Evaluation", "Der Ausschuss nimmt Kenntnis.", "Weil.\n\nDarum.", "Amt")
    paper = keep_paper(actor=kim, organisation_id=group.organisation_id, facts=facts)
    add_step(actor=kim, paper=paper, facts=StepFacts(group.pk, Competence.NOTE, DAY))
    attach_file(actor=kim, paper=paper, name="Bericht", content=b"%PDF-1.7 example")
    kept = Paper.objects.select_related("organisation").get(pk=paper.pk)
    first, second = (paper_pdf(kept, steps_of(kept), attachments_of(kept)) for _ in range(2))
    assert first == second, "equal papers give equal bytes"
    return first


def certificate(cast: Cast) -> bytes:
    """A page for one guest of an event."""
    county = Organisation.objects.get(pk=cast.organisations[COUNTY])
    event = Event(organisation=county, kind=EventKind.TRAINING.value, title="Fortbildung", starts_at=MAY, place="Saal")
    return certificates_pdf(event, [Participant(name="Erika Beispiel", body="Beispielstelle")])
