//! What answers call for is asked once: while it waits for an answer, and after it, until there is
//! another reason.

use std::collections::{BTreeMap, BTreeSet};

use care::assess::form::PromptWhen;
use care::assess::prompt;
use care::record::entry::EntryNumber;
use care::record::fact::assess::{Named, Prompt, Reply, Voice, YesNo};
use care::record::ids::QuestionId;
use law::pence::Pence;

use crate::desk::{Desk, draft};
use crate::place::actor;

fn somebody(name: &str) -> Named {
    Named { name: name.to_owned(), ..Named::default() }
}

/// Writes down what the person says, over what stands in that section.
fn says(desk: &mut Desk, section: &str, replies: &[(&str, Reply)]) {
    let worker = actor("social-worker");
    let mut written = draft("assessment", section, &[]);
    written.voice = Voice::Recorded;
    let readable = desk.readable(&worker);
    let here = readable.standing().filter(|writing| writing.place().section.as_str() == section);
    for writing in here {
        written.saw = vec![writing.entry()];
        written.replies = writing.told.said.replies.clone();
    }
    let replies = replies.iter().map(|(id, reply)| (QuestionId::new(*id), reply.clone()));
    written.replies.extend(replies);
    desk.write(&worker, written).unwrap();
}

fn choice(code: &str) -> Reply {
    Reply::Choice(code.to_owned())
}

fn asked(desk: &Desk, of: Prompt) -> Vec<EntryNumber> {
    let all = desk.story.person().assessment.prompted;
    let these = all.iter().filter(|state| state.prompted.said.prompt == of);
    these.map(|state| state.prompted.entry).collect()
}

fn answer(desk: &mut Desk, prompted: EntryNumber) {
    desk.decide(&actor("social-worker"), |person, ground, asking| {
        prompt::answer(person, prompted, true, "Talked about with Rosa", ground, asking)
    })
    .unwrap();
}

#[test]
fn one_reason_asks_once_and_another_asks_again() {
    let mut desk = Desk::new();
    // A worry that is open for another thing does not stand in the way.
    says(&mut desk, "money", &[("pressure", Reply::YesNo(YesNo::Yes))]);
    says(&mut desk, "isolation", &[("often", choice("hardly"))]);
    assert_eq!(asked(&desk, Prompt::Network).len(), 1);
    // While it waits, the same from elsewhere adds nothing.
    says(&mut desk, "safety", &[("feel-safe", Reply::YesNo(YesNo::No))]);
    let worries = asked(&desk, Prompt::Safeguarding);
    assert_eq!(worries.len(), 1);
    // Answered, what was so already does not ask again …
    let network = asked(&desk, Prompt::Network)[0];
    answer(&mut desk, network);
    says(&mut desk, "isolation", &[("belong", Reply::Text("Sundays are long".to_owned()))]);
    assert_eq!(asked(&desk, Prompt::Network).len(), 1);
    // … and what is so anew does.
    says(&mut desk, "isolation", &[("often", choice("weekly"))]);
    says(&mut desk, "isolation", &[("often", choice("hardly"))]);
    assert_eq!(asked(&desk, Prompt::Network).len(), 2);
    answer(&mut desk, worries[0]);
    says(&mut desk, "safety", &[("feel-safe", Reply::YesNo(YesNo::Yes))]);
    says(&mut desk, "safety", &[("feel-safe", Reply::YesNo(YesNo::No))]);
    assert_eq!(asked(&desk, Prompt::Safeguarding).len(), 2);
}

#[test]
fn a_carer_is_offered_an_assessment_once_by_name_wherever_they_are_named() {
    let mut desk = Desk::new();
    // Something else was asked, about nobody by name.
    says(&mut desk, "money", &[("pressure", Reply::YesNo(YesNo::Yes))]);
    let twice = Reply::People(vec![somebody("Maria"), somebody("Maria")]);
    says(&mut desk, "caring", &[("carers", twice)]);
    let offered = asked(&desk, Prompt::CarersAssessment);
    assert_eq!(offered.len(), 1, "one Maria");
    // She does not want one now. Named again elsewhere, she is not asked a second time.
    answer(&mut desk, offered[0]);
    let worker = actor("social-worker");
    let begun = desk.begin(&worker, "review", "").unwrap();
    let mut review = draft("review", "changed", &[]);
    review.voice = Voice::Recorded;
    review.occasion = Some(begun);
    let people = vec![somebody("Maria"), somebody("Tunde")];
    review.replies.insert(QuestionId::new("carers"), Reply::People(people));
    desk.write(&worker, review).unwrap();
    let all = desk.story.person().assessment.prompted;
    let about: Vec<&str> = all.iter().map(|state| state.prompted.said.about.as_str()).collect();
    assert_eq!(about, ["", "Maria", "Tunde"]);
    // That the person cares for somebody themself is another thing.
    says(&mut desk, "caring", &[("cares", Reply::YesNo(YesNo::Yes))]);
    assert_eq!(asked(&desk, Prompt::CarersAssessment).len(), 3);
}

#[test]
fn an_answer_calls_for_something_where_it_says_it_and_not_where_it_says_nothing() {
    let when = |codes: &[&str]| PromptWhen {
        prompt: Prompt::Network,
        when: codes.iter().map(ToString::to_string).collect(),
        because: "There is nobody near.".to_owned(),
    };
    let codes = |codes: &[&str]| Reply::Choices(codes.iter().map(ToString::to_string).collect());
    let table = |rows: usize| Reply::Rows(vec![BTreeMap::new(); rows]);
    // Each answer; whether it says something; and whether it says ‘yes’ or ‘alone’.
    let cases = [
        (Reply::RatherNotSay, false, false),
        (Reply::YesNo(YesNo::Yes), true, true),
        (Reply::YesNo(YesNo::No), false, false),
        (Reply::YesNo(YesNo::NotKnown), false, false),
        (Reply::Text(String::new()), false, false),
        (Reply::Text("yes".to_owned()), true, false),
        (choice("alone"), true, true),
        (choice("with-family"), true, false),
        (Reply::Choices(BTreeSet::new()), false, false),
        (codes(&["with-family"]), true, false),
        (codes(&["alone", "with-family"]), true, true),
        (Reply::People(Vec::new()), false, false),
        (Reply::People(vec![somebody("Maria")]), true, false),
        (table(0), false, false),
        (table(1), true, false),
        (Reply::Number(0), true, false),
        (Reply::Amount(Pence::ZERO), true, false),
    ];
    for (reply, something, one_of) in cases {
        assert_eq!(when(&[]).holds(&reply), something, "{reply:?}");
        assert_eq!(when(&["yes", "alone"]).holds(&reply), one_of, "{reply:?}");
    }
}
