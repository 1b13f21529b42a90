//! Practice worth sharing: found by its words and its theme, and gone once withdrawn; the same on both
//! engines.

use care::plan::practice::{KeptNote, Note, Theme};
use care::record::ids::NoteId;
use store::engine::Tx;
use store::{Store, StoreError, practice};

use crate::engines::each;
use crate::people::{author, day, user};

fn kept(number: u8, on: &str, theme: Theme, title: &str) -> KeptNote {
    KeptNote {
        id: NoteId::from_bytes([number; 16]),
        on: day(on),
        author: author(),
        note: Note {
            theme,
            title: title.to_owned(),
            situation: "Somebody who lives alone, after three falls".to_owned(),
            done: "We went to the café together".to_owned(),
            learned: "Go along the first time".to_owned(),
        },
    }
}

fn found(store: &Store, words: &str, theme: Option<Theme>) -> Vec<String> {
    let found = store.read(|tx| practice::search(tx, words, theme, None, 20)).expect("an answer");
    found.into_iter().map(|kept| kept.note.title).collect()
}

fn write<T: Send + 'static>(
    store: &Store,
    work: impl FnMut(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.write(work).expect("a change")
}

#[test]
fn notes_are_found_by_words_and_theme_page_by_page_and_a_withdrawn_one_by_nothing() {
    each(|store| {
        let all = [
            kept(1, "2026-11-20", Theme::Community, "A lunch club"),
            kept(2, "2026-11-22", Theme::Hospital, "Home on a Friday"),
            kept(3, "2026-11-21", Theme::Community, "A choir, and lunch after it"),
        ];
        for one in all.clone() {
            write(store, move |tx| practice::add(tx, &one));
        }
        let again = KeptNote { id: NoteId::from_bytes([9; 16]), ..all[0].clone() };
        let same = write(store, move |tx| practice::add(tx, &again));
        assert_eq!(same, all[0].id, "what is sent twice is kept once");

        let newest = ["Home on a Friday", "A choir, and lunch after it", "A lunch club"];
        assert_eq!(found(store, "", None), newest);
        assert_eq!(found(store, "CAFE fall", None), newest, "by beginnings, without accents");
        assert_eq!(found(store, "lunch", None), newest[1..]);
        assert_eq!(found(store, "lunch choir", None), newest[1..2]);
        assert_eq!(found(store, "lunch", Some(Theme::Hospital)), Vec::<String>::new());
        assert_eq!(found(store, "", Some(Theme::Community)), newest[1..]);
        assert_eq!(found(store, "bingo", None), Vec::<String>::new());

        for words in ["", "falls"] {
            let mut pages = Vec::new();
            let mut after = None;
            loop {
                let page = store.read(|tx| practice::search(tx, words, None, after, 1)).unwrap();
                let Some(last) = page.last() else { break };
                after = Some((last.on, last.id));
                pages.extend(page.into_iter().map(|kept| kept.note.title));
            }
            assert_eq!(pages, newest, "‘{words}’ page by page");
        }

        let id = all[2].id;
        assert_eq!(store.read(|tx| practice::note(tx, id)).unwrap().as_ref(), Some(&all[2]));
        write(store, move |tx| practice::withdraw(tx, id, user(8), day("2026-11-23")));
        assert_eq!(store.read(|tx| practice::note(tx, id)).unwrap(), None);
        assert_eq!(found(store, "choir", None), Vec::<String>::new());
        assert_eq!(found(store, "", Some(Theme::Community)), newest[2..]);
    });
}
