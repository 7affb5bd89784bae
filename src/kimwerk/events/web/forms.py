"""The forms of events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.directory.models import Municipality
from kimwerk.directory.types import OrganisationKind
from kimwerk.events.models import Agreement, Event, GroupResult, Participant, TableGroup
from kimwerk.events.selectors.events import EventWish, usual_activity_kind
from kimwerk.events.types import (
    AgreementFacts,
    EventFacts,
    EventKind,
    EventState,
    GroupFacts,
    Guest,
    HeldFacts,
    ResultFacts,
    StepFacts,
    TemplateStep,
)
from kimwerk.ui.lines import named_address
from kimwerk.ui.widgets import Combobox, MultiSelect, TimeInput

Data = QueryDict | None
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_DAYS = 400
LISTS = {
    "topic": CategoryList.TOPIC,
    "target_group": CategoryList.TARGET_GROUP,
    "legal_circle": CategoryList.LEGAL_CIRCLE,
}
DURABLE = {"rows": 4}


class DayField(forms.DateField):
    """A day of this century or so: a year typed wrong is told at once."""

    def clean(self, value: object) -> date | None:
        """The day, or None where none is needed."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("This day is too far away. Check the year."))
        return day


def _offer_lists(form: forms.Form) -> None:
    """Give the fields of the diary's lists the entries that hold today."""
    today = timezone.localdate()
    for name, category_list in LISTS.items():
        if name in form.fields:
            entries = Category.objects.of(category_list).valid(today).order_by("position", "label")
            form.fields[name].queryset = entries  # type: ignore[attr-defined]  # a ModelChoiceField


class EventForm(forms.Form):
    """What, when and where."""

    kind = forms.ChoiceField(label=_("What it is"), choices=EventKind.choices)
    title = forms.CharField(label=_("Title"), max_length=160)
    day = DayField(label=_("Day"))
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput, required=False)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), widget=Combobox, required=False
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False, help_text=_("A room, or the video link."))
    text = forms.CharField(
        label=_("Aim and course"), required=False, max_length=4000, widget=forms.Textarea(attrs=DURABLE),
        help_text=_("Stands in the invitation."),
    )  # fmt: skip
    places = forms.IntegerField(
        label=_("Most participants"), min_value=1, max_value=5000, required=False,
        help_text=_("Leave it empty where nothing limits them."),
    )  # fmt: skip
    activity_kind = forms.ModelChoiceField(
        label=_("In the diary as"), queryset=Category.objects.none(), required=False,
        help_text=_("Empty: as is usual for events of this sort."),
    )  # fmt: skip

    def __init__(
        self, data: Data, *, places: QuerySet[Municipality], event: Event | None = None, place: str = ""
    ) -> None:
        super().__init__(data, initial=_as_typed(event) if event else {"municipality": place})
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField
        kinds = Category.objects.of(CategoryList.KIND).valid(timezone.localdate()).order_by("position", "label")
        self.fields["activity_kind"].queryset = kinds  # type: ignore[attr-defined]  # as above

    @property
    def facts(self) -> EventFacts:
        """What was entered."""
        entered = self.cleaned_data
        kind, chosen = EventKind(entered["kind"]), entered["activity_kind"]
        town = entered["municipality"]
        return EventFacts(
            kind,
            entered["title"],
            _at(entered["day"], entered["begins"]),
            chosen.pk if chosen else usual_activity_kind(kind),
            _at(entered["day"], entered["ends"]) if entered["ends"] else None,
            town.pk if town else None,
            entered["place"],
            entered["text"],
            entered["places"],
        )


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _as_typed(event: Event) -> dict[str, object]:
    starts = timezone.localtime(event.starts_at)
    ends = timezone.localtime(event.ends_at).time() if event.ends_at else None
    same = {name: getattr(event, name) for name in ("kind", "title", "place", "text", "places")}
    refers = {"municipality": event.municipality_id, "activity_kind": event.activity_kind_id}
    return same | refers | {"day": starts.date(), "begins": starts.time(), "ends": ends}


class StepForm(forms.Form):
    """Something to be done for an event."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = DayField(label=_("Until"))

    @property
    def facts(self) -> StepFacts:
        """What was entered."""
        return StepFacts(self.cleaned_data["title"], self.cleaned_data["due_on"])


class TemplateForm(forms.Form):
    """The checklist with which events of a kind begin, a line a step."""

    steps = forms.CharField(
        label=_("Checklist"), required=False, max_length=6000, strip=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("A line a step: days from the event, a colon, what is to be done. Before the event with a minus."),
    )  # fmt: skip

    def __init__(self, data: Data, *, steps: Iterable[TemplateStep]) -> None:
        lines = "\n".join(f"{step.days}: {step.title}" for step in steps)
        super().__init__(data, initial={"steps": lines})

    def clean_steps(self) -> list[TemplateStep]:
        """The lines as steps; the first one that cannot be read is told."""
        return [_step(line) for line in self.cleaned_data["steps"].splitlines() if line.strip()]


def _step(line: str) -> TemplateStep:
    before, colon, title = line.partition(":")
    try:
        days = int(before.replace("−", "-").replace("–", "-"))
    except ValueError:
        days = MOST_DAYS + 1
    if not colon or not title.strip() or abs(days) > MOST_DAYS or len(title) > 200:
        raise ValidationError(gettext("This line cannot be read: %(line)s") % {"line": line.strip()[:80]})
    return TemplateStep(days, title.strip())


class InviteForm(forms.Form):
    """Whom to invite: everybody of some sorts of organisations, and further addresses."""

    kinds = forms.MultipleChoiceField(
        label=_("Sorts of organisations"), choices=OrganisationKind.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    is_local = forms.BooleanField(label=_("only organisations of this municipality"), required=False)
    others = forms.CharField(
        label=_("Further addresses"), required=False, max_length=10_000, widget=forms.Textarea(attrs=DURABLE),
        help_text=_("One a line: name, e-mail. Separated by a semicolon."),
    )  # fmt: skip

    def clean_others(self) -> list[Guest]:
        """The lines as people with an address; the first one that cannot be read is told."""
        lines = (line for line in self.cleaned_data["others"].splitlines() if line.strip())
        return [Guest(name, email=email) for name, email in map(named_address, lines)]


class GuestsForm(forms.Form):
    """People for the list of participants, a line each."""

    guests = forms.CharField(
        label=_("Participants of the event"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One a line: name; organisation; e-mail. Organisation and e-mail may be left out."),
    )  # fmt: skip

    def clean_guests(self) -> list[Guest]:
        """The lines as people."""
        return [_guest(line) for line in self.cleaned_data["guests"].splitlines() if line.strip()]


def _guest(line: str) -> Guest:
    name, body, email, *_rest = [*(part.strip() for part in line.split(";")), "", ""]
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise ValidationError(gettext("No address in this line: %(line)s") % {"line": line.strip()[:80]}) from None
    if not name:
        raise ValidationError(gettext("A name is missing in this line: %(line)s") % {"line": line.strip()[:80]})
    return Guest(name[:160], body[:160], email)


class AnswerForm(GuestsForm):
    """The answer to an invitation."""

    is_coming = forms.ChoiceField(
        label=_("Your answer"), choices=[("yes", _("we come")), ("no", _("we cannot come"))], initial="yes",
        widget=forms.RadioSelect,
    )  # fmt: skip

    field_order = ("is_coming", "guests")

    def __init__(self, data: Data) -> None:
        super().__init__(data)
        self.fields["guests"].label = _("Who comes")
        self.fields["guests"].required = False
        self.fields["guests"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, object]:
        """Whoever comes is named."""
        entered = super().clean() or {}
        if entered.get("is_coming") == "yes" and not entered.get("guests") and "guests" not in self.errors:
            self.add_error("guests", gettext("Name at least one person who comes."))
        return entered

    @property
    def coming(self) -> list[Guest]:
        """Who comes; nobody where they decline."""
        named: list[Guest] = self.cleaned_data["guests"]
        return named if self.cleaned_data["is_coming"] == "yes" else []


class PresenceForm(forms.Form):
    """Who of the list was there."""

    present = forms.MultipleChoiceField(label=_("Who was there"), widget=MultiSelect, required=False)

    def __init__(self, data: Data, *, participants: Sequence[Participant]) -> None:
        there = [str(each.pk) for each in participants if each.is_present]
        super().__init__(data, initial={"present": there})
        choices = [(str(each.pk), f"{each.name} ({each.body})" if each.body else each.name) for each in participants]
        self.fields["present"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField

    @property
    def keys(self) -> list[int]:
        """Who was chosen."""
        return [int(pk) for pk in self.cleaned_data["present"]]


class GroupForm(forms.Form):
    """A table with its question."""

    title = forms.CharField(label=_("Question of the table"), max_length=160)
    moderator = forms.CharField(label=_("Moderated by"), max_length=160, required=False)
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Category.objects.none(), required=False)

    def __init__(self, data: Data, *, group: TableGroup | None = None) -> None:
        super().__init__(data, initial={name: getattr(group, name) for name in self.base_fields} if group else None)
        _offer_lists(self)

    @property
    def facts(self) -> GroupFacts:
        """What was entered."""
        entered = self.cleaned_data
        return GroupFacts(entered["title"], entered["moderator"], entered["topic"].pk if entered["topic"] else None)


class ResultForm(forms.Form):
    """What was named at a table."""

    title = forms.CharField(label=_("What was named"), max_length=200)
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name nobody: needs are read by the whole programme."),
    )  # fmt: skip
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Category.objects.none(), required=False)
    target_group = forms.ModelChoiceField(label=_("Target group"), queryset=Category.objects.none(), required=False)
    legal_circle = forms.ModelChoiceField(label=_("Legal circle"), queryset=Category.objects.none(), required=False)

    def __init__(self, data: Data, *, group: TableGroup, result: GroupResult | None = None) -> None:
        known = {name: getattr(result, name) for name in self.base_fields} if result else {"topic": group.topic_id}
        super().__init__(data, initial=known)
        _offer_lists(self)

    @property
    def facts(self) -> ResultFacts:
        """What was entered."""
        entered = self.cleaned_data
        keys = {f"{name}_id": entered[name].pk if entered[name] else None for name in LISTS}
        return ResultFacts(entered["title"], entered["text"], **keys)


class AgreementForm(forms.Form):
    """What was agreed with a municipality."""

    valid_from = DayField(label=_("Valid from"), initial=timezone.localdate)
    target_groups = forms.CharField(label=_("Target groups"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    interfaces = forms.CharField(
        label=_("Interfaces"), max_length=4000, required=False, widget=forms.Textarea(attrs=DURABLE),
        help_text=_("Which advice centres and offices do what, and how they hand over."),
    )  # fmt: skip
    delimitation = forms.CharField(
        label=_("Where case management begins"), max_length=4000, widget=forms.Textarea(attrs=DURABLE),
        help_text=_("Where referral consultation ends, and when somebody is taken on."),
    )  # fmt: skip

    def __init__(self, data: Data, *, last: Agreement | None) -> None:
        same = ("target_groups", "interfaces", "delimitation")
        super().__init__(data, initial={name: getattr(last, name) for name in same} if last else None)

    @property
    def facts(self) -> AgreementFacts:
        """What was entered."""
        entered = self.cleaned_data
        return AgreementFacts(
            entered["valid_from"], entered["target_groups"], entered["delimitation"], entered["interfaces"]
        )


class HoldForm(forms.Form):
    """How an event went."""

    participants_partner = forms.IntegerField(
        label=_("Partners who were there"), min_value=0, max_value=5000,
        help_text=_("Administration, welfare, volunteers and others in the field."),
    )  # fmt: skip
    participants_target = forms.IntegerField(
        label=_("People of the target groups who were there"), min_value=0, max_value=5000, initial=0
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=6000, required=False)

    @property
    def facts(self) -> HeldFacts:
        """What was entered."""
        entered = self.cleaned_data
        return HeldFacts(entered["participants_target"], entered["participants_partner"], entered["minutes"])


class EventFilter(forms.Form):
    """Which events are listed."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("all")), *EventKind.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *EventState.choices], required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, data: QueryDict, *, places: QuerySet[Municipality]) -> None:
        super().__init__(data)
        towns = [("", _("all")), *((str(pk), name) for pk, name in places.values_list("pk", "name"))]
        self.fields["municipality"].choices = towns  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> EventWish:
        """What is asked for; a value that is no sensible one asks for nothing."""
        self.is_valid()
        kind, state, town = (self.cleaned_data.get(name) for name in ("kind", "state", "municipality"))
        return EventWish(
            EventKind(kind) if kind else None, EventState(state) if state else None, int(town) if town else None
        )
