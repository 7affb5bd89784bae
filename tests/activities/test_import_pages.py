"""The pages of the import, as a browser without scripts walks them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, TallyImport, TallyRow
from kimwerk.activities.services.tallies.applying import apply_tally
from kimwerk.activities.services.tallies.checking import check_tally
from kimwerk.activities.services.tallies.planning import save_mapping
from kimwerk.activities.states import TallyState
from kimwerk.activities.tally import plan_from_json
from kimwerk.activities.uploads.running import SILENT_AFTER
from tests.activities.importing import FIRST, SECOND, WRONG, applied, checked, kept, tally, uploaded, verdicts
from tests.activities.messy import messy_workbook
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


def address(name: str, brought: TallyImport, *more: object) -> str:
    return reverse(f"activities:{name}", args=[brought.pk, *more])


def text_of(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def as_sent(page: str) -> dict[str, str]:
    """The choices of a form as they stand on the page."""
    chosen = {}
    for name, options in re.findall(r'<select name="([^"]+)"(.*?)</select>', page, re.DOTALL):
        found = re.search(r'<option value="([^"]*)" selected', options)
        chosen[name] = found[1] if found else ""
    return chosen


def test_the_list_shows_each_import_with_its_state(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    assert "Hier stehen später Ihre Importe" in text_of(client.get(reverse("activities:imports")))
    applied(act_as(cast.actor("frieda")), cast, tally(FIRST))
    page = text_of(client.get(reverse("activities:imports")))
    assert "tally.csv" in page
    assert "im Tagebuch" in page


def test_the_mapping_page_proposes_shows_samples_and_reads_ahead(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = uploaded(act_as(cast.actor("frieda")), cast, messy_workbook())
    client = sign_in("frieda")
    answer = client.get(address("import", brought))
    assert answer.headers["Location"] == address("import_mapping", brought)
    page = text_of(client.get(address("import_mapping", brought)))
    assert as_sent(page)["column_0"] == "day"
    assert as_sent(page)["column_3"] == "ignore"
    assert "Sieht nach persönlichen Daten von Ratsuchenden aus" in page
    assert "Muster, Max" not in page
    assert "Person für alle Zeilen" in page
    assert "Hennef (Sieg)" in page
    assert "Den Tag „31.02.2022“ gibt es nicht." in page


def test_a_preview_saves_nothing(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = uploaded(act_as(cast.actor("frieda")), cast, tally(FIRST))
    client = sign_in("frieda")
    sent = as_sent(text_of(client.get(address("import_mapping", brought)))) | {"column_1": "ignore", "preview": "1"}
    page = text_of(client.post(address("import_mapping", brought), sent))
    assert "Art für alle Zeilen" in page
    act_as(cast.actor("frieda"))
    brought.refresh_from_db()
    assert brought.plan["columns"][1]["field"] == "kind"


def test_what_is_missing_is_said_and_nothing_is_checked(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = uploaded(act_as(cast.actor("frieda")), cast, tally(FIRST))
    client = sign_in("frieda")
    sent = as_sent(text_of(client.get(address("import_mapping", brought))))
    answer = client.post(address("import_mapping", brought), sent | {"column_0": "ignore", "column_1": "municipality"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Ohne Tag lässt sich keine Maßnahme eintragen" in page
    assert "Zwei Spalten haben dieselbe Bedeutung" in page


def test_the_columns_once_said_every_row_is_being_checked(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = uploaded(act_as(cast.actor("frieda")), cast, tally(FIRST, WRONG))
    client = sign_in("frieda")
    client.post(address("import_mapping", brought), as_sent(text_of(client.get(address("import_mapping", brought)))))
    page = text_of(client.get(address("import", brought)))
    assert "Jede Zeile wird geprüft" in page
    assert "Import abbrechen" in page
    fragment = text_of(client.get(address("import_progress", brought)))
    assert fragment.startswith('<div class="tally-waiting"')


def test_progress_counts_rows_and_ends_by_showing_the_result(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(FIRST))
    client = sign_in("frieda")
    assert client.get(address("import_progress", brought)).headers["HX-Refresh"] == "true"
    act_as(frieda)
    TallyImport.objects.filter(pk=brought.pk).update(
        state=TallyState.CHECKING,
        rows_done=40_000,
        rows_total=100_000,
        started_at=timezone.now() - timedelta(minutes=2),
    )
    page = text_of(client.get(address("import_progress", brought)))
    assert "40.000 von 100.000" in page
    assert re.search("noch etwa [34] Minuten", page)


def test_after_a_silence_the_page_offers_to_begin_again(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(FIRST))
    TallyImport.objects.filter(pk=brought.pk).update(
        state=TallyState.CHECKING, moved_at=timezone.now() - SILENT_AFTER - timedelta(seconds=1)
    )
    client = sign_in("frieda")
    assert "Neu beginnen" in text_of(client.get(address("import", brought)))
    assert client.post(address("import_check", brought)).status_code == 302
    assert "Neu beginnen" not in text_of(client.get(address("import", brought)))


def test_rejected_rows_come_first_with_the_reason_at_the_cell(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally(FIRST, WRONG))
    client = sign_in("frieda")
    page = text_of(client.get(address("import", brought)))
    assert "„Atlantis“ steht nicht in der Liste." in page
    assert 'name="cell_2" value="Atlantis"' in page
    assert "07.03.2022" not in page
    everything = text_of(client.get(address("import", brought) + "?verdict=all"))
    assert "07.03.2022" in everything
    assert "Noch steht nichts im Tagebuch." in everything


def test_a_row_is_corrected_where_it_stands(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally(FIRST, WRONG))
    client = sign_in("frieda")
    sent = {"cell_2": "Hennef", "back": "?verdict=rejected"}
    answer = client.post(address("import_row", brought, 3), sent)
    assert answer.headers["Location"] == address("import", brought) + "?verdict=rejected#rows"
    page = text_of(client.get(address("import", brought) + "?verdict=created"))
    assert "Zeile 3 ist jetzt in Ordnung: neu." in page
    assert "hier korrigiert" in page
    act_as(cast.actor("frieda"))
    assert verdicts(brought) == ["skipped", "created", "created"]


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_never_leads_away(back: str, cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally(WRONG))
    answer = sign_in("frieda").post(address("import_row", brought, 2), {"cell_2": "Hennef", "back": back})
    assert answer.headers["Location"] == address("import", brought) + "#rows"


def test_a_suggestion_is_one_click_away(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally("07.03.2022;Workshop;Sigburg;1;1"))
    page = text_of(sign_in("frieda").get(address("import", brought)))
    assert re.search(r'<button[^>]*name="cell_2" value="Siegburg"', page)


def test_entering_asks_once_more_where_much_would_change(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    lines = [f"{day:02}.03.2022;Workshop;Siegburg;1;30" for day in range(1, 13)]
    applied(frieda, cast, tally(*lines))
    brought = checked(frieda, cast, tally(*(line.replace(";30", ";60") for line in lines)))
    client = sign_in("frieda")
    assert "Dieser Import ändert ungewöhnlich viel" in text_of(client.get(address("import", brought)))
    answer = client.post(address("import_apply", brought))
    assert answer.headers["Location"] == address("import_apply", brought)
    question = text_of(client.get(address("import_apply", brought)))
    assert "12 von 12 Einträgen" in question
    assert client.post(address("import_apply", brought), {"confirmed": "1"}).headers["Location"] == address(
        "import", brought
    )
    act_as(frieda)
    brought.refresh_from_db()
    assert (brought.state, brought.is_change_confirmed) == (TallyState.APPLYING, True)
    apply_tally(actor=frieda, tally_id=brought.pk)
    assert {entry.minutes for entry in kept(cast)} == {60}


def test_taking_back_states_the_numbers_first(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = applied(act_as(cast.actor("frieda")), cast, tally(FIRST, SECOND))
    client = sign_in("frieda")
    assert "2 neue Einträge" in text_of(client.get(address("import", brought)))
    question = text_of(client.get(address("import_undo", brought)))
    assert "2 Einträge werden wieder entfernt." in question
    client.post(address("import_undo", brought), {"confirmed": "1"})
    assert "Zurückgenommen: 2 Einträge entfernt" in text_of(client.get(address("import", brought)))
    act_as(cast.actor("frieda"))
    assert not Activity.objects.exists()


def test_a_page_that_was_overtaken_says_so(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = applied(frieda, cast, tally(FIRST))
    client = sign_in("frieda")
    for name in ("import_apply", "import_check", "import_cancel", "import_sheet"):
        assert client.post(address(name, brought)).headers["Location"] == address("import", brought)
        assert "hat sich inzwischen etwas getan" in text_of(client.get(address("import", brought)))


def test_rejected_rows_are_downloaded_in_the_columns_of_the_file(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(FIRST, WRONG, "=1+1;Workshop;Siegburg;1;1"))
    client = sign_in("frieda")
    answer = client.get(address("import_rejected", brought, "xlsx"))
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    head, first, second = book.active.iter_rows(values_only=True)
    assert head == ("Datum", "Art", "Kommune", "TN Zielgruppe", "Minuten", "kimwerk: Grund", "kimwerk: Zeile")
    assert first[:3] == ("09.03.2022", "Workshop", "Atlantis")
    assert "„Atlantis“ steht nicht in der Liste." in str(first[5])
    assert (first[6], second[0]) == (f"{brought.pk}-3", "'=1+1")
    lines = client.get(address("import_rejected", brought, "csv")).content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(lines), delimiter=";"))[2][0] == "'=1+1"
    assert client.get(address("import_rejected", brought, "exe")).status_code == 404


def test_what_was_downloaded_can_be_corrected_and_uploaded(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = applied(frieda, cast, tally(FIRST, WRONG))
    answer = sign_in("frieda").get(address("import_rejected", brought, "csv"))
    act_as(frieda)
    again = uploaded(frieda, cast, answer.content.replace(b"Atlantis", b"Siegburg"))
    assert again.sheets[0]["origin"] == brought.pk
    assert again.sheets[0]["is_known"]
    again = check_tally(actor=frieda, tally_id=_settled(frieda, again).pk)
    assert verdicts(again) == ["skipped", "created"]


def _settled(actor: Actor, brought: TallyImport) -> TallyImport:
    return save_mapping(actor=actor, tally_id=brought.pk, plan=plan_from_json(brought.plan))


def test_the_sample_can_be_imported(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    answer = sign_in("frieda").get(reverse("activities:import_sample"))
    brought = checked(act_as(cast.actor("frieda")), cast, b"".join(answer.streaming_content))
    assert verdicts(brought) == ["skipped", *["created"] * 6]


def test_the_same_file_again_is_said(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    frieda = act_as(cast.actor("frieda"))
    applied(frieda, cast, tally(FIRST))
    again = uploaded(frieda, cast, tally(FIRST))
    assert "Genau diese Datei wurde schon am" in text_of(sign_in("frieda").get(address("import_mapping", again)))


def test_a_result_page_asks_the_database_the_same_number_of_times_for_any_number_of_rows(
    cast: Cast, act_as: Act, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    lines = [f"{day:02}.03.2022;Workshop;Sigburg;1;30" for day in range(1, 29)]
    brought = checked(act_as(cast.actor("frieda")), cast, tally(*lines))
    client = sign_in("frieda")
    client.get(address("import", brought))
    with django_assert_max_num_queries(16):
        client.get(address("import", brought))


@pytest.mark.parametrize("character", ["klara", "mehmet", "kim"])
def test_an_import_of_others_is_not_found(character: str, cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally(FIRST, WRONG))
    client = sign_in(character)
    for name in ("import", "import_progress", "import_mapping", "import_apply", "import_undo"):
        assert client.get(address(name, brought)).status_code == 404
    for name in ("import_check", "import_cancel", "import_sheet", "import_apply", "import_undo", "import_mapping"):
        assert client.post(address(name, brought)).status_code == 404
    assert client.post(address("import_row", brought, 3), {"cell_2": "Siegburg"}).status_code == 404
    assert client.get(address("import_rejected", brought, "csv")).status_code == 404
    act_as(cast.actor("frieda"))
    assert TallyRow.objects.get(tally_import=brought, number=3).verdict == "rejected"
