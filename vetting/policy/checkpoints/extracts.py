"""Register extracts: only with a statute, most of them only shown."""

from __future__ import annotations

from datetime import date

from vetting.policy.checkpoints.model import Checkpoint, evidence
from vetting.policy.text import _

#: The statutes let only "it was shown" be recorded, so even these traces of the extract are forbidden.
_NOT_STORED = (
    _("Utdraget eller kopia"),
    _("vad som stod i det"),
    _("att det inte visats upp"),
    _("om det var digitalt eller på papper"),
    _("utdragets nummer eller datum"),
)

DECLARED = (
    Checkpoint(
        code="crim_school",
        name=_("Registerutdrag skola och förskola"),
        belongs_to="candidacy",
        stage="decision",
        ground="extract_school",
        performed_by=("deciding_delegate",),
        outcomes=("shown",),
        fields=evidence(shown_on="date"),
        must_not_store=_NOT_STORED,
        help=_(
            "Du som fattar beslutet ser utdraget, högst ett år gammalt, och antecknar bara "
            "att det visats upp."
        ),
        intrusive=True,
        max_age_months=12,
        blocks="decision",
        reuse="statutory_exemption",
        protected_identity="as_usual",
    ),
    Checkpoint(
        code="crim_hvb",
        name=_("Registerutdrag boende som tar emot barn"),
        belongs_to="candidacy",
        stage="decision",
        ground="extract_residential",
        performed_by=("deciding_delegate", "hr_officer"),
        outcomes=("handed_in", "fetched"),
        fields=evidence(received_on="date", kept_at="reference", keep_until="date"),
        must_not_store=(
            _("Utdragen eller kopia i systemet"),
            _("vad som stod i dem"),
            _("bedömning av innehållet"),
        ),
        help=_(
            "Ta emot utdragen ur båda registren, högst sex månader gamla, och ange var de "
            "förvaras i minst två år från starten."
        ),
        intrusive=True,
        max_age_months=6,
        blocks="decision",
        reuse="statutory_exemption",
        person_number="number",
    ),
    Checkpoint(
        code="crim_lss_child",
        name=_("Registerutdrag LSS-insatser åt barn"),
        belongs_to="candidacy",
        stage="decision",
        ground="extract_lss_child",
        performed_by=("deciding_delegate",),
        question="lss_other_children",
        outcomes=("shown",),
        fields=evidence(shown_on="date"),
        must_not_store=_NOT_STORED,
        help=_(
            "Du som fattar beslutet ser utdraget, högst ett år gammalt, och antecknar bara "
            "att det visats upp."
        ),
        intrusive=True,
        max_age_months=12,
        blocks="decision",
        protected_identity="as_usual",
    ),
    Checkpoint(
        code="crim_child_other",
        name=_("Registerutdrag annat arbete med barn"),
        belongs_to="candidacy",
        stage="decision",
        ground="extract_child",
        performed_by=("deciding_delegate",),
        question="child_contact_request",
        outcomes=("shown",),
        fields=evidence(shown_on="date"),
        must_not_store=_NOT_STORED,
        help=_(
            "Begär utdraget bara om arbetet innebär direkt och regelbunden kontakt med barn, "
            "och anteckna bara att det visats upp."
        ),
        intrusive=True,
        max_age_months=12,
        blocks="decision",
        protected_identity="as_usual",
    ),
    Checkpoint(
        code="crim_home_care",
        name=_("Registerutdrag arbete i hemmet"),
        belongs_to="candidacy",
        stage="decision",
        ground="extract_home",
        performed_by=("deciding_delegate",),
        question="home_care_request",
        outcomes=("shown",),
        fields=evidence(shown_on="date"),
        must_not_store=(*_NOT_STORED, _("uppgift om misstanke")),
        help=_("Du som fattar beslutet ser utdragen och antecknar bara att de visats upp."),
        intrusive=True,
        max_age_months=6,
        blocks="decision",
        since=date(2026, 3, 1),
        protected_identity="as_usual",
    ),
    Checkpoint(
        code="crim_leading",
        name=_("Registerutdrag ledande befattning"),
        belongs_to="candidacy",
        stage="decision",
        ground="extract_leading",
        performed_by=("deciding_delegate",),
        question="leading_post_request",
        outcomes=("shown",),
        fields=evidence(shown_on="date"),
        must_not_store=(*_NOT_STORED, _("utdrag ur misstankeregistret")),
        help=_(
            "Du som fattar beslutet ser utdraget ur belastningsregistret och antecknar bara "
            "att det visats upp."
        ),
        intrusive=True,
        max_age_months=6,
        blocks="decision",
        since=date(2026, 3, 1),
        protected_identity="as_usual",
    ),
)
