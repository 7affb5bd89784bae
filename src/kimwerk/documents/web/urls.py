from django.urls import path

from kimwerk.documents.web.views import library, packages, received, versions

app_name = "documents"
urlpatterns = [
    path("vorlagen/", library.templates, name="templates"),
    path("vorlagen/neu/", library.begin, name="new_template"),
    path("vorlagen/<int:pk>/", library.template, name="template"),
    path("vorlagen/<int:pk>/bearbeiten/", library.change, name="change_template"),
    path("vorlagen/<int:pk>/schreiben/", versions.write, name="write_version"),
    path("vorlagen/fassung/<int:pk>/", versions.version, name="version"),
    path("vorlagen/fassung/<int:pk>/vergleich/", versions.compare, name="compare"),
    path("vorlagen/fassung/<int:pk>/zur-pruefung/", versions.hand_over, name="ask_review"),
    path("vorlagen/fassung/<int:pk>/pruefen/", versions.review, name="review"),
    path("vorlagen/fassung/<int:pk>/in-kraft/", versions.into_force, name="into_force"),
    path("vorlagen/fassung/<int:pk>/zurueckziehen/", versions.withdraw, name="withdraw"),
    path("vorlagen/fassung/<int:pk>/uebernommen/", versions.adopt, name="adopt"),
    path("vorlagen/fassung/<int:pk>/ausfuellen/", versions.fill, name="fill"),
    path("vorlagen/von-anderen/", received.received, name="received"),
    path("vorlagen/von-anderen/<int:pk>/", received.received_part, name="received_part"),
    path("vorlagen/von-anderen/<int:pk>/liste.gc.xml", received.received_file, name="received_file"),
    path("vorlagen/paket/", packages.make, name="make_package"),
    path("vorlagen/paket/lesen/", packages.read, name="read_package"),
    path("vorlagen/paket/uebernehmen/", packages.take_over, name="import_package"),
]
