"""Control 17: TLS 1.2 or newer, the machine's own trust store, and no way round either."""

from __future__ import annotations

import ast
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import truststore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.x509.oid import NameOID

from sync.client.errors import CertificateRefused, NotReachable, SyncError
from sync.client.patience import Patience
from sync.client.provider import ProviderWire
from sync.client.wire import HttpWire
from tests.security.sources import sources_with
from tests.sync.hostile_server import http
from tests.sync.running_ehm import Clock
from tests.sync.test_wire import HELLO

QUICK = Patience(connect=2, read=2, whole=5)
DAY = dt.timedelta(days=1)


@dataclass
class Authority:
    """A certificate authority that the machine trusts, and one that it does not."""

    folder: Path
    name: str

    def __post_init__(self) -> None:
        self.key = generate_private_key(SECP256R1())
        self.subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        self.file = self.folder / f"{self.name}.pem"
        builder = self._builder(self.subject, self.key.public_key(), 0)
        basics = x509.BasicConstraints(ca=True, path_length=0)
        made = builder.add_extension(basics, critical=True).sign(self.key, hashes.SHA256())
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def _builder(self, subject: x509.Name, key: object, old: int) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.subject)
            .public_key(key)  # type: ignore[arg-type]
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - (old + 1) * DAY)
            .not_valid_after(now + DAY - old * DAY)
        )

    def certify(self, *, host: str = "127.0.0.1", old: int = 0) -> Path:
        """A key and a certificate in one file; ``old``: days since it ended, and one more."""
        key = generate_private_key(SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        named: x509.GeneralName = (
            x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        )
        names = x509.SubjectAlternativeName([named])
        made = self._builder(subject, key.public_key(), old).add_extension(names, critical=False)
        certificate = made.sign(self.key, hashes.SHA256())
        file = self.folder / f"{self.name}-{host}-{old}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        return file


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """The one authority in the machine's store, as the program sees it."""
    authority = Authority(tmp_path, "trusted")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    truststore.inject_into_ssl()
    try:
        yield authority
    finally:
        truststore.extract_from_ssl()


@contextmanager
def serving(certificate: Path, *, newest: ssl.TLSVersion | None = None) -> Iterator[str]:
    """A TLS server that says what the EHM says, with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if newest is not None:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = newest
        context.set_ciphers("ALL:@SECLEVEL=0")
    listener = socket.create_server(("127.0.0.1", 0))
    said = http("200 OK", "application/json", HELLO.model_dump_json().encode())

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                plain.settimeout(5)
                with context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65_536)
                    connection.sendall(said)
            except OSError:
                plain.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def ask(url: str) -> str:
    """The council's name, or what was wrong."""
    wire = HttpWire(url, Clock(), patience=QUICK)
    try:
        return wire.hello().council
    except SyncError as error:
        return type(error).__name__
    finally:
        wire.close()


def test_control_17_a_certificate_of_the_machines_store_is_accepted(trusted: Authority) -> None:
    with serving(trusted.certify()) as url:
        assert ask(url) == HELLO.council


def test_control_17_an_unknown_authority_is_refused(trusted: Authority, tmp_path: Path) -> None:
    with serving(Authority(tmp_path, "unknown").certify()) as url:
        assert ask(url) == CertificateRefused.__name__


def test_control_17_a_certificate_that_ended_is_refused(trusted: Authority) -> None:
    with serving(trusted.certify(old=2)) as url:
        assert ask(url) == CertificateRefused.__name__


def test_control_17_a_certificate_for_another_machine_is_refused(trusted: Authority) -> None:
    with serving(trusted.certify(host="elsewhere.example")) as url:
        assert ask(url) == CertificateRefused.__name__


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_control_17_tls_older_than_1_2_is_refused(trusted: Authority) -> None:
    with serving(trusted.certify(), newest=ssl.TLSVersion.TLSv1_1) as url:
        assert ask(url) in (CertificateRefused.__name__, NotReachable.__name__)


def test_control_17_the_sign_in_provider_is_held_to_the_same(
    trusted: Authority, tmp_path: Path
) -> None:
    with serving(Authority(tmp_path, "unknown").certify()) as url:
        provider = ProviderWire(url, "your-family", patience=QUICK)
        with pytest.raises(CertificateRefused):
            provider.endpoints()
        provider.close()


def test_control_17_nowhere_is_a_certificate_left_unchecked() -> None:
    says = ("verify", "cert_reqs")
    without = ("_create_unverified_context", "CERT_NONE")
    for file, source in sources_with((*says, *without), ["sync", "desktop"]):
        for node in ast.walk(source):
            if isinstance(node, ast.keyword) and node.arg in says:
                pytest.fail(f"{file}:{node.value.lineno} says whether to check certificates")
            if isinstance(node, ast.Attribute) and node.attr in without:
                pytest.fail(f"{file}:{node.lineno} does without certificates")
