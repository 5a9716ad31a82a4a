"""The doors of *Mitt arbete*, for whoever has no recruitments of her own."""

from __future__ import annotations

from vetting.recruitment.navigation import BEHIND, DOORS


def test_every_door_says_what_is_behind_it_and_nothing_is_said_of_none() -> None:
    assert BEHIND.keys() == {name for _permission, name, _label, _icon in DOORS}
