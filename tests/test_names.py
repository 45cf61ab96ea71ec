"""A State by any name: in six languages and its own, checked against the CLDR (Babel) and ISO 3166 (pycountry)."""

import csv
import importlib.util
import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pycountry
import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from opsc_cli.dataset.files import NamesFile
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.validate import typed
from opsc_cli.record.names import (
    Language,
    NotAState,
    find,
    find_among_others,
    in_language,
    index_of,
    refusals_of,
    texts_of,
)
from opsc_cli.record.records import Dataset
from opsc_cli.spelling import normalised
from tests.commands import frozen_dataset, opsc
from tests.conftest import ROOT, sample, tries


def _with_todays_names() -> Dataset:
    """The frozen dataset with the names of data/: a name may be added there without an edit here."""
    table = typed(read(ROOT / "data" / "names.yaml").value, NamesFile)
    index, refused = index_of(table.states), refusals_of(table.refused)
    return replace(frozen_dataset(), names=table.states, index=index, refused=refused)


DATASET = _with_todays_names()
CODES = [(iso3, name.iso2) for iso3, name in DATASET.names.items()]


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("names_tool", ROOT / "tools" / "names.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return DATASET


def meaning(text: str) -> str | NotAState:
    return find(text, DATASET.index, DATASET.refused)


def candidates(text: str) -> tuple[str, ...]:
    answer = meaning(text)
    assert isinstance(answer, NotAState), f"{text!r} means {answer}"
    return answer.candidates


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Österreich", "AUT"), ("中国", "CHN"), ("中國", "CHN"), ("Côte d’Ivoire", "CIV"), ("Costa de Marfil", "CIV"),
        ("Германия", "DEU"), ("مصر", "EGY"), ("Suisse", "CHE"), ("Schweiz", "CHE"), ("日本", "JPN"), ("भारत", "IND"),
        ("대한민국", "KOR"), ("Ελλάδα", "GRC"), ("ישראל", "ISR"), ("Magyarország", "HUN"), ("ประเทศไทย", "THA"),
        ("Bolivie (État plurinational de)", "BOL"), ("Estado Plurinacional de Bolivia", "BOL"), ("英国", "GBR"),
        ("Соединенные Штаты Америки", "USA"), ("США", "USA"), ("الإمارات العربية المتحدة", "ARE"),
    ],
)  # fmt: skip
def test_a_state_in_any_language(text: str, iso3: str) -> None:
    assert meaning(text) == iso3


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Swaziland", "SWZ"), ("Souaziland", "SWZ"), ("Свазиленд", "SWZ"), ("Burma", "MMR"), ("Birmanie", "MMR"),
        ("Macedonia", "MKD"), ("Macédoine", "MKD"), ("Cape Verde", "CPV"), ("Cap-Vert", "CPV"), ("Zaïre", "COD"),
        ("Haute-Volta", "BFA"), ("Ceylan", "LKA"), ("Turkey", "TUR"), ("Türkiye", "TUR"), ("Turquie", "TUR"),
        ("Cabo Verde", "CPV"), ("Czech Republic", "CZE"), ("Holland", "NLD"),
    ],
)  # fmt: skip
def test_a_former_or_common_name(text: str, iso3: str) -> None:
    assert meaning(text) == iso3


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("COTE D'IVOIRE", "CIV"), ("cote divoire", "CIV"), ("Timor Leste", "TLS"), ("guinée bissau", "GNB"),
        ("st. kitts & nevis", "KNA"), ("Saint Kitts and Nevis", "KNA"), ("Ste-Lucie", "LCA"), ("the Bahamas", "BHS"),
        ("Bahamas, The", "BHS"), ("Trinité & Tobago", "TTO"), ("Trinidad & Tobago", "TTO"), ("4", "AFG"), ("04", "AFG"),
        ("0004", "AFG"), ("l’Autriche", "AUT"), ("la France", "FRA"), ("les États-Unis d’Amérique", "USA"),
        ("los Estados Unidos", "USA"), ("الامارات العربية المتحدة", "ARE"), ("الأُرْدُنّ", "JOR"),
        ("Ａｕｓｔｒｉａ", "AUT"),
        ("el salvador", "SLV"), ("Sao Tome y Principe", "STP"), ("ET", "ETH"), ("st", "STP"), ("no", "NOR"),
        ("ＡＵＴ", "AUT"), ("U.S.A.", "USA"), ("u. k.", "GBR"),
    ],
)  # fmt: skip
def test_what_makes_no_difference(text: str, iso3: str) -> None:
    assert meaning(text) == iso3


@pytest.mark.parametrize(
    "text", ["&", "the", "Saint", "Ste", "l'", "the the", "'", "-", "0", "000", "٠٤٠", " ", "\u200f"]
)
def test_what_is_hardly_a_text_names_nothing_by_accident(text: str) -> None:
    """A conjunction or an article that was rewritten must not turn into a code ("&" into AND, Andorra)."""
    assert isinstance(meaning(text), NotAState)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Congo", {"COG", "COD"}), ("le Congo", {"COG", "COD"}), ("Конго", {"COG", "COD"}), ("刚果", {"COG", "COD"}),
        ("الكونغو", {"COG", "COD"}), ("Korea", {"KOR", "PRK"}), ("Corée", {"KOR", "PRK"}), ("Corea", {"KOR", "PRK"}),
        ("Корея", {"KOR", "PRK"}), ("Guyane", {"FRA", "GUY", "SUR"}), ("Îles Vierges", {"GBR", "USA"}),
    ],
)  # fmt: skip
def test_what_two_states_bear_is_refused_in_every_language(text: str, meant: set[str]) -> None:
    assert set(candidates(text)) == meant


@pytest.mark.parametrize(
    ("text", "belongs_to"),
    [
        ("Greenland", "DNK"), ("Groenland", "DNK"), ("GL", "DNK"), ("GRL", "DNK"), ("304", "DNK"), ("格陵兰", "DNK"),
        ("Hong Kong", "CHN"), ("香港", "CHN"), ("TW", "CHN"), ("Taïwan", "CHN"), ("中华民国", "CHN"),
        ("la Réunion", "FRA"), ("Guadalupe", "FRA"), ("Guayana Francesa", "FRA"), ("Puerto Rico", "USA"),
        ("Gaza", "PSE"), ("Géorgie du Sud", "GBR"), ("East Pakistan", "BGD"),
        ("Écosse", "GBR"), ("Англия", "GBR"), ("Islas Malvinas", "GBR"), ("Canarias", "ESP"), ("Groenlandia", "DNK"),
    ],
)  # fmt: skip
def test_a_territory_is_refused_with_its_state(text: str, belongs_to: str) -> None:
    assert candidates(text) == (belongs_to,)


@pytest.mark.parametrize("text", ["Mỹ", "Bỉ", "Áo", "Muş", "ÉT"])
def test_a_code_has_no_accents(text: str) -> None:
    """The United States, Belgium and Austria in Vietnamese are not Malaysia, Burundi and Angola."""
    assert isinstance(meaning(text), NotAState)


@pytest.mark.parametrize(
    ("text", "belongs_to"),
    [("Alaska", "USA"), ("Wake Island", "USA"), ("Corse", "FRA"), ("Крым", "UKR"), ("Ceuta", "ESP"), ("Cayman", "GBR")],
)
def test_a_part_is_refused_with_its_state(text: str, belongs_to: str) -> None:
    assert candidates(text) == (belongs_to,)


def test_two_codes_are_no_third_state() -> None:
    """CH AD, Switzerland and Andorra, is not Chad."""
    codes = sample([name.iso2 for name in DATASET.names.values()], 8)
    for first, second in itertools.permutations(codes, 2):
        assert isinstance(meaning(f"{first} {second}"), NotAState), (first, second)


@pytest.mark.parametrize("between", [" ", ",", "-", "/", ";", ", "])
def test_codes_in_a_row_are_refused_with_their_states(between: str) -> None:
    assert candidates(f"CH{between}AD") == ("CHE", "AND")
    assert candidates(f"ISL{between}AND") == ("ISL", "AND")
    assert candidates(f"pe{between}ru{between}nam") == ("PER", "RUS", "NAM")


def test_the_code_of_a_part_is_no_state() -> None:
    """ISO 3166-2: SE-N is a county of Sweden, not Senegal."""
    for part in sample(list(pycountry.subdivisions), 4):
        assert isinstance(meaning(part.code), NotAState), part.code
    assert candidates("SE-N") == ("SWE",)
    assert candidates("es-t") == ("ESP",)


@pytest.mark.parametrize(
    ("text", "iso3"),
    [("U. S. A.", "USA"), ("u. k.", "GBR"), ("Lao P.D.R.", "LAO"), ("lao-pdr", "LAO"), ("U S A", "USA")],
)
def test_initials_are_a_name(text: str, iso3: str) -> None:
    assert meaning(text) == iso3


@pytest.mark.parametrize("pieces", ["La France", "Serbia and Montenegro", "Kenya et Ouganda", "la Barbade"])
def test_a_name_in_pieces_brings_no_third_state(pieces: str, dataset: Dataset) -> None:
    """`opsc due La France`, its quotation marks forgotten, is not Laos and France."""
    found = [find_among_others(word, dataset.index, dataset.refused) for word in pieces.split()]
    assert any(isinstance(answer, NotAState) for answer in found)
    assert find_among_others("AND", dataset.index, dataset.refused) == meaning("and") == "AND"
    done = opsc("due", *pieces.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert "quote a name of several words" in done.stderr


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Congo, Dem. Rep.", "COD"), ("Congo, Rep.", "COG"), ("Congo DR", "COD"), ("Korea, Rep.", "KOR"),
        ("Korea, Dem. People's Rep.", "PRK"), ("Egypt, Arab Rep.", "EGY"), ("Iran, Islamic Rep.", "IRN"),
        ("Yemen, Rep.", "YEM"), ("Micronesia, Fed. Sts.", "FSM"), ("Venezuela, RB", "VEN"), ("Lao PDR", "LAO"),
        ("Somalia, Fed. Rep.", "SOM"), ("Gambia, The", "GMB"), ("Доминикана", "DOM"), ("الدومينيكان", "DOM"),
        ("КНР", "CHN"), ("КНДР", "PRK"), ("Île Maurice", "MUS"),
    ],
)  # fmt: skip
def test_the_names_of_other_lists(text: str, iso3: str) -> None:
    assert meaning(text) == iso3


@pytest.mark.parametrize(
    ("code", "proposed"),
    [("GER", "DEU"), ("SUI", "CHE"), ("NED", "NLD"), ("DEN", "DNK"), ("CRO", "HRV"), ("POR", "PRT"), ("GRE", "GRC")],
)
def test_a_code_of_another_list_proposes_by_the_name_it_begins(code: str, proposed: str) -> None:
    assert proposed in candidates(code)


def test_similarity_only_proposes() -> None:
    assert candidates("Nigr")[0] == "NER"
    assert "AUT" in candidates("Austrla")
    assert "AUT" in candidates("Osterreihc")
    assert all(len(candidates(text)) <= 5 for text in ("Saint", "Republic", "République", "Guin", "Unite"))
    assert candidates("Atlantis") == ()


# ── against the libraries ────────────────────────────────────────────────────────────────────────


def _in_libraries(iso3: str, iso2: str) -> Iterator[str]:
    for locale in ("en", *(locale for locales in TOOL.LANGUAGES.values() for locale in locales)):
        yield from TOOL.library_names(iso3, iso2, locale)
    for locale in TOOL.own_languages(iso2):
        yield from TOOL.library_names(iso3, iso2, locale)
    country = pycountry.countries.get(alpha_3=iso3)
    yield from (getattr(country, field, "") for field in ("alpha_2", "alpha_3", "numeric", "name", "official_name"))
    yield getattr(country, "common_name", "")


@pytest.mark.parametrize(("iso3", "iso2"), sample(CODES, 3), ids=lambda code: code)
def test_every_name_in_the_libraries_means_this_state_or_is_refused(iso3: str, iso2: str) -> None:
    for text in filter(None, _in_libraries(iso3, iso2)):
        answer = meaning(text)
        assert answer == iso3 or (isinstance(answer, NotAState) and iso3 in answer.candidates), text


def test_no_language_calls_another_state_so(dataset: Dataset) -> None:
    """In each of the CLDR's languages, those of no State too: what resolves is that State, but for these."""
    iso3 = {name.iso2: iso3 for iso3, name in dataset.names.items()}
    wrong = {
        (language, code, answer)
        for language in sorted({identifier.split("_")[0] for identifier in locale_identifiers()})
        for code, text in Locale.parse(language).territories.items()
        if code.isalpha() and normalised(text) in dataset.index
        if isinstance(answer := meaning(text), str) and answer != iso3.get(code)
    }
    assert wrong == {
        ("vi", "RU", "NGA"),  # "Nga" is also an ISO code
        ("bgn", "MU", "MRT"),  # Western Balochi for Mauritius, Arabic for Mauritania
        ("tok", "LV", "MWI"),  # a constructed language: "ma Lawi"
    }


def test_a_withdrawn_code_means_no_state(dataset: Dataset) -> None:
    """But for those that ISO 3166 has given anew: GE was of the Gilbert and Ellice Islands and is Georgia's."""
    now = {code.lower() for iso3, name in dataset.names.items() for code in (iso3, name.iso2)}
    for former in pycountry.historic_countries:
        for code in (former.alpha_2, former.alpha_3):
            assert isinstance(meaning(code), NotAState) or code.lower() in now, (code, former.name)
    of = {"YU": "SRB", "SCG": "MNE", "CSK": "SVK", "SUN": "RUS", "DD": "DEU", "ZR": "COD", "TP": "TLS", "BU": "MMR"}
    assert all(iso3 in candidates(code) for code, iso3 in of.items())
    assert set(candidates("CS")) == {"CZE", "SVK", "SRB", "MNE"}


def test_hardly_a_name_of_the_libraries_is_refused() -> None:
    refused = {t for codes in CODES for t in filter(None, _in_libraries(*codes)) if isinstance(meaning(t), NotAState)}
    assert {normalised(text) for text in refused} == {
        normalised(text) for text in ("Congo", "Конго", "刚果", "剛果", "الكونغو", "Moldavia", "Moldavie", "المالديف")
    }


def test_no_territory_of_the_libraries_means_a_state() -> None:
    on_record = dict(CODES)
    for country in pycountry.countries:
        if country.alpha_3 not in on_record:
            for text in filter(None, _in_libraries(country.alpha_3, country.alpha_2)):
                assert isinstance(meaning(text), NotAState), text


def test_the_table_is_what_the_tool_writes() -> None:
    assert TOOL.table() == read(ROOT / "data" / "names.yaml").value


def test_the_names_are_those_of_the_united_nations(dataset: Dataset) -> None:
    rows = (ROOT / "tools" / "un_names.tsv").read_text(encoding="utf-8").splitlines()
    header, *cells = [row.split("\t") for row in rows]
    assert {row[0] for row in cells} == set(dataset.names)
    for row in cells:
        for column, text in zip(header[1:], row[1:], strict=True):
            answer = meaning(text) if text else row[0]
            assert answer == row[0] or isinstance(answer, NotAState), (column, text)


_TABLE = (ROOT / "tools" / "other_names.tsv").read_text(encoding="utf-8").splitlines()
_ROWS = [line for line in _TABLE if not line.startswith("#")]
OTHER_LISTS = list(csv.DictReader(_ROWS, delimiter="\t", quoting=csv.QUOTE_NONE))
REFUSED_FOR_A_STATE = {
    "Congo", "Congo (le)", "Congo (el)", "Korea", "Moldavia", "Moldavie", "Korea, People's Republic of", "WEST BANK",
    "Gran Colombia", "Great Colombia", "Italy/Sardinia", "Madagascar (Malagasy)", "Palestine/British Mandate",
    "Palestine/Gaza", "Papal States", "Russia (Soviet Union)", "Tanzania/Tanganyika", "Turkey (Ottoman Empire)", "USSR",
    "Vietnam North", "Zimbabwe (Rhodesia)", "Portugal (Madeira and Azores) (PORTUGAL)",
    "Areas Under The Control Of The Palestinian Authority",
}  # fmt: skip
"""What a list gives to one State and may mean another, a former State or a part; some no other text explains."""
UNEXPLAINED = {
    "Cocos (les Îles)/ Keeling (les Îles)", "Falkland (les Îles)/Malouines (les Îles)", "Hamburgo", "Cerdeña",
    "Sajonia", "Estado Libre de Orange", "República de Vietnam", "Svalbard et l'Île Jan Mayen (le)",
    "Turks-et-Caïcos (les Îles)", "Mineures éloignées des États-Unis (les)",
}  # fmt: skip
"""Of no State on record; the refusal says no more than that."""
NOT_PROPOSED = {"BA1", "ATA", "ESH", "XKX", "-"}
"""Of no State on record, and no State is proposed."""


@pytest.mark.parametrize("listed", sorted({row["list"] for row in OTHER_LISTS}))
def test_the_names_of_large_datasets_resolve_or_are_refused_for_their_own_reason(listed: str) -> None:
    for row in (row for row in OTHER_LISTS if row["list"] == listed):
        answer = meaning(row["name"])
        if row["iso3"] in DATASET.states:
            assert answer == row["iso3"] or row["name"] in REFUSED_FOR_A_STATE, (row, answer)
        else:
            assert isinstance(answer, NotAState), row
            assert "no State on record has this name" not in answer.because or row["name"] in UNEXPLAINED, (row, answer)
            assert answer.candidates or row["iso3"] in NOT_PROPOSED or row["name"] in UNEXPLAINED, row
        assert isinstance(answer, NotAState) or answer == row["iso3"], "a wrong State is worse than a refusal"


def test_the_lists_of_the_largest_are_there_in_full_and_say_what_they_are() -> None:
    counted = Counter(row["list"].partition(" (")[0] for row in OTHER_LISTS)
    assert counted["country_converter 1.3.2"] > 400
    assert min(counted["World Bank"], counted["World Bank API"]) > 200
    head = " ".join(line.removeprefix("#") for line in _TABLE if line.startswith("#"))
    assert all(licence in head for licence in ("GPL-3.0", "GPL-3:", "ODC-PDDL-1.0"))
    assert {row["name"] for row in OTHER_LISTS} >= REFUSED_FOR_A_STATE


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("S. Korea", "KOR"), ("N. Korea", "PRK"), ("DROC", "COD"), ("Eswatini (Kingdom of)", "SWZ"),
        ("Viet Nam (Socialist Republic of)", "VNM"), ("Libya (State of)", "LBY"), ("Yemen, Republic of", "YEM"),
        ("South Sudan (Republic of)", "SSD"), ("Korea (Democratic People's Republic of)", "PRK"),
        ("Congo (Democratic Republic of the)", "COD"), ("Congo (Republic of the)", "COG"), ("Rep. of Korea", "KOR"),
        ("Macedonia, FYR", "MKD"), ("West Bank and Gaza", "PSE"), ("Dem. Rep. of the Congo", "COD"),
        ("Bosnia & Herz.", "BIH"), ("Marshall Is.", "MHL"), ("Trinidad-Tobago", "TTO"), ("N. Macedonia", "MKD"),
    ],
)  # fmt: skip
def test_a_name_as_a_table_writes_it(text: str, iso3: str) -> None:
    assert meaning(text) == iso3


@pytest.mark.parametrize(
    "text", ["Korea (Kingdom of)", "Guinea, Gulf of", "Mexico (Gulf of)", "(Kingdom of)", "Isle of", "Congo, of"]
)
def test_what_is_turned_round_must_be_a_name(text: str) -> None:
    assert isinstance(meaning(text), NotAState)


# ── the whole table ──────────────────────────────────────────────────────────────────────────────


def test_no_text_names_two_states(dataset: Dataset) -> None:
    bearers: dict[str, set[str]] = {}
    for iso3, name in dataset.names.items():
        for text in texts_of(iso3, name):
            bearers.setdefault(normalised(text), set()).add(iso3)
    assert {text: states for text, states in bearers.items() if len(states) > 1} == {}


@pytest.mark.parametrize("language", get_args(Language))
def test_every_state_has_a_name_that_finds_it_in_each_language(language: str, dataset: Dataset) -> None:
    called = in_language(dataset.names, language)
    assert len({name.name for name in called.values()}) == len(called)
    for iso3, name in called.items():
        answer = meaning(name.name)
        assert answer == iso3 or (iso3 == "COG" and isinstance(answer, NotAState)), name.name
    scripts = {"ar": "ARABIC", "ru": "CYRILLIC", "zh": "CJK"}
    expected = scripts.get(language, "LATIN")
    assert all(unicodedata.name(name.name[0]).startswith(expected) for name in called.values())


@given(st.sampled_from(sorted({t for iso3, n in DATASET.names.items() for t in texts_of(iso3, n)})), st.data())
@settings(max_examples=tries(300), deadline=None)
def test_case_accents_and_marks_make_no_difference(text: str, data: st.DataObject) -> None:
    change = data.draw(
        st.sampled_from(
            [str.upper, str.lower, str.title, lambda t: t.replace("-", " "), lambda t: t.replace("'", "’"),
             lambda t: unicodedata.normalize("NFD", t), lambda t: f"  {t} ", lambda t: f"the {t}"]
        )
    )  # fmt: skip
    before, after = meaning(text), meaning(change(text))
    assert after == before or (isinstance(before, NotAState) and isinstance(after, NotAState))
    assert not isinstance(after, str) or after == before


@pytest.mark.parametrize("text", ["O'zbekiston", "Oʻzbekiston", "Oʼzbekiston", "O`zbekiston", "O´zbekiston"])
def test_an_apostrophe_is_as_good_as_another(dataset: Dataset, text: str) -> None:
    assert find(text, dataset.index, dataset.refused) == "UZB"
    assert find(text.replace("zbekiston", "Autriche").replace("O", "L"), dataset.index, dataset.refused) == "AUT"


@pytest.mark.parametrize("text", ["+40", "4.4", "4,00", "$4", "44%", "④⓪", "4 0"])
def test_what_only_contains_a_number_is_no_code(dataset: Dataset, text: str) -> None:
    assert isinstance(find(text, dataset.index, dataset.refused), NotAState)
    assert find(" 40 ", dataset.index, dataset.refused) == "AUT"


# ── names as tables write them ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("iso3", "texts"),
    [
        ("COD", ["Congo, Dem. Rep.", "Congo, Dem. Rep. of the", "Dem. Rep. Congo", "D.R. Congo", "Congo DR",
                 "Congo (Kinshasa)", "Congo (la République démocratique du)", "Congo (Rép. dém. du)"]),
        ("COG", ["Congo, Rep.", "Rep. Congo", "Congo Brazzaville", "Congo, Republic of the"]),
        ("KOR", ["Korea, Rep.", "Korea South", "Korea, South", "Korea (Rep. of)", "South Korea (Republic of Korea)"]),
        ("PRK", ["Korea, Dem. People's Rep.", "Korea North", "Korea, D.P.R.", "DPR Korea",
                 "Dem. People's Republic of Korea"]),
        ("BHS", ["Bahamas, The", "The Bahamas", "Bahamas (the)", "Bahamas (les)", "Bahamas (Las)"]),
        ("GMB", ["Gambia, The", "Gambia (la)", "Gambia, Islamic Republic of the"]),
        ("IRN", ["Iran, Islamic Rep.", "Iran (Islamic Rep. of)", "Iran (Persia)"]),
        ("VEN", ["Venezuela, Bolivarian Republic", "Venezuela, Rep. Bolivariana de", "Venezuela (Boliv. Rep. of)"]),
        ("FSM", ["Micronesia, Fed. Sts.", "Micronesia (Fed. States of)", "Fed. States of Micronesia"]),
        ("CAF", ["Central Afr. Rep.", "C. African Rep.", "République centrafricaine (la)"]),
        ("SSD", ["Sudan, South", "Sudan South", "South Sudan, Rep. of"]),
        ("GNQ", ["Guinea, Equatorial", "Eq. Guinea"]),
        ("VCT", ["St. Vincent & the Grenadines", "St. Vin. and Gren.", "Saint Vincent/Grenadines"]),
        ("KNA", ["St. Kitts & Nevis", "St. Kitts/Nevis"]), ("ATG", ["Antigua and Barb.", "Antigua & Barbuda"]),
        ("MMR", ["Myanmar/Burma", "Burma (Myanmar)"]), ("VAT", ["Holy See (Vatican City)", "Saint-Siège (le) *"]),
        ("COK", ["Îles Cook (les) **", "Cook (les Îles)", "Cook Is."]), ("DOM", ["dominicaine (la République)"]),
        ("MHL", ["Marshall (les Îles)", "Marshall Islands, Rep. of the"]), ("AGO", ["Angola (l')", "Angola (l’)"]),
        ("BFA", ["Burkina Faso (Upper Volta)"]), ("BLR", ["Belarus (Byelorussia)"]), ("ZAF", ["Africa, South"]),
    ],
)  # fmt: skip
def test_inversions_abbreviations_and_second_names(iso3: str, texts: list[str]) -> None:
    assert {text: meaning(text) for text in texts} == dict.fromkeys(texts, iso3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("China (Taiwan)", "not on the depositary's record"), ("China, Taiwan", "not on the depositary's record"),
        ("Hong Kong, China", "special administrative"), ("Macao, China (China)", "special administrative"),
        ("Samoa, American", "a territory"), ("S. Georgia", "a territory"), ("Georgia, South", "a territory"),
        ("Virgin Islands (U.S.)", "territor"), ("Guadeloupe (French Department of)", "part of France"),
        ("Ireland, Northern", "part of the United Kingdom"), ("N. Ireland", "part of the United Kingdom"),
        ("W. Sahara", "not on the depositary's record"), ("Germany East", "a former State"),
        ("Congo (le)", "two States"), ("Congo, French", "two States"), ("Korea, Democratic", "two States"),
        ("Dem. Rep. of Korea", "either of two"),
        ("Dem. Rep. Korea", "either of two"), ("Sudan (former)", "until 2011"), ("China, mainland", "a part of China"),
        ("Belgium-Luxembourg", "two States"), ("Prussia", "part of Germany"), ("Serbia and Kosovo", "Kosovo"),
    ],
)  # fmt: skip
def test_what_is_no_state_is_refused_for_its_own_reason(text: str, reason: str) -> None:
    answer = meaning(text)
    assert isinstance(answer, NotAState)
    assert reason in answer.because


@pytest.mark.parametrize(
    "text",
    [
        "Niger, Nigeria", "Guinea, Gulf of", "Mexico, New", "Macedonia, Greece", "Timor, West", "S. Arabia",
        "E. Guinea", "N. Korea, Republic of", "Korea, Republic of (North)", "Africa, Central", "Republic of",
        "Rep. Dem.", "of, of", "Sudan/Chad", "France (Chad)", "Austria, Hungary", "Congo/Gabon", "N. S.", "Rep.",
        "Dem. Rep.", "()", "/",
        "Afghanistan, LA", "Afghanistan (LA)", "FR, Sudan", "Sudan, FR", "fr sudan", "Honduras (BR)", "Fiji, IS",
    ],
)  # fmt: skip
def test_no_rewording_makes_a_state_of_what_names_none_or_two(text: str) -> None:
    assert isinstance(meaning(text), NotAState), text


@given(st.lists(st.sampled_from([t for n in DATASET.names.values() for t in (n.name, n.iso2)]), min_size=2, max_size=2))
@settings(max_examples=tries(300), deadline=None)
def test_two_states_are_never_one(two: list[str]) -> None:
    """Turned round, in brackets or side by side: either both mean the same State, or neither is meant."""
    one, other = (meaning(text) for text in two)
    for text in (f"{two[0]}, {two[1]}", f"{two[0]} ({two[1]})", f"{two[0]}/{two[1]}", f"{two[0]} {two[1]}"):
        answer = meaning(text)
        assert isinstance(answer, NotAState) or answer == one == other, (text, answer)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz.,()/' ", max_size=40))
@settings(max_examples=tries(300), deadline=None)
def test_what_is_reworded_is_a_name_in_the_table(text: str) -> None:
    answer = meaning(text)
    if isinstance(answer, str):
        letters = normalised(text).replace(" ", "")
        assert letters in INDEX_LETTERS or any(c in text for c in ".,()/"), (text, answer)


INDEX_LETTERS = {key.replace(" ", "") for key in DATASET.index}


@pytest.mark.parametrize("text", ["a," * 5000, "(" * 5000, "rep. " * 5000, "x " * 5000 + "republic", "n s e w " * 14])
def test_a_long_text_is_refused_at_once(text: str) -> None:
    assert isinstance(meaning(text), NotAState)
