"""The explorer: any figure by any three dimensions, compared, kept, shared, placed into a report, taken along."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import Figure, Member, QueryError
from kimwerk.reporting import catalogue
from kimwerk.reporting.console import refusal_of, unprotected_because
from kimwerk.reporting.datasets import ROOM as FILES
from kimwerk.reporting.exploring import Explored, Question, explore, plain
from kimwerk.reporting.models import Exploration, ReportSection
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.protecting import NotWholeMonths, TableTooLarge
from kimwerk.reporting.selectors import organisations_of
from kimwerk.reporting.selectors.datasets import data_sets_of, file_figure, key_of
from kimwerk.reporting.services.exploring import (
    ExplorationFacts,
    TitleIsTaken,
    TooManyKept,
    definition_hash,
    keep_exploration,
    remove_exploration,
    share_exploration,
)
from kimwerk.reporting.services.placing import place_figure
from kimwerk.reporting.services.refusals import ReportIsFull
from kimwerk.reporting.sizing import is_linked
from kimwerk.reporting.web.explorer_form import ExplorerForm, Offered
from kimwerk.reporting.web.explorer_pages import (
    ExplorerAnswer,
    KeepPage,
    KeptQuestion,
    answer_of,
    explorer_page,
    explorer_url,
    kept_page,
    layout_of,
)
from kimwerk.reporting.web.report_access import report_url, writable_section
from kimwerk.reporting.writing import as_csv, as_workbook
from kimwerk.ui.components import Crumb, Tone
from kimwerk.ui.notices import notify
from kimwerk.ui.shell import may_enter

FIRST = "activities_by_kind"
KEPT = "kept"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.FIGURE_READ)
def explorer(request: ActorRequest) -> HttpResponse:
    """The question in the address, and its answer."""
    form = question_form(request)
    answer, refusals = None, [str(error) for errors in form.errors.values() for error in errors]
    if form.is_valid():
        answer, refusal = _answer(request, form.question())
        refusals = [refusal] if refusal else []
    page = explorer_page(form, request.GET, answer, refusals, _kept_question(request, form.figure))
    return render(request, "reporting/explorer.html", {"page": page})


@needs(Permission.FIGURE_READ)
def explorer_file(request: ActorRequest, form: str) -> HttpResponse:
    """The answer as a file."""
    asked = question_form(request)
    if not asked.is_valid():
        raise Http404
    question = asked.question()
    try:
        explored = explore(request.actor, question)
    except (QueryError, TableTooLarge, NotWholeMonths) as error:
        raise Http404 from error
    layout = layout_of(explored)
    name = f"{question.figure.key}.{form}"
    if form == "csv":
        content, kind = as_csv(explored.table, layout).encode(), "text/csv; charset=utf-8"
    else:
        content, kind = as_workbook(explored.table, layout), WORKBOOK
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@needs(Permission.FIGURE_READ)
def explorations(request: ActorRequest) -> HttpResponse:
    """The questions that are kept."""
    found = Exploration.objects.visible_to(request.actor).select_related("kept_by").order_by("title", "pk")
    return render(request, "reporting/explorations.html", {"page": kept_page(found, request.actor)})


@needs(Permission.FIGURE_READ)
def exploration(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask a kept question again."""
    kept = _visible(request, pk)
    question = QueryDict(kept.question, mutable=True)
    question[KEPT] = str(kept.pk)
    return redirect(explorer_url(question))


@require_http_methods(["GET", "POST"])
@needs(Permission.FIGURE_READ)
def explorer_keep(request: ActorRequest) -> HttpResponse:
    """Keep the question of the address under a name."""
    asked = question_form(request)
    if not asked.is_valid():
        return redirect(explorer_url(request.GET))
    homes = organisations_of(request.actor)
    form = KeepForm(request.POST or None, homes=homes, initial={"title": asked.figure.title})
    if form.is_valid():
        question = request.GET.copy()
        question.pop(KEPT, None)
        facts = ExplorationFacts(
            title=form.cleaned_data["title"],
            question=question.urlencode(),
            organisation_id=form.home,
            is_shared=form.cleaned_data["is_shared"],
        )
        try:
            kept = keep_exploration(actor=request.actor, figure=asked.figure, facts=facts)
        except TitleIsTaken:
            form.add_error("title", _("You keep a question under this name already. Choose another one."))
        except TooManyKept:
            form.add_error(None, _("You keep 200 questions. Remove one that you no longer need."))
        else:
            notify(request, _("Question kept."))
            return redirect("reporting:exploration", kept.pk)
    page = KeepPage(
        title=_("Keep the question"),
        state=_("No number is kept: whoever opens it counts anew, within their own rights."),
        form=form,
        label=_("Keep"),
        crumbs=_crumbs(request.GET),
        cancel_url=explorer_url(request.GET),
    )
    return render(request, "reporting/explorer_form.html", {"page": page}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.FIGURE_READ)
def exploration_share(request: ActorRequest, pk: int) -> HttpResponse:
    """Share one's own question, or end it."""
    kept = _own(request, pk)
    share_exploration(actor=request.actor, exploration=kept, is_shared=not kept.is_shared)
    notify(request, _("Shared with colleagues.") if not kept.is_shared else _("No longer shared."))
    return redirect("reporting:exploration", pk)


@require_POST
@needs(Permission.FIGURE_READ)
def exploration_remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Remove one's own question."""
    remove_exploration(actor=request.actor, exploration=_own(request, pk))
    notify(request, _("Question removed."))
    return redirect("reporting:explorations")


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_WRITE)
def explorer_place(request: ActorRequest) -> HttpResponse:
    """Place the question of the address into a section of a report."""
    asked = question_form(request)
    if not asked.is_valid():
        return redirect(explorer_url(request.GET))
    form = PlaceForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        section = writable_section(request, int(form.cleaned_data["section"]))
        question = plain(asked.question())
        planned = PlannedFigure(question.figure.key, question.by, window=question.window, only=question.only)
        try:
            new = place_figure(actor=request.actor, section=section, planned=planned)
        except (catalogue.UnknownFigure, QueryError, ReportIsFull):
            notify(request, _("This question cannot stand in that report."), tone=Tone.WARNING)
            return redirect(explorer_url(request.GET))
        return redirect(report_url(section.report, f"figure-{new.pk}"))
    page = KeepPage(
        title=_("Place into a report"),
        state=_("The report asks the question anew with its own rights. A comparison is not taken along."),
        form=form,
        label=_("Place the figure"),
        crumbs=_crumbs(request.GET),
        cancel_url=explorer_url(request.GET),
    )
    return render(request, "reporting/explorer_form.html", {"page": page}, status=422 if form.errors else 200)


class KeepForm(forms.Form):
    """Under which name, for whose figures, and whether colleagues see it."""

    def __init__(self, *args: object, homes: tuple[tuple[int, str], ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        self._homes = homes
        self.fields["title"] = forms.CharField(label=_("Name"), max_length=120)
        if len(homes) > 1:
            self.fields["home"] = forms.ChoiceField(label=_("Organisation"), choices=homes)
        self.fields["is_shared"] = forms.BooleanField(label=_("Colleagues who read figures see it too"), required=False)

    @property
    def home(self) -> int:
        """Whose figures the question is about."""
        return int(self.cleaned_data.get("home") or self._homes[0][0])


class PlaceForm(forms.Form):
    """A section of a report that the actor may write."""

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        found: dict[str, list[tuple[str, str]]] = {}
        sections = ReportSection.objects.visible_to(actor).kept().select_related("report")
        writable = actor.scope(Permission.REPORT_WRITE).organisations
        for section in sections.filter(report__organisation__in=writable).order_by("-report", "position"):
            found.setdefault(section.report.title, []).append((str(section.pk), section.heading))
        self.fields["section"] = forms.ChoiceField(label=_("Section"), choices=list(found.items()))


def question_form(request: ActorRequest) -> ExplorerForm:
    """The form of the question; the members of the chosen filter are counted for it."""
    files = [(key_of(each), _("File: %(title)s") % {"title": each.title}) for each in data_sets_of(request.actor)]
    known = [(figure.key, str(figure.title)) for figure in catalogue.figures()]
    offered = Offered((*known, *files), organisations_of(request.actor))
    figure = _figure(request.actor, request.GET.get("figure") or FIRST)
    form = _form(request, figure, offered, {})
    key = form.asked() and form.cleaned_data.get("filter")
    if not key or not form.is_valid():
        return form
    return _form(request, figure, offered, {key: _members(request.actor, form.question(), key)})


def _form(
    request: ActorRequest, figure: Figure[Actor], offered: Offered, members: Mapping[str, tuple[Member, ...]]
) -> ExplorerForm:
    today = timezone.localdate()
    return ExplorerForm(request.GET, actor=request.actor, figure=figure, offered=offered, members=members, today=today)


def _members(actor: Actor, question: Question, key: str) -> tuple[Member, ...]:
    """The members of a dimension that occur in the window; names, no numbers."""
    query = Question(question.figure, question.window, (key,), {}, question.organisation, question.parameters)
    try:
        axes = explore(actor, query).table.counted.axes
    except (QueryError, TableTooLarge, NotWholeMonths):
        return ()
    return axes[0].members if axes else ()


def _figure(actor: Actor, key: str) -> Figure[Actor]:
    try:
        return file_figure(actor, key) or catalogue.figure(key)
    except catalogue.UnknownFigure as error:
        raise Http404 from error


def _answer(request: ActorRequest, question: Question) -> tuple[ExplorerAnswer | None, str]:
    try:
        explored = explore(request.actor, question)
    except QueryError as error:
        return None, refusal_of(error)
    except (TableTooLarge, NotWholeMonths) as error:
        return None, unprotected_because(error)
    rows_url = _rows_url(request.actor, question.figure)
    links = _links(request.actor, question, explored) if rows_url else {}
    may_place = request.actor.can(Permission.REPORT_WRITE) and question.figure.room != FILES
    return answer_of(question, explored, request.GET, links, rows_url, may_place=may_place), ""


def _links(actor: Actor, question: Question, explored: Explored) -> Mapping[tuple[str, ...], str]:
    table = explored.table
    if not table.figure.row_links or question.per or not is_linked(table.counted):
        return {}
    return table.figure.row_links(actor, table.query, table.counted.axes)


def _rows_url(actor: Actor, figure: Figure[Actor]) -> str:
    """The page with the rows, for those who may enter it."""
    try:
        return reverse(figure.rows) if figure.rows and may_enter(actor, figure.rows) else ""
    except NoReverseMatch:
        return ""


def _kept_question(request: ActorRequest, figure: Figure[Actor]) -> KeptQuestion | None:
    number = request.GET.get(KEPT, "")
    if not number.isdecimal() or len(number) > 15:
        return None
    kept = Exploration.objects.visible_to(request.actor).filter(pk=int(number), figure=figure.key).first()
    if kept is None:
        return None
    is_own = kept.kept_by_id == request.actor.account_id
    return KeptQuestion(kept, is_own, is_changed=kept.definition != definition_hash(figure))


def _visible(request: ActorRequest, pk: int) -> Exploration:
    return get_object_or_404(Exploration.objects.visible_to(request.actor), pk=pk)


def _own(request: ActorRequest, pk: int) -> Exploration:
    return get_object_or_404(Exploration.objects.kept_by_actor(request.actor), pk=pk)


def _crumbs(query: QueryDict) -> tuple[Crumb, ...]:
    return (Crumb(_("Explorer"), explorer_url(query)),)
