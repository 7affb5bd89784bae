from django.urls import path

from kimwerk.needs.web.views import gaps, needs

app_name = "needs"
urlpatterns = [
    path("bedarfe/", needs.register, name="needs"),
    path("bedarfe/neu/", needs.report, name="report"),
    path("bedarfe/liste.csv", needs.export, name="export"),
    path("bedarfe/<int:pk>/", needs.need, name="need"),
    path("bedarfe/<int:pk>/bearbeiten/", needs.correct, name="correct"),
    path("bedarfe/<int:pk>/geprueft/", needs.check, name="check"),
    path("bedarfe/<int:pk>/zuruecklegen/", needs.reject, name="reject"),
    path("luecken/", gaps.gaps, name="gaps"),
    path("luecken/neu/", gaps.new_gap, name="open_gap"),
    path("luecken/<int:pk>/", gaps.gap, name="gap"),
    path("luecken/<int:pk>/bearbeiten/", gaps.keep_gap, name="keep_gap"),
    path("luecken/<int:pk>/schritt/", gaps.move, name="move_gap"),
]
