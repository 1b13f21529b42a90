//! Sections are written by many, and nothing of it is lost, covered up or put in another's mouth.

use std::collections::BTreeSet;

use care::assess::write::{Draft, NotWritten, confirm, mark_outdated};
use care::record::derived::{Stage, Task};
use care::record::entry::{Audience, EntryNumber, NewEntry};
use care::record::fact::Fact;
use care::record::fact::assess::{Ending, Named, Prompt, Reply, Side, Voice, YesNo};
use care::record::ids::{QuestionId, SectionId, UserId};
use care::record::person::assessment::{Writing, may_replace};
use care::who::actor::{Actor, Refusal};
use proptest::prelude::*;

use crate::desk::{Desk, draft};
use crate::place::actor;

const QUESTIONS: [&str; 5] = ["own", "community", "technology", "services", "wish"];

fn text(draft: &mut Draft, question: &str, words: &str) {
    draft.replies.insert(QuestionId::new(question), Reply::Text(words.to_owned()));
}

fn professional(number: u128) -> Actor {
    Actor {
        user: UserId::from_uuid(uuid::Uuid::from_u128(1000 + number)),
        name: format!("Professional {number}"),
        ..actor("community-nurse")
    }
}

#[test]
fn five_professionals_write_at_once_and_nothing_is_lost() {
    let mut desk = Desk::new();
    // All five open an empty section, and each answers another question.
    let drafts = QUESTIONS.map(|id| draft("assessment", "nutrition", &[(id, id)]));
    for (number, first) in drafts.into_iter().enumerate() {
        let who = professional(number as u128);
        let outcome = desk.write(&who, first.clone());
        if number == 0 {
            outcome.unwrap();
            continue;
        }
        let Err(NotWritten::Conflict(conflict)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(conflict.yours, first.replies, "nothing of theirs is lost");
        assert_eq!(conflict.theirs.len(), 1, "and they see the other's");
        assert!(conflict.differ.is_empty(), "they touch different questions");
        assert_eq!(conflict.merged.len(), number + 1);
        let both = Draft { replies: conflict.merged, saw: conflict.saw, ..first };
        desk.write(&who, both).unwrap();
    }
    let assessment = desk.story.person().assessment;
    let standing: Vec<_> = assessment.standing().collect();
    assert_eq!(standing.len(), 1);
    // Each answer is still its author's.
    for (number, id) in QUESTIONS.iter().enumerate() {
        let given = standing[0].given[&QuestionId::new(*id)];
        let by = &assessment.writing(given.entry).unwrap().told.author.name;
        assert_eq!(*by, format!("Professional {number}"));
    }
    let place = standing[0].place();
    assert_eq!(
        assessment.writings().filter(|one| !one.stands() && one.place() == place).count(),
        4,
        "every version is kept"
    );
}

#[test]
fn where_both_answered_one_question_somebody_chooses() {
    let mut desk = Desk::new();
    let (ann, ben) = (professional(1), professional(2));
    let start =
        desk.write(&ann, draft("assessment", "nutrition", &[("own", "Cooks"), ("wish", "-")]));
    let saw = vec![start.unwrap()];
    let mut mine = draft("assessment", "nutrition", &[("own", "Cooks at noon"), ("wish", "-")]);
    mine.saw = saw.clone();
    let mut theirs =
        draft("assessment", "nutrition", &[("own", "Cooks soup"), ("services", "None")]);
    theirs.saw = saw;
    desk.write(&ann, mine).unwrap();
    let Err(NotWritten::Conflict(conflict)) = desk.write(&ben, theirs.clone()) else { panic!() };
    let [differ] = conflict.differ.as_slice() else { panic!("{:?}", conflict.differ) };
    let said = |reply: &Option<Reply>| match reply {
        Some(Reply::Text(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(differ.question, QuestionId::new("own"));
    assert_eq!(said(&differ.before), "Cooks");
    assert_eq!(said(&differ.yours), "Cooks soup");
    assert_eq!(said(&differ.theirs[0].1), "Cooks at noon");
    // What Ben took out and Ann left alone stays out; what he added is in.
    let merged: Vec<&str> = conflict.merged.keys().map(QuestionId::as_str).collect();
    assert_eq!(merged, ["own", "services"]);
    let chosen = Draft { replies: conflict.merged, saw: conflict.saw, ..theirs };
    desk.write(&ben, chosen).unwrap();
    assert_eq!(desk.story.person().assessment.standing().count(), 1);
}

#[test]
fn sections_of_their_own_do_not_meet() {
    let mut desk = Desk::new();
    for (number, section) in ["nutrition", "hygiene", "toilet", "clothing"].iter().enumerate() {
        let who = professional(number as u128);
        desk.write(&who, draft("assessment", section, &[("own", "Manages")])).unwrap();
    }
    assert_eq!(desk.story.person().assessment.standing().count(), 4);
}

/// A voice tries to write over an earlier one, which it has seen; whether the earlier still stands.
fn over(first: (&str, Voice), then: (&str, Voice)) -> bool {
    let mut desk = Desk::new();
    let mut one = draft("assessment", "about-me", &[("wellness", "Before")]);
    one.voice = first.1;
    let before = desk.write(&actor(first.0), one).unwrap();
    let mut two = draft("assessment", "about-me", &[("wellness", "After")]);
    two.voice = then.1;
    two.saw = vec![before];
    desk.write(&actor(then.0), two).unwrap();
    desk.story.person().assessment.writing(before).unwrap().stands()
}

#[test]
fn professional_judgement_stands_beside_the_persons_words_and_never_over_them() {
    let (me, nurse) = ("resident", "community-nurse");
    let cases = [
        ((me, Voice::Own), (nurse, Voice::Professional), true),
        ((nurse, Voice::Recorded), (nurse, Voice::Professional), true),
        ((nurse, Voice::Professional), (me, Voice::Own), true),
        ((nurse, Voice::Professional), (nurse, Voice::Recorded), true),
        // Nobody rewrites what somebody wrote with their own hand by writing down what they say.
        ((me, Voice::Own), (nurse, Voice::Recorded), true),
        ((nurse, Voice::Recorded), (me, Voice::Own), false),
        ((me, Voice::Own), (me, Voice::Own), false),
        ((nurse, Voice::Professional), ("social-worker", Voice::Professional), false),
    ];
    for (first, then, stands) in cases {
        assert_eq!(over(first, then), stands, "{first:?}, then {then:?}");
    }
    let mut desk = Desk::new();
    let mut forged = draft("assessment", "about-me", &[("wellness", "I am well")]);
    forged.voice = Voice::Own;
    let said = desk.write(&actor(nurse), forged).unwrap_err();
    let NotWritten::Refused(said) = said else { panic!("{said:?}") };
    assert!(said.to_string().starts_with("Only the person writes in their own hand"), "{said}");
    let own = draft("assessment", "nutrition", &[("own", "I cook")]);
    assert!(desk.write(&actor(me), own).is_err(), "nor does the person write as a professional");
    let mut judged = draft("assessment", "nutrition", &[("reason", "Because")]);
    judged.voice = Voice::Recorded;
    assert!(desk.write(&actor(nurse), judged).is_err(), "nor are judgements put in their mouth");
}

#[test]
fn what_was_written_for_fewer_stands_beside_what_all_may_read() {
    let mut desk = Desk::new();
    let open =
        desk.write(&professional(1), draft("assessment", "safety", &[("visiting", "A dog")]));
    let mut quiet = draft("assessment", "safety", &[("visiting", "A dog; the son is violent")]);
    quiet.audience = Audience::Professionals;
    quiet.saw = vec![open.unwrap()];
    desk.write(&professional(2), quiet).unwrap();
    let assessment = desk.story.person().assessment;
    assert_eq!(assessment.standing().count(), 2);
    let resident = desk.readable(&actor("resident"));
    let read: Vec<String> = resident
        .standing()
        .flat_map(|writing| writing.told.said.replies.values())
        .map(|reply| format!("{reply:?}"))
        .collect();
    assert_eq!(read, ["Text(\"A dog\")"]);
    // Whoever cannot read it is told of no conflict with it.
    let mut own = draft("assessment", "safety", &[("could-happen", "Nothing")]);
    own.voice = Voice::Own;
    desk.write(&actor("resident"), own).unwrap();
}

#[test]
fn confirming_says_with_whom_and_only_what_stands() {
    let mut desk = Desk::new();
    let (nurse, me) = (actor("community-nurse"), actor("resident"));
    let mut own = draft("assessment", "home", &[("suits-me", "Too many stairs")]);
    own.voice = Voice::Own;
    let own = desk.write(&me, own).unwrap();
    let view = desk.write(&nurse, draft("assessment", "home", &[("fire", "No alarm")])).unwrap();
    let try_to = |desk: &mut Desk, who: &Actor, entry: EntryNumber, words: &str| {
        desk.decide(who, |person, ground, asking| {
            confirm(person, entry, BTreeSet::new(), words, ground, asking)
        })
    };
    assert!(try_to(&mut desk, &nurse, own, "").is_err(), "with whom?");
    try_to(&mut desk, &nurse, own, "With Rosa, by telephone").unwrap();
    try_to(&mut desk, &me, own, "").unwrap();
    assert!(
        try_to(&mut desk, &me, view, "").is_err(),
        "a professional's view is theirs to confirm"
    );
    try_to(&mut desk, &actor("social-worker"), view, "").unwrap();
    assert!(try_to(&mut desk, &nurse, 1, "With Rosa").is_err(), "no such writing");
    assert!(try_to(&mut desk, &actor("finance-officer"), view, "").is_err());
    let out = desk.decide(&me, |_, ground, asking| {
        mark_outdated(view, BTreeSet::new(), "It was fitted in May", ground, asking)
    });
    out.unwrap();
    let work = desk.story.derived().work;
    assert!(work.iter().any(|work| work.task == Task::AskAgain && work.entry == view), "{work:?}");
    let mut newer = draft("assessment", "home", &[("fire", "An alarm")]);
    newer.saw = vec![view];
    desk.write(&nurse, newer).unwrap();
    assert!(try_to(&mut desk, &nurse, view, "").unwrap_err().to_string().contains("changed this"));
}

#[test]
fn safeguarding_is_read_by_few_and_raised_by_anybody() {
    let mut desk = Desk::new();
    let navigator = actor("care-navigator");
    let concern = desk.begin(&navigator, "safeguarding-concern", "Bruises").unwrap();
    let mut said =
        draft("safeguarding-concern", "what-happened", &[("facts", "Bruises on both arms")]);
    said.occasion = Some(concern);
    said.audience = Audience::Professionals;
    let entry = desk.write(&navigator, said).unwrap();
    for (role, reads) in [
        ("care-navigator", true),
        ("social-worker", true),
        ("team-lead", true),
        ("community-nurse", false),
        ("gp-practice", false),
        ("finance-officer", false),
        ("resident", false),
    ] {
        let readable = desk.readable(&actor(role));
        assert_eq!(readable.writing(entry).is_some(), reads, "{role}");
        assert_eq!(readable.form_begun(concern).is_some(), reads, "{role}");
    }
    let work = desk.story.derived().work;
    assert!(work.iter().any(|work| work.task == Task::FillForm && work.urgent));
    // The other forms are closed to whoever does not see them.
    let mut enquiry = draft("safeguarding-enquiry", "found", &[("findings", "None")]);
    enquiry.occasion = Some(concern);
    assert!(desk.write(&navigator, enquiry.clone()).is_err());
    assert!(desk.write(&actor("social-worker"), enquiry).is_err(), "not within a concern");
    let assessment = draft("assessment", "home", &[("fire", "None")]);
    assert!(desk.write(&actor("finance-officer"), assessment).is_err());
}

#[test]
fn what_answers_call_for_is_somebodys_work_until_it_is_answered() {
    let mut desk = Desk::new();
    let worker = actor("social-worker");
    let mut caring = draft("assessment", "caring", &[]);
    caring.voice = Voice::Recorded;
    let people = ["Maria", "Tunde"].map(|name| Named { name: name.to_owned(), ..Named::default() });
    caring.replies.insert(QuestionId::new("carers"), Reply::People(people.to_vec()));
    let first = desk.write(&worker, caring.clone()).unwrap();
    let prompts = |desk: &Desk| -> Vec<(Prompt, String)> {
        let all = desk.story.person().assessment.prompted;
        all.iter().map(|s| (s.prompted.said.prompt, s.prompted.said.about.clone())).collect()
    };
    let offered = |name: &str| (Prompt::CarersAssessment, name.to_owned());
    assert_eq!(prompts(&desk), [offered("Maria"), offered("Tunde")], "each carer, by name");
    // To write on about them does not ask again; another carer is asked for.
    caring.saw = vec![first];
    let Some(Reply::People(named)) = caring.replies.get_mut(&QuestionId::new("carers")) else {
        panic!()
    };
    named[0].words = "Shops".to_owned();
    named.push(Named { name: "Ife".to_owned(), ..Named::default() });
    desk.write(&worker, caring).unwrap();
    assert_eq!(prompts(&desk)[2..], [offered("Ife")]);
    let work = desk.story.derived().work;
    let open = work.iter().filter(|work| work.task == Task::AnswerPrompt);
    assert_eq!(open.map(|work| work.due.to_string()).collect::<Vec<_>>(), ["2026-11-28"; 3]);
    let entry = desk.story.person().assessment.prompted[0].prompted.entry;
    let answer = |desk: &mut Desk, who: &Actor, words: &str| {
        desk.decide(who, |person, ground, asking| {
            care::assess::prompt::answer(person, entry, false, words, ground, asking)
        })
    };
    assert!(
        answer(&mut desk, &worker, " ").unwrap_err().to_string().contains("why it is not done")
    );
    assert!(answer(&mut desk, &actor("resident"), "No").is_err());
    answer(&mut desk, &worker, "Maria does not want one now; asked again in May").unwrap();
    assert!(answer(&mut desk, &worker, "Again").is_err());
    assert_eq!(
        desk.story.person().assessment.prompted[0].answered.as_ref().map(|t| t.said.done),
        Some(false)
    );
}

#[test]
fn worry_about_harm_is_urgent_and_not_for_every_eye() {
    let mut desk = Desk::new();
    let mut money = draft("assessment", "money", &[]);
    money.voice = Voice::Recorded;
    money.replies.insert(QuestionId::new("pressure"), Reply::YesNo(YesNo::Yes));
    desk.write(&actor("care-navigator"), money).unwrap();
    let entry = desk.story.entries.last().unwrap();
    let Fact::Prompted(prompted) = &entry.fact else { panic!("{:?}", entry.fact) };
    assert_eq!((prompted.prompt, entry.audience), (Prompt::Safeguarding, Audience::Professionals));
    let work = desk.story.derived().work;
    assert!(
        work.iter().any(|w| w.urgent && w.task == Task::AnswerPrompt && w.due == desk.story.today)
    );
    // An assessment is not given up while it is open.
    let begun = desk.begin(&actor("social-worker"), "assessment", "").unwrap();
    let declined = desk.end(&actor("social-worker"), begun, Ending::Declined).unwrap_err();
    assert!(declined.to_string().contains("s11(2)"), "{declined}");
}

#[test]
fn a_form_is_work_until_it_is_finished_and_then_reviewed() {
    let mut desk = Desk::on_register();
    let worker = actor("social-worker");
    let begun = desk.begin(&worker, "assessment", "").unwrap();
    let work = desk.story.derived().work;
    assert_eq!((work[0].task, work[0].user), (Task::FillForm, Some(worker.user)));
    assert_eq!(desk.story.derived().summary.stage, Stage::Assessing);
    assert_eq!(work[0].due.to_string(), "2026-12-21");
    assert!(desk.begin(&worker, "assessment", "").is_err(), "one at a time");
    let early = desk.end(&worker, begun, Ending::Finished).unwrap_err().to_string();
    assert!(
        early.starts_with("This is not answered yet: ‘What is most important to me’"),
        "{early}"
    );
    desk.fill_in(&worker, "assessment", None);
    desk.end(&worker, begun, Ending::Finished).unwrap();
    let due = |desk: &Desk, task: Task| -> Vec<String> {
        let work = desk.story.derived().work;
        work.iter().filter(|w| w.task == task).map(|w| w.due.to_string()).collect()
    };
    assert_eq!(due(&desk, Task::FillForm), Vec::<String>::new());
    assert_eq!(due(&desk, Task::Review), ["2027-11-23"]);
    assert_eq!(desk.story.derived().summary.stage, Stage::Assessed);
    let review = desk.begin(&worker, "review", "").unwrap();
    assert_eq!(due(&desk, Task::Review), Vec::<String>::new());
    desk.end(&worker, review, Ending::Declined).unwrap();
    assert_eq!(due(&desk, Task::Review), ["2027-11-23"], "one not wanted leaves it due");
    assert!(desk.begin(&worker, "capacity", " ").is_err(), "capacity is for one decision");
    desk.begin(&worker, "capacity", "Whether to go home").unwrap();
    desk.begin(&worker, "capacity", "Whether to sell the flat").unwrap();
}

#[test]
fn the_person_reads_and_writes_their_own() {
    let mut desk = Desk::new();
    let me = actor("resident");
    let begun = desk.begin(&me, "carers-assessment", "").unwrap();
    let mut own = draft("carers-assessment", "my-caring", &[("good", "We laugh a lot")]);
    own.voice = Voice::Own;
    own.audience = Audience::Organisation;
    let entry = desk.write(&me, own).unwrap();
    let told = &desk.story.person().assessment.writing(entry).unwrap().told.clone();
    assert_eq!((told.audience, told.said.voice.side()), (Audience::Everyone, Side::Person));
    assert!(desk.readable(&me).form_begun(begun).is_some());
    // They do not begin what professionals do, nor say that their own is finished; they may stop it.
    assert!(desk.begin(&me, "capacity", "Whether to go home").is_err());
    assert!(desk.end(&me, begun, Ending::Finished).is_err());
    desk.end(&me, begun, Ending::Declined).unwrap();
}

#[test]
fn one_writing_takes_the_place_of_another_of_its_section_its_readers_and_its_voice() {
    let mut desk = Desk::new();
    let nurse = actor("community-nurse");
    let mut quiet = draft("assessment", "home", &[("suits-me", "The stairs are dark")]);
    quiet.audience = Audience::Organisation;
    let entry = desk.write(&nurse, quiet).unwrap();
    let old = desk.story.person().assessment.writing(entry).unwrap().told.clone();
    let (said, audience, author) = (old.said.clone(), old.audience, nurse.author());
    assert!(may_replace((&said, audience, &author), &old));
    let other = |change: &dyn Fn(&mut care::record::fact::assess::SectionWritten)| {
        let mut said = said.clone();
        change(&mut said);
        may_replace((&said, audience, &author), &old)
    };
    assert!(!other(&|said| said.form = care::record::ids::FormId::new("review")));
    assert!(!other(&|said| said.occasion = Some(9)));
    assert!(!other(&|said| said.section = SectionId::new("money")));
    assert!(!other(&|said| said.voice = Voice::Recorded));
    assert!(!may_replace((&said, Audience::Everyone, &author), &old));
    let elsewhere = actor("social-worker").author();
    assert!(!may_replace((&said, audience, &elsewhere), &old), "another organisation’s");
    let open = care::record::person::Told { audience: Audience::Everyone, ..old };
    assert!(may_replace((&said, Audience::Everyone, &elsewhere), &open), "what all read");
}

#[test]
fn sent_twice_is_once_and_two_windows_of_one_writer_meet() {
    let mut desk = Desk::new();
    let (ann, ben) = (professional(1), professional(2));
    let soup = draft("assessment", "nutrition", &[("own", "Cooks soup")]);
    desk.write(&ann, soup.clone()).unwrap();
    desk.write(&ann, soup.clone()).unwrap();
    let entry = desk.story.entries.last().unwrap().clone();
    let same = [NewEntry {
        on: entry.on,
        recorded_at: entry.recorded_at,
        author: entry.author,
        audience: entry.audience,
        corrects: None,
        fact: entry.fact,
    }];
    for (seconds, twice) in [(-60, true), (0, false)] {
        // A form that was shown since is another.
        let shown = desk.story.now.plus_seconds(seconds);
        let entries = &desk.story.entries;
        assert_eq!(care::who::writing::sent_twice(entries, &same, shown), twice, "{seconds}");
    }
    let other = draft("assessment", "nutrition", &[("own", "Cooks rice")]);
    assert!(matches!(desk.write(&ann, other), Err(NotWritten::Conflict(_))));
    // Having seen it, whoever writes the same again changes nothing, and is told so.
    let mut same = soup.clone();
    same.saw = desk.readable(&ben).standing().map(Writing::entry).collect();
    let NotWritten::Refused(said) = desk.write(&ben, same).unwrap_err() else { panic!() };
    assert!(said.to_string().contains("already what the record says"), "{said}");
    assert!(matches!(desk.write(&ben, soup), Err(NotWritten::Conflict(_))), "it is not his");
}

#[test]
fn a_section_is_good_for_as_long_as_what_is_new_in_it() {
    let mut desk = Desk::new();
    let worker = actor("social-worker");
    // Of who lives with somebody an answer is good for a year, of whose home it is for two.
    let mut home = draft("assessment", "home", &[]);
    home.voice = Voice::Recorded;
    let chooses = |home: &mut Draft, id: &str, code: &str| {
        home.replies.insert(QuestionId::new(id), Reply::Choice(code.to_owned()))
    };
    let good_until = |desk: &Desk, entry: EntryNumber| {
        let told = &desk.story.person().assessment.writing(entry).unwrap().told.clone();
        told.said.good_until.map(|day| day.to_string())
    };
    chooses(&mut home, "lives-with", "alone");
    chooses(&mut home, "tenure", "council");
    let first = desk.write(&worker, home.clone()).unwrap();
    assert_eq!(good_until(&desk, first).as_deref(), Some("2028-11-23"));
    chooses(&mut home, "lives-with", "family");
    home.saw = vec![first, first];
    let second = desk.write(&worker, home.clone()).unwrap();
    assert_eq!(good_until(&desk, second).as_deref(), Some("2027-11-23"));
    let saw = desk.story.person().assessment.writing(second).unwrap().told.said.saw.clone();
    assert_eq!(saw, [first], "what was seen is named once");
    // What was taken out, or is new, is not still so.
    home.saw = vec![second];
    home.replies.remove(&QuestionId::new("tenure"));
    text(&mut home, "suits-me", "The stairs");
    home.still_so = ["lives-with", "tenure", "suits-me", "adapted"].map(QuestionId::new).into();
    desk.write(&worker, home).unwrap();
    let confirmed = desk.story.entries.iter().find_map(|entry| match &entry.fact {
        Fact::SectionConfirmed(confirmed) => Some(confirmed.questions.clone()),
        _ => None,
    });
    assert_eq!(confirmed, Some([QuestionId::new("lives-with")].into()));
}

#[test]
fn the_persons_words_are_theirs_to_read_and_a_view_is_for_fewer_only_where_the_form_says_so() {
    let nurse = actor("community-nurse");
    let cases = [
        (Voice::Professional, Audience::Everyone, true),
        (Voice::Professional, Audience::Organisation, true),
        (Voice::Professional, Audience::Professionals, true),
        (Voice::Recorded, Audience::Everyone, true),
        (Voice::Recorded, Audience::Organisation, false),
        (Voice::Recorded, Audience::Professionals, false),
    ];
    for (voice, audience, taken) in cases {
        let mut home = draft("assessment", "home", &[("suits-me", "The stairs are dark")]);
        (home.voice, home.audience) = (voice, audience);
        let written = Desk::new().write(&nurse, home);
        assert_eq!(written.is_ok(), taken, "{voice:?} for {audience:?}");
    }
    let mut concern = Desk::new();
    let begun = concern.begin(&nurse, "safeguarding-concern", "").unwrap();
    let form = concern.forms.get(&care::record::ids::FormId::new("safeguarding-concern")).unwrap();
    let (section, question) =
        form.questions().find(|(_, question)| question.side == Side::Professional).unwrap();
    for (audience, taken) in [(Audience::Everyone, false), (form.audience, true)] {
        let mut written = draft("safeguarding-concern", section.id.as_str(), &[]);
        written.replies.insert(question.id.clone(), crate::desk::some_reply(question));
        (written.occasion, written.audience) = (Some(begun), audience);
        assert_eq!(concern.write(&nurse, written).is_ok(), taken, "{audience:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whoever writes what, having seen whatever of it: each version stands, or was replaced by one
    /// whose author had it before them and could replace it.
    #[test]
    fn nothing_is_replaced_unseen(
        moves in prop::collection::vec((0u128..4, 0usize..5, 0usize..8, any::<bool>(), any::<bool>()), 1..14)
    ) {
        let mut desk = Desk::new();
        let mut written: Vec<EntryNumber> = Vec::new();
        for (who, question, back, quiet, words) in moves {
            let saw: Vec<EntryNumber> = written.iter().rev().skip(back).take(1).copied().collect();
            let mut draft = draft("assessment", "nutrition", &[]);
            if let Some(seen) = saw.first() {
                let all = desk.story.person().assessment;
                draft.replies = all.writing(*seen).unwrap().told.said.replies.clone();
            }
            text(&mut draft, QUESTIONS[question], &format!("{who} {words}"));
            draft.saw = saw;
            draft.voice = if words { Voice::Recorded } else { Voice::Professional };
            draft.audience = if quiet { Audience::Professionals } else { Audience::Everyone };
            match desk.write(&professional(who), draft.clone()) {
                Ok(entry) => written.push(entry),
                Err(NotWritten::Conflict(conflict)) => {
                    let both = Draft { replies: conflict.merged, saw: conflict.saw, ..draft };
                    match desk.write(&professional(who), both) {
                        Ok(entry) => written.push(entry),
                        Err(NotWritten::Refused(Refusal::NotNow(why))) => {
                            prop_assert!(why.contains("already"), "{}", why);
                        }
                        Err(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
                    }
                }
                Err(NotWritten::Refused(_)) => {}
            }
        }
        let assessment = desk.story.person().assessment;
        for writing in assessment.writings() {
            if let Some(by) = writing.replaced_by {
                let new = &assessment.writing(by).unwrap().told;
                let again = new.said == writing.told.said && new.author == writing.told.author;
                prop_assert!(again || new.said.saw.contains(&writing.entry()));
                prop_assert!(may_replace((&new.said, new.audience, &new.author), &writing.told));
            }
        }
        // Of each kind of writing one stands: conflicts were all resolved.
        let mut kinds = BTreeSet::new();
        for writing in assessment.standing() {
            let key = (writing.told.said.voice, writing.told.audience);
            prop_assert!(kinds.insert(key), "{key:?} stands twice");
        }
        let place = SectionId::new("nutrition");
        prop_assert!(assessment.writings().all(|writing| *writing.place().section == place));
    }
}
