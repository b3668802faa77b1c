"""The words of casework: what a task, a happening, a prompt or an audit question is called."""

from __future__ import annotations

from desktop.services.case_views import HappeningLine, TaskLine
from desktop.ui.moments import Moments
from desktop.ui.words import breakable, tr


def task_words(task: TaskLine) -> str:
    """What is to be done, in a line."""
    named = _TASKS.get(task.kind)
    words = tr(named) if named else task.kind.replace("_", " ")
    parts = [words, breakable(task.about), breakable(task.what)]
    return ": ".join(part for part in (words, ", ".join(p for p in parts[1:] if p)) if part)


def due_words(task: TaskLine, moments: Moments) -> str:
    """By when, and how pressing."""
    day = moments.day(task.due)
    when = tr("{day} at {time}", day=day, time=task.at) if task.at else day
    if task.standing == "overdue":
        return tr("Overdue since {day}", day=when)
    return tr("Today, {day}", day=when) if task.standing == "due" else tr("By {day}", day=when)


def happening_words(line: HappeningLine) -> str:
    """What happened, in a line; people's own words come as they are."""
    kind = tr(_KINDS.get(line.kind, line.kind))
    said = breakable(line.what.replace("_", " ") if line.what in _CODES else line.what)
    if line.kind == "level":
        said = tr("level {level}", level=line.what)
    return f"{kind}: {said}" if said else kind


def kind_words(kind: str) -> str:
    """What a kind of happening is called."""
    return tr(_KINDS.get(kind, kind))


def prompt_words(kind: str, name: str) -> str:
    """What to think of, and about whom."""
    words = tr(_PROMPTS.get(kind, kind.replace("_", " ")))
    return f"{breakable(name)}: {words}" if name else words


def drift_words(reason: str) -> str:
    """Why somebody should ask whether the help still helps."""
    return tr(_DRIFT.get(reason, reason))


def question_words(question: str) -> str:
    """An audit question in plain words."""
    return tr(_QUESTIONS.get(question, question.replace("_", " ")))


def answer_words(answer: str) -> str:
    """How an audit question stands."""
    return tr({"yes": "Yes", "no": "No", "partly": "Partly", "not_yet": "Not yet"}[answer])


def advice_words(kind: str, word: str) -> str:
    """What could be clearer in an action or a plan; advice, never a rule."""
    return tr(_ADVICE.get(kind, kind), word=breakable(word))


def progress_words(progress: str) -> str:
    """How an action stands."""
    return tr(_PROGRESS.get(progress, progress.replace("_", " ")))


def rater_words(rater: str) -> str:
    """Who scored."""
    known = {"family": "The family", "child": "The child", "practitioner": "The worker"}
    return tr(known.get(rater, "Somebody else"))


_TASKS = {
    "assessment_complete": "Finish the assessment",
    "first_meeting": "Hold the first meeting of the team",
    "first_review": "First review, at the latest",
    "review": "Review, at the latest",
    "review_visit": "Review, as agreed",
    "meeting": "Team meeting",
    "visit": "Visit",
    "follow_up": "What you said you would do",
    "action": "Action of the plan",
    "written_agreement": "Get the agreement in writing",
    "existing_check": "Check whether this family has help already",
    "telephone": "Telephone now: a request waits, and has told nobody",
    "more_wanted": "The hub needs to know more: write it in the request",
    "tell_family": "Tell the family what was decided",
    "keep_in_touch": "Keep in touch, as agreed",
    "transition_nursery": "Nursery begins",
    "transition_primary": "Primary school begins",
    "transition_secondary": "Secondary school begins",
    "transition_sixteen": "Turns 16",
    "transition_eighteen": "Turns 18",
    "transition_baby": "A baby is due",
}
_KINDS = {
    "event": "Told by the family",
    "visit": "Visit or contact",
    "seen": "Seen",
    "voice": "A child was heard",
    "meeting": "Team meeting",
    "review": "Review",
    "agreement": "Agreement",
    "withdrawal": "Agreement withdrawn",
    "level": "Level of need",
    "lead": "Who leads",
    "request": "Request",
    "answer": "Answer to a request",
    "tool": "Tool used",
    "declined": "Declined",
    "begun": "Help began",
    "ended": "Help ended",
    "born": "Born",
    "came": "Came to the family",
    "left": "Left the family",
    "died": "Died",
    "home": "A new home",
    "call": "Telephoned",
    "given": "A copy was given",
    "done": "Done",
    "finished": "Finished",
}
_CODES = frozenset(
    {
        *("agrees", "part", "declines", "not_asked", "agreement", "step_down", "assessment"),
        *("first", "review", "closing", "extra", "continue", "change", "up", "down", "close"),
        *("needs_met", "single_agency", "step_up", "universal", "withdrew", "no_contact"),
        *("moved", "age", "advice", "start_well", "level_4", "other", "accepted", "early_help"),
        *("information", "more", "declined", "home_visit", "no_access", "other_plan"),
    }
)
_PROMPTS = {
    "gp": "not known to be registered with a GP",
    "dentist": "not known to be registered with a dentist",
    "early_learning": "may have a free early learning place",
    "early_years": "under five: two-year review and immunisations",
    "own_agreement": "16 or over: their own agreement counts",
    "education_or_work": "no school or college is written down",
    "young_carer": "offer a young carers referral",
    "interpreter": "book an interpreter, never a relative for what is sensitive",
    "young_parent": "a young parent",
    "parent_of_unborn": "nobody is written down as the baby's parent",
    "dash": "Think of a DASH risk check, alone with the person",
    "gcp": "Think of a graded care profile, if you are trained",
    "exploitation": "Think of an exploitation screening",
    "programme": "Three needs or more: ask about the programme",
}
_DRIFT = {
    "a_year": "Open for more than a year",
    "same_level": "Three reviews or more, and the level is what it was",
    "all_overdue": "Every open action is overdue",
    "no_contact": "No contact for more than six weeks",
}
_QUESTIONS = {
    "agreed": "Has everybody agreed who must?",
    "notice": "Has each adult had the privacy notice?",
    "arrangements": "Were interpreters and other arrangements made?",
    "each_child_heard": "Has each child been heard?",
    "heard_lately": "Was each child heard in the last 12 weeks?",
    "seen_alone": "Was each child seen alone?",
    "responsibility_clear": "Is it clear who holds parental responsibility?",
    "both_parents": "Are both parents' views there, or a reason?",
    "fathers_included": "Are fathers included?",
    "history_taken": "Is the family's story there?",
    "chronology_used": "Are important events written down?",
    "siblings_visible": "Is there an analysis for each child?",
    "level_explained": "Is the level of need explained?",
    "family_copy": "Does the family have a copy?",
    "plan_clear": "Is the plan clear: who, what, by when, how we know?",
    "child_wants_in_plan": "Is what each child wants in the plan?",
    "next_review": "Is the next review agreed?",
    "oversight": "Has a manager looked at it?",
    "outcomes_explicit": "Does the closure say what came of each need?",
}
_ADVICE = {
    "no_measure": "How will you know? The goal has no measure yet.",
    "no_name": "Who does it? Nobody is named yet.",
    "role_only": "Name the person, not only the role.",
    "no_date": "By when? There is no date yet.",
    "vague": "“{word}” can mean much: what exactly will they do?",
    "past": "The date has passed.",
    "after_review": "The date is after the next review.",
    "many_goals": "{word} goals are many: four or fewer are easier to follow. Which can wait?",
    "many_actions": "{word} open actions are many: eight or fewer are easier to follow.",
    "goal_without": "This goal has no action yet: {word}",
}
_PROGRESS = {
    "not_started": "Not started",
    "started": "Started",
    "blocked": "Something is in the way",
    "done": "Done",
    "done_late": "Done, late",
    "not_done": "Not done",
    "not_needed": "No longer needed",
}
