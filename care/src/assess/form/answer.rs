//! Answers and the questions they are given to: whether they fit, how they are read, and how they
//! read.

use std::collections::BTreeMap;

use law::day::PartialDay;
use law::pence::Pence;

use crate::record::fact::assess::{Named, Reply, YesNo};
use crate::who::actor::WORDS_MAX;

use super::{AnswerType, Choice, Question};

/// The most people or rows that one answer holds.
pub const ROWS_MAX: usize = 50;

impl AnswerType {
    /// Its name in a form's file.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long-text",
            Self::YesNo => "yes-no",
            Self::Choice(_) => "choice",
            Self::Choices(_) => "choices",
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Number => "number",
            Self::Scale => "scale",
            Self::People => "people",
            Self::Table(_) => "table",
        }
    }

    /// Its choices, or its columns.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Choices(choices) | Self::Table(choices) => choices,
            _ => &[],
        }
    }

    /// Whether an answer to a question of the other kind answers one of this kind: a line of words
    /// and words at length do, and choices do where the codes are the same.
    pub fn is_like(&self, other: &Self) -> bool {
        let words = |kind: &Self| matches!(kind, Self::Text | Self::LongText);
        let codes = |kind: &Self| -> Vec<String> {
            kind.choices().iter().map(|choice| choice.code.clone()).collect()
        };
        (words(self) && words(other))
            || (self.code() == other.code() && codes(self) == codes(other))
    }

    /// Reads an answer from what a form posts under one name; None where nothing was answered.
    /// People and tables have a name for each column, and are put together by the page.
    pub fn read(&self, values: &[&str]) -> Result<Option<Reply>, String> {
        let values: Vec<&str> =
            values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
        let Some(&first) = values.first() else { return Ok(None) };
        if first == RATHER_NOT_SAY {
            return Ok(Some(Reply::RatherNotSay));
        }
        let reply = match self {
            Self::Text | Self::LongText => Reply::Text(first.to_owned()),
            Self::YesNo => Reply::YesNo(YesNo::named(first).ok_or("Choose one of the answers")?),
            Self::Choice(_) => Reply::Choice(first.to_owned()),
            Self::Choices(_) => Reply::Choices(values.iter().map(ToString::to_string).collect()),
            Self::Date => Reply::Date(PartialDay::parse(first).map_err(|why| why.to_string())?),
            Self::Amount => Reply::Amount(
                Pence::parse(first.trim_start_matches('£'))
                    .map_err(|_| "Enter pounds and pence, such as 424.90".to_owned())?,
            ),
            Self::Number => {
                Reply::Number(first.parse().map_err(|_| "Enter a whole number".to_owned())?)
            }
            Self::Scale => Reply::Scale(first.parse().map_err(|_| SCALE.to_owned())?),
            Self::People | Self::Table(_) => return Err("Enter it line by line".to_owned()),
        };
        self.check(reply)
    }

    /// Checks an answer and takes away what is empty in it; None where nothing is left.
    pub fn check(&self, reply: Reply) -> Result<Option<Reply>, String> {
        let known = |code: &String| self.choices().iter().any(|choice| choice.code == *code);
        Ok(match (self, reply) {
            (_, Reply::RatherNotSay) => Some(Reply::RatherNotSay),
            (Self::Text | Self::LongText, Reply::Text(text)) => {
                let text = clean(&text)?;
                (!text.is_empty()).then_some(Reply::Text(text))
            }
            (Self::Choice(_), Reply::Choice(code)) if known(&code) => Some(Reply::Choice(code)),
            (Self::Choices(_), Reply::Choices(codes)) if codes.iter().all(known) => {
                (!codes.is_empty()).then_some(Reply::Choices(codes))
            }
            (Self::Scale, Reply::Scale(place)) if place <= 10 => Some(Reply::Scale(place)),
            (Self::Scale, Reply::Scale(_)) => return Err(SCALE.to_owned()),
            (Self::Amount, Reply::Amount(amount)) if amount < Pence::ZERO => {
                return Err("Enter an amount that is not below nothing".to_owned());
            }
            (Self::YesNo, reply @ Reply::YesNo(_))
            | (Self::Date, reply @ Reply::Date(_))
            | (Self::Amount, reply @ Reply::Amount(_))
            | (Self::Number, reply @ Reply::Number(_)) => Some(reply),
            (Self::People, Reply::People(people)) => people_in(people)?,
            (Self::Table(columns), Reply::Rows(rows)) => rows_in(columns, rows)?,
            (Self::Choice(_) | Self::Choices(_), _) => {
                return Err("Choose from the answers that are there".to_owned());
            }
            (kind, _) => {
                return Err(format!("This is not an answer of the kind ‘{}’", kind.code()));
            }
        })
    }
}

/// The value that is posted where somebody would rather not answer.
pub const RATHER_NOT_SAY: &str = "rather-not-say";

const SCALE: &str = "Choose a whole number from 0 to 10";

impl Question {
    /// Whether an answer that stands on the story is an answer to it as it is asked now.
    pub fn is_answered_by(&self, reply: &Reply) -> bool {
        matches!(self.answer.check(reply.clone()), Ok(Some(_)))
    }

    /// An answer in plain words, a line for each thing said. Also one that no longer fits is shown.
    pub fn in_words(&self, reply: &Reply) -> Vec<String> {
        let label = |code: &String| {
            let choices = self.answer.choices();
            let found = choices.iter().find(|choice| choice.code == *code);
            found.map_or_else(|| code.clone(), |choice| choice.label.clone())
        };
        match reply {
            Reply::RatherNotSay => vec!["Would rather not say".to_owned()],
            Reply::Text(text) => text.lines().map(str::to_owned).collect(),
            Reply::YesNo(said) => vec![said.in_words().to_owned()],
            Reply::Choice(code) => vec![label(code)],
            Reply::Choices(codes) => {
                // In the order of the question, which is the order people know.
                let known = self.answer.choices().iter().map(|choice| &choice.code);
                let (known, rest): (Vec<&String>, Vec<&String>) = (
                    known.filter(|code| codes.contains(*code)).collect(),
                    codes
                        .iter()
                        .filter(|code| self.answer.choices().iter().all(|c| c.code != **code))
                        .collect(),
                );
                known.into_iter().chain(rest).map(label).collect()
            }
            Reply::Date(date) => vec![date.in_words()],
            Reply::Amount(amount) => vec![amount.in_words()],
            Reply::Number(number) => vec![number.to_string()],
            Reply::Scale(place) => vec![format!("{place} of 10")],
            Reply::People(people) => people.iter().map(person_in_words).collect(),
            Reply::Rows(rows) => {
                let said = |row: &BTreeMap<String, String>| {
                    let columns = self.answer.choices().iter();
                    let cells: Vec<String> = columns
                        .filter_map(|column| {
                            row.get(&column.code).map(|text| format!("{}: {text}", column.label))
                        })
                        .collect();
                    cells.join("; ")
                };
                rows.iter().map(said).collect()
            }
        }
    }
}

fn person_in_words(named: &Named) -> String {
    let mut words = named.name.clone();
    if !named.relation.is_empty() {
        words = format!("{words} ({})", named.relation);
    }
    for (lead, text) in [(": ", &named.words), ("; to reach: ", &named.reach)] {
        if !text.is_empty() {
            words.push_str(lead);
            words.push_str(text);
        }
    }
    words
}

fn people_in(people: Vec<Named>) -> Result<Option<Reply>, String> {
    let mut kept = Vec::new();
    for person in people {
        let person = Named {
            name: clean(&person.name)?,
            relation: clean(&person.relation)?,
            reach: clean(&person.reach)?,
            words: clean(&person.words)?,
        };
        if person == Named::default() {
            continue;
        }
        if person.name.is_empty() {
            return Err("Give each person a name, or say who they are".to_owned());
        }
        kept.push(person);
    }
    few(kept.len())?;
    Ok((!kept.is_empty()).then_some(Reply::People(kept)))
}

fn rows_in(
    columns: &[Choice],
    rows: Vec<BTreeMap<String, String>>,
) -> Result<Option<Reply>, String> {
    let mut kept = Vec::new();
    for row in rows {
        let mut cells = BTreeMap::new();
        for (column, text) in row {
            if columns.iter().all(|known| known.code != column) {
                return Err(format!("There is no column ‘{column}’ here"));
            }
            let text = clean(&text)?;
            if !text.is_empty() {
                cells.insert(column, text);
            }
        }
        if !cells.is_empty() {
            kept.push(cells);
        }
    }
    few(kept.len())?;
    Ok((!kept.is_empty()).then_some(Reply::Rows(kept)))
}

fn few(count: usize) -> Result<(), String> {
    if count > ROWS_MAX {
        return Err(format!("These are {count} lines: keep it to {ROWS_MAX}"));
    }
    Ok(())
}

/// Words without white space around them, and without characters that nobody sees.
fn clean(text: &str) -> Result<String, String> {
    crate::who::actor::optional_words("answer", text)
        .map_err(|_| format!("This is too long: keep it to {WORDS_MAX} characters"))
}
