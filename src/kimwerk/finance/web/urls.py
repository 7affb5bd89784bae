from django.urls import path

from kimwerk.finance.web import budget, checks, entries, funding, plans, proofs, scenarios

app_name = "finance"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("plaene/neu/", plans.add, name="add_plan"),
    path("plaene/<int:pk>/", plans.plan, name="plan"),
    path("plaene/<int:pk>/bearbeiten/", plans.change, name="change_plan"),
    path("plaene/<int:pk>/datei.<str:form>", plans.download, name="download"),
    path("plaene/<int:pk>/grundlagen/", entries.basis, name="basis"),
    path("plaene/<int:pk>/stellen/uebernehmen/", entries.take_over, name="take_over"),
    path("plaene/<int:pk>/stellen/neu/", entries.add_post, name="add_post"),
    path("plaene/<int:pk>/zeilen/neu/", entries.add_line, name="add_line"),
    path("stellen/<int:pk>/", entries.post, name="post"),
    path("stellen/<int:pk>/loeschen/", entries.drop_post, name="remove_post"),
    path("zeilen/<int:pk>/", entries.line, name="line"),
    path("zeilen/<int:pk>/loeschen/", entries.drop_line, name="remove_line"),
    path("plaene/<int:pk>/szenarien/", scenarios.compare, name="scenarios"),
    path("plaene/<int:pk>/szenarien/neu/", scenarios.add, name="add_scenario"),
    path("szenarien/<int:pk>/", scenarios.change, name="scenario"),
    path("szenarien/<int:pk>/loeschen/", scenarios.remove, name="remove_scenario"),
    path("plaene/<int:pk>/vollzug/", budget.execute, name="execution"),
    path("plaene/<int:pk>/buchungen/neu/", budget.upload, name="upload_bookings"),
    path("plaene/<int:pk>/mittelabrufe/neu/", budget.add_call, name="add_call"),
    path("mittelabrufe/<int:pk>/", budget.change_call, name="call"),
    path("buchungen/<int:pk>/", budget.uploaded, name="uploaded"),
    path("buchungen/<int:pk>/uebernehmen/", budget.take_over, name="apply_bookings"),
    path("buchungen/<int:pk>/zuruecknehmen/", budget.take_back, name="discard_bookings"),
    path("plaene/<int:pk>/nachweis/", proofs.proof, name="proof"),
    path("plaene/<int:pk>/nachweis/<int:year>/bericht/", proofs.report, name="proof_report"),
    path("plaene/<int:pk>/nachweis/<int:year>/datei.<str:form>", proofs.download, name="proof_file"),
    path("plaene/<int:pk>/foerderung/", funding.awards, name="funding"),
    path("regeln/", funding.rules, name="rules"),
    path("pruefen/", checks.check, name="check"),
]
