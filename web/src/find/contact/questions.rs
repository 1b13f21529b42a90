//! What is asked of every contact, and reading the answers.

use care::find::front_door::{self, Said};
use care::record::fact::review::Change;
use care::record::fact::{ContactKind, Route};

use crate::ask::Ask;
use crate::components::{
    Checkboxes, Choice, Details, Markup, Radios, SummaryList, SummaryRow, TextInput, Textarea,
};
use crate::forms::{Form, capital};
use crate::seat::Seat;

/// What somebody may report that brings a review forward. Word of harm is for the form that is for it.
const REPORTED: [Change; 5] =
    [Change::Admitted, Change::Discharged, Change::CarerIll, Change::CarerDied, Change::Crisis];

/// What is asked of every contact.
pub fn questions(
    mut ask: Ask,
    (seat, practice): (&Seat, Option<&str>),
    own: bool,
    form: &Form,
) -> Ask {
    if !own {
        let kinds = Choice::each(ContactKind::ALL);
        let routes =
            Route::ALL.iter().map(|route| Choice::new(route.code(), capital(route.in_words())));
        ask = ask
            .part(Radios::new("contact", "What is it?", kinds).filled(form))
            .part(Radios::new("route", "Who does it come from?", routes).filled(form))
            .part(
                TextInput::new("from", "Their name, and how to reach them")
                    .hint("Leave this empty if it is the person themselves")
                    .filled(form),
            );
    }
    let (question, hint) = if own {
        ("What do you want to say or ask?", "Tell us in your own words.")
    } else {
        let hint = "As near as you can in their own words. The person can read this.";
        ("What do they say or ask?", hint)
    };
    ask = ask.part(Textarea::new("words", question).hint(hint).rows(6).filled(form));
    if !own {
        ask = ask.part(changes(form));
    }
    ask = ask.part(urgent(form));
    if !own {
        ask = ask
            .part(
                Radios::new("agrees", "Does the person know, and agree?", AGREES.map(agrees))
                    .filled(form),
            )
            .part(seat.team_list(
                ("to", "Who should answer?"),
                seat.first_asked(practice),
                practice,
                form,
            ))
            .part(what_teams_do(seat, practice));
    }
    ask
}

/// What somebody is asked who is no professional, and tells us of somebody else: nothing that only those
/// know who work here. Which council the other lives in says who answers.
pub fn of_another(ask: Ask, seat: &Seat, form: &Form) -> Ask {
    let doors = seat.front_doors();
    let councils = doors.map(|team| {
        let council = seat.app.place.organisation_name(&team.organisation);
        Choice::new(team.id.as_str(), council)
    });
    ask.part(
        Textarea::new("words", "What do you want to say or ask?")
            .hint("In your own words. The person it is about can read this.")
            .rows(6)
            .filled(form),
    )
    .part(TextInput::new("from", "How can we reach you?").hint(REACH).filled(form))
    .part(changes(form))
    .part(urgent(form))
    .part(
        Radios::new("agrees", "Do they know that you ask, and agree?", AGREES.map(agrees))
            .filled(form),
    )
    .part(Radios::new("to", "Which council do they live in?", councils).filled(form))
}

const REACH: &str = "A telephone number, or an address";

/// Reads what somebody who is no professional said of somebody else.
pub fn said_of_another(seat: &Seat, form: &mut Form) -> Option<Said> {
    let words = form.required("words", "Write what you want to say or ask");
    let team = |text: &str| seat.open_team(text);
    let to = form.chosen("to", team, "Choose the council they live in");
    let (name, reach) = (&seat.actor.name, form.value("from"));
    let from = if reach.is_empty() { name.clone() } else { format!("{name}, {reach}") };
    Some(Said {
        contact: ContactKind::Enquiry,
        route: Route::Family,
        from,
        words: words?,
        urgent: form.has("urgent", "yes"),
        person_agrees: agreed(form),
        to: to?,
        change: changed(form),
    })
}

const AGREES: [(&str, &str); 3] = [("yes", "Yes"), ("no", "No"), ("not-asked", "Not asked yet")];

fn agrees((value, words): (&'static str, &'static str)) -> Choice {
    Choice::new(value, words)
}

fn agreed(form: &Form) -> Option<bool> {
    match form.value("agrees") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn changes(form: &Form) -> Radios {
    let none = Choice::new("", "None of these").chosen(form.value("change").is_empty());
    let changes = std::iter::once(none).chain(Choice::each(&REPORTED));
    Radios::new("change", "Has something happened that changes what they need?", changes)
        .hint("If they have a plan, it is then reviewed sooner.")
        .filled(form)
}

fn changed(form: &Form) -> Option<Change> {
    Change::named(form.value("change")).filter(|change| REPORTED.contains(change))
}

fn urgent(form: &Form) -> Checkboxes {
    let urgent = [Choice::new("yes", "Somebody must answer today")];
    Checkboxes::new("urgent", "How soon?", urgent).filled(form)
}

/// What each team does, to read whole: the lines of a list that is picked from are cut off.
pub fn what_teams_do(seat: &Seat, practice: Option<&str>) -> Details {
    let teams = seat.teams_near(practice).into_iter();
    let rows = teams.map(|team| SummaryRow::new(team.name.as_str(), team.does.as_str()));
    Details::new("What each team does", Markup::from(SummaryList::new(rows)))
}

/// Reads what was said from the form; None with its errors noted.
pub fn said(seat: &Seat, own: bool, practice: Option<&str>, form: &mut Form) -> Option<Said> {
    let urgent = form.has("urgent", "yes");
    if own {
        let words = form.required("words", "Write what you want to say or ask")?;
        let to = seat.front_door_for(practice)?;
        return Some(Said {
            contact: ContactKind::Enquiry,
            route: Route::Myself,
            from: String::new(),
            words,
            urgent,
            person_agrees: Some(true),
            to,
            change: None,
        });
    }
    let contact = form.chosen("contact", ContactKind::named, "Choose what it is");
    let route = form.chosen("route", Route::named, "Choose who it comes from");
    let words = form.needed(front_door::WORDS);
    let team = |text: &str| seat.open_team(text);
    let to = form.chosen("to", team, "Choose who should answer");
    Some(Said {
        contact: contact?,
        route: route?,
        from: form.value("from").to_owned(),
        words: words?,
        urgent,
        person_agrees: agreed(form),
        to: to?,
        change: changed(form),
    })
}
