"""Migrating in a quarter of the time: between two migrations only the models that somebody asks for become classes.

Django keeps all models ready as classes and, at every change, makes anew each class that is connected with the
changed one. Here nearly everything is connected, through accounts and organisations: a new database made 33,000
classes for about a thousand operations, of which nine read models. Here a change only drops the classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.db.models import Model

ModelKey = tuple[str, str]


class LazyApps(StateApps):
    """The models of a state as classes: each is made when asked for, with those it points to.

    What points to a model is found through the list of all models, so asking for that makes all the others. Django
    would ask for it at each `x__isnull` in the condition of a constraint, to see whether some model calls its way to x
    "isnull". Conditions cannot reach back; `models_ready` tells Django not to look there.
    """

    def __init__(self, real_apps: Iterable[str], models: dict[ModelKey, ModelState]) -> None:
        super().__init__([*real_apps], {})
        self._waiting = dict(models)
        self.models_ready = False

    def check_models_ready(self) -> None:
        """Any model can be had."""

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> type[Model]:
        """The class of one model."""
        self._make([resolve_relation(f"{app_label}.{model_name}" if model_name else app_label)])
        return super().get_model(app_label, model_name, require_ready)

    @cache  # noqa: B019  # as in Django, which empties this cache by name
    def get_models(self, include_auto_created: bool = False, include_swapped: bool = False) -> list[type[Model]]:
        """The classes of all models."""
        self._make(self._waiting)
        return super().get_models(include_auto_created, include_swapped)

    def _make(self, keys: Iterable[ModelKey]) -> None:
        asked, wanted = list(keys), []
        while asked:
            if model := self._waiting.pop(asked.pop(), None):
                wanted.append(model)
                asked += _targets(model)
        self.render_multiple(wanted)


def _targets(model: ModelState) -> Iterator[ModelKey]:
    """The models without which this one cannot be a class."""
    for field in model.fields.values():
        if field.remote_field:
            for target in (field.remote_field.model, getattr(field.remote_field, "through", None)):
                if target:
                    yield resolve_relation(target, model.app_label, model.name_lower)


class LazyState(ProjectState):
    """The models between two migrations."""

    def clone(self) -> LazyState:
        """The same models, of which none is a class yet."""
        return LazyState({key: model.clone() for key, model in self.models.items()}, self.real_apps)

    @cached_property
    def apps(self) -> StateApps:
        """The models as classes."""
        return LazyApps(self.real_apps, self.models)

    def clear_delayed_apps_cache(self) -> None:
        """Django asks for this before code that reads models runs: make every one, with all ways back."""
        self.apps = StateApps([*self.real_apps], self.models)

    def reload_model(self, *_: object, **__: object) -> None:
        """A model has changed."""
        self.__dict__.pop("apps", None)

    reload_models = reload_model

    def remove_model(self, app_label: str, model_name: str) -> None:
        """A model is no more."""
        self.reload_model()
        super().remove_model(app_label, model_name)


class LazyExecutor(MigrationExecutor):
    """Applies migrations and takes them back as Django does."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> LazyState:
        state = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]  # not in the stubs
        return LazyState(state.models, state.real_apps)
