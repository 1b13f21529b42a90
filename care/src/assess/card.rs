//! A carer's emergency card: who steps in if the carer cannot, and what they must know. It stands on
//! the carer's own record; who else sees it is for the carer to agree (`super::link`).

use crate::record::entry::NewEntry;
use crate::record::fact::assess::Named;
use crate::record::fact::carer::CardWritten;
use crate::record::fact::{Begun, Fact};
use crate::record::ids::TeamId;
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal, Together, optional_words, words};
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
    let (looks_after, steps_in, must_know, key) = (
        words("looks-after", &card.looks_after, "Enter whom you look after"),
        steps_in(&card.steps_in),
        words("must-know", &card.must_know, "Write what has to be done and known"),
        optional_words("key", &card.key),
    )
        .together()?;
    let written = CardWritten {
        looks_after,
        steps_in,
        must_know,
        key,
        review_by: asking.today.plus_months(REVIEW_MONTHS),
        team: card.team.clone(),
    };
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::CardWritten(Box::new(written))));
    Ok(entries)
}

/// Those who step in, with how to reach each.
fn steps_in(named: &[Named]) -> Result<Vec<Named>, Refusal> {
    let silent = |one: &Named| {
        let name = one.name.trim();
        !name.is_empty() && !is_nobody(name) && one.reach.trim().is_empty()
    };
    if let Some(at) = named.iter().position(silent) {
        let field = TELEPHONES[at.min(TELEPHONES.len() - 1)];
        return Err(Refusal::missing(field, "Enter the telephone number of each who steps in"));
    }
    let there = named.iter().filter(|one| !one.name.trim().is_empty());
    let there: Vec<Named> = there.cloned().collect();
    if there.is_empty() {
        let ask = "Enter who steps in; if there is nobody, write “nobody”";
        return Err(Refusal::missing("steps-0-name", ask));
    }
    Ok(there)
}

/// The fields of their telephone numbers.
const TELEPHONES: [&str; 3] = ["steps-0-telephone", "steps-1-telephone", "steps-2-telephone"];

fn is_nobody(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case("nobody")
}
