//! Practice worth sharing: notes that name nobody, found by their words and their theme. Nothing in them
//! leads to a person.

use care::plan::practice::{KeptNote, Note, Theme, tokens};
use care::record::entry::Author;
use care::record::ids::{NoteId, UserId};
use law::day::Day;

use crate::engine::{Row, StoreError, Tx, Value, statements};

statements! {
    key ADD = "insert into practice_note (note_id, written_on, user_id, user_name, role, organisation,
        theme, title, situation, done, learned) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    key ADD_WORD = "insert into practice_word (token, note_id) values ($1, $2)";
    key NOTE = "select note_id, written_on, user_id, user_name, role, organisation, theme, title,
        situation, done, learned from practice_note where note_id = $1 and withdrawn_on is null";
    key OF_DAY = "select note_id, written_on, user_id, user_name, role, organisation, theme, title,
        situation, done, learned from practice_note
        where user_id = $1 and written_on = $2 and withdrawn_on is null order by note_id";
    key NEWEST = "select note_id, written_on, user_id, user_name, role, organisation, theme, title,
        situation, done, learned from practice_note
        where withdrawn_on is null and (written_on, note_id) < ($1, $2)
        order by written_on desc, note_id desc limit $3";
    key NEWEST_OF = "select note_id, written_on, user_id, user_name, role, organisation, theme, title,
        situation, done, learned from practice_note
        where theme = $4 and withdrawn_on is null and (written_on, note_id) < ($1, $2)
        order by written_on desc, note_id desc limit $3";
    key WITH_WORD = "select note_id from practice_word where token >= $1 and token < $2 limit 5000";
    key WITHDRAW = "update practice_note set title = '', situation = '', done = '', learned = '',
        withdrawn_on = $2, withdrawn_by = $3 where note_id = $1";
    key FORGET_WORDS = "delete from practice_word where note_id = $1";
}

/// Keeps a note, with the words by which it is found; once, where its author sent it twice.
pub fn add(tx: &mut dyn Tx, kept: &KeptNote) -> Result<NoteId, StoreError> {
    let (author, note) = (&kept.author, &kept.note);
    let day = kept.on.to_string();
    let user = author.user.to_string();
    let today = tx.all(OF_DAY, &[(&user).into(), (&day).into()], read)?;
    if let Some(same) = today.into_iter().find(|other| other.note == *note) {
        return Ok(same.id);
    }
    let id = kept.id.to_string();
    tx.execute(
        ADD,
        &[
            (&id).into(),
            (&day).into(),
            (&user).into(),
            (&author.name).into(),
            author.role.as_str().into(),
            author.organisation.as_str().into(),
            note.theme.code().into(),
            (&note.title).into(),
            (&note.situation).into(),
            (&note.done).into(),
            (&note.learned).into(),
        ],
    )?;
    for token in note.tokens() {
        tx.execute(ADD_WORD, &[(&token).into(), (&id).into()])?;
    }
    Ok(kept.id)
}

/// A note that is shared.
pub fn note(tx: &mut dyn Tx, id: NoteId) -> Result<Option<KeptNote>, StoreError> {
    tx.one(NOTE, &[(&id.to_string()).into()], read)
}

/// Withdraws a note: what it said is gone, and who withdrew it stays.
pub fn withdraw(tx: &mut dyn Tx, id: NoteId, by: UserId, on: Day) -> Result<(), StoreError> {
    let id = id.to_string();
    let (on, by) = (on.to_string(), by.to_string());
    tx.execute(WITHDRAW, &[(&id).into(), (&on).into(), (&by).into()])?;
    tx.execute(FORGET_WORDS, &[(&id).into()]).map(drop)
}

/// Notes with all of these words, or their beginnings, and of a theme; the newest first, after the last
/// one of the page before.
pub fn search(
    tx: &mut dyn Tx,
    words: &str,
    theme: Option<Theme>,
    after: Option<(Day, NoteId)>,
    limit: u32,
) -> Result<Vec<KeptNote>, StoreError> {
    let words = tokens(words);
    let (day, id) = match after {
        Some((day, id)) => (day.to_string(), id.to_string()),
        None => (LATEST.to_owned(), String::new()),
    };
    if words.is_empty() {
        let values = [Value::from(&day), (&id).into(), limit.into()];
        return match theme {
            None => tx.all(NEWEST, &values, read),
            Some(theme) => {
                let of = [values[0], values[1], values[2], theme.code().into()];
                tx.all(NEWEST_OF, &of, read)
            }
        };
    }
    let mut ids: Option<Vec<NoteId>> = None;
    for word in &words {
        let end = format!("{word}{}", char::MAX);
        let mut with = tx.all(WITH_WORD, &[word.into(), (&end).into()], |row| {
            row.parsed(0, |text| text.parse::<NoteId>().ok())
        })?;
        with.sort_unstable();
        with.dedup();
        if let Some(before) = &ids {
            with.retain(|id| before.binary_search(id).is_ok());
        }
        ids = Some(with);
    }
    let mut found = Vec::new();
    for id in ids.unwrap_or_default() {
        found.extend(note(tx, id)?);
    }
    let key = |kept: &KeptNote| (kept.on.to_string(), kept.id.to_string());
    found.retain(|kept| {
        theme.is_none_or(|theme| kept.note.theme == theme) && key(kept) < (day.clone(), id.clone())
    });
    found.sort_by_key(|kept| std::cmp::Reverse(key(kept)));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// After every day.
const LATEST: &str = "9999-99-99";

fn read(row: &Row<'_>) -> Result<KeptNote, StoreError> {
    Ok(KeptNote {
        id: row.parsed(0, |text| text.parse().ok())?,
        on: row.parsed(1, |text| Day::parse(text).ok())?,
        author: Author {
            user: row.parsed(2, |text| text.parse().ok())?,
            name: row.text(3)?.to_owned(),
            role: care::record::ids::RoleId::new(row.text(4)?),
            organisation: care::record::ids::OrganisationId::new(row.text(5)?),
        },
        note: Note {
            theme: row.parsed(6, Theme::named)?,
            title: row.text(7)?.to_owned(),
            situation: row.text(8)?.to_owned(),
            done: row.text(9)?.to_owned(),
            learned: row.text(10)?.to_owned(),
        },
    })
}
