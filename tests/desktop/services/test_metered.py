"""Over a line that costs money: words always, files by a budget for the day."""

from __future__ import annotations

from desktop.services.metered import A_DAY, MeteredBudget
from desktop.vault import STROKES
from tests.desktop.services.making import desk_of, synced

DRAWING = b'{"width": 1000, "height": 640, "strokes": []}'


def test_once_the_days_budget_is_spent_words_go_and_files_wait_for_another_day(laptop, ehm):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    desk = desk_of(priya)
    family = desk.families.begin()
    name = priya.vault.keep(DRAWING, STROKES)
    desk.fill(family, "child_voice", houses__good_drawing=name)
    budget = MeteredBudget(priya.vault, priya.syncing.clock)
    budget.spent(A_DAY)
    outcome = synced(priya, largest_file=1_000_000)
    assert (outcome.trouble, outcome.state.waiting, outcome.state.attachments) == (None, 0, 1)
    ehm.clock.pass_time(days=1)
    assert budget.largest_file(1_000_000) == 1_000_000
    assert synced(priya, largest_file=1_000_000).state.attachments == 0

    ehm.give("Sam Okoro", family)
    MeteredBudget(sam.vault, sam.syncing.clock).spent(A_DAY)
    assert synced(sam, largest_file=1_000_000).received > 0
    assert sam.vault.inventory.held().attachments == 0
    synced(sam)  # asked for by a person
    assert sam.vault.attachment(name) == DRAWING


def test_what_goes_by_itself_over_such_a_line_is_counted_and_nothing_else(laptop):
    priya = laptop("Priya Shah")
    desk_of(priya).families.begin()
    budget = MeteredBudget(priya.vault, priya.syncing.clock)
    synced(priya)
    assert budget.largest_file(A_DAY) == A_DAY
    synced(priya, largest_file=1_000_000)
    assert A_DAY - 20_000 < budget.largest_file(A_DAY) < A_DAY
