"""Relations that grant, are required or exclude, in the permissions about reports."""

from __future__ import annotations

from vetting.policy.rules import Rule, excludes, grants, requires

OPEN_TO_ALL = (grants("anyone"),)
REPORTER = (grants("reporter"),)
KEY_OWNER = (requires("key_owner"),)
IN_CIRCLE = (excludes("excluded_recipient"), requires("circle_member"))
OTHER_IN_CIRCLE = (excludes("excluded_recipient"), excludes("proposer"), requires("circle_member"))

REPORTS: dict[str, tuple[Rule, ...]] = {
    "report.submit": OPEN_TO_ALL,
    "report.request_call": OPEN_TO_ALL,
    "report.alarm_duty": (
        grants("anyone"),
        grants("reporter"),
    ),
    "report.read_own": REPORTER,
    "report.add_own": REPORTER,
    "report.change_consent": REPORTER,
    "report.answer_feedback": REPORTER,
    "report.answer_reprisal": REPORTER,
    "report.list": IN_CIRCLE,
    "vault.unlock": KEY_OWNER,
    "vault.lock": KEY_OWNER,
    "report.open": IN_CIRCLE,
    "report.open_file": IN_CIRCLE,
    "report.view_history": IN_CIRCLE,
    "report.take": IN_CIRCLE,
    "report.hand_over": (
        excludes("excluded_recipient"),
        requires("case_owner"),
        requires("circle_member"),
    ),
    "report.acknowledge": IN_CIRCLE,
    "report.protect": IN_CIRCLE,
    "report.begin_assessment": IN_CIRCLE,
    "report.assess": (
        excludes("excluded_recipient"),
        requires("case_owner"),
        requires("circle_member"),
    ),
    "report.plan_action": IN_CIRCLE,
    "report.complete_action": IN_CIRCLE,
    "report.record_support": IN_CIRCLE,
    "report.record_work_environment": IN_CIRCLE,
    "report.record_police": IN_CIRCLE,
    "report.write_note": IN_CIRCLE,
    "message.read": IN_CIRCLE,
    "message.send": IN_CIRCLE,
    "report.give_feedback": IN_CIRCLE,
    "report.begin_follow_up": IN_CIRCLE,
    "report.take_second_look": (
        excludes("case_owner"),
        excludes("excluded_recipient"),
        requires("circle_member"),
    ),
    "report.transfer": (
        excludes("excluded_recipient"),
        excludes("proposer"),
        requires("case_owner"),
        requires("circle_member"),
    ),
    "report.quarantine": IN_CIRCLE,
    "report.release": (
        excludes("excluded_recipient"),
        excludes("setter"),
        requires("circle_member"),
    ),
    "report.propose_close": (
        excludes("excluded_recipient"),
        requires("case_owner"),
        requires("circle_member"),
    ),
    "report.confirm_close": (
        excludes("case_owner"),
        excludes("excluded_recipient"),
        excludes("proposer"),
        requires("circle_member"),
    ),
    "report.reject_close": OTHER_IN_CIRCLE,
    "report.reopen": IN_CIRCLE,
    "report.set_hold": IN_CIRCLE,
    "report.lift_hold": (
        excludes("excluded_recipient"),
        excludes("setter"),
        requires("circle_member"),
    ),
    "report.propose_disposal": IN_CIRCLE,
    "report.confirm_disposal": OTHER_IN_CIRCLE,
    "report.reject_disposal": OTHER_IN_CIRCLE,
    "report.register": IN_CIRCLE,
    "report.export": IN_CIRCLE,
    "report.export_masked": IN_CIRCLE,
    "police_disclosure.prepare": IN_CIRCLE,
    "police_disclosure.decide": OTHER_IN_CIRCLE,
    "police_disclosure.decline": OTHER_IN_CIRCLE,
    "identity.request": IN_CIRCLE,
    "identity.confirm": OTHER_IN_CIRCLE,
    "identity.reject": OTHER_IN_CIRCLE,
    "identity.reveal": (
        excludes("excluded_recipient"),
        requires("circle_member"),
        requires("proposer"),
    ),
    "circle.view": IN_CIRCLE,
    "circle.propose": IN_CIRCLE,
    "circle.consent": (
        excludes("excluded_recipient"),
        excludes("grantee"),
        excludes("proposer"),
        requires("circle_member"),
    ),
    "circle.reject": OTHER_IN_CIRCLE,
    "circle.stand_aside": IN_CIRCLE,
    "recipient_key.create": KEY_OWNER,
    "recipient_key.rewrap": KEY_OWNER,
    "recipient_key.recover": KEY_OWNER,
    "recipient_key.contribute_share": (grants("share_holder"),),
    "recipient_key.import_certificate": (excludes("key_owner"),),
    "duty.acknowledge": (requires("on_duty"),),
    "report.propose_transfer": IN_CIRCLE,
    "report.reject_transfer": OTHER_IN_CIRCLE,
    "report.lend_part": IN_CIRCLE,
}
