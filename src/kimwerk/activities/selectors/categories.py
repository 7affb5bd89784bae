"""The lists of categories with what they are used for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Category, CategoryMapping
from kimwerk.activities.types import LAND_SCHEME, CategoryList


@dataclass(frozen=True, slots=True)
class CategoryUse:
    """A category with the number of the organisation's activities that use it, and its foreign names."""

    category: Category
    uses: int
    mappings: tuple[CategoryMapping, ...]


_COLUMNS = {
    CategoryList.KIND: "kind_id",
    CategoryList.CHANNEL: "channel_id",
    CategoryList.REFERRAL_TARGET: "referral_target_id",
    CategoryList.TOPIC: "unnest(topics)",
    CategoryList.TARGET_GROUP: "unnest(target_groups)",
    CategoryList.LEGAL_CIRCLE: "unnest(legal_circles)",
}


def categories_in_use(actor: Actor, category_list: CategoryList) -> tuple[CategoryUse, ...]:
    """A list in its order with uses and mappings. Three queries."""
    uses = _uses(actor, category_list)
    rows = Category.objects.of(category_list).select_related("successor").prefetch_related("mappings")
    return tuple(
        CategoryUse(
            row, uses.get(row.pk, 0), tuple(sorted(row.mappings.all(), key=lambda each: (each.scheme, each.is_current)))
        )
        for row in rows.order_by("position", "label")
    )


def schemes() -> tuple[str, ...]:
    """The foreign schemes that any category maps to; that of the Land always, since it is reported in."""
    known = CategoryMapping.objects.order_by("scheme").values_list("scheme", flat=True).distinct()
    return tuple(sorted({LAND_SCHEME, *known}))


def _uses(actor: Actor, category_list: CategoryList) -> Mapping[int, int]:
    organisations = (
        actor.scope(Permission.FIGURE_READ).touched_organisations
        | actor.scope(Permission.ACTIVITY_READ).touched_organisations
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {_COLUMNS[category_list]} as category, count(*) from activities_activity"
            " where organisation_id = any(%s) and removed_at is null group by 1",
            [sorted(organisations)],
        )
        return dict(cursor.fetchall())
