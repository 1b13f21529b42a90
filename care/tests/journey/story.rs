//! A story is never rewritten: a correction stands beside what it corrects.

use care::record::entry::{Audience, Entry, NewEntry};
use care::record::fact::{Communication, Fact};
use care::record::person::Person;
use care::who::actor::{Actor, Asking, Refusal, WORDS_MAX};
use care::who::{team, writing};
use proptest::prelude::*;

use crate::place::{Telling, actor, begun, person_id};

#[test]
fn a_correction_keeps_what_was_written() {
    let mut story = Telling::new();
    let nurse = actor("community-nurse");
    story
        .tell(&nurse, |person, asking| {
            writing::note(person, "Lives on the 4th floor", Audience::Everyone, begun(), asking)
        })
        .unwrap();
    let entries = story.entries.clone();
    story
        .tell(&nurse, |person, asking| {
            writing::correct_note(person.id, &entries, 2, "Lives on the 14th floor", asking)
        })
        .unwrap();
    assert_eq!(story.entries.len(), 3);
    assert_eq!(story.entries[2].corrects, Some(2));
    assert_eq!(story.entries[..2], entries[..], "what stood there stands");
    let entries = story.entries.clone();
    let wrong = story
        .tell(&nurse, |person, asking| writing::correct_note(person.id, &entries, 1, "x", asking));
    assert_eq!(wrong, Err(Refusal::NoSuchEntry(1)), "only a note is corrected as one");
}

#[test]
fn a_note_for_one_organisation_cannot_be_corrected_by_another() {
    let mut story = Telling::new();
    story
        .tell(&actor("community-nurse"), |person, asking| {
            writing::note(person, "For us", Audience::Organisation, begun(), asking)
        })
        .unwrap();
    let entries = story.entries.clone();
    let refused = story.tell(&actor("social-worker"), |person, asking| {
        writing::correct_note(person.id, &entries, 2, "mine now", asking)
    });
    assert_eq!(refused, Err(Refusal::NoSuchEntry(2)), "and that it is there is not confirmed");
}

/// An entry as the form that led to it would add it again.
fn again(entry: Entry) -> NewEntry {
    let Entry { on, recorded_at, author, audience, corrects, fact, .. } = entry;
    NewEntry { on, recorded_at, author, audience, corrects, fact }
}

#[test]
fn a_form_sent_twice_is_known_by_its_writer_its_words_and_when_it_was_shown() {
    let (worker, nurse) = (actor("social-worker"), actor("community-nurse"));
    let before = Telling::new();
    let note = |story: &mut Telling, who: &Actor, words: &str, audience: Audience| {
        story
            .tell(who, |person, asking| writing::note(person, words, audience, begun(), asking))
            .unwrap();
    };
    // What a form would add, had it been sent now: without what begins a story.
    let would = |story: &Telling, who: &Actor, words: &str, audience: Audience| {
        let mut after = story.clone();
        note(&mut after, who, words, audience);
        vec![again(after.entries.pop().unwrap())]
    };
    let mut story = before.clone();
    note(&mut story, &worker, "Rang: nobody there", Audience::Everyone);
    let (shown, sent) = (story.now.plus_seconds(-60), story.now);
    let twice =
        |story: &Telling, new: &[NewEntry], shown| writing::sent_twice(&story.entries, new, shown);
    let same = would(&story, &worker, "Rang: nobody there", Audience::Everyone);
    assert!(twice(&story, &same, shown));
    assert!(!twice(&story, &same, sent), "a form that was shown since is another");
    assert!(!twice(&story, &[], shown), "nothing was sent");
    for (who, words, audience) in [
        (&nurse, "Rang: nobody there", Audience::Everyone),
        (&worker, "Rang: no answer", Audience::Everyone),
        (&worker, "Rang: nobody there", Audience::Professionals),
    ] {
        let other = would(&story, who, words, audience);
        assert!(!twice(&story, &other, shown), "{words} by {}", who.name);
        assert!(!twice(&story, &[same.clone(), other].concat(), shown), "one of two is new");
    }
    // Notes stand beside each other: what others wrote meanwhile changes nothing …
    let mut meanwhile = story.clone();
    note(&mut meanwhile, &nurse, "Dressed the leg", Audience::Everyone);
    assert!(twice(&meanwhile, &same, shown));
    // … and of what replaces something only what stands counts: said, unsaid and said again.
    let speak = |story: &mut Telling, who: &Actor, language: &str| {
        let said = Communication {
            language: Some(language.to_owned()),
            interpreter: false,
            needs: String::new(),
            adjustments: String::new(),
            letters: None,
        };
        story
            .tell(who, |person, asking| writing::communication(person, &said, begun(), asking))
            .unwrap();
        vec![again(story.entries.last().unwrap().clone())]
    };
    let igbo = speak(&mut story, &worker, "Igbo");
    assert!(twice(&story, &igbo, shown));
    let mut other = story.clone();
    speak(&mut other, &nurse, "Yoruba");
    assert!(!twice(&other, &igbo, shown), "somebody else said otherwise since");
    let mut corrected = igbo.clone();
    corrected[0].corrects = Some(1);
    assert!(!twice(&story, &corrected, shown), "a correction is not what it corrects");
}

#[test]
fn words_are_kept_whole_up_to_their_limit_and_nothing_is_cut_off() {
    let longest = "é".repeat(WORDS_MAX);
    for (words, taken) in [(longest.clone(), true), (longest + "é", false)] {
        let told = Telling::new().tell(&actor("social-worker"), |person, asking| {
            writing::note(person, &words, Audience::Everyone, begun(), asking)
        });
        assert_eq!(told.is_ok(), taken, "{} characters", words.chars().count());
    }
}

#[test]
fn nobody_works_with_somebody_whose_story_has_not_begun() {
    let worker = actor("social-worker");
    let joins = Telling::new()
        .tell(&worker, |person, asking| team::join(person, &worker, true, asking))
        .unwrap_err();
    assert!(joins.to_string().contains("Nobody has started to work with this person"), "{joins}");
}

#[test]
fn a_story_read_on_is_the_story_read_whole_also_where_it_was_corrected() {
    let worker = actor("social-worker");
    let mut story = Telling::new();
    let speaks = |language: &str, corrects| {
        let said = Communication {
            language: Some(language.to_owned()),
            interpreter: true,
            needs: String::new(),
            adjustments: String::new(),
            letters: None,
        };
        move |_: &Person, asking: &Asking<'_>| {
            let fact = Fact::Communication(said);
            Ok(vec![NewEntry { corrects, ..asking.entry(fact) }])
        }
    };
    story.tell(&worker, |person, asking| Ok(asking.begin(person, begun()))).unwrap();
    story.tell(&worker, speaks("Igbo", None)).unwrap();
    story.tell(&worker, speaks("Yoruba", Some(2))).unwrap();
    story.tell(&worker, speaks("Twi", None)).unwrap();
    story.tell(&worker, speaks("Ga", Some(4))).unwrap();
    for known in 0..=story.entries.len() {
        let mut read_on = Person::fold(person_id(), &story.entries[..known]);
        for until in known..=story.entries.len() {
            read_on.lengthen(&story.entries[..until]);
            let whole = Person::fold(person_id(), &story.entries[..until]);
            assert_eq!(read_on, whole, "from {known} to {until}");
        }
    }
}

#[test]
fn somebody_is_in_the_team_once_and_may_take_the_record_over() {
    let (worker, nurse) = (actor("social-worker"), actor("community-nurse"));
    let mut story = Telling::new();
    story.tell(&worker, |person, asking| Ok(asking.begin(person, begun()))).unwrap();
    let joins = |story: &mut Telling, who: &Actor, keeper: bool| {
        story.tell(who, |person, asking| team::join(person, who, keeper, asking)).is_ok()
    };
    let keeper = |story: &Telling| story.person().keeper().map(|member| member.user);
    assert!(joins(&mut story, &worker, false));
    assert_eq!(keeper(&story), Some(worker.user), "the first in it keeps the record");
    assert!(!joins(&mut story, &worker, false));
    assert!(!joins(&mut story, &worker, true), "they keep it already");
    assert!(joins(&mut story, &nurse, false));
    assert!(!joins(&mut story, &nurse, false));
    assert!(joins(&mut story, &nurse, true), "and takes it over");
    assert_eq!(keeper(&story), Some(nurse.user));
}

#[test]
fn how_to_speak_with_the_person_is_said_once() {
    let mut story = Telling::new();
    let said = Communication {
        language: Some("Portuguese".to_owned()),
        interpreter: true,
        needs: "Large print".to_owned(),
        adjustments: "A ground-floor room".to_owned(),
        letters: None,
    };
    let worker = actor("social-worker");
    story
        .tell(&worker, |person, asking| writing::communication(person, &said, begun(), asking))
        .unwrap();
    let told = story.person().communication.unwrap();
    assert_eq!((told.said, told.author.name.as_str()), (said.clone(), "A social-worker"));
    let again = story
        .tell(&worker, |person, asking| writing::communication(person, &said, begun(), asking));
    let says = "This is already what the record says";
    assert_eq!(again.unwrap_err().to_string(), says);
}

proptest! {
    /// Folding is total, and depends on the entries alone: a story cut short folds to how it stood
    /// then, and its last number is its length.
    #[test]
    fn every_beginning_of_a_story_folds(words in proptest::collection::vec("[a-zé’ ]{1,20}", 1..12), cut in 0usize..30) {
        let mut story = Telling::new();
        let nurse = actor("community-nurse");
        for (index, text) in words.iter().enumerate() {
            let entries = story.entries.clone();
            let number = u32::try_from(index).unwrap();
            let _ = story.tell(&nurse, |person, asking| {
                if index % 3 == 2 {
                    writing::correct_note(person.id, &entries, number, text, asking)
                } else {
                    writing::note(person, text, Audience::Everyone, begun(), asking)
                }
            });
        }
        let cut = cut.min(story.entries.len());
        let person = Person::fold(person_id(), &story.entries[..cut]);
        prop_assert_eq!(person.last as usize, cut);
        prop_assert_eq!(person.begun.is_some(), cut > 0);
        for entry in &story.entries {
            let text = serde_json::to_string(&entry.fact).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Fact>(&text).unwrap(), &entry.fact);
        }
    }
}
