//! A person's links: as a carer, and with their carers; offering one; changing what the other sees; ending
//! it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::link::{self, Offer};
use care::record::entry::EntryNumber;
use care::record::fact::carer::LinkSide;
use care::record::fact::decision::Made;
use care::record::ids::{LinkId, PersonId, TeamId};
use care::record::person::Person;
use care::record::person::carers::Link;
use care::who::role::Right;
use store::stories;

use super::{caring, consent, if_unable, in_words, read, seen, side};
use crate::ask::{Ask, Tell, heading, link as way, link_of, list, note_refusal, paragraph};
use crate::assess::Laid;
use crate::assess::decide::made::whose;
use crate::changing::{From, Sent};
use crate::components::{Button, Choice, InsetText, Markup, Radios, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::{Asked, Posted};
use crate::reading;
use crate::seat::Seat;

const LOOKED_AT: &str = "the carers, and those cared for";

/// Shows a person's links, and what can be done.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let laid = Laid::open(&seat, id, LOOKED_AT, seen).await?;
    let own = laid.own;
    let title = if own { "Caring for each other" } else { "Carers and caring" };
    let mut page = seat.page(title, "").back(if own { "/me".to_owned() } else { laid.path() });
    page = match asked.value("done") {
        "offered" => page.done("The code is below: give it to the other person"),
        "agreed" => page.done("You are linked"),
        "shared" => page.done("What the other may see is changed"),
        "ended" => page.done("It has ended: neither sees anything of the other now"),
        _ => page,
    };
    let lead = if own {
        "Do you look after somebody, or does somebody look after you, without being paid? You can link \
         your records. They stay apart. Each of you decides what the other may see, and either can end \
         it at any time."
    } else {
        "A carer and the person they look after each have a record of their own. A link shows of each \
         what they agree to, and nothing else."
    };
    let mut tell = Tell::new(page).part(paragraph(lead));
    let carers = &laid.readable.carers;
    if carers.links.is_empty() {
        tell = tell.part(paragraph("There is no link yet."));
    }
    for link in carers.links.iter().rev() {
        tell = tell.part(one(link, &laid));
    }
    let writes = seat.actor.role.may(Right::WriteAssessment);
    if writes && carers.offered().is_none() {
        tell = tell.part(way("Offer a link", &format!("{}/offer", caring(id))));
    }
    if writes {
        tell = tell.part(way("Use a code that somebody gave", &format!("{}/code", caring(id))));
    }
    tell = tell.part(heading("If the carer cannot be there"));
    let card = if own {
        "Your emergency card as a carer"
    } else {
        "The emergency card they carry as a carer"
    };
    tell = tell.part(way(card, &format!("/person/{id}/card")));
    let carer = carers.links.iter().any(|link| link.side == LinkSide::Carer && !link.ended());
    if carer {
        let words = if own {
            "Your own assessment, as a carer"
        } else {
            "Their own assessment, as a carer"
        };
        tell = tell.part(way(words, &format!("/person/{id}/form/carers-assessment")));
    }
    tell.show()
}

/// One link in words, with what can be done about it.
fn one(link: &Link, laid: &Laid) -> Markup {
    let own = laid.own;
    let name = &link.name;
    let what = match (link.side, own) {
        (LinkSide::Carer, true) => format!("You look after {name}"),
        (LinkSide::CaredFor, true) => format!("{name} looks after you"),
        (LinkSide::Carer, false) => format!("{} looks after {name}", laid.given()),
        (LinkSide::CaredFor, false) => format!("{name} looks after {}", laid.given()),
    };
    if let Some((on, _)) = link.end {
        return paragraph(&format!("{what}: the link ended on {}.", on.in_words()));
    }
    let mut parts = vec![paragraph(&format!("{what}.")), sees(link, laid)];
    let change = format!("{}/{}", caring(laid.record.person.id), laid.called(link.entry));
    match (link.other, &link.code, link.until) {
        (Some(other), ..) => {
            parts.insert(1, paragraph(&format!("Linked since {}.", link.on.in_words())));
            if own {
                let words = format!("What {name} shares with you");
                parts.push(way(&words, &format!("/person/{other}/shared")));
            } else if link.side == LinkSide::CaredFor {
                parts.push(way(&format!("The emergency card of {name}"), &format!("{change}/card")));
            }
        }
        (None, Some(code), Some(until)) => parts.push(paragraph(&format!(
            "They have not answered yet. Give {name} this code: {}. They enter it when they sign in, or \
             give it to whoever works with them. It works until {}.",
            spaced(code),
            until.in_words()
        ))),
        _ => {}
    }
    let words = if link.holds() { "Change or end this" } else { "Take this back" };
    let words = hidden_more(words, &format!(": {what}"));
    parts.push(link_of(words, &change));
    InsetText::new(Markup::join(parts)).into()
}

/// Words of a link, with more for those who hear it alone.
fn hidden_more(words: &str, more: &str) -> Markup {
    #[derive(askama::Template)]
    #[template(
        source = r#"{{ words }}<span class="govuk-visually-hidden">{{ more }}</span>"#,
        ext = "html"
    )]
    struct More<'a> {
        words: &'a str,
        more: &'a str,
    }
    Markup::of(&More { words, more })
}

fn sees(link: &Link, laid: &Laid) -> Markup {
    let person = &laid.readable;
    if !person.link_stands(link) {
        let words = if laid.own {
            "This was agreed for you. You can decide it yourself now, so they see nothing until you \
             agree."
        } else {
            "This was agreed for them. They can decide it themself now, so the other sees nothing until \
             they agree."
        };
        return paragraph(words);
    }
    let by = whose(&link.made, &person.decisions);
    let who = match (&link.made, laid.own) {
        (Made::Person { .. }, true) => "you agree".to_owned(),
        (Made::Person { .. }, false) => "they agree".to_owned(),
        (_, true) => format!("{by} agreed for you"),
        (_, false) => format!("{by} agreed for them"),
    };
    if link.shares.is_empty() {
        return paragraph(&format!("{} sees nothing: so {who}.", link.name));
    }
    let lead = paragraph(&format!("What {who} that {} may see:", link.name));
    Markup::join([lead, list(in_words(&link.shares))])
}

/// A code as one reads it out.
pub fn spaced(code: &str) -> String {
    code.split_at_checked(5).map_or_else(|| code.to_owned(), |(one, two)| format!("{one} {two}"))
}

/// Asks to whom a link is offered.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let laid = Laid::open(seat, id, LOOKED_AT, seen).await?;
    let own = laid.own;
    let page = seat.page("Offer a link", "").back(caring(id));
    let given = laid.given();
    let (carer, cared_for) = if own {
        (LinkSide::Carer.in_words().to_owned(), LinkSide::CaredFor.in_words().to_owned())
    } else {
        (format!("{given} looks after them"), format!("They look after {given}"))
    };
    let sides = [
        Choice::new(LinkSide::Carer.code(), carer),
        Choice::new(LinkSide::CaredFor.code(), cared_for),
    ];
    let lead = "You get a code. The other person answers with it, when they sign in or with somebody who \
                works with them. Until then nobody sees anything.";
    let side = match side(&laid, seat.today) {
        Ok(side) => side,
        Err(nobody) => return nobody.into_iter().fold(Tell::new(page), Tell::part).show_with(form),
    };
    let mut ask = Ask::new(page, format!("{}/offer", caring(id)), "Get a code")
        .before(paragraph(lead))
        .part(Radios::new("side", "Who looks after whom?", sides).small().filled(form))
        .part(TextInput::new("name", "The other person’s name").filled(form));
    ask = if_unable(&laid, &side).into_iter().fold(ask, Ask::before);
    for part in consent(side, "the other person", form) {
        ask = ask.part(part);
    }
    ask.show(form)
}

/// Offers it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let own = seat.actor.person == Some(id);
    let side = form.chosen("side", LinkSide::named, "Say who looks after whom");
    let name = form.needed(link::NAME);
    if !own {
        form.required("words", "Write what was said");
    }
    if let (Some(side), Some(name), true) = (side, name, form.is_sound()) {
        let (link, code) = new_code(&seat);
        let typed = form.clone();
        let (doors, names) = (seat.clone(), seat.names(id));
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let team = team(&doors, before.known);
            let offer = Offer {
                id: link,
                code: code.clone(),
                side,
                name: name.clone(),
                consent: read(&typed, own, (before.person, &names), asking.today)?,
                team,
            };
            link::offer(before.person, &offer, before.begun, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("{}?done=offered", caring(id))).into_response());
        }
    }
    view(&seat, id, &form).await
}

/// The team that helps somebody with whom nobody works yet: that of whoever writes, or the front door.
pub fn team(seat: &Seat, known: &reading::Known) -> Option<TeamId> {
    let practice = known.resident.as_ref().and_then(|one| one.practice.as_deref());
    seat.actor.team.clone().or_else(|| seat.front_door_for(practice))
}

/// A new link, and a code for it that can be read out: ten signs without those that look alike.
fn new_code(seat: &Seat) -> (LinkId, String) {
    const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    // The last seven bytes of any kind of identifier that the program makes are by chance.
    let chance = || (seat.app.new_id)().as_bytes()[9..].to_vec();
    let bytes = [chance(), chance()].concat();
    let code = bytes.iter().take(10).map(|byte| char::from(SIGNS[usize::from(byte % 32)]));
    (LinkId::from_bytes(*(seat.app.new_id)().as_bytes()), code.collect())
}

/// Asks what the other may see from now on, or whether it is to end.
pub async fn ask_change(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view_change(&seat, id, entry, None).await
}

async fn view_change(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: Option<Form>,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let has = move |person: &Person, seat: &Seat| {
        let open = person.carers.link_in(entry).is_some_and(|link| !link.ended());
        seen(person, seat) && open
    };
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let link = laid.readable.carers.link_in(entry).ok_or(Failure::NotFound)?;
    let form = form.unwrap_or_else(|| {
        link.shares.iter().fold(Form::blank(), |form, one| form.with("shares", one.code()))
    });
    let page = seat.page(format!("The link with {}", link.name), "").back(caring(id));
    let end = if link.holds() { "End the link now" } else { "Take the offer back" };
    let action = format!("{}/{}", caring(id), laid.called(entry));
    // To end it is open to everybody who may write here, whoever agreed to it.
    let side = match side(&laid, seat.today) {
        Ok(side) => side,
        Err(nobody) => {
            let ask = Ask::new(page, action, end).hidden("do", "end");
            return nobody.into_iter().fold(ask, Ask::before).show(&form);
        }
    };
    let end = Button::new(end).warning().sends("do", "end");
    let ask = Ask::new(page, action, "Save");
    let ask = if_unable(&laid, &side).into_iter().fold(ask, Ask::before);
    consent(side, &link.name, &form).into_iter().fold(ask, Ask::part).part(end).show(&form)
}

/// Changes or ends it.
pub async fn change(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    if form.value("do") == "end" {
        return end(&seat, id, entry, form).await;
    }
    let (own, typed, names) = (seat.actor.person == Some(id), form.clone(), seat.names(id));
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        let consent = read(&typed, own, (before.person, &names), asking.today)?;
        link::share(before.person, entry, &consent, asking)
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to(&format!("{}?done=shared", caring(id))).into_response());
    }
    view_change(&seat, id, entry, Some(form)).await
}

/// Ends it on both stories at once.
async fn end(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    mut form: Form,
) -> Result<Response, Failure> {
    let ended = seat.write(move |tx, seat| {
        let Some(known) = reading::within(tx, seat, id)? else { return Ok(None) };
        let other = known.person.carers.link_in(entry).and_then(|link| link.other);
        let (own, others) = match link::end(&known.person, entry, &seat.asking()) {
            Ok(entries) => entries,
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        stories::append_to(tx, known.person, known.entries, &own)?;
        if let Some(other) = other {
            let story = stories::load(tx, other)?;
            let person = Person::fold(other, &story);
            if person.begun.is_some() {
                stories::append_to(tx, person, story, &others)?;
            }
        }
        Ok(Some(Ok(())))
    });
    match ended.await?.ok_or(Failure::NotFound)? {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=ended", caring(id))).into_response()),
        Err(refusal) => {
            note_refusal(&mut form, &refusal);
            view_change(seat, id, entry, Some(form)).await
        }
    }
}
