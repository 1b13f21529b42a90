//! The one plan as a page: everybody with whom it is shared reads the same.

use axum::extract::Path;
use axum::response::Response;
use care::record::derived::{Task, Work, derive};
use care::record::fact::plan::Doer;
use care::record::fact::review::OutcomesScored;
use care::record::ids::PersonId;
use care::who::role::{Part, Right};

use super::answer::unable;
use super::told::Telling;
use super::{href, network, open, path, practice, scores, sections};
use crate::ask::{Tell, heading, link, paragraph};
use crate::assess::Laid;
use crate::components::{InsetText, Markup};
use crate::error::Failure;
use crate::posted::Asked;
use crate::seat::Seat;

/// Shows it.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let laid = open(&seat, id).await?;
    let title = if laid.own { "Your plan".to_owned() } else { format!("{}’s plan", laid.name()) };
    let page = seat.page(title, "").back(if laid.own { "/me".to_owned() } else { laid.path() });
    let page = match asked.value("done") {
        "outcome" => page.done("It is in the plan. Now write what is done for it"),
        "ended" => page.done("It has ended, and nothing more is asked for it"),
        "action" => page.done("It is in the plan"),
        "draft" => page.done("Your draft is kept. It asks nothing of anybody until you finish it"),
        "moved" => page.done("How far it has come is in the plan"),
        "answered" => page.done("What was said to the plan is on the record"),
        "scored" => {
            page.done("How things stand now is on the record. The review asks the same again")
        }
        "saved" => page.done("What you wrote is in the plan"),
        "confirmed" => page.done("It is confirmed: nobody needs to ask it again for now"),
        "out-of-date" => page.done("It is marked as out of date, and will be asked again"),
        _ => page,
    };
    let telling = Telling { seat: &seat, laid: &laid, ways: true };
    let mut tell = Tell::new(page);
    let newest = || newest_of_mine(&seat, &laid);
    if let Some(next) = (asked.value("done") == "outcome").then(newest).flatten() {
        tell = tell.part(next);
    }
    for part in telling.answered() {
        tell = tell.part(part);
    }
    for part in asked_of_me(&seat, &laid) {
        tell = tell.part(part);
    }
    for part in network::proposed(&seat, &laid) {
        tell = tell.part(part);
    }
    for part in telling.outcomes() {
        tell = tell.part(part);
    }
    for part in ways(&seat, &laid) {
        tell = tell.part(part);
    }
    for part in sections::parts(&telling) {
        tell = tell.part(part);
    }
    for part in telling.ended() {
        tell = tell.part(part);
    }
    tell = tell.part(heading("What happens next")).part(telling.kept());
    tell.show()
}

/// The way to write what is done for the outcome that the reader wrote last.
fn newest_of_mine(seat: &Seat, laid: &Laid) -> Option<Markup> {
    let mine = laid.readable.plan.open_outcomes();
    let mine = mine.filter(|outcome| outcome.written.author.user == seat.actor.user);
    let newest = mine.max_by_key(|outcome| outcome.written.entry)?;
    let words = format!("Write what is done for ‘{}’", newest.written.said.words);
    let path = path(laid.record.person.id);
    Some(link(&words, &format!("{path}/action?outcome={}", laid.called(newest.id))))
}

/// What of the plan is the reader's to do.
fn asked_of_me(seat: &Seat, laid: &Laid) -> Vec<Markup> {
    let id = laid.record.person.id;
    let plan = &laid.readable.plan;
    let mut lines: Vec<Markup> = Vec::new();
    if laid.own {
        let able = !unable(&laid.readable, seat.today);
        if able && plan.can_be_answered() && !plan.answer().is_some_and(|(_, current)| current) {
            let words = "Read the plan, and say whether you agree";
            lines.push(link(words, &format!("{}/answer", path(id))));
        }
        let own = plan.open_actions().filter(|action| action.written.said.doer == Doer::Person);
        if plan.agreed()
            && !scored(laid, |said| {
                said.wellbeing.is_some() || said.scores.iter().any(|one| one.person.is_some())
            })
        {
            lines.push(link(
                "Say how things stand now, at the start",
                &format!("{}/scores", path(id)),
            ));
        }
        lines.extend(own.map(|action| {
            let words = format!("{}, by {}", action.written.said.what, action.due().in_words());
            link(&words, &format!("{}/action/{}", path(id), laid.called(action.id)))
        }));
    } else {
        let work = derive(&laid.readable).map(|derived| derived.work).unwrap_or_default();
        let mine = work.iter().filter(|work| is_mine(seat, work));
        lines.extend(mine.filter_map(|work| {
            let to = href(id, work.task, laid.called(work.entry))?;
            let of = plan.action(work.entry).filter(|_| is_of_action(work.task));
            let of = of.map(|action| format!(": {}", action.written.said.what));
            let (task, due) = (work.task.in_words(), work.due.in_words());
            let words = format!("{task}{}, by {due}", of.unwrap_or_default());
            Some(link(&words, &to))
        }));
    }
    if lines.is_empty() {
        return Vec::new();
    }
    lines.insert(0, paragraph("What is asked of you:"));
    vec![InsetText::new(Markup::join(lines)).into()]
}

/// Whether somebody has scored something of the kind.
fn scored(laid: &Laid, what: impl Fn(&OutcomesScored) -> bool) -> bool {
    laid.readable.reviews.scored.iter().any(|told| what(&told.said))
}

fn is_mine(seat: &Seat, work: &Work) -> bool {
    let team = work.team.is_some() && work.team == seat.actor.team;
    work.user == Some(seat.actor.user) || (team && seat.actor.role.may(Right::SeeWork))
}

fn is_of_action(task: Task) -> bool {
    matches!(task, Task::DoAction | Task::AskOfAction | Task::FinishDraft)
}

/// The ways from here.
fn ways(seat: &Seat, laid: &Laid) -> Vec<Markup> {
    let base = path(laid.record.person.id);
    let role = &seat.actor.role;
    let mut ways = Vec::new();
    if role.may(Right::WritePlan) {
        let words = format!("Write what {}", super::wants(laid));
        ways.push(link(&words, &format!("{base}/outcome")));
        if laid.readable.plan.can_be_answered() && (laid.own || role.sees(Part::Assessment)) {
            let words = if laid.own {
                "Say whether you agree".to_owned()
            } else {
                format!("Write down whether {} agrees", laid.given())
            };
            ways.push(link(&words, &format!("{base}/answer")));
        }
    }
    if scores::may(seat, laid.record.person.id)
        && laid.readable.plan.open_outcomes().next().is_some()
    {
        ways.push(link("How things stand now", &format!("{base}/scores")));
    }
    if practice::may_write(seat) && !laid.own {
        let to = format!("{}/practice", laid.path());
        ways.push(link("Write up practice worth sharing", &to));
    }
    ways.push(link("The plan on paper", &format!("{base}/print")));
    ways.push(link("The emergency summary", &format!("{base}/emergency")));
    ways
}
