//! Is it working, and is it still right: reviews held and brought forward, outcomes scored before and
//! after, enablement week by week; and the team's talk about somebody, at meetings and in messages.

pub mod enablement;
pub mod held;
pub mod hold;
mod hours;
pub mod letter;
pub mod meeting;
pub mod meetings;
pub mod message;
pub mod programme;
pub mod scored;
pub mod sooner;

use care::record::person::Person;
use care::who::role::{Part, Right};
use law::day::Day;

use crate::forms::Form;
use crate::names::Name;
use crate::seat::Seat;

/// The name under which a form sends how the need behind an outcome is still met.
pub(crate) fn still_met(outcome: Name) -> String {
    format!("{STILL_MET}-{outcome}")
}

/// The field at which it is said that this is missing.
const STILL_MET: &str = "still-met";

/// How each need is still met, as a form has it, need by need.
pub fn in_lines(form: &Form) -> String {
    let ours = form.answers().filter(|(name, _)| {
        let outcome = name.strip_prefix(STILL_MET).and_then(|rest| rest.strip_prefix('-'));
        outcome.is_some_and(|outcome| outcome.parse::<Name>().is_ok())
    });
    let said: Vec<&str> = ours.map(|(_, value)| value).filter(|text| !text.is_empty()).collect();
    said.join("\n\n")
}

/// Whether whoever asks may see what reviews came to, of somebody with a plan.
fn sees_reviews(person: &Person, seat: &Seat) -> bool {
    let role = &seat.actor.role;
    person.plan.began().is_some() && role.sees(Part::Plan) && role.sees(Part::Assessment)
}

/// Whether whoever asks holds reviews of the person, and programmes of enablement.
fn reviews(person: &Person, seat: &Seat) -> bool {
    sees_reviews(person, seat) && seat.works() && seat.actor.role.may(Right::Review)
}

/// A form whose date opens with a day in it.
fn with_date(form: Form, name: &str, day: Day) -> Form {
    form.with(&format!("{name}-day"), day.day_of_month().to_string())
        .with(&format!("{name}-month"), day.month().to_string())
        .with(&format!("{name}-year"), day.year().to_string())
}
