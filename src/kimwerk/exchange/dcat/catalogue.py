"""What was published, as a catalogue in the sense of DCAT-AP.de 3.0: plain values in, things out.

Names of properties, value lists and the order of obligations: https://www.dcat-ap.de/def/dcatde/3.0/spec/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kimwerk.exchange.dcat.graph import Link, Literal, Thing

EUROPE = "http://publications.europa.eu/resource/authority"
GERMAN = Link(f"{EUROPE}/language/DEU")
PUBLIC = Link(f"{EUROPE}/access-right/PUBLIC")
THEMES = (Link(f"{EUROPE}/data-theme/SOCI"), Link(f"{EUROPE}/data-theme/GOVE"))
LICENCE = Link("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
AVAILABLE = Link(f"{EUROPE}/planned-availability/STABLE")
LEVEL = Link("http://dcat-ap.de/def/politicalGeocoding/Level/administrativeDistrict")
DISTRICT = "http://dcat-ap.de/def/politicalGeocoding/districtKey/"
KEYWORDS = ("Integration", "Migration", "Kommunales Integrationsmanagement", "KIM")
"""By which portals find the tables; values of the format, in the language of the catalogue."""
FORMATS = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}


@dataclass(frozen=True, slots=True)
class File:
    """A file of a table."""

    address: str
    form: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A published table. The days are those that it covers, both included."""

    address: str
    identifier: str
    title: str
    description: str
    page: str
    publisher: str
    region: str
    first_day: date
    last_day: date
    published_on: date
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The catalogue of an installation. `contributor` is its address in the portals' list of those who deliver."""

    address: str
    homepage: str
    title: str
    description: str
    publisher: str
    datasets: tuple[Dataset, ...]
    contributor: str = ""


def things_of(catalogue: Catalogue) -> tuple[Thing, ...]:
    """The catalogue, its datasets and their distributions, and the districts that these are about."""
    head = Thing(
        "dcat:Catalog",
        catalogue.address,
        (
            ("dct:title", Literal(catalogue.title, "de")),
            ("dct:description", Literal(catalogue.description, "de")),
            ("dct:publisher", _agent(catalogue.publisher)),
            ("foaf:homepage", Link(catalogue.homepage)),
            ("dct:language", GERMAN),
            ("dct:license", LICENCE),
            ("dcat:themeTaxonomy", Link(f"{EUROPE}/data-theme")),
            *(("dcat:dataset", Link(each.address)) for each in catalogue.datasets),
        ),
    )
    regions = dict.fromkeys(each.region for each in catalogue.datasets if each.region)
    return (
        head,
        *(thing for each in catalogue.datasets for thing in _dataset(each, catalogue.contributor)),
        *(Thing("dct:Location", DISTRICT + region) for region in regions),
    )


def _dataset(dataset: Dataset, contributor: str) -> Iterator[Thing]:
    delivered_by = (("dcatde:contributorID", Link(contributor)),) if contributor else ()
    yield Thing("dcat:Dataset", dataset.address, (*_of_dataset(dataset), *delivered_by))
    for file in dataset.files:
        yield _distribution(dataset, file)


def _of_dataset(dataset: Dataset) -> Iterator[tuple[str, Link | Literal | Thing]]:
    yield "dct:title", Literal(dataset.title, "de")
    yield "dct:description", Literal(dataset.description, "de")
    yield "dct:identifier", Literal(dataset.identifier)
    yield "dct:publisher", _agent(dataset.publisher)
    yield from (("dcat:theme", theme) for theme in THEMES)
    yield from (("dcat:keyword", Literal(word, "de")) for word in KEYWORDS)
    yield "dcat:landingPage", Link(dataset.page)
    yield "dct:language", GERMAN
    yield "dct:accessRights", PUBLIC
    yield "dct:issued", _day(dataset.published_on)
    yield "dct:modified", _day(dataset.published_on)
    yield (
        "dct:temporal",
        Thing(
            "dct:PeriodOfTime",
            says=(("dcat:startDate", _day(dataset.first_day)), ("dcat:endDate", _day(dataset.last_day))),
        ),
    )
    if dataset.region:
        yield "dcatde:politicalGeocodingLevelURI", LEVEL
        yield "dct:spatial", Link(DISTRICT + dataset.region)
    yield from (("dcat:distribution", Link(f"{file.address}#datei")) for file in dataset.files)


def _distribution(dataset: Dataset, file: File) -> Thing:
    name, media = FORMATS[file.form]
    says: list[tuple[str, Link | Literal | Thing]] = [
        ("dct:title", Literal(f"{dataset.title} ({name})", "de")),
        ("dcat:accessURL", Link(file.address)),
        ("dcat:downloadURL", Link(file.address)),
        ("dct:format", Link(f"{EUROPE}/file-type/{name}")),
        ("dcat:mediaType", Link(f"https://www.iana.org/assignments/media-types/{media}")),
        ("dct:license", LICENCE),
        ("dcatde:licenseAttributionByText", Literal(dataset.publisher, "de")),
        ("dcatap:availability", AVAILABLE),
        ("dct:issued", _day(dataset.published_on)),
    ]
    if file.sha256:
        algorithm = ("spdx:algorithm", Link("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"))
        value = ("spdx:checksumValue", Literal(file.sha256, kind="xsd:hexBinary"))
        says.append(("spdx:checksum", Thing("spdx:Checksum", says=(algorithm, value))))
    return Thing("dcat:Distribution", f"{file.address}#datei", tuple(says))


def _agent(name: str) -> Thing:
    return Thing("foaf:Organization", says=(("foaf:name", Literal(name, "de")),))


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), kind="xsd:date")


def publishers_of(datasets: Sequence[Dataset]) -> str:
    """Who publishes here, for the head of the catalogue."""
    return ", ".join(dict.fromkeys(dataset.publisher for dataset in datasets))
