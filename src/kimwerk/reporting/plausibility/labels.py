"""What the words in head and first columns say about a line: a total, a balance, a share, another date."""

from __future__ import annotations

import re

_TOTAL = re.compile(
    r"(?:(?:zwischen|teil|end|gesamt)?summen?|(?:ins)?gesamt|total|zusammen|sum|σ|∑|ges|insg|zus|alle(?: \w+)?|"
    r"\w+ (?:ins)?gesamt|\w+ zusammen|gesamt(?:ergebnis|betrag|zahl|wert)|.+ (?:insgesamt|zusammen|gesamt|total))"
    r"(?:\b|$)|(?:zwischen|teil)?summen?\b.*",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"[\w-]*-?kreis(?: [\w-]+)?|nrw|nordrhein-westfalen|land(?: nrw)?|deutschland|bund(?:esgebiet)?", re.IGNORECASE
)
_PARTIAL = re.compile(r"zwischen|teilsumme|zusammen|^zus\.|^summe \w|\w (?:ins)?gesamt$", re.IGNORECASE)
_BALANCE = re.compile(r"\b(?:saldo|überschuss|fehlbetrag|jahresergebnis|ergebnis|zuschussbedarf|unterdeckung)", re.I)
_CHANGE = re.compile(r"veränderung|differenz|zunahme|abnahme|zuwachs|zu-/ab|entwicklung|±|\+/-|abweichung|diff\.", re.I)
_CUMULATED = re.compile(r"kumul|aufgelaufen|fortlaufend", re.I)
_PERCENT = re.compile(r"%|prozent|\banteil|anteil\b|anteile\b|v\. ?h\.", re.I)
_NOT_ADDED = re.compile(
    r"durchschnitt|\bmittel(?:wert)?\b|median|quote\b|\brate\b|\bje\b|\bpro\b|index|ø|dichte|\bsatz\b|faktor|verhältnis|"
    r"\bminimum|\bmaximum|\bmin\b|\bmax\b|\balter in\b|einwohner je|\bpreis\b|rang\b|note\b",
    re.I,
)
_NAMES = re.compile(
    r"(?:lfd\.? ?)?nr\.?|nummer|ags|ars|plz|postleitzahl|code|schlüssel|kennziffer|id|jahr|kw|kalenderwoche|monat|"
    r"woche|quartal|rang|lfd\.?|gemeindeschlüssel|haushaltsjahr|alter|berichtsjahr|tag|year|zeile|pos\.?|position|"
    r"kapitel|titel|konto|produkt|produktgruppe|kostenstelle|gkz",
    re.I,
)
_ROUNDED = re.compile(
    r"\btsd|\bt€|\bteuro|\bmio|\bmrd|in 1\.?000|in tausend|gerundet|rundung|tausend euro|millionen|hochrechnung", re.I
)
_SEVERAL = re.compile(r"mehrfach(?:nennung|zählung|antwort|zuordn)|mehrere antworten|doppelzählung", re.I)
_OTHER_PEOPLE = re.compile(
    r"\bohne\b|einschl|\binkl\b|inklusive|\bincl|nachrichtlich|\bmit ausnahme|außer\b|nicht enthalten|nicht zugeordnet"
    r"|ohne angabe nicht|zuzüglich|\bzzgl|abzüglich|andere (?:grundgesamtheit|abgrenzung|erhebung)|abweichende|"
    r"grundgesamtheit|kreisgebiet|landesweit|nur (?!\d)\w+",
    re.I,
)
_DATE = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})\b|\b(?:19|20)\d\d\b")
_MONTHS = r"jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez"
_OTHER_DATE = re.compile(
    rf"\bstand\b|stichtag|\bper\b|\bzum \d|{_DATE.pattern}|\b(?:{_MONTHS})\w*\.? (?:19|20)\d\d", re.I
)
_PART_ONLY = re.compile(r"^[\s\-–•]*(?:darunter|dar\.|z\. ?b\.|u\. ?a\.|nachrichtlich|und zwar)", re.I)
_THEREOF = re.compile(r"^[\s\-–•]*(?:davon|dav\.|d\. ?v\.|darin|hiervon)", re.I)
_BULLET = re.compile(r"^(?:[-–•·]\s+|davon|darunter|dav\.|dar\.|und zwar|nachrichtlich)", re.I)
_OUTLINE = re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)\.?\s")


def is_total(label: str) -> bool:
    """The label names a sum as such."""
    return bool(_TOTAL.fullmatch(_core(label)))


def is_region(label: str) -> bool:
    """A district or a Land, which a list of municipalities or districts ends with."""
    return bool(_REGION.fullmatch(_core(label)))


def is_partial_total(label: str) -> bool:
    """A sum of what stands since the last one, not of everything."""
    return bool(_PARTIAL.search(_core(label)))


def is_balance(label: str) -> bool:
    """The difference of two sums."""
    return bool(_BALANCE.search(label))


def is_change(label: str) -> bool:
    """What has become more or less since the line before."""
    return bool(_CHANGE.search(label))


def is_cumulated(label: str) -> bool:
    """A running sum."""
    return bool(_CUMULATED.search(label))


def is_percent(label: str) -> bool:
    """Shares of something."""
    return bool(_PERCENT.search(label)) and not re.search(r"stellenanteil|vzä|vollzeit", label, re.I)


def is_not_added(label: str) -> bool:
    """Averages and rates: nobody would add them."""
    return bool(_NOT_ADDED.search(label))


def names_rows(label: str) -> bool:
    """The column holds names, though they may look like numbers."""
    return bool(_NAMES.fullmatch(label.strip().strip(".:")))


def is_rounded(text: str) -> bool:
    """Says that numbers are rounded, such as thousands."""
    return bool(_ROUNDED.search(text))


def counts_several_times(text: str) -> bool:
    """Says that one person may stand in several lines."""
    return bool(_SEVERAL.search(text))


def is_of_others(text: str) -> bool:
    """Says that a line is of another population."""
    return bool(_OTHER_PEOPLE.search(text))


def is_of_another_day(text: str) -> bool:
    """Says of which day or year a line is."""
    return bool(_OTHER_DATE.search(text))


def dates_in(text: str) -> frozenset[str]:
    """The days and years that are named."""
    return frozenset(re.sub(r"\s", "", found) for found in _DATE.findall(text))


def is_part_only(label: str) -> bool:
    """A part beside others that are not shown."""
    return bool(_PART_ONLY.search(label))


def is_thereof(label: str) -> bool:
    """The first part of the line above."""
    return bool(_THEREOF.search(label))


def level_of(label: str) -> int:
    """How far a label is indented: by spaces, a bullet, or the number of an outline."""
    bare = label.replace("\u00a0", " ").replace("\t", "  ")
    spaces = len(bare) - len(bare.lstrip())
    outline = _OUTLINE.match(bare.strip())
    return spaces + (bool(_BULLET.match(bare.strip()))) + (outline[1].count(".") if outline else 0)


def _core(label: str) -> str:
    """The label without bullets, footnote marks, dates and what stands in brackets."""
    bare = re.sub(r"\(.*?\)|[¹²³⁴⁵⁶⁷⁸⁹*†:]|\b\d\)$|^[=Σ∑]\s*(?=\w)", "", label)
    bare = _DATE.sub("", bare)
    return re.sub(r"\s+", " ", re.sub(r"^[\s\-–•]+", "", bare)).strip(" ,;.-–") or ""


def is_money(label: str) -> bool:
    """Amounts, which may be negative."""
    return bool(re.search(r"€|eur|betrag|kosten|ertr|aufwend|förder|ausgab|einnahm|zuschuss", label, re.I))


def marks_in(label: str) -> tuple[str, ...]:
    """The footnote marks at the end of a label."""
    found = re.search(r"(?:([¹²³⁴⁵⁶⁷⁸⁹*†]+)|\s(\d{1,2})\)|\[(\w)\])\s*$", label)
    return tuple(mark.translate(_RAISED) for mark in found.groups() if mark) if found else ()


_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


def is_note_of(note: str, mark: str) -> bool:
    """The note begins with the mark."""
    return bool(re.match(rf"\s*[\[(]?{re.escape(mark)}[\])]?\W", note.translate(_RAISED)))


def speaks_of_total(note: str) -> bool:
    """A note, longer than a label, about the total."""
    return (
        len(note) > 25
        and bool(re.search(r"insgesamt|gesamt|summe|total", note, re.I))
        and (is_of_others(note) or bool(re.search(r"\bstand\b|stichtag|abweich|zeitpunkt", note, re.I)))
    )
