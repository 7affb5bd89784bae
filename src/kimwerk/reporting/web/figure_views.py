"""Figures: the catalogue, one figure with its question, and its table as a file."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import Figure, FigureTable, QueryError
from kimwerk.kernel.hashing import canonical_json
from kimwerk.reporting import catalogue
from kimwerk.reporting.console import refusal_of, unprotected_because
from kimwerk.reporting.exploring import Explored, Question, explore
from kimwerk.reporting.protecting import NotWholeMonths, TableTooLarge
from kimwerk.reporting.selectors import figure_data, organisations_of
from kimwerk.reporting.sizing import is_linked
from kimwerk.reporting.web.asking import Asked, AskForm
from kimwerk.reporting.web.pages import catalogue_page, figure_page
from kimwerk.reporting.writing import as_csv, as_workbook
from kimwerk.ui.shell import may_enter

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.FIGURE_READ)
def figures(request: ActorRequest) -> HttpResponse:
    """Every figure with what it counts."""
    return render(request, "reporting/figures.html", {"page": catalogue_page(catalogue.figures())})


@needs(Permission.FIGURE_READ)
def figure(request: ActorRequest, key: str) -> HttpResponse:
    """One figure, as the address asks for it."""
    form = _form(request, _declared(key))
    asked = form.asked()
    explored, links, refusal = None, {}, ""
    if form.is_valid():
        try:
            explored = _answer(request.actor, asked, key)
        except QueryError as error:
            refusal = refusal_of(error)
        except (TableTooLarge, NotWholeMonths) as error:
            refusal = unprotected_because(error)
    if explored:
        links = _links(request.actor, explored.table)
    return render(request, "reporting/figure.html", {"page": figure_page(form, request.GET, explored, links, refusal)})


@needs(Permission.FIGURE_READ)
def download(request: ActorRequest, key: str, form: str) -> HttpResponse:
    """The same answer as a file."""
    question = _form(request, _declared(key))
    asked = question.asked()
    try:
        table = _answer(request.actor, asked, key).table
    except (QueryError, TableTooLarge, NotWholeMonths) as error:
        raise Http404 from error
    if form == "csv":
        return _file(as_csv(table).encode(), f"{key}.csv", "text/csv; charset=utf-8")
    if form == "xlsx":
        return _file(as_workbook(table), f"{key}.xlsx", WORKBOOK)
    data = json.dumps(json.loads(canonical_json(figure_data(table))), ensure_ascii=False, indent=2)
    return _file(data.encode(), f"{key}.json", "application/json")


def _links(actor: Actor, table: FigureTable[Actor]) -> dict[tuple[str, ...], str]:
    """The rows behind each number, where the actor may read them."""
    if table.figure.row_links and is_linked(table.counted) and _lists_rows_for(actor, table.figure):
        return dict(table.figure.row_links(actor, table.query, table.counted.axes))
    return {}


def _answer(actor: Actor, asked: Asked, key: str) -> Explored:
    """The answer as the actor may see it: small numbers of people are hidden from those who read no single case."""
    question = Question(_declared(key), asked.window, asked.by, asked.only, asked.organisation, asked.parameters)
    return explore(actor, question)


def _lists_rows_for(actor: Actor, figure: Figure[Actor]) -> bool:
    """Whether there is a page with the rows that the figure counts, and the actor may enter it."""
    try:
        return bool(figure.rows) and may_enter(actor, figure.rows)
    except NoReverseMatch:
        return False


def _declared(key: str) -> Figure[Actor]:
    try:
        return catalogue.figure(key)
    except catalogue.UnknownFigure as error:
        raise Http404 from error


def _form(request: ActorRequest, declared: Figure[Actor]) -> AskForm:
    return AskForm(
        request.GET,
        actor=request.actor,
        figure=declared,
        organisations=organisations_of(request.actor),
        today=timezone.localdate(),
    )


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
