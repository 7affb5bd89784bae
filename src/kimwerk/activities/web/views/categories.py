"""The lists of categories, and an organisation's rules for its diary."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Category, CategoryMapping
from kimwerk.activities.policies import may_manage_categories
from kimwerk.activities.selectors.categories import CategoryUse, categories_in_use, schemes
from kimwerk.activities.selectors.settings import settings_of
from kimwerk.activities.services.categories import (
    CodeTaken,
    EndsBeforeItBegins,
    change_category,
    create_category,
    end_category,
    map_category,
)
from kimwerk.activities.services.proposal import proposed_mappings
from kimwerk.activities.services.settings import set_up_diary
from kimwerk.activities.types import CategoryList
from kimwerk.activities.web.category_forms import SCHEME, CategoryForm
from kimwerk.activities.web.forms import SettingsForm
from kimwerk.activities.web.pages import CategoriesPage, CategoryPage, SettingsPage
from kimwerk.activities.web.wording import LISTS
from kimwerk.directory.models import Organisation
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.ui.components import Badge, Cell, Column, Row, Tab, Table
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_READ, Permission.CATEGORY_MANAGE, Permission.FIGURE_READ)
def categories(request: ActorRequest, key: str = CategoryList.KIND.value) -> HttpResponse:
    """One list with validity, uses and mappings."""
    category_list = _list(key)
    tabs = tuple(
        Tab(title, reverse("activities:categories", args=[each.value]), is_current=each is category_list)
        for each, title in LISTS.items()
    )
    found = categories_in_use(request.actor, category_list)
    may_manage = may_manage_categories(request.actor)
    proposed = len(proposed_mappings()) if may_manage else 0
    table = _table(category_list, found, may_manage)
    page = CategoriesPage(LISTS[category_list], tabs, table, may_manage, key, proposed)
    return render(request, "activities/categories.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CATEGORY_MANAGE)
def category(request: ActorRequest, key: str, pk: int | None = None) -> HttpResponse:
    """Change a category, or begin one."""
    category_list = _list(key)
    all_of_list = Category.objects.of(category_list)
    current = get_object_or_404(all_of_list.prefetch_related("mappings"), pk=pk) if pk else None
    form = CategoryForm(
        request.POST or None,
        category_list=category_list,
        category=current,
        others=tuple(all_of_list.order_by("position")),
        schemes=schemes(),
    )
    if form.is_valid() and _saved(request, form, category_list, current):
        notify(request, _("“%(label)s” is saved.") % {"label": form.cleaned_data["label"]})
        return redirect("activities:categories", key)
    title = current.label if current else _("New entry of the list “%(list)s”") % {"list": LISTS[category_list]}
    mappings = tuple(form[name] for name in form.fields if name.startswith((SCHEME, "mapped_since")))
    page = CategoryPage(title, form, mappings, reverse("activities:categories", args=[key]), current)
    return render(request, "activities/category.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CATEGORY_MANAGE)
def settings(request: ActorRequest) -> HttpResponse:
    """An organisation's own rules for its diary."""
    organisations = sorted(request.actor.scope(Permission.CATEGORY_MANAGE).organisations)
    if not organisations:
        raise Http404
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=organisations[0])
    current = settings_of(organisation.pk)
    names = ("is_note_enabled", "days_shown", "change_share", "change_rows")
    form = SettingsForm(request.POST or None, initial={name: getattr(current, name) for name in names})
    if form.is_valid():
        set_up_diary(actor=request.actor, organisation_id=organisation.pk, **form.cleaned_data)
        notify(request, _("The rules of the diary are saved."))
        return redirect("activities:settings")
    return render(request, "activities/settings.html", {"page": SettingsPage(form, organisation.name)})


def _saved(request: ActorRequest, form: CategoryForm, category_list: CategoryList, current: Category | None) -> bool:
    actor, draft = request.actor, form.draft()
    try:
        with transaction.atomic():
            if current is None:
                saved = create_category(actor=actor, category_list=category_list, draft=draft)
            else:
                saved = change_category(actor=actor, category=current, draft=draft)
            follower = form.cleaned_data["successor"]
            if draft.valid_until:
                successor = Category.objects.of(category_list).filter(pk=follower).first()
                end_category(actor=actor, category=saved, on=draft.valid_until, successor=successor)
            map_category(actor=actor, category=saved, mappings=form.mappings(), since=form.cleaned_data["mapped_since"])
    except CodeTaken:
        form.add_error("label", _("The list has an entry of this name already, perhaps one that has ended."))
    except EndsBeforeItBegins:
        form.add_error("valid_until", _("The last day lies before the first day in use."))
    return not form.errors


def _list(key: str) -> CategoryList:
    try:
        return CategoryList(key)
    except ValueError:
        raise Http404 from None


def _table(category_list: CategoryList, found: tuple[CategoryUse, ...], may_manage: bool) -> Table:
    columns = (
        Column(_("Label")),
        Column(_("Words and short codes")),
        Column(_("Summed up to")),
        Column(_("In use")),
        Column(_("Activities"), is_numeric=True),
        Column(_("In other schemes")),
    )
    return Table(LISTS[category_list], columns, tuple(_row(each, may_manage) for each in found), is_caption_hidden=True)


def _row(use: CategoryUse, may_manage: bool) -> Row:
    each = use.category
    url = reverse("activities:category", args=[each.category_list, each.pk]) if may_manage else ""
    badge = Badge(_("referral")) if each.is_referral else None
    return Row(
        (
            Cell(each.label, url=url, badge=badge),
            Cell(", ".join(each.words)),
            Cell(each.group),
            Cell(_validity(each), note=_("followed by %(next)s") % {"next": each.successor} if each.successor else ""),
            Cell(german.number(use.uses)),
            Cell("; ".join(_mapping(mapping) for mapping in use.mappings)),
        ),
        key=f"category-{each.pk}",
    )


def _mapping(mapping: CategoryMapping) -> str:
    first, after = mapping.valid.lower, mapping.valid.upper
    days = [
        _("from %(day)s") % {"day": german.day(first)} if first else "",
        _("until %(day)s") % {"day": german.day(after - ONE_DAY)} if after else "",
    ]
    told = " ".join(filter(None, days))
    return f"{mapping.scheme}: {mapping.label}" + (f" ({told})" if told else "")


def _validity(each: Category) -> Text:
    if each.valid_from and each.valid_until:
        return f"{german.day(each.valid_from)} – {german.day(each.valid_until)}"
    if each.valid_until:
        return _("until %(day)s") % {"day": german.day(each.valid_until)}
    return _("from %(day)s") % {"day": german.day(each.valid_from)} if each.valid_from else _("always")
