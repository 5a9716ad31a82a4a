"""Words of the place are refused in passwords; phrases that stand without them are not."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from vetting.accounts.place_words import words_of_the_place


@pytest.mark.parametrize(
    "password",
    [
        "Lindbykommun2026",
        "lindbys kommun!",
        "Kommunen123456",
        "rekrytering2026!",
        "Sommar2026sommar",
        "VÄLKOMMEN-2026",
    ],
)
def test_what_others_guess_first_is_refused(settings: Any, password: str) -> None:
    settings.MUNICIPALITY_NAME = "Lindbys kommun"
    with pytest.raises(ValidationError, match="ord som andra gissar först"):
        validate_password(password)


@pytest.mark.parametrize("password", ["en lång fras som ingen gissar", "min kommun har en blå bro över ån"])
def test_a_phrase_that_stands_without_them_is_taken(settings: Any, password: str) -> None:
    settings.MUNICIPALITY_NAME = "Lindbys kommun"
    validate_password(password)


def test_the_municipalitys_own_name_is_among_them(settings: Any) -> None:
    settings.MUNICIPALITY_NAME = "Lindbys kommun"
    assert {"lindbys", "lindby", "kommun"} <= words_of_the_place()
    settings.MUNICIPALITY_NAME = ""
    assert "kommun" in words_of_the_place()
