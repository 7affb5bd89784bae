"""The sample tally: untidy as in an office, and every row of it accounted for by the import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.activities.models import TallyImport
from kimwerk.activities.services.tallies.checking import check_tally
from kimwerk.activities.services.tallies.planning import save_mapping
from kimwerk.activities.services.tallies.reading import read_tally
from kimwerk.activities.services.tallies.uploading import upload_tally
from kimwerk.activities.tally import plan_from_json
from kimwerk.desk.demo.sample import Sample, write_sample
from tests.desk.conftest import TODAY

Ask = Callable[[str], list[tuple[object, ...]]]


def checked(path: Path) -> TallyImport:
    """The tally brought by Frieda, with the columns as they were proposed."""
    frieda = actor_by_email("frieda@kimwerk.example")
    assert frieda
    set_actor(frieda.account_id)
    [organisation] = {grant.organisation_id for grant in frieda.grants}
    brought = upload_tally(actor=frieda, organisation_id=organisation, file_name=path.name, pieces=[path.read_bytes()])
    read = read_tally(actor=frieda, tally_id=brought.pk)
    save_mapping(actor=frieda, tally_id=brought.pk, plan=plan_from_json(read.plan))
    return check_tally(actor=frieda, tally_id=brought.pk)


@pytest.mark.parametrize("seed", [1, 2022, 7])
def test_the_import_takes_every_good_row_and_rejects_every_faulty_one(demo: Ask, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "tally.xlsx"
    sample = write_sample(path, seed=seed, today=TODAY)
    counts = checked(path).counts
    assert (counts["created"], counts["rejected"]) == (sample.good, sample.faulty)


def test_the_sample_has_something_of_every_kind_of_untidiness(tmp_path: Path) -> None:
    path = tmp_path / "tally.xlsx"
    assert write_sample(path, seed=2022, today=TODAY).faulty == 4
    book = openpyxl.load_workbook(path)
    sheet = book["Berichtswesen"]
    days = {type(row[0].value).__name__ for row in sheet.iter_rows(min_row=6) if row[1].value}
    assert days == {"datetime", "str", "int"}
    assert sheet.merged_cells.ranges
    assert any(str(cell.value).startswith("=SUM(") for row in sheet.iter_rows() for cell in row)
    assert any(all(cell.value is None for cell in row) for row in sheet.iter_rows(min_row=6))
    assert book.sheetnames == ["Berichtswesen", "Legende"]
    book.close()


def test_the_same_seed_writes_the_same_rows(tmp_path: Path) -> None:
    def rows(seed: int) -> tuple[Sample, list[tuple[object, ...]]]:
        sample = write_sample(tmp_path / f"{seed}.xlsx", seed=seed, today=TODAY)
        book = openpyxl.load_workbook(tmp_path / f"{seed}.xlsx")
        values = list(book.worksheets[0].values)
        book.close()
        return sample, values

    assert rows(3) == rows(3)
    assert rows(3) != rows(4)
