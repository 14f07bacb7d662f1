#!/usr/bin/env python3
"""A second verifier of Loa's ledger, written from the contract alone: nothing here is shared with the program.

    verify_ledger.py FILE...        exit 0 whole and unaltered, 1 not, 2 wrong usage

Only the standard library, and the command `openssl` for Ed25519.
"""
import base64
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ALWAYS = ("seq", "at", "boot", "station", "kind", "clock", "prev", "hash")
DER_HEAD = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo of an Ed25519 key


def canonical(value):
    """RFC 8785 for what rows hold: numbers have at most 3 decimals, so Python's shortest form is ECMAScript's."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(item) for key, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return json.dumps(value, ensure_ascii=False)


def signature_holds(public_key, text, signature):
    with tempfile.TemporaryDirectory() as folder:
        key, message, sig = (Path(folder, name) for name in ("key", "text", "sig"))
        key.write_bytes(DER_HEAD + public_key)
        message.write_bytes(text)
        sig.write_bytes(signature)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin", "-in", message]
        return subprocess.run(command + ["-sigfile", sig], capture_output=True).returncode == 0


class Ledger:
    def __init__(self):
        self.problems = []
        self.next_seq, self.prev, self.key = 1, "0" * 64, None
        self.after_damage = False

    def line(self, place, text):
        try:
            row = json.loads(text.decode("utf-8"))
            good = all(key in row for key in ALWAYS) and canonical(row).encode("utf-8") == text
        except (ValueError, TypeError):
            good = False
        if good:
            bare = {key: value for key, value in row.items() if key not in ("hash", "sig")}
            good = hashlib.sha256(canonical(bare).encode("utf-8")).hexdigest() == row["hash"]
        if not good:
            self.problems.append(f"{place}: damaged")
            self.next_seq += 1  # its seq counts as used
            self.after_damage = True
            return
        self.row(place, row)

    def row(self, place, row):
        if row["seq"] != self.next_seq:
            self.problems.append(f"{place}: seq {row['seq']} instead of {self.next_seq}")
        if row["prev"] != self.prev and not self.after_damage:
            self.problems.append(f"{place}: prev is not the hash before")
        self.next_seq, self.prev, self.after_damage = row["seq"] + 1, row["hash"], False
        self.signature(place, row)

    def signature(self, place, row):
        if row["kind"] not in ("key", "checkpoint"):
            return
        signer = self.key
        if row["kind"] == "key":
            self.key = base64.b64decode(row["public_key"], validate=True)
            signer = signer or self.key  # the very first one
        text = f"loa-ledger-1\n{row['station']}\n{row['seq']}\n{row['hash']}".encode("ascii")
        if signer is None or not signature_holds(signer, text, base64.b64decode(row.get("sig", ""))):
            self.problems.append(f"{place}: the signature does not hold")


def main(files):
    if not files:
        print(__doc__, file=sys.stderr)
        return 2
    ledger = Ledger()
    for number, name in enumerate(files):
        *lines, tail = Path(name).read_bytes().split(b"\n")
        while lines and lines[-1] and not lines[-1].strip(b"\0"):
            lines.pop()  # zeros: a torn tail
        for count, text in enumerate(lines, 1):
            ledger.line(f"{name}:{count}", text)
        if tail and number + 1 < len(files):
            ledger.problems.append(f"{name}: torn, and not the last file")
    for problem in ledger.problems:
        print(problem)
    print(f"{ledger.next_seq - 1} rows, {len(ledger.problems)} problems")
    return 1 if ledger.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
