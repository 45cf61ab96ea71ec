"""The classes of values that never change behave like frozen dataclasses."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, fields, is_dataclass, replace

import pytest

from opsc_cli.record.frozen import Frozen, made_by


class Deposit(Frozen):
    """By keywords."""

    state: str
    year: int = 2002
    sources: tuple[str, ...] = ()
    notes: dict[str, str] = made_by(dict)


class Place(Frozen, kw_only=False):
    """In order."""

    town: str
    country: str = "CHE"


class Renewed(Deposit):
    """Inherits its fields, and works one out."""

    until: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "until", self.year + 5)


class TestMaking:
    def test_defaults_fill_what_is_not_given(self) -> None:
        made = Deposit(state="NPL")
        assert (made.state, made.year, made.sources, made.notes) == ("NPL", 2002, (), {})

    def test_each_value_has_a_default_of_its_own(self) -> None:
        assert Deposit(state="NPL").notes is not Deposit(state="NPL").notes

    def test_in_the_order_of_the_fields(self) -> None:
        assert Place("Geneva") == Place("Geneva", "CHE") == Place(town="Geneva", country="CHE")

    def test_what_is_worked_out_after_making(self) -> None:
        assert Renewed(state="NPL", year=2006).until == 2011

    @pytest.mark.parametrize(
        ("values", "given", "wrong"),
        [
            ((), {}, "Place: missing town"),
            (("Geneva", "CHE", "Europe"), {}, "Place: more values than fields"),
            (("Geneva",), {"town": "Geneva"}, "Place: more values than fields"),
            (("Geneva",), {"river": "Rhône"}, "Place: no field river"),
        ],
    )
    def test_a_wrong_call_is_refused(self, values: tuple[str, ...], given: dict[str, str], wrong: str) -> None:
        with pytest.raises(TypeError, match=wrong):
            Place(*values, **given)

    def test_by_keywords_alone(self) -> None:
        with pytest.raises(TypeError, match="Deposit: more values than fields"):
            Deposit("NPL")  # type: ignore[misc]


def test_each_class_is_made_once() -> None:
    """A decorator that gave it slots would leave the class it was given in memory."""

    class Once(Frozen):
        day: int

    assert [kind.__name__ for kind in (*object.__subclasses__(), *Frozen.__subclasses__())].count("Once") == 1
    assert Once(day=1).day == 1


class TestFreezing:
    def test_no_field_can_be_assigned_or_deleted(self) -> None:
        place = Place("Geneva")
        with pytest.raises(FrozenInstanceError):
            place.town = "Bern"  # type: ignore[misc]
        with pytest.raises(FrozenInstanceError):
            del place.town
        with pytest.raises(FrozenInstanceError):
            place.river = "Rhône"  # type: ignore[attr-defined]

    def test_no_value_has_room_for_more(self) -> None:
        assert not hasattr(Place("Geneva"), "__dict__")


class TestComparing:
    def test_equal_when_all_fields_are(self) -> None:
        assert Place("Geneva") == Place("Geneva")
        assert Place("Geneva") != Place("Bern")
        assert hash(Place("Geneva")) == hash(Place("Geneva"))

    def test_values_of_different_classes_differ(self) -> None:
        assert Deposit(state="NPL") != Place("NPL")
        assert Deposit(state="NPL") != Renewed(state="NPL")


class TestAsAnyDataclass:
    def test_its_fields(self) -> None:
        assert is_dataclass(Renewed)
        assert [f.name for f in fields(Deposit)] == ["state", "year", "sources", "notes"]
        assert [f.name for f in fields(Renewed)] == ["state", "year", "sources", "notes", "until"]
        assert [f.default for f in fields(Renewed)[1:3]] == [2002, ()]
        assert fields(Renewed)[3].default_factory is dict
        assert asdict(Place("Geneva")) == {"town": "Geneva", "country": "CHE"}

    def test_a_changed_copy(self) -> None:
        assert replace(Deposit(state="NPL"), year=2006) == Deposit(state="NPL", year=2006)

    def test_it_is_shown_with_its_fields(self) -> None:
        assert repr(Place("Geneva")) == "Place(town='Geneva', country='CHE')"

    def test_matching_in_order(self) -> None:
        match Place("Geneva"):
            case Place(town, country):
                assert (town, country) == ("Geneva", "CHE")

    @pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
    def test_copies_are_equal(self, again: object) -> None:
        assert again(Place("Geneva")) == Place("Geneva")  # type: ignore[operator]
