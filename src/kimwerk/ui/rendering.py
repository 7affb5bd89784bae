"""How Django forms come out as KERN fields: `{{ form }}` and `{{ form.name.as_field_group }}` just work."""

from __future__ import annotations

from enum import StrEnum

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

from kimwerk.ui.widgets import DateInput, FileInput, MultiSelect


class FieldKind(StrEnum):
    """Which template shows a field."""

    INPUT = "input"
    SELECT = "select"
    CHECK = "check"
    GROUP = "group"
    MULTI_SELECT = "multi_select"
    FILE = "file"


_INPUT = "kern-form-input__input"
_CSS = {
    FieldKind.INPUT: _INPUT,
    FieldKind.FILE: _INPUT,
    FieldKind.SELECT: "kern-form-input__select",
    FieldKind.CHECK: "kern-form-check__checkbox",
    FieldKind.MULTI_SELECT: "kern-form-check__checkbox",
}


class KernField(BoundField):
    """A field of a form that knows how it is shown."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        # Every form has its own copy of the field, so the plain widget can give way to the one with a calendar.
        if type(field.widget) is forms.DateInput:
            plain, field.widget = field.widget, DateInput()
            field.widget.attrs |= plain.attrs
        super().__init__(form, field, name)

    @cached_property
    def kind(self) -> FieldKind:
        """Which template shows this field, by its widget."""
        widget = self.field.widget
        if isinstance(widget, MultiSelect):
            return FieldKind.MULTI_SELECT
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return FieldKind.GROUP
        if isinstance(widget, forms.CheckboxInput):
            return FieldKind.CHECK
        if isinstance(widget, forms.Select):
            return FieldKind.SELECT
        return FieldKind.FILE if isinstance(widget, forms.FileInput) else FieldKind.INPUT

    @property
    def is_marked_optional(self) -> bool:
        """Whether to say that the field may stay empty: only where others of the form may not."""
        return not self.field.required and any(field.required for field in self.form.fields.values())

    @property
    def error_target(self) -> str:
        """The id the error summary leads to: the control, or the first one of a group."""
        is_group = self.kind in (FieldKind.GROUP, FieldKind.MULTI_SELECT)
        return f"{self.auto_id}_0" if is_group else self.id_for_label

    @property
    def largest_mib(self) -> int:
        """The limit of a file field in MiB; 0 where none is declared."""
        widget = self.field.widget
        return widget.largest_mib if isinstance(widget, FileInput) else 0

    @property
    def accepted(self) -> str:
        """The kinds of files a file field takes, for reading: "PDF, PNG"."""
        widget = self.field.widget
        if not isinstance(widget, FileInput):
            return ""
        return ", ".join(suffix.removeprefix(".").upper() for suffix in widget.accept)

    def build_widget_attrs(
        self, attrs: dict[str, str | bool], widget: forms.Widget | None = None
    ) -> dict[str, str | bool]:
        """Add KERN's class and mark errors."""
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if widget.is_hidden:
            return built
        css = self._css(widget)
        classes = (str(built.get("class", "")), css, f"{css}--error" if self.errors else "")
        return {**built, "class": " ".join(filter(None, classes))}

    def _css(self, widget: forms.Widget) -> str:
        if self.kind is FieldKind.GROUP:
            # Django derives the list of checkboxes from the list of radio buttons
            is_several = isinstance(widget, forms.CheckboxSelectMultiple)
            return f"kern-form-check__{'checkbox' if is_several else 'radio'}"
        return _CSS[self.kind]


class KernRenderer(TemplatesSetting):
    """The setting FORM_RENDERER: takes templates from the project, so `django.forms` must be installed."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/components/field.html"
    bound_field_class = KernField
