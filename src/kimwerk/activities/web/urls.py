"""The diary's addresses."""

from __future__ import annotations

from django.urls import include, path

from kimwerk.activities.web.views import categories, entries, grid, listing, personal, proposal, quick, summaries

app_name = "activities"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("datei.<str:kind>", listing.export, name="export"),
    path("schnell/", quick.quick, name="quick"),
    path("schnell/lesen/", quick.reading, name="reading"),
    path("zuletzt/", quick.recent, name="recent"),
    path("neu/", entries.new, name="new"),
    path("raster/", grid.grid, name="grid"),
    path("wiederholen/", entries.repeat, name="repeat"),
    path("orte/", entries.sites, name="sites"),
    path("woche/", summaries.week, name="week"),
    path("summen/", summaries.summaries, name="summaries"),
    path("favoriten/", personal.favourites, name="favourites"),
    path("favoriten/<int:pk>/", personal.favourite, name="favourite"),
    path("ansichten/", personal.views, name="views"),
    path("ansichten/<int:pk>/", personal.view, name="view"),
    path("kategorien/", categories.categories, name="lists"),
    path("kategorien/vorschlag/", proposal.proposal, name="proposal"),
    path("kategorien/<str:key>/", categories.categories, name="categories"),
    path("kategorien/<str:key>/neu/", categories.category, name="new_category"),
    path("kategorien/<str:key>/<int:pk>/", categories.category, name="category"),
    path("regeln/", categories.settings, name="settings"),
    path("zuruecknehmen/<str:keys>/", entries.undo, name="undo"),
    path("import/", include("kimwerk.activities.web.tallies.urls")),
    path("<int:pk>/", entries.entry, name="entry"),
    path("<int:pk>/korrigieren/", entries.edit, name="edit"),
    path("<int:pk>/entfernen/", entries.remove, name="remove"),
    path("<int:pk>/zurueckholen/", entries.restore, name="restore"),
    path("<int:pk>/favorit/", entries.keep_as_favourite, name="keep_as_favourite"),
]
