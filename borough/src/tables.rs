//! The tables of facts and of invention in `data/`: each file's head says which it holds, its source
//! and its licence.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The youngest age above every curve's end.
pub(crate) const AGES: usize = 111;

/// A borough of the place, by its position in the tables.
pub(crate) const BOROUGHS: [&str; 3] = ["Lambeth", "Southwark", "Lewisham"];

/// All tables, read once.
pub(crate) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// How common the national registers are, read once.
static REGISTERS: LazyLock<Vec<Register>> =
    LazyLock::new(|| rows(include_str!("../data/prevalence.csv")));

pub(crate) struct Tables {
    pub practices: Vec<Practice>,
    pub areas: Vec<Area>,
    pub conditions: Vec<Condition>,
    pub combined: Vec<Combined>,
    pub minor: Vec<Minor>,
    pub communities: Vec<Community>,
    pub elders: Names,
    pub streets: Vec<String>,
}

/// A GP practice (`practices.csv`).
#[derive(Debug, Deserialize)]
pub(crate) struct Practice {
    pub ods: String,
    pub name: String,
    pub borough: String,
    pub postcode: String,
    pub list: u32,
    pub adults: u32,
    pub over64: u32,
    pub neighbourhood: String,
}

/// A small area (`areas.csv`).
#[derive(Debug, Deserialize)]
pub(crate) struct Area {
    pub lsoa: String,
    pub borough: String,
    pub decile: usize,
    pub neighbourhood: String,
}

/// How common a register is (`prevalence.csv`).
#[derive(Debug, Deserialize)]
pub(crate) struct Register {
    #[serde(rename = "register")]
    pub name: String,
    pub from_age: u8,
    lambeth: u64,
    southwark: u64,
    lewisham: u64,
    d1: u64,
    d2: u64,
    d3: u64,
    d4: u64,
    d5: u64,
    d6: u64,
    d7: u64,
    d8: u64,
    d9: u64,
    d10: u64,
}

impl Register {
    /// Per 100,000 people of `from_age` and over, in the boroughs of [`BOROUGHS`].
    pub fn per_100_000(&self) -> [u64; 3] {
        [self.lambeth, self.southwark, self.lewisham]
    }

    fn gradient(&self) -> [u64; 10] {
        [self.d1, self.d2, self.d3, self.d4, self.d5, self.d6, self.d7, self.d8, self.d9, self.d10]
    }
}

/// Conditions that share causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cluster {
    General,
    Metabolic,
    Heart,
    Airways,
    Mind,
    Brain,
    Bones,
    Senses,
}

/// A long-term condition (`conditions.csv`, with its codes and its gradient).
pub(crate) struct Condition {
    pub key: String,
    pub tier: u8,
    pub register: Option<&'static Register>,
    /// People with the condition for every thousand on the register.
    pub breadth: u64,
    pub cluster: Cluster,
    pub weight: u64,
    /// Thousandths, by borough.
    pub scale: [u64; 3],
    /// Thousandths, by tenth of deprivation.
    pub gradient: [u64; 10],
    pub black: u64,
    pub asian: u64,
    pub first: i32,
    pub span: i32,
    /// Per million, by single year of age.
    pub women: Vec<u64>,
    pub men: Vec<u64>,
    pub diagnoses: Vec<Code>,
    pub resolved: Vec<Code>,
}

#[derive(Deserialize)]
struct ConditionRow {
    condition: String,
    tier: u8,
    register: Option<String>,
    gradient: String,
    breadth: u64,
    cluster: Cluster,
    weight: u64,
    scale: String,
    black: u64,
    asian: u64,
    first: i32,
    span: i32,
    women: String,
    men: String,
}

/// A code of a condition (`codes.csv`).
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub snomed: u64,
    pub weight: u32,
    /// Only for women, or only for men.
    pub sex: Option<Sex>,
    pub words: String,
}

/// One code that says several conditions at once.
pub(crate) struct Combined {
    /// Positions in [`Tables::conditions`].
    pub conditions: Vec<usize>,
    pub code: Code,
}

#[derive(Deserialize)]
struct CodeRow {
    condition: String,
    #[serde(rename = "use")]
    purpose: String,
    snomed: u64,
    weight: u32,
    sex: Option<Sex>,
    words: String,
}

/// The two sexes the curves tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Sex {
    #[serde(rename = "f")]
    Female,
    #[serde(rename = "m")]
    Male,
}

/// A passing illness or finding (`minor.csv`).
#[derive(Debug, Deserialize)]
pub(crate) struct Minor {
    pub snomed: u64,
    pub child: u32,
    pub adult: u32,
    pub older: u32,
    pub words: String,
}

/// Whose figures apply to a person's risks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Heritage {
    Black,
    Asian,
    Other,
}

/// A community (`communities.csv`, with its names).
pub(crate) struct Community {
    pub category: String,
    pub heritage: Heritage,
    /// Per 10,000 people aged 0–17, 18–44, 45–64, and 65 and over.
    pub share: [u32; 4],
    pub language: String,
    /// Thousandths who prefer it to English: under 45, and from 45.
    pub other_language: [u64; 2],
    pub interpreter: u64,
    pub names: Names,
}

#[derive(Deserialize)]
struct CommunityRow {
    community: String,
    category: String,
    heritage: Heritage,
    children: u32,
    young: u32,
    middle: u32,
    older: u32,
    language: String,
    other_language: String,
    interpreter: u64,
}

/// The names of a community (`names.csv`).
#[derive(Clone)]
pub(crate) struct Names {
    pub women: Vec<String>,
    pub men: Vec<String>,
    pub families: Vec<String>,
}

#[derive(Deserialize)]
struct NamesRow {
    community: String,
    women: String,
    men: String,
    families: String,
}

#[derive(Deserialize)]
struct StreetRow {
    street: String,
}

impl Tables {
    fn read() -> Self {
        let codes: Vec<CodeRow> = rows(include_str!("../data/codes.csv"));
        let conditions: Vec<Condition> = rows(include_str!("../data/conditions.csv"))
            .into_iter()
            .map(|row| condition(row, &codes))
            .collect();
        let combined = codes.iter().filter(|row| row.condition.contains(' ')).map(|row| Combined {
            conditions: row
                .condition
                .split(' ')
                .map(|key| conditions.iter().position(|condition| condition.key == key))
                .map(|found| found.expect("codes.csv names conditions of conditions.csv"))
                .collect(),
            code: code(row),
        });
        let combined = combined.collect();
        let names: Vec<NamesRow> = rows(include_str!("../data/names.csv"));
        let communities = rows(include_str!("../data/communities.csv"));
        let streets: Vec<StreetRow> = rows(include_str!("../data/streets.csv"));
        Self {
            practices: rows(include_str!("../data/practices.csv")),
            areas: rows(include_str!("../data/areas.csv")),
            combined,
            conditions,
            minor: rows(include_str!("../data/minor.csv")),
            communities: communities.into_iter().map(|row| community(row, &names)).collect(),
            elders: names_of(&names, "british_older"),
            streets: streets.into_iter().map(|row| row.street).collect(),
        }
    }
}

fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let rows: Result<Vec<T>, csv::Error> = reader.deserialize().collect();
    rows.expect("the tables are built in, and a test reads each of them")
}

fn numbers<const N: usize>(text: &str) -> [u64; N] {
    let numbers: Option<Vec<u64>> = text.split(' ').map(|number| number.parse().ok()).collect();
    let numbers: Option<[u64; N]> = numbers.and_then(|numbers| numbers.try_into().ok());
    numbers.expect("the tables are built in, and a test reads each of them")
}

fn condition(row: ConditionRow, codes: &[CodeRow]) -> Condition {
    let named = |name: &str| REGISTERS.iter().find(|register| register.name == name);
    let gradient = named(&row.gradient);
    let codes_for = |purpose: &str| -> Vec<Code> {
        let fitting = |code: &&CodeRow| code.condition == row.condition && code.purpose == purpose;
        codes.iter().filter(fitting).map(code).collect()
    };
    Condition {
        tier: row.tier,
        register: row
            .register
            .as_deref()
            .map(|name| named(name).expect("conditions.csv names registers of prevalence.csv")),
        breadth: row.breadth,
        cluster: row.cluster,
        weight: row.weight,
        scale: numbers(&row.scale),
        gradient: gradient.expect("conditions.csv names registers of prevalence.csv").gradient(),
        black: row.black,
        asian: row.asian,
        first: row.first,
        span: row.span,
        women: curve(numbers(&row.women)),
        men: curve(numbers(&row.men)),
        diagnoses: codes_for("diagnosis"),
        resolved: codes_for("resolved"),
        key: row.condition,
    }
}

fn code(row: &CodeRow) -> Code {
    Code { snomed: row.snomed, weight: row.weight, sex: row.sex, words: row.words.clone() }
}

/// Straight lines between the figures at ages 0, 10 … 90, and level after that: per 10,000 in, per
/// million out.
fn curve(knots: [u64; 10]) -> Vec<u64> {
    (0..AGES)
        .map(|age| {
            let (knot, years) = ((age / 10).min(9), age as u64 % 10);
            let next = knots.get(knot + 1).copied().unwrap_or(knots[knot]);
            (knots[knot] * (10 - years) + next * years) * 10
        })
        .collect()
}

fn community(row: CommunityRow, names: &[NamesRow]) -> Community {
    Community {
        names: names_of(names, &row.community),
        category: row.category,
        heritage: row.heritage,
        share: [row.children, row.young, row.middle, row.older],
        language: row.language,
        other_language: numbers(&row.other_language),
        interpreter: row.interpreter,
    }
}

fn names_of(rows: &[NamesRow], community: &str) -> Names {
    let row = rows.iter().find(|row| row.community == community);
    let row = row.expect("names.csv has every community of communities.csv");
    let list = |text: &str| text.split(';').map(str::to_owned).collect();
    Names { women: list(&row.women), men: list(&row.men), families: list(&row.families) }
}
