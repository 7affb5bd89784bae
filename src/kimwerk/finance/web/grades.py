"""The table of pay: what a full post of a grade costs, by step and day."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.calculation.posts import CannotCompute
from kimwerk.finance.models import Grade
from kimwerk.finance.models.grade import MOST_STEPS
from kimwerk.finance.services.grades import GradeFacts, keep_grade
from kimwerk.finance.services.plans import NameTaken
from kimwerk.finance.web.forms import AmountField, Data
from kimwerk.finance.web.pages import PartsPage
from kimwerk.finance.web.within import ask, home_of
from kimwerk.finance.wording import refusal_in_words
from kimwerk.kernel import german
from kimwerk.staffing.selectors.paging import page_behind
from kimwerk.staffing.web.pages import Part
from kimwerk.staffing.web.within import asked_behind, next_url
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Crumb, Row, Table
from kimwerk.ui.notices import notify

TITLE = gettext_lazy("Table of pay")
TAKEN = gettext_lazy("The table has this grade from this day already. Open that one.")
STEPS = range(1, MOST_STEPS + 1)


class GradeForm(forms.Form):
    """A grade from a day on, with what each step costs."""

    name = forms.CharField(label=gettext_lazy("Grade"), max_length=20, help_text=gettext_lazy("Such as E 9c."))
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"),
        help_text=gettext_lazy("Until the next entry of the same grade. A rise is a new entry."),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)

    def __init__(self, data: Data, *, grade: Grade | None = None) -> None:
        known: dict[str, object] = {name: getattr(grade, name) for name in self.base_fields} if grade else {}
        for step, yearly in enumerate(grade.steps if grade else (), start=1):
            known[f"step_{step}"] = "" if yearly is None else german.number(yearly, 2)
        super().__init__(data, initial=known)
        for step in STEPS:
            label = _("Step %(step)s: cost of a full post in twelve months") % {"step": step}
            self.fields[f"step_{step}"] = AmountField(label, required=False)

    def clean(self) -> dict[str, object]:
        """One step has an amount at least."""
        entered = super().clean() or {}
        if not self.errors and all(entered.get(f"step_{step}") is None for step in STEPS):
            self.add_error("step_1", _("Enter the amount of one step at least."))
        return entered

    @property
    def facts(self) -> GradeFacts:
        """What was entered."""
        entered = self.cleaned_data
        steps: list[Decimal | None] = [entered[f"step_{step}"] for step in STEPS]
        return GradeFacts(entered["name"].strip(), entered["valid_from"], steps, entered["source"])


@needs(Permission.FINANCE_READ)
def grades(request: ActorRequest) -> HttpResponse:
    """The table, the latest entry of each grade first."""
    may_keep = request.actor.can(Permission.FINANCE_MANAGE)
    columns = (
        Column(_("Grade")), Column(_("Valid from")),
        *(Column(_("Step %(step)s") % {"step": step}, is_numeric=True) for step in STEPS), Column(_("Source")),
    )  # fmt: skip
    found = page_behind(Grade.objects.visible_to(request.actor), ("name", "-valid_from"), asked_behind(request))
    rows = tuple(
        Row(
            (
                Cell(each.name, address_of_record("finance:grade", each.pk) if may_keep else ""),
                Cell(german.day(each.valid_from)),
                *(Cell("–" if yearly is None else german.number(yearly, 2)) for yearly in each.steps),
                Cell(each.source),
            )
        )
        for each in found.rows
    )
    page = PartsPage(
        title=TITLE,
        state=_("What a full post costs the employer in twelve months, in euro; posts of plans count by it"),
        action=Action(_("Enter a grade"), reverse("finance:add_grade"), is_new_entry=True) if may_keep else None,
        parts=(
            Part(
                "grades", TITLE, Table(TITLE, columns, rows, is_caption_hidden=True),
                _("No grade yet. Enter the grades of your posts, or enter at each post what it costs."),
                next_url(found.last),
            ),
        ),
    )  # fmt: skip
    return render(request, "finance/parts.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def add(request: ActorRequest) -> HttpResponse:
    """Enter a grade from a day on."""
    return _keep(request, home_of(request), None)


@needs(Permission.FINANCE_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an entry of the table."""
    kept = get_object_or_404(Grade.objects.kept_by(request.actor), pk=pk)
    return _keep(request, kept.organisation_id, kept)


def _keep(request: ActorRequest, organisation_id: int, known: Grade | None) -> HttpResponse:
    form = GradeForm(request.POST or None, grade=known)
    if form.is_valid():
        try:
            keep_grade(actor=request.actor, organisation_id=organisation_id, facts=form.facts, grade=known)
        except NameTaken:
            form.add_error("valid_from", TAKEN)
        except CannotCompute as error:
            form.add_error(None, refusal_in_words(error, {}))
        else:
            notify(request, _("The table of pay is saved, and plans that count by it are computed anew."))
            return redirect("finance:grades")
    title = _("Correct %(name)s") % {"name": known.name} if known else _("Enter a grade")
    return ask(request, title, (Crumb(TITLE, reverse("finance:grades")),), form)
