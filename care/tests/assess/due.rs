//! What an assessment leaves to be done: one line for each thing, by its day, for those who may know of
//! it; and where the person stands.

use care::assess::authority::{self, By};
use care::assess::write::mark_outdated;
use care::plan::{action, outcome};
use care::record::derived::{PlanStands, Stage, Task, Work};
use care::record::entry::{Audience, EntryNumber};
use care::record::fact::assess::{
    Ending, FormBegun, FormEnded, FormKind, Named, Reply, Voice, YesNo,
};
use care::record::fact::carer::{CarerLink, LinkSaid, LinkSide};
use care::record::fact::decision::{Made, Matter};
use care::record::fact::plan::{Area, Doer, OutcomeEnd, Source};
use care::record::fact::{Begun, Fact};
use care::record::ids::{FormId, LinkId, PersonId, QuestionId};
use care::who::{team, writing};

use crate::decisions::{MOVE, assess, decide_for, desk, lacking, may, tested, weighed, worker};
use crate::desk::{Desk, draft};
use crate::place::{Telling, actor, begun, day};

fn lines(desk: &Desk, task: Task) -> Vec<Work> {
    desk.story.derived().work.into_iter().filter(|work| work.task == task).collect()
}

fn keeps(desk: &mut Desk) {
    let worker = worker();
    desk.story.tell(&worker, |person, asking| team::join(person, &worker, true, asking)).unwrap();
}

/// An assessment, or another form, that has ended as finished today.
fn finished(desk: &mut Desk, form: &str) -> EntryNumber {
    let begun = desk.begin(&worker(), form, "").unwrap();
    desk.fill_in(&worker(), form, None);
    desk.end(&worker(), begun, Ending::Finished).unwrap();
    desk.story.person().last
}

/// A form for fewer than everyone, ended with a day on which it is looked at again.
fn finished_for_few(desk: &mut Desk, purpose: FormKind, form: &str, review: &str) {
    let begun = FormBegun {
        form: FormId::new(form),
        purpose,
        version: 1,
        about: String::new(),
        why: String::new(),
        team: Some(care::record::ids::TeamId::new("n1")),
        user: None,
        due: day("2026-12-01"),
    };
    let told = |desk: &mut Desk, fact: Fact| {
        desk.story
            .tell(&worker(), |_, asking| Ok(vec![asking.entry_for(Audience::Organisation, fact)]))
            .unwrap();
        desk.story.person().last
    };
    let begun = told(desk, Fact::FormBegun(Box::new(begun)));
    let ended = FormEnded {
        purpose,
        begun,
        ending: Ending::Finished,
        words: String::new(),
        review_by: Some(day(review)),
        letter: None,
    };
    told(desk, Fact::FormEnded(ended));
}

/// A plan with one outcome, and one action for it unless it is left out.
fn plan(desk: &mut Desk, with_action: bool, draft: bool) -> EntryNumber {
    let wanted = outcome::Wanted {
        of: None,
        words: "To get to the allotment".to_owned(),
        area: Area::Community,
        need: "Gets breathless on hills".to_owned(),
        now: "Has not been out since May".to_owned(),
        hoped: "Out once a week".to_owned(),
    };
    desk.story.tell(&worker(), |person, asking| outcome::write(person, &wanted, asking)).unwrap();
    let outcome = desk.story.person().plan.open_outcomes().last().unwrap().id;
    if with_action {
        let wanted = action::Wanted {
            of: None,
            outcome,
            what: "Drive her there".to_owned(),
            source: Source::Family,
            doer: Doer::Named("Maria".to_owned()),
            due: desk.story.today.plus_days(14),
            known_by: "She was there".to_owned(),
            draft,
        };
        desk.story
            .tell(&worker(), |person, asking| action::write(person, &wanted, asking))
            .unwrap();
    }
    outcome
}

#[test]
fn where_somebody_stands_is_by_their_own_assessment_and_by_what_all_may_know() {
    let stage = |desk: &Desk| desk.story.derived().summary.stage;
    let mut desk = desk();
    assert_eq!(stage(&desk), Stage::Known);
    desk.begin(&worker(), "telecare", "").unwrap();
    finished_for_few(&mut desk, FormKind::Assessment, "assessment", "2027-06-01");
    assert_eq!(stage(&desk), Stage::Known, "nothing that is for fewer, and no other form");
    finished(&mut desk, "assessment");
    assert_eq!(stage(&desk), Stage::Assessed);
    // One that is under way comes first, whichever was begun first.
    desk.begin(&worker(), "assessment", "").unwrap();
    assert_eq!(stage(&desk), Stage::Assessing);
}

#[test]
fn a_contact_that_was_answered_is_not_somebody_we_merely_know() {
    let mut desk = desk();
    desk.story
        .tell(&actor("contact-officer"), |person, asking| {
            let said = care::find::front_door::Said {
                contact: care::record::fact::ContactKind::Enquiry,
                route: care::record::fact::Route::Myself,
                from: String::new(),
                words: "What is there for me?".to_owned(),
                urgent: false,
                person_agrees: Some(true),
                to: care::record::ids::TeamId::new("n1"),
                change: None,
            };
            care::find::front_door::record(person, said, begun(), asking)
        })
        .unwrap();
    assert_eq!(desk.story.derived().summary.stage, Stage::Contact);
    let contact = desk.story.person().last;
    desk.story
        .tell(&actor("contact-officer"), |person, asking| {
            care::find::front_door::answer(
                person,
                contact,
                care::record::fact::Outcome::Advice,
                "The lunch club, and its number",
                asking,
            )
        })
        .unwrap();
    assert_eq!(desk.story.derived().summary.stage, Stage::Answered);
}

#[test]
fn who_is_on_the_register_is_named_by_it_and_nobody_else_by_their_own_story() {
    for (on_register, named) in [(true, false), (false, true)] {
        let mut story = Telling::new();
        story
            .tell(&worker(), |person, asking| {
                let begun = Begun { on_register, ..begun() };
                writing::note(person, "First visit", Audience::Everyone, begun, asking)
            })
            .unwrap();
        assert_eq!(story.derived().summary.identity.is_some(), named);
    }
}

#[test]
fn who_has_a_carers_assessment_is_counted_as_a_carer() {
    for (form, carer) in [("carers-assessment", true), ("assessment", false)] {
        let mut desk = desk();
        assert!(!desk.story.derived().summary.carer);
        desk.begin(&worker(), form, "").unwrap();
        assert_eq!(desk.story.derived().summary.carer, carer, "{form}");
    }
    let mut desk = desk();
    finished_for_few(&mut desk, FormKind::Carer, "carers-assessment", "2027-06-01");
    assert!(!desk.story.derived().summary.carer, "what is for fewer is told to nobody by a count");
}

#[test]
fn one_review_looks_at_everything_by_the_first_day_and_anew_after_the_last_assessment() {
    let mut desk = Desk::on_register();
    let assessment = desk.begin(&worker(), "assessment", "").unwrap();
    desk.fill_in(&worker(), "assessment", None);
    let carers = finished(&mut desk, "carers-assessment");
    desk.story.days_later(20);
    desk.end(&worker(), assessment, Ending::Finished).unwrap();
    let reviews = |desk: &Desk| {
        let lines = lines(desk, Task::Review);
        lines.iter().map(|line| (line.entry, line.due.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(reviews(&desk), [(carers, "2027-11-23".to_owned())], "the first of the two");
    // Assessed again: the last one counts, and no longer the one before.
    let mut desk = Desk::on_register();
    finished(&mut desk, "assessment");
    desk.story.days_later(20);
    let second = finished(&mut desk, "assessment");
    assert_eq!(reviews(&desk), [(second, "2027-12-13".to_owned())]);
    // A second one under way puts the review of the first off until it has ended.
    desk.begin(&worker(), "assessment", "").unwrap();
    assert_eq!(reviews(&desk), []);
}

#[test]
fn whoever_has_a_plan_has_no_second_review_beside_it_but_of_what_few_may_read() {
    let mut desk = Desk::on_register();
    finished(&mut desk, "assessment");
    keeps(&mut desk);
    let concern = desk.begin(&worker(), "safeguarding-concern", "").unwrap();
    desk.end(&worker(), concern, Ending::NotNeeded).unwrap();
    assert_eq!(lines(&desk, Task::Review).len(), 1);
    plan(&mut desk, true, false);
    assert!(lines(&desk, Task::Review).is_empty(), "the plan’s review looks at it too");
    finished_for_few(&mut desk, FormKind::Assessment, "occupational-therapy", "2027-02-01");
    let left = lines(&desk, Task::Review);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].due, day("2027-02-01"), "its own line for those who may read it");
    // Also where there is no other.
    let mut desk = self::desk();
    plan(&mut desk, true, false);
    finished_for_few(&mut desk, FormKind::Assessment, "occupational-therapy", "2027-02-01");
    assert_eq!(lines(&desk, Task::Review).len(), 1);
    // A review that all may read of looks at what few may read as well.
    desk.begin(&worker(), "review", "").unwrap();
    assert!(lines(&desk, Task::Review).is_empty());
}

#[test]
fn the_letter_about_the_last_assessment_is_sent_and_one_to_a_carer_is_another() {
    let mut desk = Desk::on_register();
    finished(&mut desk, "assessment");
    let carers = finished(&mut desk, "carers-assessment");
    desk.story.days_later(20);
    let again = finished(&mut desk, "assessment");
    let due = |desk: &Desk| {
        let lines = lines(desk, Task::SendLetter);
        lines.iter().map(|line| line.entry).collect::<Vec<_>>()
    };
    assert_eq!(due(&desk), [carers, again]);
}

#[test]
fn what_few_may_read_is_the_work_of_those_it_was_written_among_and_the_rest_the_keepers() {
    let mut desk = desk();
    keeps(&mut desk);
    let nurse = actor("community-nurse");
    let mut view = draft("assessment", "physical-health", &[]);
    view.audience = Audience::Organisation;
    view.replies.insert(QuestionId::new("nursing-needs"), Reply::YesNo(YesNo::Yes));
    desk.write(&nurse, view).unwrap();
    let mut alone = draft("assessment", "isolation", &[]);
    alone.voice = Voice::Recorded;
    alone.replies.insert(QuestionId::new("often"), Reply::Choice("hardly".to_owned()));
    desk.write(&nurse, alone).unwrap();
    let owners: Vec<_> =
        lines(&desk, Task::AnswerPrompt).into_iter().map(|line| (line.team, line.user)).collect();
    assert_eq!(owners, [(nurse.team, None), (None, Some(worker().user))]);
}

#[test]
fn what_is_to_be_asked_again_is_one_line_by_the_first_day_of_it() {
    let mut desk = Desk::new();
    let says = |desk: &mut Desk, section: &str, id: &str, words: &str| {
        let mut written = draft("assessment", section, &[(id, words)]);
        written.voice = Voice::Recorded;
        desk.write(&worker(), written).unwrap()
    };
    let home = says(&mut desk, "home", "suits-me", "Well");
    let food = says(&mut desk, "nutrition", "own", "I cook");
    let again = |desk: &Desk| {
        let lines = lines(desk, Task::AskAgain);
        lines.iter().map(|line| (line.entry, line.due.to_string())).collect::<Vec<_>>()
    };
    // Both are good for a year: the line is of the first that was written.
    assert_eq!(again(&desk), [(home, "2027-11-23".to_owned())]);
    desk.decide(&worker(), |_, ground, asking| {
        let which = [QuestionId::new("own")].into();
        mark_outdated(food, which, "She has stopped", ground, asking)
    })
    .unwrap();
    let lines = again(&desk);
    assert_eq!((lines.len(), lines[0].0), (1, food));
    assert!(lines[0].1.as_str() < "2027-11-23", "{lines:?}");
}

#[test]
fn what_few_may_read_is_asked_again_by_their_team_and_the_rest_by_the_keeper() {
    let mut desk = desk();
    keeps(&mut desk);
    let nurse = actor("community-nurse");
    for audience in [Audience::Organisation, Audience::Everyone] {
        let mut view = draft("assessment", "home", &[("suits-me", "The stairs are dark")]);
        view.audience = audience;
        desk.write(&nurse, view).unwrap();
    }
    let mut owners: Vec<_> =
        lines(&desk, Task::AskAgain).into_iter().map(|line| (line.team, line.user)).collect();
    owners.sort();
    assert_eq!(owners, [(None, Some(worker().user)), (nurse.team, None)]);
}

#[test]
fn a_plan_is_being_made_until_it_is_agreed_and_a_draft_is_no_work_once_its_outcome_has_ended() {
    let mut desk = desk();
    keeps(&mut desk);
    assert_eq!(desk.story.derived().summary.plan, None);
    plan(&mut desk, false, false);
    assert_eq!(desk.story.derived().summary.plan, Some(PlanStands::Making));
    let outcome = plan(&mut desk, true, true);
    let drafts = |desk: &Desk| lines(desk, Task::FinishDraft).len();
    assert_eq!(drafts(&desk), 1);
    desk.story
        .tell(&worker(), |person, asking| {
            outcome::end(person, outcome, OutcomeEnd::NoLonger, "She prefers the park", asking)
        })
        .unwrap();
    assert_eq!(drafts(&desk), 0);
    plan(&mut desk, true, false);
    assert_eq!(drafts(&desk), 0, "what stands is nobody’s to finish");
}

#[test]
fn what_happens_if_a_carer_cannot_is_planned_where_one_is_known_and_told_once() {
    let mut desk = desk();
    keeps(&mut desk);
    plan(&mut desk, true, false);
    let planned = |desk: &Desk| lines(desk, Task::PlanContingency).len();
    // That they care for somebody themself, and that they are alone, is no carer of theirs.
    let linked = |desk: &mut Desk, side: LinkSide, number: u8| {
        let said = LinkSaid::Agreed {
            side,
            other: PersonId::of_source("test", "maria"),
            name: "Maria".to_owned(),
            shares: [].into(),
            words: String::new(),
            made: Made::default(),
        };
        let link = CarerLink { link: LinkId::from_bytes([number; 16]), said };
        let fact = Fact::CarerLink(Box::new(link));
        desk.story.tell(&actor("resident"), |_, asking| Ok(vec![asking.entry(fact)])).unwrap();
    };
    linked(&mut desk, LinkSide::Carer, 1);
    assert_eq!(planned(&desk), 0);
    let mut with_link = Desk { story: desk.story.clone(), ..Desk::new() };
    linked(&mut with_link, LinkSide::CaredFor, 2);
    assert_eq!(planned(&with_link), 1);
    let mut caring = draft("assessment", "caring", &[]);
    caring.voice = Voice::Recorded;
    caring.replies.insert(QuestionId::new("cares"), Reply::YesNo(YesNo::Yes));
    let first = desk.write(&worker(), caring.clone()).unwrap();
    assert_eq!(planned(&desk), 0);
    caring.saw = vec![first];
    let maria = Named { name: "Maria".to_owned(), ..Named::default() };
    caring.replies.insert(QuestionId::new("carers"), Reply::People(vec![maria]));
    let second = desk.write(&worker(), caring.clone()).unwrap();
    assert_eq!(planned(&desk), 1);
    caring.saw = vec![second];
    let words = Reply::Text("Ring Ife, who has a key".to_owned());
    caring.replies.insert(QuestionId::new("if-not-there"), words);
    desk.write(&worker(), caring).unwrap();
    assert_eq!(planned(&desk), 0);
}

#[test]
fn a_decision_made_for_somebody_is_looked_at_again_until_it_is_made_anew_or_is_theirs() {
    let mut desk = desk();
    let lacks = lacking(&mut desk);
    let lawful = may(&desk, lacks, By::BestInterests).unwrap();
    decide_for(&mut desk, &lawful, &weighed()).unwrap();
    let first = desk.story.person().last;
    let due = |desk: &Desk| {
        let lines = lines(desk, Task::ReviewDecision);
        lines.iter().map(|line| line.entry).collect::<Vec<_>>()
    };
    assert_eq!(due(&desk), [first]);
    // Another decision leaves it, and its being made again takes its place.
    desk.decide(&worker(), |person, _, asking| {
        authority::by_person(person, "What to eat", Matter::Care, "Rice", false, asking)
    })
    .unwrap();
    assert_eq!(due(&desk), [first]);
    decide_for(&mut desk, &lawful, &weighed()).unwrap();
    let second = desk.story.person().last;
    assert_eq!(due(&desk), [second]);
    // That they lack capacity still changes nothing; that they have it does.
    lacking(&mut desk);
    assert_eq!(due(&desk), [second]);
    assess(&mut desk, &tested(MOVE, Matter::Residence, &[])).unwrap();
    assert!(due(&desk).is_empty(), "it is theirs to make");
}
