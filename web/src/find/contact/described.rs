//! A contact about somebody who is not known: described, compared with those who are, and only then
//! given a record.

use axum::response::Response;
use care::find::front_door::{self, Said};
use care::find::search::{SearchQuery, folded};
use care::record::fact::{Begun, Identity};
use care::record::ids::{NhsNumber, PersonId};
use care::record::moment::Moment;
use care::record::person::Person;
use care::who::role::Right;
use care::who::writing::sent_twice;
use law::day::{Day, PartialDay};
use store::stories;

use super::known::keep;
use super::mine;
use super::questions::{of_another, questions, said, said_of_another};
use crate::ask::{Ask, note_refusal};
use crate::changing::{Changed, Sent};
use crate::components::{Choice, DateInput, Heading, InsetText, Radios, TextInput, Textarea};
use crate::error::Failure;
use crate::find::search::{Match, matches};
use crate::forms::Form;
use crate::posted::Posted;
use crate::seat::Seat;
use crate::whom::full_name;

/// Asks about somebody who is not on the register.
pub async fn ask(seat: Seat) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    view(&seat, &Form::blank(), &[])
}

fn view(seat: &Seat, form: &Form, doubles: &[Match]) -> Result<Response, Failure> {
    let title = if seat.actor.person.is_some() {
        "Tell us about somebody else"
    } else {
        "A contact about somebody new"
    };
    let page = seat.page(title, "/contact").back("/contact");
    let mut ask = Ask::new(page, "/contact/new", "Send");
    if !doubles.is_empty() {
        let mut choices: Vec<Choice> = doubles.iter().map(|one| double(seat, one)).collect();
        let none = Choice::new("none", "None of these: begin a new record").after("or");
        choices.push(none);
        let warning = "Somebody of this name may be known already.";
        ask = ask.before(InsetText::new(warning)).part(
            Radios::new("same", "Is it one of these people?", choices).heading(Heading::Medium),
        );
    }
    let born = DateInput::new("born", "Date of birth, if known").filled(form);
    ask = ask
        .part(TextInput::new("given", "Given names").filled(form).no_spellcheck())
        .part(TextInput::new("family", "Family name").filled(form).no_spellcheck())
        .part(born)
        .part(TextInput::new("nhs-number", "NHS number, if known").width(20).numeric().filled(form))
        .part(Textarea::new("address", "Address, if known").rows(3).filled(form))
        .part(TextInput::new("postcode", "Postcode").width(10).filled(form))
        .part(TextInput::new("telephone", "Telephone, if known").width(20).filled(form));
    if seat.actor.person.is_some() {
        return of_another(ask, seat, form).show(form);
    }
    questions(ask, (seat, None), false, form).show(form)
}

fn double(seat: &Seat, one: &Match) -> Choice {
    let born = one.identity.born.map(|born| {
        if one.within {
            format!(", born {}", born.in_words())
        } else {
            format!(", born in {}", born.first().year())
        }
    });
    let practice = one.practice.as_deref().filter(|_| one.within);
    let practice = practice.map(|ods| format!(", {}", seat.app.place.practice_name(ods)));
    let text = format!(
        "{}{}{}",
        full_name(&one.identity),
        born.unwrap_or_default(),
        practice.unwrap_or_default()
    );
    Choice::new(one.person.to_string(), text)
}

/// Records a contact about somebody new, once nobody known is the same person.
pub async fn record(seat: Seat, Posted(mut form): Posted) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let identity = described(&mut form, seat.today);
    // All that is wrong is said at once.
    let begun = front_door::describe(identity.clone());
    if let Err(refusal) = &begun {
        note_refusal(&mut form, refusal);
    }
    let said = if seat.actor.person.is_some() {
        said_of_another(&seat, &mut form)
    } else {
        said(&seat, false, None, &mut form)
    };
    let (Ok(begun), Some(said), true) = (begun, said, form.is_sound()) else {
        return view(&seat, &form, &[]);
    };
    let as_sent = Sent::of(&form);
    // Sent twice, the form would be a double of itself.
    if already(&seat, &begun, &said, as_sent).await? {
        return Ok(mine::done_before());
    }
    let doubles = doubles(&seat, identity).await?;
    let chosen = form.value("same").parse::<PersonId>().ok();
    if let Some(same) = chosen.filter(|id| doubles.iter().any(|one| one.person == *id)) {
        return match keep(&seat, same, as_sent, said).await? {
            Ok(then) => Ok(then),
            Err(refusal) => {
                note_refusal(&mut form, &refusal);
                view(&seat, &form, &doubles)
            }
        };
    }
    if !doubles.is_empty() && !form.has("same", "none") {
        return view(&seat, &form, &doubles);
    }
    match begin(&seat, begun, said, as_sent).await? {
        Changed::Kept => Ok(mine::done()),
        Changed::Again => Ok(mine::done_before()),
        Changed::Refused(refusal) => {
            note_refusal(&mut form, &refusal);
            view(&seat, &form, &doubles)
        }
        Changed::Conflict(_) => Err(Failure::Busy),
    }
}

/// People already known who may be the one described. Those who may not search are shown nobody:
/// that somebody is known is not confirmed to them.
async fn doubles(seat: &Seat, identity: Identity) -> Result<Vec<Match>, Failure> {
    if !seat.actor.role.may(Right::Search) {
        return Ok(Vec::new());
    }
    let names = identity.family.split_whitespace().chain(identity.given.split_whitespace());
    let words: Vec<String> = names.map(folded).filter(|word| !word.is_empty()).collect();
    let born = identity.born.map(PartialDay::first);
    let by_birth = SearchQuery { words: words.clone(), number: None, born };
    let by_name = SearchQuery { words, number: None, born: None };
    let by_number = SearchQuery { number: identity.nhs_number, ..SearchQuery::default() };
    seat.write(move |tx, seat| {
        let mut found = Vec::new();
        for query in [&by_birth, &by_name, &by_number].into_iter().filter(|one| !one.is_empty()) {
            found.extend(matches(tx, seat, query, None)?.people);
        }
        found.sort_by_key(|one| one.person);
        found.dedup_by_key(|one| one.person);
        Ok(found)
    })
    .await
}

fn described(form: &mut Form, today: Day) -> Identity {
    let born = form.date("born", "the date of birth");
    if born.is_some_and(|born| born > today) {
        form.wrong_date("born", "The date of birth must be in the past");
    }
    Identity {
        given: form.value("given").to_owned(),
        family: form.value("family").to_owned(),
        born: born.map(PartialDay::from),
        nhs_number: form.parsed("nhs-number", NhsNumber::parse),
        address: form.value("address").lines().map(str::to_owned).collect(),
        postcode: form.optional("postcode"),
        telephone: form.optional("telephone"),
    }
}

/// The record that a form begins: always the same one, for whoever sends the form as it was shown to
/// them, so that sent twice it begins one record. It rests on who they are, so nobody can name a
/// record that is another's.
fn id_of(seat: &Seat, shown: Moment) -> PersonId {
    PersonId::of_source(&format!("kith contact of {}", seat.actor.user), &shown.to_string())
}

/// Whether this form has begun its record already.
async fn already(seat: &Seat, begun: &Begun, said: &Said, as_sent: Sent) -> Result<bool, Failure> {
    let Some(shown) = as_sent.shown else { return Ok(false) };
    let (begun, said) = (begun.clone(), said.clone());
    let already = seat.read(move |tx, seat| {
        let id = id_of(seat, shown);
        let new = front_door::record(&Person::unwritten(id), said, begun, &seat.asking());
        let entries = stories::load(tx, id)?;
        Ok(new.is_ok_and(|new| sent_twice(&entries, &new, shown)))
    });
    already.await
}

/// Begins the story of somebody new with the contact.
async fn begin(seat: &Seat, begun: Begun, said: Said, as_sent: Sent) -> Result<Changed, Failure> {
    let other = PersonId::from_uuid((seat.app.new_id)());
    let outcome = seat.write(move |tx, seat| {
        let mut id = as_sent.shown.map_or(other, |shown| id_of(seat, shown));
        let person = Person::unwritten(id);
        let new = front_door::record(&person, said.clone(), begun.clone(), &seat.asking());
        let new = match new {
            Ok(new) => new,
            Err(refusal) => return Ok(Changed::Refused(refusal)),
        };
        let entries = stories::load(tx, id)?;
        if as_sent.shown.is_some_and(|shown| sent_twice(&entries, &new, shown)) {
            return Ok(Changed::Again);
        }
        // The same page, sent again with other words.
        if !entries.is_empty() {
            id = other;
        }
        stories::append(tx, id, 0, &new)?;
        Ok(Changed::Kept)
    });
    outcome.await
}
