//! Linking a carer with the person they care for: only by both, each for themself, and for as long as
//! both wish. The two records stay apart: what a link opens is decided by
//! [`crate::who::access::shared_with`].
//!
//! One offers, and gets a code to pass on; the other answers with the code. So nobody can find out by
//! trying whether somebody has a record here.
//!
//! Where somebody was found unable to decide on it ([`DECISION`]), it is agreed for them by who has lawful
//! authority ([`may_agree`]), and by nobody else. Once they are found able, it shows nothing of them
//! until they agree themself.

use std::collections::BTreeSet;

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::assess::{FormKind, Prompt, Prompted};
use crate::record::fact::carer::{CarerLink, LinkSaid, LinkSide, Share};
use crate::record::fact::decision::{Made, Matter};
use crate::record::fact::{Begun, Fact};
use crate::record::ids::{LinkId, TeamId};
use crate::record::person::Person;
use crate::record::person::carers::Link;
use crate::record::person::decisions::same_decision;

use super::authority::{self, Decider};
use crate::who::actor::{Asking, Needed, Refusal, Together, words};
use crate::who::role::Right;

pub use crate::record::person::carers::DECISION;

/// The days for which an offer can be answered.
pub const ANSWER_DAYS: u16 = 30;

/// What is agreed on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// What the other may see.
    pub shares: BTreeSet<Share>,
    /// What was said, where somebody writes it down.
    pub words: String,
    /// Who agrees.
    pub by: Decider,
}

/// What somebody offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The link's id, made elsewhere.
    pub id: LinkId,
    /// The code to pass on, made elsewhere.
    pub code: String,
    /// What the person is.
    pub side: LinkSide,
    /// Whom they offer it to.
    pub name: String,
    /// What they agree to.
    pub consent: Consent,
    /// The team that offers a carer an assessment of their own.
    pub team: Option<TeamId>,
}

/// Who agrees today, where they may: the person; and for one who was found unable to, as a matter of who
/// is told what, an attorney or a deputy for their welfare or the court, or those responsible for their
/// care once it is on record why that is in their best interests. Who only has their money in hand does
/// not show others their assessment.
pub fn may_agree(person: &Person, by: &Decider, today: Day) -> Result<Made, Refusal> {
    let made = authority::decider(person, DECISION, by, today)?;
    let no = |why: &str| Err(Refusal::NotNow(why.to_owned()));
    let decisions = &person.decisions;
    let (Made::Holder { capacity, .. } | Made::BestInterests { capacity }) = made else {
        return Ok(made);
    };
    let found = decisions.capacity_in(capacity).ok_or(Refusal::NoSuchEntry(capacity))?;
    if found.said.matter != Matter::Information {
        return no("A link is a matter of who is told what: assess capacity for it as that");
    }
    match made {
        Made::Holder { authority, .. } => {
            let known = decisions.authority_in(authority).ok_or(Refusal::NoSuchEntry(authority))?;
            if !authority::covers(known.recorded.said.authority).contains(&Matter::Care) {
                return no(
                    "A link shows how somebody lives: who has their money in hand does not \
                           agree to it for them",
                );
            }
        }
        _ => {
            let on_record = decisions
                .standing_for()
                .any(|told| told.said.made == made && same_decision(&told.said.decision, DECISION));
            if !on_record {
                return no(
                    "First record the decision in their best interests: what they want, who \
                           was asked, and why",
                );
            }
        }
    }
    Ok(made)
}

/// What is said to somebody who was found unable to agree.
pub const UNABLE: &str = "We found with you that you cannot decide this at the moment. Ask somebody who \
                          works with you: others can agree to it for you, if that is best for you";

/// The person agrees themself, or somebody who writes their assessment writes down what was said: by the
/// person, or by who may agree for them.
fn agreed(
    person: &Person,
    consent: &Consent,
    asking: &Asking<'_>,
) -> Result<(String, Made), Refusal> {
    if asking.actor.person == Some(person.id) {
        let own = Decider::Person { unwise: false };
        let made = may_agree(person, &own, asking.today)
            .map_err(|_| Refusal::NotNow(UNABLE.to_owned()))?;
        return Ok((String::new(), made));
    }
    asking.require(Right::WriteAssessment, "Writing down what somebody agrees to")?;
    let made = may_agree(person, &consent.by, asking.today)?;
    let ask = match made {
        Made::Person { .. } => {
            "Write what the person said: it is theirs to agree, and nobody else’s"
        }
        _ => "Write what was said by who agrees for them, and what the person makes of it",
    };
    Ok((words("words", &consent.words, ask)?, made))
}

/// What the other person is called.
pub const NAME: Needed = Needed::new("name", "Enter their name");

/// Offers a link. Whoever cares for somebody is offered an assessment of their own, once.
pub fn offer(
    person: &Person,
    offer: &Offer,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let ((words, made), name) =
        (agreed(person, &offer.consent, asking), NAME.words(&offer.name)).together()?;
    if person.carers.offered().is_some() {
        let message = "There is an offer that nobody has answered yet: take it back first";
        return Err(Refusal::NotNow(message.to_owned()));
    }
    let mut entries = asking.begin(person, begun);
    entries.push(said(
        offer.id,
        LinkSaid::Offered {
            side: offer.side,
            name: name.clone(),
            code: offer.code.clone(),
            shares: offer.consent.shares.clone(),
            until: asking.in_days(ANSWER_DAYS),
            words,
            made,
        },
        asking,
    ));
    if offer.side == LinkSide::Carer {
        entries.extend(offer_assessment(person, &name, offer.team.clone(), asking));
    }
    Ok(entries)
}

fn said(link: LinkId, said: LinkSaid, asking: &Asking<'_>) -> NewEntry {
    asking.entry(Fact::CarerLink(Box::new(CarerLink { link, said })))
}

/// A carer's own assessment, to be offered to the carer, unless one was begun or offered before.
fn offer_assessment(
    person: &Person,
    cares_for: &str,
    team: Option<TeamId>,
    asking: &Asking<'_>,
) -> Option<NewEntry> {
    let assessment = &person.assessment;
    let begun = assessment.begun.iter().any(|form| form.begun.said.purpose == FormKind::Carer);
    let offered = assessment.prompted.iter().any(|state| {
        let said = &state.prompted.said;
        matches!(said.purpose, FormKind::Carer | FormKind::Contact)
            && said.prompt == Prompt::CarersAssessment
    });
    let prompted = Prompted {
        // Nobody may know them yet but the front door, which does not see assessments.
        purpose: FormKind::Contact,
        prompt: Prompt::CarersAssessment,
        about: String::new(),
        because: format!("They say that they look after {cares_for}."),
        team,
        due: asking.in_days(asking.promises.answer_prompt_days),
    };
    (!begun && !offered).then(|| asking.entry(Fact::Prompted(Box::new(prompted))))
}

/// Somebody's answer to an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The name of whoever offered.
    pub name: String,
    /// What the person agrees to.
    pub consent: Consent,
    /// The team that offers a carer an assessment of their own.
    pub team: Option<TeamId>,
}

/// The offer of a code that can still be answered by somebody.
pub fn open_offer<'a>(
    offerer: &'a Person,
    code: &str,
    person: &Person,
    asking: &Asking<'_>,
) -> Result<&'a Link, Refusal> {
    let open = offerer.carers.offered().filter(|link| link.code.as_deref() == Some(code));
    let open = open.filter(|link| link.until.is_some_and(|until| asking.today <= until));
    let open = open.filter(|_| offerer.id != person.id);
    open.ok_or_else(|| Refusal::missing("code", NO_SUCH_CODE))
}

/// What is said of a code that leads to nothing, for whatever reason.
pub const NO_SUCH_CODE: &str =
    "This code does not work. Check it, or ask whoever gave it to you for a new one";

/// Agrees to a link: entries for the person's own story, and for that of whoever offered it.
pub fn agree(
    person: &Person,
    offerer: &Person,
    offer: &Link,
    answer: &Answer,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<(Vec<NewEntry>, Vec<NewEntry>), Refusal> {
    let (words, made) = agreed(person, &answer.consent, asking)?;
    let linked = person
        .carers
        .holding()
        .any(|link| link.other == Some(offerer.id) && link.side == offer.side.other());
    if linked {
        return Err(Refusal::NotNow("These two are linked already".to_owned()));
    }
    let side = offer.side.other();
    let mut own = asking.begin(person, begun);
    own.push(said(
        offer.id,
        LinkSaid::Agreed {
            side,
            other: offerer.id,
            name: answer.name.clone(),
            shares: answer.consent.shares.clone(),
            words,
            made,
        },
        asking,
    ));
    if side == LinkSide::Carer {
        own.extend(offer_assessment(person, &answer.name, answer.team.clone(), asking));
    }
    Ok((own, vec![said(offer.id, LinkSaid::Made { other: person.id }, asking)]))
}

/// So many days before consent is to be asked for again, an answer counts already.
const ASKED_BEFORE: i32 = 28;

/// Changes what the other may see from now on; or says the same again, when it is time to ask, or where
/// it was agreed for somebody who can decide it by now.
pub fn share(
    person: &Person,
    entry: EntryNumber,
    consent: &Consent,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let link = open_link(person, entry)?;
    let (words, made) = agreed(person, consent, asking)?;
    // Saying the same again counts once it is time to ask.
    let early = asking.today < link.ask_again().plus_days(-ASKED_BEFORE);
    if link.shares == consent.shares && early && person.link_stands(link) {
        return Err(Refusal::NotNow("This is already what the other may see".to_owned()));
    }
    let shares = consent.shares.clone();
    Ok(vec![said(link.id, LinkSaid::Shares { shares, words, made }, asking)])
}

/// Ends a link, or takes an offer back: entries for the person's own story, and for the other's.
pub fn end(
    person: &Person,
    entry: EntryNumber,
    asking: &Asking<'_>,
) -> Result<(Vec<NewEntry>, Vec<NewEntry>), Refusal> {
    let link = open_link(person, entry)?;
    if asking.actor.person != Some(person.id) {
        asking.require(Right::WriteAssessment, "Ending a link")?;
    }
    let ended = |by_person| vec![said(link.id, LinkSaid::Ended { by_person }, asking)];
    Ok((ended(true), if link.other.is_some() { ended(false) } else { Vec::new() }))
}

fn open_link(person: &Person, entry: EntryNumber) -> Result<&Link, Refusal> {
    let link = person.carers.link_in(entry).ok_or(Refusal::NoSuchEntry(entry))?;
    if link.ended() {
        return Err(Refusal::NotNow("This link has ended".to_owned()));
    }
    Ok(link)
}
