"""Who may have what on paper: markers are written everywhere, and read back by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from forms.casework.finished_texts import Finishing
from forms.casework.reader import Reader, Told
from forms.casework.readers import readers
from forms.casework.redaction import Copy, redacted
from forms.pack import Pack
from forms.records.answer import Answer
from forms.records.heads import Heads
from tests.forms.casework.conftest import NOW, Writing

MUM, DAD, EX, GIRL, TEEN = (f"0195802c-0000-7000-8000-00000000000{n}" for n in range(1, 6))
PERSON = "/household/people/person"
VIEW = "/assessment/views/view"
TODAY = date(2026, 11, 23)


@pytest.fixture
def family(writing: Writing) -> Writing:
    people = (
        (MUM, "Dana", "parent", "mother", "here", "1990-01-01"),
        (DAD, "Lee", "parent", "step", "here", "1988-01-01"),
        (EX, "Ray", "parent", "father", "elsewhere", "1987-01-01"),
        (GIRL, "Maya", "child", "", "here", "2018-01-01"),
        (TEEN, "Kit", "child", "", "here", "2010-01-01"),
    )
    for number, (one, name, role, relation, lives, born) in enumerate(people):
        row = f"{PERSON}[{one}]"
        writing.write(
            "household",
            "household",
            {
                row: f"{number:06}",
                f"{row}/role": role,
                f"{row}/given_name": name,
                f"{row}/relation": relation,
                f"{row}/lives": lives,
                f"{row}/born": born,
            },
        )
    return writing


def told(writing: Writing) -> Told:
    return Told(writing.records, writing.changes, frozenset(), writing.pack, TODAY)


def reader(writing: Writing, key: str) -> Reader:
    return next(one for one in readers(told(writing)) if one.key == key)


def copy(writing: Writing, key: str) -> Copy:
    return redacted(told(writing), reader(writing, key), lambda _record, _heads: frozenset())


def said(writing: Writing, key: str) -> str:
    return "\n".join(_said(copy(writing, key)))


def _said(left: Copy) -> Iterator[str]:
    for record in left.records:
        yield record.form
        for path, answer in record.heads.answers().items():
            yield f"{path} {answer.value} {answer.reason}"


def test_each_is_somebody_to_this_home(family: Writing) -> None:
    kinds = {one.key: one.kind for one in readers(told(family))}
    assert kinds == {
        "household": "household",
        MUM: "member",
        DAD: "partner",
        EX: "other_parent",
        GIRL: "child",
        TEEN: "young_person",
    }


def test_a_partner_who_by_anybodys_word_lives_elsewhere_is_an_ex_partner(family: Writing) -> None:
    path = f"{PERSON}[{DAD}]/lives"
    before = Heads(family.changes["household"]).base(path)
    family.write("household", "household", {path: "here"}, {path: before})
    family.write("household", "household", {path: "elsewhere"}, {path: before})
    assert reader(family, DAD).kind == "ex_partner"


@pytest.mark.parametrize("key", ["household", MUM, DAD, EX, GIRL, TEEN])
def test_what_the_council_keeps_off_paper_is_on_nobodys(family: Writing, key: str) -> None:
    before = list(_said(copy(family, key)))
    row = f"{PERSON}[{MUM}]"
    secret = f"/household/homes/address[{GIRL}]"
    network, tool = f"/assessment/well/network[{MUM}]", f"/assessment/tools/tool_used[{MUM}]"
    helper = f"/professionals/who/professional[{MUM}]"
    for record, form, answers in (
        ("s", "safety_check", {"/safety_check/contact/safe_contact": "MARK at work"}),
        ("household", "household", {f"{row}/more/status": "adopted MARK"}),
        ("household", "household", {f"{row}/previous_names": "MARK"}),
        ("household", "household", {secret: "0", f"{secret}/line_1": "1 MARK Road"}),
        ("n", "visit_note", {"/visit_note/what/facts": "MARK"}),
        ("n", "visit_note", {"/visit_note/after/restricted": "third_party"}),
        ("a", "assessment", {"/assessment/sf08/sf08_worries": "MARK"}),
        ("a", "assessment", {network: "0", f"{network}/network_who": "MARK"}),
        ("a", "assessment", {tool: "0", f"{tool}/tool_result": "MARK"}),
        ("p", "professionals", {helper: "0", f"{helper}/agency": "domestic_abuse_service"}),
        ("p", "professionals", {f"{helper}/professional_name": "MARK"}),
        ("d", "share_decision", {"/share_decision/decision/what": "MARK"}),
    ):
        family.write(record, form, answers)
    assert "MARK" not in said(family, key)
    assert "domestic_abuse_service" not in said(family, key)
    assert list(_said(copy(family, key))) == before


def test_each_view_is_for_the_one_whose_view_it_is(family: Writing) -> None:
    for one, words in ((MUM, "MUM SAYS"), (DAD, "DAD SAYS")):
        row = f"{VIEW}[{one}]"
        family.write(
            "a", "assessment", {row: "0", f"{row}/view_who": one, f"{row}/view_worries": words}
        )
    assert "MUM SAYS" in said(family, MUM)
    assert "DAD SAYS" not in said(family, MUM)
    assert "DAD SAYS" in said(family, DAD)
    assert "MUM SAYS" not in said(family, DAD)
    assert "SAYS" not in said(family, "household")
    assert "SAYS" not in said(family, EX)


def test_a_disputed_owner_owns_nothing(family: Writing) -> None:
    row = f"{VIEW}[{MUM}]"
    family.write("a", "assessment", {row: "0", f"{row}/view_worries": "WORDS"})
    family.write("a", "assessment", {f"{row}/view_who": MUM})
    family.write("a", "assessment", {f"{row}/view_who": DAD}, {f"{row}/view_who": ()})
    assert "WORDS" not in said(family, MUM)
    assert "WORDS" not in said(family, DAD)


@pytest.mark.parametrize(
    ("leave", "with_whom", "mum_has_it"),
    [
        (Answer("yes"), "", True),
        (Answer("some"), "family", True),
        (Answer("some"), "school", False),
        (Answer("no"), "", False),
        (Answer(""), "", False),
    ],
)
def test_a_childs_words_go_where_the_child_lets_them(
    family: Writing, leave: Answer, with_whom: str, mum_has_it: bool
) -> None:
    family.write(
        "v",
        "child_voice",
        {
            "/child_voice/who/child": GIRL,
            "/child_voice/words_of_child/words": "I LIKE MY CAT",
            "/child_voice/worker/impact": "WORKER SAYS",
            "/child_voice/sharing/share_ok": leave,
            "/child_voice/sharing/share_with": with_whom,
        },
    )
    assert ("I LIKE MY CAT" in said(family, MUM)) is mum_has_it
    assert "I LIKE MY CAT" in said(family, GIRL)
    assert "I LIKE MY CAT" not in said(family, EX)
    assert "WORKER SAYS" not in said(family, GIRL) + said(family, MUM)


def test_leave_that_was_taken_back_by_one_of_two_is_no_leave(family: Writing) -> None:
    leave = "/child_voice/sharing/share_ok"
    family.write("v", "child_voice", {"/child_voice/who/child": GIRL, leave: "yes"})
    family.write("v", "child_voice", {"/child_voice/words_of_child/words": "I LIKE MY CAT"})
    family.write("v", "child_voice", {leave: "no"}, {leave: ()})
    assert "I LIKE MY CAT" not in said(family, MUM)


def test_a_court_order_and_the_familys_own_word_refuse_a_reader(family: Writing) -> None:
    assert reader(family, EX).refused == ""
    order = f"/relationships/orders/order[{MUM}]"
    family.write("r", "relationships", {order: "0", f"{order}/order_people": EX})
    assert "court order" in reader(family, EX).refused
    asked = f"/sharing/not/not_share[{MUM}]"
    family.write("w", "sharing", {asked: "0", f"{asked}/not_share_who": "his brother Lee"})
    assert "does not want" in reader(family, DAD).refused
    assert reader(family, MUM).refused == ""


@pytest.mark.parametrize(
    ("choice", "contact", "refused"),
    [("yes", "yes", False), ("ask", "yes", True), ("no", "yes", True), ("yes", "no", True)],
)
def test_a_professional_gets_what_the_family_agreed_to(
    family: Writing, choice: str, contact: str, refused: bool
) -> None:
    row = f"/professionals/who/professional[{MUM}]"
    family.write(
        "p",
        "professionals",
        {
            row: "0",
            f"{row}/agency": "school",
            f"{row}/professional_name": "Miss Khan",
            f"{row}/may_contact": contact,
        },
    )
    family.write("w", "sharing", {"/sharing/agencies/share_school": choice})
    school = next(one for one in readers(told(family)) if one.kind == "professional")
    assert bool(school.refused) is refused
    family.write("pl", "plan", {"/plan/start/strengths": "WE LAUGH"})
    family.write("a", "assessment", {"/assessment/your_story/story": "STORY"})
    left = redacted(told(family), school, lambda _record, _heads: frozenset())
    assert "WE LAUGH" in "\n".join(_said(left))
    assert "STORY" not in "\n".join(_said(left))


def test_a_text_goes_with_the_answer_that_it_follows_from(family: Writing) -> None:
    row = "/agreement/people/decision"
    mine, hers = (f"{row}[{one}]/words_in_theirs" for one in (DAD, MUM))
    for person in (DAD, MUM):
        said = {f"{row}[{person}]": "0", f"{row}[{person}]/who": person}
        family.write("a", "agreement", {**said, f"{row}[{person}]/decision_language": "polish"})
    known = {mine: "Zgadzam", hers: "Zgadzam", "/agreement/agreement_words": "I agree"}
    finished = Finishing(NOW, {}, known)
    one = replace(family.known("a"), texts=known, finishings=(finished,))

    def has(keeps_back: str) -> tuple[set[str], set[str]]:
        pack = Pack.__new__(Pack)
        pack.__dict__.update(vars(family.pack))
        kept = {"form": "agreement", "reader": "*", "path": keeps_back, "prints": "no"}
        pack.tables = {**pack.tables, "recipients": (*pack.tables["recipients"], kept)}
        all_told = replace(told(family), records=[one], pack=pack)
        (left,) = redacted(
            all_told, reader(family, DAD), lambda _record, _heads: frozenset()
        ).records
        return set(left.texts), set(left.finishings[0].texts)

    texts, before = has(f"{row}/part")
    assert texts == before == {mine, "/agreement/agreement_words"}
    texts, before = has(f"{row}/decision_language")
    assert texts == before == {"/agreement/agreement_words"}
