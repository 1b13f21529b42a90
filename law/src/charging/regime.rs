//! Under which part of the law a case falls: at home, a permanent stay, or a temporary one.

use crate::charging::asks::{Ask, Asks};
use crate::charging::case::{Case, Setting, Stay};
use crate::charging::policy::Policy;
use crate::day::Day;

/// Which rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// Care outside a care home, or a short stay charged as if it were (reg 7, reg 8).
    Home,
    /// A permanent stay in a care home (reg 6).
    Permanent,
    /// A temporary stay in a care home (reg 6, and Sch 1 and 2 for temporary residents).
    Temporary,
}

/// The longest stay that is temporary: 52 weeks.
const TEMPORARY_DAYS: i32 = 52 * 7;

impl Regime {
    /// The rules for a case, and what that leaves to ask.
    pub(super) fn of(case: &Case, policy: &Policy, asks: &mut Asks) -> Self {
        let stay = case.stay.as_ref();
        if case.setting != Setting::Home && stay.is_none() {
            asks.add(Ask::Admitted);
        }
        match case.setting {
            Setting::Home => Self::Home,
            Setting::CareHomePermanent => permanent(stay, case.as_of, asks),
            Setting::CareHomeTemporary => {
                if nights(stay, case.as_of) > TEMPORARY_DAYS {
                    asks.add(Ask::TemporaryOver);
                }
                Self::Temporary
            }
            Setting::CareHomeShortTerm => short(stay, case.as_of, policy, asks),
        }
    }

    /// Whether the person is in a care home for the purpose of the rules.
    pub const fn in_care_home(self) -> bool {
        !matches!(self, Self::Home)
    }
}

/// A stay is permanent from the day the plan was amended, and temporary before it
/// (CSSG Annex F 6 and 7).
fn permanent(stay: Option<&Stay>, day: Day, asks: &mut Asks) -> Regime {
    match stay.map(|stay| stay.permanent_from) {
        Some(Some(from)) if day < from => {
            asks.add(Ask::NotYetPermanent);
            Regime::Temporary
        }
        Some(Some(_)) => Regime::Permanent,
        Some(None) | None => {
            asks.add(Ask::PermanentFrom);
            Regime::Permanent
        }
    }
}

/// A short stay may be charged as if at home, for at most eight weeks (reg 8).
fn short(stay: Option<&Stay>, day: Day, policy: &Policy, asks: &mut Asks) -> Regime {
    if nights(stay, day) > i32::from(policy.short_term_nights) {
        asks.add(Ask::ShortStayOver);
        return Regime::Temporary;
    }
    if policy.short_term_as_at_home { Regime::Home } else { Regime::Temporary }
}

/// How many nights the stay counts on a day, this one included: the first day is one.
fn nights(stay: Option<&Stay>, day: Day) -> i32 {
    stay.map_or(0, |stay| day.epoch_days() - stay.admitted.epoch_days() + 1)
}
