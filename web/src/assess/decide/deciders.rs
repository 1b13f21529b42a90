//! Who decides, as a form offers and reads it: the person; and where they were found unable to, only who
//! may lawfully decide that one decision today.

use care::assess::authority::{By, Decider, Lawful, lawful};
use care::record::entry::EntryNumber;
use care::record::fact::decision::{CapacityAssessed, Conclusion};
use care::record::person::{Person, Told};
use care::who::actor::Refusal;
use law::day::Day;

use crate::ask::{heading, link};
use crate::components::{Choice, Heading, InsetText, Markup, Radios};
use crate::forms::Form;
use crate::names::EntryNames;

/// The field in which a form says who decides.
pub const FIELD: &str = "by";
/// The person decides.
pub const PERSON: &str = "person";
/// The person decides, and others think it unwise.
pub const UNWISE: &str = "unwise";

/// Who may decide what a person was found unable to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deciders {
    /// Each who may today.
    pub may: Vec<May>,
    /// What stands against each who may not.
    pub may_not: Vec<String>,
}

/// Somebody who may decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct May {
    /// What the form sends.
    pub value: String,
    /// How it reads.
    pub who: String,
    /// That they may.
    pub lawful: Lawful,
}

impl May {
    /// As a choice.
    pub fn choice(self) -> Choice {
        Choice::new(self.value, self.who)
    }
}

impl Deciders {
    /// Who may decide today what the person was found unable to.
    pub fn of(
        names: &EntryNames,
        person: &Person,
        found: &Told<CapacityAssessed>,
        today: Day,
    ) -> Self {
        let holders = person.decisions.authorities.iter().map(|known| {
            let said = &known.recorded.said;
            let who = format!("{}, {}", said.holder, said.authority.in_words().to_lowercase());
            let limits = format!("{who}. Limits: {}", said.limits);
            let who = if said.limits.is_empty() { who } else { limits };
            (By::Holder(known.recorded.entry), who)
        });
        let interests =
            "Those responsible for the care or treatment, in the person’s best interests";
        let mut deciders = Self::default();
        for (by, who) in holders.chain([(By::BestInterests, interests.to_owned())]) {
            match lawful(person, found.entry, by, today) {
                Ok(lawful) => {
                    deciders.may.push(May { value: in_form(names, found.entry, by), who, lawful });
                }
                Err(why) => deciders.may_not.push(why.to_string()),
            }
        }
        deciders.may_not.dedup();
        deciders
    }

    /// Who may decide for the person today, where they were found unable to and that can be relied on;
    /// None where it is theirs.
    pub fn for_decision(
        names: &EntryNames,
        person: &Person,
        decision: &str,
        today: Day,
    ) -> Option<Self> {
        let found = found_unable(person, decision, today)?;
        Some(Self::of(names, person, found, today))
    }

    /// Of them, those who may by a rule of what is decided besides; with what it says of the others.
    #[must_use]
    pub fn who(mut self, may: impl Fn(&Decider) -> Result<(), Refusal>) -> Self {
        let all = std::mem::take(&mut self.may);
        for one in all {
            match may(&Decider::For(one.lawful.clone())) {
                Ok(()) => self.may.push(one),
                Err(why) => self.may_not.push(why.to_string()),
            }
        }
        self
    }
}

/// The finding that the person is unable to make a decision, where it can be relied on today.
pub fn found_unable<'a>(
    person: &'a Person,
    decision: &str,
    today: Day,
) -> Option<&'a Told<CapacityAssessed>> {
    person.decisions.capacity_for(decision).filter(|told| {
        told.said.conclusion == Conclusion::Lacks
            && told.said.good_until.is_some_and(|until| today <= until)
    })
}

fn in_form(names: &EntryNames, found: EntryNumber, by: By) -> String {
    let found = names.called(found);
    match by {
        By::BestInterests => format!("{found}-interests"),
        By::Holder(entry) => format!("{found}-{}", names.called(entry)),
    }
}

/// Who decides, as the form says: for somebody only as far as it is lawful today.
pub fn read(by: &str, names: &EntryNames, person: &Person, today: Day) -> Result<Decider, Refusal> {
    match by {
        PERSON => return Ok(Decider::Person { unwise: false }),
        UNWISE => return Ok(Decider::Person { unwise: true }),
        _ => {}
    }
    let chosen = by.split_once('-').and_then(|(found, by)| {
        let by = match by {
            "interests" => By::BestInterests,
            entry => By::Holder(names.read(entry)?),
        };
        Some((names.read(found)?, by))
    });
    let (found, by) = chosen.ok_or_else(unknown)?;
    Ok(Decider::For(lawful(person, found, by, today)?))
}

/// Nobody was chosen who could decide.
pub fn unknown() -> Refusal {
    Refusal::missing(FIELD, "Choose who decides")
}

/// The question who decides; where there is only one, it is them.
pub fn question(asked: &str, choices: Vec<Choice>, form: &Form) -> Markup {
    let one = choices.len() == 1;
    let choices = choices.into_iter().map(|choice| choice.chosen(one));
    let who = Radios::new(FIELD, asked, choices).heading(Heading::Small).small();
    if form.value(FIELD).is_empty() { who.into() } else { who.filled(form).into() }
}

/// That nobody can decide for the person today, why, and what to do.
pub fn nobody(deciders: &Deciders, path: &str) -> Vec<Markup> {
    let mut parts = vec![heading("Nobody can decide this for them today")];
    parts.extend(deciders.may_not.iter().map(|why| InsetText::new(why.as_str()).into()));
    parts.push(link("Decisions, and who makes them", &format!("{path}/decisions")));
    parts.push(link("Record authority that you have seen", &format!("{path}/authority/record")));
    parts
}
