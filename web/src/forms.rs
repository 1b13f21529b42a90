//! A posted form as data: every answer is kept, errors are attached to fields or to the form, and
//! the same page is shown again.
//!
//! ```text
//! let family = form.required("family-name", "Enter the family name");
//! let number = form.parsed("nhs-number", |text| NhsNumber::parse(text));
//! let born = form.date("born", "the date of birth");
//! let (Some(family), true) = (family, form.is_sound()) else { return page::again(&Page { … }) };
//! ```

use std::fmt::Display;

use care::who::actor::Needed;
use law::day::{Day, month_named};

/// Longest text of one field, in bytes. Longer ones are kept, and refused with a sentence.
pub const LONGEST_TEXT: usize = 20_000;

/// The answers of a form, and what is wrong with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    answers: Vec<(String, String)>,
    problems: Vec<(Option<Field>, String)>,
}

/// A field with something wrong: its name, and the id of the control that a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    name: String,
    control: String,
}

impl Form {
    /// A form nobody has filled in yet.
    pub fn blank() -> Self {
        Self::default()
    }

    /// The answers of `application/x-www-form-urlencoded` data: a posted body, or a query.
    ///
    /// Bytes that are not UTF-8, and zero bytes, which not every store can keep, become U+FFFD:
    /// nothing that was typed can make it fail.
    pub fn read(data: &[u8]) -> Self {
        let answers = data
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let mut parts = pair.splitn(2, |byte| *byte == b'=');
                let mut next = || decoded(parts.next().unwrap_or_default());
                (next(), next())
            })
            .collect();
        Self { answers, problems: Vec::new() }
    }

    /// Fills a field in, for a form that opens with something in it.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.answers.push((name.to_owned(), value.into()));
        self
    }

    /// Fills a field in anew, in place of what it held.
    #[must_use]
    pub fn replaced(mut self, name: &str, value: impl Into<String>) -> Self {
        self.answers.retain(|(key, _)| key != name);
        self.with(name, value)
    }

    /// Takes out what a field holds.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.answers.retain(|(key, _)| key != name);
        self
    }

    /// Takes a row out of a list: each later one, up to the last that is filled in, moves up.
    #[must_use]
    pub fn without_row(
        mut self,
        row: usize,
        last: usize,
        names: impl Fn(usize) -> Vec<String>,
    ) -> Self {
        for at in row..=last {
            for (to, from) in names(at).iter().zip(&names(at + 1)) {
                let value = self.value(from).to_owned();
                self = self.replaced(to, value);
            }
        }
        self
    }

    /// Every name with its answer, in the order in which they were sent.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first answer under a name, as typed; empty if there is none.
    pub fn value(&self, name: &str) -> &str {
        self.answers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every answer under a name: the boxes that were ticked.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.answers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether this was among the answers under a name.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|answer| answer == value)
    }

    /// A text without the spaces round it, or None with this error if there is none.
    pub fn required(&mut self, name: &str, error: &str) -> Option<String> {
        match self.optional(name) {
            Some(text) => Some(text),
            None if self.problem(name).is_some() => None,
            None => {
                self.wrong(name, error);
                None
            }
        }
    }

    /// As [`Form::required`], of a field in which something has to be written.
    pub fn needed(&mut self, needed: Needed) -> Option<String> {
        self.required(needed.field, needed.ask)
    }

    /// A text without the spaces round it, if there is one.
    pub fn optional(&mut self, name: &str) -> Option<String> {
        let text = self.value(name).trim().to_owned();
        if text.len() > LONGEST_TEXT {
            self.wrong(name, format!("Shorten this to {LONGEST_TEXT} characters or fewer"));
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    /// What a text says, read by `parse`, whose error becomes the field's. None if it is empty.
    pub fn parsed<T, E: Display>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.optional(name)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(name, sentence(&error.to_string()));
                None
            }
        }
    }

    /// One of a closed list of answers, or None with this error.
    pub fn chosen<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Option<T>,
        error: &str,
    ) -> Option<T> {
        let choice = parse(self.value(name));
        if choice.is_none() {
            self.wrong(name, error);
        }
        choice
    }

    /// A date in three boxes. None if all are empty; otherwise a day, or an error that says what
    /// is missing. `what` names it within a sentence, such as “the date of birth”.
    pub fn date(&mut self, name: &str, what: &str) -> Option<Day> {
        let part = |part: &str| self.value(&format!("{name}-{part}")).trim().to_owned();
        let parts = [("day", part("day")), ("month", part("month")), ("year", part("year"))];
        if parts.iter().all(|(_, text)| text.is_empty()) {
            return None;
        }
        let missing: Vec<&str> =
            parts.iter().filter(|(_, text)| text.is_empty()).map(|(part, _)| *part).collect();
        if let Some(first) = missing.first() {
            let error = format!("{} must include a {}", capital(what), missing.join(" and a "));
            self.wrong_at(name, &format!("{name}-{first}"), error);
            return None;
        }
        let [(_, day), (_, month), (_, year)] = parts;
        let read = || Day::new(year.parse().ok()?, month_number(&month)?, day.parse().ok()?);
        let found = read().filter(|_| year.len() == 4);
        if found.is_none() {
            let what = capital(what);
            let error = match shorter_month(&day, &month, &year) {
                _ if year.len() != 4 => format!("{what}: write the year with 4 numbers"),
                Some(why) => format!("{what} must be a real date: {why}"),
                None => format!("{what} must be a real date"),
            };
            let box_name = if year.len() == 4 { "day" } else { "year" };
            self.wrong_at(name, &format!("{name}-{box_name}"), error);
        }
        found
    }

    /// As [`Form::date`], with this error if it is empty.
    pub fn required_date(&mut self, name: &str, what: &str, error: &str) -> Option<Day> {
        let day = self.date(name, what);
        if day.is_none() && self.problem(name).is_none() {
            self.wrong_at(name, &format!("{name}-day"), error);
        }
        day
    }

    /// Notes what is wrong with a field.
    pub fn wrong(&mut self, name: &str, error: impl Into<String>) {
        self.wrong_at(name, name, error);
    }

    /// Notes what is wrong with a date: the link leads to its first box.
    pub fn wrong_date(&mut self, name: &str, error: impl Into<String>) {
        self.wrong_at(name, &format!("{name}-day"), error);
    }

    /// Begins what is wrong with the fields whose names begin so with where they stand: of many alike,
    /// an error is about one.
    pub fn say_where(&mut self, names: &str, place: &str) {
        let theirs = |field: &Option<Field>| {
            field.as_ref().is_some_and(|field| field.name.starts_with(names))
        };
        for (_, error) in self.problems.iter_mut().filter(|(field, _)| theirs(field)) {
            let mut letters = error.chars();
            let first = letters.next().map(char::to_lowercase);
            *error = format!(
                "{place}: {}",
                first.into_iter().flatten().chain(letters).collect::<String>()
            );
        }
    }

    /// Notes what is wrong with the form as a whole.
    pub fn wrong_form(&mut self, error: impl Into<String>) {
        self.problems.push((None, error.into()));
    }

    fn wrong_at(&mut self, name: &str, control: &str, error: impl Into<String>) {
        let field = Field { name: name.to_owned(), control: control.to_owned() };
        self.problems.push((Some(field), error.into()));
    }

    /// What is wrong with a field: the first thing noted.
    pub fn problem(&self, name: &str) -> Option<&str> {
        let of_field = |field: &Option<Field>| field.as_ref().is_some_and(|f| f.name == name);
        self.problems.iter().find(|(field, _)| of_field(field)).map(|(_, error)| error.as_str())
    }

    /// What is wrong, in the order in which it was found: with the control it belongs to, if to one.
    pub fn problems(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        self.problems.iter().map(|(field, error)| {
            (field.as_ref().map(|field| field.control.as_str()), error.as_str())
        })
    }

    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Reads `%41` and `+`; what is not so written stands for itself.
fn decoded(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let hex = |byte: &u8| char::from(*byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                bytes.push(hex(high).unwrap_or(0) << 4 | hex(low).unwrap_or(0));
                rest = after;
            }
            (byte, _) => bytes.push(*byte),
        }
    }
    // Browsers post CR LF for a line's end; everything else in Kith has LF.
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n").replace('\0', "\u{fffd}")
}

/// A month by number or by its English name, at least its first three letters.
pub fn month_number(text: &str) -> Option<i8> {
    text.parse().ok().or_else(|| month_named(text))
}

/// Why there is no such day, where its month is shorter: “February 2026 has 28 days”.
pub fn shorter_month(day: &str, month: &str, year: &str) -> Option<String> {
    let first = Day::new(year.parse().ok()?, month_number(month)?, 1)?;
    let last = first.plus_months(1).plus_days(-1);
    let beyond = last.day_of_month() + 1..=31;
    let words = last.in_words();
    let (days, month) = words.split_once(' ')?;
    beyond.contains(&day.parse().ok()?).then(|| format!("{month} has {days} days"))
}

/// With a capital letter, as the start of a sentence.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// An error of a parser as GOV.UK writes them: with a capital, without a full stop.
fn sentence(error: &str) -> String {
    capital(error.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::ErrorSummary;
    use care::record::ids::NhsNumber;
    use proptest::prelude::*;

    #[test]
    fn what_was_typed_is_kept() {
        let form = Form::read(b"name=Zo%C3%AB+O%27Neill&need=a&need=b&note=one%0D%0Atwo&odd=%zz%4");
        assert_eq!(form.value("name"), "Zoë O'Neill");
        assert_eq!(form.values("need").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(form.value("note"), "one\ntwo");
        assert_eq!(form.value("odd"), "%zz%4");
        assert_eq!(form.value("absent"), "");
    }

    #[test]
    fn dates_say_what_is_missing() {
        let cases = [
            (("27", "3", "2026"), Ok(Some("2026-03-27"))),
            (("1", "Feb", "1950"), Ok(Some("1950-02-01"))),
            (("", "", ""), Ok(None)),
            (("", "3", "2026"), Err("The date of birth must include a day")),
            (("", "", "2026"), Err("The date of birth must include a day and a month")),
            (
                ("29", "2", "2026"),
                Err("The date of birth must be a real date: February 2026 has 28 days"),
            ),
            (("29", "2", "2024"), Ok(Some("2024-02-29"))),
            (
                ("31", "4", "2026"),
                Err("The date of birth must be a real date: April 2026 has 30 days"),
            ),
            (("31", "12", "9999"), Ok(Some("9999-12-31"))),
            (("32", "1", "2026"), Err("The date of birth must be a real date")),
            (("0", "2", "2026"), Err("The date of birth must be a real date")),
            (("30", "13", "2026"), Err("The date of birth must be a real date")),
            (("x", "2", "2026"), Err("The date of birth must be a real date")),
            (("1", "2", "50"), Err("The date of birth: write the year with 4 numbers")),
        ];
        for ((day, month, year), expected) in cases {
            let mut form = Form::blank()
                .with("born-day", day)
                .with("born-month", month)
                .with("born-year", year);
            let found = form.date("born", "the date of birth").map(|day| day.to_string());
            match expected {
                Ok(day) => {
                    assert_eq!(found.as_deref(), day);
                    assert!(form.is_sound());
                }
                Err(error) => assert_eq!(form.problem("born"), Some(error)),
            }
        }
    }

    #[test]
    fn errors_stand_at_their_field_and_in_the_summary() {
        let mut form = Form::blank().with("nhs-number", "943 476 5918");
        assert_eq!(form.parsed("nhs-number", NhsNumber::parse), None);
        assert_eq!(form.required("family-name", "Enter the family name"), None);
        assert_eq!(form.required_date("born", "the date of birth", "Enter a date"), None);
        form.wrong_form("Nothing was saved");
        let summary = ErrorSummary::of(&form).expect("there are errors").to_string();
        for part in
            ["#nhs-number", "#family-name", "#born-day", "Enter a date", "Nothing was saved"]
        {
            assert!(summary.contains(part), "{part} in {summary}");
        }
        assert_eq!(form.value("nhs-number"), "943 476 5918");
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(data in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut form = Form::read(&data);
            let names: Vec<String> = form.answers.iter().map(|(name, _)| name.clone()).collect();
            for name in names {
                form.required(&name, "needed");
                form.date(name.trim_end_matches("-day"), "it");
            }
            let _ = ErrorSummary::of(&form).map(|summary| summary.to_string());
        }
    }
}
