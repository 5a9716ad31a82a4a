"""A report's state as it is told to whoever sent it: what is going on, not what the machine calls it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def state_in_words(state: str) -> tuple[str, str]:
    """A heading and a sentence."""
    words = {
        "received": (_("Mottagen"), _("Din anmälan är framme. Någon läser den snart.")),
        "acknowledged": (_("Bekräftad"), _("En mottagare har läst att din anmälan finns och svarat dig.")),
        "in_assessment": (_("Bedöms"), _("Mottagarna går igenom det du har berättat.")),
        "in_action": (_("Åtgärder pågår"), _("Mottagarna gör något åt det.")),
        "feedback_given": (_("Du har fått besked"), _("Läs vad som har gjorts, och säg vad du tycker.")),
        "following_up": (_("Följs upp"), _("Mottagarna ser efter att det blev bra.")),
        "second_look": (_("Någon annan ser på det"), _("Den alternativa gruppen går igenom din anmälan.")),
        "closing_proposed": (_("På väg att avslutas"), _("Skriv här om du inte tycker att det är klart.")),
        "transferred": (_("Flyttad"), _("Din anmälan har flyttats till den andra kanalen.")),
        "quarantined": (_("Pausad"), _("Anmälan kan innehålla uppgifter som kräver särskilt skydd.")),
    }
    closed = (_("Avslutad"), _("Du kan fortfarande skriva. Då öppnas anmälan igen."))
    return words.get(state, closed)
