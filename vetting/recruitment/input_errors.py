"""Why what was typed cannot be taken, as a plain sentence for each code of `BadInput`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

INPUT_ERRORS: dict[str, str | Promise] = {
    "changed": gettext_lazy("Någon annan har antecknat kontrollen medan du skrev. Läs vad som sparades."),
    "other_authority": gettext_lazy("En befattning stannar i sin nämnd eller sitt bolag. Välj en enhet där."),
    "unit_not_in_force": gettext_lazy("Enheten är avslutad, eller finns inte än. Välj en annan."),
    "required": gettext_lazy("Fältet är tomt. Fyll i det."),
    "no_recruitments": gettext_lazy("Inga rekryteringar beslutades i perioden. Välj en annan."),
    "period_runs": gettext_lazy("Perioden är inte slut. Ange en dag till och med i går."),
    "before_first": gettext_lazy("Den sista dagen ligger före den första."),
    "future": gettext_lazy("Dagen har inte kommit än. Ange en dag till och med i dag."),
    "impossible": gettext_lazy("Dagen ligger orimligt långt tillbaka. Kontrollera årtalet."),
    "too_old": gettext_lazy("Uppgiften är äldre än vad som gäller för kontrollen. Gör om kontrollen."),
    "choice": gettext_lazy("Välj ett av alternativen."),
    "reason": gettext_lazy("Välj ett skäl ur listan."),
    "outcome": gettext_lazy("Välj ett av resultaten."),
    "reference": gettext_lazy("Skriv högst 60 tecken: bokstäver, siffror och vanliga skiljetecken."),
    "places": gettext_lazy(
        "Antalet platser ska vara mellan 1 och 500 och rymma dem som redan har fått besked."
    ),
    "form_refused": gettext_lazy("Det här är ingen rekrytering och hanteras inte här."),
    "retired": gettext_lazy("Befattningen är avvecklad. Välj en annan."),
    "not_asked": gettext_lazy("Frågan ställs inte i den här rekryteringen."),
    "not_yours": gettext_lazy("Frågan besvaras av någon annan. Ditt svar på den är inte sparat."),
    "not_needed": gettext_lazy("Ingen kontroll här behöver numret, så det får inte sparas."),
    "protected": gettext_lazy("Personen har skyddade personuppgifter. Inget namn eller nummer sparas."),
    "number_format": gettext_lazy("Skriv numret med tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."),
    "number_date": gettext_lazy("Datumet i numret finns inte."),
    "number_future": gettext_lazy("Datumet i numret har inte inträffat än."),
    "number_checksum": gettext_lazy("Den sista siffran stämmer inte med de andra. Kontrollera numret."),
    "order": gettext_lazy("Ordningen stämmer inte. Ladda om sidan och försök igen."),
    "round_size": gettext_lazy("En omgång är minst en och högst 500 personer."),
    "together_size": gettext_lazy("Välj högst hundra personer åt gången."),
    "round_known": gettext_lazy("Listan är redan inlagd. Ingen lades in en gång till."),
    "one_or_two": gettext_lazy("Välj en eller två personer."),
    "short_for_review": gettext_lazy("Skriv minst 30 tecken, så att revisorn kan bedöma skälet."),
    "too_long": gettext_lazy("Texten är för lång. Korta den, eller dela den på två anteckningar."),
    "comment_over": gettext_lazy(
        "Kommentarer rensas vid beslutet, och här är det fattat eller kandidaturen avslutad. Välj tjänsteanteckning."
    ),
    "too_short": gettext_lazy("Skriv minst tio tecken, så att den som läser förstår."),
    "after_shown": gettext_lazy("Utdraget kan inte vara utfärdat efter dagen det visades upp."),
    "before_told": gettext_lazy("Svaret kan inte ha kommit innan kandidaten fick veta."),
    "time_left": gettext_lazy("Tiden för svar har inte gått ut än."),
    "before_start": gettext_lazy("Sista dagen kan inte ligga före den första."),
    "before_basis": gettext_lazy("Dagen ligger före det som beslutet bygger på. Kontrollera datumet."),
    "waiver_too_long": gettext_lazy("Ett undantag gäller högst sex månader. Välj en tidigare dag."),
    "no_start": gettext_lazy("Ange först när personen ska börja. Dagen räknas därifrån."),
    "deferred_short": gettext_lazy(
        "En kontroll kompletteras efter start, så anställningen får vara högst fjorton dagar. Ange en sista dag "
        "inom dem."
    ),
    "exemption_over": gettext_lazy("Lagens undantag gäller inte den dagen. Ett nytt utdrag behövs."),
    "deferred_start": gettext_lazy(
        "En kontroll kompletteras efter start, räknat från en senare dag än den här. Gör kontrollen först."
    ),
    "no_access": gettext_lazy("Bekräfta att personen arbetar utan särskilda behörigheter till dess."),
    "passed": gettext_lazy("Dagen har redan passerat, så uppgiften gäller inte längre."),
    "before_decision": gettext_lazy("Dagen kan inte ligga före beslutet."),
    "not_manager": gettext_lazy("Personen rekryterar inte för enheten. Välj någon annan."),
    "no_booker": gettext_lazy("Kontot finns inte, är stängt eller är ditt eget. Kontrollera användarnamnet."),
    "booker_days": gettext_lazy("Välj en dag från i dag och högst ett år fram."),
    "no_guest": gettext_lazy(
        "Kontot finns inte, eller är någons som redan har med rekryteringen att göra. En gäst kommer utifrån."
    ),
    "guest_days": gettext_lazy(
        "En gäst yttrar sig inom 14 dagar. Välj en dag från i dag och högst 13 dagar fram."
    ),
    "others_can": gettext_lazy(
        "Det finns andra som kan yttra sig här. Välj ett annat skäl eller ta hjälp av dem."
    ),
    "stands_aside": gettext_lazy("Personen deltar inte i rekryteringen på grund av jäv. Välj någon annan."),
    "signature": gettext_lazy(
        "Här ska yttranden signeras med säkerhetsnyckel. Lägg till en under Mitt konto, eller hämta den du har."
    ),
    "signed_other": gettext_lazy("Det som signerades är inte det som står här. Lämna yttrandet på nytt."),
    "has_opined": gettext_lazy(
        "Personen har haft ärendet i säkerhetsfunktionen och kan inte bli chef här. Välj någon annan."
    ),
    "last_day": gettext_lazy("Anställningen är alltid tidsbegränsad. Ange en sista dag."),
    "names_unread": gettext_lazy(
        "Namnen på alla slutkandidater har inte visats för dig. Visa namnen först, och svara sedan."
    ),
}
