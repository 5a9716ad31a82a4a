"""What the worker does, and how often: (name, dotted path, seconds between runs)."""

JOBS: list[tuple[str, str, int]] = [
    ("checkpoint", "audit.anchors.checkpoint", 900),
    ("orphaned-keys", "config.jobs.sweep_orphaned_keys", 3600),
    ("expired-sessions", "config.jobs.clear_expired_sessions", 3600),
    ("finish-protection", "vetting.recruitment.jobs.finish_protection", 300),
    ("finish-undoing", "vetting.recruitment.jobs.finish_undoing", 60),
    ("finish-disposal", "vetting.disposal.jobs.finish_keys", 3600),
    ("count-due", "vetting.disposal.jobs.count_due", 6 * 3600),
    ("draw-keys", "vetting.recruitment.draws.keep_keys", 3600),
    ("tell-managers", "vetting.recruitment.manager_mail.tell_managers", 1800),
    ("watch-readings", "vetting.oversight.jobs.watch_readings", 300),
    ("pass-on-alarms", "vetting.reports.jobs.pass_on_alarms", 60),
    ("remind-recipients", "vetting.reports.reminders.remind", 60),
    ("send-notices", "vetting.reports.sending.send_due", 10),
    ("sweep-envelopes", "vetting.reports.jobs.sweep_envelopes", 3600),
    ("forget-lent-parts", "vetting.reports.jobs.forget_lent_parts", 600),
    ("forget-revoked-keys", "vetting.reports.jobs.forget_revoked_keys", 3600),
    ("dispose-alerts", "vetting.oversight.jobs.dispose_alerts", 6 * 3600),
]
