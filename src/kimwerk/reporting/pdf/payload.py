"""A report document as JSON, the only way in which texts and numbers reach the typesetter."""

from __future__ import annotations

import json
from dataclasses import asdict

from kimwerk.reporting.document import Block, FigureBlock, ReportDocument, TableBlock


def as_json(document: ReportDocument) -> str:
    """The document as JSON; each block says its kind, and the time is in seconds since 1970."""
    data = asdict(document)
    data["made_at"] = int(document.made_at.timestamp())
    for section, source in zip(data["sections"], document.sections, strict=True):
        section["blocks"] = [_block(block) for block in source.blocks]
    return json.dumps(data, ensure_ascii=False)


def _block(block: Block) -> dict[str, object]:
    return {"kind": block.kind, **asdict(block)}


def count_rows(document: ReportDocument) -> int:
    """How many rows its tables have below their headings, totals included."""
    blocks = [block for section in document.sections for block in section.blocks]
    tables = [block.table for block in blocks if isinstance(block, FigureBlock)]
    tables += [block for block in blocks if isinstance(block, TableBlock)]
    return sum(len(table.rows) + (table.total is not None) for table in tables)
