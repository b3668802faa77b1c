"""A family's course and a worker's day, for the pages that show them. Runs in the vault lane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from desktop.services.case_views import (
    BoardAction,
    Chronology,
    DirectoryView,
    DomainLine,
    FamilyPictures,
    HappeningLine,
    PlanBoard,
    Standing,
    TaskLine,
    VisitLine,
    Work,
)
from desktop.services.clock import Clock
from desktop.services.known_records import KnownRecords
from desktop.services.packs import Packs
from desktop.vault import Event, Vault
from forms.casework.agreement import agreed_by, agreements, must_agree
from forms.casework.before_the_door import before_the_door
from forms.casework.chronology import chronology
from forms.casework.closing import waiting
from forms.casework.completeness import completeness
from forms.casework.contacts import contacts
from forms.casework.directory import Wanted, find_services, services
from forms.casework.drift import drift
from forms.casework.entities import entities
from forms.casework.episodes import episode_on, episodes, people_of
from forms.casework.genogram import ecomap, genogram
from forms.casework.homes import homes, main_home
from forms.casework.known_record import KnownRecord
from forms.casework.levels import LevelDecision, level_history
from forms.casework.meetings import reviews
from forms.casework.needs import needs
from forms.casework.people import Person, family_name
from forms.casework.plan import FamilyPlan, family_plan
from forms.casework.prompts import prompts
from forms.casework.relationships import relationships
from forms.casework.responsible import lead_on, leads
from forms.casework.scores import distances, scores
from forms.casework.smart import NO_ACTION, Advice, smart_advice, too_much
from forms.casework.tasks import VISITS, Task, tasks
from forms.casework.timescales import read_timescales


@dataclass(slots=True)
class Casework:
    """What the records of this worker's families come to, as of now."""

    vault: Vault
    packs: Packs
    known: KnownRecords
    clock: Clock

    def standing(self, family: str) -> Standing:
        """How a family's help stands today."""
        records, today = self._records(family), self._today()
        people = people_of(records)
        names = _names(people)
        episode = episode_on(found := episodes(records), today)
        history = [one for one in level_history(records) if one.is_final]
        level = history[-1] if history else None
        agreed = agreed_by(agreements(records), today)
        lead = lead_on(leads(records), today)
        home = main_home(homes(records), today)
        plan = family_plan(records)
        actions = plan.actions if plan else ()
        course = (level_history(records), reviews(records), actions, contacts(records), today)
        times = read_timescales(self.packs.newest.tables)
        return Standing(
            level=level.level if level else None,
            level_code=level.code if level else "",
            level_words=self._level_words(level) if level else "",
            level_since=level.since if level else None,
            begun=found[-1].start if found else None,
            ended=found[-1].end if found else None,
            closing_waits=next((one.finalised_on for one in waiting(records)), None),
            agreed=tuple(names[one] for one in agreed if one in names),
            not_agreed=tuple(p.name for p in must_agree(people, today) if p.id not in agreed),
            lead=(lead.name or self._worker(lead.worker)) if lead else "",
            lead_since=lead.since if lead else None,
            lead_number=lead.number if lead else "",
            home=", ".join((*home.lines, home.postcode)) if home and not home.confidential else "",
            home_is_protected=home is not None and home.confidential,
            tasks=tuple(self._tasks(family, records)),
            drift=drift(episode, *course, times) if episode else (),
            prompts=tuple(
                (one.kind, names.get(one.person, ""))
                for one in prompts(records, people, needs(records), today)
            ),
            asked=tuple(
                (one.question, one.answer, tuple(names.get(p, "") for p in one.missing))
                for one in completeness(records, today)
            ),
        )

    def chronology(self, family: str) -> Chronology:
        """Everything that happened with a family."""
        records = self._records(family)
        names = _names(people_of(records))
        lines = tuple(
            HappeningLine(
                one.kind,
                one.day,
                one.when,
                self.packs.title(one.what) if one.kind in {"done", "finished"} else one.what,
                tuple(names[p] for p in one.people if p in names),
                one.record,
            )
            for one in chronology(records)
        )
        return Chronology(lines, names)

    def work(self) -> Work:
        """Everything to do for every family of this worker, and today's visits.

        A visit says what is known before the door, so the audit has its family as opened. What
        else is told of one family here is reached from its page, which the audit knows of.
        """
        today = self._today()
        todo: list[TaskLine] = []
        visits: list[VisitLine] = []
        for row in self.vault.families():
            of_family = list(self._tasks(row.id, self.known.as_told(row.id).known))
            todo += of_family
            visits += [
                self._visit(task, self._records(row.id))
                for task in of_family
                if task.due == today and task.kind in VISITS
            ]
        todo.sort(key=lambda task: (task.due, task.at, task.name, task.kind, task.what))
        visits.sort(key=lambda visit: (visit.at or "24:00", visit.name))
        for family in dict.fromkeys(visit.family for visit in visits):
            self.vault.note(Event("opened", family=family, detail="visit"))
        return Work(today, tuple(visits), tuple(todo))

    def pictures(self, family: str) -> FamilyPictures:
        """The family tree, who helps, and how far the family has come in the ten outcomes."""
        records, today = self._records(family), self._today()
        known = scores(records)
        travelled = {(d.domain, d.rater): d for d in distances(known) if not d.person}
        firsts = {(s.domain, s.rater): s for s in reversed(known) if not s.person}
        latest = {(s.domain, s.rater): s for s in known if not s.person}
        titles = dict(self._outcomes())
        domains = tuple(
            DomainLine(
                domain,
                titles[domain],
                rater,
                first.raw,
                latest[domain, rater].raw,
                first.on,
                latest[domain, rater].on,
                travelled[domain, rater].sustained if (domain, rater) in travelled else None,
            )
            for (domain, rater), first in sorted(firsts.items())
            if domain in titles
        )
        people = people_of(records)
        tree = genogram(people, relationships(records), today)
        return FamilyPictures(tree, ecomap(records, today), domains)

    def board(self, family: str) -> PlanBoard:
        """Every action of the plan, with what the SMART helper would ask about it."""
        records, today = self._records(family), self._today()
        plan = family_plan(records)
        if plan is None:
            return PlanBoard()
        paths = {e.id: e.paths.get("progress", "") for e in entities(records, "action")}
        advice = smart_advice(plan, today)
        actions = tuple(
            BoardAction(
                action.what,
                action.who,
                action.by_when,
                action.progress or "not_started",
                action.is_open and action.by_when is not None and action.by_when < today,
                goal.outcome,
                plan.record,
                paths.get(action.id, ""),
                tuple((one.kind, one.word) for one in advice if one.about in (action.id, goal.id)),
            )
            for goal in plan.goals
            for action in goal.actions
            if action.is_said
        )
        return PlanBoard(actions, tuple(_of_the_plan(plan, advice)))

    def directory(self, wanted: Wanted) -> DirectoryView:
        """The services that fit, without a network."""
        tables, today = self.packs.newest.tables, self._today()
        known = services(tables.get("directory", ()))
        offered = [service for service in known if service.is_offered(today)]
        rows = tables.get("areas", ())
        areas = {row["area"] for row in rows} | {one.area for one in offered if one.area}
        hubs = {row["area"]: row["hub"] for row in rows if row["hub"]}
        found = find_services(known, wanted, today, hubs)
        return DirectoryView(found, len(offered), tuple(sorted(areas)), self._outcomes(), today)

    # --- inside ------------------------------------------------------------------------------

    def _records(self, family: str) -> Sequence[KnownRecord]:
        return self.known.of_family(family).known

    def _today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo(self.clock.zone)).date()

    def _worker(self, worker: str) -> str:
        return self.vault.workers().get(worker, "")

    def _outcomes(self) -> tuple[tuple[str, str], ...]:
        rows = self.packs.newest.tables.get("outcomes", ())
        return tuple((row["code"], row["label"]) for row in rows)

    def _level_words(self, level: LevelDecision) -> str:
        """As the scheme said that it was decided on; the record keeps them."""
        rows = self.packs.newest.tables.get("thresholds", ())
        return level.words or next((r["label"] for r in rows if r["level"] == level.code), "")

    def _tasks(self, family: str, records: Sequence[KnownRecord]) -> Iterator[TaskLine]:
        names, name = _names(people_of(records)), family_name(records)
        times = read_timescales(self.packs.newest.tables)
        for task in tasks(records, times, self._today()):
            yield _task_line(task, family, name, names)

    def _visit(self, task: TaskLine, records: Sequence[KnownRecord]) -> VisitLine:
        people = people_of(records)
        home = main_home(homes(records), self._today())
        known, names = before_the_door(records, people), _names(people)
        words = self.packs.newest.words
        said = [
            *(("A child may be at risk now: telephone first.",) if known.harm else ()),
            *((words[f"talk.{known.talk}"],) if known.talk in ("no", "not_all") else ()),
            *known.talk_detail,
            *(risk.replace("_", " ").capitalize() for risk in known.risks),
            *known.detail,
            *known.call_first,
            *(f"Interpreter for {names[one]}" for one in known.interpreters if one in names),
            *(f"Another format for {names[one]}" for one in known.formats if one in names),
        ]
        where = "" if home is None or home.confidential else ", ".join(home.lines)
        here = tuple(p.name for p in people if p.belongs_on(self._today()))
        return VisitLine(task.family, task.name, task.at, where, here, tuple(said))


def _names(people: Sequence[Person]) -> dict[str, str]:
    return {person.id: person.name for person in people}


def _task_line(task: Task, family: str, name: str, names: Mapping[str, str]) -> TaskLine:
    return TaskLine(
        task.kind,
        task.due,
        task.standing,
        family,
        name,
        task.what,
        names.get(task.about, ""),
        task.form,
        task.record,
        task.at,
    )


def _of_the_plan(plan: FamilyPlan, advice: Sequence[Advice]) -> Iterator[tuple[str, str]]:
    """What could be clearer in a plan as a whole: too much of it, a goal without an action."""
    goals, actions = too_much(plan)
    if goals:
        yield "many_goals", str(len(plan.goals))
    if actions:
        yield "many_actions", str(sum(action.is_open for action in plan.actions))
    without = {one.about for one in advice if one.kind == NO_ACTION}
    yield from (("goal_without", goal.outcome) for goal in plan.goals if goal.id in without)
