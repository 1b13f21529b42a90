//! Charging: the cases of `law/cases/charging`.

mod casebook;

use casebook::{hold_all, read, shown};
use law::charging::policy::PolicyBook;
use law::charging::{Answer, Case, Law};
use law::rates::RateBook;
use toml::{Table, Value};

#[test]
fn every_case_comes_out_as_the_law_says() {
    let law = Law { rates: RateBook::built_in().unwrap(), policy: PolicyBook::law_alone() };
    hold_all("charging", 250, |_, case| {
        let case: Case = read(case)?;
        let answer = law.answer(&case).map_err(|no| no.to_string())?;
        let mut shown = shown(&answer)?;
        shown.insert("formula".to_owned(), Value::Table(formulas(&answer)));
        Ok(shown)
    });
}

/// The formula of each line of the working, by its code: `formula.income.tariff`.
fn formulas(answer: &Answer) -> Table {
    let mut formulas = Table::new();
    for line in &answer.lines {
        let (group, code) = line.code.split_once('.').unwrap_or((&line.code, ""));
        let group = formulas.entry(group).or_insert_with(|| Value::Table(Table::new()));
        if let Some(group) = group.as_table_mut() {
            group.insert(code.to_owned(), Value::String(line.formula.to_string()));
        }
    }
    formulas
}
