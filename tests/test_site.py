"""`opsc site`: says what the commands say, loads nothing, leads everywhere, and is the same bytes for the same data."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import get_args
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
import yaml
from icalendar import Calendar
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from opsc_cli.answers.position import positions
from opsc_cli.console import installing
from opsc_cli.dataset.load import load
from opsc_cli.law.standing import Standing
from opsc_cli.record.records import Dataset
from opsc_cli.render.headline import headline
from opsc_cli.render.site.pages import fill
from tests.commands import frozen_dataset, opsc
from tests.conftest import CHECKOUT, ROOT, sampled_data
from tests.sites import DAY, built

VERSION = frozen_dataset().version
SOURCE = ROOT / "src" / "opsc_cli" / "render" / "site"
TEXTS = tomllib.loads((SOURCE / "texts" / "en.toml").read_text(encoding="utf-8"))

Site = Mapping[str, str]


def _read(folder: Path) -> Site:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset that the sites are of."""
    return sampled_data(
        tmp_path_factory.mktemp("of") / "data", "ATG", "AUT", "CHN", "CIV", "FJI", "KEN", "MLT", "NPL", "SLB"
    )


@pytest.fixture(scope="module")
def dataset(data: Path) -> Dataset:
    return load(data)


@pytest.fixture(scope="module")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return _read(built(tmp_path_factory, "site-of-sample", "--data", data))


@pytest.fixture(scope="module")
def published(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same day, with an address, a place for corrections, and an earlier version of the data.

    The checks find errors in that version, for its sources were read later; it is compared all the same.
    """
    old = tmp_path_factory.mktemp("old")
    for path in data.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for now, before in (
            ("deposited: 2006-01-20", "deposited: 2006-01-21"),
            (f"version: {VERSION}", "version: 2026.10.1"),
        ):
            text = text.replace(now, before)
        (old / path.name).write_text(text, encoding="utf-8")
    environment = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "PYTHONPATH": os.environ["PYTHONPATH"]}
    since = ("--data", data, "--since", old, "--since", data)
    place = ("--url", "https://example.org/opsc/", "--report-to", "mailto:record@example.org")
    return _read(built(tmp_path_factory, "published", *place, *since, env=environment))


class Page(HTMLParser):
    """What the tests look at in a page: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]


@pytest.fixture(scope="module")
def pages(site: Site) -> Mapping[str, Page]:
    return {path: Page(text) for path, text in site.items() if path.endswith(".html")}


# ── what it says ─────────────────────────────────────────────────────────────────────────────────


def test_every_state_has_a_page_with_the_lines_of_due(pages: Mapping[str, Page], dataset: Dataset) -> None:
    for position in positions(dataset, date.fromisoformat(DAY), tuple(dataset.states)):
        text = pages[f"states/{position.iso3}.html"].text
        for label, line in headline(position):
            assert label == "Next" or " ".join(line.split()) in text, (position.iso3, line)


def test_a_state_page_cites_and_derives(site: Site, pages: Mapping[str, Page]) -> None:
    text = pages["states/AUT.html"].text
    for words in (
        "seventh periodic report under the Convention",
        "CRC art. 44(1)(b)",
        "2004-05-06 → 2004-06-06",
        "What to send, and by when",
        "Others that may be reviewed at the same session",
        "opsc record",
    ):
        assert words in text, words
    assert 'href="https://undocs.org/en/CRC/C/OPSC/AUT/1"' in site["states/AUT.html"]
    assert "The day of its deposit is not on record" in pages["states/FJI.html"].text


def test_silence_is_never_overdue(pages: Mapping[str, Page], dataset: Dataset) -> None:
    for position in positions(dataset, date.fromisoformat(DAY), tuple(dataset.states)):
        if not any(owed.obligation.standing == "overdue" for owed in position.owed):
            assert "overdue by" not in pages[f"states/{position.iso3}.html"].text, position.iso3


def test_who_has_not_joined_is_listed_with_what_would_follow(pages: Mapping[str, Page], dataset: Dataset) -> None:
    text = pages["not-joined.html"].text
    without = [iso3 for iso3, state in dataset.states.items() if not state.instrument]
    assert without
    for iso3 in without:
        assert dataset.names[iso3].name in text
    assert "in force for it on 21 December 2026; initial report due on 21 December 2028" in text


def test_names_are_set_in_their_language_and_direction(site: Site) -> None:
    assert '<i lang="ar" dir="rtl">النمسا</i>' in site["states.html"]
    assert '<i lang="zh">奥地利</i>' in site["states.html"]
    assert '<span lang="ar" dir="rtl">نيبال</span>' in site["states/NPL.html"]


def test_where_no_date_is_to_come_the_front_page_lists_those_that_passed_last(site: Site) -> None:
    listed = re.search(r'<h2 id="due">.*?<ol class="plain">(.*?)</ol>', site["index.html"], re.S)
    assert listed
    found = re.findall(r"states/(\w+)\.html.*?<strong>(.*?)</strong>.*?; ([a-z-]+)</span>", listed[1], re.S)
    assert len(found) == 10
    assert ("SLB", "between 1 February 2024 and 29 June 2024", "past-due-no-record") in found


def test_the_front_page_finds_states_by_names_in_six_languages(site: Site, dataset: Dataset) -> None:
    lines = re.search(r'<template id="names">(.*?)</template>', site["index.html"], re.S)
    assert lines
    found = {line[:3]: line for line in lines[1].strip().splitlines()}
    assert found.keys() == dataset.states.keys()
    for iso3, names in {
        "CHN": ("中国", "Китай", "الصين"),
        "AUT": ("Österreich", "Autriche"),
        "CIV": ("Ivory Coast",),
    }.items():
        assert all(name in found[iso3] for name in names), found[iso3]


# ── how it is built ──────────────────────────────────────────────────────────────────────────────

LARGEST_PAGE, LARGEST_SITE = 100_000, 20_000_000


def test_pages_and_site_are_small(site: Site, published: Site) -> None:
    for whole in (site, published):
        sizes = {path: len(text.encode()) for path, text in whole.items()}
        assert {path: n for path, n in sizes.items() if path.endswith(".html") and n > LARGEST_PAGE} == {}
        assert sum(sizes.values()) < LARGEST_SITE


def test_the_same_data_and_day_give_the_same_bytes(site: Site, published: Site, dataset: Dataset) -> None:
    """Another time zone and another order of hashing; what an address or an earlier version changes is left out."""
    apart = (".html", ".atom", "openapi.json")
    alike = [path for path in site if not path.endswith(apart) and path != "SHA256SUMS"]
    assert len(alike) > 3 * len(dataset.states)
    assert {path: published[path] for path in alike} == {path: site[path] for path in alike}
    unaddressed = re.compile(r'<link rel="canonical"[^>]*>\n')
    for path in ("index.html", "states.html", "sessions/100.html", "how.html", "map/standing.html"):
        assert unaddressed.sub("", published[path]) == site[path]


def test_every_link_leads_somewhere(site: Site, pages: Mapping[str, Page]) -> None:
    ids = {path: set(page.ids) for path, page in pages.items()}
    broken = [
        f"{path}: {target}"
        for path, page in pages.items()
        for tag, attributes in page.elements
        if tag != "link" and (target := attributes.get("href")) and not _leads(path, target, site, ids)
    ]
    assert broken == []


def _leads(path: str, target: str, site: Site, ids: Mapping[str, set[str]]) -> bool:
    parts = urlsplit(target)
    if parts.scheme:
        return parts.scheme in ("https", "http")
    place = _joined(path, unquote(parts.path)) if parts.path else path
    return place in site and (not parts.fragment or unquote(parts.fragment) in ids.get(place, ()))


def _joined(path: str, target: str) -> str:
    whole: list[str] = [*PurePosixPath(path).parent.parts]
    for part in PurePosixPath(target).parts:
        if part == "..":
            whole.pop()
        else:
            whole.append(part)
    return "/".join(whole)


def test_every_page_is_led_to(pages: Mapping[str, Page]) -> None:
    reached, ahead = set[str](), ["index.html"]
    while ahead:
        path = ahead.pop()
        if path not in reached:
            reached.add(path)
            links = (attributes.get("href") for _, attributes in pages[path].elements) if path in pages else ()
            ahead += [
                _joined(path, urlsplit(link).path)
                for link in links
                if link and not urlsplit(link).scheme and urlsplit(link).path
            ]
    assert {path for path in pages if path not in reached} == set()


def test_an_id_is_there_once(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert [id for id, n in Counter(page.ids).items() if n > 1] == [], path


def test_headings_go_down_one_by_one(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_a_page_loads_nothing_and_its_policy_holds(site: Site, pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        policies = [a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
        rules = dict(rule.split(" ", 1) for rule in (policies[0] or "").split("; "))
        assert (rules["default-src"], rules["form-action"], rules["base-uri"]) == ("'none'", "'none'", "'none'")
        for kind in ("style", "script"):
            held = re.findall(rf"<{kind}>(.*?)</{kind}>", site[path], re.S)
            assert rules.get(f"{kind}-src", "") == " ".join(map(_hashed, held)), (path, kind)
        for tag, attributes in page.elements:
            assert not {"src", "srcset", "style"} & attributes.keys(), (path, tag)
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
            if tag == "link" and attributes["rel"] == "icon":
                assert (attributes["href"] or "").startswith("data:image/svg+xml,")
            assert tag not in ("iframe", "object", "embed", "form") and attributes.get("rel") != "stylesheet"


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    "path",
    [
        "index.html", "states.html", "states/NPL.html", "states/KEN.html", "sessions.html", "sessions/100.html",
        "sessions/2027-01.html", "statistics.html", "not-joined.html", "how.html", "data.html", "changes.html",
        "wrong.html", "map/joining.html",
    ],
)  # fmt: skip
def test_html_is_valid(path: str, site: Site) -> None:
    html5lib.HTMLParser(strict=True).parse(site[path])


def test_changes_are_valid_html(published: Site) -> None:
    for path in published:
        if path.startswith("changes") and path.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(published[path])


def test_pictures_are_well_formed(site: Site) -> None:
    for path in ("map/standing.svg", "map/next-review.svg", "map/joining.svg", "totals.svg"):
        words = " ".join(ElementTree.fromstring(site[path]).itertext())
        assert "Source: opsc, data" in words, path


def test_every_tone_of_a_picture_has_its_colours(site: Site) -> None:
    """A page has the style of the tones that it uses, not of all."""
    for path, text in site.items():
        if path.endswith(".html"):
            style = re.search(r"<style>(.*?)</style>", text, re.S)
            for tone in set(re.findall(r'class="on-(\w+)"', text)):
                assert style and f".opsc .{tone}{{" in style[1], (path, tone)


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


def _keys(texts: Mapping[str, object], within: str = "") -> Iterator[str]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from _keys(value, f"{within}{key}.")
        else:
            yield f"{within}{key}"


def test_every_text_is_used() -> None:
    """Those that a template takes by a key of its own are named here."""
    written = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "templates").iterdir())
    by_key = ("standings.", "data.files.", "data.programs.", "map.standing", "map.next-review", "map.joining")
    unused = [key for key in _keys(TEXTS) if not key.startswith(by_key) and not re.search(rf"\bt\.{key}\b", written)]
    assert unused == []


def test_no_word_of_a_page_is_in_its_template() -> None:
    """The texts are in one place, so that a translation can come."""
    for path in (SOURCE / "templates").glob("*.html"):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"opsc", "strong"}, path.name


def test_the_standings_are_explained_as_in_the_documents() -> None:
    rows = (ROOT / "docs" / "law" / "standings.md").read_text(encoding="utf-8")
    assert list(TEXTS["standings"]) == list(get_args(Standing))
    for standing, meaning in TEXTS["standings"].items():
        assert f"| `{standing}` | {meaning} |" in rows


def test_what_is_filled_in_is_escaped() -> None:
    assert fill("<{what}>", what="<b>") == "&lt;&lt;b&gt;&gt;"


# ── the static API ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "arguments"),
    [
        ("states.json", ("due", "--all", "--json")),
        ("states/AUT.json", ("due", "AUT", "--json")),
        ("states/KEN.json", ("due", "KEN", "--json")),
        ("states/NPL.csv", ("due", "NPL", "--format", "csv")),
        ("sessions.json", ("sessions", "--all", "--json")),
    ],
)
def test_a_file_of_the_api_is_what_the_command_writes(
    path: str, arguments: tuple[str, ...], site: Site, data: Path
) -> None:
    assert site[f"api/v1/{path}"] == opsc(*arguments, "--data", data, "--as-of", DAY).stdout


def test_documents_fit_their_schemas(site: Site) -> None:
    for path, name in (("states.json", "states"), ("states/NPL.json", "states"), ("sessions.json", "sessions")):
        schema = json.loads(site[f"api/v1/schema/{name}.json"])
        Draft202012Validator(schema).validate(json.loads(site[f"api/v1/{path}"]))


def test_the_description_of_the_api_is_valid_and_whole(site: Site, published: Site, dataset: Dataset) -> None:
    described = json.loads(site["api/v1/openapi.json"])
    validate(described)
    validate(json.loads(published["api/v1/openapi.json"]))
    assert json.loads(published["api/v1/openapi.json"])["servers"] == [{"url": "https://example.org/opsc/api/v1"}]
    named = {path.replace("{iso3}", iso3) for path in described["paths"] for iso3 in dataset.states}
    apart = ("/schema/", "/openapi.json")
    written = {path.removeprefix("api/v1") for path in site if path.startswith("api/v1/")}
    assert named == {path for path in written if not path.startswith(apart)}
    schemas = described["components"]["schemas"]
    document = {"$ref": "#/components/schemas/StatesDocument", "components": {"schemas": schemas}}
    Draft202012Validator(document).validate(json.loads(site["api/v1/states/NPL.json"]))


def test_a_calendar_has_what_is_due_and_what_to_send(site: Site, data: Path) -> None:
    def uids(text: str) -> set[str]:
        return {str(event["UID"]) for event in Calendar.from_ical(text).walk("VEVENT")}

    of_nepal = uids(site["api/v1/calendar/NPL.ics"])
    asked = (
        opsc(command, "NPL", "--format", "ics", "--as-of", DAY, "--data", data).stdout for command in ("due", "plan")
    )
    assert of_nepal == set().union(*map(uids, asked))
    assert "npl-crc-periodic-additional@opsc-cli" in of_nepal
    assert of_nepal <= uids(site["api/v1/calendar/all.ics"])
    assert not uids(site["api/v1/calendar/KEN.ics"])


def test_downloads_are_those_of_export(site: Site, data: Path, tmp_path: Path) -> None:
    opsc("export", tmp_path, "--data", data, "--as-of", DAY)
    exported = _read(tmp_path)
    held = {path.removeprefix("data/"): text for path, text in site.items() if path.startswith("data/")}
    apart = {"README.md", "datapackage.json", "SHA256SUMS"}
    assert exported.keys() - held.keys() == {"due.json", "due.ics"}
    assert {name: held[name] for name in held.keys() - apart} == {name: exported[name] for name in held.keys() - apart}
    assert json.loads(held["datapackage.json"])["resources"]
    for files in (held, site):
        sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].splitlines())
        assert sums == {n: hashlib.sha256(t.encode()).hexdigest() for n, t in files.items() if n != "SHA256SUMS"}


# ── where it is published, and what changed ──────────────────────────────────────────────────────


def test_an_address_makes_subscriptions_and_whole_links(site: Site, published: Site) -> None:
    page = published["states/NPL.html"]
    assert 'href="webcal://example.org/opsc/api/v1/calendar/NPL.ics"' in page
    assert '<link rel="canonical" href="https://example.org/opsc/states/NPL.html">' in page
    assert "<script>" not in page and "script-src" not in page
    assert "webcal:" not in site["states/NPL.html"].replace('"webcal:"', "")
    assert 'href="mailto:record@example.org"' in published["wrong.html"]


_ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_changed_fact_is_a_page_and_an_entry(published: Site) -> None:
    page = f"changes/{VERSION}.html"
    assert f"Data {VERSION}, compared with 2026.10.1" in Page(published["changes.html"]).text
    assert {path for path in published if path.startswith("changes/")} == {page}
    words = Page(published[page]).text
    assert "states.NPL.instrument.deposited: 2006-01-21 → 2006-01-20" in words
    assert "initial report due 2008-02-21 → 2008-02-20" in words
    feed = ElementTree.fromstring(published["api/v1/feed.atom"])
    (entry,) = feed.iter(f"{_ATOM}entry")
    assert entry.findtext(f"{_ATOM}updated") == f"{VERSION.replace('.', '-')}T00:00:00Z"
    assert entry.find(f"{_ATOM}link").get("href") == f"https://example.org/opsc/{page}"  # type: ignore[union-attr]


def test_a_feed_has_what_the_format_requires(site: Site, published: Site) -> None:
    for whole in (site, published):
        feed = ElementTree.fromstring(whole["api/v1/feed.atom"])
        for element in (feed, *feed.iter(f"{_ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert element.findtext(f"{_ATOM}{name}"), name
            assert (element.findtext(f"{_ATOM}id") or "").startswith("urn:uuid:")
        assert feed.find(f"{_ATOM}author/{_ATOM}name") is not None


def test_without_an_earlier_version_it_says_so(pages: Mapping[str, Page]) -> None:
    assert f"compares its data, version {VERSION}, with no earlier version" in pages["changes.html"].text


def test_the_workflow_calls_it_with_options_that_it_has() -> None:
    workflow = yaml.safe_load((ROOT / "site.yml").read_text(encoding="utf-8"))
    (build,) = (step for step in workflow["jobs"]["publish"]["steps"] if step.get("name") == "Build the site")
    options = set(re.findall(r"--(?:since|url|report-to)", build["run"]))
    assert options == {"--since", "--url", "--report-to"}
    assert all(option in opsc("site", "--help").stdout for option in options)


# ── the command ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--url", "example.org"),
        ("--url", "javascript:alert(1)"),
        ("--report-to", "https://a b"),
        ("--report-to", "x@y"),
    ],
)
def test_an_address_is_an_address(option: str, text: str, tmp_path: Path) -> None:
    done = opsc("site", tmp_path, option, text)
    assert done.returncode == 2
    assert "expected an address that begins with https:// or http://" in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_unknown_earlier_version_ends_it(tmp_path: Path) -> None:
    done = opsc("site", tmp_path, "--since", "no-such-revision", cwd=CHECKOUT)
    assert done.returncode == 3
    assert "neither a folder nor a git revision" in done.stderr


def test_without_jinja_it_says_how_to_install_it(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['jinja2'] = None; sys.argv = ['opsc', 'site', sys.argv[1]];"
        " from opsc_cli.main import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"opsc: the site needs Jinja2, which is not installed; run `{installing('jinja2')}`\n"


def test_no_other_command_loads_it() -> None:
    program = "import sys; from opsc_cli.main import main; sys.argv = ['opsc', 'states', '-q', '--json']; main()"
    check = f"import atexit, sys; atexit.register(lambda: print('jinja2' in sys.modules, file=sys.stderr)); {program}"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "False"
