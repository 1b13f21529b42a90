//! Handing a form over: to a team, or to somebody who works with the person; also where whoever has it
//! works here no more.

use axum::response::{IntoResponse, Redirect, Response};
use care::assess::begin::{self, Owner};
use care::record::entry::{Audience, EntryNumber};
use care::record::ids::{PersonId, UserId};
use care::record::person::assessment::BegunForm;
use care::record::person::{Member, Person};
use care::who::access::part_of_form;
use care::who::role::Right;
use store::engine::Tx;
use store::{StoreError, users};

use super::laid::{Laid, may_see, may_write, readable};
use crate::ask::{Ask, paragraph};
use crate::changing::{From, Sent};
use crate::components::{Choice, Select, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::{AtEntry, Name};
use crate::near;
use crate::owner;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "the form to hand a piece of work over";

/// Whether whoever asks may hand a form over that is still open.
fn may_hand(seat: &Seat, person: &Person, begun: &BegunForm) -> bool {
    let kind = begun.begun.said.purpose;
    let own = seat.actor.person == Some(person.id);
    begun.ended.is_none() && !own && may_see(kind, seat) && may_write(kind, seat)
}

/// Where it is handed over.
pub fn path(id: PersonId, form: Name) -> String {
    format!("/person/{id}/hand/{form}")
}

/// Asks to whom.
pub async fn ask(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view(&seat, id, entry, &Form::blank()).await
}

fn has(entry: EntryNumber) -> impl Fn(&Person, &Seat) -> bool {
    move |person: &Person, seat: &Seat| {
        let begun = person.assessment.form_begun(entry);
        begun.is_some_and(|begun| may_hand(seat, person, begun))
    }
}

/// Who of the person's team works here still, in a role that fills in such a form.
fn here(
    tx: &mut dyn Tx,
    seat: &Seat,
    team: &[Member],
    begun: &BegunForm,
) -> Result<Vec<Member>, StoreError> {
    let part = part_of_form(begun.begun.said.purpose);
    let mut here = Vec::new();
    for member in team.iter().filter(|member| member.user != seat.actor.user) {
        // In the role they have here today, whichever they joined in.
        let fills = users::seats(tx, member.user, seat.today)?.iter().any(|held| {
            seat.app.place.roles.get(&held.role).is_some_and(|role| {
                part.is_none_or(|part| role.sees(part)) && role.may(Right::WriteAssessment)
            })
        });
        let reads = begun.begun.audience != Audience::Organisation
            || member.organisation == begun.begun.author.organisation;
        let active = users::account(tx, member.user)?.is_some_and(|account| account.active);
        if fills && reads && active {
            here.push(member.clone());
        }
    }
    Ok(here)
}

async fn view(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let laid = Laid::open(seat, id, LOOKED_AT, has(entry)).await?;
    let begun = laid.readable.assessment.form_begun(entry).ok_or(Failure::NotFound)?.clone();
    let place = &seat.app.place;
    let said = &begun.begun.said;
    let known = place.forms.version(&said.form, said.version);
    let title = known.map_or(said.purpose.in_words(), |form| form.title.as_str());
    let (team, of) = (laid.readable.team.clone(), begun.clone());
    let members = seat.read(move |tx, seat| here(tx, seat, &team, &of)).await?;
    let members = members.iter().map(|member| {
        let role = place.role_title(&member.role);
        Choice::new(member.user.to_string(), format!("{}, {role}", member.name))
    });
    let few = begun.begun.audience == Audience::Organisation;
    let teams = seat.teams_near(laid.record.practice()).into_iter();
    let teams = teams.filter(|team| !few || team.organisation == begun.begun.author.organisation);
    let teams = teams.map(near::choice);
    let all = [Choice::new("", "Choose"), Choice::new("me", "Me")].into_iter();
    let page = seat.page(format!("Hand ‘{title}’ over for {}", laid.name()), "");
    let lead = format!(
        "It is for {} now, by {}. The day stays as it is. It goes on the list of whoever you choose, and \
         the record keeps who had it before.",
        owner::whose(seat, &begun),
        said.due.in_words()
    );
    let named = laid.called(entry);
    Ask::new(page.back(format!("/person/{id}/form/{named}")), path(id, named), "Hand it over")
        .before(paragraph(&lead))
        .part(
            Select::new("to", "Who does it from now on?", all.chain(members).chain(teams))
                .filled(form),
        )
        .part(Textarea::new("why", "Why, and what do they have to know?").rows(3).filled(form))
        .show(form)
}

/// Hands it over.
pub async fn write(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let me = seat.actor.user;
    let owner = |text: &str| match text {
        "me" => Some(Owner::User(me)),
        user => match user.parse::<UserId>() {
            Ok(user) => Some(Owner::User(user)),
            Err(_) => seat.open_team(user).map(Owner::Team),
        },
    };
    let to = form.chosen("to", owner, "Choose who does it from now on");
    let why = form.needed(begin::WHY_HANDED);
    if let Some((to, why)) = to.zip(why) {
        let laid = Laid::open(&seat, id, LOOKED_AT, has(entry)).await?;
        if let Owner::User(user) = &to
            && *user != me
        {
            let begun = laid.readable.assessment.form_begun(entry).ok_or(Failure::NotFound)?;
            let (team, of) = (laid.readable.team.clone(), begun.clone());
            let here = seat.read(move |tx, seat| here(tx, seat, &team, &of)).await?;
            if here.iter().all(|member| member.user != *user) {
                form.wrong("to", "Choose somebody who works here and fills in such a form");
                return view(&seat, id, entry, &form).await;
            }
        }
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let folded = readable(id, before.entries);
            begin::hand_over(&folded, entry, &to, &why, asking)
        });
        if changed.await?.kept(&mut form)? {
            // With the work may go what opened the record.
            return Ok(Redirect::to("/work?done=handed").into_response());
        }
    }
    view(&seat, id, entry, &form).await
}
