"""One example of each message, for ``openapi.json`` and its readers. The family is invented.

A subject a file; each has its own ``EXAMPLES``.
"""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples import (
    approvals,
    audit,
    contributors,
    exchange,
    matching,
    orders,
    putting_right,
    sign_in,
    subject_access,
    team,
    work,
)

EXAMPLES: tuple[BaseModel, ...] = (
    *approvals.EXAMPLES,
    *audit.EXAMPLES,
    *exchange.EXAMPLES,
    *contributors.EXAMPLES,
    *matching.EXAMPLES,
    *orders.EXAMPLES,
    *putting_right.EXAMPLES,
    *sign_in.EXAMPLES,
    *subject_access.EXAMPLES,
    *team.EXAMPLES,
    *work.EXAMPLES,
)
