//! Letters that wait to be given: each the work of whoever keeps the record, or of a team. What tells
//! of money is its team's, since not every keeper sees it.

use crate::record::fact::letter::LetterKind;
use crate::record::person::Person;

use super::{Task, Work, kept};

pub(super) fn work(person: &Person) -> Vec<Work> {
    let letters = person.letters();
    let waiting = letters.iter().filter_map(|letter| Some((letter, letter.waits()?)));
    let work = waiting.map(|(letter, due)| {
        let line = kept(person, Task::SendLetter, due.due, due.team.as_ref(), letter.entry);
        let team = due.team.clone();
        let line = match (letter.kind, team) {
            (LetterKind::Charge, Some(team)) => Work { team: Some(team), user: None, ..line },
            _ => line,
        };
        // Nobody keeps the record and no team has it in hand: whoever decided.
        let nobodys = line.team.is_none() && line.user.is_none();
        Work { user: line.user.or(nobodys.then_some(letter.author.user)), ..line }
    });
    work.collect()
}
