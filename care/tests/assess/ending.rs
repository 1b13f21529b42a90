//! Forms as work: begun once, handed over, ended by those whose it is, and told of by letter.

use care::assess::begin::{self, Owner};
use care::assess::form::{Question, Section};
use care::assess::prompt;
use care::assess::write::Draft;
use care::record::derived::Task;
use care::record::fact::Fact;
use care::record::fact::assess::{Ending, Reply, Side, Voice, YesNo};
use care::record::ids::{QuestionId, TeamId};
use care::who::actor::Refusal;
use care::who::team;

use crate::desk::{Desk, draft, form_of, some_reply};
use crate::place::{actor, begun as begun_story};

fn letters(desk: &Desk) -> usize {
    let work = desk.story.derived().work;
    work.iter().filter(|work| work.task == Task::SendLetter).count()
}

#[test]
fn a_form_that_is_kept_up_to_date_is_begun_again_once_it_has_ended() {
    let mut desk = Desk::new();
    let worker = actor("social-worker");
    let first = desk.begin(&worker, "assessment", "").unwrap();
    // Others are under way beside it, and one that is filled in anew each time more than once.
    desk.begin(&worker, "telecare", "").unwrap();
    desk.begin(&worker, "review", "").unwrap();
    desk.begin(&worker, "review", "").unwrap();
    let again = desk.begin(&worker, "assessment", "").unwrap_err();
    assert!(again.to_string().contains("under way already"), "{again}");
    desk.end(&worker, first, Ending::NotNeeded).unwrap();
    desk.begin(&worker, "assessment", "").unwrap();
}

#[test]
fn what_is_not_answered_yet_is_named_and_the_rest_counted() {
    let mut desk = Desk::on_register();
    let worker = actor("social-worker");
    let begun = desk.begin(&worker, "assessment", "").unwrap();
    desk.fill_in(&worker, "assessment", None);
    // What has grown old is open again: first one question, then one more, then many.
    let open = |desk: &mut Desk, questions: &[(&str, &str)]| {
        for (section, question) in questions {
            let readable = desk.readable(&worker);
            let id = QuestionId::new(*question);
            let here = readable.standing().find(|writing| {
                writing.place().section.as_str() == *section && writing.reply(&id).is_some()
            });
            let entry = here.unwrap().entry();
            desk.decide(&worker, |_, ground, asking| {
                let which = [id.clone()].into();
                care::assess::write::mark_outdated(entry, which, "It changed", ground, asking)
            })
            .unwrap();
        }
        desk.end(&worker, begun, Ending::Finished).unwrap_err().to_string()
    };
    let one = open(&mut desk, &[("home", "lives-with")]);
    assert_eq!(one, "This is not answered yet: ‘Who lives with me’ in ‘My home’");
    let two = open(&mut desk, &[("home", "suits-me")]);
    assert!(two.ends_with("in ‘My home’, and one question more"), "{two}");
    let three = open(&mut desk, &[("safety", "feel-safe")]);
    assert!(three.ends_with("in ‘My home’, and 2 questions more"), "{three}");
}

#[test]
fn who_was_assessed_is_sent_what_it_came_to_and_a_review_is_talked_about() {
    for (form, ending, expected) in [
        ("assessment", Ending::Finished, 1),
        ("assessment", Ending::NotNeeded, 0),
        ("carers-assessment", Ending::Finished, 1),
        ("carers-assessment", Ending::Declined, 0),
        ("review", Ending::Finished, 0),
    ] {
        let mut desk = Desk::on_register();
        let worker = actor("social-worker");
        let begun = desk.begin(&worker, form, "").unwrap();
        if ending == Ending::Finished {
            let occasion = form_of(&desk, form).each_time.then_some(begun);
            desk.fill_in(&worker, form, occasion);
        }
        desk.end(&worker, begun, ending).unwrap();
        assert_eq!(letters(&desk), expected, "{form}, {ending:?}");
        let ended = desk.story.entries.iter().rev().find_map(|entry| match &entry.fact {
            Fact::FormEnded(ended) => Some(ended.letter.is_some()),
            _ => None,
        });
        assert_eq!(ended, Some(expected == 1), "{form}, {ending:?}");
    }
}

#[test]
fn only_an_assessment_goes_on_against_their_wish_and_only_while_somebody_may_harm_them() {
    let declines = |desk: &mut Desk, form: &str| {
        let worker = actor("social-worker");
        let begun = desk.begin(&worker, form, "").unwrap();
        desk.end(&worker, begun, Ending::Declined)
    };
    let worker = actor("social-worker");
    // Something else waits for an answer: that is no reason.
    let mut desk = Desk::new();
    let mut alone = draft("assessment", "isolation", &[]);
    alone.voice = Voice::Recorded;
    alone.replies.insert(QuestionId::new("often"), Reply::Choice("hardly".to_owned()));
    desk.write(&worker, alone).unwrap();
    declines(&mut desk, "assessment").unwrap();
    // Harm is.
    let mut money = draft("assessment", "money", &[]);
    money.voice = Voice::Recorded;
    money.replies.insert(QuestionId::new("pressure"), Reply::YesNo(YesNo::Yes));
    desk.write(&worker, money).unwrap();
    declines(&mut desk, "telecare").unwrap();
    let begun = desk.begin(&worker, "assessment", "").unwrap();
    let goes_on = desk.end(&worker, begun, Ending::Declined).unwrap_err().to_string();
    assert!(goes_on.contains("s11(2)"), "{goes_on}");
    // Until somebody has said what came of it.
    let prompted = desk.readable(&worker).prompted.last().unwrap().prompted.entry;
    desk.decide(&worker, |person, ground, asking| {
        prompt::answer(person, prompted, true, "Her brother is met with", ground, asking)
    })
    .unwrap();
    desk.end(&worker, begun, Ending::Declined).unwrap();
}

#[test]
fn work_is_handed_to_a_team_to_whoever_works_with_the_person_or_to_oneself() {
    let mut desk = Desk::new();
    let (worker, nurse) = (actor("social-worker"), actor("community-nurse"));
    let begun = desk.begin(&worker, "assessment", "").unwrap();
    let hand = |desk: &mut Desk, by, to: Owner| -> Result<(), Refusal> {
        desk.decide(by, |person, _, asking| {
            begin::hand_over(person, begun, &to, "She knows Rosa", asking)
        })
    };
    let owner = |desk: &Desk| {
        let assessment = desk.story.person().assessment;
        let (team, user) = assessment.form_begun(begun).unwrap().owner();
        (team.cloned(), user)
    };
    // Nobody gives it to somebody who does not work with the person, but whoever is there takes it.
    let stranger = hand(&mut desk, &worker, Owner::User(nurse.user)).unwrap_err();
    assert!(stranger.to_string().contains("somebody who works with the person"), "{stranger}");
    hand(&mut desk, &nurse, Owner::User(nurse.user)).unwrap();
    assert_eq!(owner(&desk), (None, Some(nurse.user)));
    let again = hand(&mut desk, &worker, Owner::User(nurse.user)).unwrap_err();
    assert!(again.to_string().contains("Choose a team"), "{again}");
    let nurses = TeamId::new("team-community-nurse");
    hand(&mut desk, &nurse, Owner::Team(nurses.clone())).unwrap();
    assert_eq!(owner(&desk), (Some(nurses.clone()), None));
    desk.story.tell(&nurse, |person, asking| Ok(asking.begin(person, begun_story()))).unwrap();
    desk.story.tell(&nurse, |person, asking| team::join(person, &nurse, true, asking)).unwrap();
    hand(&mut desk, &worker, Owner::User(nurse.user)).unwrap();
    assert_eq!(owner(&desk), (None, Some(nurse.user)), "she works with the person now");
    hand(&mut desk, &nurse, Owner::Team(nurses.clone())).unwrap();
    let has_it = hand(&mut desk, &nurse, Owner::Team(nurses)).unwrap_err();
    assert!(has_it.to_string().contains("They have it now"), "{has_it}");
}

#[test]
fn what_is_said_at_the_front_door_is_written_there_by_those_who_sit_there() {
    let mut desk = Desk::new();
    desk.begin(&actor("contact-officer"), "contact", "").unwrap();
    assert!(desk.begin(&actor("finance-officer"), "contact", "").is_err());
    assert!(desk.begin(&actor("contact-officer"), "assessment", "").is_err());
}

#[test]
fn the_plans_sections_are_written_by_whoever_writes_the_plan_and_no_more_than_those() {
    let mut desk = Desk::new();
    desk.begin(&actor("social-worker"), "assessment", "").unwrap();
    let provider = actor("provider-worker");
    let signs = draft("plan", "getting-worse", &[("signs", "She sleeps all day")]);
    let signs = Draft { voice: Voice::Recorded, ..signs };
    desk.write(&provider, signs).unwrap();
    let home = draft("assessment", "home", &[("suits-me", "The stairs are dark")]);
    assert!(desk.write(&provider, home).is_err());
}

#[test]
fn a_form_that_is_filled_in_anew_each_time_stands_in_one_that_was_begun_and_is_open() {
    let mut desk = Desk::new();
    let worker = actor("social-worker");
    let begun = desk.begin(&worker, "telecare", "").unwrap();
    let other = desk.begin(&worker, "review", "").unwrap();
    let form = form_of(&desk, "telecare");
    let view = |(_, question): &(&Section, &Question)| {
        question.side == Side::Professional && question.shown_if.is_none()
    };
    let (section, question) = form.questions().find(view).unwrap();
    let mut said = draft("telecare", section.id.as_str(), &[]);
    said.replies.insert(question.id.clone(), some_reply(question));
    for (occasion, taken) in [(None, false), (Some(other), false), (Some(begun), true)] {
        said.occasion = occasion;
        assert_eq!(desk.write(&worker, said.clone()).is_ok(), taken, "{occasion:?}");
    }
    desk.end(&worker, begun, Ending::NotNeeded).unwrap();
    let late = desk.write(&actor("community-nurse"), said).unwrap_err();
    assert!(format!("{late:?}").contains("ended this form on 23 November 2026"), "{late:?}");
    let mut kept = draft("assessment", "home", &[("suits-me", "The stairs are dark")]);
    kept.occasion = Some(other);
    assert!(desk.write(&worker, kept).is_err(), "one that is kept up to date stands alone");
}
