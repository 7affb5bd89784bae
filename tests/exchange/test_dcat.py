"""The catalogue of open data: what DCAT-AP.de asks for is there, and both ways of writing are sound."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kimwerk.exchange.dcat.catalogue import Catalogue, Dataset, File, things_of
from kimwerk.exchange.dcat.graph import PREFIXES, Link, Literal, Thing, as_json_ld, as_rdf_xml, as_turtle

PAGE = "https://kreis.example/statistik/evaluation-1/"
RDF = "{" + PREFIXES["rdf"] + "}"


def catalogue(title: str = "Maßnahmen nach Art") -> Catalogue:
    files = (File(f"{PAGE}tabelle-1.csv", "csv", "ab" * 32), File(f"{PAGE}tabelle-1.json", "json"))
    dataset = Dataset(
        address=f"{PAGE}#tabelle-1",
        identifier="evaluation-1-tabelle-1",
        title=title,
        description="Jede Maßnahme zählt einmal.",
        page=PAGE,
        publisher="Rhein-Sieg-Kreis",
        region="05382",
        first_day=date(2022, 1, 1),
        last_day=date(2022, 4, 21),
        published_on=date(2022, 5, 16),
        files=files,
    )
    return Catalogue(
        "https://kreis.example/daten/katalog.rdf", "https://kreis.example/statistik/", "Katalog", "Tabellen",
        "Rhein-Sieg-Kreis", (dataset,),
    )  # fmt: skip


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own file, without declarations


def full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"


def values(element: ElementTree.Element, name: str) -> list[str]:
    return [each.get(f"{RDF}resource") or each.text or "" for each in element.findall(full(name))]


def test_a_dataset_says_what_the_profile_asks_for() -> None:
    root = parsed(as_rdf_xml(things_of(catalogue())))
    (dataset,) = root.findall(full("dcat:Dataset"))
    asked = ("dct:title", "dct:description", "dct:identifier", "dcat:theme", "dct:issued", "dcat:landingPage")
    for name in asked:
        assert values(dataset, name), name
    assert dataset.find(f"{full('dct:publisher')}/{full('foaf:Organization')}/{full('foaf:name')}") is not None
    (place,) = root.findall(full("dct:Location"))
    district = "http://dcat-ap.de/def/politicalGeocoding/districtKey/05382"
    assert values(dataset, "dct:spatial") == [place.get(f"{RDF}about")] == [district]
    period = dataset.find(f"{full('dct:temporal')}/{full('dct:PeriodOfTime')}")
    assert period is not None
    assert (values(period, "dcat:startDate"), values(period, "dcat:endDate")) == (["2022-01-01"], ["2022-04-21"])


DEPRECATED = {
    *("dcatde:politicalGeocodingURI", "dcatde:geocodingDescription", "dcatde:legalBasis", "dcatde:qualityProcessURI"),
    *("dcatde:originator", "dcatde:maintainer", "dct:hasVersion", "dct:isVersionOf", "owl:versionInfo"),
}
"""What DCAT-AP.de 3.0 no longer wants, and the lists below: `dcat-ap-de-deprecated.ttl` of the validator of GovData,
github.com/GovDataOfficial/DCAT-AP.de-SHACL-Validation, CC0."""
DEPRECATED_LISTS = ("http://dcat-ap.de/def/hashAlgorithms/", "http://purl.org/adms/status/")


def test_nothing_is_used_that_the_profile_no_longer_wants() -> None:
    turtle = as_turtle(things_of(catalogue()))
    assert {name for name in DEPRECATED if f"{name} " in turtle} == set()
    assert not [address for address in DEPRECATED_LISTS if address in turtle]


def test_two_tables_about_one_district_describe_it_once() -> None:
    (table,) = (whole := catalogue()).datasets
    both = replace(whole, datasets=(table, replace(table, address=f"{PAGE}#tabelle-2")))
    assert len(parsed(as_rdf_xml(things_of(both))).findall(full("dct:Location"))) == 1


def test_a_dataset_names_who_delivers_it_where_the_office_is_in_the_portals_list() -> None:
    ours = "http://dcat-ap.de/def/contributors/openNRW"
    for contributor, told in (("", []), (ours, [ours])):
        root = parsed(as_rdf_xml(things_of(replace(catalogue(), contributor=contributor))))
        (dataset,) = root.findall(full("dcat:Dataset"))
        assert values(dataset, "dcatde:contributorID") == told


def test_every_distribution_has_licence_format_and_attribution() -> None:
    root = parsed(as_rdf_xml(things_of(catalogue())))
    distributions = root.findall(full("dcat:Distribution"))
    assert [values(each, "dcat:downloadURL") for each in distributions] == [
        [f"{PAGE}tabelle-1.csv"],
        [f"{PAGE}tabelle-1.json"],
    ]
    for each in distributions:
        assert values(each, "dct:license") == ["http://dcat-ap.de/def/licenses/dl-by-de/2.0"]
        assert values(each, "dcatde:licenseAttributionByText") == ["Rhein-Sieg-Kreis"]
        assert values(each, "dct:format")
        assert values(each, "dcatap:availability")


def test_the_catalogue_names_its_datasets_and_these_their_distributions() -> None:
    root = parsed(as_rdf_xml(things_of(catalogue())))
    described = {each.get(f"{RDF}about") for each in root}
    (head,) = root.findall(full("dcat:Catalog"))
    assert set(values(head, "dcat:dataset")) <= described
    for dataset in root.findall(full("dcat:Dataset")):
        assert set(values(dataset, "dcat:distribution")) <= described


@given(st.text(max_size=80))
def test_no_title_breaks_either_way_of_writing(title: str) -> None:
    title = title.encode("utf-8", "ignore").decode()
    things = things_of(catalogue(title))
    parsed(as_rdf_xml(things))
    turtle = as_turtle(things)
    strings = re.findall(r'"(?:[^"\\\n\r]|\\["\\nrt])*"', turtle)
    rest = re.sub(r'"(?:[^"\\\n\r]|\\["\\nrt])*"', "", turtle)
    assert strings
    assert '"' not in rest


def test_turtle_tells_the_same_and_ends_every_thing() -> None:
    things = things_of(catalogue())
    turtle = as_turtle(things)
    assert turtle.count(" .\n") == len(PREFIXES) + len(things)
    assert f"<{PAGE}#tabelle-1> a dcat:Dataset ;" in turtle
    assert '"2022-01-01"^^xsd:date' in turtle
    assert '"Jede Maßnahme zählt einmal."@de' in turtle


def test_an_address_cannot_leave_its_brackets() -> None:
    thing = Thing(
        "dcat:Dataset", "https://x.example/> . <evil", (("dct:relation", Link('a"b c')), ("dct:title", Literal("x")))
    )
    turtle = as_turtle((thing,))
    assert "<https://x.example/%3E%20.%20%3Cevil>" in turtle
    assert "<a%22b%20c>" in turtle


def test_json_ld_tells_every_statement_of_the_things() -> None:
    things = things_of(catalogue())
    written = json.loads(as_json_ld(things))
    assert written["@context"] == PREFIXES
    assert [each["@id"] for each in written["@graph"]] == [thing.address for thing in things]
    for node, thing in zip(written["@graph"], things, strict=True):
        told = sum(len(values) for name, values in node.items() if not name.startswith("@"))
        assert (node["@type"], told) == (thing.kind, len(thing.says))
    dataset = next(each for each in written["@graph"] if each["@type"] == "dcat:Dataset")
    assert dataset["dct:issued"] == [{"@value": "2022-05-16", "@type": "xsd:date"}]
    assert dataset["dct:description"] == [{"@value": "Jede Maßnahme zählt einmal.", "@language": "de"}]
    assert dataset["dct:accessRights"][0]["@id"].endswith("/access-right/PUBLIC")
    (period,) = dataset["dct:temporal"]
    assert (period["@type"], "@id" in period) == ("dct:PeriodOfTime", False)


@given(st.text(max_size=80))
def test_no_title_breaks_json_ld(title: str) -> None:
    title = title.encode("utf-8", "ignore").decode()
    dataset = json.loads(as_json_ld((Thing("dcat:Dataset", "https://x.example/", (("dct:title", Literal(title)),)),)))
    (said,) = dataset["@graph"][0]["dct:title"]
    printed = [letter for letter in title if (letter >= " " or letter in "\t\n\r") and letter not in "\ufffe\uffff"]
    assert said == {"@value": "".join(printed)}
