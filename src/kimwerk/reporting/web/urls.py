from django.urls import path, re_path

from kimwerk.reporting.web import figure_views, table_checks
from kimwerk.reporting.web.explorer_urls import explorer_patterns
from kimwerk.reporting.web.report_urls import report_patterns

app_name = "reporting"
urlpatterns = [
    path("", figure_views.figures, name="figures"),
    path("kennzahlen/<slug:key>/", figure_views.figure, name="figure"),
    re_path(r"^kennzahlen/(?P<key>[a-z_]+)/tabelle\.(?P<form>csv|xlsx|json)$", figure_views.download, name="download"),
    path("tabelle-pruefen/", table_checks.table_check, name="table_check"),
    *explorer_patterns,
    *report_patterns,
]
