//! What belongs to what, from which day to which.

use std::collections::{BTreeMap, HashMap};

use law::day::Day;

use super::super::table::{Problem, Row, Table};

/// For each key, the spans of days and what it belonged to: in order, without gap or overlap.
#[derive(Debug, Default)]
pub struct Dated {
    spans: HashMap<String, Vec<Span>>,
}

/// One span of days, both ends included; without an end it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    from: Day,
    until: Option<Day>,
    to: String,
}

impl Dated {
    /// Reads the columns of a table that hold the key, what it belongs to, from and until.
    pub fn read(
        table: &Table<'_>,
        [key, to, from, until]: [usize; 4],
        (kind, is_known): (&str, &dyn Fn(&str) -> bool),
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut rows: BTreeMap<&str, Vec<(Span, &Row<'_>)>> = BTreeMap::new();
        for row in &table.rows {
            let read = || {
                let name = row.required(key, "the first column")?;
                let to = row.required(to, kind)?;
                if !is_known(to) {
                    return Err(row.problem(format!("there is no {kind} ‘{to}’")));
                }
                let from = row.day(from)?.ok_or_else(|| row.problem("‘from’ is empty"))?;
                let until = row.day(until)?;
                if until.is_some_and(|until| until < from) {
                    return Err(row.problem("‘until’ is earlier than ‘from’"));
                }
                Ok((name, Span { from, until, to: to.to_owned() }))
            };
            match read() {
                Ok((name, span)) => rows.entry(name).or_default().push((span, row)),
                Err(problem) => problems.push(problem),
            }
        }
        let mut spans = HashMap::with_capacity(rows.len());
        for (name, mut history) in rows {
            history.sort_by_key(|(span, _)| span.from);
            problems.extend(history.windows(2).filter_map(|pair| break_between(name, pair)));
            spans.insert(name.to_owned(), history.into_iter().map(|(span, _)| span).collect());
        }
        Self { spans }
    }

    /// What a key belongs to on a day.
    pub fn at(&self, key: &str, day: Day) -> Option<&str> {
        let holds = |span: &&Span| span.from <= day && span.until.is_none_or(|until| day <= until);
        self.spans.get(key)?.iter().find(holds).map(|span| span.to.as_str())
    }

    /// What a key belongs to after what it belongs to on a day, and from when.
    pub fn next(&self, key: &str, day: Day) -> Option<(Day, &str)> {
        let later = self.spans.get(key)?.iter().find(|span| span.from > day)?;
        Some((later.from, later.to.as_str()))
    }

    /// What anything belonged to, and what it belongs to since, for each change up to a day.
    pub fn changes(&self, day: Day) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.spans.values().flat_map(|spans| spans.windows(2));
        pairs.filter_map(move |pair| match pair {
            [before, after] if after.from <= day => Some((before.to.as_str(), after.to.as_str())),
            _ => None,
        })
    }

    /// Every key that belongs, or belonged, to something.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.spans.keys().map(String::as_str)
    }
}

fn break_between(name: &str, pair: &[(Span, &Row<'_>)]) -> Option<Problem> {
    let [(before, _), (after, row)] = pair else { return None };
    let due = before.until.map(|until| until.plus_days(1));
    match due {
        Some(due) if due == after.from => None,
        Some(due) if due < after.from => Some(row.problem(format!(
            "‘{name}’ belongs nowhere from {due} to {}: close the gap, or write the days it \
             belonged here",
            after.from.plus_days(-1)
        ))),
        _ => Some(row.problem(format!(
            "‘{name}’ belongs to ‘{}’ and to ‘{}’ on {}: end the earlier line the day before",
            before.to, after.to, after.from
        ))),
    }
}
