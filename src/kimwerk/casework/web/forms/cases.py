"""Forms about a case as a whole."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.selectors.book import Book
from kimwerk.activities.web.forms import site_options
from kimwerk.casework.models import AdmissionRule, Case
from kimwerk.casework.selectors.choices import choices_of
from kimwerk.casework.types import (
    Attainment,
    CaseFacts,
    CaseKind,
    CaseState,
    ChoiceList,
    ClarificationFacts,
    ClosingFacts,
    Decision,
    Priority,
)
from kimwerk.casework.web.forms.fields import (
    NOTHING,
    CaseForm,
    choose_from,
    day_field,
    key_field,
    offer,
    text_field,
)
from kimwerk.casework.web.wording import DECISIONS, PRIORITIES, STATES, options
from kimwerk.casework.words import ATTAINMENTS, KINDS


class FrameForm(CaseForm):
    """The frame of a case: of what kind, where, how it came."""

    kind = forms.TypedChoiceField(label=_("Kind"), coerce=CaseKind, choices=options(KINDS))
    access_path = key_field(_("Access path"), help_text=_("How the person found us."), is_long=False)
    referred_by = key_field(_("Referred by"), required=False, help_text=_("Only if an organisation sent the person."))
    municipality = key_field(_("Municipality"))
    site = key_field(_("Site"), required=False, is_long=False)
    priority = forms.TypedChoiceField(label=_("Priority"), coerce=Priority, choices=options(PRIORITIES))
    opened_on = day_field(_("Opened on"))
    next_review_on = day_field(_("Next review on"), required=False, is_past=False)

    def __init__(
        self, data: QueryDict | None = None, *, book: Book, case: Case | None, place: int | None = None
    ) -> None:
        super().__init__(data, initial=_initial(case, place))
        offer(self, "access_path", choose_from(choices_of(ChoiceList.ACCESS_PATH)))
        near = [(str(each.id), each.label) for each in book.municipalities.values() if each.is_near]
        far = [(str(each.id), each.label) for each in book.municipalities.values() if not each.is_near]
        elsewhere: list[tuple[str, list[tuple[str, str]]]] = [(str(_("Elsewhere in the state")), far)] if far else []
        offer(self, "municipality", [NOTHING, *near, *elsewhere])
        offer(self, "site", site_options(book, None, case.site_id if case else None))
        partners = [(str(each.id), each.label) for each in book.partners.values() if each.is_open]
        offer(self, "referred_by", [NOTHING, *partners])

    def facts(self) -> CaseFacts:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return CaseFacts(
            kind=given["kind"],
            municipality_id=given["municipality"],
            access_path_id=given["access_path"],
            opened_on=given["opened_on"],
            site_id=given["site"],
            referred_by_id=given["referred_by"],
            priority=given["priority"],
            next_review_on=given["next_review_on"],
        )


def _initial(case: Case | None, place: int | None) -> dict[str, object]:
    if case is None:
        return {"kind": CaseKind.INDIVIDUAL_ADVICE, "opened_on": timezone.localdate(), "municipality": place}
    return {
        "kind": case.kind,
        "access_path": case.access_path_id,
        "referred_by": case.referred_by_id,
        "municipality": case.municipality_id,
        "site": case.site_id,
        "priority": case.priority,
        "opened_on": case.opened_on,
        "next_review_on": case.next_review_on,
    }


class ClarificationForm(CaseForm):
    """What the clarification came to."""

    decision = forms.TypedChoiceField(
        label=_("What is it going to be?"), coerce=Decision, choices=options(DECISIONS), widget=forms.RadioSelect
    )
    reason = text_field(_("Why?"), required=True, help_text=_("What it is about, and who is already responsible."))
    criteria = forms.TypedMultipleChoiceField(
        label=_("Admission rules that are met"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    exception = text_field(
        _("Exception"), rows=2, help_text=_("Only if somebody is taken in although a required rule is not met.")
    )
    has_other_case_management = forms.BooleanField(
        label=_("Somebody else does case management already"), required=False
    )
    other_case_management = text_field(_("Who, and for what?"), rows=2)
    kind = forms.TypedChoiceField(
        label=_("Kind of case"),
        required=False,
        coerce=lambda code: CaseKind(code) if code else None,
        empty_value=None,
        choices=[("", _("as the decision says")), *options(KINDS)],
    )

    def __init__(self, data: QueryDict | None = None, *, rules: tuple[AdmissionRule, ...]) -> None:
        super().__init__(data)
        if rules:
            required = _("%(label)s (required)")
            labels = [
                (str(rule.pk), required % {"label": rule.label} if rule.is_required else rule.label) for rule in rules
            ]
            offer(self, "criteria", [(key, str(label)) for key, label in labels])
        else:
            del self.fields["criteria"], self.fields["exception"]

    def facts(self) -> ClarificationFacts:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return ClarificationFacts(
            decision=given["decision"],
            reason=given["reason"],
            criteria=tuple(given.get("criteria", ())),
            exception=given.get("exception", ""),
            has_other_case_management=given["has_other_case_management"],
            other_case_management=given["other_case_management"],
            kind=given["kind"],
        )


class ClosingForm(CaseForm):
    """How a case ends."""

    closed_on = day_field(_("Closed on"))
    reason = key_field(_("Closure reason"), is_long=False)
    attainment = forms.TypedChoiceField(
        label=_("How far were the goals reached?"),
        coerce=Attainment,
        choices=options(ATTAINMENTS),
        widget=forms.RadioSelect,
    )
    remaining_needs = text_field(_("What remains"), help_text=_("Needs that are still there, and who knows of them."))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"closed_on": timezone.localdate()})
        offer(self, "reason", choose_from(choices_of(ChoiceList.CLOSURE_REASON)))

    def facts(self) -> ClosingFacts:
        """What was said, once the form is valid."""
        given = self.cleaned_data
        return ClosingFacts(given["closed_on"], given["reason"], given["attainment"], given["remaining_needs"])


class ReasonForm(CaseForm):
    """A reason, where something needs one."""

    reason = text_field(_("Reason"), required=True, most=300)


class HandOverForm(CaseForm):
    """To whom a case is handed over."""

    account = key_field(_("To whom"), is_long=False)
    summary = text_field(
        _("What must be known"),
        rows=5,
        help_text=_("Where the case stands, what comes next, what the person was told. Sealed with the person's key."),
    )

    def __init__(self, data: QueryDict | None = None, *, people: list[tuple[str, str]], has_summary: bool) -> None:
        super().__init__(data)
        offer(self, "account", [NOTHING, *people])
        if not has_summary:
            del self.fields["summary"]


class DeputyForm(CaseForm):
    """Who stands in, and until when."""

    account = key_field(_("Who stands in"), is_long=False)
    until = day_field(
        _("Until"), required=False, is_past=False, help_text=_("That day included. Empty: until it is ended.")
    )

    def __init__(self, data: QueryDict | None = None, *, people: list[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, "account", [NOTHING, *people])


class CaseFilterForm(forms.Form):
    """The filters of the lists of cases. What the address says wrongly is left out."""

    use_required_attribute = False
    auto_id = "filter_%s"

    q = forms.CharField(
        label=_("Name or number"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("not closed")), ("all", _("all")), *options(STATES)],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *options(KINDS)])
    municipality = key_field(_("Municipality"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), required=False, choices=[("", _("all")), *options(PRIORITIES)])
    person = key_field(_("Responsible"), required=False)

    def __init__(self, query: QueryDict, *, book: Book, people: list[tuple[str, str]] | None = None) -> None:
        super().__init__(query)
        near = [(str(each.id), each.label) for each in book.municipalities.values() if each.is_near]
        offer(self, "municipality", [NOTHING, *near])
        if people is None:
            del self.fields["person"]
        else:
            del self.fields["q"]
            offer(self, "person", [NOTHING, *people])

    def states(self) -> frozenset[CaseState]:
        """The states asked for; those that are not closed unless others are."""
        self.is_valid()
        chosen = self.cleaned_data.get("state", "")
        if chosen == "all":
            return frozenset()
        return frozenset({CaseState(chosen)} if chosen else {CaseState.CLARIFICATION, CaseState.RUNNING})


def people_of(people: tuple[tuple[int, str], ...], *, without: set[int | None]) -> list[tuple[str, str]]:
    """Colleagues as options, without those who cannot be meant."""
    return [(str(pk), name) for pk, name in people if pk not in without]
