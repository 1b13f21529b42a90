//! Messages about somebody, on their record: writing one, seeing and answering it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::begin::Owner;
use care::plan::message;
use care::record::entry::EntryNumber;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::plan::{Message, Plan};
use care::who::access::is_to;
use care::who::role::Right;

use crate::ask::{Ask, Tell, link, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{Choice, Markup, Select, SummaryList, SummaryRow, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::near;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "a message";

/// Asks to whom, and what.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let has = |person: &Person, _: &Seat| person.begun.is_some();
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let (own, path) = (laid.own, laid.path());
    let title = if own {
        "Write to those who work with you".to_owned()
    } else {
        format!("Write a message about {}", laid.given())
    };
    let page = seat.page(title, "").back(if own { "/me" } else { path.as_str() });
    let lead = if own {
        "It stands on your record, and whoever you write to is asked to look at it."
    } else {
        "It stands on the record, for those who work with them, and not in e-mail. Whoever you write to \
         is asked to look at it. The person does not see it."
    };
    Ask::new(page, format!("{path}/message"), "Send")
        .before(paragraph(lead))
        .part(Select::new("to", "To", readers(seat, &laid)).filled(form))
        .part(Textarea::new("words", "Your message").rows(5).filled(form))
        .show(form)
}

/// Who may be written to: those in the person's team, and teams; by whoever does not work here, those near.
fn readers(seat: &Seat, laid: &Laid) -> Vec<Choice> {
    let practice = laid.record.practice();
    let (works, teams_are) = match (laid.own, seat.works()) {
        (true, _) => ("People who work with you", "Teams near you"),
        (false, true) => ("People in the team", "Teams"),
        (false, false) => ("People in the team", "Teams near them"),
    };
    let teams = if seat.works() {
        seat.team_choices(practice)
    } else {
        seat.teams_that_help(practice).into_iter().map(near::choice).collect()
    };
    let members = laid.record.person.team.iter().filter(|one| one.user != seat.actor.user);
    let members = members.map(|one| {
        let role = seat.app.place.role_title(&one.role);
        Choice::new(one.user.to_string(), format!("{}, {role}", one.name)).under(works)
    });
    members.chain(teams.into_iter().map(|team| team.under(teams_are))).collect()
}

/// Sends it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Write)?;
    let to = |text: &str| match text.parse() {
        Ok(user) => Some(Owner::User(user)),
        Err(_) => seat.open_team(text).map(Owner::Team),
    };
    let to = form.chosen("to", to, "Choose to whom you write");
    let words = form.needed(message::WORDS);
    if let Some((to, words)) = to.zip(words) {
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            message::send(before.person, &to, &words, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("/person/{id}?done=message")).into_response());
        }
    }
    view(&seat, id, &form).await
}

/// Shows a message; asks whoever it is to for an answer.
pub async fn show(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view_one(&seat, (id, entry), &Form::blank()).await
}

async fn view_one(
    seat: &Seat,
    (id, entry): (PersonId, EntryNumber),
    form: &Form,
) -> Result<Response, Failure> {
    let has = move |person: &Person, _: &Seat| person.plan.message(entry).is_some();
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let message = laid.readable.plan.message(entry).ok_or(Failure::NotFound)?;
    let path = laid.path();
    let title =
        if laid.own { "A message".to_owned() } else { format!("A message about {}", laid.given()) };
    let page = seat.page(title, "").back(if laid.own { "/me" } else { path.as_str() });
    let told = told(seat, message, &laid.readable.plan);
    if message.seen.is_none() && is_to(&seat.actor, &message.sent.said) {
        let hint = "It goes back to whoever wrote. Without an answer it is only on record that you saw \
                    it.";
        return Ask::new(page, format!("{path}/message/{}", laid.called(entry)), "I have seen it")
            .before(told)
            .part(Textarea::new("words", "Your answer (optional)").hint(hint).rows(4).filled(form))
            .show(form);
    }
    let mut tell = Tell::new(page).part(told);
    if seat.actor.role.may(Right::Write) {
        tell = tell.part(link("Write a message", &format!("{path}/message")));
    }
    tell.show_with(form)
}

fn told(seat: &Seat, message: &Message, plan: &Plan) -> Markup {
    let (written, said) = (&message.sent, &message.sent.said);
    let to =
        said.team.as_ref().map_or_else(|| said.name.clone(), |team| seat.app.place.team_name(team));
    let mut rows = vec![
        SummaryRow::new("From", format!("{}, {}", written.author.name, written.on.in_words())),
        SummaryRow::new("To", to),
        SummaryRow::new("Message", said.words.as_str()),
    ];
    if let Some(asked) = said.answers.and_then(|asked| plan.message(asked)) {
        let by = format!("{}, {}", asked.sent.author.name, asked.sent.on.in_words());
        rows.push(SummaryRow::new("It answers", format!("‘{}’ {by}", asked.sent.said.words)));
    }
    match &message.seen {
        Some(seen) => {
            let by = format!("{}, {}", seen.author.name, seen.on.in_words());
            rows.push(SummaryRow::new("Seen by", by));
            if !seen.said.words.is_empty() {
                rows.push(SummaryRow::new("Answer", seen.said.words.as_str()));
            }
        }
        None => rows.push(SummaryRow::new("To be looked at by", said.answer_by.in_words())),
    }
    SummaryList::new(rows).into()
}

/// Keeps that it was seen, and the answer.
pub async fn answer(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let words = form.value("words").to_owned();
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        message::seen(before.person, entry, &words, asking)
    });
    if changed.await?.kept(&mut form)? {
        let to = format!("/person/{id}?done=message-seen");
        return Ok(Redirect::to(&to).into_response());
    }
    view_one(&seat, (id, entry), &form).await
}
