"""Reads a page as a person or a checking tool would: words, links, forms, headings."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from django.http import HttpResponse


class Page(HTMLParser):
    """What a page holds, in the order in which it stands there."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.html = response.content.decode()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep every element with its attributes."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    @property
    def words(self) -> str:
        """The text of the page in one line, without markup."""
        bare = re.sub(r"<(style|script|title)\b.*?</\1>|<[^>]+>", " ", self.html, flags=re.DOTALL)
        return " ".join(unescape(bare).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind that has these values."""
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def links(self) -> list[str]:
        """Where the links of the page lead."""
        return [attrs["href"] for attrs in self.all("a")]

    def fields(self) -> dict[str, str]:
        """The values a browser would send for every text, hidden, chosen and ticked field."""
        found = {}
        for attrs in self.all("input"):
            kind = attrs.get("type", "text")
            if "name" in attrs and (kind not in ("radio", "checkbox") or "checked" in attrs):
                found[attrs["name"]] = attrs.get("value", "")
        return found

    def headings(self) -> list[int]:
        """The levels of the headings in their order."""
        return [int(name[1]) for name, _attrs in self.tags if re.fullmatch(r"h[1-6]", name)]
