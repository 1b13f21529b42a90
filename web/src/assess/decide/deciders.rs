//! Who decides, as a form offers and reads it: the person; and where they were found unable to, only who
//! may lawfully decide that one decision today.

use care::assess::authority::{By, Decider, lawful};
use care::record::entry::EntryNumber;
use care::record::fact::decision::CapacityAssessed;
use care::record::person::{Person, Told};
use care::who::actor::Refusal;
use law::day::Day;

/// The field in which a form says who decides.
pub const FIELD: &str = "by";
/// The person decides.
pub const PERSON: &str = "person";
/// The person decides, and others think it unwise.
pub const UNWISE: &str = "unwise";

/// Who may decide today what the person was found unable to: what the form sends, and how it reads.
pub fn may_for(
    person: &Person,
    found: &Told<CapacityAssessed>,
    today: Day,
) -> Vec<(String, String)> {
    let mut by = vec![(By::BestInterests, "in their best interests".to_owned())];
    by.extend(person.decisions.authorities.iter().map(|known| {
        let who = format!("{} decides for them", known.recorded.said.holder);
        (By::Holder(known.recorded.entry), who)
    }));
    let may = by.into_iter().filter(|(by, _)| lawful(person, found.entry, *by, today).is_ok());
    may.map(|(by, who)| (in_form(found.entry, by), who)).collect()
}

fn in_form(found: EntryNumber, by: By) -> String {
    match by {
        By::BestInterests => format!("{found}-interests"),
        By::Holder(entry) => format!("{found}-{entry}"),
    }
}

/// Who decides, as the form says: for somebody only as far as it is lawful today.
pub fn read(by: &str, person: &Person, today: Day) -> Result<Decider, Refusal> {
    match by {
        PERSON => return Ok(Decider::Person { unwise: false }),
        UNWISE => return Ok(Decider::Person { unwise: true }),
        _ => {}
    }
    let chosen = by.split_once('-').and_then(|(found, by)| {
        let by = match by {
            "interests" => By::BestInterests,
            entry => By::Holder(entry.parse().ok()?),
        };
        Some((found.parse().ok()?, by))
    });
    let message = || "Choose who chooses".to_owned();
    let (found, by) =
        chosen.ok_or_else(|| Refusal::Missing { field: FIELD, message: message() })?;
    Ok(Decider::For(lawful(person, found, by, today)?))
}
