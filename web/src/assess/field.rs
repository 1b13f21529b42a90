//! A question as a field of the form: how it is asked, read and filled in. A field is named after its
//! question: `q-falls`.

pub mod rows;

use std::fmt::Write as _;

use care::assess::form::{AnswerType, Question};
use care::record::fact::assess::{Reply, Side, YesNo};
use law::day::{PartialDay, Precision};

use crate::components::{
    Checkboxes, Choice, DateInput, Heading, Markup, Radios, Select, TextInput, Textarea,
};
use crate::forms::{Form, month_number, shorter_month};

/// The question's hint, where it has one.
macro_rules! hinted {
    ($part:expr, $question:expr) => {
        if $question.hint.is_empty() { $part } else { $part.hint($question.hint.as_str()) }
    };
}

/// What is posted where somebody would rather not answer: the questions they would rather not.
pub const RATHER_NOT: &str = "rather-not";

/// So many choices are shown at once; more of them stand in a list that opens.
const RADIOS: usize = 8;

/// The name of a question's field.
pub fn name(question: &Question) -> String {
    format!("q-{}", question.id)
}

/// A question that is shown.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The question.
    pub question: &'a Question,
    /// What stands over its field: the question itself, or other words where it stands above already.
    pub label: &'a str,
    /// Where its buttons send the form.
    pub to: &'a str,
}

/// What is shown under an answer of a question: the answer's code, and the questions that hang on it.
pub type Reveals = Vec<(String, Markup)>;

/// The question on the page, with further questions under the answers on which they hang.
pub fn show(asked: &Shown<'_>, form: &Form, reveals: Reveals) -> Markup {
    let Shown { question, label, to } = *asked;
    let name = name(question);
    match &question.answer {
        AnswerType::Text => hinted!(TextInput::new(name, label), question)
            .heading(Heading::Small)
            .filled(form)
            .into(),
        AnswerType::LongText => hinted!(Textarea::new(name, label), question)
            .heading(Heading::Small)
            .rows(3)
            .filled(form)
            .into(),
        AnswerType::Amount => hinted!(TextInput::new(name, format!("{label} (£)")), question)
            .heading(Heading::Small)
            .width(10)
            .inputmode("decimal")
            .filled(form)
            .into(),
        AnswerType::Number => hinted!(TextInput::new(name, label), question)
            .heading(Heading::Small)
            .width(5)
            .numeric()
            .filled(form)
            .into(),
        AnswerType::Date => {
            let hint = format!(
                "{} If only the year or the month is known, leave the rest empty.",
                question.hint
            );
            DateInput::new(name, label)
                .hint(hint.trim())
                .heading(Heading::Small)
                .filled(form)
                .into()
        }
        AnswerType::Scale => {
            let places = (0..=10).map(|place: u8| place.to_string());
            let choices = std::iter::once(Choice::new("", "Not answered"))
                .chain(places.map(|place| Choice::new(place.as_str(), place.as_str())));
            hinted!(Select::new(name, label, choices), question)
                .heading(Heading::Small)
                .filled(form)
                .into()
        }
        AnswerType::YesNo => {
            let choices =
                YesNo::ALL.iter().map(|one| (one.code().to_owned(), one.in_words().to_owned()));
            radios(asked, form, choices.collect(), reveals)
        }
        AnswerType::Choice(choices) => {
            let choices = choices.iter().map(|one| (one.code.clone(), one.label.clone()));
            radios(asked, form, choices.collect(), reveals)
        }
        AnswerType::Choices(choices) => {
            let mut reveals = reveals;
            let choices: Vec<Choice> = choices
                .iter()
                .map(|one| {
                    revealing(
                        Choice::new(one.code.as_str(), one.label.as_str()),
                        &one.code,
                        &mut reveals,
                    )
                })
                .collect();
            hinted!(Checkboxes::new(name, label, choices), question)
                .heading(Heading::Small)
                .small()
                .filled(form)
                .into()
        }
        AnswerType::People | AnswerType::Table(_) => {
            let hint = question.hint.as_str();
            group(label, hint, form.problem(&name), &name, rows::show(question, form, to))
        }
    }
}

fn revealing(choice: Choice, code: &str, reveals: &mut Reveals) -> Choice {
    match reveals.iter().position(|(when, _)| when == code) {
        Some(at) => choice.reveals(reveals.swap_remove(at).1),
        None => choice,
    }
}

fn radios(
    asked: &Shown<'_>,
    form: &Form,
    choices: Vec<(String, String)>,
    mut reveals: Reveals,
) -> Markup {
    let Shown { question, label, .. } = *asked;
    let name = name(question);
    let reveals_any = !reveals.is_empty();
    let many = choices.len() > RADIOS && reveals.is_empty();
    let mut shown: Vec<Choice> = choices
        .into_iter()
        .map(|(code, label)| revealing(Choice::new(code.as_str(), label), &code, &mut reveals))
        .collect();
    // Yes and no stand beside each other, where nothing hangs on them.
    let beside = question.answer == AnswerType::YesNo && !reveals_any;
    if question.side == Side::Person {
        let rather_not = Choice::new(RATHER_NOT, "Would rather not say");
        shown.push(if beside { rather_not } else { rather_not.after("or") });
    }
    if many {
        let none = std::iter::once(Choice::new("", "Not answered"));
        return hinted!(Select::new(name, label, none.chain(shown)), question)
            .heading(Heading::Small)
            .filled(form)
            .into();
    }
    let radios = hinted!(Radios::new(name, label, shown), question).heading(Heading::Small).small();
    if beside { radios.inline().filled(form).into() } else { radios.filled(form).into() }
}

/// Rows under the question they answer.
fn group(label: &str, hint: &str, problem: Option<&str>, id: &str, rows: Markup) -> Markup {
    #[derive(askama::Template)]
    #[template(path = "assess/rows.html")]
    struct Group<'a> {
        label: &'a str,
        hint: &'a str,
        problem: Option<&'a str>,
        id: &'a str,
        rows: Markup,
    }
    Markup::of(&Group { label, hint, problem, id, rows })
}

/// What was answered; what is wrong with it is noted at the field.
pub fn read(question: &Question, form: &mut Form) -> Option<Reply> {
    let name = name(question);
    if form.has(&name, RATHER_NOT) {
        return Some(Reply::RatherNotSay);
    }
    let read = match &question.answer {
        AnswerType::People | AnswerType::Table(_) => {
            rows::read(question, form).map_or(Ok(None), |reply| question.answer.check(reply))
        }
        AnswerType::Date => date(form, &name).map_or(Ok(None), |date| {
            question.answer.read(&[date.as_str()]).map_err(|_| no_date(form, &name))
        }),
        _ => {
            let values: Vec<&str> = form.values(&name).collect();
            question.answer.read(&values)
        }
    };
    match read {
        // What was written counts, also where the box is ticked.
        Ok(None) if form.has(RATHER_NOT, question.id.as_str()) => Some(Reply::RatherNotSay),
        Ok(reply) => reply,
        Err(why) => {
            form.wrong(&name, why);
            None
        }
    }
}

/// Whether “would rather not say” stands among its answers; otherwise it has a box at the foot.
pub fn offers_rather_not(question: &Question) -> bool {
    matches!(question.answer, AnswerType::YesNo | AnswerType::Choice(_))
}

/// Why what was filled in is no date.
fn no_date(form: &Form, name: &str) -> String {
    let [day, month, year] = parts(form, name);
    shorter_month(day, month, year).map_or_else(
        || {
            "This must be a real date, such as 27 3 2026, or only a month and year, or a year"
                .to_owned()
        },
        |why| format!("This must be a real date: {why}"),
    )
}

/// The day, the month and the year as they were typed.
fn parts<'a>(form: &'a Form, name: &str) -> [&'a str; 3] {
    ["day", "month", "year"].map(|part| form.value(&format!("{name}-{part}")).trim())
}

/// A date as it is stored, as far as it is filled in; what cannot be one is stored as none, and refused.
fn date(form: &Form, name: &str) -> Option<String> {
    let [day, month, year] = parts(form, name);
    let month = month_number(month).map_or_else(|| month.to_owned(), |number| number.to_string());
    let two = |text: &str| if text.len() == 1 { format!("0{text}") } else { text.to_owned() };
    match (day, month.as_str(), year) {
        ("", "", "") => None,
        ("", "", year) => Some(year.to_owned()),
        ("", month, year) => Some(format!("{year}-{}", two(month))),
        (day, month, year) => Some(format!("{year}-{}-{}", two(month), two(day))),
    }
}

/// Whether something is filled in.
pub fn is_filled(question: &Question, form: &Form) -> bool {
    let name = name(question);
    match &question.answer {
        AnswerType::People | AnswerType::Table(_) => rows::read(question, form).is_some(),
        AnswerType::Date => date(form, &name).is_some(),
        _ => form.values(&name).any(|said| !said.trim().is_empty()),
    }
}

/// Fills a field in with an answer.
pub fn fill(question: &Question, form: Form, reply: &Reply) -> Form {
    let name = name(question);
    let form = cleared(question, form);
    match reply {
        Reply::RatherNotSay if offers_rather_not(question) => form.with(&name, RATHER_NOT),
        Reply::RatherNotSay => form.with(RATHER_NOT, question.id.as_str()),
        Reply::Text(text) => form.with(&name, text.as_str()),
        Reply::YesNo(said) => form.with(&name, said.code()),
        Reply::Choice(code) => form.with(&name, code.as_str()),
        Reply::Choices(codes) => {
            codes.iter().fold(form, |form, code| form.with(&name, code.as_str()))
        }
        Reply::Date(date) => fill_date(form, &name, *date),
        Reply::Amount(amount) => form.with(&name, amount.to_string()),
        Reply::Number(number) => form.with(&name, number.to_string()),
        Reply::Scale(place) => form.with(&name, place.to_string()),
        Reply::People(_) | Reply::Rows(_) => rows::fill(question, form, reply),
    }
}

fn fill_date(form: Form, name: &str, date: PartialDay) -> Form {
    let day = date.first();
    let form = form.with(&format!("{name}-year"), day.year().to_string());
    if date.precision() == Precision::Year {
        return form;
    }
    let form = form.with(&format!("{name}-month"), day.month().to_string());
    if date.precision() == Precision::Month {
        return form;
    }
    form.with(&format!("{name}-day"), day.day_of_month().to_string())
}

/// The form without an answer to a question.
pub fn cleared(question: &Question, form: Form) -> Form {
    let name = name(question);
    match &question.answer {
        AnswerType::People | AnswerType::Table(_) => rows::cleared(question, form),
        AnswerType::Date => ["day", "month", "year"]
            .iter()
            .fold(form, |form, part| form.without(&format!("{name}-{part}"))),
        _ => form.without(&name),
    }
}

/// Every answer that was typed, a line each, to be copied where it could not be kept. The questions are
/// named by their ids: no place's forms are known where this is needed.
pub fn in_lines(form: &Form) -> String {
    let mut lines = String::new();
    for (name, said) in form.answers() {
        let Some(question) = name.strip_prefix("q-").filter(|name| !name.ends_with("-rows")) else {
            continue;
        };
        if !said.trim().is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{}: {}", question.replace('-', " "), said.trim());
        }
    }
    lines
}
