from django.urls import path

from kimwerk.directory.web import organisations, places, within

app_name = "directory"
urlpatterns = [
    path("", organisations.organisations, name="organisations"),
    path("neu/", organisations.add, name="add_organisation"),
    path("<int:pk>/", organisations.organisation, name="organisation"),
    path("<int:pk>/bearbeiten/", organisations.change, name="change_organisation"),
    path("<int:pk>/schliessen/", organisations.close, name="close_organisation"),
    path("<int:pk>/oeffnen/", organisations.reopen, name="reopen_organisation"),
    path("<int:pk>/stelle/", organisations.new_office, name="add_office"),
    path("<int:pk>/standort/", within.new_site, name="add_site"),
    path("<int:pk>/kontakt/", within.new_contact, name="add_contact"),
    path("stellen/<int:pk>/", organisations.office, name="office"),
    path("standorte/<int:pk>/", within.site, name="site"),
    path("standorte/<int:pk>/schliessen/", within.close, name="close_site"),
    path("standorte/<int:pk>/oeffnen/", within.reopen, name="reopen_site"),
    path("kontakte/<int:pk>/", within.contact, name="contact"),
    path("kontakte/<int:pk>/geprueft/", within.verify, name="verify_contact"),
    path("kontakte/<int:pk>/loeschen/", within.remove, name="remove_contact"),
    path("gemeinden/", places.municipalities, name="municipalities"),
    path("gemeinden/<str:ags>/", places.municipality, name="municipality"),
]
