//! How fast the charging rules run on one core: the whole law, silent, with its working and as a
//! whole answer; and the core rule over columns, for other programs to do the same.
//!
//! `cargo run --release -p law --example charging -- people FILE.ndjson` reads the people that
//! `kith borough --finances FILE.ndjson` writes and prints a line of JSON for each measurement.
//! `… -- core PEOPLE SEED FILE` draws so many people who differ in the core rule only, writes their
//! columns to FILE for `bench/core_rule.py`, and prints what the charges add up to: by the whole law, one
//! person at a time; by the last stage in columns, every step kept; and under a hundred reforms of it.
//!
//! CPU seconds are the kernel's for this thread. Each figure is the best of the rounds.
#![expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]

use std::fs;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::time::Instant;

use fearless_simd::{Level, dispatch};
use law::charging::columns::{ABREAST, Abreast, Columns, Small};
use law::charging::last::{Amount as _, Brought, Choices, Scale};
use law::charging::policy::{Change, Policy, PolicyBook};
use law::charging::{Case, Compared, Law, Setting, assess};
use law::day::Day;
use law::pence::Pence;
use law::rates::{Code, RateBook, Rates};
use law::working::Recorder;
use rustix::time::{ClockId, clock_gettime};
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
    let mut rows = Vec::with_capacity(people);
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
        rows.push(row);
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
        "columns": COLUMNS, "figures": figures, "reforms": reforms() });
    println!("{line}");
    in_columns(&law, &rows, rates)?;
    under_reforms(&law, &cases)
}

/// The core rule over columns, with every step of it kept.
fn in_columns(law: &Law, rows: &[[i64; 7]], rates: &Rates) -> Result<(), Anything> {
    let all =
        |code| Small::new(rates.get(code)).map(Abreast::all).ok_or("a figure is out of range");
    let scale = Scale {
        lower: all(Code::CapitalLower)?,
        upper: all(Code::CapitalUpper)?,
        step: all(Code::TariffStep)?,
        per_step: all(Code::TariffPerStep)?,
    };
    let (pea, young, old) = (all(Code::Pea)?, all(Code::MigSingle)?, all(Code::MigSinglePension)?);
    let ranks: Vec<[Abreast; 7]> = rows
        .chunks(ABREAST)
        .map(|some| {
            let amount = |at: usize, person: usize| {
                some.get(person).and_then(|row| Small::new(Pence::new(row[at])))
            };
            std::array::from_fn(|at| {
                Abreast::of(std::array::from_fn(|person| amount(at, person).unwrap_or_default()))
            })
        })
        .collect();
    // A place that has chosen nothing: the same at home and in a care home.
    let choices = Choices::abreast(&Choices::at_home(rates, law.policy.on(Day::LAST)));
    let mut steps = Vec::with_capacity(ranks.len());
    let (mut best, mut best_wall) = (u128::MAX, u128::MAX);
    let none = Abreast::NOTHING;
    for _ in 0..ROUNDS {
        let (begun, wall) = (cpu_nanos()?, Instant::now());
        steps.clear();
        dispatch!(Level::new(), _simd => steps.extend(black_box(&ranks).iter().map(
            |&[care_home, pension_age, capital, income, expenses, housing, cost]| {
                let tariff = scale.income(capital);
                let guarantee = pension_age.above(none, old, young);
                let brought = Brought {
                    capital,
                    income: income.plus(tariff),
                    guarantee: care_home.above(none, pea, guarantee),
                    besides: care_home.above(none, none, housing.plus(expenses)),
                    cost,
                    fee: none,
                };
                (tariff, brought, choices.stage(brought))
            },
        )));
        black_box(&mut steps);
        best = best.min(cpu_nanos()? - begun);
        best_wall = best_wall.min(wall.elapsed().as_nanos());
    }
    let charges = steps.iter().flat_map(|(_, _, steps)| steps.charge.each());
    let (mut sum, mut check) = (0, 0);
    for (at, charge) in (1..).zip(charges).take(rows.len()) {
        sum += charge.pence().pence();
        check += charge.pence().pence() * (at % 1_009);
    }
    let line = json!({ "what": "core rule in columns, every step kept", "people": rows.len(),
        "cpu": seconds(best), "wall": seconds(best_wall), "sum": sum, "check": check });
    println!("{line}");
    Ok(())
}

/// A hundred reforms: in hundredths of a percent and in pence, the taper, what is added to the
/// guarantee, and the least and the most that is charged.
fn reforms() -> Vec<[i64; 4]> {
    (0..100).map(|at| [10_000 - at * 37, at % 10 * 125, at % 7 * 100, 8_000 + at * 150]).collect()
}

/// Each reform tried on everybody: what they pay together, how many pay more, less, newly and no
/// longer.
fn under_reforms(law: &Law, cases: &[Case]) -> Result<(), Anything> {
    let begun = cpu_nanos()?;
    let (mut columns, mut fixed) = (Columns::default(), Compared::default());
    let mut rates = law.rates.on(cases[0].as_of)?;
    for case in cases {
        let at = law.at_last(case, case.as_of, case.as_of)?;
        rates = at.rates;
        let choices = Choices::at_home(at.rates, at.policy);
        let before = at.last.pays(&choices);
        if at.in_care_home || !columns.put(&at.last, before) {
            fixed.add(before, before);
        }
    }
    let ready = cpu_nanos()? - begun;
    let reforms = reforms();
    let mut choices = Vec::with_capacity(reforms.len());
    for [taper, uplift, least, most] in reforms {
        let text = |pence: i64| Pence::new(pence).to_string();
        let change: Change = serde_json::from_value(json!({ "taper-percent": text(taper),
            "mig-uplift-percent": text(uplift), "minimum-charge": text(least),
            "maximum-charge": text(most) }))?;
        choices.push(Choices::at_home(rates, &Policy::default().with(&change)));
    }
    let (mut best, mut best_wall) = (u128::MAX, u128::MAX);
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let (begun, wall) = (cpu_nanos()?, Instant::now());
        found = black_box(&columns).compare(&choices);
        best = best.min(cpu_nanos()? - begun);
        best_wall = best_wall.min(wall.elapsed().as_nanos());
    }
    let found: Vec<_> = found
        .iter()
        .map(|it| {
            let sum = fixed.after.pence() + it.after.pence();
            json!([sum, [it.more, it.less, it.newly, it.no_longer]])
        })
        .collect();
    let line = json!({ "what": "a hundred reforms", "people": cases.len(), "cpu": seconds(best),
        "wall": seconds(best_wall), "ready": seconds(ready), "found": found });
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

/// How many nanoseconds this thread has run. What /proc says of it is behind by up to a tick of the system.
fn cpu_nanos() -> Result<u128, Anything> {
    let ran = clock_gettime(ClockId::ThreadCPUTime);
    Ok(u128::try_from(ran.tv_sec)? * 1_000_000_000 + u128::try_from(ran.tv_nsec)?)
}
