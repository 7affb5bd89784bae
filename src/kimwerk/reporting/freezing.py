"""Contents as JSON and back, with hashes by which every number can be held to its word.

A figure's hash is that of `kimwerk figures show`: it covers definition, question and numbers. The
content's hash covers every figure, heading and text. The JSON is canonical (kernel.hashing): equal
contents give equal hashes, wherever they are computed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import (
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    FigureTable,
    Member,
    MemberKind,
    Unit,
    Value,
    WindowKind,
)
from kimwerk.kernel.hashing import Canonical, canonical_json, content_hash
from kimwerk.reporting.content import NO_COVER, Content, FrozenFigure, FrozenSection, Narrowing
from kimwerk.reporting.freezing_parts import (
    ChangeJson,
    CoverJson,
    EarlierJson,
    NumberJson,
    WindowJson,
    frozen_change,
    frozen_cover,
    frozen_earlier,
    number_of,
    period_of,
    thawed_change,
    thawed_cover,
    thawed_earlier,
    window_json,
)
from kimwerk.reporting.selectors.figures import figure_data
from kimwerk.reporting.types import ChartChoice, FigureProblem

FORMAT = "kimwerk-report/1"
SHARE_PLACES = Decimal("0.000001")


class DefinitionJson(TypedDict):
    """What is counted, and among what."""

    counts: str
    population: str


class MemberJson(TypedDict, total=False):
    """A member of a dimension; `covered` where the window covers its slice of time in part."""

    key: str
    label: str
    covered: WindowJson


class DimensionJson(TypedDict):
    """A dimension with the members that occur, in the order in which they are shown."""

    key: str
    title: str
    is_multiple: bool
    members: list[MemberJson]


class CellJson(TypedDict):
    """A number with its members, in the order of the dimensions."""

    members: list[str]
    value: NumberJson


class NarrowingJson(TypedDict):
    """A dimension and the members to which a figure is narrowed, in words."""

    dimension: str
    members: list[str]


class ShownJson(TypedDict):
    """How the figure stands in the report. `shares` are those of the cells in the total, in their order.

    `sums` names the members that are sums by dimension, `window_kind` tells a stock; editions from before there were
    any have none. `telling` are the keys of amounts that tell a single contribution; where it is missing nobody asked.
    """

    title: str
    source: str
    counted_on: str
    places: int
    is_additive: bool
    chart: str
    narrowed: list[NarrowingJson]
    kinds: dict[str, str]
    colours: dict[str, dict[str, int]]
    shares: list[str | None]
    sums: NotRequired[dict[str, list[str]]]
    window_kind: NotRequired[str]
    telling: NotRequired[list[list[str]]]
    problem: str
    problem_subject: str


class FigureJson(TypedDict):
    """A figure: what its hash covers, and beside the hash how it is shown."""

    key: str
    title: str
    definition: DefinitionJson
    unit: str
    window: WindowJson
    dimensions: list[DimensionJson]
    only: dict[str, list[str]]
    organisation: int | None
    parameters: dict[str, str]
    cells: list[CellJson]
    total: NumberJson
    hash: str
    shown: ShownJson


class SectionJson(TypedDict):
    """A section with its figures."""

    heading: str
    level: int
    text: str
    figures: list[FigureJson]
    key: NotRequired[str]


class ContentJson(TypedDict):
    """A report as it is frozen. Editions from before there were covers and change logs have none."""

    format: str
    title: str
    organisation: str
    window: WindowJson
    counted_on: str
    sections: list[SectionJson]
    expected: NotRequired[list[str]]
    cover: NotRequired[CoverJson]
    continues: NotRequired[EarlierJson]
    changes: NotRequired[list[ChangeJson]]


def frozen(content: Content) -> ContentJson:
    """The content as plain JSON."""
    plain: ContentJson = {
        "format": FORMAT,
        "title": content.title,
        "organisation": content.organisation,
        "window": window_json(content.window),
        "counted_on": content.counted_on.isoformat(),
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "text": section.text,
                "figures": [_frozen_figure(figure) for figure in section.figures],
                "key": section.key,
            }
            for section in content.sections
        ],
    }
    if content.expected:
        plain["expected"] = list(content.expected)
    if content.cover != NO_COVER:
        plain["cover"] = frozen_cover(content.cover)
    if content.continues:
        plain["continues"] = frozen_earlier(content.continues)
        plain["changes"] = [frozen_change(change) for change in content.changes]
    return plain


def hash_of(content: ContentJson) -> str:
    """The SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    plain: Canonical = json.loads(json.dumps(content))
    return content_hash(plain)


def figures_json(content: ContentJson, *, edition: int = 0) -> bytes:
    """The file `figures.json`: every figure of the report with definition, numbers and hash."""
    listed = {
        "format": FORMAT,
        "title": content["title"],
        "organisation": content["organisation"],
        "window": content["window"],
        "edition": edition or None,
        "content_hash": hash_of(content),
        "figures": [figure for section in content["sections"] for figure in section["figures"]],
    }
    return json.dumps(listed, ensure_ascii=False, indent=2).encode() + b"\n"


def thawed(content: ContentJson) -> Content:
    """The content that was frozen. ValueError if it is of another format."""
    if content["format"] != FORMAT:
        raise ValueError(content["format"])
    return Content(
        title=content["title"],
        organisation=content["organisation"],
        window=period_of(content["window"]),
        counted_on=date.fromisoformat(content["counted_on"]),
        sections=tuple(
            FrozenSection(
                section["heading"],
                section["level"],
                section["text"],
                tuple(_thawed_figure(figure) for figure in section["figures"]),
                section.get("key", ""),
            )
            for section in content["sections"]
        ),
        expected=tuple(content.get("expected", ())),
        cover=thawed_cover(content["cover"]) if "cover" in content else NO_COVER,
        continues=thawed_earlier(content["continues"]) if "continues" in content else None,
        changes=tuple(thawed_change(change) for change in content.get("changes", ())),
    )


def _frozen_figure(figure: FrozenFigure) -> FigureJson:
    if figure.table is None:
        return _without_answer(figure)
    data: FigureJson = json.loads(canonical_json(figure_data(figure.table)))
    data["shown"] = _shown(figure)
    declared, counted = figure.table.figure, figure.table.counted
    data["shown"] |= {
        "source": declared.room,
        "places": declared.places,
        "is_additive": declared.is_additive,
        "kinds": {axis.dimension.key: axis.dimension.kind.value for axis in counted.axes},
        "colours": {axis.dimension.key: _colours(axis) for axis in counted.axes},
        "shares": _shares(figure.table),
    }
    if declared.window_kind is not WindowKind.WINDOW:
        data["shown"]["window_kind"] = declared.window_kind.value
    if sums := _sums(counted.axes):
        data["shown"]["sums"] = sums
    if counted.telling is not None:
        data["shown"]["telling"] = sorted(map(list, counted.telling))
    return data


def _without_answer(figure: FrozenFigure) -> FigureJson:
    return {
        "key": figure.key,
        "title": figure.title,
        "definition": {"counts": "", "population": ""},
        "unit": "",
        "window": window_json(figure.window),
        "dimensions": [],
        "only": {},
        "organisation": None,
        "parameters": {},
        "cells": [],
        "total": None,
        "hash": "",
        "shown": _shown(figure),
    }


def _shown(figure: FrozenFigure) -> ShownJson:
    return {
        "title": figure.title,
        "source": "",
        "counted_on": figure.counted_on.isoformat(),
        "places": 0,
        "is_additive": True,
        "chart": figure.chart.value,
        "narrowed": [{"dimension": each.dimension, "members": list(each.members)} for each in figure.narrowed],
        "kinds": {},
        "colours": {},
        "shares": [],
        "problem": figure.problem.value if figure.problem else "",
        "problem_subject": figure.problem_subject,
    }


def _thawed_figure(figure: FigureJson) -> FrozenFigure:
    shown = figure["shown"]
    return FrozenFigure(
        key=figure["key"],
        title=shown["title"],
        window=period_of(figure["window"]),
        counted_on=date.fromisoformat(shown["counted_on"]),
        table=None if shown["problem"] else _thawed_table(figure),
        chart=ChartChoice(shown["chart"]),
        narrowed=tuple(Narrowing(each["dimension"], tuple(each["members"])) for each in shown["narrowed"]),
        problem=FigureProblem(shown["problem"]) if shown["problem"] else None,
        problem_subject=shown["problem_subject"],
    )


def _thawed_table(figure: FigureJson) -> FigureTable[Actor]:
    shown = figure["shown"]
    counted = Counted(
        axes=tuple(_axis(dimension, shown) for dimension in figure["dimensions"]),
        cells={tuple(cell["members"]): number_of(cell["value"]) for cell in figure["cells"]},
        total=number_of(figure["total"]),
        telling=frozenset(map(tuple, shown["telling"])) if "telling" in shown else None,
    )
    query = FigureQuery(
        window=period_of(figure["window"]),
        by=tuple(axis.dimension.key for axis in counted.axes),
        only={key: tuple(members) for key, members in figure["only"].items()},
        organisation=figure["organisation"],
        parameters={key: Decimal(value) for key, value in figure["parameters"].items()},
    )
    return FigureTable(_declaration(figure, counted), query, counted, date.fromisoformat(shown["counted_on"]))


def _declaration(figure: FigureJson, counted: Counted) -> Figure[Actor]:
    """The figure as it was declared then. It answers one question only: the one it was asked."""

    def as_then(_actor: Actor, _query: FigureQuery) -> Counted:
        return counted

    shown = figure["shown"]
    return Figure(
        key=figure["key"],
        title=figure["title"],
        unit=Unit(figure["unit"]),
        counts=figure["definition"]["counts"],
        population=figure["definition"]["population"],
        dimensions=tuple(axis.dimension for axis in counted.axes),
        room=shown["source"],
        compute=as_then,
        places=shown["places"],
        window_kind=WindowKind(shown.get("window_kind", WindowKind.WINDOW.value)),
        is_additive=shown["is_additive"],
        parameters=tuple(figure["parameters"]),
    )


def _axis(dimension: DimensionJson, shown: ShownJson) -> Axis:
    key = dimension["key"]
    colours, sums = shown["colours"][key], shown.get("sums", {}).get(key, [])
    members = tuple(
        Member(
            each["key"],
            each["label"],
            colours.get(each["key"]),
            period_of(each["covered"]) if "covered" in each else None,
            is_sum=each["key"] in sums,
        )
        for each in dimension["members"]
    )
    kind = MemberKind(shown["kinds"][key])
    return Axis(Dimension(key, dimension["title"], kind, is_multiple=dimension["is_multiple"]), members)


def _sums(axes: Sequence[Axis]) -> dict[str, list[str]]:
    found = {axis.dimension.key: [member.key for member in axis.members if member.is_sum] for axis in axes}
    return {key: sums for key, sums in found.items() if sums}


def _colours(axis: Axis) -> dict[str, int]:
    return {member.key: member.colour for member in axis.members if member.colour is not None}


def _shares(table: FigureTable[Actor]) -> list[str | None]:
    total = table.counted.total if table.figure.is_additive else None
    return [_share(value, total) for _key, value in sorted(table.counted.cells.items())]


def _share(value: Value, total: Value) -> str | None:
    if not total or value is None:
        return None
    text: str = json.loads(canonical_json((Decimal(value) / Decimal(total)).quantize(SHARE_PLACES)))
    return text


def as_content_json(stored: Mapping[str, object]) -> ContentJson:
    """What the database keeps, as the content it is. ValueError if it is of another format."""
    if stored.get("format") != FORMAT:
        raise ValueError(stored.get("format"))
    content: ContentJson = json.loads(json.dumps(stored))
    return content
