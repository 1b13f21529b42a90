//! Strengths first: for each outcome, what the person does, what family and friends do, what the
//! community offers, technology, and only then services; and who is in the person's life.

use std::collections::BTreeMap;

use crate::record::entry::EntryNumber;
use crate::record::fact::assess::{Named, Reply, Side};
use crate::record::person::assessment::Place;

use super::Ground;
use super::form::{Decides, Help, Outcome};
use super::known::is_unable;

/// How one outcome is met now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The outcome.
    pub outcome: Outcome,
    /// What helps, strengths first; only where something was said.
    pub by: Vec<(Help, Vec<String>)>,
    /// Whether somebody judged that the person is unable to achieve it; None where nobody has.
    pub unable: Option<bool>,
}

impl Met {
    /// Whether family, friends or the community help.
    fn has_people(&self) -> bool {
        self.by.iter().any(|(help, _)| matches!(help, Help::People | Help::Community))
    }

    /// Whether there is a need with which nobody near helps: the plan then builds a network.
    pub fn lacks_people(&self) -> bool {
        self.unable == Some(true) && !self.has_people()
    }
}

/// How each outcome is met now, by what stands in the assessment.
pub fn met(ground: &Ground<'_>) -> Vec<Met> {
    let mut all = Vec::new();
    for form in ground.forms.iter() {
        for section in &form.sections {
            let Some(outcome) = section.outcome else { continue };
            let place = Place { form: &form.id, occasion: None, section: &section.id };
            let mut by: BTreeMap<Help, Vec<String>> = BTreeMap::new();
            let mut unable = None;
            for writing in ground.readable.standing_in(place) {
                for question in &section.questions {
                    let Some(reply) = writing.reply(&question.id) else { continue };
                    if let Some(help) = question.help.filter(|_| writing.side() == question.side) {
                        by.entry(help).or_default().extend(question.in_words(reply));
                    }
                    if question.decides == Some(Decides::Unable) {
                        unable = Some(is_unable(reply));
                    }
                }
            }
            if unable.is_some() || !by.is_empty() {
                all.push(Met { outcome, by: by.into_iter().collect(), unable });
            }
        }
    }
    all
}

/// Somebody in the person's life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// Their name, as it was first written.
    pub name: String,
    /// What they are to the person, as far as said.
    pub relation: String,
    /// How to reach them, as far as said.
    pub reach: String,
    /// As what they were named: the questions that were answered with them, and what was said there.
    pub as_what: Vec<Mention>,
}

/// One place where somebody was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The question.
    pub question: String,
    /// What was said of them.
    pub words: String,
    /// The writing.
    pub entry: EntryNumber,
}

/// Everybody named in what stands, on the person's side: the network, in the order they were named. One
/// name is one somebody, whichever form named them.
pub fn network(ground: &Ground<'_>) -> Vec<Somebody> {
    let mut network: Vec<Somebody> = Vec::new();
    for writing in ground.readable.standing().filter(|writing| writing.side() == Side::Person) {
        let said = &writing.told.said;
        // Whoever may have harmed them is no part of their network.
        if said.purpose.is_safeguarding() {
            continue;
        }
        let form = ground.forms.version(&said.form, said.version);
        let Some(section) = form.and_then(|form| form.section(&said.section)) else { continue };
        for question in &section.questions {
            let Some(Reply::People(people)) = said.replies.get(&question.id) else { continue };
            for named in people {
                let mention = Mention {
                    question: question.text.clone(),
                    words: named.words.clone(),
                    entry: writing.entry(),
                };
                mention_of(&mut network, named, mention);
            }
        }
    }
    network
}

fn mention_of(network: &mut Vec<Somebody>, named: &Named, mention: Mention) {
    let plain = |name: &str| name.trim().to_lowercase();
    let same = |somebody: &&mut Somebody| plain(&somebody.name) == plain(&named.name);
    match network.iter_mut().find(same) {
        Some(known) => {
            if known.relation.is_empty() {
                known.relation.clone_from(&named.relation);
            }
            if known.reach.is_empty() {
                known.reach.clone_from(&named.reach);
            }
            known.as_what.push(mention);
        }
        None => network.push(Somebody {
            name: named.name.clone(),
            relation: named.relation.clone(),
            reach: named.reach.clone(),
            as_what: vec![mention],
        }),
    }
}
