"""Who may have a record, worked out from the pack's rules and what the family chose.

The record is the unit. What somebody may not have is not there for them at all, so everything else
(feeds, digests, search, files, counts) follows from what is said here. The cautious answer governs:
a choice in conflict is read by its safest head, a person who decides is not outvoted by another,
and what nobody was asked is a no.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.casework.carrying import is_carried_on
from forms.pack import Pack
from forms.records.answer_path import row_of, schema_path
from forms.records.change import Change
from forms.records.finalising import FINALISED
from forms.records.heads import Heads
from forms.records.protective import Protective, governing

RESTRICTED = "@restricted"
"""At this path a record says ``yes``: only its authors, and roles of ``RESTRICTED_ROLES``."""
RESTRICTED_ROLES = frozenset({"manager", "information_governance"})
CONTRIBUTOR = "contributor"
_RESTRICTED = Protective("", RESTRICTED, ("yes", "no"))
_OWN_WORD = ("child_share", "address")
"""Guards that must say their loosest before a record that asks them is anybody's but the team's:
the child's own leave, and an address that is kept from somebody."""
_AGREED, _DECLINED = frozenset({"agrees", "part"}), "declines"
_UP_TO = {"basic": ("basic",), "more": ("basic", "more")}
_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class FormAudience:
    """Roles that may have it; when contributors do: ``never``, ``basic``, ``more``."""

    roles: frozenset[str]
    shared: str


@dataclass(frozen=True, slots=True)
class AudienceRules:
    """What the pack says. ``choices``: an agency's question of the sharing form; none: only named.

    ``rules`` has, by name, the other questions that decide: ``level``, ``named_who``,
    ``named_share``, ``must_not_see``, ``withdrawn``, ``decided``. ``own_word`` is by form.
    """

    forms: Mapping[str, FormAudience] = field(default_factory=dict)
    choices: Mapping[str, Protective] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    agreement: tuple[Protective, ...] = ()
    rules: Mapping[str, Protective] = field(default_factory=dict)
    own_word: Mapping[str, tuple[Protective, ...]] = field(default_factory=dict)

    @classmethod
    def of_pack(cls, pack: Pack) -> AudienceRules:
        """The rules of a pack."""
        by_name = {each.path.rpartition("/")[2]: each for each in pack.guarding("share")}
        own_word: dict[str, tuple[Protective, ...]] = {}
        for guard in _OWN_WORD:
            for each in pack.guarding(guard):
                own_word[each.form] = (*own_word.get(each.form, ()), each)
        agencies = pack.tables.get("agencies", ())
        return cls(
            forms={
                row["form"]: FormAudience(frozenset(row["roles"].split()), row["shared"])
                for row in pack.tables.get("audiences", ())
            },
            choices={
                row["code"]: by_name[row["choice"]]
                for row in agencies
                if row.get("choice", "") in by_name
            },
            labels={row["code"]: row["label"] for row in agencies},
            agreement=pack.guarding("agreement"),
            rules={
                row["rule"]: Protective(
                    row["form"], row["path"], tuple(row["safest_first"].split())
                )
                for row in pack.tables.get("sharing_rules", ())
            },
            own_word=own_word,
        )

    @property
    def deciding_forms(self) -> frozenset[str]:
        """Forms in which a family chooses who may know: their changes are sent before others."""
        asked = (*self.agreement, *self.choices.values(), *self.rules.values())
        return frozenset(each.form for each in asked)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may have records of a family. ``names``: what a family may call them."""

    id: str
    role: str
    agency: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One record with all its changes, as far as who may have it goes."""

    record: str
    form: str
    changes: Sequence[Change]

    @property
    def authors(self) -> frozenset[str]:
        """Everybody who wrote in it."""
        return frozenset(change.author for change in self.changes)


@dataclass(frozen=True, slots=True)
class Sharing:
    """What one family chose, over all its records.

    ``must_not_see`` is what they wrote of people who must not know, each in its own words: only a
    person can say whom it means, so while it is there, no contributor gets anything.
    """

    is_agreed: bool
    level: str
    agencies: Mapping[str, bool]
    named: tuple[tuple[str, bool], ...]
    must_not_see: tuple[str, ...]
    decided: frozenset[str]

    def gives(self, reader: Reader, *, cleared: bool = False) -> str:
        """What a contributor gets: ``""`` nothing, ``basic`` or ``more``.

        ``cleared``: a person has said that ``must_not_see`` does not mean them.
        """
        if not self.is_agreed or (self.must_not_see and not cleared):
            return ""
        about = [allowed for who, allowed in self.named if _means(who, reader.names)]
        hinted = [allowed for who, allowed in self.named if _hints(who, reader.names)]
        if not all((*about, *hinted)):
            return ""
        chosen = self.agencies.get(reader.agency, False)
        return self.level if chosen or any(about) else ""


def sharing(rules: AudienceRules, stories: Iterable[Story], have: Collection[str]) -> Sharing:
    """What the family chose. ``have``: ids of changes that the EHM has; only those can loosen."""
    told = [_Told(each, Heads(each.changes), have) for each in stories]
    agreement = [value for asked in rules.agreement for value in _said(told, asked)]
    withdrawn = _texts(told, rules.rules.get("withdrawn"))
    level = set(_said(told, rules.rules.get("level")))
    decided = rules.rules.get("decided")
    return Sharing(
        is_agreed=bool(_AGREED & set(agreement)) and _DECLINED not in agreement and not withdrawn,
        level="more" if level == {"more"} else "basic",
        agencies={
            agency: set(_said(told, asked)) == {asked.safest_first[-1]}
            for agency, asked in rules.choices.items()
        },
        named=tuple(_named(rules, told)),
        must_not_see=_texts(told, rules.rules.get("must_not_see")),
        decided=frozenset(
            each.story.record
            for each in told
            if decided is not None and _said([each], decided) == [decided.safest_first[-1]]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A story with its heads, and which of its changes the EHM has."""

    story: Story
    heads: Heads
    have: Collection[str]

    def asked(self, question: Protective) -> Iterator[Protective]:
        """The question, in every row in which it was answered."""
        if self.story.form == question.form:
            for path in sorted(self.heads.paths()):
                if schema_path(path) == question.path:
                    yield Protective(question.form, path, question.safest_first)

    def governs(self, question: Protective) -> str:
        """The answer that governs."""
        return governing(question, self.story.changes, self.have).value


def _said(told: Sequence[_Told], question: Protective | None) -> list[str]:
    """The governing answer of every record and row that asks, where it is asked on in no other."""
    if question is None:
        return []
    heads = [each.heads for each in told]
    return [
        each.governs(asked)
        for each in told
        for asked in each.asked(question)
        if not is_carried_on(each.story.record, each.heads, asked.path, heads)
    ]


def _texts(told: Iterable[_Told], question: Protective | None) -> tuple[str, ...]:
    """Every word that stands under any head: a row that one person removed and another kept too."""
    if question is None:
        return ()
    found = {
        answer.value
        for each in told
        for asked in each.asked(question)
        for answer in each.heads.of(asked.path).values()
        if answer.value.strip()
    }
    return tuple(sorted(found))


def _named(rules: AudienceRules, told: Iterable[_Told]) -> Iterator[tuple[str, bool]]:
    """Whom the family named, in its own words, and whether they may know."""
    who, share = rules.rules.get("named_who"), rules.rules.get("named_share")
    if who is None or share is None:
        return
    for each in told:
        allowed = {row_of(a.path): each.governs(a) for a in each.asked(share)}
        for asked in each.asked(who):
            yes = allowed.get(row_of(asked.path)) == share.safest_first[-1]
            for answer in each.heads.of(asked.path).values():
                if answer.value.strip():
                    yield answer.value, yes


def _means(text: str, names: Iterable[str]) -> bool:
    """True if the words are a name of theirs: enough to let somebody know."""
    return text.strip().casefold() in {name.casefold() for name in names if name}


def _hints(text: str, names: Iterable[str]) -> bool:
    """True if any word of the words is in a name of theirs: enough to keep something back."""
    words = set(_WORD.findall(text.casefold()))
    return any(words & set(_WORD.findall(name.casefold())) for name in names)


def is_restricted(changes: Sequence[Change], have: Collection[str]) -> bool:
    """True if the record says that only named roles may have it. Loosened only with a reason."""
    if not any(RESTRICTED in change.answers for change in changes):
        return False
    return governing(_RESTRICTED, changes, have).value != "no"


def may_have(
    rules: AudienceRules, reader: Reader, story: Story, level: str, have: Collection[str]
) -> bool:
    """True if this reader may have this record; ``level``: what a contributor gets of the family.

    Whoever wrote in a record has it: it is on their device already. Without any rules, nothing was
    published yet, and whoever has the family has all of it, but contributors.
    """
    if reader.id in story.authors:
        return True
    restricted = is_restricted(story.changes, have)
    if reader.role == CONTRIBUTOR and not restricted:
        return _is_shared(rules, story, level, have)
    return role_may_have(rules, reader.role, story.form, restricted=restricted)


def role_may_have(rules: AudienceRules, role: str, form: str, *, restricted: bool) -> bool:
    """True if whoever has this role may have records of this form; never asked of contributors."""
    if restricted:
        return role in RESTRICTED_ROLES
    if not rules.forms:
        return True
    audience = rules.forms.get(form)
    return audience is not None and role in audience.roles


def _is_shared(rules: AudienceRules, story: Story, level: str, have: Collection[str]) -> bool:
    """True if contributors of this level get it: finalised, chosen, and nobody's own no in it."""
    audience = rules.forms.get(story.form)
    if audience is None or audience.shared not in _UP_TO.get(level, ()):
        return False
    told = _Told(story, Heads(story.changes), have)
    if not any(answer.value for answer in told.heads.of(FINALISED).values()):
        return False
    return all(
        told.governs(asked) == guard.safest_first[-1]
        for guard in rules.own_word.get(story.form, ())
        for asked in told.asked(guard)
    )
