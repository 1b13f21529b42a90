//! How fast the charging rules run on one core: the whole law, silent, with its working and as a
//! whole answer; and the core rule over columns, for other programs to do the same.
//!
//! `cargo run --release -p law --example charging -- people FILE.ndjson` reads the people that
//! `kith borough --finances FILE.ndjson` writes and prints a line of JSON for each measurement.
//! `… -- core PEOPLE SEED FILE` draws so many people who differ in the core rule only, writes their
//! columns to FILE for `bench/core_rule.py`, and prints what the charges add up to.
//!
//! CPU seconds are the kernel's for this thread. Each figure is the best of the rounds.
#![expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]

use std::fs;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::time::Instant;

use law::charging::policy::PolicyBook;
use law::charging::{Case, Law, Setting, assess};
use law::rates::{Code, RateBook};
use law::working::Recorder;
use serde_json::{Value, json};

type Anything = Box<dyn std::error::Error>;

const ROUNDS: u32 = 5;
/// How many assessments a round makes, silent and not.
const ASSESSMENTS: [usize; 2] = [200_000, 20_000];
/// The columns of a person of the core rule, each eight bytes, little-endian.
const COLUMNS: [&str; 7] =
    ["care-home", "pension-age", "capital", "income", "expenses", "housing", "cost"];

fn main() -> Result<(), Anything> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["people", file] => people(file),
        ["core", people, seed, file] => core(people.parse()?, seed.parse()?, file),
        _ => Err("say `people FILE.ndjson` or `core PEOPLE SEED FILE`".into()),
    }
}

fn law() -> Result<Law, Anything> {
    let rates = RateBook::built_in().map_err(|faults| format!("{faults:?}"))?;
    Ok(Law { rates, policy: PolicyBook::law_alone() })
}

/// The whole law, over people of all kinds, by where they are cared for.
fn people(file: &str) -> Result<(), Anything> {
    let law = law()?;
    let (mut home, mut care_home) = (Vec::new(), Vec::new());
    for line in BufReader::new(fs::File::open(file)?).lines() {
        let mut line: Value = serde_json::from_str(&line?)?;
        let case: Case = serde_json::from_value(line["case"].take())?;
        let list = if case.setting == Setting::Home { &mut home } else { &mut care_home };
        list.push(case);
    }
    for (place, cases) in [("home", &home), ("care home", &care_home)] {
        measure(place, "silent", cases, |case| Ok(law.outcome(case)?.charge.pence()))?;
        measure(place, "with the working", cases, |case| {
            let (rates, policy) = law.on(case)?;
            let mut recorder = Recorder::default();
            let charge = assess(case, rates, &policy, &mut recorder).charge;
            black_box(recorder);
            Ok(charge.pence())
        })?;
        measure(place, "whole answer", cases, |case| Ok(law.answer(case)?.charge.pence()))?;
    }
    Ok(())
}

/// Assesses the cases over and over, and prints how many a second of CPU.
fn measure(
    place: &str,
    how: &str,
    cases: &[Case],
    assess: impl Fn(&Case) -> Result<i64, Anything>,
) -> Result<(), Anything> {
    if cases.is_empty() {
        return Err(format!("nobody in the file is cared for in a {place}").into());
    }
    let assessments = ASSESSMENTS[usize::from(how != "silent")];
    let mut best = u128::MAX;
    let mut charged = 0;
    for _ in 0..ROUNDS {
        charged = 0;
        let begun = cpu_nanos()?;
        for case in cases.iter().cycle().take(assessments) {
            charged += assess(black_box(case))?;
        }
        best = best.min(cpu_nanos()? - begun);
    }
    let each_second = assessments as u128 * 1_000_000_000 / best.max(1);
    let line = json!({ "what": format!("{place}, {how}"), "a second": u64::try_from(each_second)?,
        "cases": cases.len(), "pence charged": charged });
    println!("{line}");
    Ok(())
}

/// The core rule alone: limits, tariff, guarantee or allowance, costs, never more than the care
/// costs. Ours runs the whole law over cases that use no more of it.
fn core(people: usize, seed: u64, file: &str) -> Result<(), Anything> {
    let law = law()?;
    let mut dice = seed | 1;
    let mut below = |bound: i64| {
        // A generator of Knuth's (MMIX): enough to spread people over the rule's branches.
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(dice >> 33).map_or(0, |drawn| drawn % bound)
    };
    let mut columns = vec![Vec::with_capacity(people * 8); COLUMNS.len()];
    let mut cases = Vec::with_capacity(people);
    for _ in 0..people {
        let row = [
            below(4) / 3,
            below(2),
            below(3_000_000),
            10_000 + below(40_000),
            below(5_000),
            below(10_000),
            10_000 + below(120_000),
        ];
        for (column, value) in columns.iter_mut().zip(row) {
            column.extend_from_slice(&value.to_le_bytes());
        }
        cases.push(case_of(row)?);
    }
    let mut out = fs::File::create(file)?;
    for column in &columns {
        out.write_all(column)?;
    }
    let (mut best, mut best_wall) = (u128::MAX, u128::MAX);
    let (mut sum, mut check) = (0, 0);
    for _ in 0..ROUNDS {
        (sum, check) = (0, 0);
        let (begun, wall) = (cpu_nanos()?, Instant::now());
        for (at, case) in (1..).zip(&cases) {
            let charge = law.outcome(black_box(case))?.charge.pence();
            sum += charge;
            check += charge * (at % 1_009);
        }
        best = best.min(cpu_nanos()? - begun);
        best_wall = best_wall.min(wall.elapsed().as_nanos());
    }
    let rates = law.rates.on(cases[0].as_of)?;
    let figures = [
        Code::CapitalLower,
        Code::CapitalUpper,
        Code::TariffStep,
        Code::TariffPerStep,
        Code::Pea,
        Code::MigSingle,
        Code::MigSinglePension,
    ];
    let figures: serde_json::Map<String, Value> = figures
        .into_iter()
        .map(|code| (code.code().to_owned(), rates.get(code).pence().into()))
        .collect();
    let line = json!({ "what": "core rule, whole law one at a time, silent", "people": people,
        "cpu": seconds(best), "wall": seconds(best_wall), "sum": sum, "check": check,
        "columns": COLUMNS, "figures": figures });
    println!("{line}");
    Ok(())
}

/// One person of the core rule: single, one income, one saving, one cost of each kind.
fn case_of(
    [care_home, pension_age, capital, income, expenses, housing, cost]: [i64; 7],
) -> Result<Case, Anything> {
    let pounds = |pence: i64| law::pence::Pence::new(pence).to_string();
    let week =
        |kind: &str, amount| json!({ "kind": kind, "amount": pounds(amount), "every": "week" });
    let stay = json!({ "admitted": "2024-05-01", "permanentFrom": "2024-05-01" });
    Ok(serde_json::from_value(json!({
        "asOf": "2026-06-01",
        "setting": if care_home == 1 { "care-home-permanent" } else { "home" },
        "person": { "born": if pension_age == 1 { "1956-03-01" } else { "1980-03-01" },
            "household": "single", "savingsCreditAge": false },
        "premiums": {},
        "income": [week("occupational-pension", income)],
        "capital": [{ "kind": "savings", "value": pounds(capital) }],
        "housing": [week("rent", housing)],
        "dre": [{ "what": "laundry", "amount": pounds(expenses), "every": "week", "allowed": true }],
        "services": [{ "kind": if care_home == 1 { "care-home" } else { "home-care" },
            "cost": pounds(cost), "every": "week" }],
        "stay": (care_home == 1).then_some(stay),
        "toldOn": "2024-05-01",
    }))?)
}

fn seconds(nanos: u128) -> String {
    format!("{}.{:06}", nanos / 1_000_000_000, nanos / 1_000 % 1_000_000)
}

/// How long this thread has run (proc(5), schedstat: nanoseconds).
fn cpu_nanos() -> Result<u128, Anything> {
    let text = fs::read_to_string("/proc/self/schedstat")?;
    Ok(text.split_whitespace().next().ok_or("no figure of CPU time")?.parse()?)
}
