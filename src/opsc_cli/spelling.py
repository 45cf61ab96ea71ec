"""Normalises names of States so that different spellings can be compared.

Ignored: case, accents and vowel marks, apostrophes, hyphens, full stops, spaces, "the", and the difference between
"St" and "Saint" and between "&", "and", "et" and "y". A French or Spanish article before a name is ignored if the text
with it names nothing. A code has no accents: Vietnamese "Mỹ" is not MY. A code is one word: CH AD is not Chad, SE-N (a
county of Sweden) is not Senegal. So words as short as codes are not joined, except initials (U. K.).
"""

TYPE_CHECKING = False  # importing typing would slow down every answer
if TYPE_CHECKING:
    from collections.abc import Iterator

_APOSTROPHES = "'’‘´`′ʹʺʻʼʽʾʿ"
_ACCENTS = (
    *range(0x300, 0x370), *range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, *range(0x610, 0x61B),
    *range(0x64B, 0x660), 0x670,
)  # fmt: skip
"""Marks that a name can be written without, in Latin, Greek, Cyrillic, Hebrew and Arabic; not in Indian scripts."""
_SPACED = str.maketrans(dict.fromkeys("-‐‑‒–—_/,;()（）、，·・", " ") | {"&": " & "})
_LETTERS = _SPACED | str.maketrans(
    # letters that Unicode does not decompose, variants of Arabic letters, the Arabic tatweel
    {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"}
    | {"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": None}
    | dict.fromkeys((*_APOSTROPHES, *map(chr, _ACCENTS)))
)
_WORDS = {"st": "saint", "ste": "sainte", "sta": "santa"}
_BETWEEN = {"&": "and", "et": "and", "y": "and"}
LONGEST_CODE = 3
WORDS_IN_A_NAME = frozenset({"and", "et", "la", "La"})  # codes too
_ARTICLES = frozenset({"la", "le", "les", "el", "los", "las"})


def normalised(text: str) -> str:
    """The form of `text` for comparison: lower case, no accents, punctuation or "the", and usually no spaces."""
    return _joined(_words_of(text))


def _joined(words: list[str]) -> str:
    whole = "".join(words)
    if len(words) < 2 or len(whole) > LONGEST_CODE * len(words):  # one word, or one that is longer: most names
        return whole
    lengths = [len(word) if word.isascii() else LONGEST_CODE + 1 for word in words]
    return " ".join(words) if 1 < max(lengths) <= LONGEST_CODE else whole


def _words_of(text: str) -> list[str]:
    """The normalised words of `text`. A single word may be a code (ST, ET) and is not replaced."""
    plain = text.casefold()
    parts = (plain.translate(_SPACED) if plain.isascii() else _without_accents(plain)).split()
    words = [w for p in parts if (w := p if p.isalnum() else _without_punctuation(p)) not in ("", "the")]
    last = len(words) - 1
    if last < 1:
        return words
    return [_BETWEEN.get(w, w) if 0 < n < last else _WORDS.get(w, w) for n, w in enumerate(words)]


def _without_punctuation(part: str) -> str:
    return "".join(c for c in part if c.isalnum() or c == "&" or (not c.isascii() and _is_mark(c)))


def _without_accents(text: str) -> str:
    import unicodedata  # imported here because ASCII names do not need it

    return unicodedata.normalize("NFKD", text).translate(_LETTERS)


def _is_mark(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character).startswith("M")


def readings_of(text: str) -> "Iterator[str]":
    """The forms under which to look up `text`: itself, without its article, then reworded (rewording.py).

    A text without its article, or reworded, is never taken for a code. A number is a code only if the text has nothing
    else: +44 is not one.
    """
    words = _words_of(text)
    whole = _joined(words)
    if whole.isascii() and whole.isdecimal():
        if len(words) == 1 and text.isascii() and "".join(text.split()).isalnum():
            yield whole.lstrip("0").zfill(3)
    elif text.isascii() or not _is_short_of_its_accents(whole, text):
        yield whole
    is_article = words and words[0] in _ARTICLES and (text.isupper() or not text.split()[0][:2].isupper())
    rest = _joined(words[1:]) if is_article else ""  # "LA, Afghanistan": LA is a code
    if text.strip()[:1] in ("L", "l") and text.strip()[1:2] in tuple(_APOSTROPHES):
        rest = whole[1:]
    if len(rest) > LONGEST_CODE:
        yield rest
    from opsc_cli.rewording import reworded  # imported here because only names not found need it

    yield from (found for found in map(normalised, reworded(text)) if len(found) > LONGEST_CODE)


def _is_short_of_its_accents(whole: str, text: str) -> bool:
    """Whether a text looks like a code only because normalisation removed letters that no code has."""
    import unicodedata

    written = unicodedata.normalize("NFKC", text)
    return len(whole) <= LONGEST_CODE and whole.isascii() and any(c.isalpha() and not c.isascii() for c in written)
