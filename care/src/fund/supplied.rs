//! Who said what of somebody's means: each row is theirs who said it first as it stands.

use law::charging::{Capital, Case, Expense, Housing, Income};

use crate::record::entry::Author;
use crate::record::fact::{MeansStated, Stated};

/// Whoever the means are of, where a row says who supplied it.
pub const THE_PERSON: &str = "the person";

/// Whence a row is that was brought in and has not been told anew: nothing there says who said it.
pub const OLD_RECORDS: &str = "old records";

/// Who supplies a row that is new or has changed.
pub(super) fn supplier(stated: Stated, author: &Author) -> &str {
    match stated {
        Stated::ByPerson => THE_PERSON,
        Stated::AsDraft | Stated::ByRepresentative => &author.name,
    }
}

/// The means as they were stated, each row with who supplied it; rows that do not say were supplied
/// by whoever stated them.
pub fn with_suppliers(stated: &MeansStated, author: &Author) -> Case {
    let mut case = stated.case.clone();
    let by = supplier(stated.stated, author);
    let unsaid = |row: &mut Option<String>| {
        row.get_or_insert_with(|| by.to_owned());
    };
    case.income.iter_mut().map(Income::supplied_by).for_each(unsaid);
    case.capital.iter_mut().map(Capital::supplied_by).for_each(unsaid);
    case.housing.iter_mut().map(Housing::supplied_by).for_each(unsaid);
    case.dre.iter_mut().map(Expense::supplied_by).for_each(unsaid);
    case
}

/// Says of each row who supplied it: a row that stood there before keeps whom it had, and every other
/// is `by` whoever states the means now. What the rows themselves claim is not asked.
pub(super) fn mark(case: &mut Case, before: Option<&Case>, by: &str) {
    mark_rows(&mut case.income, before.map_or(&[], |case| &case.income), by);
    mark_rows(&mut case.capital, before.map_or(&[], |case| &case.capital), by);
    mark_rows(&mut case.housing, before.map_or(&[], |case| &case.housing), by);
    mark_rows(&mut case.dre, before.map_or(&[], |case| &case.dre), by);
}

fn mark_rows<R: Supplied>(rows: &mut [R], before: &[R], by: &str) {
    let mut before: Vec<Option<&R>> = before.iter().map(Some).collect();
    for row in rows {
        *row.supplied_by() = None;
        let same = before.iter_mut().find(|known| known.is_some_and(|known| unsaid(known) == *row));
        *row.supplied_by() = Some(match same.and_then(Option::take) {
            Some(known) => {
                known.clone().supplied_by().take().unwrap_or_else(|| OLD_RECORDS.to_owned())
            }
            None => by.to_owned(),
        });
    }
}

/// A row without who supplied it.
pub(super) fn unsaid<R: Supplied>(row: &R) -> R {
    let mut row = row.clone();
    *row.supplied_by() = None;
    row
}

/// A row that says who supplied it.
pub(super) trait Supplied: Clone + PartialEq {
    fn supplied_by(&mut self) -> &mut Option<String>;
}

macro_rules! supplied {
    ($($row:ty),+) => {
        $(impl Supplied for $row {
            fn supplied_by(&mut self) -> &mut Option<String> {
                &mut self.supplied_by
            }
        })+
    };
}

supplied!(Income, Capital, Housing, Expense);

#[cfg(test)]
mod tests {
    use super::*;

    fn case(income: &[(&str, &str, Option<&str>)]) -> Case {
        let row = |&(kind, amount, by): &(&str, &str, Option<&str>)| serde_json::json!({"kind": kind, "amount": amount, "every": "week", "suppliedBy": by});
        let income: Vec<_> = income.iter().map(row).collect();
        serde_json::from_value(serde_json::json!({
            "asOf": "2026-06-01", "setting": "home", "income": income,
            "person": {"born": "1950-01-01", "household": "single"}
        }))
        .unwrap()
    }

    #[test]
    fn a_row_is_theirs_who_said_it_first_as_it_stands() {
        let before = case(&[
            ("state-pension", "241.30", Some(THE_PERSON)),
            ("occupational-pension", "60.00", Some("Samuel Turner")),
            ("occupational-pension", "60.00", None),
        ]);
        let mut now = case(&[
            ("occupational-pension", "60.00", Some("somebody who never said so")),
            ("state-pension", "250.00", Some(THE_PERSON)),
            ("occupational-pension", "60.00", None),
            ("occupational-pension", "60.00", None),
        ]);
        mark(&mut now, Some(&before), "Farah Siddiqui");
        let by: Vec<_> = now.income.iter().map(|row| row.supplied_by.as_deref().unwrap()).collect();
        assert_eq!(by, ["Samuel Turner", "Farah Siddiqui", OLD_RECORDS, "Farah Siddiqui"]);
    }
}
