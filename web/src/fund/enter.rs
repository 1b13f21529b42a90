//! Entering income, savings and costs: an officer's draft with its working as it stands, or what the
//! person says of themself.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::fund::means;
use care::record::ids::PersonId;
use care::who::access::Right;
use law::charging::{CapitalKind, HousingKind, IncomeKind, Kind, Row, ServiceKind};
use law::day::{PartialDay, Precision};
use law::period::Every;

use crate::ask::note_refusal;
use crate::changing::{Changed, From, Sent};
use crate::components::{
    Button, Choice, DateInput, Fieldset, Heading, Markup, Radios, Select, TextInput, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::{self, Page};
use crate::reading::{Record, identity_of};
use crate::seat::Seat;
use crate::security::Posted;

use super::entry::{
    CAPITAL, DRE, HOUSEHOLDS, HOUSING, INCOME, OCCUPIERS, Rows, SERVICES, SETTINGS, case_of,
    form_of, with_day,
};
use super::means::{latest, seen};
use super::working;

/// The page: the questions in the order in which an officer works, and the working so far.
#[derive(Template)]
#[template(path = "fund/enter.html")]
struct Enter {
    page: Page,
    action: String,
    parts: Vec<Markup>,
    working: Vec<Markup>,
    show: Button,
    keep: Button,
}

/// Opens the form with what is known.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    require(&seat, id)?;
    match seat.record_with(id, "the form for what they pay", seen).await? {
        Ok(record) => {
            let form = opened(&seat, &record);
            view(&seat, &record, &form, Vec::new())
        }
        Err(page) => Ok(page),
    }
}

/// The person themself, or an officer.
fn require(seat: &Seat, id: PersonId) -> Result<(), Failure> {
    let own = seat.actor.person == Some(id);
    seat.require(if own { Right::StateMeans } else { Right::AssessMeans })
}

fn opened(seat: &Seat, record: &Record) -> Form {
    if let Some(case) = latest(record) {
        return with_day(form_of(case), "from", Some(seat.today));
    }
    let born = identity_of(record.resident.as_ref(), &record.person).born;
    let born = born.filter(|born| born.precision() == Precision::Day).map(PartialDay::first);
    let form = with_day(Form::blank().with("setting", "home"), "from", Some(seat.today));
    with_day(form, "born", born)
}

fn view(
    seat: &Seat,
    record: &Record,
    form: &Form,
    working: Vec<Markup>,
) -> Result<Response, Failure> {
    let id = record.person.id;
    let own = seat.actor.person == Some(id);
    let title = if own { "Your income, savings and costs" } else { "Income, savings and costs" };
    let page = seat.page(title, "").back(format!("/person/{id}/means"));
    let mut parts = about(form);
    parts.push(list(
        "Income",
        "Benefits, pensions and other money coming in, after tax",
        INCOME,
        form,
        income_row,
    ));
    parts.push(list(
        "Savings and property",
        "What they are worth today",
        CAPITAL,
        form,
        capital_row,
    ));
    parts.push(list(
        "Costs of the home",
        "Rent, mortgage, council tax",
        HOUSING,
        form,
        housing_row,
    ));
    let dre = "What the illness or disability costs: laundry, heating, special food, equipment";
    parts.push(list(
        "Costs of a disability",
        dre,
        DRE,
        form,
        if own { own_expense_row } else { expense_row },
    ));
    parts.push(list(
        "Care and support",
        "What the care costs, all of it",
        SERVICES,
        form,
        service_row,
    ));
    let words = if own {
        "Anything else we should know"
    } else {
        "The evidence seen, and what else to know"
    };
    parts.push(Textarea::new("words", words).rows(3).filled(form).into());
    let enter = Enter {
        page: if form.is_sound() { page } else { page.errors(form) },
        action: format!("/person/{id}/means/enter"),
        parts,
        working,
        show: Button::new("Work it out").sends("do", "show").secondary(),
        keep: Button::new(if own { "Send it to us" } else { "Keep as a draft" })
            .sends("do", "keep")
            .once(),
    };
    if form.is_sound() { page::show(&enter) } else { page::again(&enter) }
}

/// Who, where and from when.
fn about(form: &Form) -> Vec<Markup> {
    let choices = |known: &[(&'static str, &'static str)]| -> Vec<Choice> {
        known.iter().map(|&(code, words)| Choice::new(code, words)).collect()
    };
    let settings: Vec<_> = SETTINGS.iter().map(|&(_, code, words)| (code, words)).collect();
    let households: Vec<_> = HOUSEHOLDS.iter().map(|&(_, code, words)| (code, words)).collect();
    let couple = DateInput::new("partner-born", "The partner’s date of birth").filled(form);
    let stay = Markup::join([
        DateInput::new("admitted", "The day they moved in").filled(form).into(),
        DateInput::new("permanent-from", "The day it became permanent (if it has)")
            .filled(form)
            .into(),
    ]);
    vec![
        DateInput::new("from", "From what day is it for?").filled(form).into(),
        DateInput::new("born", "Date of birth").filled(form).into(),
        Radios::new("household", "With whom do they live?", choices(&households))
            .filled(form)
            .into(),
        couple.into(),
        TextInput::new("children", "How many children they are responsible for")
            .width(2)
            .numeric()
            .filled(form)
            .into(),
        Radios::new("setting", "Where is the care?", choices(&settings)).filled(form).into(),
        Fieldset::new("Only for a care home", stay).heading(Heading::Small).into(),
    ]
}

/// A list of rows under a heading.
fn list(
    heading: &str,
    hint: &str,
    rows: Rows,
    form: &Form,
    row: fn(&Form, usize) -> Vec<Markup>,
) -> Markup {
    #[derive(Template)]
    #[template(path = "fund/rows.html")]
    struct List<'a> {
        heading: &'a str,
        hint: &'a str,
        rows: Vec<Vec<Markup>>,
    }
    let rows = (0..rows.shown(form)).map(|at| row(form, at)).collect();
    Markup::of(&List { heading, hint, rows })
}

fn kinds<R: Row>(kinds: impl Iterator<Item = Kind<R>>) -> impl Iterator<Item = Choice> {
    std::iter::once(Choice::new("", "Choose"))
        .chain(kinds.map(|kind| Choice::new(kind.code(), kind.label())))
}

fn kind_of<R: Row>(
    all: impl Iterator<Item = Kind<R>>,
    form: &Form,
    rows: Rows,
    at: usize,
) -> Markup {
    Select::new(rows.field(at, "kind"), "What it is", kinds(all)).filled(form).into()
}

fn amount(form: &Form, rows: Rows, at: usize, label: &str) -> Markup {
    TextInput::new(rows.field(at, "amount"), label)
        .width(10)
        .inputmode("decimal")
        .filled(form)
        .into()
}

fn how_often(form: &Form, rows: Rows, at: usize) -> Markup {
    let choices = Every::ALL.map(|every| Choice::new(every.code(), every.in_words()));
    let name = rows.field(at, "every");
    let usual = form.value(&name).is_empty();
    let form = if usual { &form.clone().with(&name, Every::Week.code()) } else { form };
    Select::new(name, "How often", choices).filled(form).into()
}

fn income_row(form: &Form, at: usize) -> Vec<Markup> {
    vec![
        kind_of(IncomeKind::all(), form, INCOME, at),
        amount(form, INCOME, at, "Amount (£)"),
        how_often(form, INCOME, at),
    ]
}

fn capital_row(form: &Form, at: usize) -> Vec<Markup> {
    let joint = [Choice::new("", "All theirs"), Choice::new("yes", "Half of it")];
    let lives = std::iter::once(Choice::new("", "Not a home"))
        .chain(OCCUPIERS.iter().map(|&(_, code, words)| Choice::new(code, words)));
    vec![
        kind_of(CapitalKind::all(), form, CAPITAL, at),
        amount(form, CAPITAL, at, "Worth (£)"),
        TextInput::new(CAPITAL.field(at, "debt"), "Owed on it (£)")
            .width(10)
            .inputmode("decimal")
            .filled(form)
            .into(),
        Select::new(CAPITAL.field(at, "joint"), "Whose", joint).filled(form).into(),
        Select::new(CAPITAL.field(at, "lives"), "Who lives there", lives).filled(form).into(),
    ]
}

fn housing_row(form: &Form, at: usize) -> Vec<Markup> {
    vec![
        kind_of(HousingKind::all(), form, HOUSING, at),
        amount(form, HOUSING, at, "Amount (£)"),
        how_often(form, HOUSING, at),
    ]
}

fn own_expense_row(form: &Form, at: usize) -> Vec<Markup> {
    vec![
        TextInput::new(DRE.field(at, "kind"), "What for").filled(form).into(),
        amount(form, DRE, at, "Amount (£)"),
        how_often(form, DRE, at),
    ]
}

fn expense_row(form: &Form, at: usize) -> Vec<Markup> {
    let allowed = [Choice::new("yes", "Allowed"), Choice::new("no", "Not allowed")];
    let mut row = own_expense_row(form, at);
    row.push(Select::new(DRE.field(at, "allowed"), "Decision", allowed).filled(form).into());
    row.push(TextInput::new(DRE.field(at, "reason"), "Reason").filled(form).into());
    row
}

fn service_row(form: &Form, at: usize) -> Vec<Markup> {
    vec![
        kind_of(ServiceKind::all(), form, SERVICES, at),
        amount(form, SERVICES, at, "Cost (£)"),
        how_often(form, SERVICES, at),
    ]
}

/// Works it out, or keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    require(&seat, id)?;
    let own = seat.actor.person == Some(id);
    let record = match seat.record_with(id, "the form for what they pay", seen).await? {
        Ok(record) => record,
        Err(page) => return Ok(page),
    };
    let told_on = record.person.means.asked.as_ref().map(|asked| asked.said.told_on);
    let Some(case) = case_of(&mut form, told_on) else {
        return view(&seat, &record, &form, Vec::new());
    };
    if !form.has("do", "keep") {
        let last = record.person.means.on(seat.today).map(|told| told.said.charge);
        let parts = match seat.app.place.law.answer(&case) {
            Ok(answer) => {
                let mut parts = working::summary(&answer, last);
                parts.extend(working::tables(&answer.lines));
                parts
            }
            Err(why) => {
                form.wrong_form(why.to_string());
                Vec::new()
            }
        };
        return view(&seat, &record, &form, parts);
    }
    let (words, app) = (form.value("words").to_owned(), seat.app.clone());
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        let law = &app.place.law;
        if own {
            means::state(before.person, case.clone(), &words, law, asking)
        } else {
            means::draft(before.person, case.clone(), &words, law, asking)
        }
    });
    match changed.await? {
        Changed::Kept | Changed::Again => {
            let done = if own { "said" } else { "drafted" };
            Ok(Redirect::to(&format!("/person/{id}/means?done={done}")).into_response())
        }
        Changed::Refused(refusal) => {
            note_refusal(&mut form, &refusal);
            view(&seat, &record, &form, Vec::new())
        }
        Changed::Conflict(_) => Err(Failure::Busy),
    }
}
