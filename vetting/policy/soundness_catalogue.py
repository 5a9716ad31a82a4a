"""Soundness of the catalogue: grounds, checks, outcomes, questions, profiles, forms, retention."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.choices import CHOICES
from vetting.policy.engagement_forms import FORMS, EngagementForm
from vetting.policy.field_labels import field_label
from vetting.policy.grounds import GROUNDS
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.profiles import BASE, PROFILES, Profile
from vetting.policy.questions import QUESTIONS
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.policy.terms import RELATIONS, WORDS

#: Renewals that look nobody up; a licence register is the one register that may be asked again.
LAWFUL_RENEWALS = frozenset({"declaration", "licence", "permit", "training", "access_review"})

#: Checks that look into a register or a source about the person: never again during employment (JO 2023).
LOOK_UPS = frozenset({"population_register", "company_roles", "credit", "open_sources", "drug_test"})


#: Where a waiver has a person to be about, and everybody who signs it can see the check.
OWN_AND_OPEN = frozenset({("candidacy", "all"), ("engagement", "all")})

#: An issuer's confirmation of a degree does not grow old.
AGELESS = frozenset({"education"})


def grounds_exist() -> Iterator[str]:
    """No check without a legal ground."""
    for code, check in CHECKPOINTS.items():
        if check.ground not in GROUNDS:
            yield f"{code}: unknown ground {check.ground}"


def references_hold() -> Iterator[str]:
    """Questions, performers, outcomes, choices and labels of every check exist, and none is spare."""
    for code, check in CHECKPOINTS.items():
        if check.question is not None and check.question not in QUESTIONS:
            yield f"{code}: unknown question {check.question}"
        for performer in check.performed_by:
            if performer not in ROLES and performer not in RELATIONS and performer not in WORDS:
                yield f"{code}: unknown performer {performer}"
        if tuple(OUTCOMES.get(code, ())) != check.outcomes:
            yield f"{code}: the outcomes are not those of the catalogue"
        if not check.must_not_store:
            yield f"{code} does not say what must not be stored"
        for field in check.fields:
            if (field.type == "choice") != ((code, field.name) in CHOICES):
                yield f"{code}.{field.name}: options are missing or unused"
            try:
                field_label(code, field.name)
            except KeyError:
                yield f"{code}.{field.name} has no label"
    for code in OUTCOMES.keys() - CHECKPOINTS.keys():
        yield f"outcomes of the unknown check {code}"
    for check_code, field_name in CHOICES:
        known = CHECKPOINTS.get(check_code)
        if known is None or field_name not in {f.name for f in known.fields}:
            yield f"options of the unknown field {check_code}.{field_name}"
    for code in QUESTIONS.keys() - {c.question for c in CHECKPOINTS.values()}:
        yield f"the question {code} decides nothing"


def nothing_means_failed() -> Iterator[str]:
    """Every outcome means done, to assess, waiting or not applicable; no label judges a person."""
    for check, outcomes in OUTCOMES.items():
        for code, outcome in outcomes.items():
            if outcome.means not in ("done", "to_assess", "waiting", "not_applicable"):
                yield f"{check}.{code} means {outcome.means}"
            for word in ("underkän", "godkän", "träff", "misstänk", "anmärkning", "flagg", "avvikelse"):
                if word in outcome.label.lower():
                    yield f"{check}.{code}: the label judges: {outcome.label}"
        if not any(outcome.means == "done" for outcome in outcomes.values()):
            yield f"{check} can never be done"


def shown_only_has_one_act() -> Iterator[str]:
    """A check that may only be noted as shown: one outcome, one date, nothing else, by the deciding delegate."""
    for code, check in CHECKPOINTS.items():
        if GROUNDS[check.ground].documentation != "note_shown_only":
            continue
        if check.outcomes != ("shown",):
            yield f"{code} has other outcomes than shown"
        if [(f.name, f.type) for f in check.fields] != [("shown_on", "date")] or check.free_text:
            yield f"{code} stores more than the date it was shown"
        if check.performed_by != ("deciding_delegate",):
            yield f"{code} can be noted by others than the one who decides"
        if check.max_age_months is None or not check.intrusive or check.belongs_to != "candidacy":
            yield f"{code} is not an intrusive check of a candidacy with an age limit"


def free_text_is_rare() -> Iterator[str]:
    """Text fields stand exactly where free text is allowed, and never on a register extract."""
    for code, check in CHECKPOINTS.items():
        if any(field.type == "text" for field in check.fields) != check.free_text:
            yield f"{code}: free text and text field do not agree"
        structured = GROUNDS[check.ground].documentation != "free"
        if check.free_text and structured and check.belongs_to != "position":
            yield f"{code}: free text about a person on a ground that allows only structured notes"


def statutory_checks_stand_firm() -> Iterator[str]:
    """No waiver without the ground's leave; only the employer's own checks may wait until after the start."""
    for code, check in CHECKPOINTS.items():
        ground = GROUNDS[check.ground]
        if check.waivable and not ground.waivable:
            yield f"{code} could be waived although its ground demands it"
        if check.complete_after_start and not ground.waivable:
            yield f"{code} could be postponed although its ground demands it"
        if check.waivable and (check.belongs_to, check.visible_to) not in OWN_AND_OPEN:
            yield f"{code} could be waived although it is about nobody, or hidden from who signs"
        if ground.waivable and ground.documentation in ("note_shown_only", "external_copy"):
            yield f"{check.ground} is a statute's ground that could be waived"


def employees_are_not_looked_up() -> Iterator[str]:
    """Renewals are declarations, licences, permits, training and access review; no extract ever recurs."""
    for code, check in CHECKPOINTS.items():
        if check.renewal is None:
            continue
        if check.renewal.kind not in LAWFUL_RENEWALS:
            yield f"{code} is renewed by {check.renewal.kind}"
        if code in LOOK_UPS or code.startswith("crim_"):
            yield f"{code} would look an employee up again"


def reuse_follows_the_statute() -> Iterator[str]:
    """Reuse within a limit needs one; the statute's exemption needs its months; the rest is never reused."""
    for code, check in CHECKPOINTS.items():
        exempt = GROUNDS[check.ground].rehire_months is not None
        if (check.reuse == "statutory_exemption") != exempt:
            yield f"{code}: reuse and the ground's exemption do not agree"
        if check.reuse == "within_limit" and check.max_age_months is None and code not in AGELESS:
            yield f"{code} is reused without a limit"


def profiles_and_forms_hold() -> Iterator[str]:
    """Profiles and forms name checks that exist; every check is brought in by something."""
    brought: set[str] = set()
    sources: list[Profile | EngagementForm] = [*PROFILES.values(), *FORMS.values()]
    for source in sources:
        for code in (*source.checkpoints_added, *source.checkpoints_removed):
            if code not in CHECKPOINTS:
                yield f"{source.code}: unknown check {code}"
        brought |= set(source.checkpoints_added)
    for code in CHECKPOINTS.keys() - brought:
        yield f"no profile and no form brings {code} into play"
    if BASE not in PROFILES:
        yield "there is no base profile"
    for profile in PROFILES.values():
        if profile.level >= 3 and profile.approvers < 1:
            yield f"{profile.code} is level {profile.level} without an opinion"
        if profile.level >= 4 and profile.approvers < 2:
            yield f"{profile.code} is level {profile.level} with fewer than two opinions"
        wants_opinion = profile.approvers > 0 and profile.visible_to == "all"
        if wants_opinion != ("security_opinion" in profile.checkpoints_added):
            yield f"{profile.code}: number of opinions and row for the opinion do not agree"
        if profile.approvers == 1 and not profile.second_approver_on:
            yield f"{profile.code}: nothing adds a second opinion"
    for form in FORMS.values():
        if form.allowed != bool(form.decision_name) or (not form.allowed and not form.note):
            yield f"{form.code}: an allowed form names its decision, a refused one says why"


def protective_security_is_hidden() -> Iterator[str]:
    """The inner part is off by default, visible to that function alone, and in no other profile."""
    inner = {code for code, check in CHECKPOINTS.items() if check.visible_to == "protective_security"}
    for code in inner:
        if CHECKPOINTS[code].default_on or CHECKPOINTS[code].performed_by != ("protective_security",):
            yield f"{code} is on by default or done by others"
    for profile in PROFILES.values():
        if profile.visible_to == "all" and inner & set(profile.checkpoints_added):
            yield f"{profile.code} shows inner steps of protective security"
        if profile.visible_to != "all" and (profile.default_on or set(profile.checkpoints_added) - inner):
            yield f"{profile.code} is on by default or adds something that shows"


def retention_has_grounds() -> Iterator[str]:
    """Every retention rests on a ground; grounds and dates are in order."""
    for code, row in RETENTION.items():
        if row.ground not in GROUNDS:
            yield f"{code}: unknown ground {row.ground}"
        if isinstance(row.term, int) and row.term < 0:
            yield f"{code}: negative term"
    for code, ground in GROUNDS.items():
        if ground.valid_to is not None and ground.valid_to < ground.valid_from:
            yield f"{code} ends before it begins"


RULES = (
    grounds_exist,
    references_hold,
    nothing_means_failed,
    shown_only_has_one_act,
    free_text_is_rare,
    statutory_checks_stand_firm,
    employees_are_not_looked_up,
    reuse_follows_the_statute,
    profiles_and_forms_hold,
    protective_security_is_hidden,
    retention_has_grounds,
)
