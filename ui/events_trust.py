"""What is loaded, and how far its places can be trusted: words that stand with every figure of the page of events."""

from __future__ import annotations

from html import escape

from geo.events import checking, opened, places, store
from geo.events.formats import by_source
from geo.events.precision import Quality, Share
from geo.events.standing import held
from geo.i18n import number
from ui.events_choices import EventsChoice
from ui.i18n import _, lang


def quality(choice: EventsChoice) -> Quality:
    """Precision and recall of the rule for the subject chosen."""
    return checking.quality(choice.of, choice.source, choice.rule, choice.subject)


def is_checked(found: Quality) -> bool:
    """Whether enough places are checked for figures to lose their grey."""
    return found.checked >= places.shipped().enough_checked


def said(found: Quality) -> str:
    """Precision in words: "82 % right in 120 checked", or that nothing is checked."""
    if found.precision is None:
        return _("places not checked")
    words = _("{share} % right in {n} checked").format(
        share=_percent(found.precision.value), n=number(found.checked, lang())
    )
    if is_checked(found):
        return words
    return _("{words}, too few to rely on").format(words=words)


def interval(share: Share | None) -> str:
    """Share with its interval in words."""
    if share is None:
        return "—"
    return _("{share} % ({low}–{high} %)").format(
        share=_percent(share.value), low=_percent(share.low), high=_percent(share.high)
    )


def _percent(share: float) -> str:
    return number(round(100 * share), lang())


def loaded(choice: EventsChoice, found: Quality) -> str:
    """What is loaded, as small figures in a row."""
    kept, dropped = checking.kept_and_dropped(choice.of, choice.source, choice.rule, choice.subject)
    years = opened.totals(choice.of, choice.source).index
    figures = (
        (
            number(held(choice.of)[choice.source], lang()),
            _("records of {source}").format(source=by_source(choice.source).title.of(lang())),
            f"{years.min()}–{years.max()}" if len(years) else "",
        ),
        *_files(choice),
        (
            number(kept, lang()),
            _("mentions of believed places in the subject"),
            _("{n} more are dropped by the rule").format(n=number(dropped, lang())),
        ),
        (
            "—" if found.precision is None else f"{_percent(found.precision.value)} %",
            _("of the believed places checked are right"),
            _("places not checked")
            if found.precision is None
            else _("{n} checked, interval {low}–{high} %").format(
                n=number(found.checked, lang()),
                low=_percent(found.precision.low),
                high=_percent(found.precision.high),
            ),
        ),
    )
    cells = "".join(
        f"<div><b>{escape(value)}</b><span>{escape(label)}</span><small>{escape(detail)}</small></div>"
        for value, label, detail in figures
    )
    return f'<div class="figures">{cells}</div>'


def _files(choice: EventsChoice) -> list[tuple[str, str, str]]:
    """Files taken and lines rejected; a database does not tell."""
    if choice.of.folder is None:
        return []
    own = [one for one in store.manifest(choice.of.folder).files if one.source == choice.source]
    rejected = sum(one.rejected for one in own)
    return [
        (
            number(len(own), lang()),
            _("files read"),
            _("lines that could not be read: {n}").format(n=number(rejected, lang())),
        )
    ]
