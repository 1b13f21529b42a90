//! Days that somebody enters: the last that is taken, and the first that is not.

use care::assess::authority::{self, By, Decider};
use care::assess::begin::{self, Begin, Owner};
use care::assess::{chc, risk};
use care::record::fact::decision::{Ability, AuthorityKind, AuthorityRecorded, Matter};
use care::record::ids::FormId;
use care::who::actor::Refusal;
use law::day::Day;

use crate::decisions::{
    MOVE, assess, desk, lacking, may, record, seen, talk, tested, weighed, worker,
};
use crate::desk::Desk;
use crate::place::{begun, day};

/// What enters a day.
type Enter = fn(&mut Desk, Day) -> Result<(), Refusal>;

fn seen_on(desk: &mut Desk, seen_on: Day) -> Result<(), Refusal> {
    let seen = seen(AuthorityKind::LpaHealth, &[Matter::Residence]);
    record(desk, AuthorityRecorded { seen_on, ..seen }).map(drop)
}

fn registered_on(desk: &mut Desk, on: Day) -> Result<(), Refusal> {
    let seen = seen(AuthorityKind::LpaHealth, &[Matter::Residence]);
    record(desk, AuthorityRecorded { registered_on: Some(on), ..seen }).map(drop)
}

/// The last day of authority whose first is 1 January 2026.
fn authority_until(desk: &mut Desk, until: Day) -> Result<(), Refusal> {
    let seen = seen(AuthorityKind::DeputyWelfare, &[Matter::Residence]);
    record(desk, AuthorityRecorded { until: Some(until), ..seen }).map(drop)
}

fn good_until(desk: &mut Desk, until: Day) -> Result<(), Refusal> {
    let mut tested = tested(MOVE, Matter::Residence, &[Ability::Retain]);
    tested.good_until = Some(until);
    assess(desk, &tested).map(drop)
}

fn review_by(desk: &mut Desk, review: Day) -> Result<(), Refusal> {
    let lacks = lacking(desk);
    let lawful = may(desk, lacks, By::BestInterests).unwrap();
    desk.decide(&worker(), |person, _, asking| {
        authority::for_person(person, &lawful, "Grove Lane", &weighed(), Some(review), asking)
    })
}

fn talk_again(desk: &mut Desk, again: Day) -> Result<(), Refusal> {
    let talk = talk(Decider::Person { unwise: true }, again);
    desk.decide(&worker(), |person, _, asking| risk::talk(person, &talk, asking))
}

fn form_due(desk: &mut Desk, due: Day) -> Result<(), Refusal> {
    let begin = Begin {
        form: FormId::new("assessment"),
        about: String::new(),
        why: String::new(),
        owner: Owner::User(worker().user),
        due: Some(due),
    };
    desk.decide(&worker(), |person, ground, asking| {
        begin::begin(person, begin, begun(), ground, asking)
    })
}

fn checklist_again(desk: &mut Desk, again: Day) -> Result<(), Refusal> {
    desk.decide(&worker(), |person, ground, asking| {
        chc::not_done(person, "He is to be discharged", Vec::new(), Some(again), ground, asking)
    })
}

#[test]
fn a_day_is_taken_up_to_its_bound_and_not_beyond() {
    // Today is 23 November 2026.
    let cases: [(&str, Enter, &str, &str, &str); 12] = [
        ("seen", seen_on, "2026-11-23", "2026-11-24", "cannot be in the future"),
        ("registered", registered_on, "2026-11-23", "2026-11-24", "cannot be in the future"),
        ("authority ends", authority_until, "2026-01-01", "2025-12-31", "before the first"),
        ("finding, soonest", good_until, "2026-11-23", "2026-11-22", "from today"),
        ("finding, latest", good_until, "2027-11-23", "2027-11-24", "next 12 months"),
        ("decision, soonest", review_by, "2026-11-23", "2026-11-22", "from today"),
        ("decision, latest", review_by, "2027-11-23", "2027-11-24", "next 12 months"),
        ("talk", talk_again, "2026-11-23", "2026-11-22", "must be today or later"),
        ("form", form_due, "2026-11-23", "2026-11-22", "must be today or later"),
        ("form, far off", form_due, "2029-01-01", "2020-01-01", "must be today or later"),
        ("checklist, soonest", checklist_again, "2026-11-23", "2026-11-22", "from today"),
        ("checklist, latest", checklist_again, "2027-11-23", "2027-11-24", "next 12 months"),
    ];
    for (name, enter, taken, refused, why) in cases {
        enter(&mut desk(), day(taken)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let said = enter(&mut desk(), day(refused)).unwrap_err().to_string();
        assert!(said.contains(why), "{name}: {said}");
    }
    let endless =
        AuthorityRecorded { until: None, ..seen(AuthorityKind::Liberty, &[Matter::Residence]) };
    let said = record(&mut desk(), endless).unwrap_err().to_string();
    assert!(said.contains("An authorisation has a last day"), "{said}");
}

#[test]
fn a_finding_is_relied_on_from_its_day_to_its_last_and_then_the_person_decides_again() {
    // What was found holds until 1 February 2027.
    let mut desk = desk();
    let lacks = lacking(&mut desk);
    let relied_on = |desk: &Desk, on: &str| {
        authority::lawful(&desk.story.person(), lacks, By::BestInterests, day(on)).is_ok()
    };
    for (on, holds) in
        [("2026-11-22", false), ("2026-11-23", true), ("2027-02-01", true), ("2027-02-02", false)]
    {
        assert_eq!(relied_on(&desk, on), holds, "{on}");
    }
    let decides = |desk: &mut Desk| {
        desk.decide(&worker(), |person, _, asking| {
            authority::by_person(person, MOVE, Matter::Residence, "To stay", false, asking)
        })
    };
    desk.story.days_later(70);
    assert!(decides(&mut desk).is_err(), "on the last day the finding holds");
    desk.story.days_later(1);
    decides(&mut desk).unwrap();
}
