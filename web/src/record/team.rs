//! The team around a person: joining it, keeping the record, leaving.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::Entry;
use care::record::ids::PersonId;
use care::who::actor::{Actor, Refusal};
use care::who::role::Right;
use care::who::team;
use store::users;

use crate::ask::{Ask, Tell, heading, link, list, paragraph};
use crate::changing::{From, Sent};
use crate::components::{Checkboxes, Choice, Heading, Radios, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::reading::Record;
use crate::seat::{self, Seat};

/// Asks how somebody joins the team, or whether they leave it.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::JoinTeam)?;
    let record = seat.record(id, "the team").await?;
    view(&seat, &record, &Form::blank(), &[])
}

fn view(seat: &Seat, record: &Record, form: &Form, theirs: &[Entry]) -> Result<Response, Failure> {
    let id = record.person.id;
    let name = record.name();
    let page = seat.page(format!("Your place in {name}’s team"), "").back(format!("/person/{id}"));
    let keeper = record.person.keeper();
    let now = match keeper {
        Some(member) if member.user == seat.actor.user => "You keep this record.".to_owned(),
        Some(member) => format!("{} keeps this record.", member.name),
        None => "Nobody keeps this record yet. The first to join the team does.".to_owned(),
    };
    let me = record.person.team.iter().find(|member| member.user == seat.actor.user);
    let mut choices = Vec::new();
    if me.is_none() && keeper.is_some() {
        choices.push(Choice::new("join", "Join the team"));
    }
    if me.is_none_or(|member| !member.keeper) {
        let taken = keeper.map(|keeper| {
            format!(
                "You take it over from {}, who stays in the team. What is due of whoever keeps it, such as \
                 the review, comes to your list. ",
                keeper.name
            )
        });
        let hint = format!(
            "{}You are told when somebody outside the team opens the record, and you see that nothing is \
             forgotten.",
            taken.unwrap_or_default()
        );
        choices.push(Choice::new("keep", "Keep this record").hint(hint));
    }
    if me.is_some_and(|member| !member.keeper) {
        choices.push(Choice::new("leave", "Leave the team"));
    }
    if choices.is_empty() {
        return hand_over(Tell::new(page).part(paragraph(&now)), seat, record).show_with(form);
    }
    let mut ask = Ask::new(page, format!("/person/{id}/team"), "Save").before(paragraph(&now));
    let begun = record.person.begun.is_some();
    if keeper.is_none() && begun && seat.actor.role.may(Right::Write) {
        let other = "If somebody else is to keep it, they choose this at their own sign-in: ask them in a \
                     message to their team.";
        ask = ask
            .before(paragraph(other))
            .before(link("Write a message", &format!("/person/{id}/message")));
    }
    ask.part(Radios::new("what", "What do you want to do?", choices).filled(form))
        .seen(record.last_seen())
        .conflict(theirs, &record.names, &seat.app.place)
        .show(form)
}

/// How whoever keeps the record comes to leave it: who could take it over, how they do so, and how they are
/// asked.
fn hand_over(tell: Tell, seat: &Seat, record: &Record) -> Tell {
    let (id, place) = (record.person.id, &seat.app.place);
    let tell = tell.part(paragraph(
        "To leave the team, somebody else has to take the record over first. They do that at their own sign-in.",
    ));
    let others = record.person.team.iter().filter(|member| member.user != seat.actor.user);
    let could = others.filter(|member| {
        place.roles.get(&member.role).is_some_and(|role| role.may(Right::JoinTeam))
    });
    let could: Vec<String> = could
        .map(|member| {
            let organisation = place.organisation_name(&member.organisation);
            format!("{}, {}, {organisation}", member.name, place.role_title(&member.role))
        })
        .collect();
    let tell = if could.is_empty() {
        tell.part(paragraph(
            "Nobody else in the team could: bring somebody in first, or ask a team that knows the person.",
        ))
    } else {
        tell.part(heading("Who of the team could take it over")).part(list(could))
    };
    tell.part(heading("How it is taken over"))
        .part(list(
            [
                "You ask them in a message: it goes to their list of work.",
                "They open this record, choose ‘Join, keep or leave the team’, and there ‘Keep this record’.",
                "What is due of whoever keeps it, such as the review, is then on their list. What the plan \
                 says that you do stays yours until it is done or changed there.",
                "You see that they keep it, and can leave the team on this page.",
            ]
            .map(str::to_owned),
        ))
        .part(link("Write a message, to ask them", &format!("/person/{id}/message")))
        .part(link("Bring somebody else into the team", &format!("/person/{id}/team/add")))
}

/// Keeps the change.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::JoinTeam)?;
    let known = |text: &str| ["join", "keep", "leave"].contains(&text).then(|| text.to_owned());
    let mut theirs = Vec::new();
    if let Some(what) = form.chosen("what", known, "Choose what you want to do") {
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            match what.as_str() {
                "leave" => team::leave(before.person, "", asking),
                what => team::join(before.person, asking.actor, what == "keep", asking),
            }
        });
        if changed.await?.kept_or_shown(&mut form, &mut theirs) {
            return Ok(Redirect::to(&format!("/person/{id}?done=team")).into_response());
        }
    }
    let record = seat.record(id, "the team").await?;
    view(&seat, &record, &form, &theirs)
}

/// Whether whoever asks may bring somebody else into the team: they are in it themself.
fn member(record: &Record, seat: &Seat) -> bool {
    record.person.team.iter().any(|member| member.user == seat.actor.user)
}

/// Asks who comes into the team.
pub async fn ask_other(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view_other(&seat, id, &Form::blank()).await
}

async fn view_other(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::JoinTeam)?;
    let record = seat.record_with(id, "the team", member).await?;
    let name = record.name();
    let title = format!("Bring somebody into {name}’s team");
    let page = seat.page(title, "").back(format!("/person/{id}"));
    Ask::new(page, format!("/person/{id}/team/add"), "Bring them in")
        .before(paragraph(
            "Somebody of another organisation, such as a care provider or a voluntary group, comes into \
             the team by their sign-in name. Ask the person first. They then see this record as far as \
             their role goes: how to speak with the person, the team, and the plan.",
        ))
        .part(
            TextInput::new("login", "Their sign-in name")
                .hint("As they type it when they sign in. They can tell you.")
                .no_spellcheck()
                .filled(form),
        )
        .part(
            Checkboxes::new(
                "agrees",
                "Does the person agree?",
                [Choice::new("yes", "The person was asked, and agrees to it")],
            )
            .heading(Heading::Small)
            .small()
            .filled(form),
        )
        .show(form)
}

/// Brings somebody into the team.
pub async fn add(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::JoinTeam)?;
    // Whoever is not in the team is told nothing of who has a sign-in name.
    seat.record_with(id, "the team", member).await?;
    let login = form.required("login", "Enter their sign-in name");
    let tick = |text: &str| (text == "yes").then_some(());
    let agreed = form.chosen("agrees", tick, "Ask the person first, and tick this if they agree");
    if let (Some(login), Some(())) = (login, agreed) {
        let login = login.to_lowercase();
        let joins = seat.read(move |tx, seat| {
            let account = users::account_of(tx, &login)?.filter(|account| account.active);
            let Some(account) = account else { return Ok(None) };
            seat::actor(tx, &seat.app.place, account.user, seat.today)
        });
        let here = |actor: &Actor| actor.person.is_none() && actor.represents.is_none();
        match joins.await?.filter(here) {
            None => {
                form.wrong(
                    "login",
                    "Nobody who works here has this sign-in name: look at it again",
                );
            }
            Some(joins) => {
                let changed =
                    seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
                        let me = asking.actor.user;
                        if !before.person.team.iter().any(|member| member.user == me) {
                            let words = "Only somebody in the team brings others into it";
                            return Err(Refusal::NotNow(words.to_owned()));
                        }
                        team::join(before.person, &joins, false, asking)
                    });
                if changed.await?.kept(&mut form)? {
                    return Ok(Redirect::to(&format!("/person/{id}?done=team")).into_response());
                }
            }
        }
    }
    view_other(&seat, id, &form).await
}
