//! Opening a record from outside: a reason, told to the keeper, looked at by somebody else.

use std::collections::BTreeMap;

use care::record::derived::Task;
use care::record::entry::Audience;
use care::who::access::{Access, Relationship, Subject, may_open};
use care::who::actor::Refusal;
use care::who::role::Reach;
use care::who::{opening, team, writing};

use crate::place::{Telling, actor, begun, person_id, promises};

fn stranger_to_the_team() -> Subject {
    Subject {
        person: person_id(),
        practice: Some("G85999".to_owned()),
        in_touch: true,
        members: Vec::new(),
        teams: BTreeMap::new(),
        restricted: false,
    }
}

#[test]
fn a_reason_opens_the_record_for_a_while_and_the_keeper_is_told() {
    let mut story = Telling::new();
    let keeper = actor("social-worker");
    story
        .tell(&keeper, |person, asking| {
            writing::note(person, "First visit", Audience::Everyone, begun(), asking)
        })
        .unwrap();
    story.tell(&keeper, |person, asking| team::join(person, &keeper, true, asking)).unwrap();

    let outsider = actor("team-lead");
    let subject = stranger_to_the_team();
    assert_eq!(may_open(&outsider, &subject, &story.person(), story.now), Access::WithReason);
    let short = story.tell(&outsider, |person, asking| {
        opening::open_with_reason(person, "because", begun(), None, asking)
    });
    assert!(matches!(short, Err(Refusal::Missing { field: "reason", .. })));
    // The shortest that can mean something; and it opens for as long as the place promises.
    let mut again = story.clone();
    again
        .tell(&outsider, |person, asking| {
            opening::open_with_reason(person, "A fall ?", begun(), None, asking)
        })
        .unwrap();
    let hours = i64::from(promises().opening_hours);
    let until = again.person().openings[0].opened.said.until;
    assert_eq!(until, story.now.plus_seconds(hours * 60 * 60));
    let open = |at| again.person().open_to(outsider.user, at);
    assert!(open(until.plus_seconds(-1)) && !open(until), "to the second, and no longer");
    story
        .tell(&outsider, |person, asking| {
            opening::open_with_reason(person, "Brought in by ambulance", begun(), None, asking)
        })
        .unwrap();
    let open = Access::Yes(Relationship::Reason);
    assert_eq!(may_open(&outsider, &subject, &story.person(), story.now), open);
    // Also where their team's work would open less of it: the reason is what is looked at.
    let mut worked_on = subject.clone();
    worked_on.teams.insert(outsider.team.clone().unwrap(), 1);
    assert_eq!(may_open(&outsider, &worked_on, &story.person(), story.now), open);
    let work = story.derived().work;
    assert_eq!((work[0].task, work[0].user), (Task::ReviewOpening, Some(keeper.user)));

    let own = story
        .tell(&outsider, |person, asking| opening::review_opening(person, 4, true, "", asking));
    let says = "Somebody else has to look at your own opening of a record";
    assert_eq!(own.unwrap_err().to_string(), says);
    story.days_later(1);
    assert_eq!(may_open(&outsider, &subject, &story.person(), story.now), Access::WithReason);
    let work = Access::Yes(Relationship::Work);
    assert_eq!(may_open(&outsider, &worked_on, &story.person(), story.now), work);
    story
        .tell(&keeper, |person, asking| opening::review_opening(person, 4, true, "", asking))
        .unwrap();
    assert!(story.derived().work.is_empty());
}

#[test]
fn a_restricted_record_is_not_there_for_others() {
    let mut subject = stranger_to_the_team();
    subject.restricted = true;
    subject.practice = Some("G85001".to_owned());
    let story = Telling::new();
    let for_nobody = |reach| !matches!(reach, Reach::Myself | Reach::Represents);
    for role in crate::place::roles().iter().filter(|role| for_nobody(role.reach)) {
        let actor = actor(role.id.as_str());
        assert_eq!(
            may_open(&actor, &subject, &story.person(), story.now),
            Access::No,
            "{}",
            role.id
        );
        let mut team = subject.clone();
        team.members.push(actor.user);
        let access = may_open(&actor, &team, &story.person(), story.now);
        assert_eq!(access, Access::Yes(Relationship::Member), "{}", role.id);
    }
}
