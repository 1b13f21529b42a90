//! The person agrees, in part or not at all, to what they have seen; nobody does it for them unlawfully.

use care::assess::authority::Decider;
use care::plan::agree::{Said, answer};
use care::plan::{message, outcome};
use care::record::derived::{PlanStands, Stage, Task};
use care::record::entry::Audience;
use care::record::fact::assess::{FormKind, Voice};
use care::record::fact::plan::{Agreement, Doer, OutcomeEnd, Progress, Way};
use care::who::actor::Refusal;

use crate::place::{Telling, actor};
use crate::table::{
    agree, begun_story, field, last, section, small_plan, step, wish, write_action,
};

fn said(story: &Telling, answer: Agreement, words: &str, way: Way) -> Said {
    Said {
        seen: last(story),
        answer,
        words: words.to_owned(),
        way,
        with: "Maria, her daughter".to_owned(),
        decider: Decider::Person { unwise: false },
    }
}

fn tell(story: &mut Telling, role: &str, said: &Said) -> Result<(), Refusal> {
    story.tell(&actor(role), |person, asking| answer(person, said, asking))
}

#[test]
fn a_plan_is_somebodys_to_agree_until_the_person_has_answered_it_as_it_stands() {
    let (mut story, outcome, _) = small_plan();
    let asks = |story: &Telling| {
        story.derived().work.into_iter().filter(|work| work.task == Task::AgreePlan).count()
    };
    assert_eq!(asks(&story), 1);
    assert_eq!(story.derived().summary.plan, Some(PlanStands::Making));
    let yes = said(&story, Agreement::Agrees, "", Way::SignedIn);
    tell(&mut story, "resident", &yes).unwrap();
    assert_eq!(asks(&story), 0);
    assert_eq!(story.derived().summary.plan, Some(PlanStands::Agreed));
    assert_eq!(story.derived().summary.stage, Stage::Planned);

    let more = step(&story, outcome, "A pendant", Doer::Person);
    write_action(&mut story, "community-nurse", &more);
    assert_eq!(asks(&story), 1, "what was added is not agreed by a yes to what was there before");
    assert_eq!(story.derived().summary.plan, Some(PlanStands::Changed));
    assert!(tell(&mut story, "resident", &yes).is_err(), "the page they had was an older one");
}

#[test]
fn what_others_write_under_an_agreed_plan_for_everybody_to_read_is_asked_about_anew() {
    let everyone = Audience::Everyone;
    for (purpose, voice, audience, asked) in [
        (FormKind::Plan, Voice::Professional, everyone, true),
        (FormKind::Plan, Voice::Recorded, everyone, true),
        // Their own hand; what they may not read; wishes that are no part of what was agreed.
        (FormKind::Plan, Voice::Own, everyone, false),
        (FormKind::Plan, Voice::Professional, Audience::Professionals, false),
        (FormKind::EndOfLife, Voice::Recorded, everyone, false),
        (FormKind::Assessment, Voice::Professional, everyone, false),
    ] {
        let case = format!("{purpose:?} {voice:?} {audience:?}");
        let (mut story, ..) = small_plan();
        let promised = story.derived().work.into_iter().find(|work| work.task == Task::AgreePlan);
        let days = promised.unwrap().due.epoch_days() - story.today.epoch_days();
        agree(&mut story);
        story.days_later(100);
        let seen = story.person();
        story
            .tell(&actor("community-nurse"), |_, asking| {
                Ok(vec![section(purpose, voice, audience, asking)])
            })
            .unwrap();
        let derived = story.derived();
        let stands = if asked { PlanStands::Changed } else { PlanStands::Agreed };
        assert_eq!(derived.summary.plan, Some(stands), "{case}");
        let line = derived.work.into_iter().find(|work| work.task == Task::AgreePlan);
        let expected = asked.then(|| (seen.last + 1, story.today.plus_days(days)));
        assert_eq!(line.map(|line| (line.entry, line.due)), expected, "{case}");
        let early = Said { seen: seen.last, ..said(&story, Agreement::Agrees, "", Way::SignedIn) };
        assert_eq!(tell(&mut story, "resident", &early).is_err(), asked, "{case}");
        agree(&mut story);
        let derived = story.derived();
        assert_eq!(derived.summary.plan, Some(PlanStands::Agreed), "{case}");
        assert!(derived.work.iter().all(|work| work.task != Task::AgreePlan), "{case}");
    }
}

#[test]
fn somebody_who_does_not_agree_says_so_in_their_words_and_is_talked_with() {
    for (answer, stands) in
        [(Agreement::InPart, PlanStands::Agreed), (Agreement::Disagrees, PlanStands::Disagreed)]
    {
        let (mut story, ..) = small_plan();
        let silent = said(&story, answer, " ", Way::SignedIn);
        assert_eq!(field(tell(&mut story, "resident", &silent)), "words");
        let no = said(&story, answer, "Not the pendant", Way::SignedIn);
        tell(&mut story, "resident", &no).unwrap();
        let derived = story.derived();
        assert_eq!(derived.summary.plan, Some(stands));
        assert_eq!(derived.work.iter().filter(|work| work.task == Task::TalkOfPlan).count(), 1);
        let person = story.person();
        assert_eq!(person.plan.answer().unwrap().0.said.words, "Not the pendant");
    }
}

#[test]
fn only_the_person_answers_by_signing_in_and_nobody_without_authority_for_them() {
    let (mut story, ..) = small_plan();
    let forged = said(&story, Agreement::Agrees, "", Way::SignedIn);
    assert_eq!(field(tell(&mut story, "social-worker", &forged)), "way");
    let paper = said(&story, Agreement::Agrees, "", Way::OnPaper);
    assert_eq!(field(tell(&mut story, "resident", &paper)), "way");
    tell(&mut story, "social-worker", &paper).unwrap();
    let refused = tell(&mut story, "finance-officer", &paper);
    assert!(matches!(refused, Err(Refusal::NotYours { .. })));
}

#[test]
fn there_is_nothing_to_agree_to_before_an_outcome_has_an_action() {
    let mut story = begun_story();
    let empty = said(&story, Agreement::Agrees, "", Way::SignedIn);
    assert!(tell(&mut story, "resident", &empty).is_err());
    let wanted = wish("To sleep through");
    story
        .tell(&actor("social-worker"), |person, asking| outcome::write(person, &wanted, asking))
        .unwrap();
    let early = said(&story, Agreement::Agrees, "", Way::SignedIn);
    assert!(tell(&mut story, "resident", &early).is_err());
}

#[test]
fn who_says_the_same_again_of_the_same_plan_was_talked_with() {
    let (mut story, outcome, _) = small_plan();
    let talks = |story: &Telling| {
        story.derived().work.into_iter().filter(|work| work.task == Task::TalkOfPlan).count()
    };
    let no = said(&story, Agreement::InPart, "Not the pendant", Way::SignedIn);
    tell(&mut story, "resident", &no).unwrap();
    assert_eq!(talks(&story), 1);
    let still = said(&story, Agreement::InPart, "We talked. Still not", Way::Spoken);
    tell(&mut story, "social-worker", &still).unwrap();
    assert_eq!(talks(&story), 0, "it stands, until the review");
    let more = step(&story, outcome, "A key safe", Doer::Person);
    write_action(&mut story, "community-nurse", &more);
    let again = said(&story, Agreement::Disagrees, "Nor that", Way::SignedIn);
    tell(&mut story, "resident", &again).unwrap();
    assert_eq!(talks(&story), 1, "it is another plan now");
}

#[test]
fn a_plan_of_which_all_is_done_can_still_be_answered_and_one_that_ended_is_not_asked_about() {
    let (mut story, outcome, action) = small_plan();
    let seen = last(&story);
    let worker = actor("social-worker");
    story
        .tell(&worker, |person, asking| {
            care::plan::action::moved(person, action, Progress::Done, "", seen, asking)
        })
        .unwrap();
    let asks = |story: &Telling| {
        story.derived().work.into_iter().filter(|work| work.task == Task::AgreePlan).count()
    };
    assert_eq!(asks(&story), 1);
    let mut other = small_plan().0;
    let end = OutcomeEnd::Reached;
    other.tell(&worker, |person, asking| outcome::end(person, outcome, end, "", asking)).unwrap();
    assert_eq!(asks(&other), 0, "there is nothing left to agree to");

    let yes = said(&story, Agreement::Agrees, "", Way::SignedIn);
    tell(&mut story, "resident", &yes).unwrap();
    assert_eq!(asks(&story), 0);
}

#[test]
fn what_the_person_writes_is_answered_where_it_stands_and_leaves_them_no_work() {
    use care::assess::begin::Owner;
    let mut story = begun_story();
    let (own, worker) = (actor("resident"), actor("social-worker"));
    story
        .tell(&own, |person, asking| {
            message::send(person, &Owner::User(worker.user), "When do you come?", asking)
        })
        .unwrap();
    let sent = last(&story);
    story.tell(&worker, |person, asking| message::seen(person, sent, "Tuesday", asking)).unwrap();
    let person = story.person();
    let seen = person.plan.message(sent).unwrap().seen.as_ref().unwrap();
    assert_eq!(seen.said.words, "Tuesday");
    assert!(story.derived().work.iter().all(|work| work.task != Task::SeeMessage));
}

#[test]
fn a_message_is_its_readers_work_and_the_answer_goes_back() {
    use care::assess::begin::Owner;
    let mut story = begun_story();
    let (worker, nurse) = (actor("social-worker"), actor("community-nurse"));
    story
        .tell(&nurse, |person, asking| care::who::team::join(person, &nurse, false, asking))
        .unwrap();
    story
        .tell(&worker, |person, asking| {
            message::send(person, &Owner::User(nurse.user), "Can you come on Tuesday?", asking)
        })
        .unwrap();
    let sent = last(&story);
    let waits = |story: &Telling, user| {
        let work = story.derived().work;
        work.into_iter().filter(|w| w.task == Task::SeeMessage && w.user == Some(user)).count()
    };
    assert_eq!(waits(&story, nurse.user), 1);
    let other = story.tell(&worker, |person, asking| message::seen(person, sent, "", asking));
    assert!(other.is_err(), "only who it is to says that they saw it");
    story.tell(&nurse, |person, asking| message::seen(person, sent, "Yes", asking)).unwrap();
    assert_eq!((waits(&story, nurse.user), waits(&story, worker.user)), (0, 1));
    let stranger = story.tell(&worker, |person, asking| {
        message::send(person, &Owner::User(actor("gp-practice").user), "Hello", asking)
    });
    assert_eq!(field(stranger), "to");
}
