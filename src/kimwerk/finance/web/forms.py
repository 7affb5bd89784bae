"""The forms of finance. Amounts and shares are typed the German way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.finance.calculation.lines import Basis, Side
from kimwerk.finance.models import CostPlan, PlanLine, PlanPost, PostCost, Scenario
from kimwerk.finance.models.plan import LONGEST_PLAN
from kimwerk.finance.selectors.plans import grade_text, pay_by_grade
from kimwerk.finance.services.plans import LineFacts, PlanFacts, PlanPostFacts
from kimwerk.finance.services.scenarios import ScenarioFacts
from kimwerk.finance.types import BasisLabel, RoundingLabel, SideLabel
from kimwerk.kernel import german
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.kernel.rounding import Rounding, trimmed
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.types import PostKindLabel
from kimwerk.staffing.web.forms import DaysForm, ShareField
from kimwerk.ui.widgets import FileInput, MultiSelect

Data = QueryDict | None
MOST = Decimal(1_000_000_000)
LARGEST_MIB = 5
SUFFIXES = (".xlsx",)


class AmountField(forms.CharField):
    """An amount or a percentage as it is written in Germany, not below 0, with at most so many decimals."""

    def __init__(self, label: str, *, places: int = 2, required: bool = True, help_text: str = "") -> None:
        super().__init__(label=label, max_length=20, required=required, help_text=help_text)
        self.places = places

    def clean(self, value: object) -> Decimal | None:
        """The number, exact; None where the field may stay empty and does."""
        typed = super().clean(value).strip().removesuffix("€").removesuffix("%")
        if not typed:
            return None
        try:
            number = german.parse_number(typed)
        except NumberError:
            raise forms.ValidationError(_("Write the number with a comma, such as 1.234,50.")) from None
        if not 0 <= number < MOST:
            raise forms.ValidationError(_("The number is at least 0 and less than a billion."))
        if trimmed(number).as_tuple().exponent < -self.places:  # type: ignore[operator]  # finite: parse_number has no other
            raise forms.ValidationError(_("At most %(places)s decimals.") % {"places": self.places})
        return number


class PlanForm(forms.Form):
    """What is known of a plan."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    name = forms.SlugField(
        label=gettext_lazy("Short name"), max_length=40, help_text=gettext_lazy("For the command line, such as 2022.")
    )
    first_year = forms.IntegerField(label=gettext_lazy("First year"), min_value=2000, max_value=2099)
    last_year = forms.IntegerField(label=gettext_lazy("Last year"), min_value=2000, max_value=2099)
    note = forms.CharField(
        label=gettext_lazy("What is not in it"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Costs that others bear, lines that are missing."),
    )  # fmt: skip
    is_in_force = forms.BooleanField(label=gettext_lazy("In force: reports quote this plan"), required=False)

    @classmethod
    def about(cls, data: Data, plan: CostPlan) -> PlanForm:
        """The form filled in with what is known."""
        return cls(data, initial={name: getattr(plan, name) for name in cls.base_fields})

    def clean(self) -> dict[str, object]:
        """The years lie in their order and are not too many."""
        entered = super().clean() or {}
        first, last = entered.get("first_year"), entered.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("The last year lies before the first. Correct one of the two."))
        elif first and last and last - first >= LONGEST_PLAN:
            self.add_error("last_year", _("A plan has ten years at most."))
        return entered

    @property
    def facts(self) -> PlanFacts:
        """What was entered."""
        entered = self.cleaned_data
        return PlanFacts(**entered)


class TakeOverForm(forms.Form):
    """The day whose posts are taken over."""

    day = forms.DateField(label=gettext_lazy("Posts as of"), initial=timezone.localdate)


class PlanPostForm(DaysForm):
    """What the plan assumes of a share of a post."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("No name of a person."))
    group = forms.CharField(
        label=gettext_lazy("Group"), max_length=60, help_text=gettext_lazy("Lines of the plan count by groups.")
    )
    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=PostKindLabel.choices)
    share = ShareField(gettext_lazy("Share of a full post"))
    post_share = ShareField(gettext_lazy("Share of the whole post"))
    yearly_cost = AmountField(
        str(gettext_lazy("Cost in twelve months")), required=False,
        help_text=str(gettext_lazy("Employer’s gross cost of this share. Seen only by those who may read salaries.")),
    )  # fmt: skip
    grade = forms.ChoiceField(
        label=gettext_lazy("or by the table of pay"), required=False,
        help_text=gettext_lazy("Grade and step. The table says the cost, with every rise it holds."),
    )  # fmt: skip
    elsewhere_from = forms.DateField(label=gettext_lazy("Paid by another programme from"), required=False)
    elsewhere_until = forms.DateField(label=gettext_lazy("until"), required=False)
    field_order = ["title", "group", "kind", "share", "post_share", "first_day", "last_day", "yearly_cost", "grade"]

    def __init__(self, data: Data, *, plan: CostPlan, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        known = sorted(pay_by_grade(plan.organisation_id))
        grades = [(grade_text(*each), grade_text(*each)) for each in known]
        self.fields["grade"].choices = [("", "–"), *grades]  # type: ignore[attr-defined]  # a ChoiceField

    @classmethod
    def about(cls, data: Data, post: PlanPost) -> PlanPostForm:
        """The form filled in with what is assumed."""
        cost = PostCost.objects.filter(post=post).first()
        elsewhere = post.funded_elsewhere
        return cls(
            data,
            plan=post.plan,
            initial={
                "title": post.title, "group": post.group, "kind": post.kind,
                "share": german.number(trimmed(post.share)), "post_share": german.number(trimmed(post.post_share)),
                "first_day": post.occupied.lower,
                "last_day": post.occupied.upper - ONE_DAY if post.occupied.upper else None,
                "yearly_cost": german.number(cost.yearly, 2) if cost and cost.yearly is not None else "",
                "grade": grade_text(cost.grade, cost.step) if cost and cost.step is not None else "",
                "elsewhere_from": elsewhere.lower if elsewhere else None,
                "elsewhere_until": elsewhere.upper - ONE_DAY if elsewhere and elsewhere.upper else None,
            },
        )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """A share is a part of its post, its cost said once; another programme pays from a day until a day."""
        entered = super().clean()
        if entered.get("grade") and entered.get("yearly_cost") is not None:
            self.add_error("grade", _("Enter what it costs, or choose a grade: one of the two."))
        share, whole = entered.get("share"), entered.get("post_share")
        if isinstance(share, Decimal) and isinstance(whole, Decimal) and share > whole:
            self.add_error("post_share", _("The whole post is at least as much as the share. Correct one of the two."))
        first, last = entered.get("elsewhere_from"), entered.get("elsewhere_until")
        if bool(first) != bool(last):
            self.add_error("elsewhere_until", _("Enter both days, or none."))
        elif isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("elsewhere_until", _("The last day lies before the first. Correct one of the two."))
        return entered

    @property
    def facts(self) -> PlanPostFacts:
        """What was entered."""
        grade, _slash, step = self.cleaned_data["grade"].rpartition("/")
        known = {"kind": PostKind(self.cleaned_data["kind"]), "grade": grade, "step": int(step) if step else None}
        return PlanPostFacts(**{**self.cleaned_data, **known})


class LineForm(forms.Form):
    """What is known of a line, with its rate in every year."""

    title = forms.CharField(label=gettext_lazy("Line"), max_length=200)
    side = forms.ChoiceField(label=gettext_lazy("Where it is summed"), choices=SideLabel.choices)
    basis = forms.ChoiceField(label=gettext_lazy("Basis"), choices=BasisLabel.choices)
    rounding = forms.ChoiceField(label=gettext_lazy("Rounding"), choices=RoundingLabel.choices)
    is_personnel = forms.BooleanField(
        label=gettext_lazy("Personnel: moves with the tariff, or is funding of personnel"), required=False
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)

    def __init__(self, data: Data, *, plan: CostPlan, line: PlanLine | None = None) -> None:
        self.plan, self.line = plan, line
        known = {name: getattr(line, name) for name in self.base_fields} if line else {}
        rates = {f"rate_{rate.year}": german.number(trimmed(rate.value)) for rate in line.rates.all()} if line else {}
        super().__init__(data, initial=known | rates | ({"groups": line.groups, "of": line.of} if line else {}))
        groups = plan.posts.order_by("group").values_list("group", flat=True).distinct()
        above = plan.lines.filter(position__lt=line.position) if line else plan.lines.all()
        self.fields["groups"] = _several(_("Groups of posts it counts; none means all"), [(g, g) for g in groups])
        self.fields["of"] = _several(_("For a percentage: of these lines"), list(above.values_list("key", "title")))
        for year in plan.years:
            label = _("Rate, percentage or amount %(year)s") % {"year": year}
            self.fields[f"rate_{year}"] = AmountField(label, places=4, required=False)

    def clean(self) -> dict[str, object]:
        """A basis has what it needs: rates for every year, lines for a percentage."""
        entered = super().clean() or {}
        basis = Basis(entered["basis"]) if entered.get("basis") else None
        for year in self.plan.years:
            is_missing = entered.get(f"rate_{year}") is None and f"rate_{year}" not in self.errors
            if basis and basis.needs_rate and is_missing:
                self.add_error(f"rate_{year}", _("This basis needs a number for every year of the plan."))
        if basis is Basis.PERCENT and not entered.get("of"):
            self.add_error("of", _("Choose the lines of which it is a percentage."))
        return entered

    @property
    def facts(self) -> LineFacts:
        """What was entered; a new line stands last."""
        entered, basis = self.cleaned_data, Basis(self.cleaned_data["basis"])
        last = self.plan.lines.order_by("-position").values_list("position", flat=True).first()
        return LineFacts(
            key=self.line.key if self.line else self._new_key(entered["title"]),
            title=entered["title"], side=Side(entered["side"]), basis=basis,
            rates={year: entered[f"rate_{year}"] for year in self.plan.years} if basis.needs_rate else {},
            rounding=Rounding(entered["rounding"]), groups=tuple(entered["groups"]),
            of=tuple(entered["of"]) if basis is Basis.PERCENT else (), is_personnel=entered["is_personnel"],
            source=entered["source"], position=self.line.position if self.line else (last or 0) + 1,
        )  # fmt: skip

    def _new_key(self, title: str) -> str:
        taken = set(self.plan.lines.values_list("key", flat=True))
        base = slugify(title)[:34] or "zeile"
        return next(key for key in (base, *(f"{base}-{number}" for number in range(2, 1000))) if key not in taken)


def _several(label: str, choices: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=MultiSelect, required=False)


class ScenarioForm(forms.Form):
    """What is assumed otherwise. What is left empty stays as the plan has it."""

    name = forms.CharField(label=gettext_lazy("Name of the scenario"), max_length=80)
    tariff_percent = AmountField(str(gettext_lazy("Tariff rise in percent")), required=False)
    tariff_since = forms.DateField(label=gettext_lazy("Tariff rise from"), required=False)
    is_full_year = forms.BooleanField(label=gettext_lazy("All posts are occupied the whole time"), required=False)
    ceiling_coordination = AmountField(str(gettext_lazy("Ceiling per full post, coordination")), required=False)
    ceiling_case_management = AmountField(str(gettext_lazy("Ceiling per full post, case management")), required=False)
    rate_line = forms.ChoiceField(label=gettext_lazy("Another rate for the line"), required=False)
    rate = AmountField(str(gettext_lazy("Rate, percentage or amount")), places=4, required=False)
    vacant_post = forms.ModelChoiceField(
        label=gettext_lazy("Vacant post"), queryset=PlanPost.objects.none(), required=False, empty_label="–"
    )
    vacant_from = forms.DateField(label=gettext_lazy("Vacant from"), required=False)
    vacant_until = forms.DateField(label=gettext_lazy("Vacant until"), required=False)
    removed_post = forms.ModelChoiceField(
        label=gettext_lazy("Post that is given up"), queryset=PlanPost.objects.none(), required=False, empty_label="–"
    )
    extra_kind = forms.ChoiceField(
        label=gettext_lazy("Further post"), choices=[("", "–"), *PostKindLabel.choices], required=False
    )
    extra_group = forms.ChoiceField(label=gettext_lazy("Group of the further post"), required=False)
    extra_share = ShareField(gettext_lazy("Share of the further post"))
    extra_cost = AmountField(str(gettext_lazy("Planned cost of the further post in twelve months")), required=False)

    def __init__(self, data: Data, *, plan: CostPlan, scenario: Scenario | None = None) -> None:
        super().__init__(data, initial=_as_typed(scenario) if scenario else None)
        for name in ("vacant_post", "removed_post"):
            self.fields[name].queryset = plan.posts.order_by("title")  # type: ignore[attr-defined]  # a ModelChoiceField
        rated = [(line.key, line.title) for line in plan.lines.all() if Basis(line.basis).needs_rate]
        groups = plan.posts.order_by("group").values_list("group", flat=True).distinct()
        self.fields["rate_line"].choices = [("", "–"), *rated]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["extra_group"].choices = [("", "–"), *((g, g) for g in groups)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["extra_share"].required = False
        self.fields["extra_share"].clean = self._share  # type: ignore[method-assign]  # empty is allowed here

    def _share(self, value: object) -> Decimal | None:
        return ShareField("").clean(value) if value else None

    def clean(self) -> dict[str, object]:
        """What belongs together is entered together."""
        entered = super().clean() or {}
        for field, other in (
            ("tariff_percent", "tariff_since"), ("rate_line", "rate"), ("vacant_post", "vacant_from"),
            ("extra_kind", "extra_share"), ("extra_kind", "extra_group"),
        ):  # fmt: skip
            has, has_other = (entered.get(name) not in (None, "") for name in (field, other))
            if has != has_other and field not in self.errors and other not in self.errors:
                self.add_error(other if has else field, _("This belongs to the other entry. Fill in both, or none."))
        first, last = entered.get("vacant_from"), entered.get("vacant_until")
        if first and last and last < first:
            self.add_error("vacant_until", _("The last day lies before the first. Correct one of the two."))
        return entered

    @property
    def facts(self) -> ScenarioFacts:
        """What was entered."""
        kind = self.cleaned_data["extra_kind"]
        return ScenarioFacts(**{**self.cleaned_data, "extra_kind": PostKind(kind) if kind else None})


def _as_typed(scenario: Scenario) -> dict[str, object]:
    amounts = ("tariff_percent", "ceiling_coordination", "ceiling_case_management", "rate", "extra_share", "extra_cost")
    plain = (
        "name",
        "tariff_since",
        "is_full_year",
        "rate_line",
        "vacant_post",
        "removed_post",
        "extra_kind",
        "extra_group",
    )
    typed: dict[str, object] = {name: getattr(scenario, name) for name in plain}
    for name in amounts:
        value = getattr(scenario, name)
        typed[name] = "" if value is None else german.number(trimmed(value))
    if scenario.vacant:
        typed["vacant_from"] = scenario.vacant.lower
        typed["vacant_until"] = scenario.vacant.upper - ONE_DAY if scenario.vacant.upper else None
    return typed


class YearForm(forms.Form):
    """The year that is looked at."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False)

    def __init__(self, data: QueryDict, years: Sequence[int]) -> None:
        self.years = years
        super().__init__(data if "year" in data else {"year": str(years[0])})
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen(self) -> int:
        """The year asked for; the first one where nothing sensible is."""
        year = self.cleaned_data.get("year") if self.is_valid() else None
        return year if isinstance(year, int) else self.years[0]


class CheckForm(forms.Form):
    """A workbook with a cost table."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"), widget=FileInput(accept=SUFFIXES, largest_mib=LARGEST_MIB),
        help_text=gettext_lazy("A sheet with a row of years, lines, sums and the balance. The file is not kept."),
    )  # fmt: skip
