"""A request while it is being written: its pages, what is answered, and the way through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from apps.cases.domain.facts import answers_of
from apps.cases.domain.form_spec import form_for, next_key
from apps.portal.forms.controls import Offer
from apps.portal.forms.page import PageForm
from apps.portal.parts.errors import Line
from apps.portal.parts.law import atlas_of, patterns_read

if TYPE_CHECKING:
    from apps.cases.domain.form_model import Form, Page
    from apps.cases.models import Case
    from apps.engine.edition import Edition
    from apps.engine.refusal import Refusal

WAYS = "releases"  # without any of them there is nothing to determine
FRESH = "new"  # a field no fact has: it makes room for one more technology or way


@dataclass(frozen=True, slots=True)
class Step:
    """One page in the map beside the form."""

    title: str
    said: str
    href: str
    done: bool
    current: bool


@dataclass(frozen=True)
class Drafting:
    """The form of one case under one edition, with the answers that stand."""

    case: Case
    edition: Edition
    form: Form
    answers: Mapping[str, Any]

    @property
    def offer(self) -> Offer:
        """What can be chosen: the countries of the edition, the organisations named so far."""
        names = {
            path.split(".")[1]: str(value)
            for path, value in self.answers.items()
            if path.startswith("organisations.") and path.endswith(".name")
        }
        return Offer(atlas_of(self.edition), names)

    def page(self, slug: str) -> Page:
        """The page of a name; Http404 if it is not shown."""
        found = self.form.page(slug)
        if found is None:
            raise Http404
        return found

    def page_form(self, slug: str, data: QueryDict | None) -> PageForm:
        """The fields of a page, filled with what stands or with what was typed."""
        page, version = self.page(slug), self.case.version
        return PageForm(data, page=page, answers=self.answers, version=version, offer=self.offer)

    def names(self, page: Page) -> dict[str, str]:
        """What each section of a page is called: the technology's name, or its number."""
        numbered = enumerate((section.key for section in page.sections), start=1)
        word = gettext("Technology") if page.block == "items" else gettext("Way")
        return {
            key: str(self.answers.get(f"items.{key}.title") or f"{word} {number}")
            for number, key in numbered
            if key
        }

    def taken_out(self, key: str) -> dict[str, None]:
        """The answers about one technology or way, each taken back."""
        about = (path for path in self.answers if path.split(".")[1:2] == [key])
        return dict.fromkeys(path for path in about if path.startswith(("items.", "releases.")))

    def no_longer_asked(self, typed: Mapping[str, Any]) -> dict[str, None]:
        """The answers that what was typed makes pointless: a field goes with what it hangs on."""
        known = {
            path: value for path, value in {**self.answers, **typed}.items() if value is not None
        }
        after = {
            one.path for page in _form(self.case, self.edition, known).pages for one in page.fields
        }
        before = (one.path for page in self.form.pages for one in page.fields)
        return dict.fromkeys(path for path in before if path in known and path not in after)

    def followed(self, slug: str) -> tuple[str, ...]:
        """The questions of a page that hang on another answer and are not answered yet."""
        hanging = (one.path for one in self.page(slug).fields if one.when is not None)
        return tuple(path for path in hanging if path not in self.answers)

    def steps(self, current: str) -> tuple[Step, ...]:
        """The map: every page, how much of it is answered, and the last look before sending."""
        return tuple(self._steps(current))

    def after(self, slug: str) -> str:
        """The address of the page that follows one; the last is followed by the check."""
        slugs = [page.slug for page in self.form.pages]
        place = slugs.index(slug) + 1
        return self.address(slugs[place]) if place < len(slugs) else self.address()

    def before(self, slug: str) -> str:
        """The address of the page before one; before the first lies the list of requests."""
        slugs = [page.slug for page in self.form.pages]
        place = slugs.index(slug) - 1
        return self.address(slugs[place]) if place >= 0 else reverse("portal:requests")

    def address(self, slug: str = "") -> str:
        """Where a page is, or the check of all answers."""
        if slug:
            return reverse("portal:step", args=[self.case.reference, slug])
        return reverse("portal:check", args=[self.case.reference])

    def _steps(self, current: str) -> Iterator[Step]:
        for page in self.form.pages:
            given = sum(field.path in self.answers for field in page.fields)
            total = len(page.fields)
            said = gettext("%(given)d of %(total)d answered") % {"given": given, "total": total}
            yield Step(
                gettext(page.title),
                said,
                self.address(page.slug),
                given == total,
                page.slug == current,
            )
        yield Step(gettext("Check and send"), "", self.address(), False, not current)


def drafting_of(case: Case, edition: Edition, *, add: str = "") -> Drafting:
    """The form as the answers of a case make it; `add` names a page that gets one more section."""
    stored = {path: row.value for path, row in answers_of(case).items()}
    record = {"case.title": case.title, "case.summary": case.summary}
    answers = stored | {path: text for path, text in record.items() if text}
    form = _form(case, edition, answers)
    page = form.page(add) if add else None
    if page is not None and page.block:
        key = next_key(page.block, page.first, answers)
        form = _form(case, edition, answers | {f"{page.block}.{key}.{FRESH}": ""})
    return Drafting(case, edition, form, answers)


def lines_elsewhere(drafting: Drafting, refused: Iterable[Refusal]) -> tuple[Line, ...]:
    """Refusals as lines that lead to the page and field they are about."""
    return tuple(_line(drafting, refusal) for refusal in refused)


def _line(drafting: Drafting, refusal: Refusal) -> Line:
    for page in drafting.form.pages:
        for asked in page.fields:
            if refusal.where == asked.path or refusal.where.startswith(f"{asked.path}["):
                label = f"{gettext(asked.label)} {refusal.what}"
                address = drafting.address(page.slug)
                return Line(label, refusal.remedy, f"id_{asked.path}", address)
    if not any(path.startswith(f"{WAYS}.") for path in drafting.answers):
        page = next(page for page in drafting.form.pages if page.block == WAYS)
        return Line(
            refusal.what, refusal.remedy, f"id_{page.fields[0].path}", drafting.address(page.slug)
        )
    return Line(refusal.what, refusal.remedy)


def _form(case: Case, edition: Edition, answers: Mapping[str, Any]) -> Form:
    read, regimes = patterns_read(edition), edition.regimes
    return form_for(case.kind, answers=answers, read=read, regimes=regimes)
