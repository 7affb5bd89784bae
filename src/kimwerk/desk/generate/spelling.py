"""What invented names are made of, and how they are written in other alphabets."""

from __future__ import annotations

STEMS = ("Muster", "Beispiel", "Probe", "Erfund", "Niemand", "Irgend", "Namlos", "Jeder")
SYLLABLES = ("ba", "de", "fi", "go", "ka", "le", "mi", "no", "pa", "ra", "si", "to", "va", "ze", "la", "ne")
ORIGINS = (
    ("166", "ukr", "Cyrl", ("enko", "tschuk", "ska", "yk"), ("Oksana", "Olena", "Iryna", "Mykola", "Andrij", "Taras")),
    ("475", "ara", "Arab", ("ani", "wi", "sayid", "ri"), ("Fatima", "Amal", "Jamal", "Karim", "Nur", "Samir")),
    ("423", "prs", "Arab", ("zada", "zai", "maliki", "yar"), ("Ahmad", "Reza", "Zahra", "Omid", "Mina", "Bashir")),
    ("163", "tur", "", ("oğlu", "bey", "er", "soy"), ("Yusuf", "Elif", "Ayşe", "Emre", "Deniz", "Selin")),
    ("154", "ron", "", ("escu", "eanu", "ache", "oiu"), ("Ionela", "Petru", "Maria", "Andrei", "Elena", "Radu")),
)
CYRILLIC = dict(zip("abdefgijklmnoprstuvyzhcwxq", "абдефгийклмнопрстувизхцвкк", strict=True))
ARABIC = dict(zip("abdefgijklmnoprstuvyzhcwxq", "ابديفغيجكلمنوبرستوفيزهكوكق", strict=True))
ALPHABETS = {"Cyrl": CYRILLIC, "Arab": ARABIC}


def written(word: str, script: str) -> str:
    """The word letter by letter in another alphabet; empty where the origin writes in Latin letters."""
    alphabet = ALPHABETS.get(script, {})
    return "".join(alphabet.get(letter, "") for letter in word.lower())
