"""How a record, a step and an action stand, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.services.views import ActionLine, NextStep, PlanLine, RecordLine, RecordState
from desktop.ui.moments import Moments
from desktop.ui.pages.choice_row import Line
from desktop.ui.pages.hub_words import hub_words
from desktop.ui.words import breakable, counted, listed, tr


def titled(title: str, about: str) -> str:
    """The form's title, and whom the record is about."""
    return tr("{title}: {about}", title=title, about=breakable(about)) if about else title


def record_lines(record: RecordLine, moments: Moments) -> tuple[Line, ...]:
    """State, what is missing, when it was last written and by whom, and whether it waits."""
    words = [_state(record)]
    if record.last_written is not None:
        words.append(_written(record.last_written, record, moments))
    if record.begun_as:
        words.append(tr("under {reference}", reference=record.begun_as))
    lines = [Line(" · ".join(words))]
    if record.arrived_from:
        lines.append(Line(arrived_words(record.arrived_from), "info"))
    if record.at_hub is not None:
        lines.append(Line(hub_words(record.at_hub, moments)))
    if record.waiting:
        lines.append(
            Line(
                counted(
                    record.waiting, "{n} change waits to be sent", "{n} changes wait to be sent"
                )
            )
        )
    return tuple(lines)


def arrived_words(writers: Sequence[str]) -> str:
    """Who wrote in a finished record without having seen that it was finished."""
    who = breakable(listed(list(writers)))
    return tr("{who} wrote in it without having seen that it was finished", who=who)


def step_button_words(step: NextStep) -> str:
    """What the button of a step says."""
    return tr("Go on") if step.record else tr("Begin")


def step_lines(step: NextStep) -> tuple[Line, ...]:
    """Whether it is begun, and why it is a step."""
    words = [tr("Begun.")] if step.record else []
    if step.why:
        words.append(step.why)
    return (Line(" ".join(words)),) if words else ()


def action_words(action: ActionLine, moments: Moments) -> str:
    """Who, by when and how it stands, on one line."""
    parts = []
    if action.who:
        parts.append(breakable(action.who))
    if action.by_when is not None:
        parts.append(tr("by {day}", day=moments.day(action.by_when)))
    if action.standing:
        parts.append(action.standing)
    return " · ".join(parts) or tr("Nobody and no date yet")


def plan_words(plan: PlanLine, moments: Moments) -> str:
    """How many goals and actions, and when it is looked at again."""
    goals = counted(len(plan.goals), "{n} goal", "{n} goals")
    actions = counted(plan.actions, "{n} action", "{n} actions")
    words = [tr("{goals}, {actions}.", goals=goals, actions=actions)]
    if plan.agreed is not None:
        words.append(tr("Agreed {day}.", day=moments.day(plan.agreed)))
    if plan.review is not None:
        words.append(tr("Review on {day}.", day=moments.day(plan.review)))
    return " ".join(words)


def _state(record: RecordLine) -> str:
    if record.state is RecordState.FINISHED:
        return tr("Finished")
    if record.state is RecordState.WITHDRAWN:
        return tr("Withdrawn")
    if record.missing:
        return counted(record.missing, "Draft, {n} answer to come", "Draft, {n} answers to come")
    if record.missing == 0:
        return tr("Draft, ready to finish")
    return tr("Draft")


def _written(written: datetime, record: RecordLine, moments: Moments) -> str:
    when = moments.when(written)
    if record.writer:
        return tr("last written {when} by {who}", when=when, who=breakable(record.writer))
    return tr("last written {when}", when=when)
