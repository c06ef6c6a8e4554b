"""What the board says: numbers and states in sentences."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext

from search.board.reading import Board, ModelBoard, State
from shop.formats import number

MINUTE, HOUR, DAY = 60, 3600, 86_400


def headline(board: Board) -> str:
    """How things stand, in a sentence."""
    live = board.live
    if live is None and not board.models:
        return gettext("The search does not look at pictures yet.")
    left = sum(one.progress.left for one in board.models if not one.paused)
    if board.state is State.SEEN:
        failed = live.number("failed") if live else 0
        if failed:
            told = ngettext(
                "The search has seen everything but %(count)s picture or text that could not be "
                "read.",
                "The search has seen everything but %(count)s pictures and texts that could not be "
                "read.",
                failed,
            )
            return told % {"count": number(failed)}
        return gettext("The search has seen all your pictures and texts.")
    waiting = ngettext(
        "%(count)s picture or text is still to be looked at.",
        "%(count)s pictures and texts are still to be looked at.",
        left,
    )
    return waiting % {"count": number(left)}


def explanation(board: Board) -> str:
    """What that means, and what to do where something has to be done."""
    match board.state:
        case State.SEEN:
            return ""
        case State.WORKING:
            return gettext("It is at work. You may leave this page.")
        case State.STARTING:
            return gettext("They have just come in; it begins in a moment.")
        case State.LATER:
            return gettext(
                "They could not be read a moment ago, and are tried again by themselves within a "
                "minute."
            )
        case State.BUSY:
            return gettext(
                "Your server is working, but has finished none of them lately: it may be getting "
                "ready, or be busy with something else. Look again in a few minutes."
            )
        case State.STOPPED:
            return gettext(
                "Nothing is working on them. Products that wait are found by their words, not yet "
                "by their pictures. Ask whoever runs your server to start the worker:"
            )


def time_left(one: ModelBoard) -> str:
    """Until all is seen; "" where nothing tells."""
    seconds = one.progress.seconds_left
    if not one.progress.left or seconds is None:
        return ""
    if seconds < MINUTE:
        return gettext("less than a minute")
    return duration(seconds)


def duration(seconds: float) -> str:
    """About how long: minutes, hours or days."""
    if seconds < 2 * HOUR:
        minutes = max(1, round(seconds / MINUTE))
        told = ngettext("about %(count)s minute", "about %(count)s minutes", minutes)
        return told % {"count": number(minutes)}
    if seconds < 2 * DAY:
        hours = round(seconds / HOUR)
        told = ngettext("about %(count)s hour", "about %(count)s hours", hours)
        return told % {"count": number(hours)}
    days = round(seconds / DAY)
    told = ngettext("about %(count)s day", "about %(count)s days", days)
    return told % {"count": number(days)}


def rate(one: ModelBoard) -> str:
    """How many are looked at in a second, or a minute; "" while none is."""
    found = one.progress.rate
    if not found:
        return ""
    if found >= 1:
        return gettext("%(count)s a second") % {"count": number(round(found))}
    return gettext("%(count)s a minute") % {"count": number(max(1, round(60 * found)))}


def ago(moment: datetime | None) -> str:
    """How long ago; "" for never."""
    if moment is None:
        return ""
    if (timezone.now() - moment).total_seconds() < MINUTE:
        return gettext("a moment ago")
    return gettext("%(time)s ago") % {"time": timesince(moment, depth=1)}


def age(moment: datetime) -> str:
    """For how long it has waited."""
    if (timezone.now() - moment).total_seconds() < MINUTE:
        return gettext("less than a minute")
    return timesince(moment, depth=1)


def as_far_as(count: int, most: int) -> str:
    """A count that ends above `most`."""
    if count <= most:
        return number(count)
    return gettext("more than %(count)s") % {"count": number(most)}
