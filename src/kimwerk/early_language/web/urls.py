from django.urls import path

from kimwerk.early_language.web.views import kindergartens, programme

app_name = "early_language"
urlpatterns = [
    path("", kindergartens.kindergartens, name="kindergartens"),
    path("neu/", kindergartens.enter, name="enter"),
    path("<int:pk>/", kindergartens.kindergarten, name="kindergarten"),
    path("<int:pk>/bearbeiten/", kindergartens.change, name="change"),
    path("<int:pk>/anfrage/", programme.ask_for, name="ask_for"),
    path("anfragen/", programme.enquiries, name="enquiries"),
    path("anfragen/<int:pk>/", programme.settle, name="settle"),
    path("taetigkeiten/", programme.deeds, name="deeds"),
    path("taetigkeiten/neu/", programme.note_deed, name="note_deed"),
    path("taetigkeiten/<int:pk>/", programme.change_deed, name="change_deed"),
    path("taetigkeiten/<int:pk>/entfernen/", programme.remove, name="remove_deed"),
    path("angebote/", programme.offers, name="offers"),
    path("angebote/neu/", programme.new_offer, name="add_offer"),
    path("angebote/<int:pk>/", programme.change_offer, name="change_offer"),
]
