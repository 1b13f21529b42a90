//! The letters, made to be printed: what the person pays, why, and what to do if it is wrong; and what
//! they are asked to send.

use axum::extract::Path;
use axum::response::Response;
use care::record::entry::EntryNumber;
use care::record::fact::ChargeDecided;
use care::record::ids::PersonId;
use law::charging::Basis;

use super::asks::Next;
use super::entry::Voice;
use super::known;
use super::means::{next_asked, seen};
use super::{why, working};
use crate::ask::{Tell, heading, paragraph};
use crate::composed::{Composed, Idea, idea, sentences};
use crate::error::Failure;
use crate::reading::Record;
use crate::seat::Seat;

/// What the letter about a decision says.
pub fn compose(seat: &Seat, record: &Record, entry: EntryNumber) -> Option<Composed> {
    let decided = record.person.means.decided.iter().find(|told| told.entry == entry)?;
    let (said, base) = (&decided.said, known::under(record, decided));
    let mut whole = vec![paragraph(&format!(
        "From {} you pay {} a week towards your care. {}",
        said.from().in_words(),
        said.charge.in_words(),
        why::who_pays(said)
    ))];
    whole.extend(why::later(said, said.from()));
    if !said.words.is_empty() {
        whole.push(paragraph(&said.words));
    }
    whole.extend([heading("Why this figure"), why::this_figure(said)]);
    let law = &seat.app.place.law;
    let answer = why::as_decided(said, base.as_ref(), law);
    whole.extend(why::unverified(said, Voice::Person));
    whole.extend(working::kept(said, answer.as_ref()));
    whole.extend([heading("What would change it"), why::what_would_change(said, answer)]);
    let next = base.map(|base| Next::of(&base, law)).unwrap_or_default();
    whole.extend(next.list("What we still need from you", Voice::Person));
    whole.push(heading("If you think this is wrong"));
    whole.push(paragraph(
        "Tell us why: we will look at it again, and you may ask for somebody else to look. You \
         may also complain. Your care goes on while we look.",
    ));
    Some(Composed { title: "What you pay for your care".to_owned(), whole, easy: easy(said) })
}

/// The same in easy read.
fn easy(said: &ChargeDecided) -> Vec<Idea> {
    let pays = if said.charge.is_nothing() {
        "You pay nothing for your care.".to_owned()
    } else {
        format!("You pay {} a week.", said.charge.in_words())
    };
    let mut ideas = vec![
        idea("a letter", ["This letter is about money.", "It says what you pay for your care."]),
        idea("some coins", [pays, format!("It starts on {}.", said.from().in_words())]),
        idea(
            "somebody helping",
            [format!("Your care costs {} a week.", said.full_cost.in_words())],
        ),
    ];
    ideas.extend(because(said).map(|says| idea("a person with a paper", says)));
    ideas.extend(said.later.iter().map(|turn| {
        let pays = format!("Then you pay {} a week.", turn.charge.in_words());
        idea("a calendar", [format!("It changes on {}.", turn.from.in_words()), pays])
    }));
    if !said.words.is_empty() {
        ideas.push(idea("two people talking", sentences(&said.words)));
    }
    ideas.extend([
        idea(
            "a person thinking",
            ["Do you think this is wrong?", "Tell us.", "We will look at it again."],
        ),
        idea("a friend beside you", ["Your care goes on.", "A friend can help you to tell us."]),
        idea(
            "a telephone",
            ["Tell us if your money changes.", "Ask us how we worked it out.", "We will show you."],
        ),
    ]);
    ideas
}

/// Why somebody pays so much, in easy read.
fn because(said: &ChargeDecided) -> Option<[&'static str; 2]> {
    Some(match said.basis {
        Basis::Means if said.charge.is_nothing() => {
            ["We looked at your money.", "The law lets you keep all of it."]
        }
        Basis::Means => ["We looked at your money.", "The law says how much you keep."],
        Basis::FullCostCapital => {
            ["You have more savings than the limit.", "So you pay for all of your care."]
        }
        Basis::FullCostNotDisclosed => {
            ["You did not show us your money.", "So you pay for all of your care."]
        }
        Basis::FullCostLightTouch => {
            ["You said that you can pay for all of your care.", "You can ask us to look again."]
        }
        Basis::NothingLightTouch => ["We looked at your benefits.", "You do not have to pay."],
        Basis::Free => ["Your care is free.", "Nobody has to pay for it."],
        Basis::NotYetTold => return None,
    })
}

/// Shows the letter that asks for what is missing.
pub async fn please_send(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let there =
        |record: &Record, seat: &Seat| seen(record, seat) && !next_asked(record, seat).is_nothing();
    let record = seat.record_with(id, "the letter that asks for papers", there).await?;
    let page = seat.page("What we need from you", "").back(format!("/person/{id}/means"));
    let mut tell = Tell::new(page)
        .part(paragraph(&seat.today.in_words()))
        .part(paragraph(&dear(&record)))
        .part(paragraph(
            "We are working out what you pay for your care. To get it right we need a little more \
             from you.",
        ));
    if let Some(list) = next_asked(&record, &seat).list("What we ask for", Voice::Person) {
        tell = tell.part(list);
    }
    tell = tell.part(paragraph(
        "Copies or photos are enough. If you cannot get something, or need help with it, tell us: \
         somebody can come to you, or look at it with you. Your care does not wait for this.",
    ));
    if let Some(asked) = &record.person.means.asked {
        let team = seat.app.place.team_name(&asked.said.to);
        tell = tell.part(paragraph(&team));
        let from = &asked.author.organisation;
        if let Some(desk) = seat.desk(from, record.practice()) {
            tell = tell.part(paragraph(&desk.in_a_sentence(&team)));
        }
    }
    tell.show()
}

fn dear(record: &Record) -> String {
    let name = record.name();
    format!("Dear {name},")
}
