"""The forms of meetings, agendas, minutes and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.steering.models import AgendaItem, Committee, Meeting, Task
from kimwerk.steering.selectors.committees import seats_on
from kimwerk.steering.selectors.meetings import AttendanceLine, MeetingWish, Suggestion, years_of
from kimwerk.steering.selectors.tasks import TaskWish
from kimwerk.steering.types import ItemFacts, ItemSource, MeetingFacts, MeetingState, Presence, TaskFacts, WorkState
from kimwerk.steering.web.forms import Data, DayField
from kimwerk.ui.widgets import TimeInput

LONGEST_NOTE = 50_000


class MeetingForm(forms.Form):
    """When and where a committee meets."""

    day = DayField(label=_("Day"))
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False, help_text=_("A room, or the video link."))
    title = forms.CharField(
        label=_("Title"), max_length=160, required=False, help_text=_("Empty: the committee and the meeting’s number.")
    )

    @classmethod
    def about(cls, data: Data, meeting: Meeting) -> MeetingForm:
        """The form filled in with a meeting."""
        ends = timezone.localtime(meeting.ends_at) if meeting.ends_at else None
        return cls(data, initial=_start(timezone.localtime(meeting.starts_at)) | {
            "ends": ends.time() if ends else None, "place": meeting.place, "title": meeting.title,
        })  # fmt: skip

    @classmethod
    def following(cls, data: Data, start: datetime | None, last: Meeting | None) -> MeetingForm:
        """The form filled in with what the committee's rhythm says."""
        ends = timezone.localtime(last.ends_at).time() if last and last.ends_at else None
        usual = {"ends": ends, "place": last.place if last else ""}
        return cls(data, initial=(_start(start) | usual) if start else usual)

    @property
    def facts(self) -> MeetingFacts:
        """What was entered."""
        entered = self.cleaned_data
        starts_at = _at(entered["day"], entered["begins"])
        ends_at = _at(entered["day"], entered["ends"]) if entered["ends"] else None
        return MeetingFacts(starts_at, ends_at, entered["place"], entered["title"])


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _start(start: datetime) -> dict[str, object]:
    return {"day": start.date(), "begins": start.time()}


class ItemForm(forms.Form):
    """An item of an agenda."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    presenter = forms.CharField(label=_("Presented by"), max_length=160, required=False)
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=1, max_value=600, required=False)

    @classmethod
    def about(cls, data: Data, item: AgendaItem) -> ItemForm:
        """The form filled in with an item."""
        return cls(data, initial={name: getattr(item, name) for name in cls.base_fields})

    @property
    def facts(self) -> ItemFacts:
        """What was entered."""
        entered = self.cleaned_data
        return ItemFacts(entered["title"], entered["text"], entered["presenter"], entered["minutes"])


SOURCES = {
    ItemSource.PAPER: _("Paper to the committee"),
    ItemSource.PROPOSAL: _("Proposal"),
    ItemSource.TASK: _("Open task"),
    ItemSource.GAP: _("Gap of the system"),
    ItemSource.RESOLUTION: _("Resolution to come back to"),
}


class SuggestionsForm(forms.Form):
    """What waits for the agenda; all of it is chosen to begin with."""

    keys = forms.MultipleChoiceField(
        label=_("Choose what is taken up"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Data, *, found: Sequence[Suggestion]) -> None:
        super().__init__(data, initial={"keys": [each.key for each in found]})
        choices = [(each.key, _said(each)) for each in found]
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField


def _said(suggestion: Suggestion) -> str:
    by = f" – {suggestion.presenter}" if suggestion.presenter else ""
    return f"{SOURCES.get(suggestion.source, '')}: {suggestion.title}{by}"


class NoteForm(forms.Form):
    """What the minutes say about an item."""

    text = forms.CharField(
        label=_("Minutes of the meeting"), required=False, max_length=LONGEST_NOTE, strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class AttendanceForm(forms.Form):
    """Who of each seat was there, and who else."""

    guests = forms.CharField(
        label=_("Guests"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, with the organisation."),
    )  # fmt: skip

    def __init__(self, data: Data, *, lines: Sequence[AttendanceLine], guests: str) -> None:
        super().__init__(data, initial={"guests": guests})
        self.lines = lines
        for line in lines:
            self._offer(line)
        self.order_fields([name for name in self.fields if name != "guests"] + ["guests"])

    @property
    def seats(self) -> dict[int, tuple[Presence | None, str]]:
        """What was entered, by seat."""
        return {line.seat.seat.pk: self._entered(line) for line in self.lines}

    def _offer(self, line: AttendanceLine) -> None:
        seat = line.seat.seat
        deputy = line.seat.deputy
        choices = [("", _("not noted"))] + [
            (
                presence.value,
                f"{presence.label}: {deputy.name}" if presence is Presence.DEPUTY and deputy else presence.label,
            )
            for presence in Presence
        ]
        vote = "" if seat.has_vote else f" ({_('advises')})"
        self.fields[f"s{seat.pk}"] = forms.ChoiceField(
            label=f"{line.name or _('not held')} – {seat.organisation.name}, {seat.function}{vote}",
            choices=choices,
            required=False,
            initial=line.noted.presence if line.noted else "",
        )

    def _entered(self, line: AttendanceLine) -> tuple[Presence | None, str]:
        chosen = self.cleaned_data.get(f"s{line.seat.seat.pk}")
        presence = Presence(chosen) if chosen else None
        holder = line.seat.deputy if presence is Presence.DEPUTY else line.seat.member
        return presence, holder.name if holder else ""


class ProposalForm(forms.Form):
    """What somebody wants to see on the agenda."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What it is about"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Name no clients: committees deal with gaps, not with persons."),
    )  # fmt: skip


class TaskForm(forms.Form):
    """A task."""

    title = forms.CharField(label=_("What is to be done"), max_length=300)
    seat = forms.ChoiceField(label=_("Seat"), required=False)
    owner_name = forms.CharField(
        label=_("Somebody else"), max_length=160, required=False, help_text=_("If nobody of the committee does it.")
    )
    due_on = DayField(label=_("Until"), required=False)
    note = forms.CharField(label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Data, *, committee: Committee, task: Task | None = None) -> None:
        super().__init__(data, initial=_task_as_typed(task) if task else None)
        seats = [
            (str(line.seat.pk), f"{line.member.name if line.member else _('not held')} – {line.seat}")
            for line in seats_on(committee, timezone.localdate())
        ]
        self.fields["seat"].choices = [("", _("nobody of the committee")), *seats]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def facts(self) -> TaskFacts:
        """What was entered."""
        entered = self.cleaned_data
        seat = int(entered["seat"]) if entered["seat"] else None
        return TaskFacts(entered["title"], entered["owner_name"], seat, entered["due_on"], entered["note"])


def _task_as_typed(task: Task) -> dict[str, object]:
    seat = str(task.owner_seat_id) if task.owner_seat_id else ""
    name = "" if task.owner_seat_id else task.owner_name
    return {"title": task.title, "seat": seat, "owner_name": name, "due_on": task.due_on, "note": task.note}


class SettleForm(forms.Form):
    """How far a task is."""

    state = forms.ChoiceField(label=_("State"), choices=WorkState.choices)
    note = forms.CharField(label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class CommitteeFilter(forms.Form):
    """Lists are narrowed by committee."""

    committee = forms.ChoiceField(label=_("Committee"), required=False)

    def __init__(self, data: QueryDict, *, actor: Actor) -> None:
        super().__init__(data)
        names = Committee.objects.visible_to(actor).order_by("name").values_list("pk", "name")
        choices = [("", _("all")), *((str(pk), name) for pk, name in names)]
        self.fields["committee"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self, name: str) -> str:
        """The value of a field, or nothing where it is no sensible one."""
        self.is_valid()
        value = self.cleaned_data.get(name)
        return str(value) if value else ""

    @property
    def committee_id(self) -> int | None:
        """The committee asked for."""
        return int(self.chosen("committee")) if self.chosen("committee") else None


class MeetingFilter(CommitteeFilter):
    """Which meetings are listed."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *MeetingState.choices], required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: QueryDict, *, actor: Actor) -> None:
        super().__init__(data, actor=actor)
        years = [("", _("all")), *((str(year), str(year)) for year in years_of(actor))]
        self.fields["year"].choices = years  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> MeetingWish:
        """What is asked for."""
        state, year = self.chosen("state"), self.chosen("year")
        return MeetingWish(self.committee_id, MeetingState(state) if state else None, int(year) if year else None)


class TaskFilter(CommitteeFilter):
    """Which tasks are listed: those that are not finished, unless others are asked for."""

    STATES = [("", _("not finished")), *WorkState.choices, ("all", _("all"))]

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    overdue = forms.BooleanField(label=_("only overdue ones"), required=False)
    own = forms.BooleanField(label=_("only my own"), required=False)

    @property
    def wish(self) -> TaskWish:
        """What is asked for."""
        state = self.chosen("state")
        is_all = state == "all"
        return TaskWish(
            self.committee_id,
            WorkState(state) if state and not is_all else None,
            bool(self.chosen("overdue")),
            bool(self.chosen("own")),
            is_all,
        )
