"""Writes pages: the templates filled in, in one look, and what each may load.

A page needs no other file to be seen: its style and scripts are in it. Its policy names them by their checksums and
lets a browser load nothing else; so it holds for a file opened from a disk, too.
"""

import base64
import hashlib
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from opsc_cli.record.dates import in_words, parse_recorded
from opsc_cli.record.frozen import Frozen
from opsc_cli.record.links import UNDOCS, is_symbol, link_of
from opsc_cli.render.look import STYLE, style
from opsc_cli.render.plan import session_in_words
from opsc_cli.render.svg import Picture, inline
from opsc_cli.render.timeline_svg import TIMELINE_TONES
from opsc_cli.render.words import percent

if TYPE_CHECKING:
    from opsc_cli.render.documents import Envelope

_HERE = files("opsc_cli.render.site")
_PICTURES = {"index": STYLE, "map": STYLE, "statistics": STYLE, "state": style(*TIMELINE_TONES)}
"""What the pictures of a page need beside its own style."""
_SCRIPTS = {"search": "search.js", "subscribe": "subscribe.js"}


class Place(Frozen):
    """Where the site is published, as far as it is known."""

    address: str | None = None
    """The address of its front page; without it a page cannot name its own."""
    corrections: str | None = None
    """Where readers report a wrong date: a page, or mailto:."""

    def of(self, path: str) -> str | None:
        """The whole address of a file of the site."""
        return f"{self.address.rstrip('/')}/{path}" if self.address else None


class PageWriter:
    """Fills in templates for one site: the same texts, style and versions on every page."""

    def __init__(self, envelope: "Envelope", place: Place, language: str = "en") -> None:
        self.envelope = envelope
        self.place = place
        self.texts: Mapping[str, Any] = tomllib.loads(_read(f"texts/{language}.toml"))
        self._style = re.sub(r"\s*([{};:,>])\s*", r"\1", _tight(_read("templates/style.css"))).replace(";}", "}")
        self._environment = Environment(
            loader=PackageLoader("opsc_cli.render.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {"day": day_in_html, "fill": fill, "document": document_link}
        self._environment.globals |= {
            "link": link,
            "percent": percent,
            "session_in_words": session_in_words,
            "link_of": link_of,
        }
        self.know(t=self.texts, envelope=envelope, place=place, language=language)

    def know(self, **content: Any) -> None:
        """What every template can use."""
        self._environment.globals |= content

    def page(self, path: str, template: str, *scripts: str, **content: Any) -> str:
        """The page at `path`; `scripts` name those that it has."""
        look = self._style + _PICTURES.get(template, "")
        loaded = {name: _tight(_read(f"templates/{_SCRIPTS[name]}")) for name in scripts}
        return self.text(
            path,
            f"{template}.html",
            style=Markup(look),
            scripts={name: Markup(script) for name, script in loaded.items()},
            policy=policy(look, *loaded.values()),
            **content,
        )

    def text(self, path: str, template: str, **content: Any) -> str:
        """Another file, such as a feed."""
        root = "../" * path.count("/")
        return self._environment.get_template(template).render(path=path, root=root, **content)


def policy(style: str, *scripts: str) -> str:
    """What a browser may load for a page: its own style and scripts, and images that are within it."""
    may = {"default-src": "'none'", "style-src": _hashed(style), "img-src": "data:"}
    if scripts:
        may["script-src"] = " ".join(map(_hashed, scripts))
    may |= {"base-uri": "'none'", "form-action": "'none'"}
    return "; ".join(f"{what} {where}" for what, where in may.items())


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _tight(text: str) -> str:
    """Without indentation and empty lines: each page has the style and its scripts in it."""
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)


# ── what templates call ──────────────────────────────────────────────────────────────────────────────────────


def day_in_html(recorded: Any) -> Markup:
    """A date in words, which a machine can read as well."""
    found = parse_recorded(recorded) if isinstance(recorded, str) else recorded
    return Markup('<time datetime="{}">{}</time>').format(str(found), in_words(found))


def fill(text: str, **values: Any) -> Markup | str:
    """A text with its blanks filled in; what is put in may be HTML."""
    return Markup.escape(text).format(**values)


def document_link(symbol: str | None) -> Markup | str:
    """The symbol of a document of the United Nations, which opens it."""
    if not symbol or not is_symbol(symbol):
        return symbol or ""
    return Markup('<a href="{}{}">{}</a>').format(UNDOCS, symbol, symbol)


def link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def picture_in_page(picture: Picture) -> Markup:
    """A picture as a page has it in it."""
    return Markup(inline(picture))
