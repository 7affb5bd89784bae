"""How the tests bring a list: as bytes of a file, through the real errands."""

from __future__ import annotations

from dataclasses import replace

from kimwerk.access.actors import Actor
from kimwerk.activities.states import Verdict
from kimwerk.arrivals.importing.fields import plan_from_json
from kimwerk.arrivals.models import ListImport, ListRow, Occasion
from kimwerk.arrivals.services.importing.applying import apply_list
from kimwerk.arrivals.services.importing.checking import check_list
from kimwerk.arrivals.services.importing.reading import read_list, save_plan
from kimwerk.arrivals.services.importing.running import upload_list
from tests.cast import Cast

HEADER = "Familie;Nachname;Vorname;Geb.-Datum;m/w;Staatsangehörigkeit;Straße;PLZ;Ort;Telefon;Ankunft;Schule"
MOTHER = "1;Musterenko;Oksana;12.04.1988;w;Ukraine;Musterweg 1;53721;Siegburg;02241 0000;10.03.2022;nein"
SON = "1;Musterenko;Danylo;01.09.2012;m;ukrainisch;Musterweg 1;53721;Siegburg;02241 0000;10.03.2022;ja"
NEIGHBOUR = "2;Beispiel;Iryna;03.05.1990;w;Ukraine;Musterweg 9;53721;Siegburg;;11.03.2022;"


def listed(*rows: str, header: str = HEADER) -> bytes:
    """A list as somebody saved it."""
    return "\r\n".join((header, *rows)).encode()


def uploaded(actor: Actor, occasion: Occasion, content: bytes, name: str = "liste.csv") -> ListImport:
    """Uploaded and looked into."""
    brought = upload_list(actor=actor, occasion=occasion, file_name=name, pieces=[content])
    read_list(actor=actor, pk=brought.pk)
    brought.refresh_from_db()
    return brought


def checked(actor: Actor, occasion: Occasion, cast: Cast, content: bytes, name: str = "liste.csv") -> ListImport:
    """Uploaded, everybody into Siegburg where no column says otherwise, and checked."""
    brought = uploaded(actor, occasion, content, name)
    plan = replace(plan_from_json(brought.plan), municipality_id=cast.municipalities["Siegburg"])
    save_plan(actor=actor, pk=brought.pk, plan=plan)
    check_list(actor=actor, pk=brought.pk)
    brought.refresh_from_db()
    return brought


def applied(actor: Actor, occasion: Occasion, cast: Cast, content: bytes) -> ListImport:
    """Uploaded, checked, and brought onto the list."""
    brought = checked(actor, occasion, cast, content)
    apply_list(actor=actor, pk=brought.pk)
    brought.refresh_from_db()
    return brought


def verdicts(brought: ListImport) -> list[str]:
    """What became of every row, in the order of the file, the heading left out."""
    rows = ListRow.objects.filter(list_import=brought, number__gt=1).order_by("number")
    return list(rows.values_list("verdict", flat=True))


def reasons(brought: ListImport) -> list[list[str]]:
    """The codes of what is wrong with each rejected row."""
    rows = ListRow.objects.filter(list_import=brought, verdict=Verdict.REJECTED.value).order_by("number")
    return [[problem["code"] for problem in row.problems] for row in rows]
