"""The look of every picture: its tones by day and by night, and the stylesheet made from them.

A tone is a colour with a pattern, so that colour never stands alone.
"""

from collections.abc import Iterable, Iterator, Mapping

from opsc_cli.record.frozen import Frozen


class Tone(Frozen, kw_only=False):
    """A pattern, and by day and by night three colours: the ground, the lines of the pattern, the letters on it."""

    pattern: str
    light: tuple[str, str, str]
    dark: tuple[str, str, str]


TONES: Mapping[str, Tone] = {
    "red": Tone("plain", ("#b3261e", "#b3261e", "#fff"), ("#ff8a80", "#ff8a80", "#000")),
    "orange": Tone("rising", ("#ffdcb8", "#d9822b", "#331800"), ("#5c3100", "#c9771d", "#fff")),
    "yellow": Tone("dots", ("#fff4c2", "#b38f00", "#2b2300"), ("#453a00", "#b39700", "#fff")),
    "green": Tone("level", ("#d6efd8", "#5aa363", "#06290b"), ("#123d1b", "#4c8f57", "#fff")),
    "blue": Tone("upright", ("#d5e5fa", "#5b8fd1", "#05203f"), ("#12305a", "#4f80bf", "#fff")),
    "violet": Tone("falling", ("#e9dcf7", "#9a73c9", "#25083f"), ("#3c1f5c", "#8f6abb", "#fff")),
    "teal": Tone("checks", ("#d2efee", "#4b9e9c", "#042a29"), ("#0b3d3c", "#3f8d8b", "#fff")),
    "grey": Tone("crossed", ("#e8e8e8", "#9a9a9a", "#1c1c1c"), ("#333", "#777", "#fff")),
    "pale": Tone("sparse", ("#fff", "#8a8a8a", "#1c1c1c"), ("#1b1d22", "#888", "#fff")),
    "blank": Tone("plain", ("#fff", "#fff", "#444"), ("#1b1d22", "#1b1d22", "#bbb")),
    "first": Tone("plain", ("#08306b", "#08306b", "#fff"), ("#c6dbef", "#c6dbef", "#000")),
    "second": Tone("rising", ("#2f6fb3", "#1a5494", "#fff"), ("#8cb9de", "#6a9cc7", "#000")),
    "third": Tone("level", ("#8db8de", "#6697c6", "#000"), ("#3a75ad", "#28609a", "#fff")),
    "fourth": Tone("dots", ("#c6dcf0", "#8fb3d6", "#000"), ("#1c4a7d", "#3a6ea8", "#fff")),
    "fifth": Tone("falling", ("#eef4fb", "#bcd2ea", "#000"), ("#12294a", "#2b4f80", "#fff")),
}

_PLAIN = {
    "paper": ("#fff", "#14161a"),
    "ink": ("#1c1c1c", "#ececec"),
    "soft": ("#595959", "#b4b4b4"),
    "rule": ("#c9c9c9", "#4a4d55"),
}


def _rules(tones: Iterable[str], night: bool) -> Iterator[str]:
    paper, ink, soft, rule = (colours[night] for colours in _PLAIN.values())
    yield f".opsc .paper{{fill:{paper}}}.opsc text,.opsc .mark{{fill:{ink}}}.opsc .small{{fill:{soft}}}"
    yield f".opsc .rule{{stroke:{rule}}}.opsc .line,.opsc .open{{stroke:{ink}}}.opsc .open{{fill:{paper}}}"
    for name in tones:
        ground, line, letters = TONES[name].dark if night else TONES[name].light
        yield f".opsc .{name}{{fill:{ground}}}.opsc .{name}-line{{stroke:{line}}}"
        yield f".opsc .on-{name} text{{fill:{letters};stroke:{ground}}}"


_SHAPES = (
    ".opsc{max-width:100%;height:auto;font:13px system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif}"
    ".opsc .heading{font-size:18px;font-weight:600}.opsc .small{font-size:11px}"
    ".opsc .line,.opsc .rule,.opsc .open,.opsc [class$='-line']{fill:none;stroke-width:1.5;stroke-linecap:round}"
    ".opsc [class^='on-']{stroke:#767676;stroke-width:.75}.opsc [class^='on-'] text{font-size:10.5px;"
    "text-anchor:middle;paint-order:stroke;stroke-width:3px;stroke-linejoin:round}"
    ".opsc .end{text-anchor:end}.opsc .middle{text-anchor:middle}.opsc .strong{font-weight:600}"
    ".opsc a:hover path,.opsc a:focus path{stroke-width:3}"
)


def style(*tones: str) -> str:
    """The stylesheet of pictures that have these tones; all its selectors begin with .opsc."""
    night = "".join(_rules(tones, night=True))
    return f"{_SHAPES}{''.join(_rules(tones, night=False))}@media screen and (prefers-color-scheme:dark){{{night}}}"


STYLE = style(*TONES)
"""The stylesheet of every picture."""
