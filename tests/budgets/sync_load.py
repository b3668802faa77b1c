"""The EHM under a council's load: ``python -m tests.budgets.sync_load --database postgresql://...``

``--families 100000 --answers 200``: fills an empty database by halves, and at each size says what
an idle check, a hand-in, a page of a feed and a search cost: the curve must stay level. Each family
is an adult and one or two children, with birthdays and names as spread as a council's. Then
``--devices 2000 --minutes 60``: as many laptops sync a working day's changes over HTTP, at random
moments of one office hour; 95 of 100 syncs must take less than a second. With ``--minutes 15``
the same syncs come four times as fast: what holds then holds for the hour.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import Request, Response
from sqlalchemy import Connection, text

from sync.client.enrolment import enrol, new_private_key
from sync.client.exchange import Exchange
from sync.client.wire import HttpWire
from sync.contract import signatures
from sync.contract.messages import Enrol, FeedRequest, FindFamilies, HandIn
from sync.ehm import council, devices, history, match_routes, people, routes, schema
from sync.ehm.access import Asking, Ehm
from sync.ehm.app import utc_now
from sync.ehm.permissions import Role
from tests.faults.real import PROCESSES, Stack
from tests.sync.memory_replica import MemoryReplica
from tests.sync.writing import Pen

ANSWERS_A_CHANGE = 20
FAMILIES_A_WORKER = 20
A_DAY = 40
"""Changes that one worker makes in a working day."""
SAMPLES = 60
GROWTH = 2.0
_REQUEST = Request({"type": "http", "headers": []})

_FILL = """
INSERT INTO worker (id, name, role, team, is_active)
SELECT 'w' || n, 'Worker ' || n, 'worker', '', true
FROM generate_series(:first / :each, (:last - 1) / :each) n ON CONFLICT DO NOTHING;
INSERT INTO family (id, reference, number, begun, registered_by)
SELECT md5('f' || n)::uuid, 'R' || n, 'EH-' || n, now(), 'w' || n / :each
FROM generate_series(:first, :last - 1) n;
INSERT INTO member (family, worker, since)
SELECT md5('f' || n)::uuid, 'w' || n / :each, 0 FROM generate_series(:first, :last - 1) n;
INSERT INTO holding (worker, family, digest)
SELECT 'w' || n / :each, md5('f' || n)::uuid, repeat('1', 64)
FROM generate_series(:first, :last - 1) n;
INSERT INTO change (id, record, family, form, version, author, device, offered_by, received,
                    fingerprint, body, held)
SELECT md5('c' || n || ' ' || c)::uuid, md5('r' || n || ' ' || c)::uuid, md5('f' || n)::uuid,
       'visit_note', '1', 'w' || n / :each, 'd', 'd', now(), md5('p' || n || ' ' || c),
       json_build_object('id', md5('c' || n || ' ' || c)::uuid, 'answers', said.answers), ''
FROM generate_series(:first, :last - 1) n, generate_series(0, :changes - 1) c,
     (SELECT json_object_agg('/eha/q' || q, json_build_object('value', repeat('word ', 12)))
      AS answers FROM generate_series(1, :answers) q) said;
INSERT INTO entry (seq, hash, kind, family, record, ref, body)
SELECT :reached + 1 + (n - :first)::bigint * :changes + c, md5('h' || n || ' ' || c), 'change',
       md5('f' || n)::uuid, md5('r' || n || ' ' || c)::uuid,
       md5('c' || n || ' ' || c)::uuid, ''
FROM generate_series(:first, :last - 1) n, generate_series(0, :changes - 1) c;
INSERT INTO delivery (worker, at, seq, family)
SELECT 'w' || n / :each, seq, seq, md5('f' || n)::uuid
FROM generate_series(:first, :last - 1) n, generate_series(0, :changes - 1) c,
     LATERAL (SELECT :reached + 1 + (n - :first)::bigint * :changes + c AS seq) place;
INSERT INTO head (record, change, paths)
SELECT md5('r' || n || ' ' || c)::uuid, md5('c' || n || ' ' || c)::uuid, said.paths
FROM generate_series(:first, :last - 1) n, generate_series(0, :changes - 1) c,
     (SELECT json_agg('/eha/q' || q) AS paths FROM generate_series(1, :answers) q) said;
CREATE TEMPORARY TABLE someone ON COMMIT DROP AS
SELECT md5('f' || n)::uuid AS family, p AS person,
       translate(left(md5('g' || floor(1000 * chance[1] ^ 2)), 6), '0123456789', 'ghijklmnop')
       AS given,
       floor(5000 * (first_value(chance[2]) OVER (PARTITION BY n)) ^ 2)::text AS surname,
       (CASE WHEN p = 0 THEN '1960-01-01'::date + floor(17000 * chance[3])::int
        ELSE '2008-09-01'::date + floor(6570 * chance[3])::int END)::text AS born,
       'ab' || n / 15 AS postcode
FROM (SELECT n, p, ARRAY[random(), random(), random()] AS chance
      FROM generate_series(:first, :last - 1) n, generate_series(0, 1 + n % 2) p) people;
INSERT INTO identity (family, person, given_name, last_names, born, is_guess, is_child, places,
                      is_sealed)
SELECT family, person, given, '["Name' || surname || '"]', born, false, person > 0,
       '[["' || postcode || '", "1 Mill Lane"]]', false FROM someone;
INSERT INTO identity_key (family, key)
SELECT DISTINCT family, key FROM someone,
    LATERAL (SELECT 'name nm' || regexp_replace(surname, '(.)\\1+', '\\1', 'g') || ' ') said (name),
    LATERAL (VALUES ('home ' || postcode), ('born ' || born), (name || born),
                    (name || left(born, 7) || '*'), (name || left(born, 4) || '*')) keys (key)
"""


def fill(connection: Connection, first: int, last: int, answers: int) -> None:
    """Families ``first`` to ``last``, each with so many answers, straight into the tables."""
    given = {
        "first": first,
        "last": last,
        "reached": history.current_head(connection).seq,
        "each": FAMILIES_A_WORKER,
        "changes": answers // ANSWERS_A_CHANGE,
        "answers": ANSWERS_A_CHANGE,
    }
    connection.execute(text("SELECT setseed(0.4)"))
    for statement in _FILL.split(";"):
        connection.execute(text(statement), given)


def curve(running: Stack, most: int, answers: int) -> bool:
    """Fills it, doubling; True if nothing costs more than ``GROWTH`` times what it did at first."""
    ehm, costs, here = Ehm(running.store, utc_now), dict[int, list[float]](), 0
    _say(f"{'families':>9}{'answers':>12}{'idle':>9}{'hand in':>9}{'page':>9}{'search':>9}  ms")
    for size in (most // 16, most // 8, most // 4, most // 2, most):
        with running.store.writing() as connection:
            fill(connection, here, size, answers)
        with running.store.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("VACUUM ANALYZE")
            )
        here = size
        costs[size] = [_least(each) for each in _asked(ehm, size)]
        said = "".join(f"{cost * 1000:9.2f}" for cost in costs[size])
        _say(f"{size:9}{size * answers:12}{said}")
    first, last = costs[most // 16], costs[most]
    return all(now <= GROWTH * before + 0.002 for before, now in zip(first, last, strict=True))


def _asked(ehm: Ehm, size: int) -> list[Callable[[], Response]]:
    """What a device asks: of the first worker's, from a new laptop."""
    worker = f"w{size // FAMILIES_A_WORKER // 2}"
    with ehm.store.writing() as connection:
        ours = council.read(connection)
        device = _device(connection, worker)
        seeker = people.add(connection, f"Coordinator {size}", Role.COORDINATOR)
        asking = _device(connection, seeker)
        family = connection.execute(
            schema.member.select().where(schema.member.c.worker == worker).limit(1)
        ).one()
    now = utc_now()
    worker_asks, coordinator_asks = (
        Asking(_REQUEST, ehm, f"Bearer {ours.token(each, now)}", None) for each in (device, asking)
    )
    pen = Pen(worker, device, seed=size)

    def body(message: FeedRequest | HandIn | FindFamilies) -> bytes:
        return message.model_dump_json(exclude_defaults=True).encode()

    def hand_in() -> Response:
        change = pen.change(family.family, pen.id(), {"/note/what": "We met."})
        return routes.hand_in(worker_asks, body(HandIn(seen=None, changes=(change,))))

    first = routes.read_feed(worker_asks, body(FeedRequest(seen=None)))
    last = json.loads(bytes(first.body))["cursor"]
    level = body(FeedRequest(seen=None, cursor=last))
    page = body(FeedRequest(seen=None, limit=50))
    somebody = itertools.cycle(_people(ehm))
    return [
        lambda: routes.read_feed(worker_asks, level),
        hand_in,
        lambda: routes.read_feed(worker_asks, page),
        lambda: match_routes.find(coordinator_asks, body(next(somebody))),
    ]


def _people(ehm: Ehm) -> list[FindFamilies]:
    """Some who are known, as somebody would ask for them."""
    person = schema.identity
    with ehm.store.reading() as connection:
        rows = connection.execute(
            person.select().where(person.c.is_child).order_by(person.c.family).limit(SAMPLES)
        )
        return [
            FindFamilies(
                given_name=row.given_name, last_name=json.loads(row.last_names)[0], born=row.born
            )
            for row in rows
        ]


def _device(connection: Connection, worker: str) -> str:
    code = devices.enrol_code(connection, worker, utc_now())
    message = Enrol(
        code=code, public_key=signatures.public_key(new_private_key()), name="x", client="9.9.9"
    )
    ours = council.read(connection)
    return devices.enrol(connection, ours, message, utc_now()).device


def _least(ask: Callable[[], Response]) -> float:
    """The quickest: what it costs when nothing else on the machine is in its way."""
    took = []
    for _ in range(SAMPLES):
        began = time.perf_counter()
        ask()
        took.append(time.perf_counter() - began)
    return min(took)


class Laptop:
    """A worker's laptop with a day's work on it."""

    def __init__(self, running: Stack, number: int) -> None:
        with running.store.writing() as connection:
            worker = people.add(connection, f"Office worker {number}")
            code = devices.enrol_code(connection, worker, utc_now())
        self.wire = HttpWire(running.url, utc_now)
        told = enrol(self.wire, code, f"Laptop {number}", new_private_key())
        self.wire.credential = told.credential
        replica = MemoryReplica(worker, told.credential.device)
        self.exchange = Exchange(
            replica,
            self.wire,
            utc_now,
            device=told.credential.device,
            signing_key=told.signing_key,
            timer=time.monotonic,
        )
        pen = Pen(worker, told.credential.device, number)
        family = pen.family()
        replica.begin_family(family)
        record = pen.id()
        for change in range(A_DAY):
            said = {f"/note/q{change}": "She sleeps better since the light is left on. " * 3}
            replica.keep_change(pen.change(family.id, record, said))

    def sync(self) -> None:
        outcome = self.exchange.run(lambda progress: None, lambda: False)
        assert outcome.checked, outcome.trouble
        self.wire.close()


def office_hour(running: Stack, count: int, minutes: float) -> bool:
    """Every laptop once, at a random moment; True if 95 of 100 took less than a second from it."""
    laptops = [Laptop(running, number) for number in range(count)]
    chance, began = random.Random(7), time.monotonic()
    moments = sorted(chance.random() * minutes * 60 for _ in laptops)

    def at(moment: float, laptop: Laptop) -> float:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        laptop.sync()
        return time.monotonic() - began - moment

    with ThreadPoolExecutor(32) as pool:
        took = sorted(pool.map(at, moments, laptops))
    p50, p95 = took[len(took) // 2], took[len(took) * 95 // 100]
    _say(f"{count} laptops in {minutes:g} minutes: p50 {p50:.2f} s, p95 {p95:.2f} s")
    return p95 < 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.budgets.sync_load", description=__doc__)
    parser.add_argument("--database", required=True, help="an empty PostgreSQL database")
    parser.add_argument("--families", type=int, default=100_000, help="0: no curve")
    parser.add_argument("--answers", type=int, default=200, help="of each family")
    parser.add_argument("--devices", type=int, default=2_000, help="0: no office hour")
    parser.add_argument("--minutes", type=float, default=60)
    chosen = parser.parse_args()
    PROCESSES.set_forkserver_preload(["tests.faults.real"])
    with TemporaryDirectory() as name, closing(Stack(chosen.database, Path(name))) as running:
        good = [
            not chosen.families or curve(running, chosen.families, chosen.answers),
            not chosen.devices or office_hour(running, chosen.devices, chosen.minutes),
        ]
    return 0 if all(good) else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
