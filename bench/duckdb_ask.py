"""The yardstick: DuckDB asks who has three or more long-term conditions, with the rules of
`kith find` (care/src/find/judge.rs), of the same files or of a table it has loaded.

`duckdb_ask.py FEED COHORTS DATE [--load FILE | --loaded FILE]` prints the answer as JSON.
"""

import argparse
import csv
import json
import sys
import time
from pathlib import Path

import duckdb

THREADS = 2

PATIENTS = """
read_ndjson('{feed}/Patient*.ndjson', columns = {{
    id: 'VARCHAR', active: 'BOOLEAN', birthDate: 'VARCHAR',
    deceasedBoolean: 'BOOLEAN', deceasedDateTime: 'VARCHAR'}})
"""

CONDITIONS = """
read_ndjson('{feed}/Condition*.ndjson', columns = {{
    clinicalStatus: 'STRUCT(coding STRUCT(code VARCHAR)[])',
    verificationStatus: 'STRUCT(coding STRUCT(code VARCHAR)[])',
    code: 'STRUCT(coding STRUCT(system VARCHAR, code VARCHAR)[])',
    subject: 'STRUCT(reference VARCHAR)',
    onsetDateTime: 'VARCHAR', recordedDate: 'VARCHAR'}})
"""

# A date may be a year or a month: it is the days from its first to its last.
MACROS = """
create temp macro first_day(text) as case length(text)
    when 4 then make_date(text::int, 1, 1)
    when 7 then (text || '-01')::date
    else left(text, 10)::date end;
create temp macro last_day_of(text) as case length(text)
    when 4 then make_date(text::int, 12, 31)
    when 7 then last_day((text || '-01')::date)
    else left(text, 10)::date end;
"""

FLAT_PATIENTS = """
select id, coalesce(active, true) as active, birthDate as born,
    coalesce(deceasedBoolean, false) as dead, deceasedDateTime as died
from {patients}
"""

FLAT_CONDITIONS = """
select subject.reference[9:] as person, code.coding[1].code::bigint as code,
    clinicalStatus.coding[1].code as clinical, verificationStatus.coding[1].code as verification,
    coalesce(onsetDateTime, recordedDate) as at
from {conditions} where code.coding[1].system = 'http://snomed.info/sct'
"""

QUESTION = """
with there as (
    select c.person, l.condition, l.kind, first_day(c.at) as first, last_day_of(c.at) as last,
        coalesce(c.clinical, 'active') in ('active', 'recurrence', 'relapse') as active
    from ({conditions}) c join codes l on l.code = c.code
    where coalesce(c.verification, '') not in ('refuted', 'entered-in-error')
        and (c.at is null or first_day(c.at) <= $day)
), diagnosis as (
    select * from there where kind = 'diagnosis' and active
), standing as (
    select distinct person, condition from diagnosis d where not exists (
        select 1 from there r
        where r.kind = 'resolved' and r.person = d.person and r.condition = d.condition
            and coalesce(r.first, '0001-01-01') >= coalesce(d.first, '0001-01-01')
            and coalesce(r.last, '0001-01-01') >= coalesce(d.last, '0001-01-01'))
), many as (
    select person from standing group by person having count(*) >= 3
), registered as (
    select id, date_diff('year', last_day_of(born), $day)
        - case when strftime(last_day_of(born), '%m%d') > strftime($day, '%m%d') then 1 else 0 end >= 18
        as adult
    from ({patients}) p
    where active and not dead and (died is null or first_day(died) > $day)
        and (born is null or first_day(born) <= $day)
)
select count(*), count(*) filter (where adult),
    count(*) filter (where adult and id in (select person from many))
from registered
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("feed", type=Path)
    parser.add_argument("cohorts", type=Path)
    parser.add_argument("day")
    parser.add_argument("--load", type=Path)
    parser.add_argument("--loaded", type=Path)
    options = parser.parse_args()
    database = options.load or options.loaded
    db = duckdb.connect(str(database) if database else ":memory:")
    db.execute(f"set threads = {THREADS}")
    db.execute(MACROS)
    db.execute("create temp table codes (condition varchar, code bigint, kind varchar)")
    db.executemany("insert into codes values (?, ?, ?)", list(codes(options.cohorts / "lists")))
    patients = FLAT_PATIENTS.format(patients=PATIENTS.format(feed=options.feed))
    conditions = FLAT_CONDITIONS.format(conditions=CONDITIONS.format(feed=options.feed))
    if options.load:
        db.execute(f"create table patient as {patients}")
        db.execute(f"create table condition as {conditions}")
        return
    if options.loaded:
        patients, conditions = "select * from patient", "select * from condition"
    question = QUESTION.format(patients=patients, conditions=conditions)
    wall, cpu = time.perf_counter(), time.process_time()
    day = duckdb.execute("select ?::date", [options.day]).fetchone()[0]
    registered, adults, found = db.execute(question, {"day": day}).fetchone()
    answer = {"registered": registered, "adults": adults, "found": found}
    if options.loaded:
        answer |= {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    json.dump(answer, sys.stdout)


def codes(lists):
    """The criterion's list: the codes of tier 1 conditions."""
    tiers = {row["condition"]: row["tier"] for row in rows(lists / "long-term-conditions.conditions.csv")}
    for row in rows(lists / "long-term-conditions.codes.csv"):
        if tiers.get(row["condition"]) == "1":
            yield row["condition"], int(row["code"]), row["kind"]


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


if __name__ == "__main__":
    main()
