//! A story is never rewritten: a correction stands beside what it corrects.

use care::record::entry::Audience;
use care::record::fact::{Communication, Fact};
use care::record::person::Person;
use care::who::actor::Refusal;
use care::who::writing;
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
    assert!(matches!(again, Err(Refusal::NotNow(_))), "what is known is not told twice");
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
