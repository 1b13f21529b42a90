//! The emergency card: what to do if the carer cannot be there. As a card to carry and as a page; both
//! print. It stands on the carer's own record; those who work with the person cared for see it while both
//! are linked and the carer agrees.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::card::{self, Card};
use care::assess::known;
use care::record::fact::assess::{FormKind, Named, Reply};
use care::record::fact::carer::{CardWritten, LinkSide};
use care::record::ids::PersonId;
use care::record::person::{Person, Told};
use care::who::access::card_for;
use care::who::role::Right;

use super::{caring, seen};
use crate::ask::{Ask, Tell, link, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{Fieldset, Heading, Markup, TextInput, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::{Asked, Posted};
use crate::reading::{self, Record};
use crate::seat::Seat;
use crate::whom::full_name;

const LOOKED_AT: &str = "the emergency card";

/// The card itself, of the size that one carries.
#[derive(Template)]
#[template(path = "carer/card.html")]
struct CardView<'a> {
    name: &'a str,
    card: &'a CardWritten,
    on: String,
}

/// All that it says, with where the key is.
#[derive(Template)]
#[template(path = "carer/page.html")]
struct CardPage<'a> {
    name: &'a str,
    card: &'a CardWritten,
    on: String,
    review_by: String,
}

/// A card as a page.
pub fn page(name: &str, told: &Told<CardWritten>) -> Markup {
    let review_by = told.said.review_by.in_words();
    Markup::of(&CardPage { name, card: &told.said, on: told.on.in_words(), review_by })
}

/// Shows the carer's own card.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let laid = Laid::open(&seat, id, LOOKED_AT, seen).await?;
    let title = if laid.own { "Your emergency card" } else { "Emergency card" };
    let mut page = seat.page(title, "").back(caring(id));
    if asked.value("done") == "written" {
        page = page.done("The card is on the record. Print it, and carry it with you");
    }
    let mut tell = Tell::new(page);
    let name = laid.name();
    match &laid.readable.carers.card {
        Some(told) => {
            let view = CardView { name: &name, card: &told.said, on: told.on.in_words() };
            tell = tell.part(Markup::of(&view)).part(self::page(&name, told));
            if told.said.review_by < seat.today {
                tell =
                    tell.part(paragraph("It is time to look at it again: is all of it still so?"));
            }
        }
        None => {
            tell = tell.part(paragraph(
                "Nothing is written yet. The card says what to do if the carer cannot be there: who \
                 steps in, and what they must know.",
            ));
        }
    }
    if seat.actor.role.may(Right::WriteAssessment) {
        let words = if laid.readable.carers.card.is_some() {
            "Change it, or say that it is still right"
        } else {
            "Write it"
        };
        tell = tell.part(link(words, &format!("/person/{id}/card/write")));
    }
    tell.show()
}

/// The names of the fields of those who step in.
const STEPS: [[&str; 3]; 3] = [
    ["steps-0-name", "steps-0-relation", "steps-0-telephone"],
    ["steps-1-name", "steps-1-relation", "steps-1-telephone"],
    ["steps-2-name", "steps-2-relation", "steps-2-telephone"],
];

/// Asks what it says.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, None).await
}

async fn view(seat: &Seat, id: PersonId, form: Option<Form>) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let laid = Laid::open(seat, id, LOOKED_AT, seen).await?;
    let form = form.unwrap_or_else(|| filled(seat, &laid));
    let page = seat.page("Emergency card", "").back(format!("/person/{id}/card"));
    let looks_after = if laid.own { "Whom do you look after?" } else { "Whom do they look after?" };
    let order = ["Who steps in first?", "Who comes second? (optional)", "And third? (optional)"];
    let lead = "The card says who steps in if a carer cannot be there, and what has to be done. It prints \
                small enough to carry. It is looked at again after six months.";
    let mut ask = Ask::new(page, format!("/person/{id}/card/write"), "Save the card")
        .before(paragraph(lead))
        .part(TextInput::new("looks-after", looks_after).filled(&form));
    for ([name, relation, telephone], title) in STEPS.into_iter().zip(order) {
        let fields = vec![
            TextInput::new(name, "Name").filled(&form).into(),
            TextInput::new(relation, "Who they are").filled(&form).into(),
            TextInput::new(telephone, "Telephone").inputmode("tel").filled(&form).into(),
        ];
        ask = ask.part(Fieldset::new(title, Markup::join(fields)).heading(Heading::Small));
    }
    ask.part(
        Textarea::new("must-know", "What has to be done, and what must they know?")
            .hint("Medicines and their times, meals, what calms, what frightens.")
            .rows(5)
            .filled(&form),
    )
    .part(
        Textarea::new("key", "Where is the key? (optional)")
            .hint("In your own words. It is not on the card that you carry: a card can be lost.")
            .rows(2)
            .filled(&form),
    )
    .show(&form)
}

/// What is known: the card, or what was told in the carer's assessment.
fn filled(seat: &Seat, laid: &Laid) -> Form {
    let Some(told) = &laid.readable.carers.card else { return from_assessment(seat, laid) };
    let said = &told.said;
    let form = Form::blank()
        .with("looks-after", said.looks_after.as_str())
        .with("must-know", said.must_know.as_str())
        .with("key", said.key.as_str());
    said.steps_in.iter().zip(STEPS).fold(form, |form, (one, [name, relation, telephone])| {
        form.with(name, one.name.as_str())
            .with(relation, one.relation.as_str())
            .with(telephone, one.reach.as_str())
    })
}

fn from_assessment(seat: &Seat, laid: &Laid) -> Form {
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let mut form = Form::blank();
    let Some(asked) = seat.app.place.forms.of_kind(FormKind::Carer) else { return form };
    let known = known::known(asked, None, &laid.readable, &ground, seat.today);
    let questions = known.sections.iter().flat_map(|section| &section.questions);
    for question in questions {
        let Some(answer) = question.current() else { continue };
        match (question.question.concept.as_deref(), &answer.reply) {
            (Some("cares-for"), Reply::People(people)) => {
                let names: Vec<&str> = people.iter().map(|one| one.name.as_str()).collect();
                form = form.with("looks-after", names.join(", "));
            }
            (Some("caring-contingency"), Reply::Text(text)) => {
                form = form.with("must-know", text.as_str());
            }
            _ => {}
        }
    }
    form
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let row = |[name, relation, telephone]: [&str; 3]| Named {
        name: form.value(name).trim().to_owned(),
        relation: form.value(relation).trim().to_owned(),
        reach: form.value(telephone).trim().to_owned(),
        words: String::new(),
    };
    let card = Card {
        looks_after: form.value("looks-after").to_owned(),
        steps_in: STEPS.map(row).into(),
        must_know: form.value("must-know").to_owned(),
        key: form.value("key").to_owned(),
        team: None,
    };
    let doors = seat.clone();
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        let card = Card { team: super::link::team(&doors, before.known), ..card.clone() };
        card::write(before.person, &card, before.begun, asking)
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to(&format!("/person/{id}/card?done=written")).into_response());
    }
    view(&seat, id, Some(form)).await
}

/// Shows a carer's card to those who work with the person cared for.
pub async fn for_team(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    let more = move |tx: &mut dyn store::engine::Tx, seat: &Seat, record: &Record| {
        let person = Person::fold(id, &record.entries);
        let link = person.carers.link_in(entry).filter(|link| link.side == LinkSide::CaredFor);
        let carer = link.filter(|link| link.holds()).and_then(|link| link.other);
        let Some(carer) = carer.filter(|_| seat.works() && seen(&person, seat)) else {
            return Ok(None);
        };
        let shown = of_carer(tx, seat, carer, id)?;
        Ok(Some(shown))
    };
    let (_, shown) = seat.record_and(id, "the emergency card of a carer", more).await?;
    let tell = Tell::new(seat.page("The carer’s emergency card", "").back(caring(id)));
    match shown {
        Some((name, told)) => tell.part(page(&name, &told)).show(),
        None => tell.part(paragraph("The carer does not share a card here.")).show(),
    }
}

/// The cards that the carers of somebody share with those who work with them, each with the carer's name.
pub async fn shared_with_team(
    seat: &Seat,
    id: PersonId,
    person: Person,
) -> Result<Vec<(String, Told<CardWritten>)>, Failure> {
    if !seat.works() || !seen(&person, seat) {
        return Ok(Vec::new());
    }
    let shared = move |tx: &mut dyn store::engine::Tx, seat: &Seat| {
        let mut cards = Vec::new();
        for link in person.carers.links.iter().filter(|link| link.holds()) {
            let carer = link.other.filter(|_| link.side == LinkSide::CaredFor);
            let Some(carer) = carer else { continue };
            cards.extend(of_carer(tx, seat, carer, id)?);
        }
        Ok(cards)
    };
    seat.write(shared).await
}

/// The card that a carer shares, with their name; that it was looked at stands on their record.
fn of_carer(
    tx: &mut dyn store::engine::Tx,
    seat: &Seat,
    carer: PersonId,
    cared_for: PersonId,
) -> Result<Option<(String, Told<CardWritten>)>, store::StoreError> {
    let known = reading::known(tx, seat, carer)?.filter(|known| !known.subject.restricted);
    let shown = known.and_then(|known| {
        let told = card_for(&known.person, cared_for)?.clone();
        Some((full_name(&known.identity()), told))
    });
    if shown.is_some() {
        let why = "they work with somebody whom this carer looks after".to_owned();
        reading::write_view(tx, seat, carer, LOOKED_AT, Some(why))?;
    }
    Ok(shown)
}
