//! A list of where every chain ends, to be kept elsewhere: against it, even a story that was cut
//! short together with its end, written anew as a whole, or taken away entirely is found.
//!
//! One line of JSON for each chain, and a last line that counts them:
//!
//! ```text
//! {"chain":"story","person":"…","length":12,"head":"<64 hexadecimal digits>"}
//! {"heads":1}
//! ```

use std::io::{BufRead, Write};

use care::record::hash::Hash;
use serde::{Deserialize, Serialize};

use crate::engine::{StoreError, Tx, statements};
use crate::verify::{Chain, Fault, Wrong};

statements! {
    whole STORY_HEADS = "select person_id, length, head from story order by person_id";
    whole ACCESS_HEADS = "select person_id, length, head from access_log order by person_id";
    key ENTRY_HASH = "select hash from entry where person_id = $1 and number = $2";
    key ACCESS_HASH = "select hash from access where person_id = $1 and number = $2";
}

/// Why heads could not be written, or read again.
#[derive(Debug, thiserror::Error)]
pub enum HeadsError {
    /// The file could not be written or read.
    #[error("the list of heads could not be written or read: {0}")]
    File(#[from] std::io::Error),
    /// A line is not one of ours, or the last is missing.
    #[error("line {0} of the list of heads is not as Kith wrote it: the file was altered or cut")]
    Line(u64),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End<'a> {
    chain: &'a str,
    person: &'a str,
    length: i64,
    head: &'a str,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    heads: u64,
}

/// Writes where every chain ends now, and says how many there are.
pub fn write(tx: &mut dyn Tx, to: &mut dyn Write) -> Result<u64, HeadsError> {
    let mut count = 0;
    let mut failed = Ok(());
    for (chain, statement) in [(Chain::Story, STORY_HEADS), (Chain::Access, ACCESS_HEADS)] {
        tx.query(statement, &[], &mut |row| {
            let (person, length, head) = (row.text(0)?, row.integer(1)?, row.text(2)?);
            if failed.is_ok() {
                count += 1;
                failed = line(to, &End { chain: chain.as_str(), person, length, head });
            }
            Ok(())
        })?;
    }
    failed?;
    line(to, &Count { heads: count })?;
    to.flush()?;
    Ok(count)
}

fn line(to: &mut dyn Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *to, value)?;
    to.write_all(b"\n")
}

/// Whether every chain of an earlier list is still there and goes on from where it ended.
pub fn check(tx: &mut dyn Tx, from: &mut dyn BufRead) -> Result<Vec<Fault>, HeadsError> {
    let mut faults = Vec::new();
    let (mut line, mut number) = (String::new(), 0);
    loop {
        line.clear();
        if from.read_line(&mut line)? == 0 {
            return Err(HeadsError::Line(number + 1));
        }
        if let Ok(end) = serde_json::from_str::<Count>(&line) {
            let rest = from.read(&mut [0])?;
            return if end.heads == number && rest == 0 {
                Ok(faults)
            } else {
                Err(HeadsError::Line(number + 1))
            };
        }
        number += 1;
        let head: End<'_> = serde_json::from_str(&line).map_err(|_| HeadsError::Line(number))?;
        let then = Hash::parse(head.head).ok_or(HeadsError::Line(number))?;
        let (chain, statement) = match head.chain {
            "story" => (Chain::Story, ENTRY_HASH),
            "access" => (Chain::Access, ACCESS_HASH),
            _ => return Err(HeadsError::Line(number)),
        };
        let values = [head.person.into(), head.length.into()];
        let now = tx.one(statement, &values, |row| Ok(Hash::parse(row.text(0)?)))?;
        let wrong = match now {
            None => Wrong::Gone(head.length),
            Some(now) if now != Some(then) => Wrong::Rewritten(head.length),
            Some(_) => continue,
        };
        faults.push(Fault { person: head.person.to_owned(), chain, wrong });
    }
}
