"""The list of materials of a bundle, in CycloneDX's form (ECMA-424)."""

from collections.abc import Sequence
from pathlib import Path

from bundling import Program
from contents import OURSELVES, PYTHON, SYSTEM, WEIGHTS, WHEEL, Item, Origin, origins, wheel
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from identity import version_number
from packageurl import PackageURL

_LICENCES = {PYTHON: "PSF-2.0", WEIGHTS: "Apache-2.0"}
_WORDS_OF_WHEELS = {"pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception"}
"""Where what a wheel says of itself leaves out what matters here."""
_LONGEST_LICENCE_NAME = 60  # some wheels put the whole text where the name should stand


def write_sbom(program: Program, items: Sequence[Item], target: Path) -> None:
    """Write which works, in which versions and under which licences, a bundle is made of.

    Args:
        program: Which.
        items: What its bundle holds.
        target: The JSON file.
    """
    licences = LicenseFactory()
    bom = Bom()
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION,
        name=program.key,
        version=version_number(),
        description=program.description,
        licenses=[licences.make_from_string("MIT")],
    )
    parts = [_component(origin, licences) for origin in origins(items) if origin != OURSELVES]
    bom.components.update(parts)
    bom.register_dependency(bom.metadata.component, parts)
    target.write_text(JsonV1Dot6(bom).output_as_string(indent=1), encoding="utf-8")


def _component(origin: Origin, licences: LicenseFactory) -> Component:
    words = licence_words(origin)
    return Component(
        type=ComponentType.LIBRARY,
        name=origin.name,
        version=origin.version,
        purl=_package_url(origin),
        licenses=[licences.make_from_string(words)] if words else [],
    )


def licence_words(origin: Origin) -> str:
    """A wheel's licence in its own words; empty where it has none short enough."""
    if origin.kind != WHEEL:
        return _LICENCES.get(origin.kind, "")
    if origin.name in _WORDS_OF_WHEELS:
        return _WORDS_OF_WHEELS[origin.name]
    facts = wheel(origin).metadata.json
    classifiers = [row for row in facts.get("classifier", ()) if row.startswith("License")]
    candidates = (
        str(facts.get("license_expression", "")),
        str(facts.get("license", "")).strip(),
        *(row.rsplit(" :: ", 1)[-1] for row in classifiers),
    )
    return next((each for each in candidates if each and len(each) <= _LONGEST_LICENCE_NAME), "")


def _package_url(origin: Origin) -> PackageURL:
    if origin.kind == WHEEL:
        return PackageURL("pypi", None, origin.name.lower().replace("_", "-"), origin.version)
    if origin.kind == SYSTEM:
        return PackageURL("deb", "debian", origin.name, origin.version)
    return PackageURL("generic", None, origin.name, origin.version)
