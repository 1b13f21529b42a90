//! A person's conditions as their GP record has them: by our own names, with dates.

use std::collections::BTreeMap;

use care::assess::register::Condition;
use care::find::cohorts::Cohorts;
use care::find::lists::CodeKind;
use care::find::register::{Clinical, Coded, Verification};
use care::record::ids::PersonId;
use law::day::PartialDay;
use store::engine::Tx;
use store::{StoreError, register};

use crate::components::{Cell, Details, Markup, Table};

/// One condition, from all its records.
struct Line {
    name: String,
    first: Option<PartialDay>,
    latest: Option<PartialDay>,
    says: &'static str,
}

/// What the GP record says of a person's conditions: a table of what holds, and what else was seen.
pub fn view(
    tx: &mut dyn Tx,
    cohorts: &Cohorts,
    person: PersonId,
) -> Result<Option<Markup>, StoreError> {
    let coded = register::coded_of(tx, person)?;
    if coded.is_empty() {
        return Ok(None);
    }
    let mut holds: BTreeMap<String, Line> = BTreeMap::new();
    let mut others: BTreeMap<String, Line> = BTreeMap::new();
    for record in &coded {
        let (name, kind) = named(tx, cohorts, record.code)?;
        let says = says(record, kind);
        let lines = if says == HOLDS { &mut holds } else { &mut others };
        let key = if says == HOLDS { name.clone() } else { format!("{name} {says}") };
        let line = lines.entry(key).or_insert(Line { name, first: None, latest: None, says });
        line.first = earlier(line.first, record.when());
        line.latest = later(line.latest, record.when());
    }
    let mut parts = vec![table(&holds, "Conditions on the GP record")];
    if !others.is_empty() {
        let summary = "Records that do not count now";
        parts.push(Details::new(summary, table(&others, "Records that do not count now")).into());
    }
    Ok(Some(Markup::join(parts)))
}

/// The conditions that hold by the GP record, each once with its id in the place's lists, by name.
pub fn held(
    tx: &mut dyn Tx,
    cohorts: &Cohorts,
    person: PersonId,
) -> Result<Vec<Condition>, StoreError> {
    let mut held: BTreeMap<String, Condition> = BTreeMap::new();
    for record in &register::coded_of(tx, person)? {
        for list in cohorts.lists.values() {
            let Some(meaning) = list.meanings_of(record.code).first() else { continue };
            if says(record, Some(meaning.kind)) != HOLDS {
                continue;
            }
            let known = &list.conditions[meaning.condition];
            let held = held.entry(known.name.clone()).or_insert_with(|| Condition {
                id: known.id.clone(),
                name: known.name.clone(),
                since: None,
            });
            held.since = earlier(held.since, record.when());
        }
    }
    Ok(held.into_values().collect())
}

const HOLDS: &str = "On record";

fn says(record: &Coded, kind: Option<CodeKind>) -> &'static str {
    match (record.verification, record.clinical, kind) {
        (Verification::EnteredInError, ..) => "Entered by mistake",
        (Verification::Refuted, ..) => "Shown not to be so",
        (_, _, Some(CodeKind::Resolved)) | (_, Clinical::Resolved, _) => "Resolved",
        (_, Clinical::Inactive, _) => "Not active",
        (_, Clinical::Remission, _) => "In remission",
        _ => HOLDS,
    }
}

/// Our own name for a code, otherwise the text that came with it.
fn named(
    tx: &mut dyn Tx,
    cohorts: &Cohorts,
    code: u64,
) -> Result<(String, Option<CodeKind>), StoreError> {
    for list in cohorts.lists.values() {
        if let Some(meaning) = list.meanings_of(code).first() {
            return Ok((list.conditions[meaning.condition].name.clone(), Some(meaning.kind)));
        }
    }
    let text = register::code_text(tx, code)?;
    Ok((text.unwrap_or_else(|| format!("SNOMED CT code {code}")), None))
}

fn table(lines: &BTreeMap<String, Line>, caption: &str) -> Markup {
    let says = lines.values().any(|line| line.says != HOLDS);
    let mut head = vec!["Condition", "First recorded", "Last recorded"];
    if says {
        head.push("What the record says");
    }
    let mut table = Table::new(head).hidden_caption(caption).first_is_header();
    for line in lines.values() {
        let mut cells = vec![
            Cell::new(line.name.as_str()),
            Cell::new(in_words(line.first)),
            Cell::new(in_words(line.latest)),
        ];
        if says {
            cells.push(Cell::new(line.says));
        }
        table = table.row(cells);
    }
    table.stacks().into()
}

fn in_words(when: Option<PartialDay>) -> String {
    when.map_or_else(|| "No date".to_owned(), PartialDay::in_words)
}

fn earlier(one: Option<PartialDay>, other: Option<PartialDay>) -> Option<PartialDay> {
    one.into_iter().chain(other).min_by_key(|when| when.first())
}

fn later(one: Option<PartialDay>, other: Option<PartialDay>) -> Option<PartialDay> {
    one.into_iter().chain(other).max_by_key(|when| when.last())
}
