"""Cost tables and bars as markup: the cells of ten years are written here and not by loops of templates."""

from __future__ import annotations

from collections.abc import Sequence

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from kimwerk.finance.web.pages import Bar, BarGroup, CostRow
from kimwerk.ui.markup import escaped

register = Library()


@register.simple_tag
def cost_rows(rows: Sequence[CostRow]) -> SafeString:
    """The rows of a cost table."""
    return mark_safe("\n".join(map(_row, rows)))  # noqa: S308  # every text is escaped below


def _row(row: CostRow) -> str:
    kind = (" fin-sum" if row.is_sum else "") + (" fin-count" if row.is_count else "")
    cells = "".join(f'<td class="kern-table__cell">{escaped(cell)}</td>' for cell in row.cells)
    title = f'<th scope="row" class="kern-table__header">{escaped(row.title)}</th>'
    return f'<tr class="kern-table__row{kind}">{title}{cells}</tr>'


@register.simple_tag
def bar_groups(groups: Sequence[BarGroup]) -> SafeString:
    """The bars of each group, each beside its number."""
    return mark_safe("\n".join(map(_group, groups)))  # noqa: S308  # every text is escaped below


def _group(group: BarGroup) -> str:
    return f"<section><h3>{escaped(group.title)}</h3><dl>{''.join(map(_bar, group.bars))}</dl></section>"


def _bar(bar: Bar) -> str:
    drawn = (
        '<svg class="fin-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="fin-bar__ground" width="100" height="10"/>'
        f'<rect width="{bar.width}" height="10"/></svg>'
    )
    return f"<dt>{escaped(bar.label)}</dt><dd>{drawn}<span>{escaped(bar.text)}</span></dd>"
