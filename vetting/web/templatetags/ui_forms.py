"""Tags for forms. Each is shown with an example in docs/components.md."""

from typing import Any
from uuid import UUID, uuid4

from django import forms, template
from django.middleware.csrf import get_token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from vetting.web.along import along
from vetting.web.forms import CONFIRM
from vetting.web.forms import summary as summary_of
from vetting.web.templatetags.ui import icon

register = template.Library()


@register.simple_tag
def field(bound: Any) -> SafeString:
    """One field: label, help, box, error, what another saved meanwhile, who may read. Nothing if it does not exist."""
    return bound.as_field_group() if bound else SafeString("")


@register.inclusion_tag("_components/field_group.html")
def field_group(legend: str, *fields: Any) -> dict[str, Any]:
    """Fields that belong together, side by side where there is room, under one legend."""
    return {"legend": legend, "fields": [item for item in fields if item]}


@register.inclusion_tag("_components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """Every error of the form, each a link to its field; nothing where there are none."""
    return {"errors": summary_of(form) if form.is_bound else []}


@register.inclusion_tag("_components/warnings.html")
def form_warnings(form: Any) -> dict[str, Any]:
    """What must have been read before saving, with a box to tick."""
    return {"form": form, "warnings": getattr(form, "warnings", []), "name": form.add_prefix(CONFIRM)}


@register.simple_block_tag(takes_context=True)
def post_form(
    context: Context,
    content: str,
    form: forms.BaseForm,
    submit: str = "",
    action: str = "",
    cancel_url: str = "",
    cancel: str = "",
    variant: str = "primary",
    colour: str = "",
) -> SafeString:
    """A form that posts: key against a second press, errors on top, the fields given or else all, one button."""
    values = {"form": form, "content": mark_safe(content.strip()), "submit": submit, "action": along(action)}
    values |= {"cancel_url": along(cancel_url), "cancel": cancel, "variant": variant, "colour": colour}
    return render_to_string("_components/post_form.html", values, context.get("request"))


@register.simple_tag(takes_context=True)
def act(
    context: Context,
    label: str,
    url: str,
    variant: str = "primary",
    colour: str = "",
    icon_name: str = "",
    once: UUID | str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """A button that does something at once, in a form of its own with a key against a second press."""
    pair = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<form class="app-inlineform" method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="once" value="{}">'
        '<button class="ds-button" type="submit" data-variant="{}"{}{}>{}{}</button></form>',
        along(url),
        get_token(context["request"]),
        once or uuid4(),
        variant,
        format_html(' data-color="{}"', colour) if colour else "",
        pair,
        icon(icon_name) if icon_name else "",
        label,
    )
