"""The addresses of persons, below the cases."""

from __future__ import annotations

from django.urls import path

from kimwerk.persons.web.views import erasing, files, listing, parts, reading

app_name = "persons"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("neu/", files.new, name="new"),
    path("gelesen/", reading.reading, name="reading"),
    path("gelesen/<int:account>/<str:day>/", reading.review, name="review"),
    path("<int:pk>/", files.person, name="person"),
    path("<int:pk>/korrigieren/", files.edit, name="edit"),
    path("<int:pk>/loeschen/", erasing.erase, name="erase"),
    path("<int:pk>/haushalt/", parts.add_to_household, name="add_member"),
    path("<int:pk>/haushalt/<int:part>/entfernen/", parts.take_from_household, name="remove_member"),
    path("<int:pk>/aufenthalt/", parts.add_title, name="add_title"),
    path("<int:pk>/aufenthalt/<int:part>/zuruecknehmen/", parts.take_back_title, name="withdraw_title"),
    path("<int:pk>/dokumente/", parts.add_document, name="add_document"),
    path("<int:pk>/dokumente/<int:part>/entfernen/", parts.forget_document, name="remove_document"),
]
