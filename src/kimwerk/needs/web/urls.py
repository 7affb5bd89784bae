from django.urls import path

from kimwerk.needs.web.views import arising, gaps, matrix, needs

app_name = "needs"
urlpatterns = [
    path("bedarfe/", needs.register, name="needs"),
    path("bedarfe/neu/", needs.report, name="report"),
    path("bedarfe/liste.csv", needs.export, name="export"),
    path("bedarfe/matrix/", matrix.matrix, name="matrix"),
    path("bedarfe/matrix.csv", matrix.export, name="matrix_export"),
    path("bedarfe/veranstaltung/<int:pk>/", arising.from_event, name="from_event"),
    path("bedarfe/umfrage/<int:pk>/", arising.from_survey, name="from_survey"),
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
