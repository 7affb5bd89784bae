"""Official lists of places: read strictly, and refused with the place of the fault."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.directory.genericode import ListError, ListProblem, read_code_list
from kimwerk.directory.place_list import common_name, district_name, places_from_genericode, shipped_places

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
  <Identification><ShortName>AGS</ShortName><Version>2026-01-31</Version></Identification>
  <ColumnSet>
    <Column Id="code" Use="required"><ShortName>SCHLUESSEL</ShortName><Data Type="string"/></Column>
    <Column Id="label" Use="required"><ShortName>Bezeichnung</ShortName><Data Type="string"/></Column>
    <Key Id="codeKey"><ShortName>codeKey</ShortName><ColumnRef Ref="code"/></Key>
  </ColumnSet>
  <SimpleCodeList>
"""
FOOT = "</SimpleCodeList></gc:CodeList>"


def entry(key: str, name: str) -> str:
    return (
        f'<Row><Value ColumnRef="code"><SimpleValue>{key}</SimpleValue></Value>'
        f'<Value ColumnRef="label"><SimpleValue>{name}</SimpleValue></Value></Row>\n'
    )


def genericode(*rows: str) -> bytes:
    return (HEAD + "".join(rows) + FOOT).encode()


def problem_of(content: bytes) -> tuple[ListProblem, int]:
    with pytest.raises(ListError) as caught:
        places_from_genericode(content)
    return caught.value.problem, caught.value.line


def test_the_list_that_comes_along_has_all_396_municipalities_of_the_land() -> None:
    places = shipped_places()
    assert len(places) == len({place.ags for place in places}) == 396
    assert len({place.ags.district for place in places}) == 53
    assert all(place.ags.is_in_nrw and place.ars.ags == place.ags for place in places)


def test_the_list_that_comes_along_counts_the_residents_of_the_census() -> None:
    assert sum(place.population or 0 for place in shipped_places()) == 17_890_489


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("Hennef (Sieg), Stadt", "Hennef (Sieg)"),
        ("Roetgen, Tor zur Eifel", "Roetgen"),
        ("Erkrath, Fundort des Neanderthalers, Stadt", "Erkrath"),
        ("Much", "Much"),
    ],
)
def test_a_place_is_called_without_its_epithet(official: str, name: str) -> None:
    assert common_name(official) == name


@pytest.mark.parametrize(
    ("official", "is_city", "name"),
    [
        ("Kleve", False, "Kreis Kleve"),
        ("Kreis Kleve", False, "Kreis Kleve"),
        ("Märkischer Kreis", False, "Märkischer Kreis"),
        ("Hochsauerlandkreis", False, "Hochsauerlandkreis"),
        ("Städteregion Aachen", False, "Städteregion Aachen"),
        ("Bonn, Stadt", True, "Bonn"),
    ],
)
def test_a_district_is_called_as_it_calls_itself(official: str, is_city: bool, name: str) -> None:
    assert district_name(official, is_city=is_city) == name


def test_an_official_list_is_read_with_its_districts() -> None:
    places = places_from_genericode(
        genericode(
            entry("05", "Nordrhein-Westfalen"),
            entry("053", "Reg.-Bez. Köln"),
            entry("05382", "Neuer Sieg-Kreis"),
            entry("05382020", "Hennef (Sieg), Stadt"),
            entry("05111000", "Düsseldorf, Stadt"),
            entry("01001000", "Flensburg, Stadt"),
        )
    )
    assert [(p.ags.digits, p.ars.digits, p.name, p.district_name) for p in places] == [
        ("05382020", "053820020020", "Hennef (Sieg)", "Neuer Sieg-Kreis"),
        ("05111000", "051110000000", "Düsseldorf", "Düsseldorf"),
    ]


def test_regional_keys_filled_with_zeros_are_told_from_municipalities() -> None:
    places = places_from_genericode(
        genericode(
            entry("050000000000", "Nordrhein-Westfalen"),
            entry("053000000000", "Köln"),
            entry("053820000000", "Rhein-Sieg-Kreis"),
            entry("053820020020", "Hennef (Sieg), Stadt"),
            entry("053140000000", "Bonn, Stadt"),
        )
    )
    assert [place.ags.digits for place in places] == ["05382020", "05314000"]


def test_every_shipped_regional_key_follows_from_its_municipality_key() -> None:
    shipped = shipped_places()
    read = places_from_genericode(genericode(*(entry(p.ags.digits, p.official_name) for p in shipped)))
    assert [(p.ags, p.ars, p.name, p.district_name) for p in read] == [
        (p.ags, p.ars, p.name, p.district_name) for p in shipped
    ]


def test_a_value_that_names_no_column_stands_in_the_next_one() -> None:
    row = (
        "<Row><Value><SimpleValue>05382020</SimpleValue></Value><Value><SimpleValue>Hennef</SimpleValue></Value></Row>"
    )
    assert places_from_genericode(genericode(row))[0].name == "Hennef"


@pytest.mark.parametrize(
    ("rows", "problem", "line"),
    [
        ([entry("5382020", "Hennef")], ListProblem.KEY_MALFORMED, 10),
        ([entry("05382020", "Hennef"), entry("0538202x", "Hennef")], ListProblem.KEY_MALFORMED, 11),
        ([entry("05382020", "")], ListProblem.NAME_MISSING, 10),
        ([entry("05382020", "Hennef"), entry("05382020", "Hennef")], ListProblem.KEY_TWICE, 11),
        ([entry("05999020", "Nirgendwo")], ListProblem.DISTRICT_UNNAMED, 10),
        ([entry("01001000", "Flensburg")], ListProblem.NOTHING_OF_NRW, 0),
        ([], ListProblem.NOTHING_OF_NRW, 0),
        ([entry("05382020", "H" * 2000)], ListProblem.VALUE_TOO_LONG, 10),
        (['<Row><Value ColumnRef="x"><SimpleValue>1</SimpleValue></Value></Row>'], ListProblem.UNKNOWN_COLUMN, 10),
        (
            ['<Row><Value ColumnRef="code"/><Value ColumnRef="code"><SimpleValue>1</SimpleValue></Value></Row>'],
            ListProblem.KEY_MALFORMED,
            10,
        ),
    ],
)
def test_a_fault_is_named_with_its_line(rows: list[str], problem: ListProblem, line: int) -> None:
    assert problem_of(genericode(*rows)) == (problem, line)


def test_a_value_given_twice_is_refused() -> None:
    row = '<Row><Value ColumnRef="code"><SimpleValue>1</SimpleValue></Value><Value ColumnRef="code"/></Row>'
    assert problem_of(genericode(row)) == (ListProblem.VALUE_TWICE, 10)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", ListProblem.NOT_XML),
        (b"AGS;Name\n05382020;Hennef", ListProblem.NOT_XML),
        (b"<CodeList>", ListProblem.NOT_XML),
        (b"<html><body/></html>", ListProblem.NOT_GENERICODE),
        (b"<CodeListSet/>", ListProblem.NOT_GENERICODE),
        (b"<CodeList/>", ListProblem.NO_KEY_COLUMN),
        (
            b'<!DOCTYPE CodeList [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CodeList>&b;</CodeList>',
            ListProblem.DOCUMENT_TYPE,
        ),
        (b'<!DOCTYPE CodeList SYSTEM "file:///etc/passwd"><CodeList/>', ListProblem.DOCUMENT_TYPE),
        (b"<?xml version='1.0'?>" + b"<a>" * 10_000, ListProblem.NOT_GENERICODE),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, problem: ListProblem) -> None:
    assert problem_of(content)[0] is problem


def test_a_list_with_several_possible_names_is_refused() -> None:
    column = '<Column Id="x"><ShortName>x</ShortName></Column>'
    content = (
        HEAD.replace("Bezeichnung", "y").replace('Id="label"', 'Id="y"').replace("<Key", column + "<Key") + FOOT
    ).encode()
    assert problem_of(content)[0] is ListProblem.NO_NAME_COLUMN


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_by_name(content: bytes) -> None:
    with suppress(ListError):
        assert read_code_list(content).rows is not None


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_in_a_row_are_read_or_refused_by_name(key: str, name: str) -> None:
    content = (HEAD + entry(key, name) + FOOT).encode(errors="replace")
    with suppress(ListError):
        assert all(place.ags.is_in_nrw and place.name for place in places_from_genericode(content))
