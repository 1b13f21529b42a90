//! What a form says becomes the finding or the decision that rests on it, and no more than it says.

use care::assess::authority::{self, By, Gathered};
use care::assess::capacity;
use care::record::derived::Task;
use care::record::entry::EntryNumber;
use care::record::fact::assess::{Prompt, Reply, YesNo};
use care::record::fact::decision::{Conclusion, Matter};
use care::record::ids::QuestionId;
use care::who::actor::Actor;

use crate::decisions::{MOVE, decide_for, desk, lacking, may, weighed, worker};
use crate::desk::{Desk, draft};
use crate::place::actor;

const CAN: [&str; 4] = ["understand", "retain", "weigh", "communicate"];

/// Writes into a form that was begun: answers of yes or no, and of words.
fn answer(
    desk: &mut Desk,
    (form, occasion): (&str, EntryNumber),
    section: &str,
    yes_no: &[(&str, YesNo)],
    words: &[(&str, &str)],
) {
    let mut written = draft(form, section, words);
    written.occasion = Some(occasion);
    for (id, said) in yes_no {
        written.replies.insert(QuestionId::new(*id), Reply::YesNo(*said));
    }
    desk.write(&worker(), written).unwrap();
}

fn capacity_of(desk: &Desk, occasion: EntryNumber) -> capacity::Gathered {
    gathered(desk, |ground| capacity::gather(occasion, ground).unwrap())
}

fn gathered<T>(desk: &Desk, gather: impl FnOnce(&care::assess::Ground<'_>) -> T) -> T {
    let readable = desk.readable(&worker());
    let register = care::assess::register::OnRegister::default();
    gather(&care::assess::Ground { forms: desk.forms, readable: &readable, register: &register })
}

#[test]
fn a_capacity_form_comes_to_a_finding_once_all_that_it_needs_is_said() {
    use YesNo::{No, NotKnown, Yes};
    // What is said of remembering and of the cause, where the other three abilities are there or not
    // spoken of; whether an ability is missing; and what it comes to.
    let cases = [
        (Some(Yes), [Some(Yes); 3], None, Some(false), Some(Conclusion::Has)),
        (Some(No), [Some(Yes); 3], Some(Yes), Some(true), Some(Conclusion::Lacks)),
        (Some(No), [Some(Yes); 3], Some(No), Some(true), Some(Conclusion::Has)),
        (Some(No), [Some(Yes); 3], None, Some(true), None),
        (Some(No), [None; 3], Some(Yes), Some(true), Some(Conclusion::Lacks)),
        (Some(Yes), [Some(Yes), None, Some(Yes)], Some(Yes), None, None),
        (Some(NotKnown), [Some(Yes); 3], Some(Yes), None, None),
        (None, [None; 3], None, None, None),
    ];
    for (retain, others, causes, unable, comes_to) in cases {
        let mut desk = desk();
        let begun = desk.begin(&worker(), "capacity", MOVE).unwrap();
        let [understand, weigh, communicate] = others;
        let said: Vec<(&str, YesNo)> = CAN
            .into_iter()
            .zip([understand, retain, weigh, communicate])
            .filter_map(|(id, said)| Some((id, said?)))
            .collect();
        if !said.is_empty() {
            answer(&mut desk, ("capacity", begun), "functional", &said, &[]);
        }
        if let Some(causes) = causes {
            answer(&mut desk, ("capacity", begun), "cause", &[("causes", causes)], &[]);
        }
        let gathered = capacity_of(&desk, begun);
        let case = format!("{retain:?} {others:?} {causes:?}");
        assert_eq!((gathered.unable(), gathered.comes_to()), (unable, comes_to), "{case}");
    }
}

#[test]
fn a_finding_rests_on_a_capacity_form_and_on_no_other() {
    let mut desk = desk();
    let form = desk.begin(&worker(), "capacity", MOVE).unwrap();
    let other = desk.begin(&worker(), "review", "").unwrap();
    for (occasion, taken) in [(Some(other), false), (Some(99), false), (Some(form), true)] {
        let tested =
            capacity::Tested { occasion, ..crate::decisions::tested(MOVE, Matter::Residence, &[]) };
        let found = crate::decisions::assess(&mut desk, &tested);
        assert_eq!(found.is_ok(), taken, "{occasion:?}");
    }
    assert!(gathered(&desk, |ground| capacity::gather(other, ground)).is_none());
}

#[test]
fn all_four_abilities_missing_is_lacking_capacity() {
    let mut desk = desk();
    let all = care::record::fact::decision::Ability::ALL;
    let tested = crate::decisions::tested(MOVE, Matter::Residence, all);
    let entry = crate::decisions::assess(&mut desk, &tested).unwrap();
    let person = desk.story.person();
    let found = person.decisions.capacity_in(entry).unwrap();
    assert_eq!(found.said.conclusion, Conclusion::Lacks);
    assert_eq!(person.letter(entry).unwrap().about, MOVE, "and their letter is about that");
}

/// Begins a best-interests form about a decision, and writes down what the person wants.
fn wants(desk: &mut Desk, about: &str, now: &str) -> EntryNumber {
    let begun = desk.begin(&worker(), "best-interests", about).unwrap();
    let words = [("now", now), ("before", "She said it to her sister in 2019")];
    let mut written = draft("best-interests", "my-wishes", &words);
    written.voice = care::record::fact::assess::Voice::Recorded;
    written.occasion = Some(begun);
    desk.write(&worker(), written).unwrap();
    begun
}

#[test]
fn a_decision_made_for_somebody_rests_on_the_last_form_about_that_decision() {
    let mut desk = desk();
    wants(&mut desk, MOVE, "To stay at home");
    let last = wants(&mut desk, "whether to MOVE to a care home", "My piano comes with me");
    wants(&mut desk, "Whether to see a dentist", "No needles");
    let gathered = gathered(&desk, |ground| authority::gather(MOVE, ground));
    assert_eq!(gathered.occasion, Some(last));
    let wishes = "My piano comes with me\nShe said it to her sister in 2019";
    assert_eq!(gathered.wishes.as_deref(), Some(wishes));
    assert_eq!((gathered.consulted, gathered.deprives), (None, None), "nothing was said of it");
}

#[test]
fn what_the_person_said_and_what_somebody_saw_stand_beside_each_other_by_name() {
    let mut desk = desk();
    let begun = wants(&mut desk, MOVE, "Not without my piano");
    let nurse = actor("community-nurse");
    let mut seen = draft("best-interests", "my-wishes", &[("now", "She holds on to the door")]);
    seen.occasion = Some(begun);
    desk.write(&nurse, seen).unwrap();
    let gathered = gathered(&desk, |ground| authority::gather(MOVE, ground));
    let wishes = gathered.wishes.unwrap();
    for said in [
        format!("Not without my piano ({})", worker().name),
        format!("She holds on to the door ({})", nurse.name),
    ] {
        assert!(wishes.lines().any(|line| line == said), "{said}: {wishes}");
    }
}

#[test]
fn who_has_nobody_to_ask_is_thought_of_for_an_advocate_once() {
    let mut desk = desk();
    let lacks = lacking(&mut desk);
    let lawful = may(&desk, lacks, By::BestInterests).unwrap();
    let advocates = |desk: &Desk| {
        let prompted = desk.story.person().assessment.prompted;
        prompted.iter().filter(|state| state.prompted.said.prompt == Prompt::Advocacy).count()
    };
    decide_for(&mut desk, &lawful, &weighed()).unwrap();
    assert_eq!(advocates(&desk), 0, "her daughter was asked");
    let nobody = Gathered { somebody: Some(false), ..weighed() };
    // That somebody thinks of another thing for her makes no difference.
    let mut alone = draft("assessment", "isolation", &[]);
    alone.replies.insert(QuestionId::new("often"), Reply::Choice("hardly".to_owned()));
    alone.voice = care::record::fact::assess::Voice::Recorded;
    desk.write(&worker(), alone).unwrap();
    for asked in [1, 1] {
        decide_for(&mut desk, &lawful, &nobody).unwrap();
        assert_eq!(advocates(&desk), asked);
    }
}

#[test]
fn what_somebody_else_writes_of_a_decision_is_sent_to_the_person_and_their_own_is_not() {
    let letters = |who: &Actor| {
        let mut desk = desk();
        desk.decide(who, |person, _, asking| {
            authority::by_person(
                person,
                "Whether to have carers",
                Matter::Care,
                "No",
                false,
                asking,
            )
        })
        .unwrap();
        let work = desk.story.derived().work;
        work.iter().filter(|work| work.task == Task::SendLetter).count()
    };
    let provider = desk().decide(&actor("provider-worker"), |person, _, asking| {
        authority::by_person(person, "Whether to have carers", Matter::Care, "No", false, asking)
    });
    assert!(provider.is_err(), "nobody who does not write the assessment");
    assert_eq!(letters(&worker()), 1);
    assert_eq!(letters(&actor("resident")), 0);
}
