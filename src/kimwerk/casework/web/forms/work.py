"""Forms of the daily work in a case: contacts, notes, days, goals, steps, assessments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.models import Activity
from kimwerk.activities.models.activity import MOST_MINUTES, MOST_PARTICIPANTS
from kimwerk.activities.selectors.book import Book
from kimwerk.activities.types import CategoryList
from kimwerk.casework.models import Choice
from kimwerk.casework.selectors.case_file import GoalView, StepView
from kimwerk.casework.selectors.choices import choices_of
from kimwerk.casework.services.contacting import LONGEST_NOTE
from kimwerk.casework.types import (
    ChoiceList,
    ContactFacts,
    DeadlineKind,
    GoalFacts,
    GoalState,
    Occasion,
    RatingFacts,
    StepFacts,
    StepOwner,
    Urgency,
)
from kimwerk.casework.web.forms.fields import NOTHING, CaseForm, choose_from, day_field, key_field, offer, text_field
from kimwerk.casework.web.wording import GOAL_STATES, LEVELS, OCCASIONS, OWNERS, URGENCIES, options
from kimwerk.casework.words import DEADLINES
from kimwerk.ui.widgets import MultiSelect


class ContactForm(CaseForm):
    """A contact: the facts of its diary entry, and what was talked about."""

    day = day_field(_("Day"))
    kind = key_field(_("Kind"))
    channel = key_field(_("Channel"), required=False, is_long=False)
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=MOST_MINUTES)
    participants_target = forms.IntegerField(
        label=_("People of the target group"), min_value=0, max_value=MOST_PARTICIPANTS
    )
    participants_partner = forms.IntegerField(
        label=_("Partners taking part"), required=False, min_value=0, max_value=MOST_PARTICIPANTS
    )
    topics = forms.TypedMultipleChoiceField(label=_("Topics"), required=False, coerce=int, widget=MultiSelect)
    legal_circles = forms.TypedMultipleChoiceField(
        label=_("Legal circles"), required=False, coerce=int, widget=MultiSelect
    )
    note = text_field(
        _("What was talked about"),
        rows=8,
        most=LONGEST_NOTE,
        help_text=_("Sealed with the person's key. The diary gets the facts above, and never learns whose they are."),
    )

    def __init__(
        self, data: QueryDict | None = None, *, book: Book, entry: Activity | None = None, note: str = ""
    ) -> None:
        super().__init__(data, initial=_contact_initial(entry, note, book))
        for name, category_list, is_single in (
            ("kind", CategoryList.KIND, True),
            ("channel", CategoryList.CHANNEL, True),
            ("topics", CategoryList.TOPIC, False),
            ("legal_circles", CategoryList.LEGAL_CIRCLE, False),
        ):
            found = [(str(fact.id), fact.label) for fact in book.of(category_list, on=book.today)]
            offer(self, name, ([NOTHING] if is_single else []) + found)

    def facts(self) -> ContactFacts:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return ContactFacts(
            day=given["day"],
            kind_id=given["kind"],
            channel_id=given["channel"],
            minutes=given["minutes"],
            participants_target=given["participants_target"],
            participants_partner=given["participants_partner"] or 0,
            topics=tuple(given["topics"]),
            legal_circles=tuple(given["legal_circles"]),
            note=given["note"],
        )


def _contact_initial(entry: Activity | None, note: str, book: Book) -> dict[str, object]:
    if entry is None:
        kinds = book.of(CategoryList.KIND, on=book.today)
        return {"day": timezone.localdate(), "kind": kinds[0].id if kinds else None, "participants_target": 1}
    return {
        "day": entry.day,
        "kind": entry.kind_id,
        "channel": entry.channel_id,
        "minutes": entry.minutes,
        "participants_target": entry.participants_target,
        "participants_partner": entry.participants_partner or None,
        "topics": entry.topics,
        "legal_circles": entry.legal_circles,
        "note": note,
    }


class NoteForm(CaseForm):
    """Something that was no contact."""

    note = text_field(_("Note"), required=True, rows=8, most=LONGEST_NOTE)


class DeadlineForm(CaseForm):
    """A day of the case. For § 104c the day on which it was granted is enough."""

    kind = forms.TypedChoiceField(label=_("What"), coerce=DeadlineKind, choices=options(DEADLINES))
    due_on = day_field(_("Day"), required=False, is_past=False)
    granted_on = day_field(
        _("Granted on"), required=False, help_text=_("Only for § 104c: the end, eighteen months later, is reckoned.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, object]:
        """One of the two days must be there."""
        given = self.cleaned_data
        is_chance = given.get("kind") is DeadlineKind.CHANCE_RESIDENCE
        if not given.get("due_on") and not (is_chance and given.get("granted_on")) and "due_on" not in self.errors:
            self.add_error("due_on", _("Say on which day."))
        return given


class GoalForm(CaseForm):
    """A goal in the person's own words."""

    text = text_field(
        _("What do you want to reach?"), required=True, rows=2, most=1_000, help_text=_("In the person's own words.")
    )
    indicator = text_field(_("How will we see it?"), rows=2, most=1_000)
    domain = key_field(_("Life domain"), required=False, is_long=False)
    agreed_on = day_field(_("Agreed on"))
    due_on = day_field(_("By when"), required=False, is_past=False)

    def __init__(self, data: QueryDict | None = None, *, goal: GoalView | None = None) -> None:
        initial: dict[str, object] = {"agreed_on": timezone.localdate()}
        if goal:
            initial = {
                "text": goal.text,
                "indicator": goal.indicator,
                "domain": goal.domain_id,
                "agreed_on": goal.agreed_on,
                "due_on": goal.due_on,
            }
        super().__init__(data, initial=initial)
        offer(self, "domain", choose_from(choices_of(ChoiceList.LIFE_DOMAIN)))

    def facts(self) -> GoalFacts:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return GoalFacts(given["text"], given["indicator"], given["agreed_on"], given["due_on"], given["domain"])


class GoalStateForm(CaseForm):
    """Where a goal stands now."""

    state = forms.TypedChoiceField(
        label=_("Where does the goal stand?"), coerce=GoalState, choices=options(GOAL_STATES), widget=forms.RadioSelect
    )
    note = text_field(_("What has happened"), rows=2, most=1_000)


class StepForm(CaseForm):
    """Who does what by when."""

    text = text_field(_("What is to be done?"), required=True, rows=2, most=1_000)
    owner = forms.TypedChoiceField(
        label=_("Who does it?"), coerce=StepOwner, choices=options(OWNERS), widget=forms.RadioSelect
    )
    body = key_field(_("Which body?"), required=False, help_text=_("Only if another body does it."))
    due_on = day_field(_("By when"), required=False, is_past=False)

    def __init__(self, data: QueryDict | None = None, *, book: Book, step: StepView | None = None) -> None:
        initial: dict[str, object] = {"owner": StepOwner.CLIENT}
        if step:
            initial = {"text": step.text, "owner": step.owner, "body": step.body_id, "due_on": step.due_on}
        super().__init__(data, initial=initial)
        bodies = [(str(each.id), each.label) for each in book.partners.values() if each.is_open]
        offer(self, "body", [NOTHING, *bodies])

    def facts(self) -> StepFacts:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return StepFacts(given["text"], given["owner"], given["due_on"], given["body"])


class AssessmentForm(CaseForm):
    """The situation in every life domain; what is left empty was not talked about."""

    assessed_on = day_field(_("Day"))
    occasion = forms.TypedChoiceField(label=_("When in the case"), coerce=Occasion, choices=options(OCCASIONS))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        domains: Sequence[Choice],
        ratings: Sequence[RatingFacts] = (),
        day: date | None = None,
        occasion: Occasion = Occasion.REVIEW,
    ) -> None:
        initial: dict[str, object] = {"assessed_on": day or timezone.localdate(), "occasion": occasion}
        for rating in ratings:
            initial |= {
                f"level_{rating.domain_id}": rating.level,
                f"urgency_{rating.domain_id}": rating.urgency,
                f"resource_{rating.domain_id}": rating.resource,
                f"need_{rating.domain_id}": rating.need,
                f"own_view_{rating.domain_id}": rating.own_view,
            }
        super().__init__(data, initial=initial)
        self.domains = domains
        for domain in domains:
            self._add(domain.pk)

    def _add(self, domain: int) -> None:
        levels = [("", _("not talked about")), *((str(level), f"{level} – {word}") for level, word in LEVELS.items())]
        self.fields |= {
            f"level_{domain}": forms.TypedChoiceField(
                label=_("Situation"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=levels,
            ),
            f"urgency_{domain}": forms.TypedChoiceField(
                label=_("Urgency"),
                coerce=Urgency,
                choices=options(URGENCIES),
                required=False,
                empty_value=Urgency.LATER,
            ),
            f"resource_{domain}": text_field(_("Resources"), rows=2),
            f"need_{domain}": text_field(_("Needs"), rows=2),
            f"own_view_{domain}": text_field(_("Own view"), rows=2),
        }

    def ratings(self) -> tuple[RatingFacts, ...]:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return tuple(
            RatingFacts(
                domain_id=domain.pk,
                level=given[f"level_{domain.pk}"],
                urgency=given[f"urgency_{domain.pk}"],
                resource=given[f"resource_{domain.pk}"],
                need=given[f"need_{domain.pk}"],
                own_view=given[f"own_view_{domain.pk}"],
            )
            for domain in self.domains
        )
