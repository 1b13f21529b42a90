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
            Setting::CareHomePermanent => permanent(case, asks),
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

impl Case {
    /// The day from which a stay is permanent: that on which the plan was amended.
    fn permanent_from(&self) -> Option<Day> {
        self.stay.as_ref()?.permanent_from
    }

    /// Whether the person is in a care home to stay: from the day the plan was amended, before which the
    /// stay is temporary (CSSG Annex F 6 and 7); where nobody knows the day, from the first.
    pub fn is_there_to_stay(&self) -> bool {
        self.setting == Setting::CareHomePermanent
            && self.permanent_from().is_none_or(|from| from <= self.as_of)
    }
}

/// The rules of a permanent stay, or of a temporary one until it is permanent.
fn permanent(case: &Case, asks: &mut Asks) -> Regime {
    if case.permanent_from().is_none() {
        asks.add(Ask::PermanentFrom);
    }
    if case.is_there_to_stay() {
        Regime::Permanent
    } else {
        asks.add(Ask::NotYetPermanent);
        Regime::Temporary
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
