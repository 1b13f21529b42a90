//! Decisions keep their reasons; and nobody decides for a person who can decide, nor without authority
//! in scope, on record and in date, whichever way round somebody tries.

use std::collections::{BTreeMap, BTreeSet};

use care::assess::authority::{self, By, Decider, Gathered, Lawful};
use care::assess::capacity::{self, Tested};
use care::assess::risk::{self, Talk};
use care::record::derived::Task;
use care::record::entry::EntryNumber;
use care::record::fact::Fact;
use care::record::fact::decision::{
    Ability, AuthorityKind, AuthorityRecorded, Conclusion, Harm, Likelihood, Made, Matter, Shown,
    View,
};
use care::who::actor::{Actor, Refusal};
use law::day::Day;

use crate::desk::{Desk, reads};
use crate::place::{actor, begun, day};

pub const MOVE: &str = "Whether to move to a care home";

pub fn worker() -> Actor {
    actor("social-worker")
}

/// A desk with a story that has begun.
pub fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.story
        .tell(&worker(), |person, asking| {
            care::who::writing::note(
                person,
                "First visit",
                care::record::entry::Audience::Everyone,
                begun(),
                asking,
            )
        })
        .unwrap();
    desk
}

pub fn tested(decision: &str, matter: Matter, missing: &[Ability]) -> Tested {
    let shown = |ability: &Ability| Shown {
        able: !missing.contains(ability),
        seen: "What she said at the kitchen table".to_owned(),
    };
    Tested {
        decision: decision.to_owned(),
        matter: Some(matter),
        support: "Pictures, her daughter beside her, in the morning".to_owned(),
        abilities: Ability::ALL.iter().map(|ability| (*ability, shown(ability))).collect(),
        caused: Some(true),
        impairment: "Dementia, by the memory clinic’s letter".to_owned(),
        how: "She loses what was said within a minute".to_owned(),
        good_until: Some(day("2027-02-01")),
        occasion: None,
        words: String::new(),
    }
}

pub fn assess(desk: &mut Desk, tested: &Tested) -> Result<EntryNumber, Refusal> {
    desk.decide(&worker(), |person, ground, asking| {
        capacity::assess(person, tested, ground, asking)
    })?;
    Ok(desk.story.person().decisions.capacity.last().unwrap().entry)
}

/// Somebody found unable to decide where to live.
pub fn lacking(desk: &mut Desk) -> EntryNumber {
    assess(desk, &tested(MOVE, Matter::Residence, &[Ability::Retain])).unwrap()
}

pub fn seen(kind: AuthorityKind, scope: &[Matter]) -> AuthorityRecorded {
    AuthorityRecorded {
        authority: kind,
        holder: "Ada Okonkwo".to_owned(),
        scope: scope.iter().copied().collect(),
        limits: String::new(),
        from: day("2026-01-01"),
        until: Some(day("2027-06-30")),
        document: "The registered instrument, 7000-1234-5678".to_owned(),
        seen_on: day("2026-11-20"),
        registered_on: Some(day("2025-12-01")),
    }
}

pub fn record(desk: &mut Desk, seen: AuthorityRecorded) -> Result<EntryNumber, Refusal> {
    desk.decide(&worker(), |person, _, asking| authority::record(person, seen, asking))?;
    Ok(desk.story.person().decisions.authorities.last().unwrap().recorded.entry)
}

pub fn weighed() -> Gathered {
    Gathered {
        occasion: None,
        wishes: Some("She always said: not without my piano".to_owned()),
        consulted: Some("Her daughter; the warden".to_owned()),
        options: Some("Home with live-in care; the home in Grove Lane".to_owned()),
        least: Some(
            "Grove Lane takes the piano; at home she would be locked in at night".to_owned(),
        ),
        deprives: Some(false),
        somebody: Some(true),
    }
}

pub fn may(desk: &Desk, capacity: EntryNumber, by: By) -> Result<Lawful, String> {
    let person = desk.story.person();
    authority::lawful(&person, capacity, by, desk.story.today).map_err(|why| why.to_string())
}

pub fn decide_for(desk: &mut Desk, lawful: &Lawful, weighed: &Gathered) -> Result<(), Refusal> {
    let review = Some(day("2027-01-10"));
    desk.decide(&worker(), |person, _, asking| {
        authority::for_person(person, lawful, "Grove Lane, with her piano", weighed, review, asking)
    })
}

#[test]
fn the_conclusion_follows_from_what_was_found_function_first() {
    let retain = [Ability::Retain];
    let cases: [(&str, Tested, Result<Conclusion, &str>); 8] = [
        ("all four", tested(MOVE, Matter::Residence, &[]), Ok(Conclusion::Has)),
        ("one missing", tested(MOVE, Matter::Residence, &retain), Ok(Conclusion::Lacks)),
        (
            "another cause",
            Tested { caused: Some(false), ..tested(MOVE, Matter::Residence, &retain) },
            Ok(Conclusion::Has),
        ),
        (
            "cause not asked",
            Tested { caused: None, ..tested(MOVE, Matter::Residence, &retain) },
            Err("say whether an impairment"),
        ),
        (
            "impairment not named",
            Tested { impairment: " ".to_owned(), ..tested(MOVE, Matter::Residence, &retain) },
            Err("Name the impairment"),
        ),
        (
            "no link",
            Tested { how: String::new(), ..tested(MOVE, Matter::Residence, &retain) },
            Err("how it causes"),
        ),
        (
            "no help given",
            Tested { support: String::new(), ..tested(MOVE, Matter::Residence, &retain) },
            Err("done to help them decide"),
        ),
        (
            "for ever",
            Tested { good_until: None, ..tested(MOVE, Matter::Residence, &retain) },
            Err("until when"),
        ),
    ];
    for (name, tested, expected) in cases {
        let mut desk = desk();
        match (assess(&mut desk, &tested), expected) {
            (Ok(entry), Ok(conclusion)) => {
                let person = desk.story.person();
                let found = person.decisions.capacity_in(entry).unwrap();
                assert_eq!(found.said.conclusion, conclusion, "{name}");
            }
            (Err(refusal), Err(why)) => assert!(refusal.to_string().contains(why), "{refusal}"),
            (got, expected) => panic!("{name}: {got:?}, not {expected:?}"),
        }
    }
    let bare =
        Tested { matter: None, good_until: None, ..tested(MOVE, Matter::Residence, &retain) };
    let Err(Refusal::Missing { field, others, .. }) = assess(&mut desk(), &bare) else { panic!() };
    assert_eq!((field, others[0].0), ("matter", "good-until"), "both are asked at once");
    let mut half = tested(MOVE, Matter::Residence, &[]);
    half.abilities.remove(&Ability::Weigh);
    assert!(assess(&mut desk(), &half).unwrap_err().to_string().contains("Use it and weigh it up"));
    // An impairment alone shows nothing: with every ability there, none is even kept.
    let mut desk = desk();
    let entry = assess(&mut desk, &tested(MOVE, Matter::Residence, &[])).unwrap();
    assert_eq!(desk.story.person().decisions.capacity_in(entry).unwrap().said.cause, None);
}

#[test]
fn nobody_decides_for_a_person_who_can_decide() {
    let mut desk = desk();
    let attorney = record(&mut desk, seen(AuthorityKind::LpaHealth, &[Matter::Residence])).unwrap();
    // There is no assessment; the entry is of something else.
    for nothing in [0, 1, attorney, 99] {
        for by in [By::BestInterests, By::Holder(attorney)] {
            assert!(may(&desk, nothing, by).unwrap_err().contains("no such entry"), "{nothing}");
        }
    }
    // They were found to have capacity.
    let has = assess(&mut desk, &tested(MOVE, Matter::Residence, &[])).unwrap();
    for by in [By::BestInterests, By::Holder(attorney)] {
        assert!(may(&desk, has, by).unwrap_err().contains("nobody decides it for them"));
    }
    // They lacked it, and were found to have it since; also under another heading, or spelt otherwise,
    // or for another decision in the same matter.
    for (again, matter) in [
        (MOVE, Matter::Residence),
        (MOVE, Matter::Care),
        ("whether to MOVE, to a care home?", Matter::Residence),
        ("Whether to stay with her sister", Matter::Residence),
    ] {
        let mut desk = self::desk();
        let lacks = lacking(&mut desk);
        let attorney =
            record(&mut desk, seen(AuthorityKind::LpaHealth, &[Matter::Residence])).unwrap();
        may(&desk, lacks, By::Holder(attorney)).unwrap();
        assess(&mut desk, &tested(again, matter, &[])).unwrap();
        let why = may(&desk, lacks, By::Holder(attorney)).unwrap_err();
        assert!(why.contains("assess"), "{again}: {why}");
    }
    // Capacity for one decision says nothing of another.
    let mut desk = self::desk();
    let lacks = lacking(&mut desk);
    assess(&mut desk, &tested("Whether to see a dentist", Matter::Treatment, &[])).unwrap();
    may(&desk, lacks, By::BestInterests).unwrap();
    // And what was found does not hold for ever.
    desk.story.days_later(71);
    assert!(may(&desk, lacks, By::BestInterests).unwrap_err().contains("no longer be relied on"));
}

#[test]
fn authority_must_be_in_scope_on_record_and_in_date() {
    let mut desk = desk();
    let lacks = lacking(&mut desk);
    let scope = [Matter::Residence];
    let wrong: [(&str, AuthorityRecorded, &str); 7] = [
        (
            "reaches too far",
            seen(AuthorityKind::Appointee, &[Matter::Benefits, Matter::Residence]),
            "does not reach to ‘where to live’",
        ),
        (
            "for money",
            seen(AuthorityKind::LpaProperty, &scope),
            "does not reach to ‘where to live’",
        ),
        ("of nothing", seen(AuthorityKind::LpaHealth, &[]), "Choose what it is about"),
        (
            "not registered",
            AuthorityRecorded { registered_on: None, ..seen(AuthorityKind::LpaHealth, &scope) },
            "Office of the Public Guardian",
        ),
        (
            "no document",
            AuthorityRecorded {
                document: " ".to_owned(),
                ..seen(AuthorityKind::LpaHealth, &scope)
            },
            "which document was seen",
        ),
        (
            "seen tomorrow",
            AuthorityRecorded {
                seen_on: day("2026-11-24"),
                ..seen(AuthorityKind::LpaHealth, &scope)
            },
            "cannot be in the future",
        ),
        (
            "ends before it begins",
            AuthorityRecorded {
                until: Some(day("2025-12-31")),
                ..seen(AuthorityKind::DeputyWelfare, &scope)
            },
            "cannot be before the first",
        ),
    ];
    for (name, seen, fault) in wrong {
        let why = record(&mut desk, seen).unwrap_err().to_string();
        assert!(why.contains(fault), "{name}: {why}");
    }
    let held: [(&str, AuthorityRecorded, &str); 4] = [
        (
            "of another matter",
            seen(AuthorityKind::LpaHealth, &[Matter::Treatment]),
            "does not reach to ‘where to live’",
        ),
        (
            "over",
            AuthorityRecorded {
                until: Some(day("2026-11-22")),
                ..seen(AuthorityKind::DeputyWelfare, &scope)
            },
            "does not hold on 23 November 2026",
        ),
        (
            "not yet",
            AuthorityRecorded {
                from: day("2026-11-24"),
                ..seen(AuthorityKind::DeputyWelfare, &scope)
            },
            "does not hold on 23 November 2026",
        ),
        (
            "decides nothing",
            seen(AuthorityKind::Liberty, &scope),
            "gives nobody the right to decide",
        ),
    ];
    for (name, seen, fault) in held {
        let entry = record(&mut desk, seen).unwrap();
        let why = may(&desk, lacks, By::Holder(entry)).unwrap_err();
        assert!(why.contains(fault), "{name}: {why}");
    }
    let good = record(&mut desk, seen(AuthorityKind::LpaHealth, &scope)).unwrap();
    let lawful = may(&desk, lacks, By::Holder(good)).unwrap();
    assert_eq!(*lawful.made(), Made::Holder { capacity: lacks, authority: good });
    desk.decide(&worker(), |person, _, asking| {
        authority::end(person, good, day("2026-11-22"), "Revoked; the deed was seen", asking)
    })
    .unwrap();
    // It holds on its last day, and a right that was looked up before it ended does not outlive it.
    let person = desk.story.person();
    let held = person.decisions.authority_in(good).unwrap();
    assert!(held.holds(Matter::Residence, day("2026-11-22")));
    assert!(!held.holds(Matter::Residence, day("2026-11-23")));
    let late = decide_for(&mut desk, &lawful, &weighed()).unwrap_err();
    assert!(late.to_string().contains("does not hold"), "{late}");
    assert!(desk.story.person().decisions.made.is_empty());
}

#[test]
fn what_is_written_of_authority_is_kept_without_what_surrounds_it() {
    let mut desk = desk();
    let spaced = AuthorityRecorded {
        holder: " Ada Okonkwo ".to_owned(),
        limits: " Not the flat ".to_owned(),
        document: " The deed ".to_owned(),
        ..seen(AuthorityKind::LpaHealth, &[Matter::Contact])
    };
    let spaced = record(&mut desk, spaced).unwrap();
    let person = desk.story.person();
    let kept = &person.decisions.authority_in(spaced).unwrap().recorded.said;
    let words = [&kept.holder, &kept.limits, &kept.document];
    assert_eq!(words, ["Ada Okonkwo", "Not the flat", "The deed"]);
}

#[test]
fn best_interests_is_for_care_where_nobody_else_decides_and_by_the_persons_wishes() {
    let mut desk = desk();
    let lacks = lacking(&mut desk);
    let lawful = may(&desk, lacks, By::BestInterests).unwrap();
    for (field, weighed) in [
        ("wants", Gathered { wishes: Some(" ".to_owned()), ..weighed() }),
        ("asked", Gathered { consulted: Some(" ".to_owned()), ..weighed() }),
        ("choices", Gathered { options: Some(" ".to_owned()), ..weighed() }),
        ("least", Gathered { least: Some(" ".to_owned()), ..weighed() }),
    ] {
        let why = decide_for(&mut desk, &lawful, &weighed).unwrap_err().to_string();
        assert!(why.contains(field), "{field}: {why}");
    }
    // All that is left out is said at once.
    let nothing = desk.decide(&worker(), |person, _, asking| {
        authority::for_person(person, &lawful, "", &Gathered::default(), None, asking)
    });
    let Err(Refusal::Missing { field, others, .. }) = nothing else { panic!("{nothing:?}") };
    let others: Vec<&str> = others.iter().map(|(field, _)| *field).collect();
    assert_eq!(
        (field, &others[..]),
        (
            "decided",
            &["wishes", "consulted", "options", "least", "deprives", "somebody", "review-by"][..]
        )
    );
    // Not free to leave: authorised, or not at all.
    let locked = Gathered { deprives: Some(true), ..weighed() };
    assert!(decide_for(&mut desk, &lawful, &locked).unwrap_err().to_string().contains("liberty"));
    record(&mut desk, seen(AuthorityKind::Liberty, &[Matter::Residence])).unwrap();
    decide_for(&mut desk, &lawful, &locked).unwrap();
    let made = desk.story.person().decisions.made.last().unwrap().said.clone();
    assert_eq!((made.decision.as_str(), made.matter), (MOVE, Matter::Residence));
    assert_eq!(made.made, Made::BestInterests { capacity: lacks });

    // Money is nobody's to decide without authority.
    let flat =
        assess(&mut desk, &tested("Whether to sell the flat", Matter::Money, &[Ability::Weigh]));
    let flat = flat.unwrap();
    let why = may(&desk, flat, By::BestInterests).unwrap_err();
    assert!(why.contains("needs an attorney, a deputy"), "{why}");
    // Where an attorney or deputy decides, nobody else does.
    record(&mut desk, seen(AuthorityKind::LpaHealth, &[Matter::Residence])).unwrap();
    let why = may(&desk, lacks, By::BestInterests).unwrap_err();
    assert!(why.contains("Ada Okonkwo decides this"), "{why}");
    assert!(decide_for(&mut desk, &lawful, &weighed()).is_err());
}

#[test]
fn only_those_with_the_right_record_it_and_never_about_themselves() {
    let mut desk = desk();
    for role in ["resident", "care-navigator", "contact-officer", "finance-officer"] {
        let who = actor(role);
        let assessed = desk.decide(&who, |person, ground, asking| {
            let tested = tested(MOVE, Matter::Residence, &[Ability::Retain]);
            capacity::assess(person, &tested, ground, asking)
        });
        assert!(assessed.is_err(), "{role}");
        let recorded = desk.decide(&who, |person, _, asking| {
            let seen = seen(AuthorityKind::LpaHealth, &[Matter::Residence]);
            authority::record(person, seen, asking)
        });
        assert!(recorded.is_err(), "{role}");
    }
}

#[test]
fn an_unwise_choice_is_the_persons_and_is_kept_as_theirs() {
    let mut desk = desk();
    let decide = |desk: &mut Desk, decision: &str, unwise: bool| {
        desk.decide(&worker(), |person, _, asking| {
            authority::by_person(person, decision, Matter::Care, "No carers", unwise, asking)
        })
    };
    decide(&mut desk, "Whether to have carers", true).unwrap();
    let made = desk.story.person().decisions.made.last().unwrap().said.clone();
    assert_eq!(made.made, Made::Person { unwise: true });
    // What they cannot decide is not put on them either.
    lacking(&mut desk);
    let why = decide(&mut desk, "whether to move to a care home", false).unwrap_err();
    assert!(why.to_string().contains("keep what they say as their wishes"), "{why}");
}

pub fn talk(decider: Decider, review_by: Day) -> Talk {
    Talk {
        decision: "Whether to go out alone".to_owned(),
        what: "She could lose her way".to_owned(),
        worth: "Her church, her friends".to_owned(),
        person: View {
            likelihood: Some(Likelihood::Unlikely),
            harm: None,
            words: "I have walked there for fifty years".to_owned(),
        },
        professional: View {
            likelihood: Some(Likelihood::Likely),
            harm: Some(Harm::Serious),
            words: "She was brought home twice in October".to_owned(),
        },
        done: "A card with her address; a watch that finds her".to_owned(),
        choice: "She goes on Sundays, alone".to_owned(),
        decider,
        review_by,
        again: None,
    }
}

#[test]
fn risk_is_a_conversation_with_both_views_and_the_persons_choice() {
    let mut desk = desk();
    let keep = |desk: &mut Desk, talk: Talk| {
        desk.decide(&worker(), |person, _, asking| risk::talk(person, &talk, asking))
    };
    let own = Decider::Person { unwise: true };
    keep(&mut desk, talk(own.clone(), day("2026-12-20"))).unwrap();
    let work = desk.story.derived().work;
    assert_eq!(work[0].task, Task::SendLetter, "their copy of it");
    assert_eq!((work[1].task, work[1].due), (Task::TalkOfRisk, day("2026-12-20")));
    assert_eq!(work[1].user, Some(worker().user), "whoever talked, while nobody keeps the record");
    let first = desk.story.person().decisions.risks[0].entry;
    let silent = Talk { person: View::default(), ..talk(own.clone(), day("2026-12-20")) };
    assert!(keep(&mut desk, silent).unwrap_err().to_string().contains("how the person sees it"));
    let next = Talk { again: Some(first), ..talk(own.clone(), day("2027-01-20")) };
    keep(&mut desk, next).unwrap();
    let open: Vec<String> =
        desk.story.person().decisions.open_risks().map(|t| t.said.review_by.to_string()).collect();
    assert_eq!(open, ["2027-01-20"]);

    // Nobody else chooses, unless the person cannot choose this, and with authority.
    let lacks = lacking(&mut desk);
    let other = Decider::For(may(&desk, lacks, By::BestInterests).unwrap());
    let why = keep(&mut desk, talk(other, day("2026-12-20"))).unwrap_err().to_string();
    assert!(why.contains("Capacity was assessed for another decision"), "{why}");
    let alone = tested("Whether to go out alone", Matter::Care, &[Ability::Weigh]);
    let alone = assess(&mut desk, &alone).unwrap();
    let lawful = Decider::For(may(&desk, alone, By::BestInterests).unwrap());
    keep(&mut desk, talk(lawful, day("2026-12-20"))).unwrap();
    assert!(keep(&mut desk, talk(own, day("2026-12-20"))).is_err(), "nor is it put on her");
    let work = desk.story.derived().work;
    let due = work.iter().filter(|work| work.task == Task::AssessCapacity);
    assert_eq!(due.map(|work| work.due.to_string()).collect::<Vec<_>>(), ["2027-02-01"; 2]);
}

#[test]
fn what_was_decided_is_read_by_those_who_see_the_assessment() {
    let mut desk = desk();
    lacking(&mut desk);
    record(&mut desk, seen(AuthorityKind::LpaHealth, &[Matter::Residence])).unwrap();
    let kinds: BTreeMap<&str, BTreeSet<&str>> = desk
        .story
        .entries
        .iter()
        .map(|entry| {
            let roles = ["community-nurse", "finance-officer", "contact-officer", "resident"];
            let reads = roles.into_iter().filter(|role| reads(&actor(role), entry));
            (entry.fact.kind(), reads.collect())
        })
        .collect();
    assert_eq!(kinds["capacity-assessed"], BTreeSet::from(["community-nurse", "resident"]));
    // Everybody who works with somebody must know who may decide for them.
    assert_eq!(kinds["authority-recorded"].len(), 4);
    assert!(matches!(desk.story.entries[2].fact, Fact::CapacityAssessed(_)));
}
