//! The cases of `law/cases/charging`.

use law::charging::{Answer, Case};
use law::working::Line;
use toml::{Table, Value};

use crate::LAW;
use crate::casebook::{hold_all, read, shown};

#[test]
fn every_case_comes_out_as_the_law_says() {
    each(|_| {});
}

/// Holds every case to what it expects, and hands over each that the law answers.
pub fn each(take: impl Fn(Table)) {
    hold_all("charging", 340, |_, table| {
        let case: Case = read(table.clone())?;
        let answer = LAW.answer(&case).map_err(|no| no.to_string())?;
        take(table);
        let mut shown = shown(&answer)?;
        let formulas = by_code(&answer, |line| line.formula.to_string());
        shown.insert("formula".to_owned(), Value::Table(formulas));
        let amounts = by_code(&answer, |line| line.amount.to_string());
        shown.insert("amount".to_owned(), Value::Table(amounts));
        let labels = by_code(&answer, |line| line.label.to_string());
        shown.insert("label".to_owned(), Value::Table(labels));
        Ok(shown)
    });
}

/// Something of each line of the working, by its code: `formula.income.tariff`.
fn by_code(answer: &Answer, what: impl Fn(&Line) -> String) -> Table {
    let mut groups = Table::new();
    for line in &answer.lines {
        let (group, code) = line.code.split_once('.').unwrap_or((&line.code, ""));
        let group = groups.entry(group).or_insert_with(|| Value::Table(Table::new()));
        if let Some(group) = group.as_table_mut() {
            group.insert(code.to_owned(), Value::String(what(line)));
        }
    }
    groups
}
