//! A carer's emergency card: who steps in if the carer cannot, and what they must know. It stands on
//! the carer's own record; who else sees it is for the carer to agree (`super::link`).

use crate::record::entry::NewEntry;
use crate::record::fact::assess::Named;
use crate::record::fact::carer::CardWritten;
use crate::record::fact::{Begun, Fact};
use crate::record::ids::TeamId;
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal, optional_words, words};
use crate::who::role::Right;

/// The months after which a card is looked at again, where the carer names no day. Our own choice: a
/// telephone number or a neighbour is soon no longer there.
pub const REVIEW_MONTHS: i32 = 6;

/// A card as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// Whom the carer looks after.
    pub looks_after: String,
    /// Who steps in; rows without a name are left out.
    pub steps_in: Vec<Named>,
    /// What has to be done and known.
    pub must_know: String,
    /// Where the key is.
    pub key: String,
    /// The team that looks at it again.
    pub team: Option<TeamId>,
}

/// Writes the card: the carer, or somebody who writes their assessment with them.
pub fn write(
    person: &Person,
    card: &Card,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WriteAssessment, "Writing an emergency card")?;
    let steps_in: Vec<Named> =
        card.steps_in.iter().filter(|named| !named.name.trim().is_empty()).cloned().collect();
    if let Some((field, message)) = left_out(card).first() {
        return Err(Refusal::Missing { field, message: (*message).to_owned() });
    }
    let written = CardWritten {
        looks_after: words("looks-after", &card.looks_after, "Enter whom you look after")?,
        steps_in,
        must_know: words("must-know", &card.must_know, "Write what has to be done and known")?,
        key: optional_words("key", &card.key)?,
        review_by: asking.today.plus_months(REVIEW_MONTHS),
        team: card.team.clone(),
    };
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::CardWritten(Box::new(written))));
    Ok(entries)
}

/// All that a card leaves out which it must say: each field of the form, with what to do.
pub fn left_out(card: &Card) -> Vec<(&'static str, &'static str)> {
    const TELEPHONES: [&str; 3] = ["steps-0-telephone", "steps-1-telephone", "steps-2-telephone"];
    let empty = |text: &str| text.trim().is_empty();
    let mut left = Vec::new();
    if empty(&card.looks_after) {
        left.push(("looks-after", "Enter whom you look after"));
    }
    if card.steps_in.iter().all(|one| empty(&one.name)) {
        left.push(("steps-0-name", "Enter who steps in; if there is nobody, write “nobody”"));
    }
    for (one, field) in card.steps_in.iter().zip(TELEPHONES) {
        if !empty(&one.name) && empty(&one.reach) && !is_nobody(&one.name) {
            left.push((field, "Enter the telephone number of each who steps in"));
        }
    }
    if empty(&card.must_know) {
        left.push(("must-know", "Write what has to be done and known"));
    }
    left
}

fn is_nobody(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case("nobody")
}
