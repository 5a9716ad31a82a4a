"""Merkle trees as in RFC 6962 section 2.1: heads, audit paths and consistency proofs. Pure Python.

A tree that grows is kept as its frontier: the heads of the perfect subtrees of its size's binary digits, largest
first. Adding a leaf costs O(log n) hashes at worst and one on average.
"""

from collections.abc import Sequence
from hashlib import sha256

HASH_BYTES = 32


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf; its prefix keeps a leaf from passing for a node."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A growing tree: how many leaves, and the heads of its perfect subtrees."""

    __slots__ = ("heads", "size")

    def __init__(self, size: int = 0, heads: Sequence[bytes] = ()) -> None:
        if len(heads) != size.bit_count():
            raise ValueError("a frontier has one head for each binary one of its size")
        self.size = size
        self.heads = list(heads)

    @classmethod
    def from_bytes(cls, size: int, stored: bytes) -> "Frontier":
        """The frontier as `to_bytes` gave it. Raises ValueError where size and bytes do not belong together."""
        if len(stored) % HASH_BYTES:
            raise ValueError("a frontier is whole hashes")
        return cls(size, [stored[i : i + HASH_BYTES] for i in range(0, len(stored), HASH_BYTES)])

    def to_bytes(self) -> bytes:
        """The heads, largest subtree first, without separators."""
        return b"".join(self.heads)

    def append(self, hashed_leaf: bytes) -> int:
        """Add a leaf by its hash; return its position, counted from 0."""
        position = self.size
        head, digits = hashed_leaf, position
        while digits & 1:
            head = node_hash(self.heads.pop(), head)
            digits >>= 1
        self.heads.append(head)
        self.size += 1
        return position

    def root(self) -> bytes:
        """The Merkle tree head; of an empty tree, the hash of nothing."""
        if not self.heads:
            return sha256(b"").digest()
        head = self.heads[-1]
        for left in reversed(self.heads[:-1]):
            head = node_hash(left, head)
        return head


def root(hashes: Sequence[bytes]) -> bytes:
    """The head of the tree over these leaf hashes."""
    frontier = Frontier()
    for hashed in hashes:
        frontier.append(hashed)
    return frontier.root()


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (at least 2)."""
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(*values: bytes) -> bool:
    """Whether each is as long as a hash: of longer and shorter ones another node of the same content could be made."""
    return all(len(value) == HASH_BYTES for value in values)


def inclusion_path(position: int, hashes: Sequence[bytes]) -> list[bytes]:
    """The audit path (RFC 6962 2.1.1) of the leaf at `position` in the tree over `hashes`, nearest sibling first."""
    if not 0 <= position < len(hashes):
        raise ValueError("no such leaf")
    if len(hashes) == 1:
        return []
    k = _split(len(hashes))
    if position < k:
        return [*inclusion_path(position, hashes[:k]), root(hashes[k:])]
    return [*inclusion_path(position - k, hashes[k:]), root(hashes[:k])]


def is_included(hashed_leaf: bytes, position: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether `path` proves the leaf at `position` in the tree of `size` leaves with this head."""
    if not 0 <= position < size or not _are_hashes(hashed_leaf, head, *path):
        return False
    node, last, value = position, size - 1, hashed_leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = node_hash(sibling, value)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and value == head


def consistency_path(earlier: int, hashes: Sequence[bytes]) -> list[bytes]:
    """The proof (RFC 6962 2.1.2) that the tree over `hashes` continues its first `earlier` leaves."""
    if not 0 < earlier <= len(hashes):
        raise ValueError("the earlier tree must be a part of the later")
    return _subproof(earlier, hashes, whole=True)


def _subproof(earlier: int, hashes: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if earlier == len(hashes):
        return [] if whole else [root(hashes)]
    k = _split(len(hashes))
    if earlier <= k:
        return [*_subproof(earlier, hashes[:k], whole=whole), root(hashes[k:])]
    return [*_subproof(earlier - k, hashes[k:], whole=False), root(hashes[:k])]


def is_consistent(earlier: int, later: int, path: Sequence[bytes], head: bytes, later_head: bytes) -> bool:
    """Whether `path` proves that the tree of `later` leaves continues the one of `earlier` (1 or more) leaves."""
    if not 0 < earlier <= later or not _are_hashes(head, later_head, *path):
        return False
    if earlier == later:
        return not path and head == later_head
    proof = [head, *path] if earlier & (earlier - 1) == 0 else list(path)
    if not proof:
        return False
    node, last = earlier - 1, later - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == head and new == later_head
