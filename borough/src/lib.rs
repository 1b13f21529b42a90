//! An invented place with invented people, for the demo, the tests and the benchmarks.
//!
//! The practices, the areas and how common conditions are are real; every person is invented. The
//! same seed gives the same people on every machine: whole numbers only, no clock, nothing ordered
//! by chance. Nobody is kept: a household is a function of the seed and its number, so a borough of
//! two million takes no more memory than one of a thousand. See `docs/borough.md`.

mod coding;
mod describe;
mod dice;
mod finances;
mod household;
mod illness;
mod numbers;
mod person;
mod place;
mod residents;
mod tables;
mod written;

use law::day::Day;

pub use coding::{IS_A_CARER, LIVES_ALONE, Record};
pub use describe::{Band, Description, Prevalence, describe};
pub use finances::SupportedPeople;
pub use household::Kind;
pub use illness::Conditions;
pub use residents::{Inhabitant, Residents};
pub use written::{CannotWrite, Options, Written, write_ndjson};

/// A place of so many invented residents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Borough {
    seed: u64,
    size: u32,
}

/// The fewest and the most residents a borough can have.
pub const SIZES: std::ops::RangeInclusive<u32> = 1_000..=2_000_000;

/// A number of residents that is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a borough has 1,000 to 2,000,000 residents, and {0} is not between them")]
pub struct NotASize(pub u32);

impl Borough {
    /// The borough of this seed, with so many residents ([`SIZES`]). A larger one begins with the
    /// same people.
    pub fn new(seed: u64, residents: u32) -> Result<Self, NotASize> {
        if SIZES.contains(&residents) {
            Ok(Self { seed, size: residents })
        } else {
            Err(NotASize(residents))
        }
    }

    /// The seed all its chance comes from.
    pub fn seed(self) -> u64 {
        self.seed
    }

    /// How many residents it has, a few of whom have died.
    pub fn size(self) -> u32 {
        self.size
    }

    /// Its residents, household by household.
    pub fn residents(&self) -> Residents {
        Residents::new(self)
    }
}

/// The day the surgeries' feed was drawn: ages are as of it, and nothing is later.
pub fn feed_day() -> Day {
    coding::on(FEED_DAY)
}

/// 1 November 2026, in days since 1970-01-01.
const FEED_DAY: i32 = 20_758;
