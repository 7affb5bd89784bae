"""Contents as JSON: nothing is lost, and nothing can be changed unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import NOBODY
from kimwerk.kernel.figures import (
    MISSING,
    Axis,
    Counted,
    Dimension,
    FigureQuery,
    FigureTable,
    Member,
    MemberKind,
)
from kimwerk.kernel.hashing import content_hash
from kimwerk.kernel.periods import Period
from kimwerk.reporting.compose import Release, document_of
from kimwerk.reporting.content import Content, FrozenFigure, Narrowing
from kimwerk.reporting.freezing import as_content_json, figures_json, frozen, hash_of, thawed
from kimwerk.reporting.html import render_html
from kimwerk.reporting.selectors import table_hash
from kimwerk.reporting.types import ChartChoice, FigureProblem
from tests.reporting.reporters import ACTIVITIES, COUNTED_ON, SPRING, answered, content_with

UNTIL_THE_21ST = Period.of_days(date(2022, 4, 1), date(2022, 4, 21))
MADE_AT = datetime(2022, 5, 5, 12, tzinfo=UTC)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """A report with one figure, by month and kind, with gaps and incomplete slices."""
    months = (Member("2022-03", "März 2022"), Member("2022-04", "April 2022", covered=UNTIL_THE_21ST))
    kinds = (Member("workshop", "Workshop", draw(st.integers(0, 11))), Member(MISSING, "nicht erfasst"))
    values = st.integers(0, 10_000) | st.decimals(0, 1000, places=3) | st.none()
    cells = {(month.key, kind.key): draw(values) for month in months for kind in kinds if draw(st.booleans())}
    axes = (Axis(Dimension("month", "Monat", MemberKind.TIME), months), Axis(Dimension("kind", "Art"), kinds))
    query = FigureQuery(
        SPRING, ("month", "kind"), {"kind": ("workshop",)}, draw(st.none() | st.integers(1, 9)), {"fte": Decimal("5.5")}
    )
    declared = replace(
        ACTIVITIES, dimensions=tuple(axis.dimension for axis in axes), parameters=("fte",),
        places=draw(st.integers(0, 2)), is_additive=draw(st.booleans()),
    )  # fmt: skip
    table = FigureTable(declared, query, Counted(axes, cells, draw(values)), COUNTED_ON)
    figure = FrozenFigure(
        "activities", draw(st.text(min_size=1, max_size=20).filter(str.isprintable)), SPRING, COUNTED_ON, table,
        draw(st.sampled_from(ChartChoice)), (Narrowing("Art", ("Workshop",)),),
    )  # fmt: skip
    return content_with(figure, text=draw(st.text(alphabet="äöüß \n-abc", max_size=40)))


@given(contents())
def test_what_was_frozen_thaws_to_the_same(content: Content) -> None:
    stored = json.loads(json.dumps(frozen(content)))
    again = thawed(as_content_json(stored))
    assert frozen(again) == frozen(content)
    assert again.sections[0].figures[0].answer.counted == content.sections[0].figures[0].answer.counted
    assert replace(again, sections=()) == replace(content, sections=())


def test_papers_made_from_the_frozen_content_are_the_same() -> None:
    content = content_with(answered(cells={"workshop": 3, MISSING: 1}, total=4))
    again = thawed(as_content_json(json.loads(json.dumps(frozen(content)))))
    release = Release(1, MADE_AT, hash_of(frozen(content)))
    documents = [document_of(each, made_at=MADE_AT, release=release) for each in (content, again)]
    assert documents[0] == documents[1]
    assert render_html(documents[0]) == render_html(documents[1])


def test_the_hash_of_a_figure_is_the_one_of_the_command_line() -> None:
    figure = answered(cells={"workshop": 3}, total=3)
    listed = frozen(content_with(figure))["sections"][0]["figures"][0]
    assert listed["hash"] == table_hash(figure.answer)
    covered = {key: value for key, value in listed.items() if key not in {"hash", "shown"}}
    assert content_hash(json.loads(json.dumps(covered))) == listed["hash"]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: replace(content, title="Anders"),
        lambda content: replace(content, window=UNTIL_THE_21ST),
        lambda content: replace(content, sections=(replace(content.sections[0], text="Anders."),)),
        lambda content: replace(content, sections=(replace(content.sections[0], heading="Anders"),)),
        lambda content: replace(
            content, sections=(replace(content.sections[0], figures=(answered(cells={"workshop": 4}, total=4),)),)
        ),
        lambda content: replace(content, sections=(replace(content.sections[0], figures=()),)),
    ],
)
def test_any_change_of_content_changes_the_hash(change: object) -> None:
    content = content_with(answered(cells={"workshop": 3}, total=3))
    assert callable(change)
    assert hash_of(frozen(change(content))) != hash_of(frozen(content))


def test_figures_json_tells_each_figure_with_what_it_counts() -> None:
    listed = json.loads(
        figures_json(frozen(content_with(answered(cells={"workshop": 3, MISSING: 1}, total=4))), edition=2)
    )
    assert listed["edition"] == 2
    assert listed["content_hash"] == hash_of(frozen(content_with(answered(cells={"workshop": 3, MISSING: 1}, total=4))))
    (figure,) = listed["figures"]
    assert figure["key"] == "activities"
    assert figure["definition"] == {"counts": "Jede Maßnahme zählt einmal.", "population": "Alle Maßnahmen."}
    assert figure["unit"] == "activities"
    assert figure["window"] == {"from": "2022-01-01", "to": "2022-04-21"}
    assert figure["cells"] == [{"members": [""], "value": 1}, {"members": ["workshop"], "value": 3}]
    assert figure["shown"]["shares"] == ["0.25", "0.75"]
    assert figure["total"] == 4


def test_a_figure_without_an_answer_is_frozen_with_its_reason() -> None:
    bare = FrozenFigure(
        "gone", "Weg", SPRING, COUNTED_ON, None, problem=FigureProblem.UNKNOWN_FIGURE, problem_subject="gone"
    )
    again = thawed(frozen(content_with(bare)))
    assert again.figures == (bare,)


def test_content_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="kimwerk-report/9"):
        as_content_json({"format": "kimwerk-report/9"})


def test_a_thawed_figure_answers_the_question_it_was_asked() -> None:
    figure = thawed(frozen(content_with(answered(cells={"workshop": 3}, total=3)))).figures[0]
    answer = figure.answer
    assert answer.figure.compute(NOBODY, answer.query) == answer.counted
