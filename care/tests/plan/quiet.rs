//! A plan that goes quiet is noticed: each loop that can be left open is left open here, for a year, and
//! somebody is told.

use care::assess::authority::{Decider, record};
use care::assess::begin::Owner;
use care::find::front_door;
use care::plan::agree::{Said, answer};
use care::plan::{action, meeting, message};
use care::record::derived::Task;
use care::record::entry::{Audience, NewEntry};
use care::record::fact::assess::{FormBegun, FormKind, Prompt, Prompted, Voice};
use care::record::fact::carer::{CarerLink, LinkSaid, LinkSide, Share};
use care::record::fact::decision::{AuthorityKind, AuthorityRecorded, Made, Matter};
use care::record::fact::plan::{Agreement, Basis, Doer, Way};
use care::record::fact::review::{Change, EnablementEnd, ReviewEnd, ReviewGround, Risk};
use care::record::fact::{ContactKind, Fact, Route};
use care::record::ids::{FormId, LinkId, PersonId, TeamId};
use care::review::enablement::{self, Begin};
use care::review::hold::{Held, bring_forward, hold};
use care::who::actor::Asking;

use crate::place::{Telling, actor, begun};
use crate::table::{agree, last, section, small_plan, step, wish, write_action, write_outcome};

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
    ("a section written under an agreed plan was never agreed to", Task::AgreePlan, |story, _| {
        agree(story);
        story
            .tell(&actor("community-nurse"), |_, asking| {
                Ok(vec![section(FormKind::Plan, Voice::Professional, Audience::Everyone, asking)])
            })
            .unwrap();
    }),
    ("nobody said how an agreed outcome stood at the start", Task::ScoreStart, |story, _| {
        agree(story);
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
    ("word of harm was never followed by a review", Task::HoldReview, |story, _| {
        story.tell(&actor("social-worker"), |_, asking| Ok(vec![concern(asking)])).unwrap();
    }),
    ("consent to what a carer sees was never asked for again", Task::AskConsent, |story, _| {
        let linked = LinkSaid::Agreed {
            side: LinkSide::CaredFor,
            other: PersonId::of_source("test", "carer"),
            name: "Maria".to_owned(),
            shares: [Share::Team].into(),
            words: String::new(),
            made: Made::default(),
        };
        let link = CarerLink { link: LinkId::from_bytes([1; 16]), said: linked };
        let fact = Fact::CarerLink(Box::new(link));
        story.tell(&actor("resident"), |_, asking| Ok(vec![asking.entry(fact)])).unwrap();
    }),
    ("an authority ran out", Task::ReviewAuthority, |story, _| {
        let seen = deputy(story);
        story.tell(&actor("social-worker"), |one, asking| record(one, seen, asking)).unwrap();
    }),
    ("a week of enablement was never told of", Task::TellOfWeek, begin_enablement),
    ("enablement was never decided on", Task::EndEnablement, begin_enablement),
];

fn concern(asking: &Asking<'_>) -> NewEntry {
    let begun = FormBegun {
        form: FormId::new("safeguarding-concern"),
        purpose: FormKind::SafeguardingConcern,
        version: 1,
        about: String::new(),
        why: "Bruises".to_owned(),
        team: Some(TeamId::new("n1")),
        user: None,
        due: asking.today,
    };
    asking.entry_for(Audience::Safeguarding, Fact::FormBegun(Box::new(begun)))
}

fn deputy(story: &Telling) -> AuthorityRecorded {
    AuthorityRecorded {
        authority: AuthorityKind::DeputyWelfare,
        holder: "Ada Okonkwo".to_owned(),
        scope: [Matter::Care].into(),
        limits: String::new(),
        from: story.today,
        until: Some(story.today.plus_days(200)),
        document: "Court of Protection order".to_owned(),
        seen_on: story.today,
        registered_on: None,
    }
}

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
        story.days_later(370);
        let lines: Vec<_> =
            story.derived().work.into_iter().filter(|work| work.task == *task).collect();
        assert!(!lines.is_empty(), "{what}: nobody is told");
        for line in lines {
            assert!(line.due < story.today, "{what}: it is not late after a year");
            assert!(line.user.is_some() || line.team.is_some(), "{what}: it is nobody’s");
        }
    }
}

#[test]
fn what_was_given_for_a_time_is_asked_after_once_and_goes_when_it_is_given_anew() {
    let (mut story, ..) = small_plan();
    let seen = deputy(&story);
    let tell = |story: &mut Telling, seen: AuthorityRecorded| {
        story.tell(&actor("social-worker"), |one, asking| record(one, seen, asking)).unwrap();
    };
    tell(&mut story, seen.clone());
    let due = |story: &Telling| {
        let work = story.derived().work.into_iter();
        let lines = work.filter(|line| line.task == Task::ReviewAuthority);
        lines.map(|line| line.due).collect::<Vec<_>>()
    };
    assert_eq!(due(&story), [seen.until.unwrap()], "on its last day");
    let longer = AuthorityRecorded { until: Some(story.today.plus_days(900)), ..seen };
    tell(&mut story, longer.clone());
    assert_eq!(due(&story), [longer.until.unwrap()], "the new one takes its place");
    let forever = AuthorityRecorded { until: None, ..longer };
    tell(&mut story, forever);
    assert_eq!(due(&story), []);
}

#[test]
fn what_is_reported_at_the_front_door_brings_the_review_forward_by_itself() {
    let report = |story: &mut Telling, change: Option<Change>| {
        let said = front_door::Said {
            contact: ContactKind::Contact,
            route: Route::Hospital,
            from: "Ward 4".to_owned(),
            words: "Admitted last night with a broken hip".to_owned(),
            urgent: false,
            person_agrees: Some(true),
            to: TeamId::new("n1"),
            change,
        };
        story
            .tell(&actor("hospital-discharge"), |one, asking| {
                front_door::record(one, said, begun(), asking)
            })
            .unwrap();
    };
    let (mut story, ..) = small_plan();
    let before = story.person().review_due().unwrap();
    report(&mut story, None);
    assert_eq!(story.person().review_due().unwrap(), before, "nothing has changed");
    report(&mut story, Some(Change::Admitted));
    let due = story.person().review_due().unwrap();
    assert_eq!((due.by, due.ground), (story.today.plus_days(14), ReviewGround::Changed));
    let mut unplanned = Telling::new();
    report(&mut unplanned, Some(Change::Admitted));
    assert!(unplanned.person().review_due().is_none(), "there is nothing to review");
    let wanted = wish("To get home");
    let outcome = write_outcome(&mut unplanned, "social-worker", &wanted);
    let wanted = step(&unplanned, outcome, "A bed downstairs", Doer::Person);
    write_action(&mut unplanned, "social-worker", &wanted);
    let due = unplanned.person().review_due().unwrap();
    assert_eq!(due.ground, ReviewGround::First, "the plan was made because of it");
}

#[test]
fn enablement_that_ends_in_hospital_brings_the_review_forward() {
    let (mut story, outcome, _) = small_plan();
    begin_enablement(&mut story, outcome);
    let begun = last(&story);
    story.days_later(10);
    story
        .tell(&actor("team-lead"), |one, asking| {
            let next = "Look again when she is home";
            enablement::end(one, begun, EnablementEnd::Hospital, 0, next, asking)
        })
        .unwrap();
    let due = story.person().review_due().unwrap();
    assert_eq!((due.by, due.ground), (story.today.plus_days(14), ReviewGround::Changed));
}

#[test]
fn word_of_harm_brings_a_review_for_those_alone_who_may_know_of_it() {
    let (mut story, ..) = small_plan();
    let before = story.person().review_due();
    story.tell(&actor("social-worker"), |_, asking| Ok(vec![concern(asking)])).unwrap();
    let concern = last(&story);
    assert_eq!(story.person().review_due(), before, "what others are told stays as it is");
    let work = story.derived().work;
    let lines: Vec<_> = work.iter().filter(|line| line.task == Task::HoldReview).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().any(|line| line.entry == concern && line.urgent), "{lines:?}");
}
