from django.urls import path

from kimwerk.desk.web import views

app_name = "desk"
urlpatterns = [path("", views.today, name="today"), path("suche/", views.search, name="search")]
