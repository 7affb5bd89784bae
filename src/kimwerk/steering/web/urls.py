from django.urls import path

from kimwerk.steering.web.views import committees, orders

app_name = "steering"
urlpatterns = [
    path("gremien/", committees.committees, name="committees"),
    path("gremien/neu/", committees.found, name="found"),
    path("gremien/<int:pk>/", committees.committee, name="committee"),
    path("gremien/<int:pk>/bearbeiten/", committees.change, name="change_committee"),
    path("gremien/<int:pk>/sitz/", committees.add_seat, name="add_seat"),
    path("sitze/<int:pk>/", committees.change_seat, name="change_seat"),
    path("sitze/<int:pk>/aufgeben/", committees.give_up, name="give_up_seat"),
    path("sitze/<int:pk>/besetzen/", committees.take_seat, name="appoint"),
    path("besetzungen/<int:pk>/beenden/", committees.leave, name="end_term"),
    path("gremien/<int:pk>/geschaeftsordnung/", orders.begin, name="new_orders"),
    path("geschaeftsordnungen/<int:pk>/", orders.orders, name="orders"),
    path("geschaeftsordnungen/<int:pk>/schreiben/", orders.rewrite, name="rewrite_orders"),
    path("geschaeftsordnungen/<int:pk>/schritt/", orders.step, name="orders_step"),
]
