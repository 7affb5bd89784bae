"""Django forms come out as KERN fields that screen readers understand."""

from __future__ import annotations

from datetime import date

from django import forms

from kimwerk.ui.rendering import FieldKind
from kimwerk.ui.web.example_forms import ExampleForm
from kimwerk.ui.widgets import Combobox, DateInput, FileInput, MultiSelect, SuggestInput, TimeInput


class Visit(forms.Form):
    """A visit."""

    day = forms.DateField(label="Tag", help_text="An dem es stattfand.")
    note = forms.CharField(label="Notiz", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_whole_form_renders_every_field_with_its_label() -> None:
    html = str(ExampleForm())
    for name, field in ExampleForm().fields.items():
        assert f'name="{name}"' in html
        assert str(field.label) in html
    assert "data-error-summary" not in html


def test_every_kind_of_widget_has_its_template() -> None:
    kinds = {
        forms.TextInput(): FieldKind.INPUT,
        forms.Textarea(): FieldKind.INPUT,
        SuggestInput(("a",)): FieldKind.INPUT,
        DateInput(): FieldKind.INPUT,
        TimeInput(): FieldKind.INPUT,
        forms.Select(): FieldKind.SELECT,
        Combobox(): FieldKind.SELECT,
        forms.RadioSelect(): FieldKind.GROUP,
        forms.CheckboxSelectMultiple(): FieldKind.GROUP,
        MultiSelect(): FieldKind.MULTI_SELECT,
        forms.CheckboxInput(): FieldKind.CHECK,
        FileInput(accept=(".pdf",), largest_mib=1): FieldKind.FILE,
    }
    for widget, kind in kinds.items():
        form = forms.Form()
        form.fields["it"] = forms.Field(widget=widget)
        assert form["it"].kind is kind, widget


def test_hints_and_errors_are_tied_to_their_field() -> None:
    html = str(Visit({"day": "32.13.2026"}))
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'id="id_day_helptext"' in html
    assert 'id="id_day_error"' in html
    assert 'aria-invalid="true"' in html
    assert "kern-form-input__input--error" in html


def test_the_error_summary_leads_to_each_field() -> None:
    html = str(ExampleForm({}))
    for target in ("id_title", "id_kind", "id_happened_on", "id_format_0"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html


def test_errors_of_the_whole_form_are_shown_once() -> None:
    form = Visit({"day": "2026-04-21"})
    form.add_error(None, "Beides zugleich geht nicht.")
    assert str(form).count("Beides zugleich geht nicht.") == 1


def test_hidden_fields_have_no_label_and_no_look() -> None:
    html = str(Visit())
    assert '<input type="hidden" name="secret" id="id_secret">' in html


def test_a_plain_day_gets_the_browsers_calendar_and_reads_as_iso() -> None:
    html = str(Visit(initial={"day": date(2026, 4, 21)})["day"])
    assert 'type="date"' in html
    assert 'value="2026-04-21"' in html


def test_what_a_day_was_given_on_the_widget_stays() -> None:
    class Bounded(forms.Form):
        day = forms.DateField(widget=forms.DateInput(attrs={"data-x": "1"}))
        other = forms.DateField(widget=DateInput(earliest=date(2026, 1, 1), latest=date(2026, 12, 31)))

    assert 'data-x="1"' in str(Bounded()["day"])
    assert 'min="2026-01-01"' in str(Bounded()["other"])
    assert 'max="2026-12-31"' in str(Bounded()["other"])


def test_german_days_are_understood_whatever_the_widget() -> None:
    assert Visit({"day": "21.04.2026"}).is_valid()
    assert Visit({"day": "2026-04-21"}).is_valid()


def test_only_fields_beside_required_ones_are_marked_as_optional() -> None:
    class Filter(forms.Form):
        note = forms.CharField(required=False)

    assert "(freiwillig)" in str(Visit())
    assert "(freiwillig)" not in str(Filter())


def test_checkboxes_of_a_group_are_no_radio_buttons() -> None:
    assert "kern-form-check__radio" not in str(ExampleForm()["languages"])
    assert "kern-form-check__checkbox" in str(ExampleForm()["languages"])
    assert "kern-form-check__radio" in str(ExampleForm()["format"])


def test_the_limits_of_a_file_are_said_before_choosing() -> None:
    html = ExampleForm()["attachment"].as_field_group()
    assert "PDF, PNG, höchstens 10 MB" in html
    assert 'accept=".pdf,.png"' in html


def test_suggestions_belong_to_their_field() -> None:
    html = str(ExampleForm()["place"])
    assert 'list="id_place_suggestions"' in html
    assert 'id="id_place_suggestions"' in html
