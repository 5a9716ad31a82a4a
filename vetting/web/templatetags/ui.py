"""Tags for the parts of a page. Each is shown with an example in docs/components.md."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from vetting.web.along import along
from vetting.web.marks import icon, progress, when
from vetting.web.parts import Link
from vetting.web.text import mark_hidden
from vetting.web.words import MESSAGE_COLOURS, READERS, STATUSES

register = template.Library()
AT_ONCE = 3
"""Missing things that a calm sign shows unfolded."""


register.simple_tag(icon)
register.simple_tag(when)
register.simple_tag(progress)
register.filter(along)


@register.simple_tag
def status_tag(kind: str, label: str = "") -> SafeString:
    """A status in words; colour and icon follow `kind`, a key of STATUSES (KeyError for any other)."""
    words, colour, sign, _task = STATUSES[kind]
    return format_html(
        '<span class="ds-tag app-tag" data-kind="{}" data-color="{}">{}{}</span>',
        kind,
        colour,
        icon(sign) if sign else "",
        label or words,
    )


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    level: int = 2,
    icon_name: str = "",
    note: str = "",
    tone: str = "",
    anchor: str = "",
    action_url: str = "",
    action_label: str = "",
) -> SafeString:
    """A card with a heading; `tone` ("accent", "warning", "danger", "success") gives it a coloured edge.

    Two cards with the same title on a page need an `anchor` each.
    """
    action = Link(action_label, action_url) if action_url else None
    values = {
        "title": title,
        "level": level,
        "icon_name": icon_name,
        "note": note,
        "tone": tone,
        "action": action,
    }
    values |= {"content": mark_safe(content), "heading": anchor or slugify(title)}
    return render_to_string("_components/card.html", values)


@register.simple_block_tag
def alert(content: str, colour: str = "info", title: str = "", level: int = 2) -> SafeString:
    """A notice: "info", "success", "warning" or "danger"."""
    title_html = (
        format_html('<h{0} class="ds-heading" data-size="2xs">{1}</h{0}>', level, title) if title else ""
    )
    return format_html(
        '<div class="ds-alert app-alert" data-color="{}">{}<div>{}</div></div>',
        colour,
        title_html,
        mark_safe(content),
    )


@register.simple_block_tag
def empty(content: str, title: str, icon_name: str = "tasks") -> SafeString:
    """What stands where a list is empty: says so, and what to do."""
    return format_html(
        '<div class="app-empty">{}<p class="app-empty__title">{}</p><div class="app-muted">{}</div></div>',
        icon(icon_name),
        title,
        mark_safe(content),
    )


@register.simple_block_tag
def more(content: str, label: str) -> SafeString:
    """A part that is folded away until asked for."""
    return format_html(
        '<details class="app-more"><summary>{}{}</summary><div>{}</div></details>',
        icon("chevron-down"),
        label,
        mark_safe(content),
    )


@register.simple_block_tag
def table(content: str, label: str) -> SafeString:
    """A table named `label`; on phones rows become cards, so give each td its heading in data-label."""
    return format_html(
        '<div class="app-tablewrap" tabindex="0" role="region" aria-label="{}">'
        '<table class="ds-table app-table" data-hover>{}</table></div>',
        label,
        mark_safe(content),
    )


@register.simple_tag(takes_context=True)
def sort_th(
    context: Context,
    label: str,
    key: str,
    parameter: str = "ordning",
    numeric: bool = False,
    most_first: bool = False,
) -> SafeString:
    """A heading that sorts by `key` through the address (`-key` backwards), keeping its filters.

    `most_first`: the first press sorts backwards, where the most is what is looked for.
    """
    query = context["request"].GET.copy()
    current = query.get(parameter, "")
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    first, second = (f"-{key}", key) if most_first else (key, f"-{key}")
    query[parameter] = second if current == first else first
    for place in ("sida", "efter", "fore"):
        query.pop(place, None)
    sign = {"ascending": "arrow-up", "descending": "chevron-down"}.get(state, "sort")
    return format_html(
        '<th scope="col"{} aria-sort="{}"><a href="?{}">{}{}</a></th>',
        mark_safe(' class="app-num"') if numeric else "",
        state,
        query.urlencode(),
        label,
        icon(sign),
    )


@register.inclusion_tag("_components/facts.html")
def facts(items: Iterable[Any]) -> dict[str, Any]:
    """A strip of label over value, for the head of a page."""
    return {"items": items, "css": "app-facts"}


@register.inclusion_tag("_components/facts.html")
def rows(items: Iterable[Any]) -> dict[str, Any]:
    """Label beside value, one per row, for the inside of a card."""
    return {"items": items, "css": "app-rows"}


@register.inclusion_tag("_components/stats.html")
def stats(items: Iterable[Any]) -> dict[str, Any]:
    """Numbers that each lead to the same filtered list (`Link` with count and note)."""
    return {"items": items}


@register.inclusion_tag("_components/chart.html")
def chart(item: Any) -> dict[str, Any]:
    """A `Chart`: its number to remember, the picture, and its table folded away below."""
    return {"chart": item}


@register.inclusion_tag("_components/breadcrumbs.html")
def breadcrumbs(items: Iterable[Any]) -> dict[str, Any]:
    """The way here; the last one is this page."""
    trail = list(items)
    return {"trail": trail, "parent": trail[-2] if len(trail) > 1 else None}


@register.inclusion_tag("_components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Links that show parts of one list or page, with counts."""
    return {"items": items, "label": label}


@register.inclusion_tag("_components/chips.html")
def chips(items: Iterable[Any], clear_url: str = "") -> dict[str, Any]:
    """Active filters; each link is the same list without that filter."""
    return {"items": items, "clear_url": clear_url}


@register.inclusion_tag("_components/pages.html", takes_context=True)
def pages(context: Context, page: Page, parameter: str = "sida") -> dict[str, Any]:
    """Numbered pages of a Django `Page`."""
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "base": query.urlencode(), "parameter": parameter}


@register.inclusion_tag("_components/keyset.html")
def keyset(previous_url: str = "", next_url: str = "", text: str = "") -> dict[str, str]:
    """Backwards and forwards in a list whose place is a key, not a number."""
    return {"previous_url": previous_url, "next_url": next_url, "text": text}


@register.inclusion_tag("_components/checks.html", takes_context=True)
def checks(context: Context, items: Iterable[Any], label: str = "", level: int = 3) -> dict[str, Any]:
    """A task list of `Task`s: name, who, when, status; a button where one has an `act`; the law folded under each."""
    rows = [(item, *STATUSES[item.kind]) for item in items]
    return {"items": rows, "label": label, "level": level, "request": context.get("request")}


@register.inclusion_tag("_components/legal.html")
def legal(item: Any, names_fields: bool = False) -> dict[str, Any]:
    """Section, validity, what to record and what never (a `Legal`); `names_fields` away from the form with them."""
    return {"legal": item, "names_fields": names_fields}


@register.inclusion_tag("_components/readers.html")
def readers(kind: str, law: str = "", anchor: str = "", who: str = "") -> dict[str, Any]:
    """Who may come to read what is written here: "public", "secrecy" (with its section), "working" or
    "by_kind" (what is chosen on the page settles it). `who`: roles."""
    words, sign = READERS[kind]
    if kind == "secrecy":
        words = f"{words} ({law})." if law else f"{words}."
    return {"words": words, "icon_name": sign, "anchor": anchor, "who": who}


@register.inclusion_tag("_components/sign.html")
def sign(
    ready: bool,
    missing: Sequence[Any] = (),
    note: str = "",
    about: str = "",
    anchor: str = "",
    level: int = 2,
    calm: bool = False,
) -> dict[str, Any]:
    """The large sign: may start, or may not and what is missing (`Link`s); `about` says for which candidacy.

    `calm`: long before the start, when nobody could think otherwise; a long list is then folded away.
    """
    return {"ready": ready, "missing": list(missing), "note": note, "about": about} | {
        "anchor": anchor,
        "level": level,
        "calm": calm and not ready,
        "folds": calm and len(missing) > AT_ONCE,
    }


@register.inclusion_tag("_components/steps.html")
def steps(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Where something is on its way, as `Step`s."""
    return {"items": items, "label": label}


@register.inclusion_tag("_components/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first, as `Happening`s."""
    return {"items": items}


@register.inclusion_tag("_components/blocked.html")
def blocked(label: str, reasons: Iterable[Any]) -> dict[str, Any]:
    """The next step that cannot be taken yet, with a link to each thing that is in its way."""
    return {"label": label, "reasons": reasons, "anchor": f"blocked-{slugify(label)}"}


@register.simple_tag
def button(
    label: str, url: str, variant: str = "primary", icon_name: str = "", colour: str = ""
) -> SafeString:
    """A link that looks like a button, for going somewhere; for doing something use `act`."""
    return format_html(
        '<a class="ds-button" data-variant="{}"{} href="{}">{}{}</a>',
        variant,
        format_html(' data-color="{}"', colour) if colour else "",
        along(url),
        icon(icon_name) if icon_name else "",
        label,
    )


@register.filter
def visible(value: str) -> str:
    """Text with every hidden character shown as [U+202E], safe to read beside other text."""
    return mark_hidden(str(value))


@register.filter
def message_color(message: Any) -> str:
    """The theme's colour for a message of django.contrib.messages."""
    return MESSAGE_COLOURS.get(message.level_tag, "info")
