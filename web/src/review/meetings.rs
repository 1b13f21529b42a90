//! Whom a team's meetings are still to talk about, day by day.

use axum::response::Response;
use care::record::derived::Task;
use care::record::fact::Fact;
use care::who::role::Right;
use law::day::Day;
use store::StoreError;
use store::engine::Tx;
use store::work::Owner;

use crate::ask::{Tell, inline_link, paragraph};
use crate::components::{Cell, Markup, Table};
use crate::error::Failure;
use crate::owner::{self, Line};
use crate::reading;
use crate::seat::Seat;
use crate::whom::Namesakes;

/// How many lines the list has at most.
const LINES: usize = 200;
const IN_MEETINGS: &str = "the name, and why, in the list of a meeting";

/// Shows the list of the team in which whoever asks sits.
pub async fn show(seat: Seat) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let team = seat.actor.team.clone().filter(|_| seat.works()).ok_or(Failure::NotFound)?;
    let title = format!("Meetings of {}", seat.app.place.team_name(&team));
    let lines = seat.write(move |tx, seat| read(tx, seat, &Owner::Team(team.clone()))).await?;
    let mut tell = Tell::new(seat.page(title, "").back("/work"));
    if lines.is_empty() {
        tell = tell.part(paragraph("Nobody is on a list now."));
    }
    let mut days: Vec<Day> = lines.iter().map(|line| line.due.due).collect();
    days.dedup();
    let names = Namesakes::of(lines.iter().map(|line| &line.whom));
    for day in days {
        let here = lines.iter().filter(|line| line.due.due == day);
        tell = tell.part(table(&seat, &names, day, here));
    }
    tell.show()
}

fn read(tx: &mut dyn Tx, seat: &Seat, team: &Owner) -> Result<Vec<Line>, StoreError> {
    let mut listed =
        owner::work_where(tx, seat, team, LINES, |due| due.task == Task::TalkAtMeeting)?;
    listed.sort_by_key(|line| line.due.due);
    let people = listed.iter().map(|line| line.due.person);
    reading::write_names_seen(tx, seat, IN_MEETINGS, people)?;
    Ok(listed)
}

fn table<'a>(
    seat: &Seat,
    names: &Namesakes,
    day: Day,
    lines: impl Iterator<Item = &'a Line>,
) -> Markup {
    let mut table = Table::new(["Who", "What the meeting should help with", "Put on the list by"])
        .caption(day.in_words())
        .first_is_header()
        .stacks();
    for line in lines {
        let Fact::MeetingListed(listed) = &line.entry.fact else { continue };
        let href = format!("/person/{}/meeting/{}", line.due.person, seat.due_called(&line.due));
        table = table.row([
            Cell::new(inline_link(&names.name(&line.whom), &href)),
            Cell::new(listed.why.as_str()),
            Cell::new(line.entry.author.name.as_str()),
        ]);
    }
    table.into()
}
