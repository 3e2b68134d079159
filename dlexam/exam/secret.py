"""What follows from the secret of an exam, and from nothing else: seeds, orders, the ids of papers.

HMAC-SHA256 (RFC 2104) of names under the secret: who does not hold the secret can neither guess a seed nor
check a guess, since nothing printed holds more of it than the short id of a paper, which is keyed apart.
"""

from __future__ import annotations

import hmac
import json
import secrets
from random import Random

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: none is taken for another
SECRET_BYTES = 32
ID_LETTERS = 8


def new_secret() -> bytes:
    """A secret from the system's randomness."""
    return secrets.token_bytes(SECRET_BYTES)


def keyed(secret: bytes, *names: str | int) -> bytes:
    """The 32 bytes that belong to some names; lists of names that differ never run into each other."""
    return hmac.digest(secret, json.dumps(names).encode(), "sha256")


def seed(secret: bytes, *names: str | int) -> str:
    """A seed for a question's stream, 128 bits as text."""
    return keyed(secret, "seed", *names).hex()[:32]


def random(secret: bytes, *names: str | int) -> Random:
    """A stream of random choices."""
    return Random(keyed(secret, "random", *names).hex())


def short_id(secret: bytes, *names: str | int) -> str:
    """A name for a paper of 40 bits in eight letters, easy to read aloud."""
    number = int.from_bytes(keyed(secret, "id", *names))
    return "".join(LETTERS[number >> 5 * i & 31] for i in range(ID_LETTERS))
