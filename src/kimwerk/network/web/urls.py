from django.urls import path

from kimwerk.network.web.views import partners, publications, supplies

app_name = "network"
urlpatterns = [
    path("", partners.partners, name="partners"),
    path("stellen/<int:pk>/", partners.partner, name="partner"),
    path("stellen/<int:pk>/kontakt/", partners.meet, name="meet"),
    path("kontakte/", partners.encounters, name="encounters"),
    path("kontakte/<int:pk>/", partners.correct, name="correct"),
    path("arbeitskreise/", partners.groups, name="groups"),
    path("arbeitskreise/kontakt/", partners.meet_group, name="meet_group"),
    path("angebote/", supplies.supplies, name="supplies"),
    path("angebote/neu/", supplies.new_supply, name="new_supply"),
    path("angebote/<int:pk>/", supplies.supply, name="supply"),
    path("angebote/<int:pk>/bearbeiten/", supplies.change_supply, name="change_supply"),
    path("angebote/<int:pk>/bedarfe/", supplies.pair, name="pair"),
    path("zusammengefuehrt/<int:pk>/", supplies.outcome, name="outcome"),
    path("oeffentlichkeit/", publications.publications, name="publications"),
    path("oeffentlichkeit/neu/", publications.new_publication, name="new_publication"),
    path("oeffentlichkeit/liste.csv", publications.export, name="export"),
    path("oeffentlichkeit/<int:pk>/", publications.change_publication, name="change_publication"),
]
