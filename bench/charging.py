"""The rows about charging: how many assessments a second, and a simulation over many people."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# A reform that touches nearly everybody: a higher guarantee, and nine tenths taken of what is left.
REFORM = """version = "bench"
source = "the bench"
[from.2022-04-11]
mig-uplift-percent = "5"
taper-percent = "90"
upper-capital-limit-home = "30000.00"
"""


def rows(kith, folder, options, ran):
    """A row for each measurement; a row whose answers differ is void."""
    program = kith.parent / "examples/charging"
    if not program.exists():
        return []
    people = folder / "supported.ndjson"
    ran([kith, "borough", "--residents", str(options.residents), "--seed", str(options.seed),
         "--finances", people])
    found = [{"row": f"assessments a second of CPU: {line.pop('what')}", "said": line}
             for line in lines(ran([program, "people", people]))]
    found += core_rule(program, folder, options, ran)
    found.append(simulation(kith, folder, people, options, ran))
    return found


def lines(run):
    return [json.loads(line) for line in run.out.splitlines()]


def core_rule(program, folder, options, ran):
    """The core rule alone: our whole law, one person at a time, beside columns of them all."""
    columns, facts = folder / "core.bin", folder / "core.json"
    run = ran([program, "core", str(options.people), str(options.seed), columns])
    facts.write_bytes(run.out.splitlines()[0])
    ours, in_columns, reforms = lines(run)
    found = []

    def row(what, answer):
        each_second = round(options.people / float(answer["cpu"]))
        made = {"row": f"core rule, people a second of CPU: {what}", "said": {"a second": each_second}}
        if (answer["sum"], answer["check"]) != (ours["sum"], ours["check"]):
            made["void"] = True
        found.append(made)

    row("Kith, the whole law one at a time, silent (checked, dated, every question asked)", ours)
    row("Kith, this rule in columns, every step kept", in_columns)
    for module, which, said in [
        ("numpy", "numpy", "numpy by hand over columns (this rule only, nothing dated or asked)"),
        ("openfisca_core", "openfisca", "OpenFisca-core over columns (this rule only, a new simulation each time)"),
    ]:
        if subprocess.run([sys.executable, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode:
            print(f"{module} is not here: that row is left out. To bring it: pip install openfisca-core numpy")
            continue
        row(said, lines(ran([sys.executable, HERE / "core_rule.py", which, columns, facts]))[0])
        if which == "openfisca":
            beside = lines(ran([sys.executable, HERE / "core_rule.py", "reforms", columns, facts]))[0]
            found.append(hundred_reforms(options, reforms, beside))
    return found


def hundred_reforms(options, ours, theirs):
    """A hundred reforms of the last stage on everybody: void where any comes to something else."""
    passes, ready, other = (float(figure) for figure in (ours["cpu"], ours["ready"], theirs["cpu"]))
    said = {
        "people": options.people, "CPU s": f"{passes:.2f}", "and getting ready": f"{ready:.2f}",
        "OpenFisca, CPU s": f"{other:.1f}", "times as fast": f"{other / passes:.0f}",
        "with getting ready": f"{other / (passes + ready):.0f}",
    }
    row = "a hundred reforms of the last stage, beside OpenFisca’s passes"
    return {"row": row, "said": said, **({} if ours["found"] == theirs["found"] else {"void": True})}


def simulation(kith, folder, people, options, ran):
    """`kith simulate` over so many people: those of the borough, over and over."""
    policy, many = folder / "reform.toml", folder / "many.ndjson"
    policy.write_text(REFORM)
    text = people.read_bytes()
    count = text.count(b"\n")
    times = max(1, options.people // count)
    with open(many, "wb") as out:
        for _ in range(times):
            out.write(text)
    command = [kith, "simulate", "--policy", policy, "--base", ROOT / "policy/charging.toml", "--json", "--people"]
    once = ran([*command, people]).answer()
    runs = [ran([*command, many]) for _ in range(options.rounds)]
    whole = runs[0].answer()
    pence = lambda answer: round(float(answer["yearly"]["change"]) * 100)
    parts = sum(whole[part]["people"] for part in ("more", "less", "same"))
    bad = whole["people"] != times * count or parts != whole["people"] or pence(whole) != times * pence(once)
    size = many.stat().st_size
    many.unlink()
    best = min(runs, key=lambda run: run.wall)
    said = {"people": whole["people"], "different": count, "wall s": f"{best.wall:.2f}", "CPU s": f"{best.cpu:.2f}",
            "peak MB": f"{best.peak:.0f}", "MB/s": f"{size / 1e6 / best.wall:.0f}", "processors": os.cpu_count(),
            "people a wall second": round(whole["people"] / best.wall)}
    return {"row": "simulation, each assessed twice, from the file", "said": said, **({"void": True} if bad else {})}
