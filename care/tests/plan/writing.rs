//! Many write one plan; nothing is written over unseen, and all of it is somebody's.

use care::plan::{action, carer, meeting, outcome};
use care::record::derived::Task;
use care::record::fact::plan::{Basis, Doer, OutcomeEnd, Progress};
use care::record::ids::TeamId;
use care::record::person::Person;
use care::who::access::{Relationship, Subject, may_read};
use care::who::team;
use proptest::prelude::*;

use crate::place::{Telling, actor, begun, person_id};
use crate::table::{
    begun_story, field, kinds, last, small_plan, step, wish, write_action, write_outcome,
};

#[test]
fn five_write_one_plan_at_once_and_nothing_is_lost_or_written_over() {
    let mut story = begun_story();
    let id = write_outcome(&mut story, "social-worker", &wish("To get to the allotment"));
    let roles = ["social-worker", "community-nurse", "gp-practice", "care-navigator", "resident"];
    // All five opened the page before any of them saved.
    let opened = last(&story);
    for role in roles {
        let own = step(&story, id, &format!("What the {role} does"), Doer::Person);
        write_action(&mut story, role, &own);
    }
    assert_eq!(story.person().plan.actions.len(), 5);

    let mut kept = Vec::new();
    for role in roles {
        let anew = outcome::Wanted { of: Some((id, opened)), ..wish(&format!("As {role} has it")) };
        if story.tell(&actor(role), |person, asking| outcome::write(person, &anew, asking)).is_ok()
        {
            kept.push(role);
        }
    }
    // The first saved over what they had all seen; the others are told, and shown what it says now.
    assert_eq!(kept, ["social-worker"]);
    let late = outcome::Wanted { of: Some((id, opened)), ..wish("Late") };
    let refused =
        story.tell(&actor("resident"), |person, asking| outcome::write(person, &late, asking));
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("As social-worker has it"), "{said}");
    let seen = outcome::Wanted { of: Some((id, last(&story))), ..wish("Having seen it") };
    write_outcome(&mut story, "resident", &seen);
    assert_eq!(story.person().plan.outcome(id).unwrap().written.said.words, "Having seen it");
}

#[test]
fn the_first_who_writes_keeps_the_record_and_a_keeper_leaves_only_to_a_successor() {
    let mut story = Telling::new();
    let nurse = actor("community-nurse");
    story.tell(&nurse, |person, asking| Ok(asking.begin(person, begun()))).unwrap();
    write_outcome(&mut story, "community-nurse", &wish("To sleep through"));
    assert_eq!(story.person().keeper().map(|keeper| keeper.user), Some(nurse.user));

    let left = story.tell(&nurse, |person, asking| team::leave(person, "", asking));
    assert!(left.is_err(), "a plan would have no keeper");
    let worker = actor("social-worker");
    story.tell(&worker, |person, asking| team::join(person, &worker, true, asking)).unwrap();
    story.tell(&nurse, |person, asking| team::leave(person, "", asking)).unwrap();
    assert_eq!(story.person().keeper().map(|keeper| keeper.user), Some(worker.user));
}

#[test]
fn what_a_person_writes_alone_finds_somebody_to_keep_it() {
    let mut story = Telling::new();
    let own = actor("resident");
    story.tell(&own, |person, asking| Ok(asking.begin(person, begun()))).unwrap();
    write_outcome(&mut story, "resident", &wish("To sleep through"));
    assert_eq!(kinds(&story), ["begun", "outcome-written"]);
    let work = story.derived().work;
    let names: Vec<_> = work.iter().filter(|work| work.task == Task::NameKeeper).collect();
    assert_eq!(names.len(), 1);
    // Nobody's yet: the lead of the neighbourhood is told of such lines.
    assert!(names[0].user.is_none());
    assert!(work.iter().all(|work| work.user != Some(own.user)), "it is not the person’s own work");
}

#[test]
fn every_action_serves_an_outcome_that_is_worked_for() {
    let (mut story, outcome, action) = small_plan();
    let worker = actor("social-worker");
    let nowhere = step(&story, 99, "Anything", Doer::Person);
    let refused = story.tell(&worker, |person, asking| action::write(person, &nowhere, asking));
    assert_eq!(field(refused), "outcome");

    story
        .tell(&worker, |person, asking| {
            outcome::end(person, outcome, OutcomeEnd::Reached, "", asking)
        })
        .unwrap();
    let after = step(&story, outcome, "Anything", Doer::Person);
    let refused = story.tell(&worker, |person, asking| action::write(person, &after, asking));
    assert_eq!(field(refused), "outcome");
    // What served it is asked for no more.
    let asked = story.derived().work.into_iter().filter(|work| work.entry == action);
    assert_eq!(asked.filter(|work| work.task == Task::AskOfAction).count(), 0);
}

#[test]
fn an_action_is_its_doers_work_and_anybody_elses_is_asked_after_by_the_keeper() {
    let (mut story, outcome, _) = small_plan();
    let nurse = actor("community-nurse");
    let team = TeamId::new("team-gp-practice");
    let doers = [
        Doer::User { id: nurse.user, name: nurse.name.clone() },
        Doer::Team(team.clone()),
        Doer::Person,
    ];
    for doer in doers {
        let wanted = step(&story, outcome, "Something", doer);
        write_action(&mut story, "social-worker", &wanted);
    }
    let work = story.derived().work;
    let of = |task: Task| work.iter().filter(|work| work.task == task).collect::<Vec<_>>();
    let done = of(Task::DoAction);
    assert_eq!(done.len(), 2);
    assert!(done.iter().any(|work| work.user == Some(nurse.user)));
    assert!(done.iter().any(|work| work.team == Some(team.clone())));
    let asked = of(Task::AskOfAction);
    let keeper = story.person().keeper().map(|keeper| keeper.user);
    assert_eq!(asked.len(), 2);
    assert!(asked.iter().all(|work| work.user == keeper));
}

#[test]
fn a_draft_asks_nothing_of_others_and_is_its_writers_to_finish() {
    let (mut story, outcome, _) = small_plan();
    let draft = action::Wanted {
        draft: true,
        ..step(&story, outcome, "Perhaps a day centre", Doer::Team(TeamId::new("n1")))
    };
    let changed = story.person().plan.changed;
    let id = write_action(&mut story, "community-nurse", &draft);
    assert_eq!(story.person().plan.changed, changed, "nobody has to agree to a draft");
    let lines: Vec<_> = story.derived().work.into_iter().filter(|work| work.entry == id).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].task, Task::FinishDraft);
    assert_eq!(lines[0].user, Some(actor("community-nurse").user));

    let finished = action::Wanted { of: Some((id, id)), draft: false, ..draft.clone() };
    write_action(&mut story, "community-nurse", &finished);
    let back = action::Wanted { of: Some((id, last(&story))), ..draft };
    let refused = story
        .tell(&actor("community-nurse"), |person, asking| action::write(person, &back, asking));
    assert_eq!(field(refused), "draft");
}

#[test]
fn an_action_is_changed_as_what_it_is_and_for_a_day_that_is_yet_to_come() {
    let (mut story, outcome, action) = small_plan();
    let write = |story: &mut Telling, wanted: &action::Wanted| {
        story.tell(&actor("social-worker"), |person, asking| action::write(person, wanted, asking))
    };
    let today = story.today;
    let due = |due| action::Wanted { due, ..step(&story, outcome, "Drive her", Doer::Person) };
    let (late, soon) = (due(today.plus_days(-1)), due(today));
    assert_eq!(field(write(&mut story, &late)), "due");
    write(&mut story, &soon).unwrap();
    // What stands is written anew, and a draft stays one until it is finished.
    let standing = action::Wanted { of: Some((action, action)), ..soon.clone() };
    write(&mut story, &standing).unwrap();
    write(&mut story, &action::Wanted { draft: true, ..soon.clone() }).unwrap();
    let draft = last(&story);
    let again = action::Wanted { of: Some((draft, draft)), draft: true, ..soon };
    write(&mut story, &again).unwrap();
    assert!(story.person().plan.action(draft).unwrap().written.said.draft);

    let listed = |story: &mut Telling, on| {
        let team = TeamId::new("n1");
        story.tell(&actor("team-lead"), |person, asking| {
            meeting::list(person, team, on, "Falls at night", Basis::Agreed, asking)
        })
    };
    assert_eq!(field(listed(&mut story, today.plus_days(-1))), "on");
    listed(&mut story, today).unwrap();
}

#[test]
fn an_action_moves_until_it_is_over() {
    let (mut story, _, action) = small_plan();
    let worker = actor("social-worker");
    let moved = |story: &mut Telling, progress, words: &str| {
        let seen = last(story);
        story.tell(&worker, |person, asking| {
            action::moved(person, action, progress, words, seen, asking)
        })
    };
    let next = story.today.plus_days(30);
    assert_eq!(field(moved(&mut story, Progress::GoesOn { next }, "")), "words");
    let today = Progress::GoesOn { next: story.today };
    assert_eq!(
        field(moved(&mut story, today, "Went twice")),
        "next",
        "it is looked at after today"
    );
    moved(&mut story, Progress::GoesOn { next }, "Went twice").unwrap();
    let due = |story: &Telling| story.person().plan.action(action).unwrap().due();
    assert_eq!(due(&story), next);
    // Written anew since, it counts from its own day; and is looked at when that is said again.
    let seen = last(&story);
    let outcome = story.person().plan.action(action).unwrap().written.said.outcome;
    let anew = action::Wanted {
        of: Some((action, seen)),
        due: story.today.plus_days(3),
        ..step(&story, outcome, "Drive her there on Sundays", Doer::Person)
    };
    write_action(&mut story, "social-worker", &anew);
    assert_eq!(due(&story), story.today.plus_days(3));
    moved(&mut story, Progress::GoesOn { next }, "Went again").unwrap();
    assert_eq!(due(&story), next);
    moved(&mut story, Progress::Done, "").unwrap();
    assert!(moved(&mut story, Progress::Done, "").is_err(), "it was over");
    assert!(story.person().plan.open_actions().next().is_none());
}

#[test]
fn the_other_side_of_a_link_writes_what_they_do_and_how_it_goes_and_speaks_for_no_professional() {
    let (mut story, outcome, families) = small_plan();
    let nurse = actor("community-nurse");
    let doer = Doer::User { id: nurse.user, name: nurse.name.clone() };
    let hers = step(&story, outcome, "Dress the leg", doer);
    let hers = write_action(&mut story, "community-nurse", &hers);
    let carer = actor("resident");
    story
        .tell(&carer, |person, asking| {
            carer::offer(person, outcome, "I drive her on Thursdays", asking)
        })
        .unwrap();
    let offered = story.person().plan.actions.last().unwrap().written.said.clone();
    assert_eq!(offered.doer, Doer::Named(carer.name.clone()));
    let tell = |story: &mut Telling, action, done| {
        let seen = last(story);
        story.tell(&carer, |person, asking| {
            carer::tell(person, action, done, "Twice now", seen, asking)
        })
    };
    let theirs = tell(&mut story, hers, false).unwrap_err();
    assert!(theirs.to_string().contains("Whoever does this says how it goes"), "{theirs}");
    tell(&mut story, families, false).unwrap();
    assert!(story.person().plan.action(families).unwrap().open(), "it goes on");
    tell(&mut story, families, true).unwrap();
    assert!(!story.person().plan.action(families).unwrap().open());
}

#[test]
fn a_person_gives_work_to_themself_and_their_family_and_asks_services_by_talking() {
    let (mut story, outcome, _) = small_plan();
    let wanted = step(&story, outcome, "Come daily", Doer::Team(TeamId::new("n1")));
    let refused =
        story.tell(&actor("resident"), |person, asking| action::write(person, &wanted, asking));
    assert_eq!(field(refused), "who");
}

#[test]
fn a_providers_worker_sees_the_plan_and_not_what_professionals_made_of_it() {
    let (mut story, _, _) = small_plan();
    let worker = actor("social-worker");
    let words = "The GP is worried about falls";
    story
        .tell(&worker, |person, asking| {
            care::review::hold::bring_forward(
                person,
                care::record::fact::review::Change::Other,
                words,
                asking,
            )
        })
        .unwrap();
    let provider = actor("provider-worker");
    let subject = Subject {
        person: person_id(),
        practice: None,
        in_touch: true,
        members: vec![provider.user],
        teams: std::collections::BTreeMap::new(),
        restricted: false,
    };
    let mut reads: Vec<&str> = Vec::new();
    for entry in &story.entries {
        if may_read(&provider, &subject, Relationship::Member, entry) {
            reads.push(entry.fact.kind());
        }
    }
    assert!(reads.contains(&"outcome-written") && reads.contains(&"action-written"), "{reads:?}");
    assert!(!reads.contains(&"review-brought-forward"), "{reads:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A story that grew is folded to the same person as one that was read whole, wherever it was cut.
    #[test]
    fn a_story_that_grows_tells_of_the_same_person(
        cuts in proptest::collection::vec(0usize..40, 1..4),
        correct in any::<bool>(),
    ) {
        let (mut story, outcome, _) = small_plan();
        let worker = actor("social-worker");
        for number in 0..6 {
            let wanted = step(&story, outcome, &format!("Step {number}"), Doer::Person);
            write_action(&mut story, "social-worker", &wanted);
        }
        story.tell(&worker, |person, asking| {
            care::who::writing::note(person, "Tea", care::record::entry::Audience::Everyone, begun(), asking)
        }).unwrap();
        if correct {
            let entries = story.entries.clone();
            let number = last(&story);
            story.tell(&worker, |person, asking| {
                care::who::writing::correct_note(person.id, &entries, number, "Coffee", asking)
            }).unwrap();
        }
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(story.entries.len())).collect();
        cuts.sort_unstable();
        let mut person = Person::unwritten(person_id());
        for cut in cuts.into_iter().chain([story.entries.len()]) {
            person.lengthen(&story.entries[..cut]);
        }
        prop_assert_eq!(person, story.person());
    }
}
