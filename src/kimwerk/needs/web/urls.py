from django.urls import path

from kimwerk.needs.web import views

app_name = "needs"
urlpatterns = [
    path("bedarfe/", views.register, name="needs"),
    path("bedarfe/neu/", views.report, name="report"),
    path("bedarfe/liste.csv", views.export, name="export"),
    path("bedarfe/<int:pk>/", views.need, name="need"),
    path("bedarfe/<int:pk>/bearbeiten/", views.correct, name="correct"),
    path("bedarfe/<int:pk>/geprueft/", views.check, name="check"),
    path("bedarfe/<int:pk>/zuruecklegen/", views.reject, name="reject"),
    path("luecken/", views.gaps, name="gaps"),
    path("luecken/neu/", views.new_gap, name="open_gap"),
    path("luecken/<int:pk>/", views.gap, name="gap"),
    path("luecken/<int:pk>/bearbeiten/", views.keep_gap, name="keep_gap"),
    path("luecken/<int:pk>/schritt/", views.move, name="move_gap"),
]
