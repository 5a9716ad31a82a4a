"""The role matrix: one row per permission, one cell per role, every cell filled in.

Letters: ``-`` no, ``o`` own, ``a`` assigned, ``u`` the unit, ``m`` the authority (myndigheten), ``*`` all.
The columns stand in the order of ``COLUMNS``; the two-letter heads above the rows are their short names.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SCOPE_LETTERS = {"-": "no", "o": "own", "a": "assigned", "u": "unit", "m": "authority", "*": "all"}

COLUMNS = {
    "hm": "hiring_manager",
    "ho": "hr_officer",
    "hh": "hr_head",
    "so": "security_officer",
    "sh": "security_head",
    "ps": "protective_security",
    "rr": "report_recipient",
    "wr": "whistleblowing_recipient",
    "ar": "alternative_recipient",
    "rg": "registrar",
    "ac": "archivist",
    "dp": "data_protection_officer",
    "au": "auditor",
    "ad": "administrator",
    "ch": "chief",
    "ga": "guest_approver",
    "em": "employee",
}

_ROWS = {
    #                               hm ho hh so sh ps rr wr ar rg ac dp au ad ch ga em
    "start.view": "                  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *",
    "about.view": "                  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *",
    "health.view": "                 *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *",
    "demo.view_accounts": "          *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *",
    "account.sign_in": "             o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o",
    "account.view": "                o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o",
    "account.edit_sign_in": "        o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o",
    "account.end_session": "         o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o",
    "own_log.view": "                o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o",
    "work.view": "                   o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o  o",
    "recruitment.list": "            o  u  m  a  m  a  -  -  -  m  m  -  -  -  -  a  -",
    "recruitment.view": "            o  u  m  a  m  a  -  -  -  m  m  -  -  -  -  a  -",
    "recruitment.view_timeline": "   o  a  m  a  m  -  -  -  -  m  -  -  *  -  -  a  -",
    "recruitment.view_access": "     o  a  m  -  m  -  -  -  -  -  -  *  *  -  -  -  -",
    "recruitment.create": "          o  u  m  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.copy": "            o  u  m  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.edit": "            o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.set_diary": "       -  a  a  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "recruitment.open": "            o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.assign": "          -  a  m  -  m  -  -  -  -  -  -  -  -  -  -  -  -",
    #                               hm ho hh so sh ps rr wr ar rg ac dp au ad ch ga em
    "recruitment.join": "            -  u  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.hold": "            o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.resume": "          o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.settle_places": "   o  -  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.reopen": "          o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.cancel": "          o  -  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.close": "           o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recruitment.print": "           -  a  m  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "recruitment.export_list": "     -  u  m  -  m  -  -  -  -  m  -  -  -  -  -  -  -",
    "hold.set": "                    -  a  m  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "candidacy.list": "              o  u  m  a  m  a  -  -  -  m  m  -  -  -  -  a  -",
    "candidacy.create": "            o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.edit": "              o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.rank": "              o  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.reveal": "            o  a  a  a  a  a  -  -  -  -  -  -  -  -  -  a  -",
    "candidacy.search_number": "     -  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.mark_protected": "    -  a  m  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.print_information": " o  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    #                               hm ho hh so sh ps rr wr ar rg ac dp au ad ch ga em
    "candidacy.proceed": "           -  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.take_over": "         -  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.set_reserve": "       o  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.withdraw": "          o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "candidacy.mark_not_selected": " o  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.view": "                  o  u  m  a  m  a  -  -  -  m  m  -  -  -  -  a  -",
    "check.begin": "                 o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.ask_candidate": "         o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.record_answer": "         o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.pause": "                 o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.resume": "                o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.record": "                o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.record_shown": "          o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.record_deviation": "      o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.notify_candidate": "      o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.record_reply": "          o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.assess": "                -  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.mark_not_applicable": "   -  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.restore": "               -  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.reuse": "                 o  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.reopen": "                o  a  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "check.reveal": "                o  a  a  a  a  -  -  -  -  -  -  -  -  -  -  a  -",
    #                               hm ho hh so sh ps rr wr ar rg ac dp au ad ch ga em
    "check.record_access": "         o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  a",
    "protective.request": "          -  a  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "protective.confirm": "          -  -  -  -  -  m  -  -  -  -  -  -  -  -  -  -  -",
    "protective.end": "              -  -  -  -  -  m  -  -  -  -  -  -  -  -  -  -  -",
    "declaration.give": "            o  a  a  a  a  a  -  -  -  -  -  -  -  -  -  a  -",
    "declaration.list": "            o  a  m  -  m  -  -  -  -  -  -  -  *  -  -  -  -",
    "declaration.reveal": "          u  -  m  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "declaration.decide": "          u  -  m  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "recusal.set": "                 -  -  m  -  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "recusal.lift": "                -  -  m  -  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "opinion.list": "                -  -  -  m  m  -  -  -  -  -  -  -  -  -  -  a  -",
    "opinion.view": "                o  a  m  m  m  -  -  -  -  m  -  -  -  -  -  a  -",
    "opinion.prepare": "             -  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "opinion.request": "             -  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "opinion.renew": "               -  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "opinion.recall": "              -  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "opinion.take": "                -  -  -  m  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "opinion.decide": "              -  -  -  m  m  -  -  -  -  -  -  -  -  -  -  a  -",
    "opinion.withdraw_vote": "       -  -  -  m  m  -  -  -  -  -  -  -  -  -  -  a  -",
    "opinion.reveal_reason": "       a  -  -  m  m  -  -  -  -  -  -  -  -  -  -  a  -",
    "opinion.escalate": "            o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    #                               hm ho hh so sh ps rr wr ar rg ac dp au ad ch ga em
    "escalation.decide": "           a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "escalation.record_board": "     -  -  -  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "decision.view": "               o  u  m  a  m  -  -  -  -  m  m  -  -  -  -  -  -",
    "decision.sign": "               o  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "decision.record_board": "       -  a  -  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "decision.report_to_board": "    -  u  -  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "decision.record_dates": "       -  u  -  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "decision.print": "              o  a  a  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    "engagement.list": "             o  u  m  a  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "engagement.view": "             o  u  m  a  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "engagement.confirm_start": "    o  a  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "engagement.record_renewal": "   o  u  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "engagement.begin_exit": "       o  u  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "engagement.cancel_exit": "      o  u  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "engagement.complete_exit": "    o  u  -  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "position.list": "               u  u  m  m  m  m  -  -  -  m  -  *  -  *  -  -  -",
    "position.view": "               u  u  m  m  m  m  -  -  -  m  -  *  -  *  -  -  -",
    "position.create": "             -  u  m  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "position.assess_risk": "        o  u  -  m  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "position.confirm_risk": "       -  -  m  -  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "position.designate": "          -  -  m  -  -  -  -  -  -  m  -  -  -  -  -  -  -",
    #                               hm ho hh so sh ps rr wr ar rg ac dp au ad ch ga em
    "position.set_approvers": "      -  -  -  -  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "position.retire": "             -  u  m  -  -  -  -  -  -  -  -  -  -  -  -  -  -",
    "role.list": "                   -  -  m  -  m  -  -  -  -  -  -  *  *  *  -  -  -",
    "role.propose": "                -  -  -  -  -  -  -  -  -  -  -  -  -  *  -  -  -",
    "role.withdraw": "               -  -  m  -  m  -  -  -  -  -  -  -  -  *  -  -  -",
    "role.confirm": "                -  -  m  -  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "role.reject": "                 -  -  m  -  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "role.revoke": "                 -  -  m  -  m  -  -  -  -  -  -  -  -  *  -  -  -",
    "account.list": "                -  -  -  -  -  -  -  -  -  -  -  -  *  *  -  -  -",
    "account.create": "              -  -  -  -  -  -  -  -  -  -  -  -  -  *  -  -  -",
    "account.disable": "             -  -  m  -  m  -  -  -  -  -  -  -  -  *  -  -  -",
    "catalogue.view": "              *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *",
    "policy.view": "                 *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *  *",
    "log.view": "                    -  -  -  -  m  -  -  -  -  -  -  *  *  -  -  -  -",
    "log.view_readers": "            -  -  m  -  m  -  -  -  -  -  -  *  *  -  -  -  -",
    "log.view_reports": "            -  -  -  -  -  -  -  -  -  -  -  -  *  -  -  -  -",
    "log.export": "                  -  -  -  -  -  -  -  -  -  -  -  -  *  -  -  -  -",
    "break_glass.open": "            -  u  m  m  m  -  -  -  -  -  -  -  -  -  -  -  -",
    "break_glass.end": "             -  o  o  o  o  -  -  -  -  -  -  -  -  -  -  -  -",
    "break_glass.list": "            -  -  m  -  m  -  -  -  -  -  -  *  *  -  -  -  -",
    "break_glass.review": "          -  -  -  -  -  -  -  -  -  -  -  -  *  -  -  -  -",
    "alert.view": "                  -  -  -  -  -  -  -  -  -  -  -  -  a  -  -  -  -",
    "alert.close": "                 -  -  -  -  -  -  -  -  -  -  -  -  a  -  -  -  -",
    "log.view_state": "              -  -  -  -  *  -  -  -  -  -  -  *  *  *  -  -  -",
}


def _row(cells: str) -> Mapping[str, str]:
    letters = cells.split()
    if len(letters) != len(COLUMNS):
        raise ValueError(f"a matrix row has {len(letters)} cells, not {len(COLUMNS)}: {cells!r}")
    return MappingProxyType(dict(zip(COLUMNS.values(), (SCOPE_LETTERS[c] for c in letters), strict=True)))


#: permission code -> role code -> scope code
MATRIX: dict[str, Mapping[str, str]] = {code: _row(cells) for code, cells in _ROWS.items()}
