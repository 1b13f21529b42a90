//! My work: what is due for me and for my team, the people I work with, how my area stands.

use askama::Template;
use axum::response::Response;
use care::record::derived::{Stage, Task};
use care::record::ids::PersonId;
use care::who::access::Right;
use store::engine::Tx;
use store::lists::{self, Due};
use store::runs;
use store::{StoreError, register, stories, users};

use crate::components::{Button, Cell, Colour, Markup, Table, Tag};
use crate::error::Failure;
use crate::find::found::standing;
use crate::page::{self, Page};
use crate::reading::{self, full_name};
use crate::record::person::stage_tag;
use crate::seat::Seat;
use crate::security::Asked;

/// How many lines one list shows.
const LINES: u32 = 100;

#[derive(Template)]
#[template(path = "work/work.html")]
struct WorkPage {
    page: Page,
    area: Option<String>,
    lists: Vec<List>,
    figures: Option<Table>,
    contact: Markup,
}

struct List {
    title: String,
    empty: String,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    what: String,
    due: String,
    tag: Option<Tag>,
}

/// Everything the page rests on.
struct Work {
    mine: Vec<(Due, String)>,
    /// What teams have to do for people whose record the user keeps, and none of them may see it.
    unseen: Vec<(Due, String)>,
    team: Vec<(Due, String)>,
    people: Vec<(PersonId, String, Stage)>,
    stages: Vec<(Option<Stage>, u32)>,
    /// How many letters the team has to give.
    letters: u32,
    /// How many people of the area are known to care for somebody.
    carers: u32,
}

/// Shows the work.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    if !seat.works() {
        return Err(Failure::NotFound);
    }
    let work = seat.write(read).await?;
    let page = seat.page("My work", "/work");
    let page = match asked.value("done") {
        "reviewed" => page.done("What you found is on the record"),
        "decided" => page.done("What the person pays is decided"),
        "contact" => page.done("The contact is up to date"),
        "given" => page.done("It is on record that the letter was given"),
        _ => page,
    };
    let team = seat.actor.team.as_ref().map(|team| seat.app.place.team_name(team));
    let mut all = vec![List {
        title: "For you".to_owned(),
        empty: "Nothing is due for you.".to_owned(),
        lines: work.mine.iter().map(|(due, name)| line(&seat, due, name)).collect(),
    }];
    if !work.unseen.is_empty() {
        all.push(List {
            title: "Only you are told of this".to_owned(),
            empty: String::new(),
            lines: work.unseen.iter().map(|(due, name)| unseen_line(&seat, due, name)).collect(),
        });
    }
    if let (Some(team), true) = (&team, seat.actor.role.may(Right::SeeWork)) {
        all.push(List {
            title: format!("For {team}"),
            empty: "Nothing is due for your team.".to_owned(),
            lines: team_lines(&seat, &work),
        });
    }
    all.push(List {
        title: "People whose team you are in".to_owned(),
        empty: "You are in nobody’s team yet.".to_owned(),
        lines: work.people.iter().map(person_line).collect(),
    });
    let figures = seat.actor.role.may(Right::SeeFound).then(|| figures(&work.stages, work.carers));
    page::show(&WorkPage {
        page,
        area: team,
        lists: all,
        figures,
        contact: Button::link("Record a contact", "/contact").secondary().into(),
    })
}

fn read(tx: &mut dyn Tx, seat: &Seat) -> Result<Work, StoreError> {
    let mine = lists::work_of_user(tx, seat.actor.user, LINES)?;
    let team = match &seat.actor.team {
        Some(team) if seat.actor.role.may(Right::SeeWork) => {
            lists::work_but_letters(tx, team, LINES)?
        }
        _ => Vec::new(),
    };
    let team = to_name(tx, seat, team)?;
    let mut people = Vec::new();
    for (person, stage, _) in lists::people_of_user(tx, seat.actor.user, LINES)? {
        people.push((person, name_of(tx, person)?, stage));
    }
    let mut stages: Vec<(Option<Stage>, u32)> = Vec::new();
    if seat.actor.role.may(Right::SeeFound) {
        for criterion in
            seat.app.place.cohorts.criteria.keys().filter(|id| *id == "three-conditions")
        {
            let Some(run) = runs::latest(tx, criterion)? else { continue };
            for one in standing(tx, seat, run.id, &seat.actor.practices)? {
                match stages.iter_mut().find(|(known, _)| *known == one.stage) {
                    Some((_, sum)) => *sum += 1,
                    None => stages.push((one.stage, 1)),
                }
            }
        }
    }
    let unseen = unseen(tx, seat, &people)?;
    let unseen = named(tx, unseen)?;
    let (letters, carers) = (letters(tx, seat)?, carers(tx, seat)?);
    let (mine, team) = (named(tx, mine)?, named(tx, team)?);
    let work = Work { mine, unseen, team, people, stages, letters, carers };
    let due = work.mine.iter().chain(&work.unseen).chain(&work.team).map(|(due, _)| due.person);
    let seen = due.chain(work.people.iter().map(|(person, ..)| *person));
    reading::write_names_seen(tx, seat, reading::IN_WORK, seen)?;
    Ok(work)
}

/// How many letters the team has to give: they have a list of their own, since there can be very many.
fn letters(tx: &mut dyn Tx, seat: &Seat) -> Result<u32, StoreError> {
    match &seat.actor.team {
        Some(team) if seat.actor.role.may(Right::SeeWork) => lists::letters_counted(tx, team),
        _ => Ok(0),
    }
}

/// How many carers are in touch in the area: counted by their own records.
fn carers(tx: &mut dyn Tx, seat: &Seat) -> Result<u32, StoreError> {
    let mut carers = 0;
    if seat.actor.role.may(Right::SeeFound) {
        for practice in &seat.actor.practices {
            carers += lists::carers_in(tx, practice)?;
        }
    }
    Ok(carers)
}

fn team_lines(seat: &Seat, work: &Work) -> Vec<Line> {
    let letters = (work.letters > 0).then(|| Line {
        href: "/letters".to_owned(),
        what: format!("Letters to give: {}", work.letters),
        due: String::new(),
        tag: None,
    });
    let lines = work.team.iter().map(|(due, name)| line(seat, due, name));
    letters.into_iter().chain(lines).collect()
}

/// What teams have to do for people whose record is restricted and kept by whoever asks, where nobody
/// of that team may see it: otherwise nobody would be reminded.
fn unseen(
    tx: &mut dyn Tx,
    seat: &Seat,
    people: &[(PersonId, String, Stage)],
) -> Result<Vec<Due>, StoreError> {
    let mut unseen = Vec::new();
    for (person, ..) in people {
        let restricted = register::resident(tx, *person)?.is_some_and(|one| one.restricted);
        if !restricted {
            continue;
        }
        let team = stories::person(tx, *person)?.team;
        if !team.iter().any(|member| member.keeper && member.user == seat.actor.user) {
            continue;
        }
        let mut seated = Vec::new();
        for member in &team {
            let seats = users::seats(tx, member.user, seat.today)?;
            seated.extend(seats.into_iter().filter_map(|seat| seat.team));
        }
        let due = lists::work_about(tx, *person)?.into_iter();
        // The keeper does not look at their own opening.
        let due = due.filter(|due| due.task != Task::ReviewOpening);
        unseen.extend(due.filter(|due| due.team.as_ref().is_some_and(|it| !seated.contains(it))));
    }
    Ok(unseen)
}

/// What a team has to do, as far as whoever asks may be told about whom: not of those whose record
/// is restricted to another team; of openings only to those who look at them.
fn to_name(tx: &mut dyn Tx, seat: &Seat, dues: Vec<Due>) -> Result<Vec<Due>, StoreError> {
    let reviews = seat.actor.role.may(Right::ReviewOpenings);
    let mut kept = Vec::with_capacity(dues.len());
    for due in dues {
        let other = due.task == Task::ReviewOpening && !reviews;
        if !other && !reading::hidden(tx, seat, due.person)? {
            kept.push(due);
        }
    }
    Ok(kept)
}

fn named(tx: &mut dyn Tx, dues: Vec<Due>) -> Result<Vec<(Due, String)>, StoreError> {
    dues.into_iter()
        .map(|due| Ok((name_of(tx, due.person)?, due)))
        .map(|pair| pair.map(|(name, due)| (due, name)))
        .collect()
}

/// A person's name: from the register, otherwise as they were described.
pub fn name_of(tx: &mut dyn Tx, person: PersonId) -> Result<String, StoreError> {
    if let Some(resident) = register::resident(tx, person)? {
        return Ok(full_name(&care::record::fact::Identity {
            given: resident.given,
            family: resident.family,
            ..Default::default()
        }));
    }
    let identity = lists::identity(tx, person)?;
    Ok(identity.map_or_else(|| "Name not known".to_owned(), |identity| full_name(&identity)))
}

fn line(seat: &Seat, due: &Due, name: &str) -> Line {
    let person = due.person;
    let href = match due.task {
        Task::AnswerContact => format!("/person/{person}/contact/{}", due.entry),
        Task::AskForAnswer => format!("/person/{person}/answer"),
        Task::NameKeeper => format!("/person/{person}/team"),
        Task::ReviewOpening => format!("/person/{person}/opening/{}", due.entry),
        Task::AssessMeans | Task::DecideCharge => format!("/person/{person}/means"),
        Task::FillForm | Task::AskAgain => format!("/person/{person}/form/{}", due.entry),
        Task::AnswerPrompt => format!("/person/{person}/prompt/{}", due.entry),
        Task::Review => format!("/person/{person}/begin?form=review"),
        Task::AssessCapacity => format!("/person/{person}/begin?form=capacity"),
        Task::SendLetter => format!("/person/{person}/letter/{}", due.entry),
        Task::ReviewCard => format!("/person/{person}/card"),
        // Until its page is there, the entry on the story.
        Task::TalkOfRisk => format!("/person/{person}#entry-{}", due.entry),
    };
    let late = due.due < seat.today;
    let tag = match (due.urgent, late) {
        (true, _) => Some(Tag::new("Urgent").colour(Colour::Red)),
        (_, true) => Some(Tag::new("Late").colour(Colour::Yellow)),
        _ => None,
    };
    let when = if due.due == seat.today {
        "due today".to_owned()
    } else {
        format!("due {}", due.due.in_words())
    };
    Line { href, what: format!("{}: {name}", due.task.in_words()), due: when, tag }
}

/// As [`line`], with the team whose work it is.
fn unseen_line(seat: &Seat, due: &Due, name: &str) -> Line {
    let line = line(seat, due, name);
    let team = due.team.as_ref().map(|team| seat.app.place.team_name(team)).unwrap_or_default();
    let what = format!("{}. The record is restricted: nobody of {team} can see it", line.what);
    Line { what, ..line }
}

fn person_line((person, name, stage): &(PersonId, String, Stage)) -> Line {
    Line {
        href: format!("/person/{person}"),
        what: name.clone(),
        due: String::new(),
        tag: Some(stage_tag(*stage)),
    }
}

fn figures(stages: &[(Option<Stage>, u32)], carers: u32) -> Table {
    let mut table = Table::new([Cell::new("In your area"), Cell::new("People").numeric()])
        .hidden_caption("How the people found stand")
        .first_is_header();
    let total: u32 = stages.iter().map(|(_, count)| count).sum();
    let of = |wanted: Option<Stage>| -> u32 {
        stages.iter().filter(|(stage, _)| *stage == wanted).map(|(_, count)| count).sum()
    };
    table = table.row([Cell::new("Found"), Cell::number(total)]);
    table = table.row([Cell::new("Not yet invited"), Cell::number(of(None))]);
    for stage in Stage::ALL {
        let count = of(Some(*stage));
        if count > 0 {
            table = table.row([Cell::new(stage.in_words()), Cell::number(count)]);
        }
    }
    if carers > 0 {
        table = table.row([Cell::new("Carers in touch with us"), Cell::number(carers)]);
    }
    table
}
