"""Tables with rows of headings that repeat on each page, and headings of rows in the first column."""

from __future__ import annotations

from collections.abc import Iterator

from kimwerk.reporting.document import HeaderCell, Row, TableBlock
from kimwerk.reporting.docx.markup import LYING_WIDTH, TEXT_WIDTH, paragraph, run, xml

FIRST_SHARE, LYING_SHARE = 0.34, 0.18
"""Of the width, for the headings of rows where there are many columns; on a lying page."""
MOST_UPRIGHT = 8
"""A table with more columns lies, and its headings stand: there is no room for a word in a column."""
SIGN = 100
"""Twentieths of a point that a letter of a standing heading takes."""
TALLEST = 3000
"""Twentieths of a point that a row of standing headings has at most; longer ones take two lines."""


def is_wide(table: TableBlock) -> bool:
    """Whether the table wants a lying page."""
    return len(table.numeric) > MOST_UPRIGHT


def table_xml(table: TableBlock) -> str:
    """The table with its caption as title and description for those who hear it."""
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [*_heads(table, widths), *(_row(row, table, widths) for row in table.rows)]
    if table.total:
        rows.append(_row(table.total, table, widths, is_total=True))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0"'
        ' w:noVBand="1"/>'
        f'<w:tblCaption w:val="{xml(table.caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _widths(table: TableBlock) -> list[int]:
    count, width = len(table.numeric), LYING_WIDTH if is_wide(table) else TEXT_WIDTH
    share = LYING_SHARE if is_wide(table) else FIRST_SHARE if count > 3 else 0.5
    first = round(width * share) if count > 1 else width
    return [first, *[(width - first) // max(count - 1, 1)] * (count - 1)]


def _heads(table: TableBlock, widths: list[int]) -> Iterator[str]:
    """The rows of headings; a heading that reaches down is continued by empty cells below it."""
    below: list[HeaderCell | None] = [None] * len(widths)
    left = [0] * len(widths)
    for row in table.header:
        given = iter(row)
        cells, position, height = [], 0, 0
        while position < len(widths):
            above = below[position]
            goes_on = left[position] > 0 and above is not None
            cell = above if goes_on and above is not None else next(given)
            merge = "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            covered = range(position, position + cell.columns)
            text = "" if goes_on else cell.text
            stands = is_wide(table) and position > 0 and cell.columns == 1
            height = max(height, min(len(text) * SIGN, TALLEST) if stands else 0)
            cells.append(_cell(text, sum(widths[at] for at in covered), cell.columns, merge, stands=stands,
                               is_right=table.numeric[position] and cell.columns == 1 and not stands))  # fmt: skip
            for at in covered:
                below[at] = cell
                left[at] = left[at] - 1 if goes_on else cell.rows - 1
            position += cell.columns
        tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{tall}<w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(row: Row, table: TableBlock, widths: list[int], *, is_total: bool = False) -> str:
    is_bold = is_total or row.is_sum
    texts = (row.header, *row.cells)
    cells = (
        _cell(text, widths[at], is_right=table.numeric[at], is_bold=is_bold, is_head=False)
        for at, text in enumerate(texts)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, width: int, columns: int = 1, merge: str = "", *, is_right: bool, is_bold: bool = True,
    is_head: bool = True, stands: bool = False,
) -> str:  # fmt: skip
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    turned = '<w:textDirection w:val="btLr"/>' if stands else ""
    bottom = '<w:vAlign w:val="bottom"/>' if is_head else ""
    content = paragraph(run(text, is_bold=is_bold), "TableText", is_right=is_right)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{turned}{bottom}</w:tcPr>{content}</w:tc>'
