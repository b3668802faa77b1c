"""Makes a page of the feed whole: changes that it says shortly, from those that they follow."""

from __future__ import annotations

from sync.client.replica import Replica
from sync.contract.following import Followed
from sync.contract.messages import ChangeItem, FeedPage, FollowingItem, Item


def completed(page: FeedPage, replica: Replica) -> FeedPage | None:
    """The page with every change whole; None if what one follows is not here: ask again, whole."""
    short = {item.family for item in page.items if isinstance(item, FollowingItem)}
    here = {family: Followed(replica.records_of_changes(family)) for family in short}
    items: list[Item] = []
    for item in page.items:
        followed = here.get(item.family)
        if followed is not None and isinstance(item, FollowingItem):
            whole = followed.completed(item.change)
            if whole is None:
                return None
            item = ChangeItem(change=whole)
        if followed is not None and isinstance(item, ChangeItem):
            followed.add(item.change.id, item.change.record)
        items.append(item)
    return page.model_copy(update={"items": tuple(items)}) if short else page
