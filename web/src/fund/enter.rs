//! Entering income, savings and costs: an officer's draft with its working as it stands, or what the
//! person says of themself.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::fund::means::{self, Statement};
use care::record::ids::PersonId;
use care::who::role::Right;
use law::charging::{Answer, NoAnswer};
use law::day::{PartialDay, Precision};

use crate::ask::paragraph;
use crate::changing::{Changed, From, Sent};
use crate::components::{Button, InsetText, Markup, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::Name;
use crate::page::{self, Page};
use crate::posted::Posted;
use crate::reading::Record;
use crate::seat::Seat;

use super::asks::{FOR_THE_PERSON, Next};
use super::entry::{self, BASE, Base, Entered, Sheet, Voice};
use super::known;
use super::means::seen;
use super::working;

/// The page: the questions in the order in which an officer works, and the working so far.
#[derive(Template)]
#[template(path = "fund/enter.html")]
struct Enter {
    page: Page,
    action: String,
    base: Option<Name>,
    whose: Option<InsetText>,
    contents: Vec<(&'static str, &'static str)>,
    parts: Vec<Markup>,
    working: Vec<Markup>,
    words: Textarea,
    show: Button,
    keep: Button,
}

/// Opens the form with what is known.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    require(&seat, id)?;
    let record = seat.record_with(id, "the form to work out the charge for care", seen).await?;
    let base = known::latest(&record);
    let form = opened(&seat, &record, base.as_ref());
    view(&seat, &record, &form, base.as_ref(), Vec::new())
}

/// The person themself, or an officer.
fn require(seat: &Seat, id: PersonId) -> Result<(), Failure> {
    seat.require(match Voice::of(seat, id) {
        Voice::Person => Right::StateMeans,
        Voice::Officer => Right::AssessMeans,
    })
}

/// The form with what was last told; or else with what is known of the person.
fn opened(seat: &Seat, record: &Record, base: Option<&Base>) -> Form {
    let mut form = base.map_or_else(Form::blank, entry::opened);
    if base.is_none() {
        let born = record.identity().born;
        let born = born.filter(|born| born.precision() == Precision::Day).map(PartialDay::first);
        form = born.into_iter().fold(form, |form, born| entry::with_day(form, "born", born));
    }
    if base.is_none_or(|base| base.case.told_on.is_none())
        && let Some(asked) = &record.person.means.asked
    {
        form = entry::with_day(form, "told-on", asked.said.told_on);
    }
    entry::with_day(form, "from", seat.today)
}

fn view(
    seat: &Seat,
    record: &Record,
    form: &Form,
    base: Option<&Base>,
    working: Vec<Markup>,
) -> Result<Response, Failure> {
    let id = record.person.id;
    let voice = Voice::of(seat, id);
    let (words, keep) = match voice {
        Voice::Officer => ("What else to know of this assessment", "Keep as a draft"),
        Voice::Person => ("Anything else we should know", "Send it to us"),
    };
    let (own, name) = (seat.actor.person == Some(id), record.name());
    let title = if own {
        "Your income, savings and costs".to_owned()
    } else {
        format!("Income, savings and costs of {name}")
    };
    // Who acts for somebody is asked in the same words, and must not count their own money.
    let whose = (voice == Voice::Person && !own).then(|| {
        InsetText::new(format!(
            "You fill this in for {name}. On this page “you” and “your” mean {name}: answer about their \
             money, their home and their costs, and leave out your own."
        ))
    });
    let page = seat.page(title, "").back(format!("/person/{id}/means"));
    let action = format!("/person/{id}/means/enter");
    let sheet = Sheet { form, voice, base, action: &action };
    let enter = Enter {
        page: page.errors(form),
        base: base.map(|base| record.called(base.entry)),
        whose,
        contents: sheet.contents(),
        parts: sheet.parts(),
        working,
        words: Textarea::new("words", words).rows(3).filled(form),
        show: Button::new("Work it out").sends("do", "show").secondary(),
        keep: Button::new(keep).sends("do", "keep").once(),
        action,
    };
    page::show_form(&enter, form)
}

/// Works it out, keeps it, or shows the form with a row more or less.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    require(&seat, id)?;
    let record = seat.record_with(id, "the form to work out the charge for care", seen).await?;
    let base = record.names.read(form.value(BASE));
    let base = base.and_then(|entry| known::told(&record, entry));
    if let Some(form) = entry::rearranged(&form) {
        return view(&seat, &record, &form, base.as_ref(), Vec::new());
    }
    let Some(mut entered) = entry::read(&mut form, Voice::of(&seat, id), base.as_ref()) else {
        return view(&seat, &record, &form, base.as_ref(), Vec::new());
    };
    let asked = record.person.means.asked.as_ref();
    entered.case.told_on = entered.case.told_on.or(asked.map(|asked| asked.said.told_on));
    if !form.has("do", "keep") {
        let parts = worked_out(&seat, &record, &mut form, &entered);
        return view(&seat, &record, &form, base.as_ref(), parts);
    }
    if keep(&seat, id, &form, base.clone(), entered).await?.kept(&mut form)? {
        let done = match Voice::of(&seat, id) {
            Voice::Officer => "drafted",
            Voice::Person => "said",
        };
        return Ok(Redirect::to(&format!("/person/{id}/means?done={done}")).into_response());
    }
    view(&seat, &record, &form, base.as_ref(), Vec::new())
}

/// Keeps what was entered as a draft, or as what the person says.
async fn keep(
    seat: &Seat,
    id: PersonId,
    form: &Form,
    base: Option<Base>,
    entered: Entered,
) -> Result<Changed, Failure> {
    let (words, app, voice) =
        (form.value("words").to_owned(), seat.app.clone(), Voice::of(seat, id));
    let changed = seat.change(id, From::Within, Sent::of(form), move |before, asking| {
        let statement = Statement {
            case: entered.case.clone(),
            seen: entered.seen.clone(),
            words: &words,
            before: base.as_ref().map(|base| &base.case),
        };
        let law = &app.place.law;
        match voice {
            Voice::Officer => means::draft(before.person, statement, law, asking),
            Voice::Person => means::state(before.person, statement, law, asking),
        }
    });
    changed.await
}

/// What it comes to as it was entered, beside what held until then.
fn worked_out(seat: &Seat, record: &Record, form: &mut Form, entered: &Entered) -> Vec<Markup> {
    let answer = match seat.app.place.law.answer(&entered.case) {
        Ok(answer) => answer,
        Err(NoAnswer::NoRates(none)) => {
            return vec![paragraph(&format!(
                "{}. What is entered can be kept all the same, and worked out when they are.",
                none.in_words()
            ))];
        }
        Err(NoAnswer::Problem(problem)) => {
            form.wrong_form(problem.to_string());
            return Vec::new();
        }
    };
    match Voice::of(seat, record.person.id) {
        Voice::Officer => for_officer(record, entered, &answer),
        Voice::Person => for_person(entered, &answer),
    }
}

fn for_officer(record: &Record, entered: &Entered, answer: &Answer) -> Vec<Markup> {
    let last = record.person.means.beside(answer.as_of).map(|told| &*told.said);
    let mut parts = working::summary(answer, last);
    parts.extend(working::left_open(answer));
    parts.push(paragraph(working::IN_THEIR_WORDS));
    parts.extend(working::tables(&answer.lines, last));
    let next = Next::from(&entered.case, &entered.seen, &answer.asks);
    parts.extend(next.list(FOR_THE_PERSON, Voice::Officer));
    parts
}

fn for_person(entered: &Entered, answer: &Answer) -> Vec<Markup> {
    if entered.case.services.is_empty() {
        return vec![paragraph(
            "We cannot show what you might pay, because you have not said what your care costs. \
             Send us the rest: we know the cost, or will find it out.",
        )];
    }
    let mut parts = vec![paragraph(
        "This is what it comes to if everything you told us is right. Somebody will check it before \
         it is decided.",
    )];
    parts.extend(working::summary(answer, None));
    parts.extend(working::tables(&answer.lines, None));
    parts
}
