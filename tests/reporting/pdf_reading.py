"""Reading a PDF the way assistive technology does: by its structure, then by the marked text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

SOFT_HYPHEN = "\u00ad"
_PAIR = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>")


@dataclass
class Node:
    """An element of the structure with the text under it."""

    tag: str
    alt: str
    attributes: dict[str, str]
    text: str
    children: list[Node] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Node]:
        """The elements of these tags below, in reading order."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.all(*tags)


def read_structure(pdf: pikepdf.Pdf) -> Node:
    """The whole document as a tree."""
    marked = {page.objgen: _marked_texts(page) for page in pdf.pages}
    return _node(pdf.Root.StructTreeRoot, marked, None)


def read_text(pdf: pikepdf.Pdf) -> str:
    """Everything that is written on the pages, artifacts and drawings included."""
    return "\n".join(text for page in pdf.pages for text in _all_texts(page))


def _node(element: pikepdf.Object, marked: dict, page: pikepdf.Object | None) -> Node:
    page = element.get("/Pg", page)
    attributes = {}
    listed = element.get("/A", pikepdf.Array())
    for entry in [listed] if isinstance(listed, pikepdf.Dictionary) else listed:
        if isinstance(entry, pikepdf.Dictionary):
            attributes |= {key: str(value) for key, value in entry.items() if key in ("/Scope", "/ColSpan", "/RowSpan")}
    node = Node(str(element.get("/S", "/Root"))[1:], str(element.get("/Alt", "")), attributes, "")
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            child = _node(kid, marked, page)
            node.children.append(child)
            node.text += child.text
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            node.text += marked[kid.get("/Pg", page).objgen].get(int(kid.MCID), "")
        elif isinstance(kid, int):
            node.text += marked[page.objgen].get(kid, "")
    return node


def _pieces(page: pikepdf.Page) -> Iterator[tuple[int | None, str]]:
    """Text in the order it is painted, with the mark it belongs to."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[bytes, str] = {}
    marks: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                marks.append(int(operands[1].MCID) if "/MCID" in operands[1] else None)
            case "BMC":
                marks.append(None)
            case "EMC":
                marks.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ":
                strings = operands[0] if str(operator) == "TJ" else [operands[0]]
                codes = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
                pairs = (codes[place : place + 2] for place in range(0, len(codes), 2))
                text = "".join(letters.get(pair, "\ufffd") for pair in pairs)
                yield marks[-1] if marks else None, text.replace(SOFT_HYPHEN, "")


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    texts: dict[int, str] = {}
    for mark, text in _pieces(page):
        if mark is not None:
            texts[mark] = texts.get(mark, "") + text
    return texts


def _all_texts(page: pikepdf.Page) -> Iterator[str]:
    for _, text in _pieces(page):
        yield text


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes()
    body = table[table.index(b"endcodespacerange") :]
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(letter.decode()).decode("utf-16-be")
        for code, letter in _PAIR.findall(body)
    }
