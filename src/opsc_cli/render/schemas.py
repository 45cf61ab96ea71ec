"""The JSON Schemas of what the commands write with --json: what a script may rely on, as a machine checks it."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from opsc_cli.dataset.codes import CODES
from opsc_cli.dataset.findings import Severity
from opsc_cli.law.authority import Certainty
from opsc_cli.law.standing import Standing
from opsc_cli.law.treaty import Status
from opsc_cli.record.terms import Act, MeetingStatus, SourceKind
from opsc_cli.render.document import SCHEMA_VERSION

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_NUMBER: Json = {"type": "integer"}
_MAYBE_NUMBER: Json = {"type": ["integer", "null"]}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_AMOUNT: Json = {"type": "number", "minimum": 0}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_DAY: Json = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MAYBE_DAY: Json = {"type": ["string", "null"], "pattern": _DAY["pattern"]}
_RECORDED: Json = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_CERTAINTY: Json = {"enum": [c.value for c in Certainty]}
_MAYBE_CERTAINTY: Json = {"enum": [*(c.value for c in Certainty), None]}


def _object(properties: Mapping[str, Json], optional: Sequence[str] = ()) -> Json:
    """An object with these keys; a later minor version may add others."""
    required = [key for key in properties if key not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def _maybe(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _one_of(words: Sequence[str]) -> Json:
    return {"enum": list(words)}


# ── States ───────────────────────────────────────────────────────────────────────────────────────

_DATE_KEYS: Json = {
    "kind": _one_of(("date", "window", "awaited", "not-established")),
    "date": _MAYBE_DAY,
    "earliest": _MAYBE_DAY,
    "latest": _MAYBE_DAY,
    "certainty": _MAYBE_CERTAINTY,
    "authority": _TEXT,
    "because": _TEXT,
    "sources": _TEXTS,
}
_SET = {
    "date": (("date",), ("earliest", "latest")),
    "window": (("earliest", "latest"), ("date",)),
    "awaited": ((), ("date", "earliest", "latest")),
    "not-established": ((), ("date", "earliest", "latest")),
}
"""Which keys are set and which are null, by kind: no key holds a magic value."""


def _date(**more: Json) -> Json:
    """A computed date, of whatever kind."""
    rules = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": dict.fromkeys(given, _DAY) | {key: {"type": "null"} for key in null}},
        }
        for kind, (given, null) in _SET.items()
    ]
    return _object(_DATE_KEYS | more) | {"allOf": rules}


_REPORT = _object(
    {
        "treaty": _one_of(("OPSC", "CRC")),
        "kind": _one_of(("initial", "periodic", "further-information")),
        "numbers": _list(_NUMBER),
        "name": _TEXT,
        "received": _RECORDED,
        "symbol": _MAYBE_TEXT,
        "sources": _TEXTS,
    }
)
_MEETING_PLACE = _object({"opens": _RECORDED, "label": _TEXT, "number": _MAYBE_TEXT, "status": _TEXT})
_RANGE = _object(dict.fromkeys(("earliest", "likely", "latest"), _MEETING_PLACE))
_FORECAST_KEYS: Json = {
    "assumes_received": _DAY,
    "procedure": _one_of(("srp", "standard")),
    "authority": _TEXT,
    "certainty": _CERTAINTY,
    "basis": _TEXT,
    "nominal_coverage": _SHARE,
    "group_has_met": {"type": "boolean"},
    "pre_session": _RANGE,
    "session": _RANGE,
    "distribution": _list(_object({"label": _TEXT, "probability": _SHARE})),
}
_FORECAST = _object(_FORECAST_KEYS)
_STEP = _object(
    {
        "n": _NUMBER,
        "rule": _TEXT,
        "authority": _TEXT,
        "text": _TEXT,
        "url": _MAYBE_TEXT,
        "before": _MAYBE_TEXT,
        "after": _MAYBE_TEXT,
        "displaced": {"type": "boolean"},
        "certainty": _MAYBE_CERTAINTY,
        "because": _TEXT,
        "sources": _TEXTS,
    }
)
_OBLIGATION = _object(
    {
        "report": _REPORT,
        "owed_under": _TEXT,
        "standing": _one_of(get_args(Standing)),
        "standing_because": _TEXT,
        "standing_sources": _TEXTS,
        "due": _date(chain=_TEXTS),
        "days_late": _MAYBE_NUMBER,
        "days_past": _MAYBE_NUMBER,
        "displaced": _list(_date()),
        "remarks": _list(_object({"text": _TEXT, "sources": _TEXTS})),
        "forecast": _maybe(_FORECAST),
        "steps": _list(_STEP),
    },
    optional=("steps",),
)
_INSTRUMENT = _object(
    {
        "kind": _one_of(get_args(Act)),
        "deposited": _MAYBE_DAY,
        "earliest": _MAYBE_DAY,
        "latest": _MAYBE_DAY,
        "sources": _TEXTS,
    }
)
_INITIAL = _object(
    {
        "due": _date(),
        "due_published": _RECORDED,
        "submitted": _RECORDED,
        "symbol": _MAYBE_TEXT,
        "reviewed_session": _MAYBE_TEXT,
        "reviewed": _RECORDED,
        "concluding_observations": _maybe(_object({"symbol": _MAYBE_TEXT, "adopted": _RECORDED})),
        "sources": _TEXTS,
    }
)
_STATE = _object(
    {
        "iso3": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "name": _TEXT,
        "status": _one_of(get_args(Status)),
        "standing": _one_of(get_args(Standing)),
        "signed": _RECORDED,
        "signed_sources": _TEXTS,
        "instrument": _maybe(_INSTRUMENT),
        "entry_into_force": _maybe(_date()),
        "crc_entry_into_force": _maybe(_date()),
        "initial_report": _maybe(_INITIAL),
        "obligations": _list(_OBLIGATION),
        "notes": _TEXTS,
    }
)

# ── the other documents ──────────────────────────────────────────────────────────────────────────

_MEETING: Json = {
    "number": _MAYBE_TEXT,
    "label": _TEXT,
    "opens": _RECORDED,
    "closes": _RECORDED,
    "status": _one_of((*get_args(MeetingStatus), "projected", "not-on-record")),
    "place": _MAYBE_TEXT,
    "certainty": _CERTAINTY,
    "sources": _TEXTS,
    "note": _MAYBE_TEXT,
}
_REVIEW = _object({"iso3": _TEXT, "report": _TEXT, "outcome": _TEXT})
_SESSION = _object(
    _MEETING | {"reviews": _list(_REVIEW), "pre_sessions": _list(_object(_MEETING | {"prepares": _MAYBE_TEXT}))}
)
_COUNTS: Json = {"type": "object", "additionalProperties": _NUMBER}
_TOTALS: Json = {
    "on": _DAY,
    **dict.fromkeys(("deposits", "in_force", "pending", "signatures", "signatory_only", "none", "late"), _NUMBER),
    "by_standing": _COUNTS,
}
_STATS = _object(
    _TOTALS
    | {
        "by_region": {"type": "object", "additionalProperties": _COUNTS},
        "by_year": _list(_COUNTS),
        "series": _list(_object(_TOTALS)),
    },
    optional=("series",),
)
_MISMATCH = _object(
    {
        **dict.fromkeys(("about", "subject", "computed", "by", "published"), _TEXT),
        "computed_sources": _TEXTS,
        "published_sources": _TEXTS,
        "explained": _MAYBE_TEXT,
    }
)
_SOURCE = _object(
    {
        "id": _TEXT,
        "kind": _one_of(get_args(SourceKind)),
        "title": _TEXT,
        "publisher": _TEXT,
        **dict.fromkeys(("symbol", "url", "read_at"), _MAYBE_TEXT),
        "as_of": _RECORDED,
        "read": _DAY,
        "behind": _TEXTS,
    }
)
_END = _object({"part": _one_of(("parties", "committee")), "ends": _DAY, "age_days": _NUMBER})
_DATA = _object(
    {
        "version": _TEXT,
        "ends": _list(_END),
        **dict.fromkeys(("states", "sessions", "pre_sessions", "sources"), _NUMBER),
    }
)

_SCORE: Json = {
    "n": _NUMBER,
    "coverage": _SHARE,
    **{f"{key}_sessions": _AMOUNT for key in ("median_error", "mean_error", "median_width", "mean_width")},
    **{key: _object({"mean_error_sessions": _AMOUNT}) for key in ("naive", "median_of_all")},
}
_SCORES = _list(_object({"of": _TEXT} | _SCORE))
_STATE_SCORE: Json = {
    "of": _TEXT,
    "n": _NUMBER,
    "coverage": _SHARE,
    **{f"{key}_sessions": _AMOUNT for key in ("mean_error", "median_width")},
    "brier": _SHARE,
    "log_score": {"type": "number", "maximum": 0},
    "deciles": _list(_SHARE),
    "rules": _list(_object({"years": _NUMBER, "mean_error_sessions": _AMOUNT, "brier": _SHARE})),
}
_STATE_SCORES = _object(
    {"states": _NUMBER}
    | _STATE_SCORE
    | dict.fromkeys(("by_era", "by_knowledge"), _list(_object(_STATE_SCORE)))
    | {
        "within": _list(
            _object({"sessions": _NUMBER, "n": _NUMBER} | dict.fromkeys(("forecast", "observed", "brier"), _SHARE))
        ),
        "reviews_a_session": _object(dict.fromkeys(("expected", "known", "taken"), _AMOUNT)),
    }
)
_BACKTEST = _object(
    {"left_out": _NUMBER, "nominal_coverage": _SHARE}
    | _SCORE
    | dict.fromkeys(("by_procedure", "by_era", "by_sessions_ahead"), _SCORES)
    | {"next_review": _STATE_SCORES}
)
_SUBMISSION = _object(
    {
        "what": _TEXT,
        "meeting": _MEETING_PLACE,
        "by": _RECORDED,
        "certainty": _MAYBE_CERTAINTY,
        "authority": _TEXT,
        "because": _TEXT,
    }
)
_PLAN = _object(
    {
        "iso3": _TEXT,
        "name": _TEXT,
        "reports": _list(
            _object(
                {
                    "report": _TEXT,
                    "forecast": _FORECAST,
                    "submissions": _list(_SUBMISSION),
                    "form": _TEXTS,
                    "notes": _TEXTS,
                }
            )
        ),
        "without_forecast": _list(_object({"report": _TEXT, "because": _TEXT})),
        "notes": _TEXTS,
    }
)

_CONTENTS: Mapping[str, Json] = {
    "states": _list(_STATE),
    "sessions": _list(_SESSION),
    "stats": _STATS,
    "mismatches": _list(_MISMATCH),
    "sources": _list(_SOURCE),
    "data": _DATA,
    "forecast": _object({"treaty": _TEXT} | _FORECAST_KEYS),
    "backtest": _BACKTEST,
    "plan": _PLAN,
}
"""What stands in the envelope, by its key."""


_FINDING = _object(
    {
        "file": _TEXT,
        "line": _NUMBER,
        "column": _NUMBER,
        "code": _one_of(tuple(CODES)),
        "severity": _one_of(get_args(Severity)),
        "where": _TEXT,
        "message": _TEXT,
    }
)
_CHANGE: Json = {"old": _MAYBE_TEXT, "new": _MAYBE_TEXT}

_BARE: Mapping[str, Json] = {
    "validate": {
        "files": _NUMBER,
        "findings": _list(_FINDING),
        "errors": _NUMBER,
        "warnings": _NUMBER,
    },
    "diff": {
        "as_of": _DAY,
        "old_version": _TEXT,
        "new_version": _TEXT,
        "facts": _list(_object({"where": _TEXT} | _CHANGE)),
        "answers": _list(_object({"iso3": _TEXT, "name": _TEXT, "question": _TEXT} | _CHANGE | {"because": _TEXT})),
    },
}
"""Documents that speak of a dataset at hand, and stand in no envelope: by the command that writes them."""


_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _titled(what: str, properties: Mapping[str, Json]) -> Json:
    title = f"opsc: a document {what}"
    keys = {"schema_version": {"const": SCHEMA_VERSION}, **properties}
    return {"$schema": _DIALECT, "title": title, **_object(keys)}


def _document(key: str, content: Json) -> Json:
    envelope = {
        "tool_version": _TEXT,
        "data_version": _TEXT,
        "data_as_of": _object({"parties": _DAY, "committee": _DAY}),
        "as_of": _DAY,
        key: content,
    }
    return _titled(f"with {key}", envelope)


_WRITTEN_BY = {
    "due": ("states",),
    "explain": ("states",),
    "whatif": ("states",),
    "audit": ("mismatches",),
    "forecast": ("states", "forecast", "backtest"),
}
"""The documents that a command writes, where they have other names than its own."""


def output_schemas() -> dict[str, Json]:
    """The schema of every document, by the key of what it holds, or by the command that writes it without envelope."""
    in_envelopes = {key: _document(key, content) for key, content in _CONTENTS.items()}
    return in_envelopes | {command: _titled(f"of {command}", keys) for command, keys in _BARE.items()}


def documents() -> tuple[str, ...]:
    """What `output_schema` knows: the documents, and the commands that write them."""
    return tuple(dict.fromkeys((*output_schemas(), *_WRITTEN_BY)))


def output_schema(name: str) -> Json:
    """The schema of a document, or of what a command writes."""
    schemas = output_schemas()
    found = [schemas[key] for key in _WRITTEN_BY.get(name, (name,))]
    if len(found) == 1:
        return found[0]
    return {"$schema": _DIALECT, "title": f"opsc: a document of {name}", "oneOf": found}
