//! The letters that a team has still to give: those that were given to it, and those of teams whose work
//! came to it since.

use care::find::places::caseload::{came_from, went_to};
use care::record::ids::TeamId;
use care::who::role::Part;
use store::StoreError;
use store::engine::Tx;
use store::work::{self, LetterPlace};

use crate::owner::{self, Line};
use crate::seat::Seat;

/// Letters of a team, from one place in its list on.
pub struct Waiting {
    /// Each, and whether whoever asks may see of whom it is.
    pub letters: Vec<(Line, bool)>,
    /// Where the list goes on.
    pub next: Option<LetterPlace>,
}

/// The next letters after a place, of at most so many lines; of what whoever asks may be told of.
pub fn after(
    tx: &mut dyn Tx,
    seat: &Seat,
    team: &TeamId,
    after: Option<LetterPlace>,
    most: u32,
) -> Result<Waiting, StoreError> {
    let place = &seat.app.place;
    let given = came_from((&place.teams, &place.places), team, seat.today);
    let mut waiting = Waiting { letters: Vec::new(), next: after };
    loop {
        let mut lines = Vec::new();
        for given in &given {
            lines.extend(work::letters_of(tx, given, waiting.next, most)?);
        }
        lines.sort_by_key(|line| line.due.letter_place());
        let whole = lines.len() >= most as usize;
        lines.truncate(most as usize);
        waiting.next = lines.last().filter(|_| whole).map(|line| line.due.letter_place());
        for line in lines {
            waiting.letters.extend(owner::letter_of(tx, seat, team, line)?);
        }
        // Of what came from others, all may have gone elsewhere.
        if waiting.next.is_none() || !waiting.letters.is_empty() {
            return Ok(waiting);
        }
    }
}

/// How many letters lines are read of at once, where they are counted one by one.
const AT_ONCE: u32 = 500;

/// How many letters a team has to give, of what whoever asks may be told of.
pub fn counted(tx: &mut dyn Tx, seat: &Seat, team: &TeamId) -> Result<u32, StoreError> {
    let place = (&seat.app.place.teams, &seat.app.place.places);
    let same = came_from(place, team, seat.today).len() == 1
        && went_to(place, team, seat.today).len() == 1;
    if same {
        let kinds = work::letters_counted(tx, team)?;
        let told = kinds.iter().filter(|(kind, _)| seat.actor.role.sees(part(kind)));
        return Ok(told.map(|(_, count)| count).sum());
    }
    // Work that changed hands is looked at line by line.
    let (mut count, mut from) = (0, None);
    loop {
        let waiting = after(tx, seat, team, from, AT_ONCE)?;
        count += u32::try_from(waiting.letters.len()).unwrap_or(u32::MAX);
        from = waiting.next;
        if from.is_none() {
            return Ok(count);
        }
    }
}

/// The part of the page to which what a letter tells belongs, by the kind of its entry. No letter tells
/// of what not everybody may read who sees that part.
fn part(kind: &str) -> Part {
    if kind == CHARGE { Part::Means } else { Part::Assessment }
}

/// What a letter about a charge tells of.
const CHARGE: &str = "charge-decided";
