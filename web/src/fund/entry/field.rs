//! A question of the form, stated once: what it is called, where its answer stands in the case, how it
//! is asked, read and filled in.

use care::record::ids::PersonId;
use law::fraction::Share;
use law::pence::Pence;
use serde_json::Value;

use super::tree;
use crate::components::{Checkboxes, Choice, DateInput, Markup, Radios, Select, TextInput};
use crate::forms::Form;
use crate::seat::Seat;

/// Who fills the form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// An officer, who is asked everything.
    Officer,
    /// The person, who is asked what they can know, in their words.
    Person,
}

impl Voice {
    /// Whose voice it is that asks for something about a person.
    pub fn of(seat: &Seat, id: PersonId) -> Self {
        let actor = &seat.actor;
        let theirs = actor.person == Some(id) || actor.represents == Some(id);
        if theirs { Self::Person } else { Self::Officer }
    }
}

/// An answer to choose from.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Its code in the case.
    pub code: &'static str,
    /// Words for it.
    pub words: &'static str,
    /// The heading under which it stands, in a long list.
    pub group: Option<&'static str>,
}

/// Answers to choose from.
pub type Choices = Vec<Answer>;

/// A few answers to choose from, each its code and words for it.
pub fn few<const N: usize>(answers: [(&'static str, &'static str); N]) -> Choices {
    answers.map(|(code, words)| Answer { code, words, group: None }).into()
}

/// How a question is asked, and what kind of answer it has.
#[derive(Debug, Clone, Copy)]
pub enum Control {
    /// An amount in pounds.
    Money,
    /// A part of a whole: `1/3`, `half`, `25%`.
    Share,
    /// A day; its name within a sentence: “the day it was received”.
    Day(&'static str),
    /// Words.
    Text,
    /// A small number.
    Count,
    /// A box to tick; a tick says this, and no tick the opposite.
    Tick(bool),
    /// Yes, no, or what is said where neither is known.
    YesNo(&'static str),
    /// A box to tick before the answers that follow it are heeded.
    Opens,
    /// One of a list that opens.
    OneOf(fn(Voice) -> Choices),
    /// One of a few.
    Radios(fn(Voice) -> Choices),
}

/// A question.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the form, or in its row of the form.
    pub name: &'static str,
    /// Where its answer stands in the case, or in its row of the case.
    pub path: &'static str,
    control: Control,
    label: &'static str,
    own: Option<&'static str>,
    hint: &'static str,
    missing: Option<&'static str>,
    usual: &'static str,
    /// Whether it stands under “More”.
    pub rare: bool,
}

/// A question for an officer.
pub const fn field(
    name: &'static str,
    path: &'static str,
    control: Control,
    label: &'static str,
) -> Field {
    Field { name, path, control, label, own: None, hint: "", missing: None, usual: "", rare: false }
}

impl Field {
    /// The person is asked it too, in these words.
    pub const fn own(self, label: &'static str) -> Self {
        Self { own: Some(label), ..self }
    }

    /// With a sentence of help.
    pub const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// It must be answered wherever its neighbours are, or else this is said.
    pub const fn needed(self, missing: &'static str) -> Self {
        Self { missing: Some(missing), ..self }
    }

    /// What it is unless somebody says otherwise.
    pub const fn usually(self, usual: &'static str) -> Self {
        Self { usual, ..self }
    }

    /// It is seldom needed.
    pub const fn rare(self) -> Self {
        Self { rare: true, ..self }
    }

    /// What an officer is asked.
    pub fn label(&self) -> &'static str {
        self.label
    }

    /// Whether it is asked of whoever fills the form in.
    pub fn is_asked(&self, voice: Voice) -> bool {
        voice == Voice::Officer || self.own.is_some()
    }

    fn choices(&self, voice: Voice) -> Choices {
        match self.control {
            Control::OneOf(choices) | Control::Radios(choices) => choices(voice),
            Control::YesNo(neither) => few([("", neither), ("yes", "Yes"), ("no", "No")]),
            _ => Vec::new(),
        }
    }

    /// The names of its parts in the form.
    pub fn names(&self, name: &str) -> Vec<String> {
        match self.control {
            Control::Day(_) => ["day", "month", "year"].map(|part| format!("{name}-{part}")).into(),
            _ => vec![name.to_owned()],
        }
    }

    /// Whether nothing is said here but what is usual.
    pub fn is_blank(&self, form: &Form, name: &str) -> bool {
        self.names(name).iter().all(|name| {
            let said = form.value(name).trim();
            said.is_empty() || said == self.usual
        })
    }

    /// What was typed here, in words: to be copied where it could not be kept.
    pub fn typed(&self, form: &Form, name: &str) -> String {
        let names = self.names(name);
        let said: Vec<&str> = names.iter().map(|name| form.value(name).trim()).collect();
        let said = said.join(" ").trim().to_owned();
        let words = self.choices(Voice::Officer).into_iter().find(|answer| answer.code == said);
        match (self.control, words) {
            (Control::Tick(_) | Control::Opens, _) if !said.is_empty() => self.label.to_owned(),
            (_, Some(answer)) if !said.is_empty() => answer.words.to_owned(),
            _ => said,
        }
    }

    /// Lays the answer over a case or a row of one; what is wrong is noted at the field.
    pub fn lay(&self, form: &mut Form, name: &str, into: &mut Value) {
        tree::remove(into, self.path);
        if let Some(answer) = self.read(form, name) {
            tree::put(into, self.path, answer);
        }
    }

    /// Says what is usual where the rest of it is said and this is not.
    pub fn lay_usual(&self, into: &mut Value) {
        let usual = match self.control {
            Control::Tick(says) => Value::Bool(!says),
            _ if !self.usual.is_empty() => Value::from(self.usual),
            _ => return,
        };
        if tree::stands_in(into, self.path) && tree::get(into, self.path).is_none() {
            tree::put(into, self.path, usual);
        }
    }

    /// Notes that the answer is missing.
    pub fn require(&self, form: &mut Form, name: &str, into: &Value) {
        let Some(missing) = self.missing else { return };
        let told = tree::get(into, self.path).is_some() || !tree::stands_in(into, self.path);
        if told || form.problem(name).is_some() {
            return;
        }
        match self.control {
            Control::Day(_) => form.wrong_date(name, missing),
            _ => form.wrong(name, missing),
        }
    }

    fn read(&self, form: &mut Form, name: &str) -> Option<Value> {
        match self.control {
            Control::Money => form.parsed(name, money).map(Value::from),
            Control::Share => form.parsed(name, share).map(|share| {
                let (top, bottom) = share.parts();
                Value::from(format!("{top}/{bottom}"))
            }),
            Control::Day(what) => form.date(name, what).map(|day| Value::from(day.to_string())),
            Control::Text => form.optional(name).map(Value::from),
            Control::Count => form
                .parsed(name, |text| text.parse::<u8>().map_err(|_| "Enter a number, such as 2"))
                .map(Value::from),
            Control::Tick(says) => form.has(name, "yes").then_some(Value::Bool(says)),
            Control::Opens => form.has(name, "yes").then(|| Value::Object(serde_json::Map::new())),
            Control::YesNo(_) => match form.value(name) {
                "yes" => Some(Value::Bool(true)),
                "no" => Some(Value::Bool(false)),
                _ => None,
            },
            Control::OneOf(choices) | Control::Radios(choices) => {
                let said = form.value(name).trim().to_owned();
                let known = choices(Voice::Officer).into_iter().any(|answer| answer.code == said);
                if !known && !said.is_empty() {
                    form.wrong(name, "Choose one of the answers");
                }
                (known && !said.is_empty() && said != self.usual).then(|| Value::from(said))
            }
        }
    }

    /// Fills the form in with what a case, or a row of one, says.
    pub fn fill(&self, form: Form, name: &str, from: &Value) -> Form {
        let Some(value) = tree::get(from, self.path) else { return form };
        match (self.control, value) {
            (Control::Day(_), Value::String(day)) => {
                let parts: Vec<&str> = day.splitn(3, '-').collect();
                let [year, month, day] = parts.as_slice() else { return form };
                let plain = |text: &str| text.trim_start_matches('0').to_owned();
                form.with(&format!("{name}-day"), plain(day))
                    .with(&format!("{name}-month"), plain(month))
                    .with(&format!("{name}-year"), *year)
            }
            (Control::Tick(says), Value::Bool(said)) if *said == says => form.with(name, "yes"),
            (Control::Tick(_), _) => form,
            (Control::Opens, _) => form.with(name, "yes"),
            (_, Value::Bool(said)) => form.with(name, if *said { "yes" } else { "no" }),
            (_, Value::Number(number)) if number.as_u64() == Some(0) => form,
            (_, Value::Number(number)) => form.with(name, number.to_string()),
            (_, Value::String(text)) => form.with(name, text.as_str()),
            _ => form,
        }
    }

    /// The question on the page.
    pub fn show(&self, form: &Form, name: &str, voice: Voice) -> Markup {
        let label = match voice {
            Voice::Officer => self.label,
            Voice::Person => self.own.unwrap_or(self.label),
        };
        let text = |width: u8| {
            let mut input = TextInput::new(name, label);
            if width > 0 {
                input = input.width(width);
            }
            if !self.hint.is_empty() {
                input = input.hint(self.hint);
            }
            input.filled(form)
        };
        let said = form.value(name).trim();
        let said = if said.is_empty() { self.usual } else { said };
        let choice = |answer: Answer| {
            let choice = Choice::new(answer.code, answer.words).chosen(answer.code == said);
            if let Some(group) = answer.group { choice.under(group) } else { choice }
        };
        let problem = form.problem(name).map(Markup::from);
        match self.control {
            Control::Money => text(10).inputmode("decimal").into(),
            Control::Share if voice == Voice::Person => own_share(form, name, label),
            Control::Share => text(5).into(),
            Control::Text => text(0).into(),
            Control::Count => text(2).numeric().into(),
            Control::Day(_) => {
                let mut date = DateInput::new(name, label);
                if !self.hint.is_empty() {
                    date = date.hint(self.hint);
                }
                date.filled(form).into()
            }
            Control::Tick(_) | Control::Opens => {
                let mut choice = Choice::new("yes", label);
                if !self.hint.is_empty() {
                    choice = choice.hint(self.hint);
                }
                Checkboxes::without_legend(name, [choice]).small().filled(form).into()
            }
            Control::OneOf(_) | Control::YesNo(_) => {
                let mut select =
                    Select::new(name, label, self.choices(voice).into_iter().map(choice));
                if !self.hint.is_empty() {
                    select = select.hint(self.hint);
                }
                if let Some(problem) = problem { select.error(problem) } else { select }.into()
            }
            Control::Radios(_) => {
                let choices = self.choices(voice).into_iter().map(choice);
                let mut radios = Radios::new(name, label, choices).small();
                if !self.hint.is_empty() {
                    radios = radios.hint(self.hint);
                }
                if let Some(problem) = problem { radios.error(problem) } else { radios }.into()
            }
        }
    }
}

/// The person's share as few words, with the one that is known where it is another.
fn own_share(form: &Form, name: &str, label: &str) -> Markup {
    let said = form.value(name).trim();
    let known =
        [("", "All of it"), ("1/2", "Half of it"), ("1/3", "A third"), ("1/4", "A quarter")];
    let other = (!known.iter().any(|(code, _)| *code == said)).then_some((said, said));
    let choices = known.into_iter().chain(other);
    Select::new(name, label, choices.map(|(code, words)| Choice::new(code, words)))
        .filled(form)
        .into()
}

/// An amount as people type it, with or without a pound sign and commas; as the case writes it.
fn money(text: &str) -> Result<String, &'static str> {
    let plain: String = text.chars().filter(|c| !matches!(c, '£' | ',' | ' ' | '\u{a0}')).collect();
    let amount = Pence::parse(&plain).map_err(|_| "Enter an amount in pounds, such as 85.50")?;
    Ok(amount.to_string())
}

/// A share as people type it.
fn share(text: &str) -> Result<Share, &'static str> {
    let wrong = "Enter a share, such as 1/2, 1/3 or 25%";
    let text = text.to_lowercase();
    let percent = text.strip_suffix('%').map(str::trim);
    match (text.as_str(), percent) {
        ("all", _) => Ok(Share::WHOLE),
        ("half", _) => Ok(Share::HALF),
        (_, Some(percent)) => percent.parse().ok().and_then(Share::percent).ok_or(wrong),
        (text, None) => Share::parse(&text.replace(' ', "")).map_err(|_| wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_shares_are_read_as_people_type_them() {
        for (typed, read) in [("£1,234.50", "1234.50"), ("85", "85.00"), ("0", "0.00")] {
            assert_eq!(money(typed).as_deref(), Ok(read), "{typed}");
        }
        assert!(money("lots").is_err() && money("-5").is_err());
        for (typed, parts) in
            [("half", (1, 2)), ("1 / 3", (1, 3)), ("25 %", (1, 4)), ("0.4", (2, 5))]
        {
            assert_eq!(share(typed).map(Share::parts), Ok(parts), "{typed}");
        }
        assert!(share("150%").is_err() && share("some").is_err());
    }
}
