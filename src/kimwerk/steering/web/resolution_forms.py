"""The forms of resolutions."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.steering.models import AgendaItem, Committee, Resolution
from kimwerk.steering.selectors.committees import seats_on
from kimwerk.steering.selectors.resolutions import ResolutionWish
from kimwerk.steering.types import Outcome, ResolutionFacts, WorkState
from kimwerk.steering.web.forms import Data, DayField
from kimwerk.steering.web.meeting_forms import CommitteeFilter
from kimwerk.ui.widgets import SuggestInput

MOST_VOTES = 500
VOTES = ("votes_for", "votes_against", "abstentions")


class ResolutionForm(forms.Form):
    """What was decided, apart from the text."""

    title = forms.CharField(label=_("Title"), max_length=200)
    outcome = forms.ChoiceField(label=_("Vote taken"), choices=Outcome.choices)
    votes_for = forms.IntegerField(label=_("Votes for it"), min_value=0, max_value=MOST_VOTES, required=False)
    votes_against = forms.IntegerField(label=_("Votes against it"), min_value=0, max_value=MOST_VOTES, required=False)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=MOST_VOTES, required=False)
    decided_on = DayField(label=_("Resolved on"), initial=timezone.localdate)
    effective_on = DayField(label=_("Holds from"), required=False)
    responsible = forms.CharField(label=_("Who carries it out"), max_length=160, required=False)
    due_on = DayField(label=_("Until"), required=False)

    def __init__(
        self,
        data: Data,
        *,
        committee: Committee,
        resolution: Resolution | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        known = {name: getattr(resolution, name) for name in ResolutionForm.base_fields} if resolution else initial
        super().__init__(data, initial=known)
        lines = seats_on(committee, timezone.localdate())
        self.seats = {line.member.name: line.seat.pk for line in lines if line.member}
        self.fields["responsible"].widget = SuggestInput(tuple(self.seats))

    def clean(self) -> dict[str, object]:
        """Votes are counted together, or not at all."""
        entered = super().clean() or {}
        counted = [entered.get(name) is not None for name in VOTES]
        if any(counted) and not all(counted):
            missing = next(name for name, is_there in zip(VOTES, counted, strict=True) if not is_there)
            if missing not in self.errors:
                self.add_error(missing, _("Enter all three numbers, 0 where nobody voted so, or none of them."))
        return entered

    @property
    def facts(self) -> ResolutionFacts:
        """What was entered."""
        entered = self.cleaned_data
        votes = (entered["votes_for"], entered["votes_against"], entered["abstentions"])
        return ResolutionFacts(
            title=entered["title"],
            outcome=Outcome(entered["outcome"]),
            decided_on=entered["decided_on"],
            votes=votes if votes[0] is not None else None,
            effective_on=entered["effective_on"],
            responsible=entered["responsible"],
            responsible_seat_id=self.seats.get(entered["responsible"]),
            due_on=entered["due_on"],
        )


class NewResolutionForm(ResolutionForm):
    """A resolution with its text."""

    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    field_order = ["title", "text", "outcome"]

    @classmethod
    def at(cls, data: Data, *, committee: Committee, item: AgendaItem) -> NewResolutionForm:
        """The form at an item of the agenda: the day is that of the meeting."""
        day = item.meeting.day
        return cls(data, committee=committee, initial={"title": item.title, "decided_on": day, "effective_on": day})


class RewordForm(forms.Form):
    """A new version of the text."""

    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    reason = forms.CharField(label=_("Why it is changed"), max_length=200)


class ResolutionFilter(CommitteeFilter):
    """Which resolutions are listed."""

    outcome = forms.ChoiceField(label=_("Vote taken"), choices=[("", _("all")), *Outcome.choices], required=False)
    state = forms.ChoiceField(label=_("Carried out"), choices=[("", _("all")), *WorkState.choices], required=False)
    overdue = forms.BooleanField(label=_("only overdue ones"), required=False)

    @property
    def wish(self) -> ResolutionWish:
        """What is asked for."""
        outcome, state = self.chosen("outcome"), self.chosen("state")
        return ResolutionWish(
            self.committee_id,
            Outcome(outcome) if outcome else None,
            WorkState(state) if state else None,
            bool(self.chosen("overdue")),
        )
