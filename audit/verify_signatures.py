"""Verifies the signed opinions of a full bundle, with this one file and Python 3.9 or later: no code of the service.

Exit 0: every signature holds. 1: findings, one per line, naming entry and row. 2: could not; standard error says why.
Example: python3 verify_signatures.py bundle --origin https://rekrytering.example.se
That the rows are those the log commits to is what verifier.py checks: run both."""

from __future__ import annotations

import argparse
import hmac
import json
import sys
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

VOTE, SIGNATURE, HEAD = "recruitment.vote", "recruitment.votesignature", "Säkerhetsyttrande, underskrift 1"
SEVERAL, MOST = "Säkerhetsyttranden, gemensam underskrift 1", 20
PARTS = ("public_key", "client_data", "authenticator_data", "signature")
NAMES = ("vote_id", "opinion_id", "candidacy_id", "recruitment_id", "person_id", "account_id")
Row = dict[str, Any]
BAD = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OverflowError)
LONGEST, SLACK = 1 << 24, timedelta(minutes=10)
# NIST P-256 (SEC 2, 2.4.2): field, order, b, base point; a is -3. Then edwards25519 (RFC 8032, 5.1).
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Q, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, Q) % Q
INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # DigestInfo of SHA-256 (RFC 8017, 9.2)


def plus(one: Any, other: Any) -> Any:
    """The sum of two points of P-256; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    (x, y), (u, v) = one, other
    if x == u and (y + v) % P == 0:
        return None
    slope = (3 * x * x - 3) * pow(2 * y, -1, P) if one == other else (v - y) * pow(u - x, -1, P)
    third = (slope * slope - x - u) % P
    return third, (slope * (x - third) - y) % P


def twist(one: Any, other: Any) -> Any:
    """The sum of two points of edwards25519."""
    (x, y), (u, v) = one, other
    k = D * x * y * u * v % Q
    return (x * v + u * y) * pow(1 + k, -1, Q) % Q, (y * v + x * u) * pow(1 - k, -1, Q) % Q


def times(add: Any, number: int, point: Any, zero: Any) -> Any:
    """A point, so many times."""
    while number:
        zero, point, number = add(zero, point) if number & 1 else zero, add(point, point), number >> 1
    return zero


def ecdsa(x: bytes, y: bytes, message: bytes, signature: bytes) -> bool:
    """ES256 (FIPS 186-5, 6.4.2) with DER (X.690) written the one right way; either sign of s, as WebAuthn takes."""
    key, (r, s) = (int.from_bytes(x, "big"), int.from_bytes(y, "big")), integers(signature)
    on_curve = max(key) < P and (key[1] ** 2 - key[0] ** 3 + 3 * key[0] - B) % P == 0
    if not (len(x) == len(y) == 32 and on_curve and 0 < r < N and 0 < s < N):
        return False
    z, w = int.from_bytes(sha256(message).digest(), "big"), pow(s, -1, N)
    found = plus(times(plus, z * w % N, G, None), times(plus, r * w % N, key, None))
    return found is not None and found[0] % N == r


def integers(der: bytes) -> list[int]:
    """The two numbers of a signature. Raises ValueError for every other way of writing them."""
    first, second = der[4 : 4 + der[3]], der[6 + der[3] :]
    numbers = [int.from_bytes(each, "big") for each in (first, second)]
    told = b"".join(
        bytes([2, (n.bit_length() >> 3) + 1]) + n.to_bytes((n.bit_length() >> 3) + 1, "big") for n in numbers
    )
    if der != bytes([0x30, len(told)]) + told:
        raise ValueError("no signature")
    return numbers


def edwards(raw: bytes) -> Any:
    """The point that 32 bytes stand for (RFC 8032, 5.1.3). Raises ValueError."""
    y, odd = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    x = x if (x * x - square) % Q == 0 else x * pow(2, (Q - 1) // 4, Q) % Q
    if len(raw) != 32 or y >= Q or (x * x - square) % Q or (x == 0 and odd):
        raise ValueError("no point")
    return (x if x & 1 == odd else Q - x), y


def eddsa(key: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519 (RFC 8032, 5.1.7), without cofactor."""
    first, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(sha512(first + key + message).digest(), "little") % ORDER
    base = edwards((4 * pow(5, -1, Q) % Q).to_bytes(32, "little"))
    left, right = times(twist, s, base, (0, 1)), twist(edwards(first), times(twist, k, edwards(key), (0, 1)))
    small = times(twist, 8, edwards(key), (0, 1)) == (0, 1)  # a key of small order signs everything
    return len(signature) == 64 and s < ORDER and not small and bool(left == right)


def rsa(modulus: bytes, exponent: bytes, message: bytes, signature: bytes) -> bool:
    """RS256: RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2), of at least 2048 bits."""
    n, e, size = int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big"), len(modulus)
    wanted = b"\0\1" + b"\xff" * (size - 54) + b"\0" + INFO + sha256(message).digest()
    value = int.from_bytes(signature, "big")
    fits = len(signature) == len(wanted) == size and n.bit_length() >= 2048 and value < n and e > 2 and e & 1
    return bool(fits) and pow(value, e, n).to_bytes(size, "big") == wanted


def cose(raw: bytes) -> dict[int, Any]:
    """A COSE_Key: a map of whole numbers to whole numbers and bytes (RFC 8949). Raises ValueError."""
    at, found = 0, list[Any]()

    def head() -> tuple[int, int]:
        nonlocal at
        kind, small = raw[at] >> 5, raw[at] & 31
        more = {24: 1, 25: 2}.get(small, 0 if small < 24 else 99)
        at, value = at + 1 + more, int.from_bytes(raw[at + 1 : at + 1 + more], "big") if more else small
        return kind, value

    kind, count = head()
    for _ in range(2 * count * (kind == 5)):
        kind, value = head()
        found.append(value if kind == 0 else -1 - value if kind == 1 else raw[at : at + value])
        at += value * (kind == 2)
        if kind > 2:
            raise ValueError("no key")
    if at != len(raw) or not found:
        raise ValueError("no key")
    return dict(zip(found[::2], found[1::2]))


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is the signature of the key, of the kinds ES256, EdDSA and RS256 (RFC 9053, RFC 8812)."""
    try:
        told = cose(key)
        if told[1] == 2 and told[3] == -7 and told[-1] == 1:
            return ecdsa(told[-2], told[-3], message, signature)
        if told[1] == 1 and told[3] == -8 and told[-1] == 6:
            return eddsa(told[-2], message, signature)
        return bool(told[1] == 3 and told[3] == -257) and rsa(told[-1], told[-2], message, signature)
    except BAD:
        return False


def is_listed(batch: str, place: int, text: str) -> bool:
    """Whether the text stands at its place, counted from 1, in a list of digests that was signed as one."""
    head, listed, end = (lines := batch.split("\n"))[0], lines[1:-1], lines[-1]
    whole = head == SEVERAL and not end and len(set(listed)) == len(listed) <= MOST and place > 0
    own = [sha256(text.encode()).hexdigest()]
    return whole and {len(each) for each in listed} == {64} and listed[place - 1 : place] == own


def judge(row: Row, vote: Row, said: Row, keys: Any, origin: str) -> list[str]:
    """What is wrong with one signature: held against its vote, its leaf, and the keys that were registered."""
    key, client, data, signature = (b64decode(row[name]) for name in PARTS)
    text, browser, facts, batch = row["text"], json.loads(client), said["facts"], row.get("batch") or ""
    head, *lines = text.split("\n")[:-1]
    told = dict(line.split(": ", 1) for line in lines)
    ours = {"Rekrytering": facts["reference"], "Slutkandidat": facts["candidacy"]}
    ours |= {"Omgång": str(facts["round"]), "Yttrande": vote["opinion_id"], "Röst": vote["id"]}
    ours |= {"Person": vote["person_id"], "Konto": vote["account_id"]}
    ours["Förseglat yttrande"] = sha256(b64decode(vote["ballot"] or "")).hexdigest()
    late = datetime.fromisoformat(said["time"][:-1]) - datetime.fromisoformat(told["Tid"][:-1])
    challenge, own = urlsafe_b64decode(browser["challenge"] + "=="), sha256(key).hexdigest()
    host = browser["origin"].split("://", 1)[1].rsplit(":", 1)[0].encode()
    wrong = {f"text-differs {name}": told.get(name) != value for name, value in ours.items()}
    wrong |= {f"vote-differs {name}": row[name] != {**vote, "vote_id": vote["id"]}[name] for name in NAMES}
    wrong |= {
        "text-differs Tid": abs(late) > SLACK,
        "text-malformed": head != HEAD or len(told.get("Slumptal", "")) < 32,
        "vote-differs actor": (said["person"], said["account"]) != (vote["person_id"], vote["account_id"]),
        "batch-wrong": bool(batch or row.get("place")) and not is_listed(batch, row["place"], text),
        "challenge-wrong": challenge != sha256((batch or text).encode()).digest(),
        "type-wrong": browser["type"] != "webauthn.get",
        "origin-wrong": origin not in ("", browser["origin"]),
        "relying-party-wrong": data[:32] != sha256(host).digest(),
        "not-verified": data[32] & 5 != 5,  # present, and known by PIN or finger
        "key-unknown": own != row["key_fingerprint"] or own not in keys,
        "signature-wrong": not is_signed(key, data + sha256(client).digest(), signature),
    }
    return [kind for kind, is_so in wrong.items() if is_so]


class Reader:
    """A bundle read from its beginning; what is wrong is printed as it is found."""

    def __init__(self, folder: Path, origin: str, required: bool) -> None:
        self.folder, self.origin, self.required, self.count = folder, origin, required, 0
        self.said = json.loads((folder / "manifest.json").read_bytes())
        if self.said["format"] != "log-bundle/1 full":
            raise ValueError("the package holds no rows; the operator's full one does (audit_export)")
        self.keys, self.votes, self.how = defaultdict[str, set[str]](set), dict[str, Any](), Counter[str]()

    def found(self, kind: str, number: int, row: str = "") -> None:
        """Tell a finding. A row in use has no entry here: number 0."""
        self.count += 1
        place = " ".join(filter(None, (f"entry {number}" if number else "", row)))
        print(ascii(kind)[1:-1] if not kind.isprintable() else kind, place, sep=": ")

    def row(self, text: str) -> tuple[str, Row]:
        """A row by the names of its columns."""
        label, version, *values = json.loads(text)
        return label, dict(zip(self.said["coverage"][label][str(version)], values))

    def later(self, vote: Row, number: int) -> None:
        """A signed vote seen again: taken back, perhaps, but no other vote."""
        first = self.votes.get(vote["id"], vote)
        if vote["ballot"] not in (None, first["ballot"]) or vote["opinion_id"] != first["opinion_id"]:
            self.found("vote-differs later", number, f"{VOTE} {vote['id']}")

    def read_entry(self, number: int, leaf: str, rows: Any) -> None:
        """Take in one entry of the bundle, with its rows where they are as it commits to."""
        said, here = json.loads(leaf), dict[str, list[Any]]({VOTE: [], SIGNATURE: []})
        for commit, (blind, text) in zip(said.get("rows", []), rows or []):
            if commit[0] in here and text:
                mac = hmac.digest(bytes.fromhex(blind or ""), text.encode(), "sha256")
                if b64encode(mac).decode() != commit[3]:
                    self.found("row-edited", number, commit[0])
                here[commit[0]].append(self.row(text)[1])
        if (VOTE, None, None) not in [(c[0], *row) for c, row in zip(said.get("rows", []), rows or [])]:
            self.entry(number, said, here[VOTE], here[SIGNATURE])  # else the vote has been disposed of

    def entry(self, number: int, said: Row, votes: list[Any], signatures: list[Any]) -> None:
        """Judge one entry: a key that came or went, or a vote with its signature."""
        action, facts, own = said["action"], said.get("facts", {}), self.keys[said.get("subject", "")]
        if action == "account.sign_in_edited" and facts.get("digest"):
            (own.add if facts["method"] == "key_added" else own.discard)(facts["digest"])
        elif action == "account.reset_confirmed":
            own.clear()
        for vote in votes:
            self.later(vote, number)
        if action == "opinion.vote_recorded" and "method" in facts:
            self.vote(number, said, votes, signatures)
        elif any(row["history_type"] != "-" for row in signatures):
            self.found("signature-elsewhere", number)

    def vote(self, number: int, said: Row, votes: list[Any], signatures: list[Any]) -> None:
        """Judge the vote of one entry."""
        if len(votes) != 1 or len(signatures) != 1:
            self.found("signature-missing", number)
            return
        vote, row = votes[0], signatures[0]
        self.votes[vote["id"]], place = vote, f"{SIGNATURE} {row['id']}"
        self.how[row["how"]] += 1
        if row["how"] != said["facts"]["method"] or row["history_type"] != "+":
            self.found("signature-differs", number, place)
        if row["how"] == "signed":
            for kind in judge(row, vote, said, self.keys.get(said["account"], ()), self.origin):
                self.found(kind, number, place)
        elif self.required:
            self.found("not-signed", number, place)

    def read(self) -> None:
        """Every entry in order, then the rows in use."""
        with (self.folder / "entries.jsonl").open("rb") as file:
            for raw in iter(lambda: file.readline(LONGEST), b""):
                number, _tree, _position, leaf, _seal, _hash, rows = json.loads(raw)
                try:
                    self.read_entry(number, leaf, rows)
                except BAD:
                    self.found("entry-malformed", number)
        with (self.folder / "live.jsonl").open("rb") as file:
            for raw in iter(lambda: file.readline(LONGEST), b""):
                label, row = self.row(raw.decode())
                if label == VOTE:
                    self.later(row, 0)


def main(arguments: list[str] | None = None) -> int:
    """Read a bundle; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--origin", default="", metavar="https://HOST", help="where the service is")
    parser.add_argument("--require-signed", action="store_true", help="every vote has to be signed")
    args = parser.parse_args(arguments)
    try:
        reader = Reader(args.bundle, args.origin, args.require_signed)
        reader.read()
        told = ", ".join(f"{how} {number}" for how, number in sorted(reader.how.items()))
        print(f"votes: {told or 'none'}", file=sys.stderr)
        if not args.origin:
            print("not checked: where they were signed (no --origin)", file=sys.stderr)
        return int(reader.count > 0)
    except (OSError, *BAD) as error:
        print(f"could not verify: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
