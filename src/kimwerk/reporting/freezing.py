"""Contents as JSON and back, with hashes by which every number can be held to its word.

A figure's hash covers its definition, window and numbers; the content's covers every figure,
heading and text. The JSON is canonical (kernel.hashing): equal contents give equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypedDict

from kimwerk.kernel.figures import Axis, Counted, Dimension, Member, MemberKind, Unit, Value
from kimwerk.kernel.hashing import Canonical, canonical_json, content_hash
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Content, FrozenFigure, FrozenSection, Narrowing
from kimwerk.reporting.types import ChartChoice, FigureProblem

FORMAT = "kimwerk-report/1"
SHARE_PLACES = Decimal("0.000001")

WindowJson = TypedDict("WindowJson", {"from": str, "to": str})


class MemberJson(TypedDict):
    """A member of a dimension; `covered` where the window covers its slice of time in part."""

    key: str
    label: str
    colour: int | None
    covered: WindowJson | None


class DimensionJson(TypedDict):
    """A dimension with the members that occur, in the order in which they are shown."""

    key: str
    title: str
    kind: str
    is_multiple: bool
    members: list[MemberJson]


class CellJson(TypedDict):
    """A number: its members in the order of the dimensions, its value, its share of the total."""

    members: list[str]
    value: int | str | None
    share: str | None


class NarrowingJson(TypedDict):
    """A dimension and the members to which a figure is narrowed."""

    dimension: str
    members: list[str]


class FigureJson(TypedDict):
    """A figure as it stands in `figures.json`."""

    key: str
    title: str
    definition: str
    population: str
    unit: str
    source: str
    window: WindowJson
    counted_on: str
    places: int
    is_additive: bool
    chart: str
    narrowed: list[NarrowingJson]
    parameters: dict[str, str]
    dimensions: list[DimensionJson]
    cells: list[CellJson]
    total: int | str | None
    problem: str
    problem_subject: str
    hash: str


class SectionJson(TypedDict):
    """A section with its figures."""

    heading: str
    level: int
    text: str
    figures: list[FigureJson]


class ContentJson(TypedDict):
    """A report as it is frozen."""

    format: str
    title: str
    organisation: str
    window: WindowJson
    counted_on: str
    sections: list[SectionJson]


def frozen(content: Content) -> ContentJson:
    """The content as plain JSON."""
    return {
        "format": FORMAT,
        "title": content.title,
        "organisation": content.organisation,
        "window": _window(content.window),
        "counted_on": content.counted_on.isoformat(),
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "text": section.text,
                "figures": [freeze_figure(figure) for figure in section.figures],
            }
            for section in content.sections
        ],
    }


def hash_of(content: ContentJson) -> str:
    """The SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return content_hash(_canonical(content))


def figures_json(content: ContentJson, *, edition: str = "") -> bytes:
    """The file `figures.json`: every figure of the report with definition, numbers and hash."""
    figures = [figure for section in content["sections"] for figure in section["figures"]]
    listed = {
        "format": FORMAT,
        "title": content["title"],
        "organisation": content["organisation"],
        "window": content["window"],
        "edition": edition,
        "content_hash": hash_of(content),
        "figures": figures,
    }
    return json.dumps(listed, ensure_ascii=False, indent=2).encode() + b"\n"


def freeze_figure(figure: FrozenFigure) -> FigureJson:
    """One figure as JSON, with its hash over everything else in it."""
    total = figure.counted.total if figure.counted else None
    plain: FigureJson = {
        "key": figure.key,
        "title": figure.title,
        "definition": figure.counts,
        "population": figure.population,
        "unit": figure.unit.value,
        "source": figure.source,
        "window": _window(figure.window),
        "counted_on": figure.counted_on.isoformat(),
        "places": figure.places,
        "is_additive": figure.is_additive,
        "chart": figure.chart.value,
        "narrowed": [{"dimension": each.dimension, "members": list(each.members)} for each in figure.narrowed],
        "parameters": {key: _decimal(value) for key, value in figure.parameters.items()},
        "dimensions": [_dimension(axis) for axis in figure.axes],
        "cells": _cells(figure),
        "total": _value(total),
        "problem": figure.problem.value if figure.problem else "",
        "problem_subject": figure.problem_subject,
        "hash": "",
    }
    plain["hash"] = content_hash({key: value for key, value in _mapping(plain).items() if key != "hash"})
    return plain


def thawed(content: ContentJson) -> Content:
    """The content that was frozen. ValueError if it is of another format."""
    if content["format"] != FORMAT:
        raise ValueError(content["format"])
    return Content(
        title=content["title"],
        organisation=content["organisation"],
        window=_period(content["window"]),
        counted_on=date.fromisoformat(content["counted_on"]),
        sections=tuple(
            FrozenSection(
                section["heading"],
                section["level"],
                section["text"],
                tuple(_thawed_figure(figure) for figure in section["figures"]),
            )
            for section in content["sections"]
        ),
    )


def _thawed_figure(figure: FigureJson) -> FrozenFigure:
    bare = FrozenFigure(
        key=figure["key"],
        title=figure["title"],
        counts=figure["definition"],
        population=figure["population"],
        unit=Unit(figure["unit"]),
        source=figure["source"],
        window=_period(figure["window"]),
        counted_on=date.fromisoformat(figure["counted_on"]),
        counted=None,
        places=figure["places"],
        is_additive=figure["is_additive"],
        chart=ChartChoice(figure["chart"]),
        narrowed=tuple(Narrowing(each["dimension"], tuple(each["members"])) for each in figure["narrowed"]),
        parameters={key: Decimal(value) for key, value in figure["parameters"].items()},
        problem=FigureProblem(figure["problem"]) if figure["problem"] else None,
        problem_subject=figure["problem_subject"],
    )
    return bare if bare.problem else replace(bare, counted=_counted(figure))


def _counted(figure: FigureJson) -> Counted:
    return Counted(
        axes=tuple(_axis(dimension) for dimension in figure["dimensions"]),
        cells={tuple(cell["members"]): _thawed_value(cell["value"]) for cell in figure["cells"]},
        total=_thawed_value(figure["total"]),
    )


def _window(window: Period) -> WindowJson:
    return {"from": window.first_day.isoformat(), "to": window.last_day.isoformat()}


def _period(window: WindowJson) -> Period:
    return Period.of_days(date.fromisoformat(window["from"]), date.fromisoformat(window["to"]))


def _dimension(axis: Axis) -> DimensionJson:
    return {
        "key": axis.dimension.key,
        "title": str(axis.dimension.title),
        "kind": axis.dimension.kind.value,
        "is_multiple": axis.dimension.is_multiple,
        "members": [
            {
                "key": member.key,
                "label": member.label,
                "colour": member.colour,
                "covered": _window(member.covered) if member.covered else None,
            }
            for member in axis.members
        ],
    }


def _axis(dimension: DimensionJson) -> Axis:
    members = tuple(
        Member(each["key"], each["label"], each["colour"], _period(each["covered"]) if each["covered"] else None)
        for each in dimension["members"]
    )
    named = Dimension(
        dimension["key"], dimension["title"], MemberKind(dimension["kind"]), is_multiple=dimension["is_multiple"]
    )
    return Axis(named, members)


def _cells(figure: FrozenFigure) -> list[CellJson]:
    if figure.counted is None or not figure.axes:
        return []
    total = figure.counted.total if figure.is_additive else None
    return [
        {"members": list(key), "value": _value(value), "share": _share(value, total)}
        for key, value in sorted(figure.counted.cells.items())
    ]


def _share(value: Value, total: Value) -> str | None:
    if not total or value is None:
        return None
    return _decimal((Decimal(value) / Decimal(total)).quantize(SHARE_PLACES))


def _value(value: Value) -> int | str | None:
    return _decimal(value) if isinstance(value, Decimal) else value


def _thawed_value(value: int | str | None) -> Value:
    return Decimal(value) if isinstance(value, str) else value


def _decimal(value: Decimal) -> str:
    text: str = json.loads(canonical_json(value))
    return text


def _mapping(figure: FigureJson) -> Mapping[str, Canonical]:
    plain: dict[str, Canonical] = json.loads(json.dumps(figure))
    return plain


def _canonical(content: ContentJson) -> Canonical:
    plain: Canonical = json.loads(json.dumps(content))
    return plain
