"""The pages of a conference out of what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.casework.conference_types import ConferenceState
from kimwerk.casework.selectors.conferences import ConferenceFile, ConferenceRow, Invited, Task
from kimwerk.casework.web.referrals.forms import CLIENT, MYSELF, TaskForm
from kimwerk.casework.web.referrals.pages import ConferencePage, InvitedLine, ListPage, TaskLine
from kimwerk.casework.web.referrals.wording import ATTENDANCES, CATEGORIES, CLIENTS, CONFERENCE_STATES
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, Pagination, Row, Table, Tone
from kimwerk.ui.templatetags.ui import clock, day

_TONES = {ConferenceState.PLANNED: Tone.INFO, ConferenceState.HELD: Tone.SUCCESS}


def conference_crumbs(file: ConferenceFile | None = None) -> tuple[Crumb, ...]:
    """The way to a conference, or to an errand of it."""
    listed = Crumb(_("Case conferences"), reverse("casework:conferences"))
    return (listed, Crumb(file.row.occasion, reverse("casework:conference", args=[file.row.id]))) if file else (listed,)


def conference_list_page(rows: Sequence[ConferenceRow], pagination: Pagination | None = None) -> ListPage:
    """The list of conferences."""
    columns = (
        Column(_("Occasion")), Column(_("Person")), Column(_("When")), Column(_("State")),
        Column(_("Invited"), is_numeric=True), Column(_("Open tasks"), is_numeric=True),
    )  # fmt: skip
    return ListPage(
        title=_("Case conferences"),
        state=_("About a case with those who are responsible, or anonymised to learn from"),
        table=Table(_("Case conferences"), columns, tuple(_row(each) for each in rows), is_caption_hidden=True),
        pagination=pagination,
        empty_title=_("No case conferences yet"),
        empty_text=_("One about a case is planned in its file; one to learn from, here."),
        action=Action(_("Anonymised conference"), reverse("casework:conference_learn")),
    )


def conference_page(file: ConferenceFile, task_form: TaskForm | None, *, is_kept: bool) -> ConferencePage:
    """One conference."""
    row = file.row
    when = f"{day(row.planned_at)}, {clock(row.planned_at)}"
    return ConferencePage(
        title=row.occasion,
        state=" · ".join(filter(None, [when, file.place, row.person or _("anonymised")])),
        badge=_badge(row.state),
        crumbs=conference_crumbs(),
        facts=tuple(_facts(file)),
        invited=tuple(_invited(file, each) for each in file.invited),
        tasks=tuple(_task(each) for each in file.tasks),
        warnings=tuple(_warnings(file)),
        actions=tuple(_actions(file)) if is_kept and row.state is ConferenceState.PLANNED else (),
        task_form=task_form if row.state is not ConferenceState.CANCELLED else None,
        pk=row.id,
        is_anonymous=file.person_id is None,
    )


def owners_of(file: ConferenceFile) -> list[tuple[str, Text]]:
    """Who can take a task on."""
    person = [(CLIENT, _("the person themselves"))] if file.person_id else []
    return [(MYSELF, _("I")), *person, *((str(each.organisation_id), each.name) for each in file.invited)]


def _row(row: ConferenceRow) -> Row:
    return Row(
        (
            Cell(row.occasion, address_of_record("casework:conference", row.id)),
            Cell(row.person or _("anonymised"), note=row.case_number),
            Cell(day(row.planned_at), note=clock(row.planned_at)),
            Cell(badge=_badge(row.state)),
            Cell(german.number(row.invited)),
            Cell(german.number(row.tasks_open)),
        ),
        key=f"conference-{row.id}",
    )


def _badge(state: ConferenceState) -> Badge:
    return Badge(CONFERENCE_STATES[state], _TONES.get(state, Tone.NEUTRAL))


def _facts(file: ConferenceFile) -> Iterator[Fact]:
    yield Fact(_("Question"), file.question)
    if file.person_id is not None:
        told = ", ".join(str(CATEGORIES[each]) for each in file.categories)
        yield Fact(_("What they are told beforehand, besides the question"), told or _("nothing else"))
        yield Fact(_("Told on"), day(file.shared_at) if file.shared_at else _("not yet"))
    if file.held_on:
        yield Fact(_("Took place on"), german.day(file.held_on))
        yield Fact(_("Agreement"), file.agreement)
    if file.client:
        yield Fact(_("The person themselves"), CLIENTS[file.client])
    if file.next_on:
        yield Fact(_("Next conference"), german.day(file.next_on))


def _invited(file: ConferenceFile, each: Invited) -> InvitedLine:
    badges = [] if file.row.state is ConferenceState.PLANNED else [Badge(ATTENDANCES[each.attendance])]
    if each.is_told:
        badges.append(Badge(_("has been told"), Tone.SUCCESS))
    elif each.is_covered:
        badges.append(Badge(_("covered by consent"), Tone.SUCCESS))
    elif each.is_covered is False:
        badges.append(Badge(_("not covered by consent"), Tone.DANGER))
    needs_mending = each.is_covered is False and file.row.state is ConferenceState.PLANNED
    url = reverse("consent:person", args=[file.person_id]) if needs_mending else ""
    return InvitedLine(each.name, tuple(badges), url)


def _task(task: Task) -> TaskLine:
    owner = _("the person themselves") if task.is_for_client else task.owner
    badge = Badge(_("task done"), Tone.SUCCESS) if task.done_on else Badge(_("open"), Tone.INFO)
    return TaskLine(task.id, task.text, owner, german.day(task.due_on), task.done_on is not None, badge)


def _warnings(file: ConferenceFile) -> Iterator[Text]:
    if file.row.state is not ConferenceState.PLANNED or file.person_id is None:
        return
    for each in file.not_covered:
        yield _(
            "No consent in force covers %(name)s. Ask the person for it, or take the invitation back. Until then"
            " nobody is told anything."
        ) % {"name": each.name}


def _actions(file: ConferenceFile) -> Iterator[Action]:
    here = [file.row.id]
    if file.person_id is not None and file.not_told and not file.not_covered:
        yield Action(_("Tell the invited"), reverse("casework:conference_share", args=here))
    yield Action(_("What was agreed"), reverse("casework:conference_held", args=here))
    yield Action(_("Invite"), reverse("casework:conference_invite", args=here))
    yield Action(_("Call off"), reverse("casework:conference_cancel", args=here))
