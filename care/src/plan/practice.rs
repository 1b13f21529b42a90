//! Practice worth sharing, written up from a case and stripped of the person: who they are, who cares for
//! them and who works with them does not get through. It is a net, and its writer affirms the rest.
//!
//! A name is found in any case, without its accents, with an ending of possession, spelled out, or with
//! what cannot be seen within it. Deliberately absent: guessing at misspellings, which would take common
//! words for names.

use std::collections::BTreeSet;

use law::choices;
use law::day::{Day, month_named};
use unicode_normalization::UnicodeNormalization;

use crate::find::search::folded;
use crate::record::entry::Author;
use crate::record::fact::Identity;
use crate::record::fact::assess::Reply;
use crate::record::ids::{NhsNumber, NoteId};
use crate::record::person::Person;
use crate::who::actor::{Actor, Asking, Refusal, words};
use crate::who::role::Right;

choices! {
    /// What a note is about.
    Theme {
        /// Coming home from hospital, and staying out of it.
        Hospital "hospital" "Hospital, and coming home from it",
        Health "health" "Living well with conditions",
        Home "home" "Staying in one’s own home",
        Community "community" "People and groups nearby",
        /// Those who care for somebody.
        Carers "carers" "Carers",
        Technology "technology" "Technology and equipment",
        Work "work" "Work and learning",
        Mind "mind" "Mental health",
        EndOfLife "end-of-life" "The end of life",
        /// Working together across organisations.
        Together "together" "Working together",
    }
}

/// What is worth sharing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub theme: Theme,
    /// Its title.
    pub title: String,
    /// How it was.
    pub situation: String,
    /// What was done.
    pub done: String,
    /// What was learned.
    pub learned: String,
}

/// A note as it is kept: by whom, and on which day; of nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNote {
    /// Its id.
    pub id: NoteId,
    /// The day on which it was written.
    pub on: Day,
    /// Who wrote it.
    pub author: Author,
    /// What it says.
    pub note: Note,
}

impl Note {
    fn fields(&self) -> [(&'static str, &str, &'static str); 4] {
        [
            ("title", &self.title, "Give it a title"),
            ("situation", &self.situation, "Write how it was, without saying who"),
            ("what-done", &self.done, "Write what was done"),
            ("learned", &self.learned, "Write what others can learn from it"),
        ]
    }

    /// The words by which it is found.
    pub fn tokens(&self) -> BTreeSet<String> {
        self.fields().into_iter().flat_map(|(_, text, _)| tokens(text)).collect()
    }
}

/// The words of a text, as they are looked for.
pub fn tokens(text: &str) -> BTreeSet<String> {
    split(text).map(|word| folded(&word)).filter(|word| !word.is_empty()).collect()
}

/// Writes a note up: refused with one sentence where somebody could be known by it.
pub fn write(
    id: NoteId,
    note: &Note,
    affirmed: bool,
    known: &Identifiers,
    asking: &Asking<'_>,
) -> Result<KeptNote, Refusal> {
    asking.require(Right::WritePlan, "Writing up practice")?;
    if asking.actor.person.is_some() {
        return Err(Refusal::NotNow("This is for those who work with people to write".to_owned()));
    }
    let mut kept = note.clone();
    for ((field, text, ask), into) in note.fields().into_iter().zip([
        &mut kept.title,
        &mut kept.situation,
        &mut kept.done,
        &mut kept.learned,
    ]) {
        *into = words(field, text, ask)?;
        if let Some(found) = known.found_in(into) {
            let message =
                format!("{found}: take it out, so that nobody can tell whom this is about");
            return Err(Refusal::missing(field, message));
        }
    }
    if !affirmed {
        let ask = "Read it again, and say that nobody can be known by it";
        return Err(Refusal::missing("affirm", ask));
    }
    Ok(KeptNote { id, on: asking.today, author: asking.actor.author(), note: kept })
}

/// Whether somebody may withdraw a note: who wrote it, or a lead of their organisation.
pub fn may_withdraw(kept: &KeptNote, actor: &Actor) -> bool {
    let lead = actor.role.may(Right::FindOwner) && actor.organisation == kept.author.organisation;
    kept.author.user == actor.user || lead
}

/// What must not get through of a person: who they are, and who is round them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// Parts of names, folded.
    names: BTreeSet<String>,
    /// Lines of addresses, in folded words.
    addresses: BTreeSet<Vec<String>>,
    postcodes: BTreeSet<String>,
    born: BTreeSet<Day>,
}

impl Identifiers {
    /// Of a person: as the register has them, and as their story tells of them and of those around them.
    pub fn of(person: &Person, identities: &[Identity], others: &[String]) -> Self {
        let mut known = Self::default();
        let told = person.begun.as_ref().map(|begun| &begun.said.identity);
        for identity in identities.iter().chain(told) {
            known.person(identity);
        }
        for member in &person.team {
            known.name(&member.name);
        }
        for link in &person.carers.links {
            known.name(&link.name);
        }
        let card = person.carers.card.iter().flat_map(|told| &told.said.steps_in);
        let replies =
            person.assessment.writings().flat_map(|writing| writing.told.said.replies.values());
        let named = replies.filter_map(|reply| match reply {
            Reply::People(people) => Some(people),
            _ => None,
        });
        for one in card.chain(named.flatten()) {
            known.name(&one.name);
        }
        for name in others {
            known.name(name);
        }
        known
    }

    fn person(&mut self, identity: &Identity) {
        let parts = |name: &str| split(name).map(|part| folded(&part)).collect::<Vec<_>>();
        let (given, family) = (parts(&identity.given), parts(&identity.family));
        // However common a word it is, their own name does not get through.
        let all = format!("{} {}", identity.given, identity.family);
        let all = given.into_iter().chain(family).chain(joined(&all).map(folded));
        self.names.extend(all.filter(|part| part.chars().count() > 1));
        for line in &identity.address {
            let line = parts(line);
            let street: Vec<String> =
                line.iter().filter(|part| !has_figure(part)).cloned().collect();
            let numbered = street.len() < line.len();
            if numbered && street.len() > 1 {
                self.addresses.insert(street);
            } else if line.len() > 1 {
                self.addresses.insert(line);
            }
        }
        self.postcodes
            .extend(identity.postcode.as_deref().map(folded).filter(|code| code.len() > 4));
        self.born.extend(identity.born.map(law::day::PartialDay::first));
    }

    /// Somebody round them: what of their name is written as a name, and is not a title.
    fn name(&mut self, name: &str) {
        for part in split(name).chain(joined(name).map(str::to_owned)) {
            let is_name = part.chars().next().is_some_and(|first| !first.is_lowercase());
            let part = folded(&part);
            if is_name && part.chars().count() > 1 && !TITLES.contains(&part.as_str()) {
                self.names.insert(part);
            }
        }
    }

    /// What of a text somebody can be known by, in words; None where there is nothing.
    fn found_in(&self, text: &str) -> Option<String> {
        let text: &str = &text.nfkc().collect::<String>();
        let seen: Vec<String> = split(text).collect();
        if let Some(mixed) = seen.iter().find(|word| mixes_alphabets(word)) {
            return Some(format!("‘{mixed}’ mixes letters of two alphabets"));
        }
        let words: Vec<String> =
            spelled_out(&seen.iter().map(|word| folded(word)).collect::<Vec<_>>());
        if let Some(name) = words.iter().find(|word| self.is_name(word)) {
            return Some(format!("‘{name}’ is a name from their record"));
        }
        for line in &self.addresses {
            if words.windows(line.len()).any(|part| part == line.as_slice()) {
                return Some(format!("‘{}’ is from their address", line.join(" ")));
            }
        }
        let pairs = words.windows(2).map(<[String]>::concat).chain(words.iter().cloned());
        if let Some(code) = pairs.into_iter().find(|word| self.postcodes.contains(word)) {
            return Some(format!("‘{}’ is their postcode", code.to_uppercase()));
        }
        if text.contains('@') {
            return Some("An e-mail address".to_owned());
        }
        if words.windows(3).any(|three| self.is_born(three)) || self.is_born_in_figures(&words) {
            return Some("Their date of birth".to_owned());
        }
        figures(text).map(|digits| {
            let nhs = NhsNumber::parse(&digits).is_ok();
            let what = if nhs { "an NHS number" } else { "a telephone number" };
            format!("‘{digits}’ could be {what}")
        })
    }

    fn is_name(&self, word: &str) -> bool {
        // The apostrophe of possession may have been left out.
        let bare = word.strip_suffix('s').filter(|bare| bare.chars().count() > 2);
        self.is_of_names(word) || bare.is_some_and(|bare| self.is_of_names(bare))
    }

    /// Whether a word is a name, or several run together.
    fn is_of_names(&self, word: &str) -> bool {
        // No name is longer, and a longer word would take long to take apart.
        word.len() <= LONGEST
            && self.names.iter().any(|name| {
                let rest = word.strip_prefix(name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || self.is_of_names(rest))
            })
    }

    /// Whether three words are the day, in any order.
    fn is_born(&self, three: &[String]) -> bool {
        let is_day = |word: &str, day: Day| {
            let figure = word.trim_end_matches(|one: char| one.is_ascii_alphabetic());
            figure.parse() == Ok(day.day_of_month())
        };
        let is_month = |word: &str, day: Day| {
            month_named(word) == Some(day.month()) || word.parse() == Ok(day.month())
        };
        let is_year = |word: &str, day: Day| {
            word.parse() == Ok(day.year())
                || (word.len() == 2 && word.parse() == Ok(day.year().rem_euclid(100)))
        };
        ORDERS.iter().any(|[one, two, three_th]| {
            self.born.iter().any(|day| {
                is_day(&three[*one], *day)
                    && is_month(&three[*two], *day)
                    && is_year(&three[*three_th], *day)
            })
        })
    }

    /// Whether one word is the day in figures alone.
    fn is_born_in_figures(&self, words: &[String]) -> bool {
        self.born.iter().any(|day| {
            let (year, month, on) = (day.year(), day.month(), day.day_of_month());
            let short = year.rem_euclid(100);
            let written = [
                format!("{on:02}{month:02}{year}"),
                format!("{year}{month:02}{on:02}"),
                format!("{on:02}{month:02}{short:02}"),
            ];
            words.iter().any(|word| written.contains(word))
        })
    }
}

/// In which places of three words a day, a month and a year can stand.
const ORDERS: [[usize; 3]; 4] = [[0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0]];

/// What stands before names, and names nobody.
const TITLES: [&str; 16] = [
    "mr", "mrs", "ms", "miss", "dr", "doctor", "nurse", "sister", "the", "my", "her", "his", "our",
    "and", "aunt", "uncle",
];

/// The words of a text; what cannot be seen parts no word, and an apostrophe does.
fn split(text: &str) -> impl Iterator<Item = String> {
    let seen: String = text.chars().filter(|one| !is_invisible(*one)).collect();
    let parts = |one: char| !one.is_alphanumeric() && !is_mark(one);
    let words: Vec<String> =
        seen.split(parts).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

/// The parts of a name with what an apostrophe joins in one: O’Brien.
fn joined(name: &str) -> impl Iterator<Item = &str> {
    name.split(|one: char| one.is_whitespace() || one == '-')
}

fn is_invisible(one: char) -> bool {
    matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// A mark that stands on the letter before it.
fn is_mark(one: char) -> bool {
    matches!(one, '\u{300}'..='\u{36f}')
}

/// Whether a word has letters of Latin and of another alphabet that look like them.
fn mixes_alphabets(word: &str) -> bool {
    let alike = |one: char| matches!(one, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}');
    word.chars().any(alike) && word.chars().any(|one| one.is_ascii_alphabetic())
}

/// The words, with letters that stand one by one as the word that they spell.
fn spelled_out(words: &[String]) -> Vec<String> {
    let mut all = words.to_vec();
    for run in words.chunk_by(|one, next| is_letter(one) && is_letter(next)) {
        if run.len() > 1 {
            all.push(run.concat());
        }
    }
    all
}

fn is_letter(word: &str) -> bool {
    word.chars().count() == 1
}

fn has_figure(word: &str) -> bool {
    word.chars().any(|one| one.is_ascii_digit())
}

/// A number as long as those that name somebody, however it is spaced.
fn figures(text: &str) -> Option<String> {
    let mut digits = String::new();
    for one in text.chars().filter(|one| !is_invisible(*one)).chain(std::iter::once('x')) {
        match one {
            one if one.is_ascii_digit() => digits.push(one),
            ' ' | '-' | '.' | '(' | ')' | '+' | '/' | '\u{a0}' => {}
            _ if digits.len() >= LEAST_FIGURES => return Some(digits),
            _ => digits.clear(),
        }
    }
    None
}

/// How long names run together can be, in bytes.
const LONGEST: usize = 60;

/// How many figures the shortest such number has.
const LEAST_FIGURES: usize = 9;
