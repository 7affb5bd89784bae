from django.urls import path

from kimwerk.desk.web import taking_up, views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("suche/", views.search, name="search"),
    path("uebernehmen/liste/<int:pk>/", taking_up.entries, name="take_up_entries"),
    path("uebernehmen/checkliste/<int:pk>/", taking_up.checklist, name="take_up_checklist"),
    path("uebernehmen/verfahren/<int:pk>/", taking_up.procedure, name="take_up_procedure"),
    path("uebernehmen/umfrage/<int:pk>/", taking_up.survey, name="take_up_survey"),
]
