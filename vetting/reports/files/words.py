"""What is said of files: why one was not taken and what to do instead, what was hidden in it, what it is."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_TAKEN: dict[str, Promise] = {
    "required": _("Välj en fil först."),
    "empty": _("Filen är tom."),
    "too_big": _("Filen är större än 20 MB. Ta en skärmbild av det viktiga, eller dela upp den."),
    "too_many": _("Det finns redan 20 filer här. Skriv att du har fler, så hör en mottagare av sig."),
    "unknown": _("Det är inte en bild, PDF eller text. Ta en skärmbild av innehållet i stället."),
    "heic": _("Bilden är i telefonens eget format. Ta en skärmbild av den, eller spara den som JPEG."),
    "moving": _("Rörliga bilder tas inte emot. Ta en skärmbild i stället."),
    "office": _("Dokument från Word, Excel och liknande kan innehålla program. Spara som PDF i stället."),
    "archive": _("Packade filer tas inte emot. Packa upp, och lägg till filerna en och en."),
    "markup": _("Webbsidor och vektorbilder kan innehålla program. Ta en skärmbild i stället."),
    "program": _("Program tas inte emot."),
    "sound": _(
        "Ljud och film kan visa var, när och med vilken telefon de spelades in, och det kan vi inte ta bort. "
        "Spara filen och skriv här att du har den."
    ),
    "damaged": _("Filen är skadad eller avbruten. Öppna den, ta en skärmbild och skicka den."),
    "pixels": _("Bilden är för stor att öppna säkert. Ta en skärmbild av den i stället."),
    "too_heavy": _("Filen kräver för mycket för att öppnas säkert. Ta en skärmbild av innehållet i stället."),
    "two_in_one": _("Det ligger en annan fil gömd i filen. Ta en skärmbild av innehållet i stället."),
    "locked": _("PDF-filen är låst med lösenord. Spara den utan lösenord, eller ta skärmbilder."),
    "pages": _("PDF-filen är för stor att öppna säkert. Spara de viktiga sidorna för sig."),
    "picture_in_it": _("PDF-filen har en bild som inte kan rensas. Ta skärmbilder av sidorna i stället."),
    "virus": _("Filen innehåller skadlig kod. Den är inte sparad. Öppna den inte igen."),
    "busy": _("Många skickar filer just nu. Vänta en stund och försök igen. Text kan du skicka hela tiden."),
    "closed": _(
        "Filer tas inte emot just nu, för att all text ska få plats. Text kan du skicka som vanligt."
    ),
}
FOUND: dict[str, Promise] = {
    "place": _("platsen där bilden togs"),
    "time": _("när den gjordes"),
    "device": _("vilken telefon eller kamera"),
    "author": _("vem som gjorde den"),
    "program": _("vilket program"),
    "comment": _("en titel eller kommentar"),
    "thumbnail": _("en liten kopia, som kan visa bilden före beskärning"),
    "film": _("en kort film"),
    "more": _("fler uppgifter som program har lagt till"),
    "active": _("program, formulär, länkar eller bifogade filer"),
    "hidden_signs": _("osynliga tecken, som nu syns"),
}
IS_A: dict[str, Promise] = {
    "jpeg": _("Bild (JPEG)"),
    "png": _("Bild (PNG)"),
    "webp": _("Bild (WebP)"),
    "pdf": _("PDF"),
    "text": _("Text"),
}
ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp", "pdf": "pdf", "text": "txt"}
TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "text": "text/plain; charset=utf-8",
}
