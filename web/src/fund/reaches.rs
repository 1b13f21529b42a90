//! How far a draft reaches: the later charges that it changes too, and the weeks charged already.

use std::collections::BTreeMap;

use care::fund::decide;
use care::fund::weeks::{sum, weeks};
use care::record::fact::ChargeDecided;
use care::record::person::Person;
use law::charging::Law;
use law::day::Day;
use law::pence::Pence;

use crate::ask::paragraph;
use crate::components::{Cell, Markup, Table};

/// What deciding on the draft that waits would do besides.
pub fn parts(law: &Law, person: &Person, today: Day) -> Vec<Markup> {
    let decisions = match decide::decisions(person, law) {
        Ok(decisions) => decisions,
        Err(why) => return vec![paragraph(&why.to_string())],
    };
    let Some((_, later)) = decisions.split_first() else { return Vec::new() };
    let mut parts = Vec::new();
    if !later.is_empty() {
        parts.push(later_charges(person, later));
    }
    let decisions: Vec<&ChargeDecided> = decisions.iter().map(|(decided, _)| decided).collect();
    parts.extend(weeks_charged(law, person, &decisions, today));
    parts
}

fn later_charges(person: &Person, later: &[(ChargeDecided, Vec<String>)]) -> Markup {
    let heads = [Cell::new("From"), Cell::new("Was").numeric(), Cell::new("Would be").numeric()];
    let heads = heads.into_iter().chain([Cell::new("Stays as it was told for that day")]);
    let caption = "Later charges that this changes too";
    let mut table = Table::new(heads).caption(caption).first_is_header().scrolls();
    for (decided, stands) in later {
        let was = person.means.weekly_on(decided.from()).unwrap_or(Pence::ZERO);
        table = table.row([
            Cell::new(decided.from().in_words()),
            Cell::number(was.in_words()),
            Cell::number(decided.charge.in_words()),
            Cell::new(if stands.is_empty() { "–".to_owned() } else { stands.join(", ") }),
        ]);
    }
    table.into()
}

/// What it comes to for the weeks that have ended, if any of them was charged. Weeks end on Sundays.
fn weeks_charged(
    law: &Law,
    person: &Person,
    decisions: &[&ChargeDecided],
    today: Day,
) -> Option<Markup> {
    let (ended, first) = (today.sunday().plus_days(-7), decisions.first()?.from());
    let before: Vec<&ChargeDecided> =
        person.means.in_force().iter().map(|told| &*told.said).collect();
    if before.first()?.from() > ended || first > ended {
        return None;
    }
    let both = before.iter().chain(decisions).map(|&one| (one.from(), one));
    let after: Vec<&ChargeDecided> = both.collect::<BTreeMap<_, _>>().into_values().collect();
    let sum = |decided: &[&ChargeDecided]| sum(&weeks(decided, law, first, ended));
    let until = ended.in_words();
    Some(paragraph(&match sum(&after) - sum(&before) {
        Pence::ZERO => format!("It changes nothing for the weeks up to {until}."),
        more if more > Pence::ZERO => {
            format!("For the weeks up to {until} the person owes {} more.", more.in_words())
        }
        less => {
            let less = (-less).in_words();
            format!("For the weeks up to {until} the person was charged {less} too much.")
        }
    }))
}
