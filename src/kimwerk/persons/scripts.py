"""Names of other scripts in Latin letters, in the several ways in which passports and offices write them.

Made for finding, not for writing: each word comes out in search form, once for every usual way.
Arabic script writes no short vowels; an A between consonants stands for all of them, which the
phonetic code passes over.
"""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import name, normalize

from kimwerk.kernel.names import search_form

SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "GREEK": "Grek",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "HEBREW": "Hebr",
    "ETHIOPIC": "Ethi",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "THAI": "Thai",
    "CJK": "Hani",
    "HANGUL": "Hang",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
}
UNKNOWN_SCRIPT = "Zyyy"
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})

_CYRILLIC = {  # capitals here, for reading; looked up in small letters
    **dict(
        zip(
            "АБВГДЕЗИЙКЛМНОПРСТУФЫЭ",
            [
                "A",
                "B",
                "V",
                "G",
                "D",
                "E",
                "Z",
                "I",
                "I",
                "K",
                "L",
                "M",
                "N",
                "O",
                "P",
                "R",
                "S",
                "T",
                "U",
                "F",
                "Y",
                "E",
            ],
            strict=True,
        )
    ),
    **{"Ё": "E", "Ж": "ZH", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ъ": "IE", "Ь": "", "Ю": "IU"},
    **{"Я": "IA", "І": "I", "Ї": "I", "Є": "IE", "Ґ": "G", "Ў": "U", "Ј": "J", "Љ": "LJ", "Њ": "NJ", "Ћ": "C"},
    **{"Ђ": "DJ", "Џ": "DZ", "Ѓ": "G", "Ќ": "K", "Ѕ": "DZ"},
}
_ENGLISH = {"Й": "Y", "Ё": "YO", "Ю": "YU", "Я": "YA", "Є": "YE", "Ї": "YI"}
_GERMAN = {
    **{"В": "W", "Ж": "SCH", "З": "S", "Х": "CH", "Ц": "Z", "Ч": "TSCH", "Ш": "SCH", "Щ": "SCHTSCH", "Й": "J"},
    **{"Ё": "JO", "Ю": "JU", "Я": "JA", "Є": "JE", "Ї": "JI", "Ъ": ""},
}
_UKRAINIAN = {"Г": "H", "И": "Y"}
_GREEK = {
    **dict(
        zip(
            "ΑΒΓΔΕΖΗΙΚΛΜΝΞΟΠΡΣΤΥΦΧΩ",
            [
                "A",
                "V",
                "G",
                "D",
                "E",
                "Z",
                "I",
                "I",
                "K",
                "L",
                "M",
                "N",
                "X",
                "O",
                "P",
                "R",
                "S",
                "T",
                "Y",
                "F",
                "CH",
                "O",
            ],
            strict=True,
        )
    ),
    **{"Θ": "TH", "Ψ": "PS", "ς": "S"},
}
_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        [
            "A",
            "B",
            "G",
            "D",
            "E",
            "V",
            "Z",
            "T",
            "I",
            "K",
            "L",
            "M",
            "N",
            "O",
            "P",
            "ZH",
            "R",
            "S",
            "T",
            "U",
            "P",
            "K",
            "GH",
            "Q",
            "SH",
            "CH",
            "TS",
            "DZ",
            "TS",
            "CH",
            "KH",
            "J",
            "H",
        ],
        strict=True,
    )
)
_ARABIC_CONSONANTS = {
    **dict(
        zip(
            "بتثجحخدذرزسشصضطظغفقكلمنه",
            [
                "B",
                "T",
                "TH",
                "J",
                "H",
                "KH",
                "D",
                "DH",
                "R",
                "Z",
                "S",
                "SH",
                "S",
                "D",
                "T",
                "Z",
                "GH",
                "F",
                "Q",
                "K",
                "L",
                "M",
                "N",
                "H",
            ],
            strict=True,
        )
    ),
    **{"پ": "P", "چ": "CH", "ژ": "ZH", "گ": "G", "ک": "K", "ڤ": "V", "ڕ": "R", "ڵ": "L"},
}
_ARABIC_VOWELS = {"ا": "A", "آ": "A", "أ": "A", "إ": "I", "ى": "A", "ة": "A", "ع": "A", "ء": "", "ئ": "I", "ؤ": "U"}
_ARABIC_GLIDES = {"و": ("U", "W"), "ي": ("I", "Y"), "ی": ("I", "Y"), "ۆ": ("O", "O"), "ێ": ("E", "E"), "ە": ("E", "E")}


def _way(*tables: Mapping[str, str]) -> Mapping[str, str]:
    return {letter.lower(): latin for table in tables for letter, latin in table.items()}


_WAYS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "Cyrl": (
        _way(_CYRILLIC),
        _way(_CYRILLIC, _ENGLISH),
        _way(_CYRILLIC, _GERMAN),
        _way(_CYRILLIC, _UKRAINIAN),
        _way(_CYRILLIC, _ENGLISH, _UKRAINIAN),
        _way(_CYRILLIC, _GERMAN, _UKRAINIAN),
    ),
    "Grek": (_way(_GREEK),),
    "Geor": (_way(_GEORGIAN),),
}


def script_of(text: str) -> str:
    """The ISO 15924 code of the first letter's script, "Zyyy" for scripts that the list does not have."""
    for char in text:
        if char.isalpha():
            words = name(char, "").split()
            return SCRIPTS.get(words[0], UNKNOWN_SCRIPT) if words else UNKNOWN_SCRIPT
    return UNKNOWN_SCRIPT


def is_right_to_left(script: str) -> bool:
    """Whether the script is written from the right."""
    return script in RIGHT_TO_LEFT


def transliterations(word: str) -> tuple[str, ...]:
    """The word as it was typed, in Latin capitals, each usual way once; none for Latin words."""
    script = script_of(word)
    letters = normalize("NFC", word).lower()
    if script == "Arab":
        return tuple(filter(None, (_arabic(letters),)))
    ways = ("".join(_latin(letter, way) for letter in letters) for way in _WAYS.get(script, ()))
    return tuple(dict.fromkeys(filter(None, map(search_form, ways))))


def _latin(letter: str, way: Mapping[str, str]) -> str:
    """The letter, or where the table does not have it, the letter without its accents."""
    return way.get(letter, way.get(normalize("NFD", letter)[0], ""))


def _arabic(letters: str) -> str:
    """Consonants with an A between them where the writing leaves a vowel out: محمد is MAHAMAD."""
    sounds: list[str] = []
    has_vowel = True
    for place, char in enumerate(letters):
        if char in _ARABIC_CONSONANTS:
            if not has_vowel:
                sounds.append("A")
            sounds.append(_ARABIC_CONSONANTS[char])
            has_vowel = False
        elif char in _ARABIC_GLIDES:
            vowel, glide = _ARABIC_GLIDES[char]
            sounds.append(glide if place == 0 or has_vowel else vowel)
            has_vowel = not (place == 0 or has_vowel)
        elif char in _ARABIC_VOWELS:
            sounds.append(_ARABIC_VOWELS[char])
            has_vowel = True
    return "".join(sounds)
