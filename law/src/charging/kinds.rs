//! Kinds of income, capital, housing cost and service: the tables under `law/kinds/`.
//!
//! What the law does with a kind is data, with its rule and how far we have read it. A case names a
//! kind by its code, or by another name people use for it; an unknown name is an error that says
//! which are near.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::day::Day;
use crate::rates::Code;
use crate::working::{Rule, Status};

/// A row of a table of kinds.
pub trait Row: 'static {
    /// Its code.
    fn code(&self) -> &'static str;
    /// What people call it.
    fn in_words(&self) -> &'static str;
    /// The heading under which a form lists it, where its table is long. The kinds of one stand
    /// together in the table.
    fn group(&self) -> Option<&'static str>;
    /// Other names for it.
    fn aliases(&self) -> &'static [String];
    /// What a kind of this table is: “a kind of income”.
    const WHAT: &'static str;
    /// The whole table.
    fn table() -> &'static [Self]
    where
        Self: Sized;
}

/// A kind, of one of the tables.
pub struct Kind<R: Row>(&'static R);

impl<R: Row> Clone for Kind<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Row> Copy for Kind<R> {}

impl<R: Row> PartialEq for Kind<R> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl<R: Row> Eq for Kind<R> {}

impl<R: Row> fmt::Debug for Kind<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code())
    }
}

impl<R: Row> std::ops::Deref for Kind<R> {
    type Target = R;

    fn deref(&self) -> &R {
        self.0
    }
}

/// A name that is no kind of its table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{name}’ is not {what}; {near}`kith charge --schema` lists them all")]
pub struct UnknownKind {
    name: String,
    what: &'static str,
    near: String,
}

impl<R: Row> Kind<R> {
    /// The kind of a code, or of another name for it.
    pub fn named(name: &str) -> Result<Self, UnknownKind> {
        let found = R::table()
            .iter()
            .find(|row| row.code() == name || row.aliases().iter().any(|other| other == name));
        found.map(Self).ok_or_else(|| UnknownKind {
            name: name.to_owned(),
            what: R::WHAT,
            near: near::<R>(name),
        })
    }

    /// Every kind of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        R::table().iter().map(Self)
    }
}

/// Codes that share a word with a name.
fn near<R: Row>(name: &str) -> String {
    let words: Vec<&str> = name.split('-').filter(|word| word.len() > 2).collect();
    let mut codes: Vec<&str> = R::table().iter().map(Row::code).collect();
    let shared = |code: &&str| code.split('-').filter(|part| words.contains(part)).count();
    codes.retain(|code| shared(code) > 0);
    codes.sort_by_key(|code| std::cmp::Reverse(shared(code)));
    codes.truncate(4);
    if codes.is_empty() { String::new() } else { format!("near it: {}; ", codes.join(", ")) }
}

impl<R: Row> Serialize for Kind<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code())
    }
}

impl<'de, R: Row> Deserialize<'de> for Kind<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).map_err(serde::de::Error::custom)
    }
}

/// What the law does with an income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncomeTreat {
    /// It counts.
    Counted,
    /// It is left out.
    Disregarded,
    /// It counts, except in a temporary stay, and brings disability-related expenses.
    DisabilityBenefit,
    /// Half may be left out for a spouse.
    Occupational,
    /// Left out up to a limit.
    SavingsCredit,
    /// The first £10 is left out.
    WarPension,
    /// £20 and half of the rest is left out.
    Lodger,
    /// It counts as capital.
    Capital,
    /// It counts in a care home only.
    CareHomeOnly,
}

/// How an income that has no published rate of its own rises each April.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rises {
    /// In the ratio of the full State Pension.
    WithPensions,
    /// In the ratio of the disability benefits, which rise with prices.
    WithPrices,
}

/// The level of a disability benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BenefitLevel {
    /// DLA care, lowest.
    Lowest,
    /// DLA care middle, Attendance Allowance lower, PIP standard.
    Lower,
    /// DLA care highest, Attendance Allowance higher, PIP enhanced.
    Higher,
}

/// A premium of the minimum income guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Premium {
    /// Disability premium.
    Disability,
    /// Enhanced disability premium.
    Enhanced,
    /// Carer premium.
    Carer,
}

/// What the law does with capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CapitalTreat {
    /// It counts.
    Counted,
    /// It is left out.
    Disregarded,
    /// The home, which is left out while the person lives in it, for twelve weeks, or for a relative.
    MainHome,
    /// Land and houses that are not the home.
    Property,
    /// It is left out for so many weeks.
    ForWeeks,
    /// It was given away and still counts.
    Notional,
}

/// Which housing costs help with them meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HousingHelp {
    /// Rent and what is paid like it.
    Rent,
    /// Council tax.
    CouncilTax,
}

/// What the law makes free of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Free {
    /// Six weeks of each spell.
    Reablement,
    /// Up to the limit of cost.
    Equipment,
    /// Always.
    Always,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    cite: String,
    says: String,
    status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<K> {
    version: String,
    rules: std::collections::BTreeMap<String, RuleRow>,
    kind: Vec<K>,
}

macro_rules! table {
    (
        $(#[$doc:meta])* $row:ident, $kind:ident, $what:literal, $group:literal, $file:literal,
        $raw:ident,
        { $($(#[$field_doc:meta])* $field:ident: $type:ty $(= $default:ident)?,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $row {
            /// Its code.
            pub code: &'static str,
            /// What people call it.
            pub label: &'static str,
            #[doc = concat!("The code of its line in a working: `", $group, ".` and its own.")]
            pub line: &'static str,
            /// The rule for it.
            pub rule: Rule,
            group: Option<&'static str>,
            aliases: &'static [String],
            $($(#[$field_doc])* pub $field: $type,)*
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $raw {
            code: String,
            label: String,
            group: Option<String>,
            rule: String,
            #[serde(default)]
            aliases: Vec<String>,
            $($(#[serde($default)])? $field: $type,)*
        }

        impl Row for $row {
            const WHAT: &'static str = $what;

            fn code(&self) -> &'static str {
                self.code
            }

            fn in_words(&self) -> &'static str {
                self.label
            }

            fn group(&self) -> Option<&'static str> {
                self.group
            }

            fn aliases(&self) -> &'static [String] {
                self.aliases
            }

            fn table() -> &'static [Self] {
                static TABLE: LazyLock<Vec<$row>> = LazyLock::new(|| {
                    let file: File<$raw> = read(include_str!(concat!("../../kinds/", $file)), $file);
                    let rules = leak_rules(file.rules);
                    file.kind.into_iter().map(|raw| $row {
                        rule: rule(&rules, &raw.rule, &raw.code),
                        line: leak(format!(concat!($group, ".{}"), raw.code)),
                        code: leak(raw.code),
                        label: leak(raw.label),
                        group: raw.group.map(leak),
                        aliases: raw.aliases.leak(),
                        $($field: raw.$field,)*
                    }).collect()
                });
                &TABLE
            }
        }

        #[doc = concat!("One of them: ", $what, ".")]
        pub type $kind = Kind<$row>;
    };
}

table! {
    /// A kind of income.
    IncomeRow, IncomeKind, "a kind of income", "income", "income.toml", RawIncome,
    {
        /// What the law does with it.
        treat: IncomeTreat,
        /// The level, of a disability benefit.
        level: Option<BenefitLevel> = default,
        /// The premiums that its payment shows.
        premiums: Vec<Premium> = default,
        /// Whether it is qualifying income for savings credit.
        qualifying: bool = default,
        /// The housing costs it helps with.
        help: Option<HousingHelp> = default,
        /// Its published full rates; an amount that equals one moves with it.
        figures: Vec<Code> = default,
        /// How an amount that is no full rate moves from year to year.
        rises: Option<Rises> = default,
        /// Whether it is a kind for what has no kind of its own.
        other: bool = default,
    }
}

table! {
    /// A kind of capital.
    CapitalRow, CapitalKind, "a kind of capital", "capital", "capital.toml", RawCapital,
    {
        /// What the law does with it.
        treat: CapitalTreat,
        /// Whether selling it costs something.
        sale: bool = default,
        /// How long it is left out, in weeks.
        weeks: Option<u16> = default,
        /// The first day on which it is left out.
        from: Option<Day> = default,
        /// Whether it is a kind for what has no kind of its own.
        other: bool = default,
    }
}

table! {
    /// A kind of housing cost.
    HousingRow, HousingKind, "a kind of housing cost", "housing", "housing.toml", RawHousing,
    {
        /// Whether the place's policy must name it.
        local: bool = default,
        /// The help that meets it.
        help: Option<HousingHelp> = default,
    }
}

table! {
    /// A kind of care or support.
    ServiceRow, ServiceKind, "a kind of service", "service", "services.toml", RawService,
    {
        /// What of it is free.
        free: Option<Free> = default,
        /// Whether the NHS pays for nursing in it.
        nursing: bool = default,
        /// Whether it supports a carer in their own right.
        carer: bool = default,
        /// Whether it is care at night.
        night: bool = default,
    }
}

/// Reads a table that was compiled in: a fault in it is ours, and every test would stop at it.
fn read<K: serde::de::DeserializeOwned>(text: &str, name: &str) -> File<K> {
    let file: File<K> = toml::from_str(text)
        .unwrap_or_else(|error| panic!("the table law/kinds/{name} that was built in: {error}"));
    assert!(!file.version.is_empty(), "law/kinds/{name} has no version");
    file
}

/// Keeps a text of a table for as long as the program runs: there is one table of each.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

type Rules = std::collections::BTreeMap<String, Rule>;

fn leak_rules(rows: std::collections::BTreeMap<String, RuleRow>) -> Rules {
    let rule =
        |row: RuleRow| Rule { cite: leak(row.cite), says: leak(row.says), status: row.status };
    rows.into_iter().map(|(name, row)| (name, rule(row))).collect()
}

fn rule(rules: &Rules, name: &str, kind: &str) -> Rule {
    *rules.get(name).unwrap_or_else(|| panic!("law/kinds: {kind} rests on the unknown rule {name}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn names_are_one<R: Row>() {
        let mut seen = HashSet::new();
        for row in R::table() {
            assert!(seen.insert(row.code().to_owned()), "{} twice", row.code());
            for other in row.aliases() {
                assert!(seen.insert(other.clone()), "{other} twice");
            }
        }
    }

    #[test]
    fn every_name_means_one_kind() {
        names_are_one::<IncomeRow>();
        names_are_one::<CapitalRow>();
        names_are_one::<HousingRow>();
        names_are_one::<ServiceRow>();
    }

    fn groups_stand_together<R: Row>() {
        let mut groups: Vec<Option<&str>> = R::table().iter().map(Row::group).collect();
        groups.dedup();
        let each: HashSet<_> = groups.iter().collect();
        assert_eq!(each.len(), groups.len(), "{}: {groups:?}", R::WHAT);
        for group in groups.into_iter().flatten() {
            let of_it = R::table().iter().filter(|row| row.group() == Some(group)).count();
            assert!(of_it > 1, "{}: “{group}” has one kind; is it misspelt?", R::WHAT);
        }
    }

    #[test]
    fn the_kinds_of_a_group_stand_together() {
        groups_stand_together::<IncomeRow>();
        groups_stand_together::<CapitalRow>();
        groups_stand_together::<HousingRow>();
        groups_stand_together::<ServiceRow>();
    }

    #[test]
    fn a_disability_benefit_has_a_level_and_a_timed_disregard_its_weeks() {
        for kind in IncomeKind::all() {
            let benefit = kind.treat == IncomeTreat::DisabilityBenefit;
            assert_eq!(kind.level.is_some(), benefit, "{kind:?}");
        }
        for kind in CapitalKind::all() {
            assert_eq!(kind.weeks.is_some(), kind.treat == CapitalTreat::ForWeeks, "{kind:?}");
        }
    }

    #[test]
    fn an_unknown_kind_says_what_is_near() {
        let error = IncomeKind::named("pip-daily-living").unwrap_err().to_string();
        assert!(error.contains("‘pip-daily-living’ is not a kind of income"), "{error}");
        assert!(error.contains("pip-daily-living-enhanced"), "{error}");
        assert_eq!(IncomeKind::named("aa-higher").unwrap().code, "attendance-allowance-higher");
    }
}
