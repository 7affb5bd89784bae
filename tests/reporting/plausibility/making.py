"""Random well-formed tables as offices publish them, in many layouts and spellings, and one wrong number in them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import xlsxwriter

PLACES = ["Alfter", "Bad Honnef", "Bornheim", "Eitorf", "Hennef", "Königswinter", "Lohmar", "Meckenheim", "Much",
          "Neunkirchen", "Niederkassel", "Rheinbach", "Ruppichteroth", "Sankt Augustin", "Siegburg"]  # fmt: skip
KINDS = ["Erstgespräch", "Verweisberatung", "Workshop", "Arbeitskreis", "Einzelfallberatung", "Fallkonferenz", "E-Mail"]
SEXES = ["männlich", "weiblich", "divers"]
TOTALS = ["Insgesamt", "Summe", "Gesamt", "Zusammen", "insgesamt", "Gesamtsumme", "Total", "Summe:"]
BANDS = [
    ["0-5", "6-17", "18-24", "25-64", "65+"],
    ["unter 6", "6 bis unter 18", "18 bis unter 65", "65 und älter"],
    ["0 bis 2 Jahre", "3 bis 5 Jahre", "6 bis 9 Jahre", "10 Jahre und älter"],
]

Number = Decimal | None


@dataclass
class Made:
    """Cells as texts and numbers; a number is written with so many decimals, a share with a percent sign or without."""

    cells: list[list[str | Number]]
    places: dict[tuple[int, int], int] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)
    linked: list[tuple[int, int]] = field(default_factory=list)
    layout: str = ""
    is_money: bool = False

    def copy_with(self, at: tuple[int, int], value: Decimal) -> Made:
        """The same table with another number in one cell."""
        cells = [list(row) for row in self.cells]
        cells[at[0]][at[1]] = value
        return Made(cells, self.places, self.percents, self.linked, self.layout, self.is_money)


def crosstab(chance: random.Random) -> Made:
    """Lines by columns with margins, perhaps with shares beside the counts."""
    height, width = chance.randint(2, 14), chance.randint(2, 6)
    names = chance.sample(PLACES, height) if chance.random() < 0.7 or height > 5 else chance.choice(BANDS)[:height]
    height = len(names)
    heads = chance.choice([KINDS, ["2019", "2020", "2021", "2022", "2023", "2024"], SEXES])[:width]
    width = len(heads)
    size = chance.choice([9, 60, 900, 40_000])
    body = [[Decimal(chance.randint(0, size) if chance.random() > 0.1 else 0) for _ in heads] for _ in names]
    total = chance.choice(TOTALS)
    has_row, has_column = chance.choice([(True, True), (True, False), (False, True), (True, True)])
    if heads[0].isdigit():
        has_row, has_column = True, False
    rows = [[name, *line] for name, line in zip(names, body, strict=True)]
    if has_row:
        rows.append([total, *(sum((line[at] for line in body), Decimal(0)) for at in range(width))])
    if has_column:
        for row in rows:
            row.append(sum((each for each in row[1:] if isinstance(each, Decimal)), Decimal(0)))
    columns = [*heads, *([total] if has_column else [])]
    if has_row and chance.random() < 0.25:
        rows.insert(0, rows.pop())
    if has_column and chance.random() < 0.25:
        rows = [[row[0], row[-1], *row[1:-1]] for row in rows]
        columns = [columns[-1], *columns[:-1]]
    made = Made([["", *columns], *rows], layout="crosstab")
    made.linked = [(row, column) for row in range(1, len(made.cells)) for column in range(1, len(columns) + 1)]
    return with_shares(made, chance, has_row, has_column, total) if chance.random() < 0.35 else made


def with_shares(made: Made, chance: random.Random, has_row: bool, has_column: bool, total: str) -> Made:
    """A column of percentages behind one of the columns: of its total, or of the total of the row."""
    head = made.cells[0]
    digits = chance.choice([0, 1, 1, 2])
    sign = chance.random() < 0.5
    whole_at = next((at for at, row in enumerate(made.cells) if row[0] == total), None)
    by_row = has_column and chance.random() < 0.5
    if not by_row and whole_at is None:
        return made
    column = head.index(total) if has_column and not by_row else 1 if head[1] != total else 2
    whole_column = head.index(total) if has_column else column
    at = len(head)
    head.append(f"Anteil {head[column]}" + ("" if sign else " in %"))
    for number, row in enumerate(made.cells[1:], start=1):
        by = row[whole_column] if by_row else made.cells[whole_at or 0][column]
        part = row[column]
        assert isinstance(part, Decimal)
        assert isinstance(by, Decimal)
        row.append(share(part, by, digits) if by else None)
        made.places[number, at] = digits
        if sign:
            made.percents.add((number, at))
        if by:
            made.linked.append((number, at))
    made.layout = "shares"
    return made


def share(part: Decimal, by: Decimal, digits: int) -> Decimal:
    """A percentage, rounded as usual."""
    return (100 * part / by).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def subtotals(chance: random.Random) -> Made:
    """Groups of lines, each with a sum behind or before it, and a sum of all."""
    columns = chance.randint(1, 5)
    style = chance.choice(["behind", "before", "indented"])
    head = ["", *(["Anzahl"] if columns == 1 else [str(2019 + at) for at in range(columns)])]
    rows: list[list[str | Number]] = []
    sums: list[list[Decimal]] = []
    for group in range(chance.randint(2, 4)):
        lines = [[Decimal(chance.randint(1, 900)) for _ in range(columns)] for _ in range(chance.randint(2, 5))]
        together = [sum((line[at] for line in lines), Decimal(0)) for at in range(columns)]
        sums.append(together)
        names = [f"{KINDS[at]} {chr(65 + group)}" for at in range(len(lines))]
        parts: list[list[str | Number]] = [[name, *line] for name, line in zip(names, lines, strict=True)]
        if style == "behind":
            rows += [*parts, [f"Zwischensumme {chr(65 + group)}", *together]]
        elif style == "before":
            rows += [[f"Bereich {chr(65 + group)} insgesamt", *together], *parts]
        else:
            rows += [[f"Bereich {chr(65 + group)}", *together], *[["   " + str(part[0]), *part[1:]] for part in parts]]
    rows.append([chance.choice(TOTALS), *(sum((line[at] for line in sums), Decimal(0)) for at in range(columns))])
    made = Made([head, *rows], layout="subtotals " + style)
    made.linked = [(row, column) for row in range(1, len(rows) + 1) for column in range(1, columns + 1)]
    return made


def two_heads(chance: random.Random) -> Made:
    """Years over men, women and both."""
    years = [str(2020 + at) for at in range(chance.randint(2, 3))]
    upper: list[str | Number] = [""]
    lower: list[str | Number] = [chance.choice(["", "Kommune"])]
    total = chance.choice(["insgesamt", "zusammen", "gesamt"])
    for year in years:
        upper += [year, "", ""]
        lower += ["männlich", "weiblich", total]
    names = chance.sample(PLACES, chance.randint(3, 8))
    counts = [[Decimal(chance.randint(0, 300)) for _ in range(2 * len(years))] for _ in names]
    counts.append([sum((line[at] for line in counts), Decimal(0)) for at in range(2 * len(years))])
    rows: list[list[str | Number]] = []
    for name, line in zip([*names, "Insgesamt"], counts, strict=True):
        row: list[str | Number] = [name]
        for at in range(0, len(line), 2):
            row += [line[at], line[at + 1], line[at] + line[at + 1]]
        rows.append(row)
    made = Made([upper, lower, *rows], layout="two heads")
    made.linked = [(row, column) for row in range(2, len(rows) + 2) for column in range(1, len(lower))]
    return made


def long(chance: random.Random) -> Made:
    """One number a row, with the totals among the names."""
    names = [*chance.sample(PLACES, chance.randint(2, 6)), "Insgesamt"]
    kinds = [*chance.choice([SEXES[:2], SEXES, KINDS[:4]]), "insgesamt"]
    body = {(name, kind): Decimal(chance.randint(0, 500)) for name in names[:-1] for kind in kinds[:-1]}
    rows: list[list[str | Number]] = []
    for name in names:
        for kind in kinds:
            parts = [value for (each, other), value in body.items() if (name in (each, "Insgesamt")) and
                     kind in (other, "insgesamt")]  # fmt: skip
            rows.append([name, kind, sum(parts, Decimal(0))])
    made = Made([["Kommune", "Art", "Anzahl"], *rows], layout="long")
    made.linked = [(row, 2) for row in range(1, len(rows) + 1)]
    return made


def finance(chance: random.Random) -> Made:
    """Expenditure, income and balance, to the cent."""
    years = [str(2022 + at) for at in range(chance.randint(1, 4))]

    def lines(names: Sequence[str], sign: int) -> list[list[str | Number]]:
        return [[name, *(sign * Decimal(chance.randint(100_000, 60_000_000)) / 100 for _ in years)] for name in names]

    sign = chance.choice([1, -1])
    spent = lines(["Personalkosten", "Sachkosten", "Mieten", "Honorare", "Fortbildung"][: chance.randint(2, 5)], 1)
    income = lines(["Landesförderung", "Bundesmittel", "Spenden"][: chance.randint(1, 3)], sign)

    def added(rows: Sequence[Sequence[str | Number]]) -> list[Decimal]:
        return [sum((row[at + 1] for row in rows if isinstance(row[at + 1], Decimal)), Decimal(0))  # type: ignore[misc]
                for at in range(len(years))]  # fmt: skip

    cost, paid = added(spent), added(income)
    names = chance.choice([("Summe Aufwendungen", "Summe Erträge"), ("Ausgaben gesamt", "Einnahmen gesamt")])
    balance = [one - sign * other for one, other in zip(cost, paid, strict=True)]
    rows = [*spent, [names[0], *cost], *income, [names[1], *paid], ["Saldo", *balance]]
    made = Made([["", *years], *rows], layout="finance", is_money=True)
    made.linked = [(row, column) for row in range(1, len(rows) + 1) for column in range(1, len(years) + 1)]
    made.places = dict.fromkeys(made.linked, 2)
    return made


def only_shares(chance: random.Random) -> Made:
    """Percentages of each line, rounded one by one: their sum need not be 100 to the digit."""
    heads = KINDS[: chance.randint(2, 5)]
    digits = chance.choice([0, 1])
    rows: list[list[str | Number]] = []
    for name in chance.sample(PLACES, chance.randint(3, 8)):
        weights = [chance.randint(1, 400) for _ in heads]
        whole = Decimal(sum(weights))
        rows.append([name, *(share(Decimal(weight), whole, digits) for weight in weights), Decimal(100)])
    made = Made([["", *heads, "Insgesamt"], *rows], layout="only shares")
    made.linked = [(row, column) for row in range(1, len(rows) + 1) for column in range(1, len(heads) + 2)]
    made.places = dict.fromkeys(made.linked, digits)
    made.percents = set(made.linked)
    return made


def thousands(chance: random.Random) -> Made:
    """Amounts in thousands, each rounded by itself."""
    heads = [str(2020 + at) for at in range(chance.randint(2, 4))]
    exact = [[chance.uniform(10, 900) for _ in heads] for _ in range(chance.randint(3, 7))]
    exact.append([sum(line[at] for line in exact) for at in range(len(heads))])
    rows: list[list[str | Number]] = [
        [name, *(Decimal(str(round(value, 1))).quantize(Decimal("0.1")) for value in line)]
        for name, line in zip([*PLACES[: len(exact) - 1], "Summe"], exact, strict=True)
    ]
    made = Made([["in Tsd. €", *heads], *rows], layout="thousands")
    made.places = {(row, column): 1 for row in range(1, len(rows) + 1) for column in range(1, len(heads) + 1)}
    return made


def no_margins(chance: random.Random) -> Made:
    """Numbers that do not add up to anything, and claim nothing."""
    heads = chance.sample(["Fälle", "Durchschnittsalter", "Einwohner", "Fälle je 1.000 Einwohner", "Beratungsdauer",
                           "VZÄ", "Veranstaltungen", "Kontakte"], chance.randint(1, 5))  # fmt: skip
    names = chance.sample(PLACES, chance.randint(2, 12))
    rows: list[list[str | Number]] = [[name, *(Decimal(chance.randint(1, 900)) for _ in heads)] for name in names]
    if chance.random() < 0.3:
        rows.append(["Durchschnitt", *(Decimal(chance.randint(1, 900)) for _ in heads)])
    return Made([["Kommune", *heads], *rows], layout="no margins")


def of_others(chance: random.Random) -> Made:
    """A total of another day or of other people, and a note that says so."""
    names = chance.sample(PLACES, chance.randint(3, 8))
    columns = chance.randint(1, 3)
    counts = [[Decimal(chance.randint(5, 300)) for _ in range(columns)] for _ in names]
    sums = [sum((line[at] for line in counts), Decimal(0)) + chance.randint(3, 90) for at in range(columns)]
    label, note = chance.choice([
        ("Insgesamt (Stand 31.12.2021)", "Stand: 30.06.2022"),
        ("Insgesamt einschl. Troisdorf", ""),
        ("Kreis insgesamt ¹", "¹ einschließlich nicht zugeordneter Personen"),
        ("Insgesamt*", "* Stichtag 01.01.2022, übrige Angaben 30.06.2022"),
        ("Summe", "Mehrfachnennungen möglich"),
    ])  # fmt: skip
    rows: list[list[str | Number]] = [[name, *line] for name, line in zip(names, counts, strict=True)]
    rows.append([label, *sums])
    tail: list[list[str | Number]] = [[note, *[None] * columns]] if note else []
    return Made([["Kommune", *[f"Gruppe {at}" for at in range(columns)]], *rows, *tail], layout="of others")


def changes(chance: random.Random) -> Made:
    """Two years, the difference and the change in percent."""
    names = chance.sample(PLACES, chance.randint(4, 10))
    counts = [[Decimal(chance.randint(20, 900)) for _ in range(2)] for _ in names]
    counts.append([sum((line[at] for line in counts), Decimal(0)) for at in range(2)])
    rows: list[list[str | Number]] = [
        [name, old, new, new - old, share(new - old, old, 1)]
        for name, (old, new) in zip([*names, "Insgesamt"], counts, strict=True)
    ]
    made = Made([["Kommune", "2021", "2022", "Veränderung absolut", "Veränderung in %"], *rows], layout="changes")
    made.linked = [(row, column) for row in range(1, len(rows) + 1) for column in range(1, 5)]
    made.places = {(row, 4): 1 for row in range(1, len(rows) + 1)}
    return made


MAKERS: dict[str, Callable[[random.Random], Made]] = {
    "crosstab": crosstab, "subtotals": subtotals, "two heads": two_heads, "long": long, "finance": finance,
    "only shares": only_shares, "thousands": thousands, "no margins": no_margins, "of others": of_others,
    "changes": changes,
}  # fmt: skip


def planted(made: Made, chance: random.Random) -> tuple[Made, tuple[int, int]] | None:
    """One wrong number in a cell that others depend on, or None if the table has no such cell."""
    cells = [at for at in made.linked if isinstance(made.cells[at[0]][at[1]], Decimal)]
    if not cells:
        return None
    at = chance.choice(cells)
    old = made.cells[at[0]][at[1]]
    assert isinstance(old, Decimal)
    step = Decimal(1).scaleb(-made.places.get(at, 0))
    least = 3 if at in made.percents or made.layout in {"only shares"} else 1
    if made.layout == "only shares":
        least = 6
    kind = chance.choice(["off", "digit", "tenfold", "swap"])
    new = old + chance.choice([1, -1]) * step * chance.randint(least, least + 9)
    digits = f"{old / step:.0f}"
    if kind == "digit" and abs(old) >= 10 * step:
        place = chance.randrange(len(digits.lstrip("-")) - 1)
        new = old + step * (10 ** (len(digits.lstrip("-")) - 1 - place)) * chance.choice([1, 2, -1])
    elif kind == "tenfold" and old:
        new = old * 10
    elif kind == "swap" and len(digits) > 2 and digits[-1] != digits[-2]:
        new = Decimal(digits[:-2] + digits[-1] + digits[-2]) * step
    if new < 0 <= old:
        new = old + step * least
    if new == old or abs(new - old) < least * step:
        new = old + step * least
    return made.copy_with(at, new), at


def written(made: Made, chance: random.Random) -> tuple[bytes, int]:
    """The table as a file, and how many rows stand above it."""
    titles = [[], [["Tabelle 1: Beratungen im Kreis"]], [["Ergebnisbericht 2022"], ["Stand: 31.12.2022"], []]]
    above: list[list[str]] = chance.choice(titles)
    if chance.random() < 0.2:
        return _workbook(made, above), len(above)
    delimiter = chance.choice(";;;\t,")
    grouped, nil, marks = chance.random() < 0.6, chance.choice(["0", "-", "–"]), chance.random() < 0.2
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=delimiter, lineterminator=chance.choice(["\n", "\r\n"]))
    for line in above:
        sheet.writerow([*line, *[""] * (len(made.cells[0]) - len(line))] if chance.random() < 0.5 else line)
    for number, row in enumerate(made.cells):
        texts = []
        for column, cell in enumerate(row):
            text = _text(made, number, column, cell, grouped, nil)
            if marks and isinstance(cell, Decimal) and cell and chance.random() < 0.1:
                text += chance.choice(["¹", " 1)", "*"])
            texts.append(text)
        sheet.writerow(texts)
    text = out.getvalue()
    encoding = chance.choice(["utf-8", "utf-8-sig", "cp1252"])
    return text.encode(encoding), len(above)


def _text(made: Made, row: int, column: int, cell: str | Number, grouped: bool, nil: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if not cell and not made.places.get((row, column)):
        return nil
    shown = f"{cell:,.{made.places.get((row, column), 0)}f}".translate(str.maketrans(",.", ".,"))
    shown = shown if grouped else shown.replace(".", "")
    if (row, column) in made.percents:
        return shown + " %"
    return shown + (" €" if made.is_money and grouped else "")


def _workbook(made: Made, above: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, line in enumerate(above):
        for column, text in enumerate(line):
            sheet.write(number, column, text)
    for number, row in enumerate(made.cells, start=len(above)):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                sheet.write(number, column, float(cell) if isinstance(cell, Decimal) else cell)
    book.close()
    return out.getvalue()
