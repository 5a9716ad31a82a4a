"""RFC 6962 hashing against the published vectors of the Certificate Transparency reference implementation.

The leaves, the heads of every complete subtree, the roots and the proofs are those of google/certificate-transparency
and of transparency-dev/merkle (testonly/constants.go, proof/verify_test.go), which has them from there; so are the
ways to spoil a proof.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.merkle import (
    Frontier,
    consistency_path,
    inclusion_path,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root,
)

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# Level by level, from the leaves up: the heads of the complete subtrees of all eight leaves.
NODES = [
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
    ],
    [
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    ],
    [
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    ["5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
# (position, size) → audit path
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
# (earlier, later) → consistency proof
CONSISTENT = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
HASHES = [leaf_hash(leaf) for leaf in LEAVES]


def test_published_roots() -> None:
    frontier = Frontier()
    assert frontier.root().hex() == EMPTY
    for position, (hashed, expected) in enumerate(zip(HASHES, ROOTS, strict=True)):
        assert frontier.append(hashed) == position
        assert frontier.root().hex() == expected
        assert Frontier.from_bytes(frontier.size, frontier.to_bytes()).root().hex() == expected


def test_published_nodes() -> None:
    level = [leaf_hash(leaf) for leaf in LEAVES]
    for expected in NODES:
        assert [node.hex() for node in level] == expected
        level = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    # A frontier of each size is made of these nodes.
    for size in range(9):
        frontier, place = Frontier(), 0
        for hashed in HASHES[:size]:
            frontier.append(hashed)
        for level_number in (n for n in (3, 2, 1, 0) if size >> n & 1):
            assert frontier.heads.pop(0).hex() == NODES[level_number][place >> level_number]
            place += 1 << level_number


def _spoiled(path: list[bytes], *heads: bytes) -> list[list[bytes]]:
    """The published ways to spoil a proof: added in front or behind, a part left out or in, one bit changed."""
    some = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")
    wrong = [[*path, extra] for extra in (b"", *heads)] + [
        [extra, *path] for extra in (b"", *heads, *path[:1])
    ]
    if path:
        wrong += [path[:-1], path[1:], [path[0], some, *path[1:]]]
    for place, node in enumerate(path):
        wrong.append([*path[:place], bytes([node[0] ^ 8]) + node[1:], *path[place + 1 :]])
    return wrong


@pytest.mark.parametrize(("place", "path"), PATHS.items())
def test_published_audit_paths(place: tuple[int, int], path: list[str]) -> None:
    position, size = place
    assert [node.hex() for node in inclusion_path(position, HASHES[:size])] == path
    head, proof, hashed = (
        bytes.fromhex(ROOTS[size - 1]),
        [bytes.fromhex(node) for node in path],
        HASHES[position],
    )
    assert is_included(hashed, position, size, proof, head)
    for wrong in _spoiled(proof, head):
        assert not is_included(hashed, position, size, wrong, head)
    for other, height in (
        (position - 1, size), (position + 1, size), (position ^ 2, size), (position, size * 2), (position, size // 2),
    ):  # fmt: skip
        assert not is_included(hashed, other, height, proof, head)
    for other_leaf, other_head in (
        (b"WrongLeaf", head),
        (hashed, bytes.fromhex(EMPTY)),
        (hashed, b""),
        (b"", b""),
    ):
        assert not is_included(other_leaf, position, size, proof, other_head)


@pytest.mark.parametrize(("sizes", "path"), CONSISTENT.items())
def test_published_consistency_proofs(sizes: tuple[int, int], path: list[str]) -> None:
    earlier, later = sizes
    assert [node.hex() for node in consistency_path(earlier, HASHES[:later])] == path
    heads = bytes.fromhex(ROOTS[earlier - 1]), bytes.fromhex(ROOTS[later - 1])
    proof = [bytes.fromhex(node) for node in path]
    assert is_consistent(earlier, later, proof, *heads)
    if not proof:
        assert not is_consistent(earlier, later, proof, heads[0], b"WrongRoot")
        assert not is_consistent(earlier, later, [heads[0]], *heads)
        return
    for wrong in [[], *_spoiled(proof, *heads)]:
        assert not is_consistent(earlier, later, wrong, *heads)
    for other, height in (
        (earlier - 1, later), (earlier + 1, later), (earlier ^ 2, later), (earlier, later * 2), (earlier, later // 2),
        (later, earlier),
    ):  # fmt: skip
        assert not is_consistent(other, height, proof, *heads)
    for pair in ((b"WrongRoot", heads[1]), (heads[0], b"WrongRoot"), heads[::-1]):
        assert not is_consistent(earlier, later, proof, *pair)


def _by_definition(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return node_hash(_by_definition(hashes[:k]), _by_definition(hashes[k:]))


@given(st.integers(1, 70), st.data())
def test_every_proof_holds_and_no_other(size: int, data: st.DataObject) -> None:
    hashes = [leaf_hash(bytes([n])) for n in range(size)]
    head = root(hashes)
    assert head == _by_definition(hashes)
    position = data.draw(st.integers(0, size - 1))
    path = inclusion_path(position, hashes)
    assert is_included(hashes[position], position, size, path, head)
    assert not is_included(leaf_hash(b"other"), position, size, path, head)
    assert not is_included(hashes[position], position, size, [*path, head], head)
    assert not is_included(hashes[position], size, size, path, head)
    earlier = data.draw(st.integers(1, size))
    proof = consistency_path(earlier, hashes)
    assert is_consistent(earlier, size, proof, root(hashes[:earlier]), head)
    if earlier < size:
        assert not is_consistent(earlier, size, proof, leaf_hash(b"other"), head)
        assert not is_consistent(earlier, size, [*proof, head], root(hashes[:earlier]), head)


def test_a_frontier_that_does_not_fit_its_size_is_refused() -> None:
    for size, stored in ((3, HASHES[0]), (1, b"short"), (0, HASHES[0])):
        with pytest.raises(ValueError, match="frontier"):
            Frontier.from_bytes(size, stored)
    for wrong in (-1, 8):
        with pytest.raises(ValueError, match="leaf"):
            inclusion_path(wrong, HASHES)
