"""System checks: the program does not start on a policy that is not sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from vetting.policy.soundness import findings


@register("policy")
def policy_is_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error per finding of ``vetting.policy.soundness``."""
    return [Error(finding.text, id=f"policy.{finding.rule}") for finding in findings()]
