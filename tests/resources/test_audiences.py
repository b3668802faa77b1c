"""What the shipped pack says of audiences is about questions that its forms ask."""

from __future__ import annotations

from forms.casework.audience import AudienceRules
from forms.xforms import load_definition
from sync.ehm.permissions import Role
from tests.resources.shipped import pack


def test_every_rule_is_about_a_question_of_its_form() -> None:
    shipped = pack()
    rules = AudienceRules.of_pack(shipped)
    asked = [*rules.agreement, *rules.choices.values(), *rules.rules.values()]
    asked += [guard for guards in rules.own_word.values() for guard in guards]
    assert set(rules.rules) == {
        "level",
        "named_who",
        "named_share",
        "must_not_see",
        "withdrawn",
        "decided",
    }
    for form in {question.form for question in asked}:
        definition = load_definition(shipped.form(form), shipped.lists)
        paths = {each.path for each in definition.questions}
        assert {question.path for question in asked if question.form == form} <= paths


def test_every_form_has_an_audience_of_roles_that_there_are() -> None:
    shipped = pack()
    rules = AudienceRules.of_pack(shipped)
    for form in shipped.forms:
        assert rules.forms[form.id].roles <= {role.value for role in Role}


def test_the_family_chooses_before_other_work_is_sent() -> None:
    rules = AudienceRules.of_pack(pack())
    assert rules.deciding_forms == {
        "agreement",
        "sharing",
        "share_decision",
        "first_visit",  # where people agree first
    }
