//! Answering an offer with its code: first whose it is and what they share, then what the person agrees
//! to. A code that does not work says no more than that.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::link::{self, Answer, NO_SUCH_CODE};
use care::record::fact::carer::{LinkSide, Share};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::actor::Refusal;
use care::who::role::Right;
use store::engine::Tx;
use store::{StoreError, lists, stories};

use super::{caring, consent, if_unable, in_words, read, seen, side};
use crate::ask::{Ask, Tell, list, note_refusal, paragraph};
use crate::assess::Laid;
use crate::components::{Markup, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::Page;
use crate::posted::Posted;
use crate::reading::{self, Known};
use crate::seat::Seat;
use crate::whom::full_name;

const LOOKED_AT: &str = "the page to answer an offer of a link";

/// What an offer says to whoever has its code.
#[derive(Debug, Clone)]
struct Offered {
    name: String,
    side: LinkSide,
    shares: Vec<Share>,
}

/// Asks for the code.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank(), None).await
}

fn ask_page(seat: &Seat, id: PersonId) -> Page {
    seat.page("Use a code that somebody gave", "").back(caring(id))
}

async fn view(
    seat: &Seat,
    id: PersonId,
    form: &Form,
    offered: Option<Offered>,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let laid = Laid::open(seat, id, LOOKED_AT, seen).await?;
    let page = ask_page(seat, id);
    let action = format!("{}/code", caring(id));
    let Some(offered) = offered else {
        let lead = if laid.own {
            "Somebody who looks after you, or whom you look after, can give you a code. Enter it to see who \
             it is and what they would share. Then you say yes or no."
        } else {
            "Somebody who looks after the person, or whom they look after, can give them a code. Enter it to \
             see who it is and what they would share. Nothing is agreed by that."
        };
        return Ask::new(page, action, "Continue")
            .before(paragraph(lead))
            .part(
                TextInput::new("code", "The code")
                    .hint("Ten letters and numbers, for example ABCDE 23456")
                    .width(20)
                    .no_spellcheck()
                    .filled(form),
            )
            .show(form);
    };
    let name = &offered.name;
    let what = match (offered.side, laid.own) {
        (LinkSide::Carer, true) => format!("{name} says that they look after you."),
        (LinkSide::Carer, false) => format!("{name} says that they look after {}.", laid.given()),
        (LinkSide::CaredFor, true) => format!("{name} says that you look after them."),
        (LinkSide::CaredFor, false) => {
            format!("{name} says that {} looks after them.", laid.given())
        }
    };
    let mut ask = Ask::new(page, action, "Agree to the link").before(paragraph(&what));
    ask = ask.before(theirs(&offered));
    let side = match side(&laid, seat.today) {
        Ok(side) => side,
        Err(nobody) => {
            let tell = Tell::new(ask_page(seat, id)).part(paragraph(&what));
            return nobody.into_iter().fold(tell, Tell::part).show_with(form);
        }
    };
    ask = if_unable(&laid, &side).into_iter().fold(ask, Ask::before);
    for part in consent(side, name, form) {
        ask = ask.part(part);
    }
    ask.hidden("code", form.value("code")).hidden("do", "agree").show(form)
}

fn theirs(offered: &Offered) -> Markup {
    if offered.shares.is_empty() {
        return paragraph("They share nothing of their own record.");
    }
    let lead = paragraph("They agree to share of their own record:");
    Markup::join([lead, list(in_words(&offered.shares))])
}

/// Whose offer a code is, with their story.
fn offerer(tx: &mut dyn Tx, seat: &Seat, code: &str) -> Result<Option<Known>, StoreError> {
    let Some(id) = lists::offered(tx, code)? else { return Ok(None) };
    reading::known(tx, seat, id)
}

type Looked = Result<Result<Offered, Refusal>, StoreError>;

fn look(tx: &mut dyn Tx, seat: &Seat, person: &Person, code: &str) -> Looked {
    let none = || Refusal::missing("code", NO_SUCH_CODE);
    let Some(known) = offerer(tx, seat, code)? else { return Ok(Err(none())) };
    let link = match link::open_offer(&known.person, code, person, &seat.asking()) {
        Ok(link) => link,
        Err(refusal) => return Ok(Err(refusal)),
    };
    reading::write_view(tx, seat, known.person.id, NAMED, None)?;
    Ok(Ok(Offered {
        name: full_name(&known.identity()),
        side: link.side,
        shares: link.shares.iter().copied().collect(),
    }))
}

/// What was looked at of whoever offered.
const NAMED: &str = "the name, by the code that was given out";

/// Looks at the offer of a code, or agrees to it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let code: String = form.value("code").chars().filter(char::is_ascii_alphanumeric).collect();
    let code = code.to_ascii_uppercase();
    if code.is_empty() {
        form.wrong("code", "Enter the code");
        return view(&seat, id, &form, None).await;
    }
    let agrees = form.value("do") == "agree";
    let typed = form.clone();
    let outcome = seat.write(move |tx, seat| {
        let Some(known) = reading::within(tx, seat, id)? else { return Ok(None) };
        let offered = match look(tx, seat, &known.person, &code)? {
            Ok(offered) => offered,
            Err(refusal) => return Ok(Some((None, Some(refusal)))),
        };
        if !agrees {
            return Ok(Some((Some(offered), None)));
        }
        let Some(other) = offerer(tx, seat, &code)? else { return Ok(None) };
        let Some(link) = other.person.carers.offered() else { return Ok(None) };
        let own = seat.actor.person == Some(id);
        let consent =
            match read(&typed, own, (&known.person, &seat.names(known.person.id)), seat.today) {
                Ok(consent) => consent,
                Err(refusal) => return Ok(Some((Some(offered), Some(refusal)))),
            };
        let answer =
            Answer { name: offered.name.clone(), consent, team: super::link::team(seat, &known) };
        let begun = reading::begun(&known);
        let asking = seat.asking();
        let (own, others) =
            match link::agree(&known.person, &other.person, link, &answer, begun, &asking) {
                Ok(entries) => entries,
                Err(refusal) => return Ok(Some((Some(offered), Some(refusal)))),
            };
        stories::append_to(tx, known.person, known.entries, &own)?;
        stories::append_to(tx, other.person, other.entries, &others)?;
        Ok(Some((None, None)))
    });
    let (offered, refusal) = outcome.await?.ok_or(Failure::NotFound)?;
    if let (None, None) = (&offered, &refusal) {
        return Ok(Redirect::to(&format!("{}?done=agreed", caring(id))).into_response());
    }
    if let Some(refusal) = refusal {
        note_refusal(&mut form, &refusal);
    }
    view(&seat, id, &form, offered).await
}
