"""What an act of the room may refuse, as plain sentences."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vetting.recruitment.input_errors import INPUT_ERRORS as COMMON

INPUT_ERRORS: dict[str, str | Promise] = COMMON | {
    "incompatible": gettext_lazy(
        "Rollen går inte ihop med en roll som personen redan har eller är föreslagen till. Välj en annan person, "
        "eller ta bort den andra rollen först."
    ),
    "has_role": gettext_lazy("Personen har redan rollen där, eller är redan föreslagen till den."),
    "place_unit": gettext_lazy("Rollen ges i en enhet. Välj en enhet."),
    "place_authority": gettext_lazy("Rollen ges i en myndighet eller ett bolag. Välj var den ska gälla."),
    "place_all": gettext_lazy("Rollen gäller alltid hela kommunen. Välj Hela kommunen."),
    "decision": gettext_lazy("Mottagare utses genom beslut. Fyll i beslutets dag och beteckning."),
    "same_person_already": gettext_lazy("De två kontona hör redan till samma person."),
    "same_as_absent": gettext_lazy("Ersättaren ska vara en annan person än den som är borta."),
    "thirty_days": gettext_lazy("En ersättare utses för högst 30 dagar. Välj en tidigare sista dag."),
    "nothing_to_lend": gettext_lazy("Personen har ingen roll som en ersättare kan ta över de dagarna."),
    "no_account": gettext_lazy("Personen kan inte logga in. Välj någon som har ett öppet konto."),
    "incompatible_substitute": gettext_lazy(
        "Personen har en roll som aldrig går ihop med den som ersätts. Välj en annan person."
    ),
    "has_substitute": gettext_lazy("En ersättare är redan utsedd någon av dagarna. Avsluta den först."),
    "username": gettext_lazy("Användarnamnet får ha bokstäver, siffror och tecknen @ . + - _."),
    "username_taken": gettext_lazy("Användarnamnet finns redan, öppet eller stängt. Välj ett annat."),
    "setting_limit": gettext_lazy("Det värdet kan inställningen inte ha. Välj inom det som sidan anger."),
    "setting_same": gettext_lazy("Så är det redan. Välj ett annat värde, eller gå tillbaka."),
    "unit_name_taken": gettext_lazy("Namnet finns redan där. Välj ett annat namn."),
    "unit_other_authority": gettext_lazy(
        "En enhet stannar i sin myndighet eller sitt bolag. Lägg upp en ny enhet där verksamheten ska vara."
    ),
    "unit_ended": gettext_lazy("Enheten är avslutad, eller finns inte än den dagen. Välj en annan."),
    "unit_in_itself": gettext_lazy("En enhet kan inte ligga under sig själv. Välj en annan."),
    "unit_there_already": gettext_lazy("Enheten ligger redan där."),
    "unit_too_deep": gettext_lazy("Trädet blir för djupt. Välj en enhet högre upp."),
    "unit_too_many": gettext_lazy("Det finns ingen ledig plats där. Välj en annan enhet."),
    "unit_on_the_day": gettext_lazy(
        "En flytt görs den dag den gäller eller senare. Skriv dagens datum eller ett tidigare."
    ),
    "unit_before_first": gettext_lazy("Enheten fanns inte än den dagen. Skriv ett senare datum."),
    "not_oneself": gettext_lazy("Du kan inte utse dig själv. Låt en annan systemförvaltare göra det."),
    "same_as_delegate": gettext_lazy(
        "Den som beslutar efter ett avstyrkande ska vara en annan än delegaten."
    ),
    "same_body": gettext_lazy("Uppdraget är åt en annan nämnd eller ett annat bolag. Välj två olika."),
    "last_day_passed": gettext_lazy(
        "Sista dagen har redan passerat, eller ligger före den första. Skriv en senare."
    ),
    "last_day_extends": gettext_lazy(
        "Den upphör redan då eller tidigare. Ett förslag om att den upphör kan bara göra tiden kortare."
    ),
    "own_manager": gettext_lazy("Ingen är sin egen chef, och två personer är inte varandras. Välj en annan."),
    "manager_not_oneself": gettext_lazy(
        "Du kan inte föreslå dig själv, eller vem som är din egen chef. Låt en annan systemförvaltare göra det."
    ),
    "email": gettext_lazy("Skriv en hel e-postadress, till exempel namn@kommunen.se."),
}
REFUSED: dict[str, str | Promise] = {
    "active": gettext_lazy("Rollen är redan bekräftad."),
    "rejected": gettext_lazy("Förslaget är redan avslaget."),
    "withdrawn": gettext_lazy("Förslaget är tillbakataget."),
    "revoked": gettext_lazy("Rollen är redan borttagen."),
    "proposed": gettext_lazy("Rollen är bara föreslagen. Avslå förslaget i stället."),
    "closed": gettext_lazy("Kontot är stängt."),
    "answered": gettext_lazy("Förslaget är redan besvarat."),
    "waiting": gettext_lazy("Ett sådant förslag väntar redan på svar."),
    "setting_changed": gettext_lazy(
        "Inställningen eller reglerna har ändrats sedan förslaget lades. Avslå det och lägg ett nytt."
    ),
    "ended": gettext_lazy("Tiden har redan gått ut."),
    "changed_since": gettext_lazy(
        "Det har ändrats sedan förslaget lades. Avslå det, och låt någon lägga ett nytt."
    ),
    "linked": gettext_lazy("De två kontona hör redan till samma person."),
    "unit_ended": gettext_lazy("Enheten är redan avslutad."),
    "unit_in_use": gettext_lazy(
        "Enheten används fortfarande. Sidan om att avsluta den säger vad som ska göras först."
    ),
    "unit_has_units": gettext_lazy("Enheten har andra enheter under sig. Flytta eller avsluta dem först."),
    "first_password": gettext_lazy(
        "Gästen har inte bytt sitt första lösenord, och den som lade upp kontot kan veta det. Be gästen logga in och "
        "byta det först, och bekräfta sedan."
    ),
    "passed": gettext_lazy("Rollens sista dag har passerat. Avslå förslaget och låt någon lägga ett nytt."),
}
SAME_PERSON = gettext_lazy(
    "Steget ska tas av en annan person än den som föreslog och den det gäller. Två konton räknas som en person."
)
OTHERWISE = gettext_lazy("Steget kan inte tas i det läge som råder nu. Läs sidan på nytt.")
