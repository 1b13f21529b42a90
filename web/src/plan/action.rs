//! What is done for an outcome: what, by whom, by when, how it will be known; as a draft where its writer
//! is not done with it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::plan::action::{self, Wanted};
use care::record::fact::plan::{Doer, Source};
use care::record::ids::{PersonId, UserId};
use care::record::person::plan::Action;
use care::record::person::{Member, Person};
use care::who::actor::{Needed, Refusal};
use care::who::role::Right;

use super::network;
use super::outcome::conflict;
use super::told::Telling;
use super::{open_to_write, path};
use crate::ask::{Ask, paragraph};
use crate::assess::Laid;
use crate::assess::prompt::NETWORK;
use crate::changing::{From, Sent};
use crate::components::{
    Checkboxes, Choice, DateInput, Heading, Markup, Radios, Select, SummaryList, SummaryRow,
    TextInput, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

/// Asks what is done.
pub async fn ask(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    view(&seat, id, &asked, Form::blank()).await
}

async fn view(
    seat: &Seat,
    id: PersonId,
    asked: &Form,
    mut form: Form,
) -> Result<Response, Failure> {
    let laid = open_to_write(seat, id).await?;
    let plan = &laid.readable.plan;
    let of = laid.entry(asked.value("of"));
    let known = match of {
        Some(of) => Some(plan.action(of).ok_or(Failure::NotFound)?),
        None => None,
    };
    let title = if known.is_some() { "Change what is done" } else { "What is done?" };
    let page = seat.page(title, "").back(path(id));
    if plan.open_outcomes().next().is_none() {
        let words =
            "Everything in a plan is for something that the person wants. Write that first.";
        let to = format!("{}/outcome", path(id));
        return crate::ask::Tell::new(page)
            .part(paragraph(words))
            .part(crate::ask::link(&format!("Write what {}", super::wants(&laid)), &to))
            .show_with(&form);
    }
    let network = asked.value(NETWORK);
    let query = match of {
        Some(of) => format!("?of={}", laid.called(of)),
        None if !network.is_empty() => {
            let named = laid.entry(network).map(|entry| laid.called(entry).to_string());
            let entry = named.unwrap_or_else(|| "needs".to_owned());
            format!("?{NETWORK}={entry}")
        }
        None => String::new(),
    };
    let mut ask =
        Ask::new(page, format!("{}/action{query}", path(id)), "Save").seen(laid.record.last_seen());
    match known {
        Some(known) if !seat.posted => form = filled(known, &laid, seat),
        Some(known) if Sent::of(&form).seen(laid.names()) < known.written.entry => {
            ask = ask.before(conflict(&known.written.author.name));
            ask = ask.before(theirs(known, &Telling { seat, laid: &laid, ways: false }));
        }
        None if !seat.posted && !network.is_empty() => form = network::filled(seat, &laid, form),
        None if !seat.posted => form = form.with("outcome", asked.value("outcome")),
        _ => {}
    }
    let draft = known.is_none_or(|known| known.written.said.draft);
    questions(seat, &laid, draft, &form).into_iter().fold(ask, Ask::part).show(&form)
}

fn theirs(known: &Action, telling: &Telling<'_>) -> SummaryList {
    let said = &known.written.said;
    SummaryList::new([
        SummaryRow::new("What is done", said.what.as_str()),
        SummaryRow::new("Who does it", telling.doer(&said.doer)),
        SummaryRow::new("By when", said.due.in_words()),
        SummaryRow::new("How we will know", said.known_by.as_str()),
    ])
}

fn filled(known: &Action, laid: &Laid, seat: &Seat) -> Form {
    let said = &known.written.said;
    let due = said.due;
    let form = Form::blank()
        .with("outcome", laid.called(said.outcome).to_string())
        .with("what", said.what.as_str())
        .with("source", said.source.code())
        .with("known-by", said.known_by.as_str())
        .with("due-day", due.day_of_month().to_string())
        .with("due-month", due.month().to_string())
        .with("due-year", due.year().to_string())
        .with("draft", if said.draft { "yes" } else { "" });
    match &said.doer {
        Doer::Person => form.with("who", THEMSELF),
        Doer::Named(name) => form.with("who", NAMED).with("named", name.as_str()),
        Doer::User { id, .. } if *id == seat.actor.user => form.with("who", ME),
        Doer::User { id, .. } => form.with("who", id.to_string()),
        Doer::Team(team) => form.with("who", TEAM).with("team", team.as_str()),
    }
}

const THEMSELF: &str = "person";
const NAMED: &str = "named";
const ME: &str = "me";
const TEAM: &str = "team";

fn questions(seat: &Seat, laid: &Laid, draft: bool, form: &Form) -> Vec<Markup> {
    let outcomes = laid.readable.plan.open_outcomes().map(|outcome| {
        Choice::new(laid.called(outcome.id).to_string(), outcome.written.said.words.as_str())
    });
    let sources = Choice::each(Source::ALL);
    let mut parts: Vec<Markup> = vec![
        Radios::new("outcome", "What is it for?", outcomes)
            .heading(Heading::Small)
            .small()
            .filled(form)
            .into(),
        Textarea::new("what", "What is done?").rows(2).filled(form).into(),
        Radios::new("source", "Where does it come from?", sources)
            .heading(Heading::Small)
            .hint("First what is there already; services last.")
            .small()
            .filled(form)
            .into(),
        who(seat, laid, form),
        DateInput::new("due", "By when?").filled(form).into(),
        Textarea::new("known-by", "How will you know that it is done?").rows(2).filled(form).into(),
    ];
    if draft && !laid.own {
        let hint =
            "Nobody else is asked to do anything, and nobody agrees to it, until you finish it.";
        let choice = Choice::new("yes", "This is a draft").hint(hint);
        parts.push(
            Checkboxes::new("draft", "Are you still writing this?", [choice])
                .heading(Heading::Small)
                .small()
                .filled(form)
                .into(),
        );
    }
    parts
}

fn who(seat: &Seat, laid: &Laid, form: &Form) -> Markup {
    let name = TextInput::new("named", "Their name").filled(form);
    let (themself, named) = if laid.own {
        ("You".to_owned(), "Somebody in your life, by name")
    } else {
        (laid.given(), "Somebody in their life, or a group that does not sign in, by name")
    };
    let mut choices =
        vec![Choice::new(THEMSELF, themself), Choice::new(NAMED, named).reveals(name)];
    if !laid.own {
        choices.push(Choice::new(ME, "Me"));
        choices.extend(others(seat, laid).map(|member| {
            let place = &seat.app.place;
            let organisation = place.organisation_name(&member.organisation);
            Choice::new(member.user.to_string(), format!("{}, {organisation}", member.name))
        }));
        let teams = seat.team_choices(laid.record.practice());
        let teams = std::iter::once(Choice::new("", "Choose a team")).chain(teams);
        let which = Select::new("team", "Which team?", teams).filled(form);
        choices.push(Choice::new(TEAM, "A team").reveals(which));
    }
    Radios::new("who", "Who does it?", choices).heading(Heading::Small).small().filled(form).into()
}

/// The others in the person's team.
fn others<'a>(seat: &Seat, laid: &'a Laid) -> impl Iterator<Item = &'a Member> {
    let me = seat.actor.user;
    laid.record.person.team.iter().filter(move |member| member.user != me)
}

const DOER: Needed = Needed::new("who", "Choose who does it");

/// Who does it, as the form says.
fn doer(seat: &Seat, team: &[Member], form: &Form) -> Result<Doer, Refusal> {
    match form.value("who") {
        THEMSELF => Ok(Doer::Person),
        NAMED => Ok(Doer::Named(form.value("named").to_owned())),
        ME => Ok(Doer::User { id: seat.actor.user, name: seat.actor.name.clone() }),
        TEAM => {
            let which = || Refusal::missing("team", "Choose which team does it");
            seat.open_team(form.value("team")).map(Doer::Team).ok_or_else(which)
        }
        user => {
            let user: Option<UserId> = user.parse().ok();
            let member = team.iter().find(|member| Some(member.user) == user);
            let member = member.ok_or_else(|| Refusal::missing(DOER.field, DOER.ask))?;
            Ok(Doer::User { id: member.user, name: member.name.clone() })
        }
    }
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    let names = seat.names(id);
    let (of, prompted) = (names.read(asked.value("of")), names.read(asked.value(NETWORK)));
    let outcome = form.chosen("outcome", |text| names.read(text), "Choose what it is for");
    form.needed(action::WHAT);
    let source = form.chosen("source", Source::named, "Choose where it comes from");
    form.needed(DOER);
    let due = form.required_date("due", "the day", "Enter the day by which it is done");
    form.needed(action::KNOWN_BY);
    if let (Some(outcome), Some(source), Some(due), true) = (outcome, source, due, form.is_sound())
    {
        let (typed, seen, by) = (form.clone(), Sent::of(&form).seen(&names), seat.clone());
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let wanted = Wanted {
                of: of.map(|of| (of, seen)),
                outcome,
                what: typed.value("what").to_owned(),
                source,
                doer: doer(&by, &before.person.team, &typed)?,
                due,
                known_by: typed.value("known-by").to_owned(),
                draft: typed.has("draft", "yes"),
            };
            let mut new = action::write(before.person, &wanted, asking)?;
            // A draft is not yet an answer.
            if let Some(prompted) = prompted.filter(|_| !wanted.draft) {
                let readable = Person::fold(id, before.entries);
                let (person, place) = (before.person, &by.app.place);
                new.extend(network::answer(
                    person,
                    &readable,
                    prompted,
                    &wanted.what,
                    place,
                    asking,
                )?);
            }
            Ok(new)
        });
        if changed.await?.kept(&mut form)? {
            let done = if form.has("draft", "yes") { "draft" } else { "action" };
            return Ok(Redirect::to(&format!("{}?done={done}", path(id))).into_response());
        }
    }
    view(&seat, id, &asked, form).await
}
