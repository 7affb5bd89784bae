"""The pages of a checklist out of what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.casework.checklist_catalogue import ItemKind
from kimwerk.casework.checklist_types import RUNNING, ChecklistState, ItemState
from kimwerk.casework.selectors.checklists import ChecklistFile, Line
from kimwerk.casework.web.referrals.forms import ItemsForm
from kimwerk.casework.web.referrals.pages import ChecklistPage, ItemLine, ListPage
from kimwerk.casework.web.referrals.wording import CHECKLIST_STATES, ITEM_STATES
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, Pagination, Row, Table, Tone
from kimwerk.ui.templatetags.ui import clock, day

_TONES = {ChecklistState.APPLIED: Tone.INFO, ChecklistState.GRANTED: Tone.SUCCESS, ChecklistState.REFUSED: Tone.WARNING}
_ITEM_TONES = {ItemState.READY: Tone.SUCCESS, ItemState.MISSING: Tone.WARNING}


def checklist_crumbs(file: ChecklistFile | None = None) -> tuple[Crumb, ...]:
    """The way to a checklist, or to an errand of it."""
    listed = Crumb(_("Residence and naturalisation"), reverse("casework:checklists"))
    return (listed, Crumb(file.listed.title, reverse("casework:checklist", args=[file.id]))) if file else (listed,)


def checklist_list_page(files: Sequence[ChecklistFile], pagination: Pagination | None = None) -> ListPage:
    """The checklists of one's cases."""
    columns = (
        Column(_("Checklist")), Column(_("Case")), Column(_("State")), Column(_("Settled")), Column(_("Appointment")),
    )  # fmt: skip
    return ListPage(
        title=_("Residence and naturalisation"),
        state=_("What is to be fulfilled and brought. Information, no legal advice."),
        table=Table(
            _("Residence and naturalisation"), columns, tuple(_row(each) for each in files), is_caption_hidden=True
        ),
        pagination=pagination,
        empty_title=_("No checklists yet"),
        empty_text=_("A checklist is begun in the file of a case."),
    )


def checklist_page(file: ChecklistFile, form: ItemsForm, *, is_kept: bool) -> ChecklistPage:
    """One checklist."""
    return ChecklistPage(
        title=file.listed.title,
        state=_("%(law)s, version of %(day)s. Information, no legal advice.")
        % {"law": file.listed.law, "day": german.day(file.as_of)},
        badge=_badge(file.state),
        crumbs=checklist_crumbs(),
        facts=tuple(_facts(file)),
        note=file.listed.note,
        warnings=tuple(_warnings(file)),
        conditions=tuple(_line(each, form) for each in file.of_kind(ItemKind.CONDITION)),
        documents=tuple(_line(each, form) for each in file.of_kind(ItemKind.DOCUMENT)),
        form=form,
        actions=tuple(_actions(file)) if is_kept else (),
        version=file.version,
        may_keep=is_kept and file.state in RUNNING,
    )


def _row(file: ChecklistFile) -> Row:
    appointment = f"{day(file.appointment_at)}, {clock(file.appointment_at)}" if file.appointment_at else ""
    settled = _("%(done)s of %(all)s") % {"done": file.settled, "all": len(file.lines)}
    return Row(
        (
            Cell(file.listed.title, address_of_record("casework:checklist", file.id), file.listed.law),
            Cell(file.case_number),
            Cell(badge=_badge(file.state)),
            Cell(settled),
            Cell(appointment, note=file.authority),
        ),
        key=f"checklist-{file.id}",
    )


def _badge(state: ChecklistState) -> Badge:
    return Badge(CHECKLIST_STATES[state], _TONES.get(state, Tone.NEUTRAL))


def _facts(file: ChecklistFile) -> Iterator[Fact]:
    yield Fact(_("Case"), file.case_number)
    yield Fact(_("Authority"), file.authority)
    if file.appointment_at:
        yield Fact(_("Appointment"), f"{day(file.appointment_at)}, {clock(file.appointment_at)}")
    if file.applied_on:
        yield Fact(_("Applied on"), german.day(file.applied_on))
    if file.decided_on:
        yield Fact(_("Decided on"), german.day(file.decided_on))
    yield Fact(_("Wording of the law"), file.listed.source, url=file.listed.source)


def _warnings(file: ChecklistFile) -> Iterator[Text]:
    if file.is_outdated:
        yield _("The law has changed since this list was begun. Begin a new one, or check the lines by hand.")


def _line(line: Line, form: ItemsForm) -> ItemLine:
    badge = Badge(ITEM_STATES[line.state], _ITEM_TONES.get(line.state, Tone.NEUTRAL))
    return ItemLine(line.item.text, line.item.law, line.item.hint, form[line.item.key], badge)


def _actions(file: ChecklistFile) -> Iterator[Action]:
    yield Action(_("Appointment and state"), reverse("casework:checklist_standing", args=[file.id]))
    if file.authority_id is not None:
        yield Action(_("Hand over to the authority"), reverse("casework:checklist_hand_over", args=[file.id]))
