"""Tags that put one component on a page each; the markup lies in `templates/portal/components/`."""

from __future__ import annotations

from datetime import date

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.portal.parts import marks
from apps.portal.parts.frame import Frame, frame_of

register = template.Library()
COMPONENTS = "portal/components"


@register.simple_tag(takes_context=True)
def frame(context: Context) -> Frame:
    """What surrounds the page: asked for once, by the base template."""
    return frame_of(context["request"])


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A drawing of the sprite; the word beside it carries the meaning."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        static("portal/icons.svg"),
        name,
    )


@register.inclusion_tag(f"{COMPONENTS}/outcome.html")
def outcome(
    value: str,
    form: str = "tint",
    *,
    kind: str = "licence",
    requester: bool = False,
    after: str = "",
) -> dict[str, object]:
    """An outcome as a tinted mark, `table` (plain, short) or `plain` (plain, full words)."""
    mark = marks.outcome_mark(value, kind=kind, requester=requester)
    words = mark.short if form == "table" else mark.words
    return {"mark": mark, "words": words, "plain": form != "tint", "after": after}


@register.inclusion_tag(f"{COMPONENTS}/badge.html")
def badge(value: str) -> dict[str, object]:
    """The large sign of an outcome beside a page's answer."""
    return {"mark": marks.outcome_mark(value)}


@register.inclusion_tag(f"{COMPONENTS}/status.html")
def status(
    value: str, *, until: date | None = None, requester: bool = True, large: bool = False
) -> dict[str, object]:
    """Where a case stands, in the words of the reader."""
    return {"mark": marks.status_mark(value, until=until, requester=requester), "large": large}


@register.inclusion_tag(f"{COMPONENTS}/tier.html")
def tier(value: str) -> dict[str, object]:
    """The tier of a case; for officers only."""
    return {"tier": value, "level": value.removeprefix("T")}


@register.inclusion_tag(f"{COMPONENTS}/citation.html")
def cite(text: str) -> dict[str, object]:
    """A place in the law."""
    return {"text": text}


@register.inclusion_tag(f"{COMPONENTS}/note.html")
def note(words: str, lead: str = "", tone: str = "", icon: str = "info") -> dict[str, object]:
    """A sentence set apart: `you`, `info`, `ok`, `stop` or plain."""
    return {"words": words, "lead": lead, "tone": tone, "icon": icon}


@register.inclusion_tag(f"{COMPONENTS}/empty.html")
def empty(lead: str, words: str = "", icon: str = "ring") -> dict[str, object]:
    """What a list says when there is nothing on it, and what comes next."""
    return {"lead": lead, "words": words, "icon": icon}


@register.inclusion_tag(f"{COMPONENTS}/due.html")
def due(value: object) -> dict[str, object]:
    """When a case is due, as a word and a small bar (a `parts.due.Due`)."""
    return {"due": value}


@register.simple_tag
def initials(name: str) -> str:
    """Two letters that stand for a name beside it."""
    words = name.split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
