"""The first categories: whole, unmistakable, and brought in once."""

from __future__ import annotations

from collections import Counter
from datetime import date

from kimwerk.activities.models import Category, CategoryMapping
from kimwerk.activities.selectors.book import CategoryFact
from kimwerk.activities.services.loading import load_categories, read_categories
from kimwerk.activities.types import CategoryList
from kimwerk.kernel.names import text_key
from tests.cast import Cast, as_owner


def test_loading_twice_is_loading_once(cast: Cast) -> None:
    with as_owner():
        assert load_categories() > 80
        before = Category.objects.count()
        assert load_categories() == 0
        assert Category.objects.count() == before


def test_what_an_office_has_made_of_a_category_stays(cast: Cast) -> None:
    with as_owner():
        load_categories()
        Category.objects.filter(code="jobcenter").update(label="Jobcenter rhein-sieg", words=["jc", "job"])
        load_categories()
        assert Category.objects.get(code="jobcenter").words == ["jc", "job"]


def test_every_list_of_the_source_is_there(cast: Cast) -> None:
    with as_owner():
        load_categories()
        assert set(Category.objects.values_list("category_list", flat=True)) == set(CategoryList)
        assert CategoryMapping.objects.filter(scheme="abbildung-4", category__code="jmd").get().label == "Sonstige"


def test_the_legends_of_the_source_are_whole() -> None:
    rows = read_categories()
    assert len({row["scheme:abbildung-4"] for row in rows} - {""}) == 6
    assert len({row["scheme:abbildung-2"] for row in rows} - {""}) == 8


def test_no_word_of_a_list_means_two_of_its_entries() -> None:
    for category_list in CategoryList:
        rows = [row for row in read_categories() if row["list"] == category_list.value]
        words = Counter(
            key for row in rows for key in {text_key(word) for word in [row["label"], *row["words"].split("|")] if word}
        )
        assert [word for word, count in words.items() if count > 1] == []


def test_every_colour_is_a_slot_of_the_charts() -> None:
    assert {int(row["colour"]) for row in read_categories()} <= set(range(12))


def test_a_category_is_valid_on_its_first_and_last_day() -> None:
    fact = CategoryFact(1, CategoryList.KIND, "x", "X", (), "", None, False, date(2022, 1, 1), date(2022, 1, 31))
    assert fact.is_valid(date(2022, 1, 1))
    assert fact.is_valid(date(2022, 1, 31))
    assert not fact.is_valid(date(2022, 2, 1))
    assert not fact.is_valid(date(2021, 12, 31))
