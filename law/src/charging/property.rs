//! The main or only home: when it is left out (SI 2014/2672 Sch 2 para 1 to 4).

use crate::charging::asks::Ask;
use crate::charging::capital::LeftOut;
use crate::charging::case::{Capital, OccupiedBy, Stay};
use crate::charging::regime::Regime;
use crate::charging::rules;
use crate::charging::sitting::Sitting;
use crate::day::Day;
use crate::working::Trace;

/// The days of the disregard: twelve weeks.
pub(super) const TWELVE_WEEKS: i32 = 12 * 7;
/// A return within so many days of leaving has only what was left of the twelve weeks.
const FIFTY_TWO_WEEKS: i32 = 52 * 7;

impl<T: Trace> Sitting<'_, T> {
    /// Why the home is left out on this day, if it is.
    pub(super) fn home_left_out(&mut self, home: &Capital) -> Option<LeftOut> {
        if self.regime == Regime::Home {
            return Some(LeftOut { rule: rules::HOME_LIVED_IN, why: "because it is lived in" });
        }
        if let Some(left) = self.relative_there(home) {
            return Some(left);
        }
        let stay = self.case.stay.as_ref();
        if self.regime == Regime::Temporary {
            if stay.is_none_or(|stay| stay.plans_to_return) {
                return Some(LeftOut {
                    rule: rules::HOME_RETURN,
                    why: "while there is a plan to go back",
                });
            }
            self.ask(Ask::NoReturn);
            return None;
        }
        let stay = stay?;
        let day = self.day();
        if in_twelve_weeks(stay, day) {
            return Some(LeftOut { rule: rules::TWELVE_WEEKS, why: "for the first twelve weeks" });
        }
        let more = |left: Day| left <= day && day < left.plus_days(TWELVE_WEEKS);
        if stay.relative_left.is_some_and(more) {
            return Some(LeftOut { rule: rules::TWELVE_WEEKS_MORE, why: "for twelve weeks more" });
        }
        None
    }

    /// A qualifying relative who has lived there since before the stay (para 4).
    fn relative_there(&mut self, home: &Capital) -> Option<LeftOut> {
        match home.occupied_by {
            None | Some(OccupiedBy::Nobody | OccupiedBy::Person) => return None,
            Some(OccupiedBy::Other) => {
                self.ask(Ask::OccupierDiscretion);
                return None;
            }
            Some(
                OccupiedBy::Partner
                | OccupiedBy::FormerPartnerLoneParent
                | OccupiedBy::RelativeSixty
                | OccupiedBy::RelativeIncapacitated
                | OccupiedBy::Child,
            ) => {}
        }
        let admitted = self.case.stay.as_ref().map(|stay| stay.admitted);
        match (home.occupied_since, admitted) {
            (Some(since), Some(admitted)) if since > admitted => {
                self.ask(Ask::OccupierDiscretion);
                return None;
            }
            (None, _) => self.ask(Ask::OccupiedSince),
            _ => {}
        }
        Some(LeftOut { rule: rules::RELATIVE, why: "because of who lives there" })
    }
}

/// Whether a day lies in the twelve weeks, which begin with permanence and not with admission. A
/// person who left and is back within 52 weeks has only the days that were not used.
fn in_twelve_weeks(stay: &Stay, day: Day) -> bool {
    let from = stay.permanent_from.unwrap_or(stay.admitted);
    let left = TWELVE_WEEKS - days_used_before(stay, from);
    from <= day && day < from.plus_days(left)
}

/// The days on which the home may begin or cease to be left out.
pub(super) fn turns(stay: &Stay) -> Vec<Day> {
    let from = stay.permanent_from.unwrap_or(stay.admitted);
    let left = TWELVE_WEEKS - days_used_before(stay, from);
    let mut turns = vec![from, from.plus_days(left)];
    if let Some(relative_left) = stay.relative_left {
        turns.extend([relative_left, relative_left.plus_days(TWELVE_WEEKS)]);
    }
    turns
}

/// How many of the twelve weeks' days earlier stays used up, by the day a new stay begins.
fn days_used_before(stay: &Stay, from: Day) -> i32 {
    let mut used = 0;
    let mut last_left: Option<Day> = None;
    for earlier in &stay.earlier {
        if last_left.is_some_and(|left| is_fresh(left, earlier.permanent_from)) {
            used = 0;
        }
        let days = earlier.left.epoch_days() - earlier.permanent_from.epoch_days();
        used = (used + days).min(TWELVE_WEEKS);
        last_left = Some(earlier.left);
    }
    if last_left.is_some_and(|left| is_fresh(left, from)) { 0 } else { used }
}

/// More than 52 weeks lie between leaving and coming back, so a fresh twelve weeks begin.
fn is_fresh(left: Day, back: Day) -> bool {
    back > left.plus_days(FIFTY_TWO_WEEKS)
}
