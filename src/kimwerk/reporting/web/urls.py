from kimwerk.reporting.web.report_urls import report_patterns

app_name = "reporting"
urlpatterns = [*report_patterns]
