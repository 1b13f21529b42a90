//! What a plan and its reviews leave to be done: no loop that can be left open is nobody's.

use law::day::Day;

use crate::record::entry::EntryNumber;
use crate::record::fact::assess::{FormKind, Prompt};
use crate::record::fact::carer::LinkSide;
use crate::record::fact::plan::{Agreement, Doer};
use crate::record::ids::QuestionId;
use crate::record::person::Person;
use crate::record::person::plan::Action;

use super::{PlanStands, Task, Work, kept};

/// Where the plan stands; nothing where there is none.
pub(super) fn stands(person: &Person) -> Option<PlanStands> {
    let plan = &person.plan;
    if plan.outcomes.is_empty() {
        return None;
    }
    if support_ended(person) {
        return Some(PlanStands::Ended);
    }
    match plan.answer() {
        Some((_, true)) if plan.agreed() => Some(PlanStands::Agreed),
        Some((_, true)) => Some(PlanStands::Disagreed),
        Some((_, false)) => Some(PlanStands::Changed),
        None => Some(PlanStands::Making),
    }
}

/// Whether the last review ended support, and nothing was begun since.
fn support_ended(person: &Person) -> bool {
    let ended = person.reviews.last().filter(|last| last.said.next_by.is_none());
    ended.is_some() && person.review_due().is_none()
}

/// Everything that is due because of a plan.
pub(super) fn work(person: &Person) -> Vec<Work> {
    let mut work = actions(person);
    work.extend(drafts(person));
    work.extend(agreement(person));
    work.extend(start(person));
    work.extend(contingency(person));
    work.extend(talk(person));
    work.extend(review(person));
    work.extend(harm(person));
    work.extend(enablement(person));
    work
}

/// An action is its doer's; where that is not one of us, the keeper asks how it goes.
fn actions(person: &Person) -> Vec<Work> {
    let line = |action: &Action| {
        let written = &action.written;
        let (due, entry) = (action.due(), action.id);
        let (team, user) = match &written.said.doer {
            Doer::User { id, .. } => (None, Some(*id)),
            Doer::Team(team) => (Some(team.clone()), None),
            Doer::Person | Doer::Named(_) => {
                return kept(person, Task::AskOfAction, due, None, entry);
            }
        };
        Work { task: Task::DoAction, due, urgent: false, team, user, entry }
    };
    person.plan.open_actions().map(line).collect()
}

/// A draft is its writer's to finish.
fn drafts(person: &Person) -> Vec<Work> {
    let drafts = person.plan.actions.iter().filter(|action| {
        let outcome = person.plan.outcome(action.written.said.outcome);
        action.written.said.draft && outcome.is_some_and(|outcome| outcome.ended.is_none())
    });
    drafts
        .map(|action| Work {
            task: Task::FinishDraft,
            due: action.written.said.agree_by,
            urgent: false,
            team: None,
            user: Some(action.written.author.user),
            entry: action.id,
        })
        .collect()
}

/// A plan that was changed is agreed again; what somebody does not agree with is talked about.
fn agreement(person: &Person) -> Option<Work> {
    let plan = &person.plan;
    if !plan.can_be_answered() || support_ended(person) {
        return None;
    }
    if let Some((answer, true)) = plan.answer() {
        let due = answer.said.talk_by?;
        return Some(kept(person, Task::TalkOfPlan, due, None, answer.entry));
    }
    let seen = plan.answer().map_or(0, |(answer, _)| answer.said.seen);
    let outcomes =
        plan.outcomes.iter().map(|outcome| (outcome.written.entry, outcome.written.said.agree_by));
    let actions = plan.actions.iter().filter(|action| !action.written.said.draft);
    let actions = actions.map(|action| (action.written.entry, action.written.said.agree_by));
    let all = outcomes.chain(actions).chain(sections(person));
    let unseen = all.filter(|(entry, _)| *entry > seen);
    // An outcome that ended is in the answer's time too, though nothing was promised of it.
    let (entry, due) = unseen.min_by_key(|(entry, due)| (*due, *entry))?;
    Some(kept(person, Task::AgreePlan, due, None, entry))
}

/// The sections of the plan, each with the day by which it is agreed to: in as many days as were promised when
/// what it stands beside was last written.
fn sections(person: &Person) -> impl Iterator<Item = (EntryNumber, Day)> {
    let plan = &person.plan;
    let outcomes = plan.outcomes.iter().map(|one| (one.written.on, one.written.said.agree_by));
    let actions = plan.actions.iter().map(|one| (one.written.on, one.written.said.agree_by));
    let promised = outcomes.chain(actions).max_by_key(|(on, _)| *on);
    let days = promised.map_or(0, |(on, by)| by.epoch_days() - on.epoch_days());
    plan.sections.iter().map(move |&(entry, on)| (entry, on.plus_days(days)))
}

/// What is measured against later is said at the start: of an outcome that was agreed to, somebody says how it
/// stands.
fn start(person: &Person) -> Option<Work> {
    let mut agreed = person.plan.answers.iter();
    let agreed = agreed.rfind(|told| told.said.answer != Agreement::Disagrees)?;
    let looked_at = person.reviews.last().is_some_and(|last| last.entry > agreed.entry);
    if support_ended(person) || looked_at {
        return None;
    }
    let scores = || person.reviews.scored.iter().flat_map(|told| &told.said.scores);
    let unsaid = |id| !scores().any(|score| score.outcome == id);
    let mut outcomes = person.plan.open_outcomes();
    outcomes.find(|outcome| outcome.id <= agreed.said.seen && unsaid(outcome.id))?;
    let due = agreed.on.plus_days(START_DAYS);
    Some(kept(person, Task::ScoreStart, due, None, agreed.entry))
}

/// In how many days after the plan was agreed somebody says how its outcomes stand.
const START_DAYS: i32 = 14;

/// Where somebody is known to care for the person, what happens if they cannot is written down.
fn contingency(person: &Person) -> Option<Work> {
    let promised =
        person.plan.open_outcomes().map(|outcome| outcome.written.said.agree_by).min()?;
    if support_ended(person) || has_contingency(person) {
        return None;
    }
    let prompts = person.assessment.prompted.iter().map(|state| &state.prompted);
    let named = prompts
        .filter(|told| told.said.prompt == Prompt::CarersAssessment && !told.said.about.is_empty());
    let named = named.map(|told| (told.said.due, told.entry));
    let linked = person.carers.holding().filter(|link| link.side == LinkSide::CaredFor);
    let linked = linked.map(|link| (promised, link.entry));
    let (due, entry) = named.chain(linked).next()?;
    Some(kept(person, Task::PlanContingency, due.max(promised), None, entry))
}

/// Whether it is written what happens if a carer cannot be there, and it was not found out of date:
/// wherever it was told, it is told once.
fn has_contingency(person: &Person) -> bool {
    let asked = QuestionId::new(CONTINGENCY);
    person
        .assessment
        .standing()
        .any(|writing| writing.given.get(&asked).is_some_and(|given| given.outdated.is_none()))
}

/// The question that asks for it, in every form that does.
const CONTINGENCY: &str = "if-not-there";

/// Meetings that have not been told of, and messages that nobody has seen.
fn talk(person: &Person) -> Vec<Work> {
    let meetings = person.plan.meetings.iter().filter(|meeting| meeting.heard.is_none());
    let meetings = meetings.map(|meeting| Work {
        task: Task::TalkAtMeeting,
        due: meeting.listed.said.on,
        urgent: false,
        team: Some(meeting.listed.said.team.clone()),
        user: None,
        entry: meeting.listed.entry,
    });
    let messages = person.plan.messages.iter().filter(|message| message.seen.is_none());
    let messages = messages.map(|message| Work {
        task: Task::SeeMessage,
        due: message.sent.said.answer_by,
        urgent: false,
        team: message.sent.said.team.clone(),
        user: message.sent.said.to,
        entry: message.sent.entry,
    });
    meetings.chain(messages).collect()
}

/// The next review, which the keeper holds.
fn review(person: &Person) -> Option<Work> {
    let next = person.review_due()?;
    let urgent = person.reviews.forward.iter().any(|told| told.entry == next.entry);
    Some(Work { urgent, ..kept(person, Task::HoldReview, next.by, None, next.entry) })
}

/// Word that somebody may be harmed brings a review of the plan, by the day by which it is looked into: for
/// those alone who may know of it, until a review is held.
fn harm(person: &Person) -> Option<Work> {
    person.plan.began()?;
    let held = person.reviews.last().map_or(0, |held| held.entry);
    let forms = person.assessment.begun.iter();
    let since = forms.filter(|form| {
        form.begun.said.purpose == FormKind::SafeguardingConcern && form.begun.entry > held
    });
    let first = since.min_by_key(|form| form.begun.said.due)?;
    let said = &first.begun.said;
    Some(Work {
        task: Task::HoldReview,
        due: said.due,
        urgent: true,
        team: said.team.clone(),
        user: said.user,
        entry: first.begun.entry,
    })
}

/// Each week of enablement is told of, and its end is decided.
fn enablement(person: &Person) -> Vec<Work> {
    let Some(programme) = person.reviews.under_way() else { return Vec::new() };
    let said = &programme.begun.said;
    let line = |task, due| Work {
        task,
        due,
        urgent: false,
        team: Some(said.team.clone()),
        user: None,
        entry: programme.begun.entry,
    };
    let mut work = vec![line(Task::EndEnablement, said.until)];
    let week = programme.untold();
    if week <= said.until {
        work.push(line(Task::TellOfWeek, week.sunday().min(said.until)));
    }
    work
}
