"""Migrating makes classes of the models that are asked for; what it knows about them is what Django knows."""

from __future__ import annotations

import sys

import pytest
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel, DeleteModel, RunPython
from django.db.migrations.state import ProjectState, StateApps
from django.db.models import Model
from django.db.models.sql import Query

from kimwerk.config.management.commands.migrate import Command
from kimwerk.config.migrating import LazyExecutor, LazyState


def _house() -> LazyState:
    """A street, a house in it, a room in the house; and a cat, which belongs to nobody."""
    state = LazyState()
    for name, target in (("Street", ""), ("House", "Street"), ("Room", "House"), ("Cat", "")):
        fields: list[tuple[str, models.Field[object, object]]] = [("id", models.BigAutoField(primary_key=True))]
        if target:
            fields.append(("within", models.ForeignKey(f"town.{target}", models.CASCADE)))
        CreateModel(name, fields).state_forwards("town", state)
    return state


def _made(apps: StateApps) -> set[str]:
    return set(apps.all_models["town"])


def test_a_model_is_made_with_those_it_points_to() -> None:
    apps = _house().apps
    apps.get_model("town", "House")
    assert _made(apps) == {"street", "house"}


def test_who_asks_what_points_to_a_model_gets_all() -> None:
    street = _house().apps.get_model("town.Street")
    assert [relation.related_model.__name__ for relation in street._meta.related_objects] == ["House"]


def test_a_condition_is_no_reason_to_make_what_points_to_a_model() -> None:
    apps = _house().apps
    house = apps.get_model("town", "House")
    Query(house).build_where(models.Q(within__isnull=False))  # as a constraint does
    assert _made(apps) == {"street", "house"}


def test_a_change_is_seen_at_once_and_does_not_reach_the_state_before() -> None:
    state = _house()
    before = state.clone()
    state.apps.get_model("town", "cat")
    AddField("Cat", "at_home", models.ForeignKey("town.House", models.CASCADE, null=True)).state_forwards("town", state)
    assert "at_home" in _fields(state.apps.get_model("town", "cat"))
    assert "at_home" not in _fields(before.apps.get_model("town", "cat"))


def test_a_model_that_is_gone_is_not_found() -> None:
    state = _house()
    state.apps.get_model("town", "cat")
    DeleteModel("Cat").state_forwards("town", state)
    with pytest.raises(LookupError):
        state.apps.get_model("town", "cat")


def test_code_that_reads_models_finds_the_way_back() -> None:
    seen = []

    def look(apps: StateApps, _: object) -> None:
        seen.append(hasattr(apps.get_model("town", "street"), "house_set"))

    state = _house()
    RunPython(look).database_forwards("town", _NoEditor(), state.clone(), state)  # type: ignore[arg-type]  # asked for its connection
    assert seen == [True]


class _NoEditor:
    class connection:  # noqa: N801  # as the editor calls it
        alias = "default"


def test_of_all_models_as_much_is_known_as_django_knows() -> None:
    at_the_end: ProjectState = MigrationLoader(None).project_state()
    lazy = LazyState(at_the_end.models, at_the_end.real_apps).apps
    for model in at_the_end.apps.get_models():
        same = lazy.get_model(model._meta.label)
        assert _known(same) == _known(model)


def _known(model: type[Model]) -> list[tuple[str, ...]]:
    every = model._meta.get_fields(include_hidden=True)
    return sorted(
        (str(field), type(field).__name__, getattr(field.related_model, "__name__", str(field.related_model)))
        for field in every
    )


def _fields(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


def test_the_command_migrates_so() -> None:
    assert vars(sys.modules[Command.__module__])["MigrationExecutor"] is LazyExecutor
