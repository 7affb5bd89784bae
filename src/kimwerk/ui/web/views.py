"""The gallery of components and the list of keys."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kimwerk.access.doors import ActorRequest, open_to_everyone
from kimwerk.ui.shell import SHORTCUTS
from kimwerk.ui.web.gallery import entries
from kimwerk.ui.web.pages import GalleryPage, KeyboardPage


@open_to_everyone
def gallery(request: ActorRequest) -> HttpResponse:
    """Every component with its arguments, for those who build pages."""
    return render(request, "ui/gallery.html", {"page": GalleryPage(entries=entries())})


@open_to_everyone
def keyboard(request: ActorRequest) -> HttpResponse:
    """The keys of the application, as a page of its own for where no script runs."""
    return render(request, "ui/keyboard.html", {"page": KeyboardPage(shortcuts=SHORTCUTS)})
