"""A timestamp authority for tests: `openssl ts` behind a server on the loopback."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """
[tsa]
default_tsa = office
[office]
serial = {place}/serial
signer_cert = {place}/signer.pem
signer_key = {place}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class Stamper:
    """An authority with a root of its own; `root` is the PEM file to believe."""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        self.place = place
        self.root = place / "root.pem"
        self.asked = 0
        self._write_keys()
        (place / "serial").write_text("01\n")
        (place / "tsa.conf").write_text(CONFIG.format(place=place))

    @property
    def roots(self) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self.root.read_bytes())

    def stamp(self, query: bytes) -> bytes:
        """Return the reply to a question, as the authority makes it."""
        self.asked += 1
        (self.place / "query").write_bytes(query)
        self._openssl("-reply", "-config", "tsa.conf", "-queryfile", "query")
        return (self.place / "out").read_bytes()

    def accepts(self, reply: bytes, note: str) -> bool:
        """Say whether another program finds the stamp over a checkpoint good."""
        (self.place / "reply").write_bytes(reply)
        (self.place / "note").write_text(note)
        words = ("-verify", "-in", "reply", "-data", "note", "-CAfile", "root.pem")
        done = subprocess.run(
            ["openssl", "ts", *words], cwd=self.place, capture_output=True, check=False
        )
        return done.returncode == 0

    def _openssl(self, *words: str) -> None:
        command = ["openssl", "ts", *words, "-out", "out"]
        subprocess.run(command, cwd=self.place, capture_output=True, check=True)

    def _write_keys(self) -> None:
        above, below = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root = _certificate(
            f"Root of {self.place.name}", above.public_key(), above, None
        )
        signer = _certificate(
            f"Stamps of {self.place.name}", below.public_key(), above, root
        )
        self.root.write_bytes(root.public_bytes(Encoding.PEM))
        (self.place / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        secret = below.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self.place / "signer.key").write_bytes(secret)


def _certificate(
    name: str,
    key: ec.EllipticCurvePublicKey,
    signer: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
    )
    if issuer is not None:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signer, hashes.SHA256())


@contextmanager
def served(stamper: Stamper, status: int = 200, pad: int = 0) -> Iterator[str]:
    """Lend the address at which an authority answers, under a status of ours."""

    class Office(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            known = self.headers["Content-Type"] == "application/timestamp-query"
            reply = stamper.stamp(query) + b"\0" * pad
            self.send_response(status if known else 415)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:
            """Keep standard error for what fails."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
