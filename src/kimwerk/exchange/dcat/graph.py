"""Statements about things, and how they are written: as RDF/XML, Turtle and JSON-LD. Plain values, no framework."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_UNPRINTED = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))


@dataclass(frozen=True, slots=True)
class Link:
    """A thing elsewhere or described in the same file, by its address."""

    address: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or a value of a type ("xsd:date")."""

    text: str
    language: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with its type and what is said of it, in order. Without an address it exists in its place only."""

    kind: str
    address: str = ""
    says: tuple[tuple[str, Link | Literal | Thing], ...] = field(default=())


def as_rdf_xml(things: tuple[Thing, ...]) -> str:
    """The things as RDF/XML."""
    spaces = "".join(f"\n  xmlns:{prefix}={quoteattr(name)}" for prefix, name in PREFIXES.items())
    body = "".join(_element(thing, 1) for thing in things)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n{body}</rdf:RDF>\n'


def as_turtle(things: tuple[Thing, ...]) -> str:
    """The things as Turtle."""
    heads = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in PREFIXES.items())
    return heads + "".join(f"\n{_address(thing.address)} {_told(thing, 1)} .\n" for thing in things)


def as_json_ld(things: tuple[Thing, ...]) -> str:
    """The things as JSON-LD."""
    graph = [_node(thing) for thing in things]
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _node(thing: Thing) -> dict[str, object]:
    said: dict[str, list[object]] = {}
    for name, value in thing.says:
        said.setdefault(name, []).append(_value(value))
    address = {"@id": _iri(thing.address)} if thing.address else {}
    return {**address, "@type": thing.kind, **said}


def _value(value: Link | Literal | Thing) -> dict[str, object]:
    if isinstance(value, Link):
        return {"@id": _iri(value.address)}
    if isinstance(value, Thing):
        return _node(value)
    language = {"@language": value.language} if value.language else {}
    kind = {"@type": value.kind} if value.kind else {}
    return {"@value": _clean(value.text), **language, **kind}


def _element(thing: Thing, depth: int) -> str:
    gap = "  " * depth
    about = f" rdf:about={quoteattr(_clean(thing.address))}" if thing.address else ""
    inner = "".join(_property(name, value, depth + 1) for name, value in thing.says)
    return f"{gap}<{thing.kind}{about}>\n{inner}{gap}</{thing.kind}>\n"


def _property(name: str, value: Link | Literal | Thing, depth: int) -> str:
    gap = "  " * depth
    if isinstance(value, Link):
        return f"{gap}<{name} rdf:resource={quoteattr(_clean(value.address))}/>\n"
    if isinstance(value, Thing):
        return f"{gap}<{name}>\n{_element(value, depth + 1)}{gap}</{name}>\n"
    language = f" xml:lang={quoteattr(value.language)}" if value.language else ""
    kind = f" rdf:datatype={quoteattr(_full(value.kind))}" if value.kind else ""
    return f"{gap}<{name}{language}{kind}>{escape(_clean(value.text))}</{name}>\n"


def _told(thing: Thing, depth: int) -> str:
    gap = "  " * depth
    lines = [f"a {thing.kind}", *(f"{name} {_object(value, depth)}" for name, value in thing.says)]
    return f" ;\n{gap}".join(lines)


def _object(value: Link | Literal | Thing, depth: int) -> str:
    if isinstance(value, Link):
        return _address(value.address)
    if isinstance(value, Thing):
        return f"[ {_told(value, depth + 1)} ]"
    text = _clean(value.text)
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(sign, written)
    ending = f"@{value.language}" if value.language else f"^^{value.kind}" if value.kind else ""
    return f'"{text}"{ending}'


def _address(address: str) -> str:
    return f"<{_iri(address)}>"


def _iri(address: str) -> str:
    return "".join(_percent(letter) for letter in _clean(address))


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode()) if letter in '<>"{}|^`\\ ' else letter


def _full(kind: str) -> str:
    prefix, _, name = kind.partition(":")
    return PREFIXES[prefix] + name


def _clean(text: str) -> str:
    return text.translate(_UNPRINTED).replace("\ufffe", "").replace("\uffff", "")
