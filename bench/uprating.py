"""The row about April: everybody's charge decided again, beside the same rows inserted in bulk."""

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESIDENTS = 20_000
PEOPLE = 10_000


def rows(kith, folder, options, ran):
    """The row; void if a charge is missing or a program says otherwise."""
    before, today = years(kith, ran)
    if before is None:
        print("there are no rates for this year and the last: the row about April is left out")
        return []
    base = folder / "april.sqlite"
    prepare(kith, folder, options, ran, base, before)
    taken, void = {"kith": [], "bulk": []}, False
    for round_ in range(options.rounds):
        store = folder / f"april-{round_}.sqlite"
        shutil.copy(base, store)
        run = ran([kith, "uprate", "--from", before["year"], "--to", today["year"], "--as", "bench", "--json"],
                  environment(store))
        answer = run.answer()
        taken["kith"].append(run)
        new = written(base, store)
        void |= answer["decided"] != PEOPLE or len(new) != PEOPLE
        bulk = folder / "bulk.sqlite"
        shutil.copy(base, bulk)
        taken["bulk"].append(insert(bulk, new))
        size = sum(len(value) for row in new for value in row if isinstance(value, str))
        for path in [store, bulk]:
            path.unlink()
    ours, theirs = (min(taken[side], key=lambda run: run.cpu) for side in ("kith", "bulk"))
    said = {
        "people": PEOPLE, "wall s": f"{ours.wall:.2f}", "CPU s": f"{ours.cpu:.2f}", "peak MB": f"{ours.peak:.0f}",
        "bytes a charge": size // PEOPLE, "bulk insert, wall s": f"{theirs.wall:.2f}", "CPU s of it": f"{theirs.cpu:.2f}",
        "times the CPU": f"{ours.cpu / theirs.cpu:.1f}", "times the wall": f"{ours.wall / theirs.wall:.1f}",
    }
    row = "April: 10,000 charges assessed, explained and kept, beside a bulk insert of the same rows"
    return [{"row": row, "said": said, **({"void": True} if void else {})}]


def environment(store):
    return {**os.environ, "KITH_DB": f"sqlite:{store}", "KITH_POLICY": str(ROOT / "policy")}


def years(kith, ran):
    """The financial year of today, and the one before."""
    known = ran([kith, "rates", "--json"]).answer()
    known = known.get("years", known) if isinstance(known, dict) else known
    today = time.strftime("%Y-%m-%d")
    for before, now in itertools.pairwise(known):
        if now["from"] <= today <= now["until"]:
            return before, now
    return None, None


def prepare(kith, folder, options, ran, store, year):
    """A store in which so many people have a charge of the year before."""
    feed, supported, people = folder / "april-feed", folder / "april.ndjson", folder / "april-people.ndjson"
    borough = [kith, "borough", "--residents", str(RESIDENTS), "--seed", str(options.seed)]
    ran([*borough, "--out", feed])
    ran([*borough, "--finances", supported])
    env = environment(store)
    ran([kith, "import", "fhir", "--json", feed], env)
    add = ["users", "add", "bench", "--name", "Bench", "--role", "finance-officer", "--organisation",
           "lewisham-council", "--team", "lewisham-finance"]
    subprocess.run([kith, *add], env=env, input=b"not a password that matters\n", stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
    with open(people, "w") as out:
        # Only who was an adult then had a charge.
        eighteen = f"{int(year['from'][:4]) - 18}{year['from'][4:]}"
        supported = [json.loads(line)["case"] for line in open(supported)]
        cases = itertools.cycle([case for case in supported if case["person"]["born"] <= eighteen])
        for id_, case in zip(itertools.islice(living(feed), PEOPLE), cases):
            case = {**case, "asOf": year["from"], "toldOn": year["from"]}
            out.write(json.dumps({"id": id_, "case": case}) + "\n")
    ran([kith, "import", "charges", people, "--as", "bench", "--json"], env)
    shutil.rmtree(feed)


def living(feed):
    """The ids of the patients who have not died."""
    for file in sorted(feed.rglob("*atient*.ndjson")):
        for line in open(file):
            patient = json.loads(line)
            if not any(key.startswith("deceased") for key in patient):
                yield patient["id"]


def written(base, store):
    """The entries that a run added."""
    with sqlite3.connect(store) as connection:
        connection.execute("attach ? as base", [str(base)])
        return connection.execute(
            "select e.* from entry e join base.story s on s.person_id = e.person_id where e.number > s.length"
        ).fetchall()


class insert:
    """The same rows in one transaction, as durable as ours."""

    def __init__(self, store, new):
        connection = sqlite3.connect(store, isolation_level=None)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        start, used = time.perf_counter(), time.process_time()
        connection.execute("begin immediate")
        marks = ", ".join("?" * len(new[0]))
        connection.executemany(f"insert into entry values ({marks})", new)
        connection.executemany("update story set length = length + 1 where person_id = ?", [(row[0],) for row in new])
        connection.execute("commit")
        self.wall, self.cpu = time.perf_counter() - start, time.process_time() - used
        connection.close()
