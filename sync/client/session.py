"""What both wires stand on: a session of requests within limits, and its errors in our types.

Imported with the first call: requests and its certificates take 11 MB, and a laptop in a family's
home calls nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
import truststore
import urllib3

from sync.client.errors import CertificateRefused, NotReachable, TooSlow
from sync.client.limits import BoundedAdapter
from sync.client.patience import Patience


def bounded_session(patience: Patience) -> requests.Session:
    """Nothing of the environment, no headers but ours, the certificates that the machine trusts."""
    truststore.inject_into_ssl()  # councils inspect TLS
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    session.headers["User-Agent"] = urllib3.util.SKIP_HEADER
    for scheme in ("https://", "http://"):
        session.mount(scheme, BoundedAdapter(patience))
    return session


@contextmanager
def as_sync_errors() -> Iterator[None]:
    """Says in our types what requests and urllib3 say in theirs. Theirs hold whole URLs."""
    try:
        yield
    except requests.exceptions.SSLError:
        raise CertificateRefused from None
    except (requests.exceptions.Timeout, TimeoutError):
        raise TooSlow from None
    except urllib3.exceptions.TimeoutError:
        raise TooSlow from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError):
        raise NotReachable from None
