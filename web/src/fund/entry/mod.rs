//! A case as a form, and back. [`sections`] states every question once; here they are read, laid over
//! what was known before, and filled in again.
//!
//! Fields are named after what they hold: `income-0-kind`, `income-0-amount`. A row left empty says
//! nothing. A row that was known before says which one it is (`income-0-as`), so that what is not
//! asked of whoever writes stays as it was, with who said it and what evidence was seen.

mod field;
mod page;
mod rows;
mod sections;
#[cfg(test)]
mod tests;
mod tree;

use care::record::entry::EntryNumber;
use care::record::fact::EvidenceSeen;
use law::charging::{Case, Problem};
use law::day::Day;
use serde_json::{Map, Value};

use crate::forms::Form;
pub use field::Voice;
pub use page::Sheet;
use rows::Row;
use sections::{List, SECTIONS};

/// The name of the field that says which statement the form opened with.
pub const BASE: &str = "base";

/// Means that were stated before: what a form opens with, and is laid over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The entry that states them.
    pub entry: EntryNumber,
    /// The means, each row with who supplied it.
    pub case: Case,
    /// The evidence seen.
    pub seen: Vec<EvidenceSeen>,
}

/// What a form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The means.
    pub case: Case,
    /// The evidence seen.
    pub seen: Vec<EvidenceSeen>,
}

/// What a form says, if nothing is wrong with it; what is wrong is noted at its field. What is not
/// asked of whoever writes stays as it was.
pub fn read(form: &mut Form, voice: Voice, base: Option<&Base>) -> Option<Entered> {
    let known = base.and_then(|base| serde_json::to_value(&base.case).ok());
    let known = known.unwrap_or_else(|| Value::Object(Map::new()));
    let (mut told, mut seen) = (known.clone(), Vec::new());
    for section in &SECTIONS {
        let asked = || section.fields.iter().filter(|field| field.is_asked(voice));
        asked().for_each(|field| field.lay(form, field.name, &mut told));
        if let Some(list) = section.list.filter(|list| list.is_asked(voice)) {
            let heading = section.heading(voice).unwrap_or_default();
            let rows = read_rows(form, (voice, heading), list, (&known, base), &mut seen);
            tree::remove(&mut told, list.path);
            if !rows.is_empty() {
                tree::put(&mut told, list.path, Value::Array(rows));
            }
        }
        if tree::get(&told, "person").is_none() {
            tree::put(&mut told, "person", Value::Object(Map::new()));
        }
        section.fields.iter().for_each(|field| field.lay_usual(&mut told));
        asked().for_each(|field| field.require(form, field.name, &told));
    }
    if !form.is_sound() {
        return None;
    }
    let case: Case =
        serde_json::from_value(told).map_err(|error| form.wrong_form(error.to_string())).ok()?;
    match case.check() {
        Ok(()) => Some(Entered { case, seen }),
        Err(problem) => {
            note(form, &problem, &case);
            None
        }
    }
}

fn read_rows(
    form: &mut Form,
    (voice, heading): (Voice, &str),
    list: &'static List,
    (known, base): (&Value, Option<&Base>),
    seen: &mut Vec<EvidenceSeen>,
) -> Vec<Value> {
    let mut rows = Vec::new();
    for number in list.filled(form, voice) {
        let row = Row { list, number };
        let (value, evidence) = row.read(form, voice, known, base);
        form.say_where(&row.field(""), &row.called(heading));
        if let (Some(list), Some(what)) = (list.evidence, evidence) {
            seen.push(EvidenceSeen { list, row: rows.len(), what });
        }
        rows.push(value);
    }
    rows
}

/// Puts what the law finds wrong with a case where it was typed, in the words of the form.
fn note(form: &mut Form, problem: &Problem, case: &Case) {
    let first = case.as_of.in_words();
    match problem.field.as_str() {
        "person.born" => form.wrong_date(
            "born",
            format!("The date of birth must be at least 18 years before the first day, {first}"),
        ),
        "person.children" => form.wrong("children", "Enter a number of at most 20"),
        "person.partnerBorn" => {
            form.wrong_date("partner-born", format!("The partner must be born before {first}"));
        }
        "stay.permanentFrom" => form.wrong_date(
            "permanent-from",
            "The stay cannot become permanent before the day of the move",
        ),
        field => match field.strip_prefix("stay.earlier[").and_then(|rest| rest.split_once(']')) {
            Some((row, _)) => form.wrong_date(
                &format!("earlier-{row}-left"),
                "An earlier stay ends after it began, and before this one became permanent",
            ),
            None => form.wrong_form(problem.to_string()),
        },
    }
}

/// A form that says what was stated before.
pub fn opened(base: &Base) -> Form {
    let known = serde_json::to_value(&base.case).unwrap_or_default();
    let mut form = Form::blank();
    for field in SECTIONS.iter().flat_map(|section| section.fields) {
        form = field.fill(form, field.name, &known);
    }
    for list in rows::lists() {
        let values = tree::get(&known, list.path).and_then(Value::as_array);
        for (number, value) in values.into_iter().flatten().enumerate() {
            form = Row { list, number }.fill(form, value, base);
        }
    }
    form
}

/// The form with another day in it.
pub fn with_day(form: Form, name: &str, day: Day) -> Form {
    let parts = [("day", i32::from(day.day_of_month())), ("month", i32::from(day.month()))];
    let form = parts.into_iter().fold(form, |form, (part, number)| {
        form.replaced(&format!("{name}-{part}"), number.to_string())
    });
    form.replaced(&format!("{name}-year"), day.year().to_string())
}

/// The form with a row more or less, where a button was pressed that asks for it.
pub fn rearranged(form: &Form) -> Option<Form> {
    rows::rearranged(form)
}

/// Everything that was typed, a line each, to be copied where it could not be kept.
pub fn in_lines(form: &Form) -> String {
    let mut lines = Vec::new();
    for section in &SECTIONS {
        for field in section.fields {
            let typed = field.typed(form, field.name);
            if !typed.is_empty() {
                lines.push(format!("{}: {typed}", field.label().trim_end_matches('?')));
            }
        }
        if let Some(list) = section.list {
            let rows = list.filled(form, Voice::Officer).into_iter();
            let typed = rows.map(|number| Row { list, number }.typed(form));
            lines.extend(typed.map(|typed| format!("{}: {typed}", section.title)));
        }
    }
    lines.join("\n")
}
