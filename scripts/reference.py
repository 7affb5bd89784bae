"""./run reference: fill in the tables of docs/reference that the code knows best.

A table stands between `<!-- table: NAME -->` and `<!-- end -->`; what is around it is written by hand.
`--check` changes nothing and fails where a page is not what the code says.
"""

from __future__ import annotations

import csv
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kimwerk.kernel.personal import Category, PersonalField

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "reference"
CATEGORIES = ROOT / "src" / "kimwerk" / "activities" / "data" / "categories.csv"
TABLE = re.compile(r"(<!-- table: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
ROOMS = (
    "accounts",
    "activities",
    "persons",
    "consent",
    "casework",
    "arrivals",
    "steering",
    "early_language",
    "events",
    "surveys",
    "needs",
    "network",
    "documents",
    "directory",
    "staffing",
    "finance",
    "reporting",
    "audit",
)
CATEGORY_WORDS = {
    "staff": "Beschäftigte",
    "contact": "Ansprechpersonen",
    "client": "könnte Ratsuchende betreffen",
    "special": "besondere Kategorie (Art. 9)",
    "secret": "Geheimnis",
}
RETENTION_WORDS = {
    "with_parent": "so lange wie der Datensatz, zu dem es gehört",
    "while_employed": "bis das Konto geschlossen ist",
    "statistics": "als Statistik, dann ohne Namen",
    "evidence": "als Nachweis",
    "short": "Tage",
}
ERASURE_WORDS = {
    "keep": "bleibt",
    "delete_row": "Zeile wird gelöscht",
    "blank": "wird geleert",
    "pseudonymise": "Name wird durch eine Nummer ersetzt",
}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", r"\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def roles() -> str:
    """Who somebody can be, numbered for the table of rights."""
    from kimwerk.access.roles import Role
    from kimwerk.accounts.types import ROLE_PURPOSES, RoleLabel

    rows = [
        (number, RoleLabel(role.value).label, ROLE_PURPOSES[role], f"`{role.value}`")
        for number, role in enumerate(Role, start=1)
    ]
    return table(("Nr.", "Rolle", "wozu", "im Programm"), rows)


def rights() -> str:
    """Every right, with a mark under each role that has it."""
    from kimwerk.access.actors import role_table
    from kimwerk.access.permissions import Permission
    from kimwerk.access.roles import Role
    from kimwerk.accounts.types import PERMISSION_LABELS

    held = role_table()
    rows = [
        (PERMISSION_LABELS[right], *("●" if held[role, right] else "" for role in Role), f"`{right.value}`")
        for right in Permission
    ]
    return table(("Recht", *(str(number) for number in range(1, len(Role) + 1)), "im Programm"), rows)


def categories(name: str) -> str:
    """One list of the categories a fresh installation starts with, and what they map to."""
    with CATEGORIES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["list"] == name]
    mapped = [scheme for scheme in rows[0] if scheme.startswith("scheme:") and any(row[scheme] for row in rows)]
    grouped = ["group"] if any(row["group"] for row in rows) else []
    titles = {"group": "zählt zu"} | {scheme: scheme.removeprefix("scheme:") for scheme in mapped}
    head = ("Bezeichnung", "Wörter und Kürzel", *(titles[column] for column in (*grouped, *mapped)), "Kennung")
    return table(
        head,
        (
            (
                row["label"],
                ", ".join(f"`{word}`" for word in row["words"].split("|") if word),
                *(row[column] for column in (*grouped, *mapped)),
                f"`{row['code']}`",
            )
            for row in rows
        ),
    )


def figures() -> str:
    """The catalogue of figures."""
    from kimwerk.kernel.figures import WindowKind
    from kimwerk.reporting.catalogue import figures as catalogue
    from kimwerk.reporting.wording import unit_label

    rows = [
        (
            figure.title,
            unit_label(figure.unit),
            "Stichtag" if figure.window_kind is WindowKind.REFERENCE_DATE else "Zeitraum",
            figure.counts,
            figure.population,
            f"`{figure.key}`",
        )
        for figure in catalogue()
    ]
    return table(("Kennzahl", "Einheit", "über", "was gezählt wird", "worunter", "Schlüssel"), rows)


def dimensions() -> str:
    """Along what figures can be broken down."""
    from kimwerk.reporting.catalogue import figures as catalogue

    found = {dimension.key: dimension for figure in catalogue() for dimension in figure.dimensions}
    rows = [
        (dimension.title, "ja" if dimension.is_multiple else "", f"`{dimension.key}`") for dimension in found.values()
    ]
    return table(("nach", "mehrere je Maßnahme möglich", "Schlüssel"), rows)


def personal() -> str:
    """Every field that tells of somebody, as the rooms declare it."""
    return table(
        ("Tabelle", "Felder", "über wen", "wie lange", "beim Löschen"),
        (
            (
                f"`{model}`",
                ", ".join(f"`{field}`" for field in fields),
                CATEGORY_WORDS[kind.category],
                RETENTION_WORDS[kind.retention],
                ERASURE_WORDS[kind.erasure],
            )
            for model, kind, fields in _declared()
            if kind.category is not Category.NONE
        ),
    )


def _declared() -> Iterator[tuple[str, PersonalField, list[str]]]:
    for room in ROOMS:
        declared: dict[str, dict[str, PersonalField]] = importlib.import_module(f"kimwerk.{room}.privacy").FIELDS
        for model, by_field in declared.items():
            for kind in dict.fromkeys(by_field.values()):
                yield model, kind, [field for field, declaration in by_field.items() if declaration == kind]


TABLES: dict[str, Callable[[], str]] = {
    "roles": roles,
    "rights": rights,
    **{
        f"categories {name}": partial(categories, name)
        for name in ("kind", "channel", "topic", "target_group", "legal_circle", "referral_target")
    },
    "figures": figures,
    "dimensions": dimensions,
    "personal fields": personal,
}


def filled(page: str) -> str:
    """The page with today's tables."""
    return TABLE.sub(lambda found: found[1] + TABLES[found[2]]() + found[3], page)


def outdated() -> list[tuple[Path, str]]:
    """Pages whose tables are not what the code says, with what they should be."""
    pages = [(path, path.read_text(encoding="utf-8")) for path in sorted(PAGES.glob("*.md"))]
    return [(path, new) for path, old in pages if (new := filled(old)) != old]


def main() -> int:
    """Fill in the tables, or name the pages that want it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimwerk.config.settings.test")
    os.environ.setdefault("DATABASE_URL", "postgresql:///not-used-by-the-reference")
    import django

    django.setup()
    is_check = "--check" in sys.argv[1:]
    wanting = outdated()
    for path, text in wanting:
        if is_check:
            print(f"{path.relative_to(ROOT)} is not up to date; ./run reference mends it")
        else:
            path.write_text(text, encoding="utf-8")
    return 1 if is_check and wanting else 0


if __name__ == "__main__":
    sys.exit(main())
