"""Neutral reasons to choose from. No reason ever says anything about a person's checks."""

from __future__ import annotations

from vetting.policy import reasons_reports
from vetting.policy.text import _

Reasons = dict[str, str]

#: Why a candidacy ends. The candidate's own withdrawal has no reason at all.
NOT_SELECTED: Reasons = {
    "other_chosen": _("En annan slutkandidat valdes"),
    "place_withdrawn": _("Platsen tillsätts inte"),
    "terms_not_agreed": _("Villkoren kunde inte enas om"),
    "start_not_possible": _("Tillträdet kunde inte ske i tid"),
    "requirements_changed": _("Kravprofilen ändrades"),
    "process_ended": _("Anställningen går inte vidare"),
}

CANCEL: Reasons = {
    "need_changed": _("Behovet har ändrats"),
    "budget": _("Medel saknas"),
    "no_suitable_applicants": _("För få sökande i förhållande till kravprofilen"),
    "redeployment": _("Platsen löses genom omplacering eller företrädesrätt"),
    "reorganisation": _("Verksamheten organiseras om"),
    "opened_by_mistake": _("Rekryteringen startades av misstag"),
}

HOLD: Reasons = {
    "budget_decision": _("Väntar på beslut om medel"),
    "organisation_decision": _("Väntar på beslut om organisation"),
    "manager_absent": _("Ansvarig chef är frånvarande"),
    "union_dialogue": _("Väntar på facklig dialog"),
    "holidays": _("Ledigheter"),
}

#: Who is waited for, in *Pausad – väntar på {vem}*.
PAUSE: Reasons = {
    "issuer": _("utfärdaren"),
    "authority": _("en annan myndighet"),
    "referee": _("referenten"),
    "occupational_health": _("företagshälsovården"),
    "union": _("facket"),
    "manager": _("chefen"),
    "security": _("säkerhetsfunktionen"),
}

#: What whoever looks through a sampled recruitment found: about how it was handled, never about a person.
SAMPLE_REVIEWED: Reasons = {
    "as_required": _("handlagd som reglerna kräver"),
    "shortcoming": _("brist i handläggningen, rättas"),
    "serious": _("allvarlig brist, förs vidare"),
    "not_possible": _("kunde inte granskas"),
}

#: Why a check is not needed, in *Behövs inte – {skäl}*. Never for a statutory check.
NOT_APPLICABLE: Reasons = {
    "not_for_this_post": _("gäller inte befattningen"),
    "known_in_organisation": _("känd i verksamheten"),
    "already_verified": _("redan bekräftat i annat ärende hos oss"),
    "exempt_by_agreement": _("undantag enligt avtal"),
}

#: Why a finished check is opened again.
REOPEN_CHECK: Reasons = {
    "wrong_entry": _("Felaktig uppgift"),
    "incomplete": _("Ofullständig uppgift"),
    "requested_by_security": _("Begärt av säkerhetsfunktionen"),
    "changed_circumstances": _("Förhållandena har ändrats"),
}

REOPEN_RECRUITMENT: Reasons = {
    "place_free_again": _("En plats har blivit ledig igen"),
}

NOT_FILLED: Reasons = {
    "fewer_needed": _("Färre behövs än planerat"),
    "no_more_candidates": _("Inga fler slutkandidater"),
    "new_advert": _("Återstående platser annonseras på nytt"),
    "budget": _("Medel saknas"),
}

ASSIGN: Reasons = {
    "workload": _("Fördelning av arbete"),
    "absence": _("Frånvaro"),
    "competence": _("Särskild kunskap behövs"),
    "conflict_of_interest": _("Någon annan deltar inte"),
    "left": _("Har slutat eller bytt uppgifter"),
}

#: Why a check of the municipality's own is to be waived; the sealed words beside it say more.
WAIVER: Reasons = {
    "answer_delayed": _("Svaret dröjer hos den som ska lämna det"),
    "not_reachable": _("Den som ska svara går inte att nå"),
    "start_cannot_wait": _("Starten kan inte vänta"),
    "met_otherwise": _("Behovet är tillgodosett på annat sätt"),
}

DEFERRED: Reasons = {name: WAIVER[name] for name in ("start_cannot_wait", "answer_delayed", "not_reachable")}
"""Why a check is completed after the start."""

WAIVER_REJECTED: Reasons = {
    "can_be_done": _("Kontrollen hinner göras"),
    "reason_insufficient": _("Skälet räcker inte"),
    "post_needs_it": _("Befattningen kräver att kontrollen görs"),
    "too_long": _("Tiden är för lång"),
}

#: Why a clearance is taken away before its last day. It says nothing about a check, nor about the person.
POOL_REVOKED: Reasons = {
    "left_pool": _("Står inte längre i poolen"),
    "other_unit": _("Arbetar numera vid en annan enhet"),
    "other_engagement": _("Har fått en annan anställning hos oss"),
    "pool_ended": _("Poolen läggs ner eller ändras"),
    "wrong_entry": _("Klarmarkeringen gavs av misstag"),
    "to_be_renewed": _("Ska prövas på nytt"),
    "replaced": _("Ersatt av en senare klarmarkering"),
}
POOL_REVOKED_BY_HAND = (
    "left_pool",
    "other_unit",
    "other_engagement",
    "pool_ended",
    "wrong_entry",
    "to_be_renewed",
)
"""Those that a person chooses among; the service itself notes that a later one has taken its place."""

EXIT_CANCELLED: Reasons = {
    "continues": _("Anställningen fortsätter"),
    "wrong_entry": _("Felaktig uppgift"),
}

LEGAL_HOLD: Reasons = {
    "claim": _("Anspråk har kommit in"),
    "legality_review": _("Laglighetsprövning pågår"),
    "supervision": _("Tillsynsärende pågår"),
    "negotiation": _("Tvisteförhandling begärd"),
    "record_request": _("Begäran om handlingar prövas"),
}

#: Why a hold is no longer needed, and why somebody else keeps it all the same.
HOLD_LIFTED: Reasons = {
    "claim_settled": _("Anspråket är slutligt avgjort eller överenskommet"),
    "claim_withdrawn": _("Anspråket har tagits tillbaka"),
    "matter_closed": _("Prövningen, tillsynen eller förhandlingen är avslutad"),
    "record_answered": _("Begäran om handlingar är besvarad"),
    "set_by_mistake": _("Stoppet sattes av misstag"),
}

HOLD_KEPT: Reasons = {
    "still_open": _("Ärendet pågår fortfarande"),
    "not_final": _("Avgörandet är inte slutligt"),
    "more_expected": _("Fler anspråk kan komma"),
    "not_shown": _("Det framgår inte att ärendet är avslutat"),
}

#: Why what was put forward is not disposed of.
DISPOSAL_REJECTED: Reasons = {
    "claim_expected": _("Anspråk eller tillsyn väntas"),
    "to_be_preserved": _("Handlingarna ska bevaras"),
    "decision_missing": _("Gallringsbeslut saknas eller gäller inte"),
    "wrong_selection": _("Urvalet stämmer inte"),
}

ACCOUNT_CLOSED: Reasons = {
    "left": _("Har slutat eller bytt uppgifter"),
    "wrong_entry": _("Kontot lades upp av misstag"),
    "second_account": _("Personen har ett annat konto"),
    "lost": _("Inloggningen kan ha kommit i orätta händer"),
    "at_once": _("Åtkomsten ska upphöra genast"),
}

ROLE_REJECTED: Reasons = {
    "not_needed": _("Rollen behövs inte"),
    "wrong_person": _("Fel person"),
    "wrong_place": _("Fel enhet eller myndighet"),
    "wrong_period": _("Fel tid"),
    "decision_missing": _("Beslutet saknas eller stämmer inte"),
}

#: Why roles end when two accounts turn out to be one person's. Nobody chooses it.
ROLE_ENDED_BY_LINK: Reasons = {"one_person": _("Två konton visade sig vara samma persons")}

ROLE_REVOKED: Reasons = {
    "left": _("Har slutat eller bytt uppgifter"),
    "not_needed": _("Rollen behövs inte längre"),
    "wrong_entry": _("Rollen gavs av misstag"),
    "reorganisation": _("Verksamheten organiseras om"),
    "at_once": _("Åtkomsten ska upphöra genast"),
}

#: Why somebody else than the absent person names her substitute.
ABSENCE: Reasons = {
    "ill": _("Sjuk eller borta med kort varsel"),
    "leave": _("Ledig"),
    "left": _("Har slutat, efterträdaren är inte på plats"),
    "vacant": _("Kan inte sköta uppgiften just nu"),
}

#: Why somebody from another authority gives the opinion in one recruitment.
GUEST: Reasons = {
    "hr_function": _("Tjänsten finns inom personalfunktionen"),
    "security_function": _("Tjänsten finns inom säkerhetsfunktionen"),
    "nobody_else": _("Ingen annan kan yttra sig"),
}

#: What the auditor found of a break-glass.
BREAK_GLASS_REVIEWED: Reasons = {
    "justified": _("Befogad"),
    "justified_avoidable": _("Befogad, men borde ha lösts med uppdrag eller ersättare"),
    "not_justified": _("Inte befogad"),
}

#: Why sealed values are opened. The purpose is written in the log before anything is shown.
#: Why a log that no longer matches its state outside the database goes on as a new one.
LOG_RESTART: Reasons = {
    "restored": _("En äldre kopia av databasen har lagts tillbaka"),
    "state_lost": _("Loggens mapp utanför databasen har gått förlorad"),
    "damaged": _("Databasen är skadad"),
    "tampered": _("Loggen har ändrats av någon"),
}

PURPOSES: Reasons = {
    "contact_candidate": _("Kontakta kandidaten"),
    "perform_check": _("Utföra en kontroll"),
    "prepare_decision": _("Bereda yttrande eller beslut"),
    "give_opinion": _("Lämna yttrande"),
    "correct_entry": _("Rätta en uppgift"),
    "declare_conflict": _("Ta ställning till jäv"),
    "answer_request": _("Besvara kandidatens begäran"),
    "disclosure": _("Pröva utlämnande av handling"),
}

#: (machine, transition) -> the list its reason is chosen from, for every transition with ``reason="list"``.
TRANSITION_REASONS: dict[tuple[str, str], Reasons] = {
    ("recruitment", "settle"): NOT_FILLED,
    ("recruitment", "settle_while_onboarding"): NOT_FILLED,
    ("recruitment", "reopen"): REOPEN_RECRUITMENT,
    ("recruitment", "cancel"): CANCEL,
    ("candidacy", "mark_not_selected"): NOT_SELECTED,
    ("check", "pause"): PAUSE,
    ("pool_clearance", "revoke"): POOL_REVOKED,
    ("check", "mark_not_applicable"): NOT_APPLICABLE,
    ("check", "reopen"): REOPEN_CHECK,
    ("engagement", "cancel_exit"): EXIT_CANCELLED,
    ("waiver", "reject"): WAIVER_REJECTED,
    ("waiver", "defer"): DEFERRED,
    ("hold", "set"): LEGAL_HOLD,
    ("hold", "propose_lift"): HOLD_LIFTED,
    ("hold", "keep"): HOLD_KEPT,
    ("disposal", "reject"): DISPOSAL_REJECTED,
    ("break_glass", "review"): BREAK_GLASS_REVIEWED,
    ("role_grant", "reject"): ROLE_REJECTED,
    ("role_grant", "revoke"): ROLE_REVOKED,
    **reasons_reports.TRANSITION_REASONS,
}

ALL: dict[str, Reasons] = {
    "not_selected": NOT_SELECTED,
    "cancel": CANCEL,
    "hold": HOLD,
    "pause": PAUSE,
    "not_applicable": NOT_APPLICABLE,
    "reopen_check": REOPEN_CHECK,
    "reopen_recruitment": REOPEN_RECRUITMENT,
    "settle": NOT_FILLED,
    "assign": ASSIGN,
    "waiver": WAIVER,
    "pool_revoked": POOL_REVOKED,
    "waiver_rejected": WAIVER_REJECTED,
    "deferred": DEFERRED,
    "exit_cancelled": EXIT_CANCELLED,
    "legal_hold": LEGAL_HOLD,
    "hold_lifted": HOLD_LIFTED,
    "hold_kept": HOLD_KEPT,
    "disposal_rejected": DISPOSAL_REJECTED,
    "account_closed": ACCOUNT_CLOSED,
    "role_rejected": ROLE_REJECTED,
    "role_revoked": ROLE_REVOKED,
    "role_ended_by_link": ROLE_ENDED_BY_LINK,
    "absence": ABSENCE,
    "guest": GUEST,
    "break_glass_reviewed": BREAK_GLASS_REVIEWED,
    "sample_reviewed": SAMPLE_REVIEWED,
    "log_restart": LOG_RESTART,
    "purpose": PURPOSES,
    **reasons_reports.ALL,
}
