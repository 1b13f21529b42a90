//! A plan that goes quiet is noticed: each loop that can be left open is left open here, for a year, and
//! somebody is told.

use care::assess::authority::Decider;
use care::assess::begin::Owner;
use care::plan::agree::{Said, answer};
use care::plan::{action, meeting, message};
use care::record::derived::Task;
use care::record::fact::Fact;
use care::record::fact::assess::{FormKind, Prompt, Prompted};
use care::record::fact::plan::{Agreement, Basis, Doer, Way};
use care::record::fact::review::{Change, ReviewEnd, Risk};
use care::record::ids::TeamId;
use care::review::enablement::{self, Begin};
use care::review::hold::{Held, bring_forward, hold};
use care::who::actor::Asking;

use crate::place::{Telling, actor};
use crate::table::{last, small_plan, step, write_action};

/// Leaves one loop open.
type Leave = fn(&mut Telling, u32);

const LOOPS: &[(&str, Task, Leave)] = &[
    ("the plan was never agreed", Task::AgreePlan, |_, _| {}),
    ("the first review was never held", Task::HoldReview, |_, _| {}),
    ("the daughter’s action was never asked after", Task::AskOfAction, |_, _| {}),
    ("an action of ours was never done", Task::DoAction, |story, outcome| {
        let wanted = step(story, outcome, "Physiotherapy", Doer::Team(TeamId::new("n1")));
        write_action(story, "social-worker", &wanted);
    }),
    ("a draft was never finished", Task::FinishDraft, |story, outcome| {
        let wanted = step(story, outcome, "Perhaps a pendant", Doer::Person);
        let draft = action::Wanted { draft: true, ..wanted };
        write_action(story, "community-nurse", &draft);
    }),
    ("a no was never talked about", Task::TalkOfPlan, |story, _| {
        let said = Said {
            seen: last(story),
            answer: Agreement::Disagrees,
            words: "This is not what I said".to_owned(),
            way: Way::SignedIn,
            with: String::new(),
            decider: Decider::Person { unwise: false },
        };
        story.tell(&actor("resident"), |person, asking| answer(person, &said, asking)).unwrap();
    }),
    ("a meeting was never told of", Task::TalkAtMeeting, |story, _| {
        let on = story.today.plus_days(7);
        let team = TeamId::new("n1");
        story
            .tell(&actor("team-lead"), |person, asking| {
                meeting::list(person, team.clone(), on, "Three falls", Basis::Agreed, asking)
            })
            .unwrap();
    }),
    ("a message was never looked at", Task::SeeMessage, |story, _| {
        let to = Owner::Team(TeamId::new("n1"));
        story
            .tell(&actor("social-worker"), |person, asking| {
                message::send(person, &to, "Could you ring her?", asking)
            })
            .unwrap();
    }),
    ("what a review decided was never told in a letter", Task::SendLetter, |story, _| {
        let held = Held {
            person: "Better".to_owned(),
            worker: "Better".to_owned(),
            end: ReviewEnd::Same,
            why: "It works".to_owned(),
            still_met: Vec::new(),
            risk: Risk::Low,
            next_by: None,
            seen: last(story),
        };
        story.tell(&actor("team-lead"), |person, asking| hold(person, &held, asking)).unwrap();
    }),
    ("the carer fell ill and nobody came", Task::HoldReview, |story, _| {
        story
            .tell(&actor("resident"), |person, asking| {
                bring_forward(person, Change::CarerIll, "Maria is in bed", asking)
            })
            .unwrap();
    }),
    ("nobody planned for a carer who is away", Task::PlanContingency, |story, _| {
        story
            .tell(&actor("social-worker"), |_, asking| Ok(vec![asking.entry(carer_named(asking))]))
            .unwrap();
    }),
    ("a week of enablement was never told of", Task::TellOfWeek, begin_enablement),
    ("enablement was never decided on", Task::EndEnablement, begin_enablement),
];

fn begin_enablement(story: &mut Telling, outcome: u32) {
    let begin = Begin {
        outcomes: vec![outcome],
        team: TeamId::new("n1"),
        from: story.today,
        until: story.today.plus_days(42),
        quarters: 28,
    };
    story
        .tell(&actor("team-lead"), |person, asking| enablement::begin(person, &begin, asking))
        .unwrap();
}

/// What a form leaves that names somebody who cares.
fn carer_named(asking: &Asking<'_>) -> Fact {
    Fact::Prompted(Box::new(Prompted {
        purpose: FormKind::Assessment,
        prompt: Prompt::CarersAssessment,
        about: "Maria".to_owned(),
        because: "They help without being paid.".to_owned(),
        team: None,
        due: asking.in_days(14),
    }))
}

#[test]
fn each_loop_that_is_left_open_is_somebodys_and_late() {
    for (what, task, leave) in LOOPS {
        let (mut story, outcome, _) = small_plan();
        leave(&mut story, outcome);
        story.days_later(365);
        let lines: Vec<_> =
            story.derived().work.into_iter().filter(|work| work.task == *task).collect();
        assert!(!lines.is_empty(), "{what}: nobody is told");
        for line in lines {
            assert!(line.due < story.today, "{what}: it is not late after a year");
            assert!(line.user.is_some() || line.team.is_some(), "{what}: it is nobody’s");
        }
    }
}
