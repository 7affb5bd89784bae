from django.urls import path

from kimwerk.staffing.web import allocation, courses, occupancies, people, posts, substitutions

app_name = "staffing"
urlpatterns = [
    path("", posts.overview, name="overview"),
    path("stellen/neu/", posts.add, name="add_post"),
    path("stellen/<int:pk>/", posts.post, name="post"),
    path("stellen/<int:pk>/bearbeiten/", posts.change, name="change_post"),
    path("stellen/<int:pk>/besetzen/", occupancies.occupy_post, name="occupy"),
    path("foerderlinien/neu/", posts.new_funding_line, name="add_funding_line"),
    path("besetzungen/<int:pk>/", occupancies.change, name="occupancy"),
    path("besetzungen/<int:pk>/stunden/", occupancies.hours, name="hours"),
    path("besetzungen/<int:pk>/loeschen/", occupancies.remove, name="remove_occupancy"),
    path("beschaeftigte/", people.people, name="people"),
    path("beschaeftigte/neu/", people.add, name="add_employee"),
    path("beschaeftigte/<int:pk>/", people.employee, name="employee"),
    path("beschaeftigte/<int:pk>/bearbeiten/", people.change, name="change_employee"),
    path("beschaeftigte/<int:pk>/abwesenheit/", people.new_leave, name="add_leave"),
    path("beschaeftigte/<int:pk>/vertretung/", substitutions.add, name="add_substitution"),
    path("vertretungen/<int:pk>/loeschen/", substitutions.remove, name="remove_substitution"),
    path("beschaeftigte/<int:pk>/einarbeitung/", courses.onboarding, name="begin_onboarding"),
    path("beschaeftigte/<int:pk>/kurs/", courses.new_course, name="add_course"),
    path("abwesenheiten/<int:pk>/loeschen/", people.drop_leave, name="remove_leave"),
    path("einarbeitung/<int:pk>/", courses.step, name="onboarding_step"),
    path("kurse/<int:pk>/", courses.course, name="course"),
    path("verteilung/", allocation.allocate, name="allocation"),
]
