from django.urls import path

from kimwerk.accounts.web import views

app_name = "accounts"
urlpatterns = [
    path("ohne-rolle/", views.no_role, name="no_role"),
    path("demo/<str:token>/", views.demo_sign_in, name="demo_sign_in"),
]
