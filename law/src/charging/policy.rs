//! A place's own choices about charging: what the regulations leave to the council.
//!
//! They are data, dated, in `policy/charging.toml`; a case may lay its own over them. What is not
//! chosen is what the law says by itself.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::charging::kinds::{HousingKind, ServiceKind};
use crate::day::Day;
use crate::pence::{Pence, Round};
use crate::period::Every;
use crate::rates::Code;

/// A percentage, to a hundredth: nought to a thousand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u32);

/// A text that should have been a percentage, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{0}’ is not a percentage: write a number in quotes, for example \"25\" or \"12.5\"")]
pub struct NotAPercent(String);

impl Percent {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// All.
    pub const HUNDRED: Self = Self(10_000);

    /// Reads a number with at most two decimals, to 1,000.
    pub fn parse(text: &str) -> Result<Self, NotAPercent> {
        let amount = Pence::parse(text).map_err(|_| NotAPercent(text.to_owned()))?;
        let hundredths = u32::try_from(amount.pence()).ok().filter(|&part| part <= 100_000);
        hundredths.map(Self).ok_or_else(|| NotAPercent(text.to_owned()))
    }

    /// In hundredths of a percent.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// So much of an amount.
    #[must_use]
    pub const fn of(self, amount: Pence, round: Round) -> Pence {
        amount.times(self.0 as i64, 10_000, round)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        if part == 0 { write!(f, "{whole}") } else { write!(f, "{whole}.{part:02}") }
    }
}

impl fmt::Debug for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}%")
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Money every so often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// How much.
    pub amount: Pence,
    /// How often.
    pub every: Every,
}

/// A standard allowance for the costs of a disability, by the level of the benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct FlatRates {
    /// With DLA care at the lowest rate.
    pub lowest: Pence,
    /// With the lower rate of Attendance Allowance, DLA care middle, PIP standard.
    pub lower: Pence,
    /// With the higher rate of Attendance Allowance, DLA care highest, PIP enhanced.
    pub higher: Pence,
}

/// To what a part week's charge is rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArrearsRounding {
    /// To the penny.
    #[default]
    Penny,
    /// To ten pence.
    TenPence,
    /// To the pound.
    Pound,
}

/// How interest on a deferred payment grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InterestBasis {
    /// Worked out each day and added each week.
    #[default]
    DailyAddedWeekly,
    /// Worked out and added each day.
    Daily,
    /// Worked out and added each month.
    Monthly,
}

impl InterestBasis {
    /// In words, after a rate: “added each week”.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::DailyAddedWeekly => "added each week",
            Self::Daily => "added each day",
            Self::Monthly => "added each month",
        }
    }
}

macro_rules! policy {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $default:expr;)+) => {
        /// A place's choices on a day, each of them made.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub struct Policy { $($(#[$doc])* pub $field: $type,)+ }

        impl Default for Policy {
            /// What the law says where a place has chosen nothing.
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        /// Some choices, to be laid over others.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
        pub struct Change {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)+
        }

        impl Policy {
            /// These choices, with others laid over them.
            #[must_use]
            pub fn with(mut self, change: &Change) -> Self {
                $(if let Some(chosen) = &change.$field { self.$field = chosen.clone(); })+
                self
            }
        }
    };
}

policy! {
    /// What is added to the minimum income guarantee, in percent of it.
    mig_uplift_percent: Percent = Percent::ZERO;
    /// What is added to the minimum income guarantee, a week.
    mig_uplift_sum: Pence = Pence::ZERO;
    /// The place's own guarantee rates, by the codes of the law's; never below them.
    mig_table: BTreeMap<String, Pence> = BTreeMap::new();
    /// The part of what is left over that is taken.
    taper_percent: Percent = Percent::HUNDRED;
    /// The capital above which care at home is paid for in full; none is the law's limit, and it
    /// may not be lower.
    upper_capital_limit_home: Pence = Pence::ZERO;
    /// The standard allowance for the costs of a disability.
    dre_flat_rates: FlatRates = FlatRates::default();
    /// Whether the difference between the higher and lower rates of a disability benefit is left
    /// out where the council provides no care at night.
    night_care_disregard: bool = false;
    /// The local housing costs that are allowed: insurance, water, board.
    housing_allowed: Vec<HousingKind> = Vec::new();
    /// A weekly charge below this is not collected.
    minimum_charge: Pence = Pence::ZERO;
    /// The most that is charged a week at home; nothing is no limit.
    maximum_charge: Pence = Pence::ZERO;
    /// What arranging care for someone who pays in full costs them.
    arrangement_fee: Option<Fee> = None;
    /// Whether a short stay in a care home is charged as if at home (reg 8).
    short_term_as_at_home: bool = true;
    /// The longest short stay, in nights: at most 56.
    short_term_nights: u16 = 56;
    /// Whether carers are charged for their own support.
    charge_carers: bool = false;
    /// Kinds of service that are not charged for.
    not_charged: Vec<ServiceKind> = Vec::new();
    /// To what a part week's charge is rounded down.
    arrears_rounding: ArrearsRounding = ArrearsRounding::Penny;
    /// What is added to the personal expenses allowance, a week.
    pea_uplift_sum: Pence = Pence::ZERO;
    /// How interest on a deferred payment grows.
    deferred_interest_basis: InterestBasis = InterestBasis::DailyAddedWeekly;
    /// What setting up a deferred payment costs, once.
    deferred_setup_fee: Pence = Pence::ZERO;
    /// What keeping a deferred payment costs, a year.
    deferred_yearly_fee: Pence = Pence::ZERO;
}

/// A place's charging policy through time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyBook {
    /// Which version of the file this is.
    pub version: String,
    /// Where it was published.
    pub source: String,
    sets: Vec<(Day, Policy)>,
    /// What holds before the first set.
    unchosen: Policy,
}

/// What is wrong with a policy, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PolicyFault(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    version: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    from: BTreeMap<String, Change>,
}

impl PolicyBook {
    /// The book of a place that has chosen nothing.
    pub fn law_alone() -> Self {
        Self {
            version: "none".into(),
            source: "the law alone".into(),
            sets: Vec::new(),
            unchosen: Policy::default(),
        }
    }

    /// Reads `charging.toml`: a version, a source, and under `[from.DATE]` what changes that day.
    pub fn read(name: &str, text: &str) -> Result<Self, PolicyFault> {
        let file: PolicyFile = toml::from_str(text).map_err(|error| {
            PolicyFault(format!("{name}: {}", error.to_string().trim().replace('\n', " ")))
        })?;
        let mut sets: Vec<(Day, Policy)> = Vec::with_capacity(file.from.len());
        // Days written year-month-day sort as they come.
        for (date, change) in &file.from {
            let day = Day::parse(date).map_err(|error| PolicyFault(format!("{name}: {error}")))?;
            let before = sets.last().map_or_else(Policy::default, |(_, policy)| policy.clone());
            let policy = before.with(change);
            policy.check().map_err(|said| PolicyFault(format!("{name}, from {date}: {said}")))?;
            sets.push((day, policy));
        }
        let unchosen = Policy::default();
        Ok(Self { version: file.version, source: file.source, sets, unchosen })
    }

    /// The choices in force on a day.
    pub fn on(&self, day: Day) -> &Policy {
        let newest = self.sets.iter().rev().find(|(from, _)| *from <= day);
        newest.map_or(&self.unchosen, |(_, policy)| policy)
    }

    /// The days on which something changes.
    pub fn changes(&self) -> impl Iterator<Item = Day> {
        self.sets.iter().map(|&(from, _)| from)
    }
}

impl Policy {
    /// Whether the choices are ones the law leaves to a council.
    pub fn check(&self) -> Result<(), PolicyFault> {
        let fault = |text: String| Err(PolicyFault(text));
        if self.taper_percent > Percent::HUNDRED {
            return fault(format!("taper-percent is {}: at most 100", self.taper_percent));
        }
        if self.short_term_nights > 56 {
            let nights = self.short_term_nights;
            return fault(format!(
                "short-term-nights is {nights}: at most 56, eight weeks (reg 8)"
            ));
        }
        if let Some(name) = self
            .mig_table
            .keys()
            .find(|name| Code::named(name).is_none_or(|code| !code.code().starts_with("mig-")))
        {
            return fault(format!("mig-table names ‘{name}’, which is no rate of the guarantee"));
        }
        if let Some(kind) = self.housing_allowed.iter().find(|kind| !kind.local) {
            return fault(format!(
                "housing-allowed names {}, which the law allows anyway",
                kind.code
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_hold_from_their_day_and_stay_until_changed() {
        let book = PolicyBook::read(
            "charging.toml",
            "version = \"1\"\n[from.2024-04-01]\ntaper-percent = \"90\"\n\
             [from.2025-04-01]\nminimum-charge = \"2.00\"\nhousing-allowed = [\"water\"]\n",
        )
        .unwrap();
        let on = |text| book.on(Day::parse(text).unwrap());
        assert_eq!(on("2024-03-31"), &Policy::default());
        assert_eq!(on("2025-03-31").taper_percent.to_string(), "90");
        assert_eq!(on("2025-04-01").taper_percent.to_string(), "90");
        assert_eq!(on("2025-04-01").minimum_charge, Pence::pounds(2));
    }

    #[test]
    fn a_choice_that_is_not_the_councils_is_named() {
        for (text, said) in [
            ("taper-percent = \"101\"", "at most 100"),
            ("short-term-nights = 57", "at most 56"),
            ("housing-allowed = [\"rent\"]", "allows anyway"),
            ("mig-table = { pea = \"1.00\" }", "‘pea’"),
            ("tapper = \"1\"", "tapper"),
            ("minimum-charge = 2.5", "amount in quotes"),
        ] {
            let file = format!("version = \"1\"\n[from.2024-04-01]\n{text}\n");
            let error = PolicyBook::read("charging.toml", &file).unwrap_err().to_string();
            assert!(error.contains(said) && error.contains("charging.toml"), "{text}: {error}");
        }
    }
}
