//! The links of a person with their carers, or with those they care for; and their emergency card.

use std::collections::BTreeSet;

use law::day::Day;

use crate::record::entry::{Entry, EntryNumber};
use crate::record::fact::Fact;
use crate::record::fact::carer::{CardWritten, CarerLink, LinkSaid, LinkSide, Share};
use crate::record::fact::decision::{Conclusion, Made};
use crate::record::ids::{LinkId, PersonId};

use super::{Person, Told, told};

/// Links and card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carers {
    /// Every link, in the order they were offered or agreed.
    pub links: Vec<Link>,
    /// The emergency card, as last written.
    pub card: Option<Told<CardWritten>>,
}

/// A link, as one of its two stories tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id, the same on both stories.
    pub id: LinkId,
    /// The entry that began it here.
    pub entry: EntryNumber,
    /// When.
    pub on: Day,
    /// What this person is.
    pub side: LinkSide,
    /// The other's name.
    pub name: String,
    /// The other, once both have agreed.
    pub other: Option<PersonId>,
    /// The code by which the other answers, where this person offered it.
    pub code: Option<String>,
    /// The last day for that.
    pub until: Option<Day>,
    /// What was agreed on this side that the other may see.
    pub shares: BTreeSet<Share>,
    /// Who agreed to that: the person, or somebody for them.
    pub made: Made,
    /// The entry in which they did.
    pub agreed: EntryNumber,
    /// When they last said so.
    pub consented: Day,
    /// When it ended, and whether by this person.
    pub end: Option<(Day, bool)>,
}

impl Link {
    /// Whether it has ended.
    pub fn ended(&self) -> bool {
        self.end.is_some()
    }

    /// The day on which the person is asked whether they agree still: consent is not for ever. Our own
    /// choice.
    pub fn ask_again(&self) -> Day {
        self.consented.plus_months(12)
    }

    /// Whether both have agreed, and neither has ended it.
    pub fn holds(&self) -> bool {
        self.other.is_some() && !self.ended()
    }
}

impl Carers {
    /// The link that an entry began.
    pub fn link_in(&self, entry: EntryNumber) -> Option<&Link> {
        self.links.iter().find(|link| link.entry == entry)
    }

    /// The offer that nobody has answered: there is one at a time.
    pub fn offered(&self) -> Option<&Link> {
        self.links.iter().rev().find(|link| link.other.is_none() && !link.ended())
    }

    /// The links that hold.
    pub fn holding(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| link.holds())
    }

    pub(super) fn take(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::CarerLink(said) => self.say(entry, said),
            Fact::CardWritten(card) => self.card = Some(told(entry, card.as_ref())),
            _ => {}
        }
    }

    fn say(&mut self, entry: &Entry, CarerLink { link: id, said }: &CarerLink) {
        let new = |side, name: &str, shares: &BTreeSet<Share>, made: &Made| Link {
            id: *id,
            entry: entry.number,
            on: entry.on,
            side,
            name: name.to_owned(),
            other: None,
            code: None,
            until: None,
            shares: shares.clone(),
            made: made.clone(),
            agreed: entry.number,
            consented: entry.on,
            end: None,
        };
        match said {
            LinkSaid::Offered { side, name, code, shares, until, made, .. } => {
                let (code, until) = (Some(code.clone()), Some(*until));
                self.links.push(Link { code, until, ..new(*side, name, shares, made) });
            }
            LinkSaid::Agreed { side, other, name, shares, made, .. } => {
                self.links.push(Link { other: Some(*other), ..new(*side, name, shares, made) });
            }
            LinkSaid::Made { .. } | LinkSaid::Shares { .. } | LinkSaid::Ended { .. } => {
                let Some(link) = self.links.iter_mut().find(|link| link.id == *id) else { return };
                match said {
                    LinkSaid::Made { other } => link.other = Some(*other),
                    LinkSaid::Shares { shares, made, .. } => {
                        link.shares.clone_from(shares);
                        link.made.clone_from(made);
                        link.agreed = entry.number;
                        link.consented = entry.on;
                    }
                    LinkSaid::Ended { by_person } => link.end = Some((entry.on, *by_person)),
                    LinkSaid::Offered { .. } | LinkSaid::Agreed { .. } => {}
                }
            }
        }
    }
}

/// The decision that agreeing to a link is: capacity is assessed for it by this name, as a matter of who
/// is told what.
pub const DECISION: &str = "Whether to be linked with somebody, and what they may see";

impl Person {
    /// What this person's side of their links with another shows; None where they are not linked. What
    /// was agreed for somebody who was found able to decide it since shows nothing: it is theirs to agree.
    pub fn shares_with(&self, other: PersonId) -> Option<BTreeSet<Share>> {
        let mut links = self.carers.holding().filter(|link| link.other == Some(other)).peekable();
        links.peek()?;
        let stands = links.filter(|link| self.link_stands(link));
        Some(stands.flat_map(|link| link.shares.iter().copied()).collect())
    }

    /// Whether what was agreed on this person's side of a link still stands for them.
    pub fn link_stands(&self, link: &Link) -> bool {
        let last = self.decisions.capacity_for(DECISION);
        matches!(link.made, Made::Person { .. })
            || !last.is_some_and(|last| {
                last.entry > link.agreed && last.said.conclusion == Conclusion::Has
            })
    }
}
