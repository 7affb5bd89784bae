"""Files of tables as offices have them, read as sheets of cells: XLSX, XLS, ODS and CSV, capped and never run.

Knows no room and no meaning of a column; whoever wants to know what stands in a sheet asks its own room.
"""

from kimwerk.kernel.sheets.cells import cell_from_json, cell_text, cells_from_json, cells_to_json
from kimwerk.kernel.sheets.reading import read_sheets
from kimwerk.kernel.sheets.refusals import MEBIBYTE, FileRefused, Limits, Refusal
from kimwerk.kernel.sheets.sheet import Cell, Row, Sheet

__all__ = [
    "MEBIBYTE",
    "Cell",
    "FileRefused",
    "Limits",
    "Refusal",
    "Row",
    "Sheet",
    "cell_from_json",
    "cell_text",
    "cells_from_json",
    "cells_to_json",
    "read_sheets",
]
