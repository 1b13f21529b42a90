//! What an assessment rests on, row by row: what was said, by whom, and what was seen for it.

use care::fund::supplied::{OLD_RECORDS, THE_PERSON};
use care::record::fact::{EvidenceSeen, MeansList};
use law::charging::{CapitalTreat, Case};
use law::pence::Pence;
use law::period::Every;

use super::entry::{Base, Voice};
use super::working::beside_each_other;
use crate::components::{Cell, Markup, Table};

/// A row of the means.
pub struct Row<'a> {
    /// What it is.
    pub what: &'a str,
    /// How much.
    pub amount: String,
    /// Who said so.
    pub by: Option<&'a str>,
    /// What was seen for it.
    pub seen: Option<&'a str>,
    /// What the person could send that shows it; None where there is nothing to show.
    pub wants: Option<&'static str>,
}

/// The rows of the means, in the order of the form.
pub fn rows<'a>(case: &'a Case, seen: &'a [EvidenceSeen]) -> Vec<Row<'a>> {
    let seen_for = |list: MeansList, row: usize| {
        let found = seen.iter().find(|seen| seen.list == list && seen.row == row);
        found.map(|seen| seen.what.as_str())
    };
    let paid = |amount: Pence, every: Every| format!("{} {}", amount.in_words(), every.in_words());
    // Costs of a home and of a disability are not kept by whoever stays in a care home.
    let to_stay = case.is_there_to_stay();
    let mut rows = Vec::new();
    for (at, row) in case.income.iter().enumerate() {
        rows.push(Row {
            what: row.kind.label,
            amount: paid(row.amount, row.every),
            by: row.supplied_by.as_deref(),
            seen: seen_for(MeansList::Income, at),
            wants: Some("your newest letter about it, or a bank statement that shows it"),
        });
    }
    for (at, row) in case.capital.iter().enumerate() {
        let is_land = matches!(row.kind.treat, CapitalTreat::MainHome | CapitalTreat::Property);
        rows.push(Row {
            what: row.kind.label,
            amount: row.value.in_words(),
            by: row.supplied_by.as_deref(),
            seen: seen_for(MeansList::Capital, at),
            wants: Some(if is_land {
                "papers that show who owns it and what is owed on it"
            } else {
                "statements for the last three months"
            }),
        });
    }
    for (at, row) in case.housing.iter().enumerate() {
        rows.push(Row {
            what: row.kind.label,
            amount: paid(row.amount, row.every),
            by: row.supplied_by.as_deref(),
            seen: seen_for(MeansList::Housing, at),
            wants: (!to_stay).then_some("your newest bill or agreement"),
        });
    }
    for (at, row) in case.dre.iter().enumerate() {
        rows.push(Row {
            what: &row.what,
            amount: paid(row.amount, row.every),
            by: row.supplied_by.as_deref(),
            seen: seen_for(MeansList::Dre, at),
            wants: (row.allowed && !to_stay).then_some("bills or receipts for it"),
        });
    }
    rows
}

/// The rows as a table: for whoever decides, and for the person to check.
pub fn table(caption: &str, base: &Base, voice: Voice) -> Option<Markup> {
    let rows = rows(&base.case, &base.seen);
    if rows.is_empty() {
        return None;
    }
    let heads = ["What", "How much", "Said by", "Evidence seen"].map(Cell::new);
    let mut table = Table::new(heads).caption(caption).first_is_header();
    for row in rows {
        table = table.row([
            Cell::new(row.what),
            Cell::new(row.amount),
            Cell::new(match row.by {
                Some(THE_PERSON) if voice == Voice::Person => "you",
                by => by.unwrap_or(OLD_RECORDS),
            }),
            Cell::new(row.seen.unwrap_or("none yet")),
        ]);
    }
    Some(beside_each_other(table))
}
