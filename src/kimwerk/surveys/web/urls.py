from django.urls import path

from kimwerk.surveys.web.views import by_link, results, sending, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.surveys, name="surveys"),
    path("neu/", surveys.write, name="write"),
    path("<int:pk>/", surveys.survey, name="survey"),
    path("<int:pk>/bearbeiten/", surveys.change, name="change"),
    path("<int:pk>/vorschau/", surveys.preview, name="preview"),
    path("<int:pk>/naechste-fassung/", surveys.next_version, name="next_version"),
    path("<int:pk>/frage/", surveys.new_question, name="add_question"),
    path("fragen/<int:pk>/", surveys.change_question, name="change_question"),
    path("fragen/<int:pk>/hoch/", surveys.move, name="move_question"),
    path("fragen/<int:pk>/entfernen/", surveys.remove, name="remove_question"),
    path("fragen/<int:pk>/antworten/", results.words, name="words"),
    path("<int:pk>/adressaten/", sending.addressees, name="addressees"),
    path("<int:pk>/adressaten/neu/", sending.inviting, name="invite"),
    path("adressaten/<int:pk>/eintragen/", sending.enter, name="enter_answers"),
    path("<int:pk>/versenden/", sending.send, name="send"),
    path("<int:pk>/erinnern/", sending.reminding, name="remind"),
    path("<int:pk>/frist/", sending.deadline, name="prolong"),
    path("<int:pk>/schliessen/", sending.close, name="close"),
    path("<int:pk>/ergebnis/", results.results, name="results"),
    path("<int:pk>/ergebnis.csv", results.export, name="export"),
    path("<int:pk>/antworten.csv", results.export_answers, name="export_answers"),
    path("antwort/<str:token>/", by_link.answer, name="answer"),
]
