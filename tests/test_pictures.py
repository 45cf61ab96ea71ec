"""The pictures: every State has its square, nothing is told by colour alone, and a strict page can hold them."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import copy
from datetime import date
from functools import cache
from itertools import combinations, groupby, pairwise
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from opsc_cli.answers.position import Position, positions
from opsc_cli.answers.stats import days_between, totals_over, years_until
from opsc_cli.answers.timeline import timelines
from opsc_cli.record.frozen import replace
from opsc_cli.record.records import Dataset
from opsc_cli.render.charts import chances_chart, totals_chart, years_chart
from opsc_cli.render.documents import Envelope
from opsc_cli.render.listing import envelope_of
from opsc_cli.render.look import STYLE, TONES
from opsc_cli.render.scales import By, scale
from opsc_cli.render.svg import Picture, inline, standalone
from opsc_cli.render.tile_map import tile_map
from opsc_cli.render.tiles import TILES
from opsc_cli.render.timeline_svg import timeline_picture
from tests.commands import frozen_dataset, opsc
from tests.test_command import DAY

ON = date(2026, 11, 21)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def _states() -> tuple[Dataset, tuple[Position, ...], Envelope]:
    dataset = frozen_dataset()
    return dataset, positions(dataset, ON, tuple(dataset.states)), envelope_of(dataset, ON)


def _map(by: By, *, linked: bool = False) -> Picture:
    dataset, every, envelope = _states()
    return tile_map(every, by, envelope, {iso3: f"{iso3}.html" for iso3 in dataset.states} if linked else None)


def _position(iso3: str) -> Position:
    return next(position for position in _states()[1] if position.iso3 == iso3)


def _chances() -> Picture:
    picture = chances_chart(_position("AGO"), _states()[2])
    assert picture
    return picture


def _totals(step: str, since: date) -> Picture:
    dataset, _, envelope = _states()
    return totals_chart(tuple(totals_over(dataset, days_between(since, ON, step))), envelope)


def _timeline(*iso3s: str) -> Picture:
    dataset, _, envelope = _states()
    return timeline_picture(tuple(timelines([_position(iso3) for iso3 in iso3s], dataset)), envelope)


PICTURES = {
    **{f"map by {by}": (lambda by=by: _map(by)) for by in get_args(By)},
    "map with links": lambda: _map("standing", linked=True),
    "map of a few": lambda: tile_map([_position("NRU"), _position("BRA")], "joining", _states()[2]),
    "map of none": lambda: tile_map([], "standing", _states()[2]),
    "chances": _chances,
    "years": lambda: years_chart(years_until(_states()[0], ON), _states()[2]),
    "totals": lambda: _totals("year", date(2000, 5, 25)),
    "totals of a few days": lambda: _totals("day", date(2026, 11, 1)),
    "totals before there were any": lambda: _totals("day", ON),
    "timeline": lambda: _timeline("AUT"),
    "timeline of several": lambda: _timeline("USA", "SRB", "FJI", "NOR", "KEN"),
}


@cache
def _picture(name: str) -> Picture:
    return PICTURES[name]()


def _read(written: str) -> ElementTree.Element:
    return ElementTree.fromstring(written)


def _all(picture: Picture, tag: str) -> list[ElementTree.Element]:
    return list(_read(inline(picture)).iter(f"{SVG}{tag}"))


# ── the arrangement of the map ───────────────────────────────────────────────────────────────────


def test_every_state_has_a_square_of_its_own(dataset: Dataset) -> None:
    assert set(TILES) == set(dataset.states)
    assert len(set(TILES.values())) == len(TILES) == 197


@pytest.mark.parametrize(
    ("north", "south"),
    [("CAN", "USA"), ("USA", "MEX"), ("NOR", "ITA"), ("DEU", "TUN"), ("DZA", "NER"), ("CHN", "IND"), ("IDN", "AUS")],
)
def test_north_is_above(north: str, south: str) -> None:
    assert TILES[north][0] < TILES[south][0]


@pytest.mark.parametrize(
    ("west", "east"),
    [("PER", "BRA"), ("BRA", "GHA"), ("PRT", "ESP"), ("GHA", "NGA"), ("EGY", "JOR"), ("IRN", "PAK"), ("IND", "MMR"),
     ("MMR", "PHL"), ("AUS", "NZL"), ("PNG", "NRU"), ("FJI", "NIU")],
)  # fmt: skip
def test_west_is_left(west: str, east: str) -> None:
    assert TILES[west][1] < TILES[east][1]


@pytest.mark.parametrize("pair", ["ESPPRT", "FRAAND", "DEUPOL", "ETHERI", "ARGCHL", "INDBGD", "LAOVNM", "ZAFLSO"])
def test_neighbours_touch(pair: str) -> None:
    one, other = TILES[pair[:3]], TILES[pair[3:]]
    assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) == 1


def _austria_as(name: str, iso3: str = "AUT") -> Position:
    """The position of Austria under another name."""
    position = copy(_position("AUT"))
    vars(position).update(iso3=iso3, named=replace(position.named, name=name), answer=position.answer)
    return position


def test_a_state_without_a_place_comes_below() -> None:
    invented = _austria_as(iso3="ZZZ", name="Invented State")
    picture = tile_map([invented], "standing", _states()[2])
    assert "ZZZ" in [text.text for text in _all(picture, "text")]
    assert picture.height > tile_map([], "standing", _states()[2]).height


# ── what it says ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", get_args(By))
def test_the_squares_are_as_many_as_the_legend_says(by: By) -> None:
    picture = _map(by)
    squares = Counter[str]()
    for group in _all(picture, "g"):
        tone = group.get("fill", "").removeprefix(f"url(#{picture.key}-").removesuffix(")")
        squares[tone] += len(group.findall(f"{SVG}g"))
    kinds = scale(by, ON).kinds
    assert sum(squares.values()) == 197
    said = [text.text or "" for text in _all(picture, "text")]
    for kind in kinds:
        assert f"{kind.called}: {squares[kind.tone]}" in said
        assert f"{kind.called}: {squares[kind.tone]}" in picture.about


@pytest.mark.parametrize("by", get_args(By))
def test_a_square_tells_its_state_in_words(by: By) -> None:
    shown = scale(by, ON)
    titles = {title.text for title in _all(_map(by), "title")}
    for position in _states()[1]:
        assert f"{position.name}: {shown.words_of(position)}" in titles


def test_a_year_of_deposit_that_is_not_known_is_none_of_the_spans() -> None:
    shown = scale("joining", ON)
    for position in _states()[1]:
        instrument = position.answer.known.instrument
        called = shown.kind_of(position).called
        if instrument is None:
            assert called == "no instrument on record"
        elif instrument.deposited:
            years = [int(year) for year in re.findall(r"\d{4}", called)]
            assert years[0] <= instrument.deposited.year <= (years[1] if len(years) == 2 else 2199)


def test_a_state_that_was_not_asked_about_is_an_empty_square() -> None:
    picture = tile_map([_position("NRU")], "standing", _states()[2])
    (empty,) = [path for path in _all(picture, "path") if path.get("class") == "rule"]
    assert (empty.get("d") or "").count("M") == 196
    assert "196 States that were not asked about" in picture.about
    words = [text.text or "" for text in _all(picture, "text") if ": " in (text.text or "")]
    assert words == ["not bound by the Protocol: 1"], "the legend has no kind that is not there"


def test_the_chart_has_the_bars_of_the_terminal() -> None:
    shown = opsc("forecast", "Angola", *DAY, "--format", "table").stdout
    drawn = [text.text or "" for text in _all(_chances(), "text")]
    percents = [text for text in drawn if re.fullmatch(r"<?\d+%", text)]
    assert percents == re.findall(r"[█░] (<?\d+%)", shown)


def test_the_source_line_is_in_the_file_and_left_to_the_page() -> None:
    picture = _map("standing")
    assert picture.source.startswith(f"As of 21 November 2026. Source: opsc, data {frozen_dataset().version};")
    words = [text.text or "" for text in _read(standalone(picture)).iter(f"{SVG}text")]
    assert picture.source in " ".join(words)
    assert picture.source not in inline(picture)


def test_a_name_is_never_markup() -> None:
    odd = _austria_as(name="<b>&\"'\x07")
    written = standalone(tile_map([odd], "standing", _states()[2]))
    assert "<b>" not in written
    assert any("<b>&\"'" in (title.text or "") for title in _read(written).iter(f"{SVG}title"))


# ── whoever looks, and however ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_sound_and_has_its_words(name: str) -> None:
    picture = _picture(name)
    for written in (inline(picture), standalone(picture)):
        root = _read(written)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(set(ids)) == len(ids)
        assert all(str(known).startswith(picture.key) for known in ids)
        title, about = (root.find(f"{SVG}{tag}") for tag in ("title", "desc"))
        assert title is not None and title.text == picture.title
        assert about is not None and about.text == picture.about
        assert not re.search(r"[.;:] ?[.;]|  ", picture.about), picture.about
        assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
        assert root.get("role") == ("group" if picture.has_links else "img")
        assert set(re.findall(r"url\(#([^)]*)\)", written)) <= set(ids)


@pytest.mark.parametrize("name", PICTURES)
def test_a_strict_policy_allows_it(name: str) -> None:
    """No script, no style but the page's (or the file's one), nothing from elsewhere."""
    picture = _picture(name)
    for element in _read(inline(picture)).iter():
        assert element.tag.removeprefix(SVG) not in ("style", "script", "image", "foreignObject")
        assert not {key for key in element.attrib if key == "style" or key.startswith("on")}
    assert standalone(picture).count("<style>") == 1
    assert "http" not in standalone(picture).replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("name", PICTURES)
def test_the_stylesheet_knows_its_classes_and_touches_nothing_else(name: str) -> None:
    used = {c for element in _read(inline(_picture(name))).iter() for c in (element.get("class") or "").split()}
    assert used <= set(re.findall(r"\.([a-z-]+)", STYLE))
    rules = STYLE.replace("@media screen and (prefers-color-scheme:dark){", "").replace("}}", "}")
    for rule in filter(None, rules.split("}")):
        assert all(selector.startswith(".opsc") for selector in rule.partition("{")[0].split(",")), rule


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_is_drawn_outside_it(name: str) -> None:
    picture = _picture(name)
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in _places(_read(inline(picture))))


def _places(root: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Where texts begin and where paths and squares have their corners; patterns have a place of their own."""
    for defined in root.findall(f"{SVG}defs"):
        root.remove(defined)
    for element in root.iter():
        if element.get("x"):
            x, y = float(element.get("x", "0")), float(element.get("y", "0"))
            yield x, y
            yield x + float(element.get("width", "0")), y + float(element.get("height", "0"))
        x = y = 0.0
        for command, numbers in re.findall(r"([MLHVlhvz])([-\d. ]*)", element.get("d") or ""):
            values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
            across, down = _step(command, values)
            x, y = (
                (x + across, y + down)
                if command.islower()
                else (
                    across if command != "V" else x,
                    down if command != "H" else y,
                )
            )
            yield x, y


def _step(command: str, values: list[float]) -> tuple[float, float]:
    if not values:
        return 0, 0
    match command:
        case "H" | "h":
            return values[0], 0
        case "V" | "v":
            return 0, values[0]
    return values[0], values[1]


@pytest.mark.parametrize("name", PICTURES)
def test_it_is_the_same_twice_and_small_enough_for_a_page(name: str) -> None:
    written = inline(_picture(name))
    assert inline(PICTURES[name]()) == written
    assert len(written.encode()) < 40_000


@pytest.mark.parametrize("by", get_args(By))
def test_kinds_differ_without_colour(by: By) -> None:
    """By their patterns; two without a pattern by light and dark."""
    kinds = scale(by, ON).kinds
    assert len({kind.tone for kind in kinds}) == len(kinds)
    for one, other in combinations((TONES[kind.tone] for kind in kinds), 2):
        if one.pattern == other.pattern:
            assert _contrast(one.light[0], other.light[0]) > 4
            assert _contrast(one.dark[0], other.dark[0]) > 4


@pytest.mark.parametrize("name", TONES)
def test_letters_can_be_read_by_day_and_by_night(name: str) -> None:
    for ground, _, letters in (TONES[name].light, TONES[name].dark):
        assert _contrast(ground, letters) >= 4.5


def test_words_can_be_read_by_day_and_by_night() -> None:
    by_day, by_night = STYLE.split("@media")
    for rules in (by_day, by_night):
        colours = dict(re.findall(r"\.(paper|small|mark)\{fill:(#\w+)\}", rules))
        assert _contrast(colours["paper"], colours["small"]) >= 4.5
        assert _contrast(colours["paper"], colours["mark"]) >= 7


def _contrast(one: str, other: str) -> float:
    """That of WCAG 2.2."""
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


def _light(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    shares = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_two_texts_lie_upon_each_other_at_the_ends_of_lines() -> None:
    ends = [text for text in _all(_totals("year", date(2000, 5, 25)), "text") if float(text.get("x") or 0) > 560]
    heights = sorted(float(text.get("y") or 0) for text in ends if ": " in (text.text or ""))
    assert len(heights) >= 3
    assert all(later - sooner >= 14 for sooner, later in pairwise(heights))


def test_marks_of_a_lane_do_not_touch() -> None:
    rects = [r for r in _all(_timeline("NOR"), "rect") if float(r.get("y") or 0) < _timeline("NOR").height - 70]
    rows = sorted(rects, key=lambda r: (float(r.get("y") or 0), float(r.get("x") or 0)))
    for _, lane in groupby(rows, key=lambda r: r.get("y")):
        placed = [(float(r.get("x") or 0), float(r.get("width") or 0)) for r in lane]
        for (x, wide), (after, _) in pairwise(placed):
            assert x + wide <= after + 0.1


# ── from the command line ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        (("timeline", "Austria"), "Austria: what happened and what is to come (OPSC)"),
        (("states", "--region", "African"), "its standing"),
        (("stats",), "year by year"),
        (("stats", "--since", "2015-01-01", "--every", "year"), "over time"),
        (("forecast", "Angola"), "Angola: when the Committee will likely review it next"),
    ],
    ids=" ".join,
)
def test_a_picture_is_a_format(asked: tuple[str, ...], title: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    done = opsc(*asked, *DAY, "-o", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    found = _read(path.read_text(encoding="utf-8")).find(f"{SVG}title")
    assert found is not None and title in (found.text or "")
