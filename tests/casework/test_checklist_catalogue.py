"""The checklists of module 3: complete, dated, with their law."""

from __future__ import annotations

from datetime import date

import pytest

from kimwerk.casework.checklist_catalogue import CatalogueList, ItemKind, catalogue


def test_there_is_a_list_for_each_way_to_stay() -> None:
    assert set(catalogue()) == {"einbuergerung", "aufenthg-25a", "aufenthg-25b", "aufenthg-104c"}


@pytest.mark.parametrize("each", catalogue().values(), ids=lambda each: each.key)
def test_every_list_names_its_law_its_day_and_its_source(each: CatalogueList) -> None:
    assert each.law.startswith("§")
    assert date(2020, 1, 1) < each.as_of < date(2030, 1, 1)
    assert each.source.startswith("https://www.gesetze-im-internet.de/")
    keys = [item.key for item in each.items]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("each", catalogue().values(), ids=lambda each: each.key)
def test_every_condition_names_its_provision(each: CatalogueList) -> None:
    conditions = each.keys(ItemKind.CONDITION)
    assert conditions
    assert each.keys(ItemKind.DOCUMENT)
    assert all("§" in item.law for item in each.items if item.key in conditions)
