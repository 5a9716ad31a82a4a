"""After a disposal every page answers: *Gallrad* stands where something was, and figures count what they counted."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.disposal.cases import NAMES, Over, months
from tests.disposal.test_carry_out import GRACE, decided, on
from tests.recruitment.visit import client_of
from vetting.disposal.actions.carrying import carry_out
from vetting.recruitment.models import Check

WHO = {
    "hr_head": ("recruitment_list", "work", "control", "hold_list", "disposal_list", "engagement_list"),
    "archivist": ("recruitment_list", "work", "disposal_list"),
    "auditor": ("log_view", "oversight", "control", "disposal_list"),
    "security_head": ("recruitment_list", "opinion_list", "sample_list", "control"),
}
ROWS = ("candidacy_not_engaged", "candidacy_withdrawn", "evidence_not_needed", "references_summary")


def seen(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, url
    return answer.content.decode()


def numbers(over: Over) -> list[str]:
    """The figures of the control function's page, as they are shown."""
    text = seen(client_of(over.world, "security_head"), reverse("control"))
    return [part.split("<")[0] for part in text.split("app-stat__number")[1:]]


def test_every_page_answers_and_says_what_is_gone(over: Over) -> None:
    day = months(over.finalise(), 24)
    lots = [decided(over, row, day) for row in ROWS]
    with on(day + GRACE):
        before = numbers(over)
        for lot in lots:
            carry_out(lot.pk)
        assert numbers(over) == before
        reference = over.walk.case().recruitment.reference
        for name, pages in WHO.items():
            client = client_of(over.world, name)
            for page in pages:
                seen(client, reverse(page))
        client = client_of(over.world, "hr_head")
        home = reverse("recruitment_view", kwargs={"pk": over.walk.pk})
        for finalist in (over.engaged, over.left, over.gone):
            told = seen(client, f"{home}?k={finalist.label}")
            assert "Gallrad" in told
            assert not any(name.split()[1] in told for name in NAMES)
        timeline = seen(client, reverse("recruitment_timeline", kwargs={"pk": over.walk.pk}))
        assert f"enligt {lots[0].number}" in timeline
        for check in Check.objects.filter(recruitment=over.walk.pk, disposed_on__isnull=False):
            seen(client, reverse("check_view", kwargs={"pk": over.walk.pk, "check": check.pk}))
        for lot in lots:
            told = seen(client_of(over.world, "archivist"), reverse("lot_view", kwargs={"lot": lot.pk}))
            assert "Gallringsbevis" in told
            assert f"{reference} K" in told
            assert "Gallrad " in told
        found = seen(client, f"{reverse('recruitment_list')}?q={reference}")
        assert reference in found
