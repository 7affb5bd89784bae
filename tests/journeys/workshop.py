"""A small site for the journeys of the scripts: a form that is kept, a line that is read, answers that fail."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import include, path

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, open_to_everyone
from kimwerk.ui.notices import notify
from kimwerk.ui.web.example_forms import MUNICIPALITIES, TOPICS
from kimwerk.ui.widgets import Combobox, MultiSelect, SuggestInput

FORM = Template("""{% extends "ui/base.html" %}
{% block title %}Eintrag{% endblock %}
{% block head %}<h1>Eintrag</h1>{% endblock %}
{% block content %}
<form method="post" id="entry" {% if key %}data-keep="{{ key }}"{% endif %}>{% csrf_token %}{{ form }}
<button type="submit" class="kern-btn kern-btn--primary"><span class="kern-label">Speichern</span></button></form>
<form id="line" hx-get="/lesen/" hx-target="#answer" hx-trigger="submit, input changed delay:50ms from:#words">
<label for="words">Zeile</label> <input id="words" name="words"></form><div id="answer"></div>
<a href="#main" data-shortcut="n" id="new">Neu</a>
<form method="post" action="/ende/" data-signs-out>{% csrf_token %}<button type="submit">Abmelden</button></form>
{% endblock %}""")

LIST = Template("""{% extends "ui/base.html" %}
{% block title %}Liste{% endblock %}
{% block head %}<h1>Liste</h1>{% endblock %}""")


class EntryForm(forms.Form):
    """Few fields, of the kinds that scripts make more comfortable."""

    title = forms.CharField(label="Titel", min_length=3)
    municipality = forms.ChoiceField(label="Kommune", choices=(("", ""), *MUNICIPALITIES), widget=Combobox)
    place = forms.CharField(label="Ort", required=False, widget=SuggestInput(("Rathaus", "Bürgerhaus")))
    topics = forms.MultipleChoiceField(label="Themen", choices=TOPICS, widget=MultiSelect, required=False)


RECEIVED: list[str] = []


@open_to_everyone
def entry(request: ActorRequest) -> HttpResponse:
    """A form; `?key=` keeps its draft."""
    request.actor = Actor(account_id=7, name="Frieda Beispiel")
    form = EntryForm(request.POST or None)
    key = request.GET.get("key", "")
    if form.is_valid():
        RECEIVED.append(form.cleaned_data["title"])
        notify(request, "Gespeichert.", saved_draft=key)
        return redirect("/fertig/")
    return HttpResponse(FORM.render(RequestContext(request, {"form": form, "key": key})))


@open_to_everyone
def done(request: ActorRequest) -> HttpResponse:
    """Where one lands after saving."""
    request.actor = Actor(account_id=7, name="Frieda Beispiel")
    page = Template(
        '{% extends "ui/base.html" %}{% block title %}x{% endblock %}{% block head %}<h1>Liste</h1>{% endblock %}'
    )
    return HttpResponse(page.render(RequestContext(request)))


@open_to_everyone
def read(request: ActorRequest) -> HttpResponse:
    """The live answer to a line; some words make it fail."""
    words = request.GET.get("words", "")
    if words == "abgemeldet":
        return HttpResponse(status=401, headers={"HX-Trigger": "session-lost"})
    if words == "kaputt":
        return HttpResponse(status=500)
    return HttpResponse(f"<p>{len(words)} Zeichen</p>")


@open_to_everyone
def end(_request: ActorRequest) -> HttpResponse:
    """Signed out."""
    return redirect("/fertig/")


urlpatterns = [
    path("eintrag/", entry),
    path("fertig/", done),
    path("lesen/", read),
    path("ende/", end),
    path("", include("kimwerk.config.urls")),
]
