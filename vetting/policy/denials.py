"""What a role can never be given, whatever the matrix says: each denial with its reason.

A denial names permissions that later parts bring as well, so that none of them comes with a cell it forbids.
"""

from __future__ import annotations

from dataclasses import dataclass

from vetting.policy.text import _


@dataclass(frozen=True, slots=True)
class Denial:
    """No role in ``roles`` has any of ``permissions``, by its cell or by a relation of its own."""

    code: str
    roles: tuple[str, ...]
    permissions: tuple[str, ...]
    reason: str


_SEALED = (
    "note.reveal candidacy.reveal candidacy.search_number candidacy.search_name check.reveal "
    "protective.reveal declaration.give declaration.reveal opinion.reveal_reason "
    "break_glass.open vault.unlock report.open report.open_file message.read identity.reveal"
)


def _denial(code: str, roles: str, permissions: str, reason: str) -> Denial:
    return Denial(code, tuple(roles.split()), tuple(permissions.split()), reason)


_DECLARED = (
    _denial(
        "administrator_reads_nothing",
        "administrator",
        _SEALED,
        _("Den som administrerar läser aldrig innehåll."),
    ),
    _denial(
        "administrator_confirms_nothing",
        "administrator",
        "role.confirm setting.confirm account.confirm_reset person.confirm_link service_agreement.confirm",
        _("Den som föreslår bekräftar aldrig."),
    ),
    _denial(
        "oversight_without_content",
        "auditor data_protection_officer chief registrar archivist employee",
        _SEALED,
        _("Rollen arbetar utan att öppna förseglade uppgifter."),
    ),
    _denial(
        "reports_only_for_recipients",
        "hiring_manager hr_officer hr_head security_officer security_head protective_security "
        "registrar archivist data_protection_officer auditor administrator chief guest_approver "
        "employee",
        "report.list vault.unlock vault.lock report.open report.open_file report.view_history "
        "report.enter_oral report.take report.hand_over report.acknowledge report.protect "
        "report.begin_assessment report.assess report.plan_action report.complete_action "
        "report.record_support report.record_work_environment report.record_police "
        "report.write_note message.read message.send report.give_feedback report.begin_follow_up "
        "report.take_second_look report.transfer report.quarantine report.release "
        "report.propose_close report.confirm_close report.reject_close report.reopen "
        "report.set_hold report.lift_hold report.propose_disposal report.confirm_disposal "
        "report.reject_disposal report.register report.export report.export_masked "
        "police_disclosure.prepare police_disclosure.decide police_disclosure.decline "
        "identity.request identity.confirm identity.reject identity.reveal circle.view "
        "circle.propose circle.consent circle.reject circle.stand_aside",
        _("Bara mottagarna handlägger och läser anmälningar."),
    ),
    _denial(
        "reporter_needs_no_role",
        "hiring_manager hr_officer hr_head security_officer security_head protective_security "
        "report_recipient whistleblowing_recipient alternative_recipient registrar archivist "
        "data_protection_officer auditor administrator chief guest_approver employee",
        "report.submit report.request_call report.alarm_duty report.read_own report.add_own "
        "report.change_consent report.answer_feedback report.answer_reprisal",
        _("Den som anmäler gör det med återkomstkoden; ingen roll och ingen inloggning ger eller läses."),
    ),
    _denial(
        "driving_is_not_opining",
        "hiring_manager hr_officer hr_head",
        "opinion.decide opinion.withdraw_vote opinion.take",
        _("Den som driver eller bereder rekryteringen yttrar sig inte."),
    ),
    _denial(
        "opining_is_not_preparing",
        "security_officer security_head guest_approver",
        "opinion.prepare opinion.request opinion.renew opinion.recall",
        _("Den som yttrar sig bereder inte."),
    ),
    _denial(
        "reasons_stay_sealed",
        "hr_officer hr_head",
        "opinion.reveal_reason",
        _("Skälen är förseglade till funktionen, kandidaten och den som beslutar efter lyft."),
    ),
    _denial(
        "protective_inner_part",
        "hiring_manager hr_officer hr_head security_officer security_head report_recipient "
        "whistleblowing_recipient alternative_recipient registrar archivist data_protection_officer "
        "auditor administrator chief guest_approver employee",
        "protective.record protective.reveal protective.classify protective.confirm protective.end",
        _("Säkerhetsprövningens inre del är bara till för säkerhetsskyddschefens funktion."),
    ),
    _denial(
        "extract_by_decider",
        "hr_officer hr_head security_officer security_head protective_security report_recipient "
        "whistleblowing_recipient alternative_recipient registrar archivist data_protection_officer "
        "auditor administrator chief guest_approver employee",
        "check.record_shown",
        _("Anteckningen görs av den som ska underteckna beslutet."),
    ),
    _denial(
        "chief_sees_figures",
        "chief",
        "recruitment.list recruitment.view recruitment.view_timeline recruitment.view_access "
        "recruitment.create recruitment.copy recruitment.edit recruitment.set_diary "
        "recruitment.open recruitment.assign recruitment.join recruitment.hold recruitment.resume "
        "recruitment.settle_places recruitment.reopen recruitment.cancel recruitment.close "
        "recruitment.print recruitment.export_list note.add note.reveal candidacy.list "
        "candidacy.create candidacy.edit candidacy.rank candidacy.reveal candidacy.search_number "
        "candidacy.search_name candidacy.join_identity candidacy.mark_protected "
        "candidacy.name_handler candidacy.print_information candidacy.proceed candidacy.take_over "
        "candidacy.set_reserve candidacy.withdraw candidacy.mark_not_selected check.view "
        "check.begin check.ask_candidate check.record_answer check.pause check.resume check.record "
        "check.record_shown check.record_deviation check.notify_candidate check.record_reply "
        "check.assess check.mark_not_applicable check.restore check.reuse check.reopen "
        "check.attach_file check.reveal check.record_access opinion.list opinion.view "
        "opinion.prepare opinion.request opinion.renew opinion.recall opinion.take opinion.decide "
        "opinion.withdraw_vote opinion.reveal_reason opinion.escalate decision.view decision.sign "
        "decision.record_board decision.report_to_board decision.record_dates decision.print "
        "engagement.list engagement.view engagement.confirm_start engagement.record_renewal "
        "engagement.begin_exit engagement.cancel_exit engagement.complete_exit log.view "
        "log.view_readers log.view_reports log.view_state log.export",
        _("Rollen ser bara skyddade siffror."),
    ),
    _denial(
        "report_log_for_auditor",
        "hiring_manager hr_officer hr_head security_officer security_head protective_security "
        "report_recipient whistleblowing_recipient alternative_recipient registrar archivist "
        "data_protection_officer administrator chief guest_approver employee",
        "log.view_reports",
        _("Anmälningarnas logg är bara till för revisorn."),
    ),
)
DENIALS: dict[str, Denial] = {denial.code: denial for denial in _DECLARED}
