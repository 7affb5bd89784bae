"""Bringing in the first categories from the project's own data file."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files

from django.db import transaction

from kimwerk.activities.models import Category, CategoryMapping
from kimwerk.activities.models.mapping import code_of
from kimwerk.activities.types import CategoryList

SCHEME = "scheme:"
YES = "ja"


def read_categories() -> list[dict[str, str]]:
    """The rows of `data/categories.csv`, by column."""
    text = files("kimwerk.activities").joinpath("data/categories.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


@transaction.atomic
def load_categories() -> int:
    """Bring in what is missing; what is there stays as the office has made it. Returns how many are new.

    Runs as the owner, inside `walls.maintenance()`: it belongs to setting up, before anybody is signed in.
    """
    known = set(Category.objects.values_list("category_list", "code"))
    rows = [row for row in read_categories() if (row["list"], row["code"]) not in known]
    positions = _positions(read_categories())
    categories = Category.objects.bulk_create(_category(row, positions) for row in rows)
    CategoryMapping.objects.bulk_create(
        CategoryMapping(category=category, scheme=scheme, code=code_of(label), label=label)
        for category, row in zip(categories, rows, strict=True)
        for scheme, label in _mappings(row).items()
    )
    return len(categories)


def _positions(rows: list[dict[str, str]]) -> Mapping[tuple[str, str], int]:
    counted = dict.fromkeys(CategoryList, 0)
    positions = {}
    for row in rows:
        category_list = CategoryList(row["list"])
        positions[(row["list"], row["code"])] = counted[category_list]
        counted[category_list] += 1
    return positions


def _category(row: Mapping[str, str], positions: Mapping[tuple[str, str], int]) -> Category:
    return Category(
        category_list=row["list"],
        code=row["code"],
        label=row["label"],
        words=[word for word in row["words"].split("|") if word],
        group=row["group"],
        is_referral=row["is_referral"] == YES,
        colour=int(row["colour"]),
        position=positions[(row["list"], row["code"])],
    )


def _mappings(row: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(SCHEME): label for name, label in row.items() if name.startswith(SCHEME) and label}
