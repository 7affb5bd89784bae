"""Forms of referrals, conferences and checklists. What they cannot know is judged by the errands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.casework.checklist_catalogue import catalogue
from kimwerk.casework.checklist_types import ChecklistState, ItemState, Standing
from kimwerk.casework.conference_types import ClientPresence, ConferenceFacts, Held, TaskFacts
from kimwerk.casework.link_secrets import PIN_DIGITS
from kimwerk.casework.referral_types import (
    DAYS_TO_ANSWER,
    LONGEST_NEED,
    LONGEST_TEXT,
    Answer,
    DeclineReason,
    Outcome,
    ReferralChannel,
    ReferralFacts,
)
from kimwerk.casework.referral_words import OUTCOMES
from kimwerk.casework.selectors.checklists import ChecklistFile
from kimwerk.casework.web.referrals.wording import (
    CATEGORIES,
    CHANNELS,
    CHECKLIST_STATES,
    CLIENTS,
    ITEM_STATES,
    REASONS,
)
from kimwerk.directory.models import Organisation
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.figures import Text
from kimwerk.ui.widgets import Combobox, MultiSelect, TimeInput

Option = tuple[str, Text]
CONFERENCE_KIND = "fallkonferenz"
"""The code of the diary's kind that is chosen beforehand, where the office has it."""


PlaceT = TypeVar("PlaceT", bound=StrEnum)
ProblemT = TypeVar("ProblemT", bound=StrEnum)


def told_at_fields(form: forms.Form, problems: Mapping[PlaceT, ProblemT], words: Mapping[ProblemT, Text]) -> None:
    """Put what an errand refused at the fields of the form."""
    for place, problem in problems.items():
        name = place.value
        form.add_error(name if name in form.fields else None, str(words[problem]))


def organisation_options() -> list[Option]:
    """Organisations that exist today, in the order of their names."""
    found = Organisation.objects.existing(timezone.localdate()).order_by("sort_key")
    return [("", ""), *((str(pk), name) for pk, name in found.values_list("pk", "name"))]


def category_options(category_list: CategoryList) -> list[Option]:
    """What of a list of the diary can be chosen today."""
    found = Category.objects.of(category_list).valid(timezone.localdate()).order_by("position", "label")
    return [("", ""), *((str(pk), label) for pk, label in found.values_list("pk", "label"))]


def invitee_options() -> list[Option]:
    """Organisations that can be invited."""
    return organisation_options()[1:]


def target_options() -> list[Option]:
    """Where one can refer to."""
    return category_options(CategoryList.REFERRAL_TARGET)


def kind_options() -> list[Option]:
    """The diary's kinds of activities."""
    return category_options(CategoryList.KIND)


def list_options() -> list[Option]:
    """The checklists there are."""
    return [("", ""), *((each.key, f"{each.title} ({each.law})") for each in catalogue().values())]


def data_options() -> list[Option]:
    """The categories of data that may be chosen; the matter itself is told by its own field."""
    return [(each.value, CATEGORIES[each]) for each in DataCategory if each is not DataCategory.CONCERN]


class ReferralForm(forms.Form):
    """Where to, what is needed, what is told on acceptance."""

    recipient = forms.TypedChoiceField(
        label=_("Organisation to ask"), choices=organisation_options, coerce=int, widget=Combobox
    )
    target = forms.TypedChoiceField(
        label=_("Kind of target"), choices=target_options, coerce=int, help_text=_("For the figures.")
    )
    need = forms.CharField(
        label=_("What is needed"),
        max_length=LONGEST_NEED,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organisation reads this before it answers. Do not tell who it is about."),
    )
    channel = forms.ChoiceField(
        label=_("How"),
        choices=[(each.value, CHANNELS[each]) for each in ReferralChannel],
        widget=forms.RadioSelect,
        initial=ReferralChannel.QUEUE.value,
    )
    categories = forms.MultipleChoiceField(
        label=_("Told on acceptance"),
        choices=data_options,
        required=False,
        widget=MultiSelect,
        help_text=_("Only what a consent covers. Nothing of it leaves before the organisation accepts."),
    )
    concern = forms.CharField(
        label=_("The matter, in detail"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Told on acceptance as well."),
    )
    answer_due_on = forms.DateField(
        label=_("Answer until"),
        required=False,
        help_text=_("%(days)s days if left empty.") % {"days": DAYS_TO_ANSWER},
    )

    @property
    def facts(self) -> ReferralFacts:
        """What was entered."""
        data = self.cleaned_data
        return ReferralFacts(
            recipient_id=data["recipient"],
            target_id=data["target"],
            need=data["need"],
            channel=ReferralChannel(data["channel"]),
            concern=data["concern"],
            categories=tuple(DataCategory(each) for each in data["categories"]),
            answer_due_on=data["answer_due_on"],
        )


class AnswerForm(forms.Form):
    """A recipient's answer."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("accept", _("We take it on")), ("decline", _("We do not take it on"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("If not: why"),
        choices=[("", ""), *((each.value, REASONS[each]) for each in DeclineReason)],
        required=False,
    )
    note = forms.CharField(
        label=_("To the sender"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("An appointment, a contact, a requirement, if there is one."),
    )

    def clean(self) -> dict[str, object]:
        """Declining needs a reason."""
        if self.cleaned_data.get("answer") == "decline" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Choose why, so that the sender finds another way."))
        return self.cleaned_data

    @property
    def given(self) -> Answer:
        """What was answered."""
        data = self.cleaned_data
        is_accepted = data["answer"] == "accept"
        return Answer(is_accepted, None if is_accepted else DeclineReason(data["reason"]), data["note"])


class ResultForm(forms.Form):
    """What came of a referral."""

    outcome = forms.ChoiceField(
        label=_("Result"), choices=[("", ""), *((each.value, OUTCOMES[each]) for each in Outcome)]
    )

    @property
    def told(self) -> Outcome:
        """The outcome that was chosen."""
        return Outcome(self.cleaned_data["outcome"])


class ArrivalForm(forms.Form):
    """When the person was there."""

    on = forms.DateField(label=_("Was there on"), initial=timezone.localdate)

    def clean_on(self) -> object:
        """Not in the future."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future. Enter the day on which the person was there."))
        return self.cleaned_data["on"]


MAIL = "mail"
"""The button that mails a link."""


class LinkForm(forms.Form):
    """Whom the program mails a one-time link, if anybody."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Mail the link to"),
        required=False,
        max_length=254,
        help_text=_("The mail names nobody and holds no PIN."),
    )

    def clean(self) -> dict[str, object]:
        """Whoever wants it mailed says to whom."""
        given = super().clean() or {}
        if self.is_to_be_mailed and not given.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the address to which the link is to go."))
        return given

    @property
    def is_to_be_mailed(self) -> bool:
        """Whether that button was pressed; otherwise the link is only shown."""
        return MAIL in self.data


class PinForm(forms.Form):
    """The PIN of a one-time link."""

    pin = forms.CharField(
        label=_("PIN"),
        max_length=PIN_DIGITS + 4,
        help_text=_("Six digits. You got them separately, by telephone or message."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ConferenceForm(forms.Form):
    """A conference that is planned."""

    occasion = forms.CharField(label=_("Occasion"), max_length=120, help_text=_("A few words, without a name."))
    planned_on = forms.DateField(label=_("Day"))
    planned_time = forms.TimeField(label=_("Time of day"), widget=TimeInput)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    question = forms.CharField(label=_("Question"), widget=forms.Textarea(attrs={"rows": 4}))
    invitees = forms.TypedMultipleChoiceField(
        label=_("Invited organisations"), choices=invitee_options, coerce=int, required=False, widget=MultiSelect
    )
    categories = forms.MultipleChoiceField(
        label=_("What they are told beforehand, besides the question"),
        choices=data_options,
        required=False,
        widget=MultiSelect,
        help_text=_("Nothing is told before consent covers everybody who is invited."),
    )

    def __init__(self, data: QueryDict | None = None, *, is_anonymous: bool) -> None:
        super().__init__(data)
        if is_anonymous:
            del self.fields["categories"]
            self.fields["question"].help_text = _("Nobody is named here. Tell the situation, not the person.")

    def facts(self, organisation_id: int, case_id: int | None) -> ConferenceFacts:
        """What was entered, for a case or for learning."""
        data = self.cleaned_data
        planned = datetime.combine(data["planned_on"], data["planned_time"], timezone.get_current_timezone())
        return ConferenceFacts(
            organisation_id=organisation_id,
            occasion=data["occasion"],
            planned_at=planned,
            question=data["question"],
            case_id=case_id,
            place=data["place"],
            invitees=tuple(data["invitees"]),
            categories=tuple(DataCategory(each) for each in data.get("categories", ())),
        )


class InviteesForm(forms.Form):
    """Who is invited."""

    invitees = forms.TypedMultipleChoiceField(
        label=_("Invited organisations"), choices=invitee_options, coerce=int, required=False, widget=MultiSelect
    )


class HeldForm(forms.Form):
    """What came of a conference."""

    held_on = forms.DateField(label=_("Took place on"), initial=timezone.localdate)
    attended = forms.TypedMultipleChoiceField(
        label=_("Who took part"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    client = forms.ChoiceField(
        label=_("The person themselves"),
        choices=[("", ""), *((each.value, CLIENTS[each]) for each in ClientPresence)],
        required=False,
    )
    agreement = forms.CharField(label=_("Agreement"), widget=forms.Textarea(attrs={"rows": 6}))
    next_on = forms.DateField(label=_("Next conference"), required=False)
    kind = forms.TypedChoiceField(label=_("Kind in the diary"), choices=kind_options, coerce=int)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=1440, required=False)

    def __init__(self, data: QueryDict | None = None, *, invited: Sequence[Option], is_anonymous: bool) -> None:
        super().__init__(data, initial={"kind": conference_kind()})
        _offer(self.fields["attended"], invited)
        if is_anonymous:
            del self.fields["client"]

    @property
    def held(self) -> Held:
        """What was entered."""
        data = self.cleaned_data
        return Held(
            on=data["held_on"],
            kind_id=data["kind"],
            agreement=data["agreement"],
            attended=frozenset(data["attended"]),
            client=ClientPresence(data["client"]) if data.get("client") else None,
            minutes=data["minutes"],
            next_on=data["next_on"],
        )


CLIENT = "client"
MYSELF = "me"


class TaskForm(forms.Form):
    """A task, who does it, by when."""

    task = forms.CharField(label=_("Task"), max_length=400)
    owner = forms.ChoiceField(label=_("Who"))
    due_on = forms.DateField(label=_("To be done by"))

    def __init__(self, data: QueryDict | None = None, *, owners: Sequence[Option]) -> None:
        super().__init__(data)
        _offer(self.fields["owner"], owners)

    def facts(self, actor: Actor) -> TaskFacts:
        """What was entered. An owner is the actor, the person, or one of the invited."""
        data, owner = self.cleaned_data, self.cleaned_data["owner"]
        is_organisation = owner not in {CLIENT, MYSELF}
        return TaskFacts(
            text=data["task"],
            due_on=data["due_on"],
            account_id=actor.account_id if owner == MYSELF else None,
            organisation_id=int(owner) if is_organisation else None,
            is_for_client=owner == CLIENT,
        )


class BeginForm(forms.Form):
    """Which checklist to begin."""

    list = forms.ChoiceField(label=_("Checklist"), choices=list_options)


class ItemsForm(forms.Form):
    """How far each line of a checklist is."""

    def __init__(self, data: QueryDict | None, *, checklist: ChecklistFile) -> None:
        super().__init__(data)
        for line in checklist.lines:
            self.fields[line.item.key] = forms.ChoiceField(
                label=line.item.text,
                choices=[(each.value, ITEM_STATES[each]) for each in ItemState],
                initial=line.state.value,
                required=False,
            )

    @property
    def states(self) -> dict[str, ItemState]:
        """The lines that were told."""
        return {key: ItemState(value) for key, value in self.cleaned_data.items() if value}


class StandingForm(forms.Form):
    """How an application stands."""

    state = forms.ChoiceField(label=_("State"), choices=[(s.value, CHECKLIST_STATES[s]) for s in ChecklistState])
    authority = forms.TypedChoiceField(
        label=_("Authority"),
        choices=organisation_options,
        coerce=int,
        empty_value=None,
        required=False,
        widget=Combobox,
    )
    appointment_on = forms.DateField(label=_("Appointment on"), required=False)
    appointment_time = forms.TimeField(label=_("Appointment at"), required=False, widget=TimeInput)
    applied_on = forms.DateField(label=_("Applied on"), required=False)
    decided_on = forms.DateField(label=_("Decided on"), required=False)

    @classmethod
    def about(cls, data: QueryDict | None, file: ChecklistFile) -> StandingForm:
        """The form with what holds now."""
        at = timezone.localtime(file.appointment_at) if file.appointment_at else None
        known = {
            "state": file.state.value,
            "authority": file.authority_id,
            "appointment_on": at.date() if at else None,
            "appointment_time": at.time() if at else None,
            "applied_on": file.applied_on,
            "decided_on": file.decided_on,
        }
        return cls(data, initial=known)

    def clean(self) -> dict[str, object]:
        """A time belongs to a day."""
        if self.cleaned_data.get("appointment_on") and not self.cleaned_data.get("appointment_time"):
            self.add_error("appointment_time", _("Enter the time as well."))
        return self.cleaned_data

    @property
    def standing(self) -> Standing:
        """What was entered."""
        data = self.cleaned_data
        day, time = data["appointment_on"], data["appointment_time"]
        return Standing(
            state=ChecklistState(data["state"]),
            authority_id=data["authority"],
            appointment_at=datetime.combine(day, time, timezone.get_current_timezone()) if day and time else None,
            applied_on=data["applied_on"],
            decided_on=data["decided_on"],
        )


class HandOverForm(forms.Form):
    """What is handed to an authority."""

    categories = forms.MultipleChoiceField(label=_("What is handed over"), choices=data_options, widget=MultiSelect)

    @property
    def chosen(self) -> frozenset[DataCategory]:
        """The categories that were chosen."""
        return frozenset(DataCategory(each) for each in self.cleaned_data["categories"])


def conference_kind() -> int | None:
    """The diary's kind for conferences, if the office has it."""
    found = Category.objects.of(CategoryList.KIND).valid(timezone.localdate()).filter(code=CONFERENCE_KIND)
    return found.values_list("pk", flat=True).first()


def _offer(field: forms.Field, options: Sequence[Option]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = list(options)
