"""The feed of one worker: what is new to them, in the order of the one history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from sync.contract import digest, following
from sync.contract.messages import (
    DigestReply,
    DigestRequest,
    ErasedItem,
    FeedPage,
    FeedRequest,
    GoneItem,
    Head,
    LeftItem,
    MineItem,
    Order,
    PackNotice,
)
from sync.ehm import families, history, people, schema
from sync.ehm.problems import forked, not_found, unreadable
from sync.ehm.store import parts

PAGE_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a worker's feed. ``at`` is where an entry came in, ``seq`` the entry itself."""

    at: int = 0
    seq: int = 0

    def cursor(self, head: Head) -> str:
        """What a device sends back; it can make nothing of it."""
        return f"{head.epoch}.{self.at}.{self.seq}"

    @classmethod
    def of(cls, cursor: str, head: Head) -> Place:
        """The place that a cursor names; ``forked`` if another history gave it."""
        if not cursor:
            return cls()
        try:
            epoch, at, seq = cursor.split(".")
            place = cls(int(at), int(seq))
        except ValueError:
            raise unreadable("The cursor is not one of this EHM's") from None
        if not 0 <= place.seq <= place.at < 2**63:
            raise unreadable("The cursor is not one of this EHM's")
        if epoch != head.epoch or place.at > head.seq:
            raise forked()
        return place


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, on which device."""

    worker: str
    device: str


def page(
    connection: Connection,
    reader: Reader,
    request: FeedRequest,
    pack: PackNotice | None,
    orders: tuple[Order, ...],
) -> bytes:
    """A ``FeedPage`` as JSON. Changes are copied as they are stored: most of a page is they."""
    head = history.current_head(connection)
    place, items, authors, more = _items(connection, reader, request, head)
    is_all = not more and request.family is None
    names = people.of_ids(connection, authors)
    reply = FeedPage(
        head=head,
        cursor=place.cursor(head),
        more=more,
        left=_left(connection, reader, request, place) if more else 0,
        items=(),
        workers=tuple(names[author] for author in sorted(authors)),
        pack=pack if pack is not None and pack.version != request.pack else None,
        orders=orders,
        digest=digest.everything(_holdings(connection, reader.worker)) if is_all else None,
    )
    envelope = reply.model_dump_json(exclude={"items"}, exclude_defaults=True)
    return f'{envelope[:-1]},"items":[{",".join(items)}]}}'.encode()


def _items(
    connection: Connection, reader: Reader, request: FeedRequest, head: Head
) -> tuple[Place, list[str], set[str], bool]:
    """The place reached, the items as JSON, the authors they name, whether there are more."""
    place = Place.of(request.cursor, head)
    items: list[str] = []
    changes: dict[int, str] = {}
    authors: set[str] = set()
    size = 0
    more = False
    was_taken_off = cache(partial(_was_taken_off, connection, reader.worker))
    for row in connection.execute(_delivered(request, reader, place)):
        if more := len(items) == request.limit or size > PAGE_BYTES:
            break
        place = Place(row.at, row.seq)
        was_here = row.device == reader.device and row.at == row.seq  # not: given back later
        is_mine = (
            row.kind == "change"
            and was_here
            and not request.family
            and not was_taken_off(row.family)
        )
        if row.kind == "family":
            items.append(families.item(connection, row.family).model_dump_json())
        elif row.kind == "left":
            items.append(LeftItem(family=row.family).model_dump_json())
        elif row.kind == "hidden":
            gone = GoneItem(family=row.family, record=row.record)
            items.append(gone.model_dump_json())
        elif row.kind == "erased":
            items.append(ErasedItem.model_validate_json(row.said).model_dump_json())
        elif is_mine:
            mine = MineItem(family=row.family, id=row.ref)
            items.append(mine.model_dump_json())
        else:
            changes[len(items)] = row.body
            items.append(row.body)
            authors.add(row.author)
        size += len(items[-1])
    is_whole = request.whole or request.family is not None
    for at, item in _change_items(connection, changes, is_whole=is_whole).items():
        items[at] = item
    return place, items, authors, more


def _delivered(request: FeedRequest, reader: Reader, place: Place) -> Select[Any]:
    """What was delivered after this place, oldest first: one more than is asked for."""
    delivery, entry, change = schema.delivery.c, schema.entry.c, schema.change.c
    return (
        select(
            delivery.at,
            delivery.seq,
            entry.kind,
            entry.family,
            entry.record,
            entry.ref,
            entry.body.label("said"),
            change.author,
            change.device,
            change.body,
        )
        .select_from(
            schema.delivery.join(schema.entry).outerjoin(
                schema.change, (change.id == entry.ref) & (entry.kind == "change")
            )
        )
        .where(_after(request, reader, place))
        .order_by(delivery.at, delivery.seq)
        .limit(request.limit + 1)
    )


def _change_items(
    connection: Connection, changes: Mapping[int, str], *, is_whole: bool
) -> dict[int, str]:
    """Changes as items, copied as they are stored, or said shortly if they follow others."""
    seen = set() if is_whole else set().union(*map(following.bases_of, changes.values()))
    records = _records(connection, sorted(seen))
    found = {}
    for at, said in changes.items():
        short = following.shortened(said, records) if records else None
        found[at] = (
            f'{{"kind":"change","change":{said}}}'
            if short is None
            else f'{{"kind":"following","change":{short}}}'
        )
    return found


def _records(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Change to its record, of those of these that are shown."""
    change, found = schema.change.c, dict[str, str]()
    for part in parts(ids):
        rows = connection.execute(
            select(change.id, change.record).where(change.id.in_(part), change.held == "")
        )
        found |= {row.id: row.record for row in rows}
    return found


def _was_taken_off(connection: Connection, worker: str, family: str) -> bool:
    """True if anything of a family was ever to leave this worker's devices: what they wrote too."""
    entry = schema.entry.c
    found = connection.execute(
        select(entry.seq)
        .where(entry.family == family, entry.kind.in_(("left", "hidden")), entry.ref == worker)
        .limit(1)
    )
    return found.one_or_none() is not None


def _after(request: FeedRequest, reader: Reader, place: Place) -> ColumnElement[bool]:
    delivery = schema.delivery.c
    after = (delivery.worker == reader.worker) & (
        tuple_(delivery.at, delivery.seq) > (place.at, place.seq)
    )
    return after if request.family is None else after & (delivery.family == request.family)


def _left(connection: Connection, reader: Reader, request: FeedRequest, place: Place) -> int:
    table = schema.delivery
    query = select(func.count()).select_from(table).where(_after(request, reader, place))
    return connection.execute(query).scalar_one()


def _holdings(connection: Connection, worker: str) -> dict[str, str]:
    table = schema.holding.c
    rows = connection.execute(select(table.family, table.digest).where(table.worker == worker))
    return {row.family: row.digest for row in rows}


def compare(connection: Connection, reader: Reader, request: DigestRequest) -> DigestReply:
    """Which families differ from what this worker may see of them."""
    head = history.current_head(connection)
    place = Place.of(request.cursor, head)
    last = history.last_delivery(connection, reader.worker)
    if (place.at, place.seq) != last:
        return DigestReply(head=head, level=False)
    ours = _holdings(connection, reader.worker)
    theirs = request.families
    return DigestReply(
        head=head,
        level=True,
        differing=tuple(
            sorted(
                family
                for family, value in ours.items()
                if theirs.get(family, digest.EMPTY) != value
            )
        ),
        not_yours=tuple(sorted(set(theirs) - set(ours))),
    )


def check_family(connection: Connection, reader: Reader, family: str | None) -> None:
    """Raises ``not_found`` if the family is not this worker's."""
    if family is not None and not families.is_member(connection, reader.worker, family):
        raise not_found()
