#!/usr/bin/env python3
"""The core of the charging rule over columns of people, by hand in numpy or as an OpenFisca system.

    core_rule.py numpy|openfisca|reforms COLUMNS.bin FACTS.json

COLUMNS.bin and FACTS.json are what `law/examples/charging.rs core` writes and prints: seven columns of
64-bit numbers, and the law's figures, in pence. Prints a line of JSON: the CPU and wall seconds of the
best of five rounds over data already in memory, the sum of the charges, and a check on their order.

What is worked out: limits of capital, tariff income, guarantee or personal allowance, housing and the
costs of a disability (at home), never more than the care costs. Whole pence, weekly amounts, single
people. Nothing is explained, nothing asked, no rate looked up by day.

`reforms` tries a hundred choices about the taper, the guarantee, the least and the most charge: for each a
new simulation with its inputs set, as a reform of OpenFisca is (a system is not built anew for each, which
would cost more). Prints the CPU seconds of all of them in one round, and what each comes to.
"""

import json
import sys
import time

import numpy as np

ROUNDS = 5


def main():
    which, columns, facts = sys.argv[1:]
    with open(facts) as file:
        facts = json.load(file)
    people = facts["people"]
    data = np.fromfile(columns, dtype="<i8").reshape(len(facts["columns"]), people)
    columns = dict(zip(facts["columns"], data))
    if which == "reforms":
        return under_reforms(columns, facts)
    run = {"numpy": by_hand, "openfisca": with_openfisca}[which](columns, facts["figures"])
    best = best_wall = None
    for _ in range(ROUNDS):
        cpu, wall = time.process_time(), time.perf_counter()
        charge = run()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        best, best_wall = min(best or cpu, cpu), min(best_wall or wall, wall)
    order = np.arange(1, people + 1) % 1009
    charge = charge.astype(np.int64)
    print(json.dumps({"what": which, "people": people, "cpu": best, "wall": best_wall,
                      "sum": int(charge.sum()), "check": int((charge * order).sum())}))


def by_hand(columns, law):
    def run():
        home = columns["care-home"] == 0
        capital = columns["capital"]
        above = np.maximum(capital - law["capital-lower-limit"], 0)
        step = law["tariff-step"]
        tariff = (above + step - 1) // step * law["tariff-per-step"]
        over = capital > law["capital-upper-limit"]
        guarantee = np.where(columns["pension-age"] == 1, law["mig-single-pension-age"],
                             law["mig-single-25-to-pension-age"])
        kept = np.where(home, guarantee + columns["housing"] + columns["expenses"], law["pea"])
        left = np.maximum(columns["income"] + tariff - kept, 0)
        return np.where(over, columns["cost"], np.minimum(left, columns["cost"]))
    return run


def under_reforms(columns, facts):
    reform = dict.fromkeys(["uplift", "least"], 0) | {"taper": 10_000, "most": None}
    run = with_openfisca(columns, facts["figures"], reform)
    before = run()
    found = []
    cpu, wall = time.process_time(), time.perf_counter()
    for taper, uplift, least, most in facts["reforms"]:
        reform.update(taper=taper, uplift=uplift, least=least, most=most)
        after = run()
        counts = [after > before, after < before, (before == 0) & (after > 0), (after == 0) & (before > 0)]
        found.append([int(after.sum(dtype=np.int64)), [int(np.count_nonzero(there)) for there in counts]])
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"what": "reforms", "people": facts["people"], "cpu": cpu, "wall": wall, "found": found}))


def with_openfisca(columns, law, reform=None):
    """A system of one entity and ten variables; each round is a new simulation with its inputs set."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="people", label="A person", is_person=True)
    system = TaxBenefitSystem([person])

    def variable(name, formula=None):
        # Whole pence need 64 bits nowhere: the most is below 2**31.
        body = {"value_type": int, "entity": person, "definition_period": DateUnit.MONTH, "label": name}
        if formula:
            body["formula"] = formula
        system.add_variable(type(name, (Variable,), body))

    inputs = {name.replace("-", "_"): column for name, column in columns.items()}
    for name in inputs:
        variable(name)

    def tariff(people, period):
        above = np.maximum(people("capital", period) - law["capital-lower-limit"], 0)
        step = law["tariff-step"]
        return (above + step - 1) // step * law["tariff-per-step"]

    def kept(people, period):
        guarantee = np.where(people("pension_age", period) == 1, law["mig-single-pension-age"],
                             law["mig-single-25-to-pension-age"])
        if reform:
            guarantee = guarantee + (guarantee * reform["uplift"] + 9_999) // 10_000
        at_home = guarantee + people("housing", period) + people("expenses", period)
        return np.where(people("care_home", period) == 0, at_home, law["pea"])

    def charge(people, period):
        left = np.maximum(people("income", period) + people("tariff", period) - people("kept", period), 0)
        over = people("capital", period) > law["capital-upper-limit"]
        cost = people("cost", period)
        if reform:
            home = people("care_home", period) == 0
            by_means = np.minimum(left * reform["taper"] // 10_000, cost)
            if reform["most"]:
                by_means = np.minimum(by_means, reform["most"])
            by_means = np.where(by_means < reform["least"], 0, by_means)
            left = np.where(home, by_means, left)
        return np.where(over, cost, np.minimum(left, cost))

    variable("tariff", tariff)
    variable("kept", kept)
    variable("charge", charge)
    count = len(columns["cost"])

    def run():
        simulation = SimulationBuilder().build_default_simulation(system, count)
        for name, column in inputs.items():
            simulation.set_input(name, "2026-06", column)
        return simulation.calculate("charge", "2026-06")
    return run


if __name__ == "__main__":
    main()
