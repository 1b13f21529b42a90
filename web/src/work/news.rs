//! What others wrote about a person that whoever works with them should know of: the answer to “what
//! changed since I last looked?”, asked by nobody.

use care::record::entry::Entry;
use care::record::fact::Fact;
use care::who::access::may_be_told;
use law::day::Day;
use store::engine::Tx;
use store::lists::Whom;
use store::{StoreError, access, stories};

use crate::app::Place;
use crate::names::EntryNames;
use crate::reading::ONLY_THE_NAME;
use crate::seat::Seat;
use crate::story::Teller;

/// After so many days something is news no more.
const DAYS: i32 = 28;
/// How much is told about one person: the newest.
const MOST: usize = 5;

/// What is new about a person.
#[derive(Debug)]
pub struct News {
    /// About whom.
    pub whom: Whom,
    /// What was written, the newest first.
    pub entries: Vec<Entry>,
}

/// About how many people it is told at once: when one of them was looked at, the next comes up.
pub const PEOPLE: usize = 10;
/// How many entries are looked through for it, of each.
const LOOKED_THROUGH: u32 = 20;

/// What is new about people, each with the day of the last entry about them: those about whom
/// something was written last come first.
pub fn newest(
    tx: &mut dyn Tx,
    seat: &Seat,
    mut people: Vec<(Day, Whom)>,
) -> Result<Vec<News>, StoreError> {
    people.sort_by_key(|(last, whom)| (std::cmp::Reverse(*last), whom.person));
    let mut news = Vec::new();
    for (last, whom) in people {
        news.extend(of(tx, seat, whom, last)?);
        if news.len() == PEOPLE {
            break;
        }
    }
    Ok(news)
}

/// What others wrote about somebody of whose team the user is, since they last looked at the record;
/// nothing where there is nothing. `last` is the day of the last entry, so that quiet records are not read.
fn of(tx: &mut dyn Tx, seat: &Seat, whom: Whom, last: Day) -> Result<Option<News>, StoreError> {
    if last < seat.today.plus_days(-DAYS) {
        return Ok(None);
    }
    let looked = access::last_look(tx, whom.person, seat.actor.user, ONLY_THE_NAME)?;
    let since = looked.unwrap_or_else(|| seat.now.plus_seconds(-i64::from(DAYS) * 86_400));
    let entries = stories::since(tx, whom.person, since, seat.actor.user, LOOKED_THROUGH)?;
    let entries = entries.into_iter();
    let entries = entries.filter(|entry| is_news(entry) && may_be_told(&seat.actor, entry));
    let entries: Vec<Entry> = entries.take(MOST).collect();
    Ok((!entries.is_empty()).then_some(News { whom, entries }))
}

/// Whether what another wrote is news: not that somebody looked, nor what only keeps the record in order.
fn is_news(entry: &Entry) -> bool {
    let order = matches!(
        entry.fact,
        Fact::Begun(_)
            | Fact::RecordOpened(_)
            | Fact::OpeningReviewed(_)
            | Fact::Prompted(_)
            | Fact::LetterGiven(_)
            | Fact::SectionConfirmed(_)
    );
    !order && entry.corrects.is_none()
}

/// What is new, in a line.
pub fn told(place: &Place, names: &EntryNames, entry: &Entry) -> String {
    let teller = Teller { place, names, corrects: None, own: None };
    let (title, on) = (teller.title(&entry.fact), entry.on.in_words());
    format!("{title} ({}, {on})", entry.author.name)
}
