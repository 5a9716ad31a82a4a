from audit.events import EventSpec

EVENTS = {
    spec.code: spec
    for spec in (
        EventSpec("note.written", "{role} skrev {reference}.", ("role", "reference", "count", "date", "who")),
        EventSpec("note.read", "{role} läste.", ("role",)),
        EventSpec("clock.stepped_back", "Klockan gick bakåt.", ("date",)),
        EventSpec("report.read", "{role} läste.", ("role", "date"), tree="reports"),
    )
}
