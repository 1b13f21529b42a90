//! How a borough's conditions are spread, in a small table.

use std::fmt;

use care::find::register::Death;

use crate::Borough;
use crate::tables::{BOROUGHS, TABLES};

/// How many adults of an age band have how many conditions of the tier 1 list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Band {
    /// Youngest age.
    pub from: u8,
    /// Oldest age.
    pub to: u8,
    /// Adults of these ages, alive.
    pub adults: u32,
    /// Of whom with one condition or more.
    pub with_1: u32,
    /// With two or more.
    pub with_2: u32,
    /// With three or more.
    pub with_3: u32,
}

/// How common a condition with a national register is in one borough, and how common it should be.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Prevalence {
    /// The condition.
    pub condition: &'static str,
    /// The borough people live in.
    pub borough: &'static str,
    /// People alive, of the ages the register is about.
    pub people: u64,
    /// Of whom have the condition.
    pub have: u64,
    /// How many should, for every 100,000 (`prevalence.csv`, times the condition's breadth).
    pub target_per_100_000: u64,
}

impl Prevalence {
    /// How many have it, for every 100,000.
    pub fn per_100_000(&self) -> u64 {
        self.have * 100_000 / self.people.max(1)
    }
}

/// A borough in a few figures.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Description {
    /// Residents, of any age.
    pub residents: u32,
    /// Of whom are recorded as dead.
    pub dead: u32,
    /// Coded records.
    pub records: u64,
    /// Adults alive, by age; the last band is all of them.
    pub bands: Vec<Band>,
    /// The conditions with a national register, borough by borough.
    pub prevalence: Vec<Prevalence>,
}

const BANDS: [(u8, u8); 8] =
    [(18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 130), (18, 130)];

/// Counts a borough.
pub fn describe(borough: &Borough) -> Description {
    let empty = |(from, to)| Band { from, to, adults: 0, with_1: 0, with_2: 0, with_3: 0 };
    let bands = BANDS.into_iter().map(empty).collect();
    let (registered, prevalence) = registered();
    let mut description = Description { residents: 0, dead: 0, records: 0, bands, prevalence };
    for inhabitant in borough.residents() {
        description.residents += 1;
        description.records += inhabitant.records.len() as u64;
        if inhabitant.resident.death != Death::Alive {
            description.dead += 1;
            continue;
        }
        let borough = BOROUGHS.iter().position(|name| *name == inhabitant.borough).unwrap_or(0);
        let rows = description.prevalence.chunks_mut(BOROUGHS.len());
        for (row, (at, from_age)) in rows.map(|rows| &mut rows[borough]).zip(&registered) {
            if inhabitant.age >= *from_age {
                row.people += 1;
                row.have += u64::from(inhabitant.conditions.has(*at));
            }
        }
        let count = inhabitant.conditions.count_tier_1();
        for band in &mut description.bands {
            if (band.from..=band.to).contains(&inhabitant.age) {
                band.adults += 1;
                band.with_1 += u32::from(count >= 1);
                band.with_2 += u32::from(count >= 2);
                band.with_3 += u32::from(count >= 3);
            }
        }
    }
    description
}

/// Each condition with a register: its position, and the register's youngest age. And the rows to fill,
/// one for each of them in each borough.
fn registered() -> (Vec<(usize, u8)>, Vec<Prevalence>) {
    let mut registered = Vec::new();
    let mut rows = Vec::new();
    for (at, condition) in TABLES.conditions.iter().enumerate() {
        let Some(register) = condition.register else { continue };
        registered.push((at, register.from_age));
        for (borough, target) in BOROUGHS.iter().zip(register.per_100_000()) {
            rows.push(Prevalence {
                condition: &condition.key,
                borough,
                people: 0,
                have: 0,
                target_per_100_000: target * condition.breadth / 1000,
            });
        }
    }
    (registered, rows)
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} residents ({} recorded as dead), {} coded records",
            self.residents, self.dead, self.records
        )?;
        writeln!(f, "{:>8} {:>9} {:>8} {:>8} {:>8}", "age", "adults", "1+", "2+", "3+")?;
        for band in &self.bands {
            let ages = match (band.from, band.to) {
                (18, 130) => "all".to_owned(),
                (from, 130) => format!("{from}+"),
                (from, to) => format!("{from}–{to}"),
            };
            let [one, two, three] =
                [band.with_1, band.with_2, band.with_3].map(|count| percent(count, band.adults));
            writeln!(f, "{ages:>8} {:>9} {one:>8} {two:>8} {three:>8}", band.adults)?;
        }
        writeln!(f, "\nin every 100,000 of the register's ages: found (wanted)")?;
        let [one, two, three] = BOROUGHS;
        writeln!(f, "{:<20} {one:>15} {two:>15} {three:>15}", "condition")?;
        for rows in self.prevalence.chunks(BOROUGHS.len()) {
            write!(f, "{:<20}", rows[0].condition)?;
            for row in rows {
                write!(f, " {:>7} ({:>5})", row.per_100_000(), row.target_per_100_000)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// “12.3%”.
fn percent(part: u32, whole: u32) -> String {
    let per_mille = u64::from(part) * 1000 / u64::from(whole.max(1));
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}
