"""The pages of the import of a list, as a browser without scripts walks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import ListImport, Occasion, Registration
from kimwerk.arrivals.services.importing.applying import apply_list
from kimwerk.arrivals.services.importing.checking import check_list
from kimwerk.arrivals.services.importing.reading import limits, read_list
from kimwerk.kernel.sheets import read_sheets
from tests.arrivals.families import surge
from tests.arrivals.importing import MOTHER, NEIGHBOUR, SON, listed
from tests.cast import Cast

ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@pytest.fixture
def occasion(cast: Cast, act_as: ActAs) -> Occasion:
    return surge(cast, act_as(cast.actor("karin")))


def address(name: str, brought: ListImport, *more: object) -> str:
    return reverse(f"arrivals:{name}", args=[brought.pk, *more])


def text_of(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def sent_by(client: Client, occasion: Occasion, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("liste.csv", content, "text/csv")
    return client.post(reverse("arrivals:import_upload", args=[occasion.pk]), {"file": file})


def test_a_list_walks_from_the_file_to_the_list_and_back(
    occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    browser, frieda = sign_in("frieda"), cast.actor("frieda")
    lists = reverse("arrivals:imports", args=[occasion.pk])
    assert "Hier stehen später die eingelesenen Listen" in text_of(browser.get(lists))
    assert "Die Datei ist leer." in text_of(sent_by(browser, occasion, b""), 422)
    shifted = ";" + NEIGHBOUR.replace("Iryna", "Halyna")
    answer = sent_by(browser, occasion, listed(MOTHER, SON.replace("01.09.2012", "31.02.2012"), shifted))
    act_as(frieda)
    brought = ListImport.objects.get()
    assert answer.headers["Location"] == address("import", brought)
    assert "Die Datei wird gelesen" in text_of(browser.get(address("import", brought)))
    act_as(frieda)
    read_list(actor=frieda, pk=brought.pk)
    assert browser.get(address("import_progress", brought)).headers["HX-Refresh"] == "true"
    page = text_of(browser.get(address("import_mapping", brought)))
    assert "Familie" in page
    assert "Musterenko" in page

    fields = (
        "family family_name given_names birth_date sex nationality street postcode town phone arrived_on needs_school"
    )
    form = {f"column_{at}": field for at, field in enumerate(fields.split())}
    assert "Keine Spalte ist die Kommune" in text_of(browser.post(address("import_mapping", brought), form), 422)
    form |= {"municipality": str(cast.municipalities["Siegburg"]), "nationality": "166"}
    assert browser.post(address("import_mapping", brought), form).headers["Location"] == address("import", brought)
    act_as(frieda)
    check_list(actor=frieda, pk=brought.pk)
    page = text_of(browser.get(address("import", brought)))
    assert "1 neu, 0 geändert, 0 gleich, 2 abgelehnt, 1 übersprungen." in page
    assert "Den Tag „31.02.2012“ gibt es nicht." in page
    assert "Alles steht um eine Spalte verschoben." in page
    assert 'name="cell_2" value="Halyna"' in page
    told = text_of(browser.get(address("import_rejected", brought, "csv")))
    assert "Geburtsdatum: Den Tag „31.02.2012“ gibt es nicht." in told
    taken = browser.get(address("import_rejected", brought, "xlsx")).content
    [sheet] = read_sheets(taken, "abgelehnt.xlsx", limits())
    assert sheet.height == 3

    done = browser.post(address("import_row", brought, 3), {"cell_3": "01.09.2012"}, follow=True)
    assert "Zeile 3 ist jetzt in Ordnung: neu." in text_of(done)
    browser.post(address("import_apply", brought))
    act_as(frieda)
    apply_list(actor=frieda, pk=brought.pk)
    page = text_of(browser.get(address("import", brought) + "?verdict=created"))
    assert "2 neu" in page
    assert reverse("arrivals:row", args=[Registration.objects.get(given_names="Danylo").pk]) in page
    assert "2 Zeilen werden wieder entfernt." in text_of(browser.get(address("import_undo", brought)))
    assert "Zurückgenommen: 2 Zeilen entfernt" in text_of(browser.post(address("import_undo", brought), follow=True))
    act_as(frieda)
    assert not Registration.objects.exists()


def test_a_colleague_of_the_same_place_sees_no_list_of_mine(
    occasion: Occasion, cast: Cast, act_as: ActAs, sign_in: SignIn
) -> None:
    sent_by(sign_in("frieda"), occasion, listed(MOTHER))
    act_as(cast.actor("frieda"))
    brought = ListImport.objects.get()
    assert sign_in("mehmet").get(address("import", brought)).status_code == 404
    assert sign_in("karin").get(address("import", brought)).status_code == 200
    assert sign_in("frieda").post(address("import_cancel", brought), follow=True).status_code == 200
    act_as(cast.actor("frieda"))
    assert ListImport.objects.get().state == "cancelled"
