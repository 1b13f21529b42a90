//! The criterion: whom we look for, as data.
//!
//! `cohorts/<id>.toml` says which list and version, which of its conditions, at least how many,
//! which ages, and further lists that must be met as well. A place adds a criterion by adding a
//! file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::record::hash::Hash;

use super::code_map::{CodeMap, Masks};
use super::lists::{CodeKind, CodeList};
use super::table::{Problem, Problems, TextFile};

/// The most conditions one criterion can look at.
pub const MOST_CONDITIONS: usize = 128;

/// A criterion, bound to the versions of the lists it names.
#[derive(Debug)]
pub struct Criterion {
    /// Its id: the file's name.
    pub id: String,
    /// Its version.
    pub version: String,
    /// What it looks for, in a few words.
    pub title: String,
    /// Why somebody it finds is contacted, in plain words, said to them.
    pub reason: String,
    /// What it rests on.
    pub sources: Vec<String>,
    /// The ages it looks at.
    pub ages: Ages,
    /// What must be met, all of it; the first is the criterion's own count of conditions.
    pub clauses: Vec<Clause>,
    /// Every condition that some clause looks at; a condition's place is its bit in a mask.
    pub(super) slots: Vec<Slot>,
    pub(super) lists: Vec<Arc<CodeList>>,
    pub(super) codes: CodeMap,
    /// SHA-256 over the criterion's text and its lists' texts: what a run rested on.
    pub digest: Hash,
}

/// Ages in whole years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    /// The youngest age.
    pub from: Option<u8>,
    /// The oldest age.
    pub to: Option<u8>,
}

/// At least so many conditions of a list.
#[derive(Debug)]
pub struct Clause {
    /// What it asks, in plain words, such as “living alone”.
    pub title: String,
    /// How many different conditions must count.
    pub at_least: u32,
    /// The bits of its conditions.
    pub(super) mask: u128,
}

/// One condition that a clause looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub list: usize,
    /// Its place in the list's conditions.
    pub condition: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CriterionText {
    id: String,
    version: String,
    title: String,
    reason: String,
    sources: Vec<String>,
    #[serde(default)]
    ages: Ages,
    conditions: ClauseText,
    #[serde(default)]
    also: Vec<ClauseText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClauseText {
    title: String,
    list: String,
    list_version: String,
    at_least: u32,
    /// Takes every condition of these tiers …
    #[serde(default)]
    tiers: Vec<String>,
    /// … and these …
    #[serde(default)]
    include: Vec<String>,
    /// … but not these. With neither tiers nor include, every condition of the list.
    #[serde(default)]
    exclude: Vec<String>,
}

impl Criterion {
    /// Reads a criterion and binds it to its lists.
    pub fn parse(
        file: TextFile<'_>,
        lists: &BTreeMap<String, Arc<CodeList>>,
    ) -> Result<Self, Problems> {
        let text: CriterionText =
            toml::from_str(file.text).map_err(|error| file.problem(error.to_string()))?;
        let mut problems = plain_problems(file, &text);
        let mut clauses = Vec::new();
        let mut slots = Vec::new();
        let mut bound = Vec::new();
        for clause in std::iter::once(&text.conditions).chain(&text.also) {
            match bind(file, clause, lists, &mut slots, &mut bound) {
                Ok(clause) => clauses.push(clause),
                Err(found) => problems.extend(found.0),
            }
        }
        if slots.len() > MOST_CONDITIONS {
            let what = format!(
                "it looks at {} conditions; the most is {MOST_CONDITIONS}, so choose fewer tiers",
                slots.len()
            );
            problems.push(file.problem(what));
        }
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        Ok(Self {
            codes: code_map(&slots, &bound),
            digest: digest(file, &bound),
            id: text.id,
            version: text.version,
            title: text.title,
            reason: text.reason,
            sources: text.sources,
            ages: text.ages,
            clauses,
            slots,
            lists: bound,
        })
    }

    /// Each list the criterion rests on, with its version.
    pub fn lists(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lists.iter().map(|list| (list.id.as_str(), list.version.as_str()))
    }

    /// How many conditions its clauses look at.
    pub fn conditions_looked_at(&self) -> usize {
        self.slots.len()
    }

    /// How many different codes it knows.
    pub fn codes_known(&self) -> usize {
        self.codes.len()
    }

    pub(super) fn condition(&self, slot: usize) -> &super::lists::Condition {
        let Slot { list, condition } = self.slots[slot];
        &self.lists[list].conditions[condition]
    }
}

fn plain_problems(file: TextFile<'_>, text: &CriterionText) -> Vec<Problem> {
    let mut problems = Vec::new();
    let name = file.name.rsplit('/').next().unwrap_or(file.name);
    if name.strip_suffix(".toml") != Some(text.id.as_str()) {
        let what = format!("its id is ‘{}’; the file must be named {}.toml", text.id, text.id);
        problems.push(file.problem(what));
    }
    let words = [("version", &text.version), ("title", &text.title), ("reason", &text.reason)];
    for (name, value) in words {
        if value.trim().is_empty() {
            problems.push(file.problem(format!("‘{name}’ is empty")));
        }
    }
    if text.sources.is_empty() {
        problems.push(file.problem("‘sources’ is empty: say what the criterion rests on"));
    }
    if let Ages { from: Some(from), to: Some(to) } = text.ages
        && from > to
    {
        problems.push(file.problem(format!("nobody is at least {from} and at most {to}")));
    }
    problems
}

fn bind(
    file: TextFile<'_>,
    clause: &ClauseText,
    lists: &BTreeMap<String, Arc<CodeList>>,
    slots: &mut Vec<Slot>,
    bound: &mut Vec<Arc<CodeList>>,
) -> Result<Clause, Problems> {
    let Some(list) = lists.get(&clause.list) else {
        let what = format!("there is no readable list ‘{}’ in the folder lists", clause.list);
        return Err(file.problem(what).into());
    };
    let mut problems = Vec::new();
    if list.version != clause.list_version {
        problems.push(file.problem(format!(
            "it was made for version {} of the list ‘{}’, and the list is version {}: look at what \
             changed in the list, then write the new version here and give the criterion one too",
            clause.list_version, list.id, list.version
        )));
    }
    let known = |id: &String| list.conditions.iter().any(|condition| condition.id == *id);
    for id in clause.include.iter().chain(&clause.exclude).filter(|id| !known(id)) {
        problems.push(file.problem(format!("the list ‘{}’ has no condition ‘{id}’", list.id)));
    }
    let has_tier = |tier: &String| list.conditions.iter().any(|c| c.tier == *tier);
    for tier in clause.tiers.iter().filter(|tier| !has_tier(tier)) {
        problems.push(file.problem(format!("the list ‘{}’ has no tier ‘{tier}’", list.id)));
    }
    let place = bound.iter().position(|known| known.id == list.id).unwrap_or_else(|| {
        bound.push(Arc::clone(list));
        bound.len() - 1
    });
    let before = slots.len();
    let every = clause.tiers.is_empty() && clause.include.is_empty();
    for (at, condition) in list.conditions.iter().enumerate() {
        let chosen = every
            || clause.tiers.contains(&condition.tier)
            || clause.include.contains(&condition.id);
        if chosen && !clause.exclude.contains(&condition.id) {
            slots.push(Slot { list: place, condition: at });
        }
    }
    let chosen = slots.len() - before;
    let enough = usize::try_from(clause.at_least).is_ok_and(|least| (1..=chosen).contains(&least));
    if !enough {
        problems.push(file.problem(format!(
            "‘{}’ asks for at least {} of {chosen} conditions; it must ask for 1 to {chosen}",
            clause.title, clause.at_least
        )));
    }
    let mask = (before..slots.len().min(MOST_CONDITIONS)).map(|bit| 1u128 << bit).sum();
    let (title, at_least) = (clause.title.clone(), clause.at_least);
    Problems::unless(problems, Clause { title, at_least, mask })
}

fn code_map(slots: &[Slot], lists: &[Arc<CodeList>]) -> CodeMap {
    let mut masks: BTreeMap<u64, Masks> = BTreeMap::new();
    for (bit, slot) in slots.iter().enumerate() {
        let meanings = lists[slot.list].meanings();
        for meaning in meanings.iter().filter(|meaning| meaning.condition == slot.condition) {
            let masks = masks.entry(meaning.code).or_default();
            match meaning.kind {
                CodeKind::Diagnosis => masks.diagnosis |= 1 << bit,
                CodeKind::Resolved => masks.resolved |= 1 << bit,
            }
        }
    }
    CodeMap::new(&masks)
}

fn digest(file: TextFile<'_>, lists: &[Arc<CodeList>]) -> Hash {
    let mut text = format!("kith criterion 1\n{}\n", Hash::of(file.text.as_bytes()));
    text.extend(lists.iter().map(|list| {
        let [conditions, codes] = list.digests;
        format!("{} {conditions} {codes}\n", list.id)
    }));
    Hash::of(text.as_bytes())
}
