//! What lists and searches read: recomputed from the whole story at every append, never kept by
//! hand.

use law::choices;
use law::day::Day;

use super::entry::{Audience, EntryNumber};
use super::fact::assess::FormKind;
use super::fact::carer::LinkSide;
use super::fact::review::Risk;
use super::fact::{Answer, Identity, Outcome};
use super::ids::{TeamId, UserId};
use super::person::assessment::BegunForm;
use super::person::{Person, Told};

mod assessment;
mod letters;
mod plan;

/// Everything derived from one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// One row for lists.
    pub summary: Summary,
    /// What is due, in order of its due day.
    pub work: Vec<Work>,
    /// Who works with the person now.
    pub members: Vec<Membership>,
}

/// One row about a person with a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Where the person stands on the journey.
    pub stage: Stage,
    /// Who keeps the record.
    pub keeper: Option<UserId>,
    /// Whether they said no, and are not to be found again.
    pub objected: bool,
    /// When the story began.
    pub begun_on: Day,
    /// The day of the last thing that happened.
    pub last_on: Day,
    /// Who the person is, where the register does not say.
    pub identity: Option<Identity>,
    /// Where their plan stands; none where there is none.
    pub plan: Option<PlanStands>,
    /// The risk until the next look, as the last review saw it.
    pub risk: Option<Risk>,
    /// The code of a link that they have offered, and nobody has answered yet.
    pub offer: Option<String>,
    /// Whether they are known to care for somebody.
    pub carer: bool,
}

choices! {
    /// Where a person stands on the journey.
    Stage {
        /// The record was opened or written in; nothing has been asked or offered.
        Known "known" "Known to us",
        /// A contact waits for an answer.
        Contact "contact" "Contact to answer",
        /// Invited, not yet answered.
        Invited "invited" "Invited",
        /// Asked for time to think.
        Thinking "thinking" "Asked for time",
        Accepted "accepted" "Said yes",
        /// Said no, and is not to be found again.
        Objected "objected" "Said no",
        /// A contact was answered; nothing else is open.
        Answered "answered" "Contact answered",
        /// An assessment is under way, their own or as a carer.
        Assessing "assessing" "Being assessed",
        /// An assessment was finished.
        Assessed "assessed" "Assessed",
        /// A plan is being made.
        Planning "planning" "Making a plan",
        /// The person agrees with their plan, at least in part.
        Planned "planned" "Has a plan",
    }
}

choices! {
    /// Where a person's plan stands.
    PlanStands {
        /// It is being made; the person has not answered it yet.
        Making "making" "being made",
        /// The person agrees with it, at least in part.
        Agreed "agreed" "agreed",
        /// It has changed since the person answered it.
        Changed "changed" "changed since it was agreed",
        /// The person does not agree.
        Disagreed "disagreed" "not agreed",
        /// Support ended at a review.
        Ended "ended" "ended",
    }
}

/// Something due, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What is to be done.
    pub task: Task,
    /// By when.
    pub due: Day,
    /// Whether it cannot wait its turn.
    pub urgent: bool,
    /// The team whose work it is, where no one person's.
    pub team: Option<TeamId>,
    /// The person whose work it is.
    pub user: Option<UserId>,
    /// The entry it comes from.
    pub entry: u32,
}

choices! {
    /// Something that can be due.
    Task {
        /// A contact at the front door waits for an answer.
        AnswerContact "answer-contact" "Answer the contact",
        /// Somebody was invited and has not answered.
        AskForAnswer "ask-for-answer" "Ask for an answer to the invitation",
        /// Somebody who said yes has nobody named to work with them.
        NameKeeper "name-keeper" "Name who will work with the person",
        /// Somebody outside the team opened the record.
        ReviewOpening "review-opening" "Look at why the record was opened",
        /// A financial assessment was asked for.
        AssessMeans "assess-means" "Work out what the person pays",
        /// A draft of one waits for a second pair of eyes.
        DecideCharge "decide-charge" "Decide what the person pays",
        /// A form was asked for: an assessment, a review, an order.
        FillForm "fill-form" "Do what was asked for",
        /// Something known was found out of date, or has grown old.
        AskAgain "ask-again" "Ask again what may have changed",
        /// Answers called for something to be thought of.
        AnswerPrompt "answer-prompt" "Say what comes of a prompt",
        /// What was assessed is to be reviewed.
        Review "review" "Review the assessment",
        /// A risk is to be talked about again.
        TalkOfRisk "talk-of-risk" "Talk about a risk again",
        /// A finding that somebody lacks capacity can soon no longer be relied on.
        AssessCapacity "assess-capacity" "Look again whether the person can decide",
        /// An action of the plan is one's own.
        DoAction "do-action" "Do an action of the plan",
        /// An action is the person's or their family's: somebody asks how it goes.
        AskOfAction "ask-of-action" "Ask how an action goes",
        /// An action was left as a draft.
        FinishDraft "finish-draft" "Finish a draft in the plan",
        /// The plan was made or changed, and the person has not said what they think of it.
        AgreePlan "agree-plan" "Ask whether the person agrees with the plan",
        /// They do not agree with all of it.
        TalkOfPlan "talk-of-plan" "Talk about what the person does not agree with",
        /// Somebody cares for the person, and nobody wrote what happens if they cannot.
        PlanContingency "plan-contingency" "Plan what happens if the carer cannot be there",
        /// Nobody has said how the outcomes stood at the start.
        ScoreStart "score-start" "Score how each outcome stands at the start",
        /// The plan is to be reviewed.
        HoldReview "hold-review" "Review the plan",
        /// What the other side of a link may see was agreed to long ago.
        AskConsent "ask-consent" "Ask whether they still agree to what is shared",
        /// Somebody's authority to decide for the person comes to its last day.
        ReviewAuthority "review-authority" "Look at an authority that runs out",
        /// A person is on the list of a meeting.
        TalkAtMeeting "talk-at-meeting" "Talk about the person at the meeting",
        /// A message has not been seen.
        SeeMessage "see-message" "Look at a message",
        /// A week of enablement has not been told of.
        TellOfWeek "tell-of-week" "Say what a week of enablement brought",
        /// Enablement is to end in a decision.
        EndEnablement "end-enablement" "Decide what follows enablement",
        /// A decision that was made for the person is to be looked at again.
        ReviewDecision "review-decision" "Look again at what was decided for the person",
        /// Continuing healthcare is to be thought of again, or the board’s decision asked after.
        ThinkOfChc "think-of-chc" "Follow up NHS continuing healthcare",
        /// What is to be done if a carer cannot is to be looked at again.
        ReviewCard "review-card" "Look at the carer’s emergency card again",
        /// A letter about what was assessed or decided has not been given.
        SendLetter "send-letter" "Give the person their letter",
    }
}

/// Somebody in the team around a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub user: UserId,
    /// Since when.
    pub since: Day,
    /// Whether they keep the record.
    pub keeper: bool,
}

/// Computes everything derived from a story; nothing from a story that has not begun.
pub fn derive(person: &Person) -> Option<Derived> {
    let begun = person.begun.as_ref()?;
    let mut work = work(person);
    work.sort_by_key(|line| (line.due, line.entry));
    Some(Derived {
        summary: Summary {
            stage: stage(person),
            keeper: person.keeper().map(|keeper| keeper.user),
            objected: person.objected(),
            begun_on: begun.on,
            last_on: person.last_on.unwrap_or(begun.on),
            identity: (!begun.said.on_register).then(|| begun.said.identity.clone()),
            plan: plan::stands(person),
            risk: person.reviews.last().map(|held| held.said.risk),
            offer: person.carers.offered().and_then(|link| link.code.clone()),
            carer: cares(person),
        },
        work,
        members: person
            .team
            .iter()
            .map(|member| Membership {
                user: member.user,
                since: member.since,
                keeper: member.keeper,
            })
            .collect(),
    })
}

/// Whether somebody is known to care for somebody: they say so in a link, have written an emergency
/// card, or have a carer's assessment.
fn cares(person: &Person) -> bool {
    let begun = &person.assessment.begun;
    person.carers.card.is_some()
        || person.carers.links.iter().any(|link| link.side == LinkSide::Carer && !link.ended())
        // That they are counted is told to all: not by what is for fewer.
        || begun.iter().any(|form| {
            form.begun.said.purpose == FormKind::Carer
                && form.begun.audience == Audience::Everyone
        })
}

/// What still waits for us comes first; then where the person got to.
fn stage(person: &Person) -> Stage {
    if person.contacts.iter().any(|state| state.outcome.is_none()) {
        return Stage::Contact;
    }
    let assessing = assessment::stage(person);
    let planned = match plan::stands(person) {
        Some(PlanStands::Agreed) => Some(Stage::Planned),
        Some(PlanStands::Making | PlanStands::Changed | PlanStands::Disagreed) => {
            Some(Stage::Planning)
        }
        Some(PlanStands::Ended) | None => None,
    };
    // A new assessment of somebody who has a plan does not take it away.
    if let Some(stage) = planned.or(assessing).filter(|_| !person.objected()) {
        return stage;
    }
    match (&person.invitation, person.answer()) {
        (_, Some(Answer::Objected)) => Stage::Objected,
        (_, Some(Answer::Accepted { .. })) => Stage::Accepted,
        (_, Some(Answer::MoreTime { .. })) => Stage::Thinking,
        (Some(_), _) => Stage::Invited,
        (None, _) if person.contacts.is_empty() => Stage::Known,
        (None, _) => Stage::Answered,
    }
}

fn work(person: &Person) -> Vec<Work> {
    let mut work = Vec::new();
    for state in person.contacts.iter().filter(|state| state.outcome.is_none()) {
        work.push(Work {
            task: Task::AnswerContact,
            due: state.contact.said.answer_by,
            urgent: state.contact.said.urgent,
            team: Some(state.owner.clone()),
            user: None,
            entry: state.contact.entry,
        });
    }
    if let Some(invitation) = &person.invitation {
        let ask_by = match person.answer() {
            None => Some(invitation.invited.said.ask_by),
            Some(Answer::MoreTime { until }) => Some(until),
            Some(Answer::Accepted { .. } | Answer::Objected) => None,
        };
        work.extend(ask_by.map(|due| Work {
            task: Task::AskForAnswer,
            due,
            urgent: false,
            team: Some(invitation.invited.said.team.clone()),
            user: None,
            entry: invitation.invited.entry,
        }));
    }
    work.extend(name_keeper(person));
    work.extend(means(person));
    work.extend(assessment::work(person));
    work.extend(plan::work(person));
    one_review(&mut work, person);
    work.extend(letters::work(person));
    for opening in person.openings.iter().filter(|opening| !opening.reviewed) {
        // Whoever opened the record and keeps it now does not look at their own opening.
        let opener = opening.opened.author.user;
        let keeper = person.keeper().map(|keeper| keeper.user).filter(|user| *user != opener);
        work.push(Work {
            task: Task::ReviewOpening,
            due: opening.opened.said.review_by,
            urgent: false,
            team: if keeper.is_none() { opening.opened.said.tell.clone() } else { None },
            user: keeper,
            entry: opening.opened.entry,
        });
    }
    work
}

/// Whoever has a plan has one review of everything, by the first day of the two: the plan's, without the
/// assessment's beside it. What few may read of stays on a line of its own.
fn one_review(work: &mut Vec<Work>, person: &Person) {
    let Some(plan) = work.iter().position(|line| line.task == Task::HoldReview) else { return };
    let for_all = |line: &Work| {
        let begun = person.assessment.begun.iter();
        let mut of =
            begun.filter(|form| form.ended.as_ref().is_some_and(|ended| ended.entry == line.entry));
        of.all(|form| {
            !form.begun.audience.is_for_few() && !form.begun.said.purpose.is_safeguarding()
        })
    };
    let assessment = work.iter().position(|line| line.task == Task::Review && for_all(line));
    if let Some(at) = assessment {
        work[plan].due = work[plan].due.min(work[at].due);
        work.remove(at);
    }
}

/// A financial assessment is its team's work until it is drafted, and then until it is decided.
fn means(person: &Person) -> Option<Work> {
    let means = &person.means;
    let (task, due, team, entry) = match (&means.draft, means.waits()) {
        (Some(draft), _) => {
            let (team, due) = draft.said.decide.as_ref()?;
            (Task::DecideCharge, *due, team, draft.entry)
        }
        (None, Some(asked)) => (Task::AssessMeans, asked.said.due, &asked.said.to, asked.entry),
        (None, None) => return None,
    };
    Some(Work { task, due, urgent: false, team: Some(team.clone()), user: None, entry })
}

/// Somebody who said yes, or is promised an assessment, is somebody's work from that day.
fn name_keeper(person: &Person) -> Option<Work> {
    if person.keeper().is_some() {
        return None;
    }
    let accepted = person.invitation.as_ref().and_then(|invitation| match person.answer()? {
        Answer::Accepted { keeper_by } => {
            Some((keeper_by, invitation.invited.said.team.clone(), invitation.invited.entry))
        }
        Answer::MoreTime { .. } | Answer::Objected => None,
    });
    let promised = person.contacts.iter().filter_map(|state| {
        let outcome = &state.outcome.as_ref()?.said;
        let due = outcome.keeper_by.filter(|_| outcome.outcome == Outcome::Assessment)?;
        Some((due, state.owner.clone(), state.contact.entry))
    });
    let named = accepted.into_iter().chain(promised).min_by_key(|(due, ..)| *due);
    // A plan that the person wrote alone is nobody's yet.
    let planned = person.plan.outcomes.first().map(|outcome| {
        let written = &outcome.written;
        (written.said.agree_by, None, written.entry)
    });
    let named = named.map(|(due, team, entry)| (due, Some(team), entry));
    let (due, team, entry) = named.or(planned)?;
    Some(Work { task: Task::NameKeeper, due, urgent: false, team, user: None, entry })
}

/// A line for whoever keeps the record; where nobody does, for a team: the one that is named, or that
/// has a form or a contact of the person's in hand.
fn kept(person: &Person, task: Task, due: Day, team: Option<&TeamId>, entry: EntryNumber) -> Work {
    let user = person.keeper().map(|keeper| keeper.user);
    // Not by a form that not everybody may know of: the line would tell of it.
    let for_all = |form: &&BegunForm| {
        !form.begun.audience.is_for_few() && !form.begun.said.purpose.is_safeguarding()
    };
    let forms = || person.assessment.begun.iter().rev().filter(for_all);
    let form = || forms().find_map(|form| form.begun.said.team.as_ref());
    let contact = || person.contacts.last().map(|contact| &contact.owner);
    let team = team.or_else(form).or_else(contact);
    let team = if user.is_none() { team.cloned() } else { None };
    Work { task, due, urgent: false, team, user, entry }
}

/// As [`kept`]; where there is no such team either, for whoever wrote the entry.
fn kept_or_own<T>(person: &Person, task: Task, due: Day, told: &Told<T>) -> Work {
    let work = kept(person, task, due, None, told.entry);
    let user = if work.team.is_none() { work.user.or(Some(told.author.user)) } else { work.user };
    Work { user, ..work }
}
