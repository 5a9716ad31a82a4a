"""What several pages of opinion and decision ask of an address: its opinion, its candidacy, the way here."""

from __future__ import annotations

from django.http import Http404

from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Opinion
from vetting.recruitment.views.base import Part
from vetting.web.parts import Link


def opinion_in(part: Part) -> Opinion:
    """The opinion that the address names. Raises Http404 where it names none."""
    if part.opinion is None:
        raise Http404
    return part.opinion


def candidacy_in(part: Part) -> Candidacy:
    """The candidacy that the address names. Raises Http404 where it names none."""
    if part.candidacy is None:
        raise Http404
    return part.candidacy


def crumbs(case: Case, here: str, *, through: bool = True) -> list[Link]:
    """The way here, `through` the recruitment where its page opens."""
    way = [Link(case.recruitment.reference, links.home(case))] if through else []
    return [*way, Link(here)]
