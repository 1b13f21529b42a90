//! Answers that are rows: people, and tables. Fields are named `q-goals-0-why`; `q-goals-rows` says how
//! many rows are shown.

use std::collections::BTreeMap;

use care::assess::form::{AnswerType, Question};
use care::record::fact::assess::{Named, Reply};

use super::name;
use crate::components::{Markup, Row, Rows, TextInput, Textarea};
use crate::forms::Form;

/// The most rows that one answer holds.
const MOST: usize = 50;
/// Rows that are looked for where a form does not say how many it has.
const LOOKED_FOR: usize = 20;

/// The columns of a question: their names and labels.
fn columns(question: &Question) -> Vec<(String, String)> {
    match &question.answer {
        AnswerType::People => [
            ("name", "Name"),
            ("relation", "Who they are"),
            ("words", "What they do together or help with"),
            ("reach", "How to reach them"),
        ]
        .map(|(code, label)| (code.to_owned(), label.to_owned()))
        .into(),
        AnswerType::Table(columns) => {
            columns.iter().map(|column| (column.code.clone(), column.label.clone())).collect()
        }
        _ => Vec::new(),
    }
}

fn names(question: &Question, row: usize) -> Vec<String> {
    let columns = columns(question).into_iter();
    columns.map(|(code, _)| format!("{}-{row}-{code}", name(question))).collect()
}

fn filled(question: &Question, form: &Form) -> Vec<usize> {
    let said: usize = form.value(&format!("{}-rows", name(question))).parse().unwrap_or(0);
    let is_filled =
        |row: &usize| names(question, *row).iter().any(|name| !form.value(name).trim().is_empty());
    (0..said.clamp(LOOKED_FOR, MOST)).filter(is_filled).collect()
}

/// The field that says how many rows are shown, and how many they are: one more than are filled in.
fn count(question: &Question, form: &Form) -> (String, usize) {
    let field = format!("{}-rows", name(question));
    let last = filled(question, form).last().map_or(0, |last| last + 1);
    let said: usize = form.value(&field).parse().unwrap_or(0);
    (field, said.max(last).clamp(1, MOST))
}

/// The rows as the answer they are; None where nothing is said in them.
pub fn read(question: &Question, form: &Form) -> Option<Reply> {
    let value = |row: usize, code: &str| {
        form.value(&format!("{}-{row}-{code}", name(question))).trim().to_owned()
    };
    let rows = filled(question, form);
    if rows.is_empty() {
        return None;
    }
    Some(if question.answer == AnswerType::People {
        let person = |row: usize| Named {
            name: value(row, "name"),
            relation: value(row, "relation"),
            reach: value(row, "reach"),
            words: value(row, "words"),
        };
        Reply::People(rows.into_iter().map(person).collect())
    } else {
        let cells = |row: usize| {
            let columns = columns(question).into_iter().map(|(code, _)| code);
            columns.map(|code| (code.clone(), value(row, &code))).collect::<BTreeMap<_, _>>()
        };
        Reply::Rows(rows.into_iter().map(cells).collect())
    })
}

/// Fills the form in with an answer.
pub fn fill(question: &Question, form: Form, reply: &Reply) -> Form {
    let field = |row: usize, code: &str| format!("{}-{row}-{code}", name(question));
    match reply {
        Reply::People(people) => people.iter().enumerate().fold(form, |form, (row, one)| {
            form.with(&field(row, "name"), one.name.as_str())
                .with(&field(row, "relation"), one.relation.as_str())
                .with(&field(row, "reach"), one.reach.as_str())
                .with(&field(row, "words"), one.words.as_str())
        }),
        Reply::Rows(rows) => rows.iter().enumerate().fold(form, |form, (row, cells)| {
            cells
                .iter()
                .fold(form, |form, (code, text)| form.with(&field(row, code), text.as_str()))
        }),
        _ => form,
    }
}

/// Takes an answer out of the form.
pub fn cleared(question: &Question, form: Form) -> Form {
    let form = form.replaced(&format!("{}-rows", name(question)), "1");
    let all = (0..MOST).flat_map(|row| names(question, row)).collect::<Vec<_>>();
    all.into_iter().fold(form, |form, name| form.without(&name))
}

/// The rows on the page. `to` is where their buttons send the form.
pub fn show(question: &Question, form: &Form, to: &str) -> Markup {
    let count = count(question, form);
    let columns = columns(question);
    let wide = columns.len() <= 2;
    let rows = (0..count.1).map(|row| {
        let fields = columns.iter().map(|(code, label)| {
            let name = format!("{}-{row}-{code}", name(question));
            if wide {
                Textarea::new(name, label).rows(2).filled(form).into()
            } else {
                TextInput::new(name, label).filled(form).into()
            }
        });
        let shown = Row::new(
            format!("{}: line {}", question.text, row + 1),
            fields.collect::<Vec<Markup>>(),
        );
        let said = names(question, row).iter().any(|name| !form.value(name).trim().is_empty());
        if said { shown.drop(format!("drop.{}.{row}", question.id)) } else { shown }
    });
    let more = if question.answer == AnswerType::People { "person" } else { "line" };
    let add = (format!("add.{}", question.id), format!("Add another {more}"));
    Rows::new(count, rows, add, to.to_owned()).into()
}

/// The form with a row more or less, where `do` asks for it.
pub fn rearranged(question: &Question, form: &Form, row: Option<usize>) -> Form {
    let (field, shown) = count(question, form);
    match row {
        None => form.clone().replaced(&field, (shown + 1).min(MOST).to_string()),
        Some(row) => {
            let last = filled(question, form).last().copied().unwrap_or(0);
            let form = form.clone().replaced(&field, shown.saturating_sub(1).to_string());
            form.without_row(row, last, |row| names(question, row))
        }
    }
}
