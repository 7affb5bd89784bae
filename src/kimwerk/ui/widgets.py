"""Form widgets beyond Django's: days, lists with search, long choices, files with limits.

All of them work without JavaScript; the modules in `static/ui/` make them more comfortable.
"""

from __future__ import annotations

from datetime import date

from django import forms


class DateInput(forms.DateInput):
    """A day, with the browser's own calendar. `earliest` and `latest` bound what it offers."""

    input_type = "date"

    def __init__(self, *, earliest: date | None = None, latest: date | None = None) -> None:
        bounds = {"min": earliest, "max": latest}
        super().__init__(attrs={name: day.isoformat() for name, day in bounds.items() if day}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, with the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Combobox(forms.Select):
    """A choice among many with typing to find it; without JavaScript an ordinary select."""

    def __init__(self) -> None:
        super().__init__(attrs={"data-combobox": True})


class SuggestInput(forms.TextInput):
    """Free text with suggestions."""

    template_name = "ui/forms/suggest.html"

    def __init__(self, suggestions: tuple[str, ...]) -> None:
        super().__init__()
        self.suggestions = suggestions

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """Name the list of suggestions after the field."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_suggestions"
        context["widget"]["attrs"]["list"] = list_id
        context |= {"suggestions": self.suggestions, "list_id": list_id}
        return context


class MultiSelect(forms.CheckboxSelectMultiple):
    """Several choices out of many: a list of checkboxes with a search field above."""

    has_search = True


class FileInput(forms.ClearableFileInput):
    """A file, with its limits said before choosing and checked by the browser. The form checks again."""

    template_name = "ui/forms/file.html"

    def __init__(self, *, accept: tuple[str, ...], largest_mib: int) -> None:
        super().__init__(attrs={"accept": ",".join(accept), "data-largest-mib": str(largest_mib)})
        self.accept, self.largest_mib = accept, largest_mib
