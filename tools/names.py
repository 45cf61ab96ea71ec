"""Writes the names in other languages into data/names.yaml, from the Unicode CLDR, ISO 3166 and the United Nations.

    .venv/bin/python tools/names.py

It keeps what people wrote there (names, codes, regions, aliases, refused texts) and rewrites two things: `names:` of
each State, and the part of `also:` of a refused territory that comes from the libraries. Babel has the CLDR, pycountry
has ISO 3166 with translated names; both are development dependencies. The names that the United Nations use are in
tools/un_names.tsv. A text that would name two States is not written but reported; add it under `refused:` by hand.
"""

import csv
import gettext
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from opsc_cli.dataset.reader import read
from opsc_cli.spelling import normalised

ROOT = Path(__file__).parents[1]
NAMES = ROOT / "data" / "names.yaml"
LANGUAGES = {"ar": ("ar",), "es": ("es",), "fr": ("fr",), "ru": ("ru",), "zh": ("zh", "zh_Hant", "zh_Hant_HK")}
CATALOGUES = {"zh": "zh_CN", "zh_Hant": "zh_TW", "zh_Hant_HK": "zh_HK"}
KOSOVO = "XK"
"""The code in the CLDR; ISO 3166 has none."""


def states_names(iso3: str, iso2: str, un: Mapping[str, str]) -> dict[str, list[str]]:
    """The names of one State by language; the first is the one that the United Nations use."""
    found = {
        language: [
            *(un[f"{language}_{form}"] for form in ("m49", "short", "formal")),
            *(text for locale in locales for text in library_names(iso3, iso2, locale)),
        ]
        for language, locales in LANGUAGES.items()
    }
    found["own"] = [text for locale in own_languages(iso2) for text in library_names(iso3, iso2, locale)]
    return found


MISTRANSLATED = "संघीय प्रजातन्त्रिक गणराज्य, ईथोपिया"
"""Ethiopia's name, which the catalogue in Nepali gives as the official name of Nepal."""


def library_names(iso3: str, iso2: str, locale: str) -> Iterator[str]:
    """The names of a State or territory in the CLDR and in the translations of ISO 3166."""
    yield Locale.parse(locale).territories.get(iso2, "")
    country = pycountry.countries.get(alpha_3=iso3)
    if country is None:
        return
    catalogue = _catalogue(CATALOGUES.get(locale, locale))
    for field in ("name", "official_name", "common_name"):
        english = getattr(country, field, None)
        if english and catalogue and catalogue.gettext(english) not in (english, MISTRANSLATED):
            yield catalogue.gettext(english)


def _catalogue(language: str) -> gettext.NullTranslations | None:
    try:
        return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])
    except FileNotFoundError:
        return None


def own_languages(iso2: str) -> list[str]:
    """The languages that are official in the whole State and for which the CLDR has its name."""
    spoken = get_global("territory_languages").get(iso2, {})
    official = [code for code, facts in spoken.items() if facts["official_status"] in ("official", "de_facto_official")]
    return [code for code in official if _known(code)]


def _known(code: str) -> bool:
    try:
        return bool(Locale.parse(code).territories)
    except (UnknownLocaleError, ValueError):
        return False


def printed(text: str) -> str:
    """`text` on one line, without invisible characters (direction marks, joiners)."""
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf").replace("\xa0", " ")
    return " ".join(shown.split())


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def table() -> dict[str, Any]:
    """The content of data/names.yaml with new names."""
    document: dict[str, Any] = read(NAMES).value
    with (ROOT / "tools" / "un_names.tsv").open(encoding="utf-8") as file:
        un = {row["iso3"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    candidates = {iso3: states_names(iso3, state["iso2"], un[iso3]) for iso3, state in document["states"].items()}
    _add_territories(document)
    bearers = _bearers(document, candidates)
    for iso3, state in document["states"].items():
        state["names"] = _only_its_own(iso3, state, candidates[iso3], bearers)
    return document


def _bearers(document: dict[str, Any], candidates: Mapping[str, Mapping[str, list[str]]]) -> dict[str, set[str]]:
    """The States that each normalised text would name."""
    bearers: dict[str, set[str]] = {}
    for iso3, state in document["states"].items():
        by_hand = (iso3, state["iso2"], state["m49"], state["name"], state.get("formal", ""), *state.get("aliases", ()))
        for text in (*by_hand, *(text for texts in candidates[iso3].values() for text in texts)):
            bearers.setdefault(normalised(text), set()).add(iso3)
    return bearers


def _only_its_own(
    iso3: str, state: Mapping[str, Any], candidates: Mapping[str, list[str]], bearers: Mapping[str, set[str]]
) -> dict[str, list[str]]:
    """The texts that name only this State, without duplicates; the first name of a language is always kept."""
    told = {normalised(t) for t in (state["name"], state.get("formal", ""), *state.get("aliases", ()))}
    names: dict[str, list[str]] = {}
    for language, texts in candidates.items():
        kept = []
        for n, text in enumerate(map(printed, texts)):
            alike = normalised(text)
            if alike and bearers[alike] != {iso3}:
                print(f"{text!r} would name {sorted(bearers[alike])}", file=sys.stderr)
            elif alike and (alike not in told or (n == 0 and language != "own")):
                kept.append(text)
                told.add(alike)
        names[language] = kept
    return {language: texts for language, texts in names.items() if texts}


def _add_territories(document: dict[str, Any]) -> None:
    """Adds codes and names, in every language, of territories that have a code but are not States on record."""
    refused = {normalised(text): entry for text, entry in document["refused"].items()}
    for iso3, iso2, numeric, english in _territories(document["states"]):
        entry = next((refused[normalised(text)] for text in english if normalised(text) in refused), None)
        if entry is None:
            print(f"no refused text for {english}", file=sys.stderr)
            continue
        by_library = [text for ls in LANGUAGES.values() for locale in ls for text in library_names(iso3, iso2, locale)]
        texts = [*entry.get("also", ()), iso2, iso3, numeric, *english, *map(printed, by_library)]
        told = set(refused)
        entry["also"] = [
            text for text in texts if text and not (normalised(text) in told or told.add(normalised(text)))
        ]


def _territories(states: Mapping[str, Any]) -> Iterator[tuple[str, str, str, list[str]]]:
    english = Locale.parse("en").territories
    for country in pycountry.countries:
        if country.alpha_3 not in states:
            names = [country.name, english[country.alpha_2], getattr(country, "common_name", "")]
            yield country.alpha_3, country.alpha_2, country.numeric, [name for name in names if name]
    yield "XKX", KOSOVO, "", [english[KOSOVO]]


# ── layout of the file ───────────────────────────────────────────────────────────────────────────────────

_ORDER = ("name", "formal", "iso2", "m49", "region", "aliases", "names", "because", "candidates", "also")


def text_of(document: Mapping[str, Any]) -> str:
    """The text of the file: its present comment, then the table in block style."""
    head = [line for line in NAMES.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    return "\n".join((*head, *_lines(document, 0), ""))


def _lines(value: Mapping[str, Any], indent: int) -> Iterator[str]:
    margin = " " * indent
    for key in sorted(value, key=lambda k: _ORDER.index(k) if k in _ORDER else -1):
        match value[key]:
            case str() as text:
                yield f"{margin}{_scalar(key)}: {_scalar(text)}"
            case list() as texts:
                yield f"{margin}{_scalar(key)}:"
                yield from (f"{margin}  - {_scalar(text)}" for text in texts)
            case inner:
                yield f"{margin}{_scalar(key)}:"
                yield from _lines(inner, indent + 2)


def _scalar(text: str) -> str:
    """A text as YAML: plain if that reads back as the same text."""
    special = text[0] in "-?:,[]{}#&*!|>'\"%@`" or ": " in text or " #" in text or text.endswith(":")
    return "'" + text.replace("'", "''") + "'" if special else text


if __name__ == "__main__":
    NAMES.write_text(text_of(table()), encoding="utf-8")
