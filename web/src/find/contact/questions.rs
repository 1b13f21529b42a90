//! What is asked of every contact, and reading the answers.

use care::find::front_door::Said;
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
        let kinds = ContactKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.in_words()));
        let routes =
            Route::ALL.iter().map(|route| Choice::new(route.as_str(), capital(route.in_words())));
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
        let none = Choice::new("", "None of these").chosen(form.value("change").is_empty());
        let changes = REPORTED.map(|change| Choice::new(change.as_str(), change.in_words()));
        let changes = std::iter::once(none).chain(changes);
        let hint = "If they have a plan, it is then reviewed sooner.";
        ask = ask.part(
            Radios::new("change", "Has something happened that changes what they need?", changes)
                .hint(hint)
                .filled(form),
        );
    }
    let urgent = [Choice::new("yes", "Somebody must answer today")];
    ask = ask.part(Checkboxes::new("urgent", "How soon?", urgent).filled(form));
    if !own {
        let agrees = [
            Choice::new("yes", "Yes"),
            Choice::new("no", "No"),
            Choice::new("not-asked", "Not asked yet"),
        ];
        ask = ask
            .part(Radios::new("agrees", "Does the person know, and agree?", agrees).filled(form));
        ask = ask
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
    let contact = form.chosen("contact", ContactKind::parse, "Choose what it is");
    let route = form.chosen("route", Route::parse, "Choose who it comes from");
    let words = form.required("words", "Write what was said or asked");
    let team = |text: &str| seat.open_team(text);
    let to = form.chosen("to", team, "Choose who should answer");
    let person_agrees = match form.value("agrees") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Some(Said {
        contact: contact?,
        route: route?,
        from: form.value("from").to_owned(),
        words: words?,
        urgent,
        person_agrees,
        to: to?,
        change: Change::parse(form.value("change")).filter(|change| REPORTED.contains(change)),
    })
}
