"""What reaches an office: its rows and columns and no others, once, then only what changed; and what stays as proof."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account
from kimwerk.arrivals.due import due_items
from kimwerk.arrivals.export import take_out
from kimwerk.arrivals.models import DeliveredRow, ListContract, Occasion, Receipt, Registration
from kimwerk.arrivals.selectors.offices import deliveries_of, rows_of_receipt
from kimwerk.arrivals.services import (
    AlreadyFetched,
    ContractRefused,
    check_rows,
    end_contract,
    fetch_rows,
    merge,
    release_rows,
    take_release_back,
)
from kimwerk.arrivals.types import OfficeKind, ReceiptKind
from kimwerk.consent.models import ListDisclosure
from kimwerk.consent.selectors import lists_disclosed_by_law
from tests.arrivals.families import arrive, surge
from tests.arrivals.offices import officer
from tests.arrivals.test_registering import OXANA, correct
from tests.cast import Cast, as_owner
from tests.conftest import BACKEND

ActAs = Callable[[Actor], Actor]
ABH, SCHOOL, YOUTH = OfficeKind.FOREIGNERS_AUTHORITY, OfficeKind.SCHOOL_OFFICE, OfficeKind.YOUTH_OFFICE


def done_by(actor: Actor) -> dict[str, object]:
    """When and by whom, as columns say it."""
    return {"at": timezone.now(), "by_id": actor.account_id}


class Surge:
    """A surge with a family that has arrived, and the offices that wait for it."""

    def __init__(self, cast: Cast, act_as: ActAs) -> None:
        self.cast, self.act_as = cast, act_as
        self.karin = act_as(cast.actor("karin"))
        self.occasion = surge(cast, self.karin)
        self.rows = arrive(act_as(cast.actor("frieda")), self.occasion, cast)

    def release(self) -> int:
        """Karin checks and releases everything."""
        self.act_as(self.karin)
        every = list(Registration.objects.visible_to(self.karin).values_list("pk", flat=True))
        check_rows(actor=self.karin, rows=every)
        return release_rows(actor=self.karin, rows=every)

    def fetch(self, kind: OfficeKind) -> dict[str, str]:
        """What an office gets when it fetches now: given names and what the rows are to it."""
        there = self.act_as(officer(kind))
        contract = ListContract.objects.received_by(there).in_force(timezone.localdate()).get()
        receipt = fetch_rows(actor=there, contract=contract, occasion=self.occasion)
        rows = rows_of_receipt(there, receipt).select_related(None) if receipt else ()
        return {(row.content or {}).get("given_names", str(row.registration_id)): row.change for row in rows}

    def held(self, kind: OfficeKind) -> list[dict[str, object]]:
        """The contents that an office has."""
        there = self.act_as(officer(kind))
        return [row.content for row in DeliveredRow.objects.received_by(there).held().order_by("registration")]


@pytest.fixture
def spring(cast: Cast, act_as: ActAs) -> Surge:
    return Surge(cast, act_as)


def test_each_office_gets_its_rows_and_columns_and_no_others(spring: Surge) -> None:
    assert spring.release() == 3
    assert spring.fetch(ABH) == dict.fromkeys(("Oksana", "Danylo", "Sofiia"), "new")
    assert spring.fetch(SCHOOL) == {"Danylo": "new"}
    assert spring.fetch(YOUTH) == {"Sofiia": "new"}
    assert spring.held(YOUTH) == [
        {
            "family_name": "Musterenko",
            "given_names": "Sofiia",
            "birth_date": "2019-02-03",
            "needs_childcare": True,
            "municipality": "05382060",
            "arrived_on": "2022-03-10",
        }
    ]


def test_an_office_reads_no_list_whatever_it_asks(spring: Surge) -> None:
    spring.release()
    spring.fetch(SCHOOL)
    spring.act_as(officer(YOUTH))
    assert not Registration.objects.exists()
    assert not DeliveredRow.objects.exists()
    assert not Receipt.objects.exists()
    school = ListContract.objects.in_force(timezone.localdate())
    with as_owner():
        foreign = school.get(kind=SCHOOL.value)
    with (
        pytest.raises(DatabaseError, match="no contract in force"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select arrivals_deliver(%s, %s, '{}')", [foreign.pk, spring.occasion.pk])
    with pytest.raises(PermissionDenied):
        fetch_rows(actor=officer(YOUTH), contract=foreign, occasion=spring.occasion)


def test_nothing_reaches_an_office_before_it_is_released(spring: Surge) -> None:
    assert spring.fetch(ABH) == {}
    assert spring.fetch(ABH) == {}
    with as_owner():
        assert not Receipt.objects.exists()


def test_a_second_fetch_brings_only_what_changed(spring: Surge) -> None:
    spring.release()
    spring.fetch(ABH)
    spring.fetch(SCHOOL)
    assert spring.fetch(ABH) == {}
    karin, son = spring.act_as(spring.karin), spring.rows[1]
    son.refresh_from_db()
    correct(karin, son, given_names="Danylo Petro")
    assert spring.fetch(ABH) == {}  # nobody has checked the correction yet
    spring.release()
    assert spring.fetch(ABH) == {"Danylo Petro": "changed"}
    assert spring.fetch(SCHOOL) == {"Danylo Petro": "changed"}
    assert [row["given_names"] for row in spring.held(SCHOOL)] == ["Danylo Petro"]


def test_a_correction_that_an_office_may_not_see_brings_it_nothing(spring: Surge) -> None:
    spring.release()
    spring.fetch(SCHOOL)
    karin, son = spring.act_as(spring.karin), spring.rows[1]
    son.refresh_from_db()
    correct(karin, son, original_given="Данило")
    spring.release()
    assert spring.fetch(SCHOOL) == {}


def test_a_row_that_is_no_longer_for_the_office_is_taken_back(spring: Surge) -> None:
    double = arrive(spring.cast.actor("frieda"), spring.occasion, spring.cast, OXANA)[0]
    spring.act_as(spring.karin)
    with as_owner():
        Registration.objects.filter(pk=double.pk).update(accepted_findings=["duplicate"])
    spring.release()
    spring.fetch(ABH)
    spring.fetch(SCHOOL)
    karin, (mother, son, _) = spring.act_as(spring.karin), spring.rows
    double.refresh_from_db()
    merge(actor=karin, kept=mother, double=double)
    son.refresh_from_db()
    correct(karin, son, birth_date=date(1999, 9, 1), needs_school=False)
    spring.release()
    assert spring.fetch(ABH) == {str(double.pk): "withdrawn", "Danylo": "changed"}
    assert spring.fetch(SCHOOL) == {str(son.pk): "withdrawn"}
    assert spring.held(SCHOOL) == []
    assert spring.fetch(SCHOOL) == {}


def test_a_delivery_is_proof_of_rows_recipient_law_and_hour(spring: Surge) -> None:
    spring.release()
    spring.fetch(SCHOOL)
    there = officer(SCHOOL)
    receipt, row = Receipt.objects.visible_to(there).get(), DeliveredRow.objects.received_by(there).get()
    with connection.cursor() as cursor:
        cursor.execute("select content::text from arrivals_deliveredrow where id = %s", [row.pk])
        text = cursor.fetchone()[0]
    assert json.loads(text) == row.content
    assert row.content_hash == sha256(text.encode()).hexdigest()
    told = sha256(f"{row.registration_id} new {row.content_hash}".encode()).hexdigest()
    spring.act_as(spring.cast.actor("doris"))
    (disclosure,) = lists_disclosed_by_law(spring.cast.actor("doris"), timezone.localdate())
    assert (disclosure.content_hash, receipt.content_hash, disclosure.row_count) == (told, told, 1)
    assert disclosure.statutory_basis.code == "school_attendance"
    assert disclosure.disclosed_by_id == there.account_id
    assert sorted(disclosure.categories) == ["address", "education", "family", "identity", "residence"]
    spring.act_as(there)
    for model, name in ((Receipt, "row_count"), (DeliveredRow, "version")):
        assert model.objects.update(**{name: 9}) == 0  # type: ignore[attr-defined]  # both have managers
    with pytest.raises(DatabaseError), transaction.atomic():
        ListDisclosure.objects.create(
            organisation_id=disclosure.organisation_id,
            recipient_id=disclosure.recipient_id,
            purpose_id=disclosure.purpose_id,
            categories=["identity"],
            statutory_basis_id=disclosure.statutory_basis_id,
            basis_reason="x",
            row_count=1,
            content_hash=told,
            disclosed_at=timezone.now(),
            disclosed_by_id=there.account_id,
        )


def test_a_checked_row_is_held_back_for_as_long_as_the_occasion_asks(spring: Surge) -> None:
    with as_owner():
        Occasion.objects.update(hold_back_days=2)
    assert spring.release() == 0
    with pytest.raises(IntegrityError, match="held back"), transaction.atomic():
        Registration.objects.filter(pk=spring.rows[0].pk).update(
            state="released", released_at=timezone.now(), released_by_id=spring.karin.account_id
        )
    with as_owner():
        Registration.objects.update(checked_at=timezone.now() - timedelta(days=2, minutes=1))
    spring.act_as(spring.karin)
    assert spring.release() == 3


def test_only_who_checks_the_list_releases_whatever_the_program_forgets(spring: Surge) -> None:
    frieda = spring.act_as(spring.cast.actor("frieda"))
    now = timezone.now()
    seen = {
        "checked_at": now,
        "checked_by_id": frieda.account_id,
        "released_at": now,
        "released_by_id": frieda.account_id,
    }
    with pytest.raises(IntegrityError, match="whoever checks"), transaction.atomic():
        Registration.objects.filter(pk=spring.rows[0].pk).update(state="released", **seen)


def test_who_has_no_contract_today_fetches_nothing(spring: Surge) -> None:
    spring.release()
    contract = ListContract.objects.accepted_by(spring.karin).get(kind=ABH.value)
    end_contract(actor=spring.karin, contract=contract)
    there = spring.act_as(officer(ABH))
    with pytest.raises(ContractRefused):
        fetch_rows(actor=there, contract=contract, occasion=spring.occasion)


def test_the_pages_of_an_office_fetch_and_mark_what_changed(spring: Surge, sign_in: Callable[[str], Client]) -> None:
    spring.release()
    there = officer(SCHOOL)
    (delivery,) = deliveries_of(spring.act_as(there))
    office = Client()
    office.force_login(Account.objects.get(pk=there.account_id), backend=BACKEND)
    address = reverse("arrivals:held", args=[delivery.contract.pk, delivery.occasion.pk])
    assert "Noch nichts abgerufen" in office.get(address).content.decode()
    first = office.post(f"{address}abrufen/", follow=True).content.decode()
    assert "1 Zeile ist abgerufen." in first
    assert "Musterenko, Danylo" in first
    assert "Oksana" not in first
    assert "Nichts ist neu" in office.post(f"{address}abrufen/", follow=True).content.decode()
    with CaptureQueriesContext(connection) as queries:
        page = office.get(address).content.decode()
    assert "neu" in page
    assert "Siegburg" in page
    assert len(queries) < 30
    taken = office.post(f"{address}entnehmen/csv/")
    heading, line = taken.content.decode("utf-8-sig").splitlines()
    schema = office.get(reverse("arrivals:table_schema", args=[delivery.contract.pk])).json()
    assert heading.split(";") == [field["name"] for field in schema["fields"]]
    values = dict(zip(heading.split(";"), line.split(";"), strict=True))
    assert (values["change"], values["sex"], values["municipality"]) == ("new", "m", "05382060")
    assert office.post(f"{address}entnehmen/json/").json()[0]["birth_date"] == "2012-09-01"
    assert office.post(f"{address}entnehmen/xlsx/").content.startswith(b"PK")
    assert office.post(f"{address}entnehmen/exe/").status_code == 404
    assert "als CSV entnommen" in office.get(reverse("arrivals:receipts")).content.decode()
    assert Receipt.objects.get(kind="csv").content_hash == sha256(taken.content).hexdigest()
    assert "Ukraine 2022" in office.get(reverse("arrivals:office")).content.decode()
    karin = sign_in("karin")
    receipts = karin.get(reverse("arrivals:receipts")).content.decode()
    assert "Schulamt Rhein-Sieg" in receipts
    by_law = sign_in("doris").get(reverse("consent:by_law")).content.decode()
    assert "1 Zeile" in by_law
    assert "SchulG" in by_law


def test_no_file_holds_a_formula(spring: Surge) -> None:
    row = DeliveredRow(
        registration_id=1, version=1, change="new", receipt_id=1, content={"family_name": "=1+1", "given_names": "\t@x"}
    )
    contract = ListContract(columns=["given_names", "family_name"])
    csv = take_out(ReceiptKind.CSV, contract, [row], last_receipt=1).content.decode("utf-8-sig")
    assert "'=1+1" in csv
    assert ";=" not in csv
    sheet = openpyxl.load_workbook(
        BytesIO(take_out(ReceiptKind.XLSX, contract, [row], last_receipt=1).content)
    ).worksheets[0]
    assert [cell.value for cell in sheet[2]][3:] == ["'=1+1", "'\t@x"]
    assert {cell.data_type for cell in sheet[2]} == {"n", "s"}


def test_a_release_is_taken_back_until_an_office_has_fetched_the_row(spring: Surge) -> None:
    assert spring.release() == 3
    child = spring.rows[1]
    there = spring.act_as(officer(SCHOOL))
    waiting = "1 Zeile abzurufen"
    assert [item.title for item in due_items(there)] == [waiting]
    karin = spring.act_as(spring.karin)
    kept = take_release_back(actor=karin, registration=child)
    assert (kept.state, kept.released_at, kept.released_by_id) == ("checked", None, None)
    assert due_items(spring.act_as(officer(SCHOOL))) == ()
    spring.act_as(karin)
    assert release_rows(actor=karin, rows=[child.pk]) == 1
    spring.fetch(SCHOOL)
    assert due_items(spring.act_as(officer(SCHOOL))) == ()
    spring.act_as(karin)
    with pytest.raises(AlreadyFetched):
        take_release_back(actor=karin, registration=child)
    frieda = spring.act_as(spring.cast.actor("frieda"))
    with pytest.raises(PermissionDenied):
        take_release_back(actor=frieda, registration=child)
