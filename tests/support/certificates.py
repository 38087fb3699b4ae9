"""An authority and what it signs, made for one test and thrown away with its folder."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LASTS = timedelta(days=1)


class Authority:
    """`path` is its own certificate; `signed` makes PEM files under the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "ca.pem"
        folder.mkdir(parents=True, exist_ok=True)
        self._key, self._name = ec.generate_private_key(ec.SECP256R1()), name("nhip test authority")
        built = self._begun("nhip test authority", self._key).add_extension(x509.BasicConstraints(True, 0), True)
        self.path.write_bytes(built.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def signed(self, common: str) -> tuple[Path, Path]:
        """A certificate for 127.0.0.1 under that name, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")])
        made = self._begun(common, key).add_extension(here, False).sign(self._key, hashes.SHA256())
        certificate, secret = self.folder / f"{common}.pem", self.folder / f"{common}.key"
        certificate.write_bytes(made.public_bytes(Encoding.PEM))
        secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return certificate, secret

    def _begun(self, common: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        begun = datetime.now(UTC) - timedelta(minutes=5)
        builder = x509.CertificateBuilder().subject_name(name(common)).issuer_name(self._name)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        return builder.not_valid_before(begun).not_valid_after(begun + LASTS)


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
