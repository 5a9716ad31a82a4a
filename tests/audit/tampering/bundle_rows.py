"""What can be done to the rows of a bundle, every digest made right again; each says what must be found."""

from __future__ import annotations

import json
from uuid import uuid4

from tests.audit.tampering.forger import Forger, a_live_row, a_row
from tests.audit.tampering.opened import HASH, ID, POSITION, ROWS, SEAL, TREE, Opened
from tests.audit.tampering.scene import Told
from tests.audit.tampering.synthetic import dumps


def history_edited(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = a_row(opened, forger)
    row = json.loads(line[ROWS][index][1])
    row[-2] = "2020-01-01T00:00:00.000000Z"
    line[ROWS][index][1] = dumps(row)
    return [Told("row-edited", name)]


def history_removed(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = a_row(opened, forger)
    line[ROWS][index][1] = None
    return [Told("row-missing", name)]


def history_forged(opened: Opened, forger: Forger) -> list[Told]:
    line, _, _ = a_row(opened, forger)
    line[ROWS].append(list(line[ROWS][0]))
    return [Told("commitments-changed", f"entry {line[ID]}")]


def ciphertexts_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = a_row(opened, forger)
    other, second, name_of_other = a_row(opened, forger)
    while line[ROWS][index][1] == other[ROWS][second][1]:
        other, second, name_of_other = a_row(opened, forger)
    one, two = line[ROWS][index], other[ROWS][second]
    one[1], two[1] = two[1], one[1]
    return [Told("row-edited", name), Told("row-edited", name_of_other)]


def older_ciphertext_put_back(opened: Opened, forger: Forger) -> list[Told]:
    several = [rows for rows in opened.versions().values() if len(rows) > 1 and rows[-1][2][-1] != "-"]
    (_, _, older), (line, index, newest) = forger.drawn.choice(several)[-2:]
    label, _, name, _ = opened.commit(line, index)
    columns = opened.manifest["coverage"][label][str(newest[1])]
    place = 2 + columns.index("blob" if "blob" in columns else "title")
    newest[place] = older[place]
    line[ROWS][index][1] = dumps(newest)
    if older[place] == json.loads(line[ROWS][index][1])[place] and dumps(newest) == line[ROWS][index][1]:
        newest[place] = "AAAA"
        line[ROWS][index][1] = dumps(newest)
    return [Told("row-edited", f"entry {line[ID]} {label} {name}")]


def row_in_use_edited(opened: Opened, forger: Forger) -> list[Told]:
    place, name, _ = a_live_row(opened, forger)
    row = opened.live[place]
    columns = opened.manifest["coverage"][row[0]][str(row[1])]
    column = forger.drawn.choice([c for c in columns if c in ("text", "title", "count", "blob", "is_open")])
    row[2 + columns.index(column)] = "bättre"
    return [Told("live-edited", name, column)]


def row_in_use_removed(opened: Opened, forger: Forger) -> list[Told]:
    place, name, _ = a_live_row(opened, forger)
    del opened.live[place]
    return [Told("live-missing", name)]


def row_in_use_forged(opened: Opened, forger: Forger) -> list[Told]:
    place, name, key = a_live_row(opened, forger)
    row, forged = list(opened.live[place]), str(uuid4())
    if forger.drawn.random() < 0.5:
        # A second row of an object that there is.
        opened.live.insert(forger.drawn.randrange(len(opened.live)), row)
        return [Told("live-forged", name)]
    opened.live.append([forged if value == key else value for value in row])
    return [Told("live-forged", f"entry -1 {row[0]} {forged}")]


def role_forged(opened: Opened, forger: Forger) -> list[Told]:
    """An entry at the end, with its row, its commitment, and a seal of the current key."""
    line = json.loads(json.dumps(opened.with_rows()[-1]))
    content = opened.content(line)
    number = opened.entries[-1][ID] + 1
    line[ID], line[TREE], line[POSITION] = number, "main", opened.manifest["trees"]["main"]["size"]
    content |= {"id": number, "tree": "main", "action": "role.confirmed"}
    opened.put(line, content)
    line[SEAL] = forger.seal("main", 0, line[HASH])
    opened.entries.append(line)
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {number}")]


def commitment_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    line = forger.drawn.choice([each for each in opened.with_rows() if each[TREE] == "main"])
    row = json.loads(line[ROWS][0][1])
    row[-2] = "2020-01-01T00:00:00.000000Z"
    opened.recommit(line, 0, row)
    opened.regrow("main")
    return [Told("seal-wrong", f"entry {line[ID]}")]


def commitments_changed(opened: Opened, forger: Forger) -> list[Told]:
    """Fewer rows than the leaf commits to, or in another order."""
    several = [line for line in opened.with_rows() if len(line[ROWS]) > 1]
    line = forger.drawn.choice(several)
    if forger.drawn.random() < 0.5:
        line[ROWS].pop()
        return [Told("commitments-changed", f"entry {line[ID]}")]
    line[ROWS].reverse()
    label, _, name, _ = opened.commit(line, 0)
    return [Told("row-edited", f"entry {line[ID]} {label} {name}")]


def blind_removed(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = a_row(opened, forger)
    line[ROWS][index][0] = None
    return [Told("blind-missing", name)]


def blind_exchanged(opened: Opened, forger: Forger) -> list[Told]:
    line, index, name = a_row(opened, forger)
    line[ROWS][index][0] = forger.drawn.randbytes(32).hex()
    return [Told("row-edited", name)]
