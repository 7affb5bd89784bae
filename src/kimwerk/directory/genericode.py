"""Official code lists as the OASIS standard genericode 1.0 writes them and the XRepository publishes them.

The file comes from outside: a document type, and with it every entity, is refused before anything
of it is read. Only simple code lists with their own columns are understood.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.parsers import expat

LARGEST_LIST = 64 * 1024 * 1024
"""Bytes. The list of all German municipalities has about four million."""

LONGEST_VALUE = 1_000
"""Characters of one value. Official names have up to a hundred."""


class ListProblem(StrEnum):
    """Why a file is no list that can be loaded."""

    TOO_LARGE = "too_large"
    NOT_XML = "not_xml"
    DOCUMENT_TYPE = "document_type"
    NOT_GENERICODE = "not_genericode"
    NO_KEY_COLUMN = "no_key_column"
    NO_NAME_COLUMN = "no_name_column"
    UNKNOWN_COLUMN = "unknown_column"
    VALUE_TWICE = "value_twice"
    VALUE_TOO_LONG = "value_too_long"
    KEY_MALFORMED = "key_malformed"
    KEY_TWICE = "key_twice"
    NAME_MISSING = "name_missing"
    DISTRICT_UNNAMED = "district_unnamed"
    NOTHING_OF_NRW = "nothing_of_nrw"


class ListError(ValueError):
    """The list cannot be loaded: `problem` says why, `line` where (0: the whole file), `found` what stands there."""

    def __init__(self, problem: ListProblem, line: int = 0, found: str = "") -> None:
        super().__init__(f"{problem.value} in line {line}: {found}")
        self.problem, self.line, self.found = problem, line, found[:80]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its identifier in the file and its short name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One entry by column identifier, and the line it begins in. A value that is not set is left out."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list; `key` is the identifier of the column that names each row."""

    name: str
    version: str
    columns: tuple[Column, ...]
    key: str
    rows: tuple[Row, ...]


def read_code_list(content: bytes) -> CodeList:
    """Read a genericode file. Raises ListError with the place and the reason."""
    if len(content) > LARGEST_LIST:
        raise ListError(ListProblem.TOO_LARGE)
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ListError(ListProblem.NOT_XML, error.lineno) from error
    return reader.code_list()


def write_code_list(found: CodeList) -> str:
    """The same list as a genericode file. What was written is read again as it was, but for the lines."""
    root = Element("gc:CodeList", {"xmlns:gc": "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"})
    identification = SubElement(root, "Identification")
    for name, text in (("ShortName", found.name), ("Version", found.version)):
        SubElement(identification, name).text = text
    columns = SubElement(root, "ColumnSet")
    for column in found.columns:
        SubElement(SubElement(columns, "Column", {"Id": column.id, "Use": "optional"}), "ShortName").text = column.name
    key = SubElement(columns, "Key", {"Id": f"{found.key}Key"})
    SubElement(key, "ShortName").text = f"{found.key}Key"
    SubElement(key, "ColumnRef", {"Ref": found.key})
    rows = SubElement(root, "SimpleCodeList")
    for row in found.rows:
        written = SubElement(rows, "Row")
        for column_id, value in row.values.items():
            SubElement(SubElement(written, "Value", {"ColumnRef": column_id}), "SimpleValue").text = value
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


@dataclass
class _Reader:
    """Takes down what stands at the known places of the document; everything else is passed over."""

    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    keys: list[list[str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    column: str = ""

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _fail(self, problem: ListProblem, found: str = "") -> ListError:
        return ListError(problem, self.parser.CurrentLineNumber, found)

    def _doctype(self, *_: object) -> None:
        raise self._fail(ListProblem.DOCUMENT_TYPE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name.rpartition("}")[2])
        self.text.clear()
        match self.path:
            case [root] if root != "CodeList":
                raise self._fail(ListProblem.NOT_GENERICODE, root)
            case ["CodeList", "ColumnSet", "Column"]:
                self.column = attributes.get("Id", "")
                self.columns[self.column] = self.column
            case ["CodeList", "ColumnSet", "Key"]:
                self.keys.append([])
            case ["CodeList", "ColumnSet", "Key", "ColumnRef"]:
                self.keys[-1].append(attributes.get("Ref", ""))
            case ["CodeList", "SimpleCodeList", "Row"]:
                self.rows.append(Row(self.parser.CurrentLineNumber, {}))
                self.column = ""
            case ["CodeList", "SimpleCodeList", "Row", "Value"]:
                self.column = attributes.get("ColumnRef") or self._following(self.column)
                self._check_column()

    def _following(self, column: str) -> str:
        """The column of a value that names none: the one after the column of the value before."""
        order = list(self.columns)
        position = order.index(column) + 1 if column in self.columns else 0
        return order[position] if position < len(order) else ""

    def _check_column(self) -> None:
        if self.column not in self.columns:
            raise self._fail(ListProblem.UNKNOWN_COLUMN, self.column)
        if self.column in self.rows[-1].values:
            raise self._fail(ListProblem.VALUE_TWICE, self.columns[self.column])

    def _characters(self, data: str) -> None:
        self.text.append(data)

    def _end(self, _: str) -> None:
        text = "".join(self.text).strip()
        if len(text) > LONGEST_VALUE and self.path[-1] in {"SimpleValue", "ShortName"}:
            raise self._fail(ListProblem.VALUE_TOO_LONG)
        match self.path:
            case ["CodeList", "Identification", title]:
                self.titles[title] = text
            case ["CodeList", "ColumnSet", "Column", "ShortName"]:
                self.columns[self.column] = text or self.column
            case ["CodeList", "SimpleCodeList", "Row", "Value", "SimpleValue"]:
                self.rows[-1].values[self.column] = text
        self.path.pop()
        self.text.clear()

    def code_list(self) -> CodeList:
        """What was read. A list without a key of one column cannot be used."""
        single = [key[0] for key in self.keys if len(key) == 1 and key[0] in self.columns]
        if not single:
            raise ListError(ListProblem.NO_KEY_COLUMN)
        return CodeList(
            name=self.titles.get("ShortName", ""),
            version=self.titles.get("Version", ""),
            columns=tuple(Column(identifier, name) for identifier, name in self.columns.items()),
            key=single[0],
            rows=tuple(self.rows),
        )
