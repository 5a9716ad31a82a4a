"""On what ground something of a report is given out, and on what ground it is masked.

Statutes: Offentlighets- och sekretesslag (2009:400), OSL; lag (2025:170) om skyldighet att lämna uppgifter till de
brottsbekämpande myndigheterna. What OSL 10 kap. 18 a–b §§ let through is of the social services; no report is.
"""

from __future__ import annotations

from collections.abc import Mapping

from vetting.policy.text import _

#: The provision by which secrecy gives way to the police, each with what must be weighed.
POLICE_PROVISIONS: Mapping[str, str] = {
    "2025:170": _(
        "6 § lagen (2025:170): behövs hos polisen, och intresset av sekretess har inte klart företräde"
    ),
    "10:24": _("10 kap. 24 § OSL: misstanke om begånget brott som kan ge annan påföljd än böter"),
    "10:2": _("10 kap. 2 § OSL: nödvändigt för att kommunen ska fullgöra sin verksamhet"),
    "10:27": _("10 kap. 27 § OSL: uppenbart att intresset av att lämna ut har företräde"),
    "10:1": _("10 kap. 1 § och 12 kap. 2 § OSL: den som skyddas samtycker"),
}

#: Whether whoever reported is told before the data leave (2021:890, 5 kap. 8 § 4).
TOLD: Mapping[str, str] = {
    "first": _("Ja, personen får veta det nu"),
    "later": _("Nej, det skulle försvåra utredningen eller skyddet"),
}

#: The provision by which a part of a report is masked in a copy that somebody asks for.
MASKS: Mapping[str, str] = {
    "32:3b": _("32 kap. 3 b § OSL: den som har anmält"),
    "17:3b": _("17 kap. 3 b § OSL: uppföljningen av anmälan"),
    "21:1": _("21 kap. 1 § OSL: hälsa och sexualliv"),
    "21:3": _("21 kap. 3 § OSL: förföljda personers adress och kontaktvägar"),
    "39:3": _("39 kap. 3 § OSL: anställdas hemadress och privata nummer"),
    "18:8": _("18 kap. 8 § OSL: säkerhets- och bevakningsåtgärder"),
    "18:1": _("18 kap. 1 § OSL: förundersökning"),
    "35:1": _("35 kap. 1 § OSL: enskild i förundersökning"),
}
