#!/usr/bin/env python3
"""Measures Kith beside what it is compared with, in one run on one machine.

`make bench` builds first and then runs this; it builds nothing itself. Each row runs the yardstick
and ours in turn, three rounds, on the same bytes of a new invented borough, and prints the medians.
A row whose two sides give different answers is void, and the run ends with 1.

CPU is user and system time of all threads. The yardstick is DuckDB (`pip install duckdb`); without it
our own figures are printed alone.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import charging
import pages
import uprating

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ASK = HERE / "duckdb_ask.py"
CRITERION = "three-conditions"


def main():
    options = arguments()
    kith = options.kith.resolve()
    if not kith.exists():
        sys.exit(f"{kith} is not there: run `make bench`, or `cargo build --release --workspace`")
    duckdb = has_duckdb()
    if not duckdb:
        print("DuckDB is not here: our figures stand alone. To bring it: pip install duckdb")
    folder = Path(tempfile.mkdtemp(prefix="kith-bench-", dir=options.folder))
    try:
        rows, facts = measure(kith, folder, options, duckdb)
        rows += charging.rows(kith, folder, options, Ran)
        rows += uprating.rows(kith, folder, options, Ran)
        rows += pages.rows(kith, folder, options, Ran)
    finally:
        shutil.rmtree(folder)
    rows += keeping(kith)
    print_table(rows, facts)
    if options.json:
        options.json.write_text(json.dumps({"facts": facts, "rows": rows}, indent=1) + "\n")
    void = [row["row"] for row in rows if row.get("void")]
    if void:
        sys.exit("VOID, the answers differ: " + "; ".join(void))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--residents", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 2**31))
    parser.add_argument("--people", type=int, default=1_000_000, help="assessed, in the rows about charging")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--as-of", default="2026-11-22", metavar="DATE")
    parser.add_argument("--kith", type=Path, default=ROOT / "target/release/kith")
    parser.add_argument("--folder", type=Path, help="where the data is laid (a disk with room)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    return parser.parse_args()


def has_duckdb():
    return subprocess.run([sys.executable, "-c", "import duckdb"], stderr=subprocess.DEVNULL).returncode == 0


class Ran:
    """One run of a program: wall and CPU seconds, peak memory in MB, what it printed."""

    def __init__(self, command, env=None):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=env)
        self.out = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.perf_counter() - start
        self.cpu = used.ru_utime + used.ru_stime
        self.peak = used.ru_maxrss / 1024
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")

    def answer(self):
        return json.loads(self.out)


class Sum:
    """Several runs taken as one."""

    def __init__(self, *runs):
        self.wall = sum(run.wall for run in runs)
        self.cpu = sum(run.cpu for run in runs)
        self.peak = max(run.peak for run in runs)


def measure(kith, folder, options, duckdb):
    feed = folder / "feed"
    size = ["--residents", str(options.residents), "--seed", str(options.seed)]
    Ran([kith, "borough", *size, "--out", feed])
    files = sorted(feed.rglob("*.ndjson"))
    total = sum(file.stat().st_size for file in files)
    facts = {
        "residents": options.residents, "seed": options.seed, "bytes": total,
        "lines": {file.name: count_lines(file) for file in files}, "cpus": os.cpu_count(),
    }
    taken = {name: [] for name in ["floor", "import", "find", "again", "both", "duck", "duck_again", "same"]}
    duck_store = folder / "loaded.duckdb"
    reached = None
    void = set()
    for round_ in range(options.rounds):
        taken["floor"].append(Ran([sys.executable, HERE / "count_bytes.py", *files]))
        if duckdb:
            ask = [sys.executable, ASK, feed, ROOT / "policy/cohorts", options.as_of]
            duck = Ran(ask)
            taken["duck"].append(duck)
            expected = duck.answer()
        store = folder / f"kith-{round_}.sqlite"
        env = {**os.environ, "KITH_DB": f"sqlite:{store}", "KITH_POLICY": str(ROOT / "policy")}
        imported = Ran([kith, "import", "fhir", "--json", feed], env)
        find = [kith, "find", "--criterion", CRITERION, "--as-of", options.as_of, "--json", "--dry-run"]
        found = Ran(find, env)
        taken["import"].append(imported)
        taken["find"].append(found)
        taken["both"].append(Sum(imported, found))
        taken["again"].append(Ran(find, env))
        taken["same"].append(Ran([kith, "import", "fhir", "--json", feed], env))
        answer = {name: found.answer()[name] for name in ("registered", "adults", "found")}
        facts["answer"], facts["store_bytes"] = answer, store.stat().st_size
        account = imported.answer()["total"]
        if account["read"] != sum(facts["lines"].values()) or account["rejected"]:
            void.add("import")
        same = taken["same"][-1].answer()["total"]
        if same["new"] or same["changed"]:
            void.add("same")
        if duckdb:
            if not duck_store.exists():
                Ran([*ask, "--load", duck_store])
            again = Ran([*ask, "--loaded", duck_store])
            reached = again.answer()
            question = again
            question.wall, question.cpu = reached.pop("wall"), reached.pop("cpu")
            taken["duck_again"].append(question)
            if answer != expected or answer != reached:
                void.add("answer")
                print(f"ours {answer}, DuckDB {expected}, loaded {reached}")
        for path in folder.glob(store.name + "*"):
            path.unlink()
    return make_rows(taken, total, void), facts


def count_lines(path):
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def make_rows(taken, total, void):
    def medians(name):
        runs = taken[name]
        if not runs:
            return None
        of = lambda part: statistics.median(getattr(run, part) for run in runs)
        return {"wall": of("wall"), "cpu": of("cpu"), "peak": of("peak")}

    def row(title, ours, theirs, yardstick, not_done, bytes_=None, bad=False):
        ours, theirs = medians(ours), medians(theirs) if theirs else None
        made = {"row": title, "ours": ours, "yardstick": yardstick, "theirs": theirs, "not": not_done}
        if bytes_ and ours:
            made["mb_per_second"] = bytes_ / 1e6 / ours["wall"]
        if theirs and ours:
            made["cpu_ratio"] = theirs["cpu"] / ours["cpu"]
        if bad:
            made["void"] = True
        return made

    differ = "answer" in void
    return [
        row("import", "import", "floor", "reading the bytes and counting lines",
            "the yardstick parses and keeps nothing", total, "import" in void),
        row("import + find", "both", "duck", "DuckDB reading the same files, schema given",
            "DuckDB keeps nothing and rejects nothing", total, differ or "import" in void),
        row("find from the store", "again", "duck_again", "DuckDB asked on its loaded table",
            "ours counts the whole process; DuckDB only the question", None, differ),
        row("import of the same again", "same", "import", "the first import",
            "", total, "same" in void),
    ]


def keeping(kith):
    """What the store measures of itself (store/examples/keeping.rs): a line of JSON for each."""
    program = kith.parent / "examples/keeping"
    if not program.exists():
        return []
    rows = []
    for line in Ran([program]).out.splitlines():
        found = json.loads(line)
        rows.append({"row": found.pop("what", "keeping"), "said": found})
    return rows


def print_table(rows, facts):
    lines = ", ".join(f"{count:,} {name.split('.')[0]}" for name, count in facts["lines"].items())
    print(f"\n{facts['residents']:,} residents (seed {facts['seed']}): {lines}; "
          f"{facts['bytes'] / 1e9:.2f} GB; {facts['cpus']} processors; "
          f"kept in {facts['store_bytes'] / 1e6:.0f} MB; {facts['answer']}\n")
    heads = ["", "wall s", "CPU s", "MB/s", "peak MB", "beside", "wall s", "CPU s", "CPU ratio"]
    table = [heads]
    for row in rows:
        if "said" in row:
            continue
        ours, theirs = row["ours"], row["theirs"]
        number = lambda part, name: f"{part[name]:.2f}" if part else "-"
        speed = f"{row['mb_per_second']:.0f}" if "mb_per_second" in row else "-"
        ratio = f"{row['cpu_ratio']:.2f}x" if "cpu_ratio" in row else "-"
        title = row["row"] + (" VOID" if row.get("void") else "")
        table.append([title, number(ours, "wall"), number(ours, "cpu"), speed, f"{ours['peak']:.0f}",
                      row["yardstick"], number(theirs, "wall"), number(theirs, "cpu"), ratio])
    widths = [max(len(line[column]) for line in table) for column in range(len(heads))]
    for line in table:
        cells = [cell.ljust(width) if at in (0, 5) else cell.rjust(width)
                 for at, (cell, width) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())
    for row in rows:
        if "said" in row:
            if "side" in row["said"]:
                continue
            void = " VOID" if row.get("void") else ""
            print(f"{row['row']}{void}: " + ", ".join(f"{name} {value}" for name, value in row["said"].items()))
        elif row["not"]:
            print(f"{row['row']}: {row['not']}.")
    print("A ratio above 1 is in our favour.")


if __name__ == "__main__":
    main()
