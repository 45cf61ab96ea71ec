"""`opsc site` in a real browser: headless Chromium, from a disk and from a server. `.ci/run` runs it.

It needs playwright and axe-playwright-python (the extra `dev`) and Chromium, such as Debian's package.
"""

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from opsc_cli.record.dates import parse_recorded
from opsc_cli.render.words import by_in_words
from tests.commands import opsc
from tests.sites import DAY, built

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed; in Debian: apt-get install chromium"),
    pytest.mark.skipif(
        not (find_spec("playwright") and find_spec("axe_playwright_python")),
        reason="`pip install -e '.[dev]'` is missing",
    ),
]

_ALONE = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""It runs as any user, and asks no network for anything."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory, "site")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=[*_ALONE])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test if it logs anything, such as a violation of its policy, or loads any other file."""
    context = browser.new_context(accept_downloads=True)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    yield page
    context.close()
    assert said == []
    assert [one for one in asked if one[0] != "document" and not one[1].startswith("data:")] == []


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site on a server of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("中国", "China"),
        ("Cote d'Ivoire", "Côte d'Ivoire"),
        ("Österreich", "Austria"),
        ("osterreich", "Austria"),
        ("République de Côte d’Ivoire", "Côte d'Ivoire"),
        ("النمسا", "Austria"),
        ("Ivory", "Côte d'Ivoire"),
        ("niger", "Niger"),
        ("CIV", "Côte d'Ivoire"),
        ("Türkiye", "Türkiye"),
        ("turkiye", "Türkiye"),
        ("Vietnam", "Viet Nam"),
        ("st. lucia", "Saint Lucia"),
        ("россия", "Russian Federation"),
        ("中華人民共和國", "China"),
        ("756", "Switzerland"),
        ("People's Republic of China", "China"),
    ],
)
def test_the_search_finds(typed: str, first: str, page: Any, site: Path) -> None:
    page.goto(f"file://{site}/index.html")
    page.get_by_label("Name or code of a State").fill(typed)
    assert page.locator("#results li a").first.text_content() == first
    page.keyboard.press("Enter")
    page.wait_for_url("**/states/*.html")
    assert page.locator("h1").text_content() == first


def test_the_search_says_what_it_finds(page: Any, site: Path) -> None:
    page.goto(f"file://{site}/index.html")
    box, status = page.get_by_label("Name or code of a State"), page.get_by_role("status")
    box.fill("xyzzy")
    assert status.text_content() == "No State on record has this name or code."
    box.fill("guinea")
    assert status.text_content() == "States found: 4"
    box.fill("")
    assert (status.text_content(), page.locator("#results li").count()) == ("", 0)


def test_nepal_and_what_to_do_are_three_clicks_away(page: Any, address: str) -> None:
    plan = json.loads(opsc("plan", "NPL", "--json", "--as-of", DAY).stdout)["plan"]
    last = plan["reports"][0]["submissions"][-1]
    by = by_in_words(parse_recorded(last["by"]), last["part_of_month"])
    page.goto(f"{address}/index.html")
    page.get_by_label("Name or code of a State").fill("nepal")
    page.locator("#results a").first.click()
    assert f"by {by}" in page.locator("section:has(#send) ol.steps").first.text_content()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Calendar file").click()
    events = Calendar.from_ical(Path(downloaded.value.path()).read_bytes()).walk("VEVENT")
    assert any("additional submission" in str(event["SUMMARY"]) for event in events)


def test_the_same_without_javascript(browser: Any, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/index.html")
    assert not page.get_by_label("Name or code of a State").is_visible()
    page.get_by_role("link", name="N", exact=True).click()
    page.get_by_role("link", name="Nepal").click()
    assert page.locator("h1").text_content() == "Nepal"
    assert page.get_by_role("link", name="Calendar file").is_visible()
    assert not page.get_by_role("link", name="Subscribe").is_visible()
    context.close()


def test_on_a_server_a_calendar_can_be_subscribed_to(page: Any, address: str) -> None:
    page.goto(f"{address}/states/NPL.html")
    link = page.get_by_role("link", name="Subscribe to this calendar")
    assert link.get_attribute("href") == f"{address.replace('http', 'webcal')}/api/v1/calendar/NPL.ics"


def test_the_map_leads_to_states_and_is_a_file(page: Any, address: str) -> None:
    page.goto(f"{address}/index.html")
    page.get_by_role("link", name="next review", exact=True).click()
    assert page.locator("svg.opsc a").count() == 197
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="This map as a picture").click()
    assert "Source: opsc, data" in Path(downloaded.value.path()).read_text(encoding="utf-8")
    page.locator("svg.opsc a", has_text="NRU").click()
    assert page.locator("h1").text_content() == "Nauru"


def test_by_keyboard(page: Any, site: Path) -> None:
    page.goto(f"file://{site}/states/NPL.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "what to send, and by when"


PAGES = (
    "index.html",
    "states.html",
    "states/NPL.html",
    "sessions.html",
    "map/joining.html",
    "statistics.html",
    "data.html",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_against_wcag(path: str, scheme: Any, browser: Any, site: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"file://{site}/{path}")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
    context.close()
    assert [
        (v["id"], v["nodes"][0]["html"], v["nodes"][0]["failureSummary"]) for v in found.response["violations"]
    ] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_and_does_not_shift(path: str, browser: Any, site: Path) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shifts += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"file://{site}/{path}")
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("window.shifts") == 0
    context.close()


def test_it_prints(browser: Any, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{site}/states/NPL.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.get_by_role("navigation", name="Site").is_visible()
    assert page.pdf().startswith(b"%PDF")
    context.close()


_UNKNOWN = ".*paint-order.*"
"""A property of style that browsers know and the checker does not."""


@pytest.mark.skipif(not (shutil.which("java") and shutil.which("npm")), reason="the Nu checker needs npm and Java")
def test_the_nu_checker_finds_the_html_valid(site: Path, tmp_path: Path) -> None:
    packed = subprocess.run(["npm", "pack", "vnu-jar"], cwd=tmp_path, capture_output=True, text=True, check=False)
    if packed.returncode:
        pytest.skip("npm cannot fetch vnu-jar")
    shutil.unpack_archive(next(tmp_path.glob("*.tgz")), tmp_path)
    (jar,) = tmp_path.rglob("vnu.jar")
    checked = [
        str(site / path) for path in (*PAGES, "how.html", "changes.html", "not-joined.html", "sessions/100.html")
    ]
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "gnu", "--filterpattern", _UNKNOWN, *checked],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
