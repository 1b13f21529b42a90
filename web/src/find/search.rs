//! Searching for a person: within one's caseload by any part of a name; outside it only by what
//! names one person exactly (docs/decisions/0004).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use askama::Template;
use axum::response::Response;
use care::find::register::Resident;
use care::find::search::{SearchQuery, folded, tokens};
use care::record::derived::Stage;
use care::record::fact::Identity;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::access::{Subject, relationship};
use care::who::role::Right;
use store::engine::Tx;
use store::{StoreError, access, lists, register};

use crate::ask::{link, paragraph};
use crate::components::{Markup, Pagination, Search, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::{self, Page};
use crate::posted::Asked;
use crate::reading;
use crate::seat::Seat;
use crate::whom::{self, full_name};

/// How many people one page shows.
const PAGE: usize = 20;
/// How many candidates are looked at for one page.
const CANDIDATES: u32 = 200;

#[derive(Template)]
#[template(path = "find/search.html")]
struct SearchPage {
    page: Page,
    search: Search,
    count: Option<String>,
    results: Vec<ResultView>,
    next: Option<Pagination>,
    after: Vec<Markup>,
}

struct ResultView {
    href: String,
    name: String,
    about: String,
}

/// Somebody a search may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Who.
    pub person: PersonId,
    /// Who they are.
    pub identity: Identity,
    /// The surgery where they are registered.
    pub practice: Option<String>,
    /// Whether whoever asks works with them.
    pub within: bool,
}

/// Everyone a search may show, and where it goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Who.
    pub people: Vec<Match>,
    /// After whom the next page begins.
    pub next: Option<PersonId>,
}

/// Shows the search, and what it found.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::Search)?;
    let typed = asked.value("q").trim().to_owned();
    let query = SearchQuery::read(&typed);
    let input = TextInput::new("q", "Name, NHS number or date of birth")
        .hint("For example Mensah, 999 123 4567, or Okonkwo 17/5/1960")
        .value(typed.as_str());
    let mut view = SearchPage {
        page: seat.page("Search for a person", "/search"),
        search: Search::new("/search", input),
        count: None,
        results: Vec::new(),
        next: None,
        after: Vec::new(),
    };
    if typed.is_empty() {
        view.count = sent_empty(&asked).map(str::to_owned);
        return page::show(&view);
    }
    let from = asked.value("after").parse().ok();
    let matches = seat.write(move |tx, seat| matches(tx, seat, &query, from)).await?;
    view.count = Some(match matches.people.len() {
        0 => "Nobody to show".to_owned(),
        1 if matches.next.is_none() => "1 person".to_owned(),
        count if matches.next.is_none() => format!("{count} people"),
        count => format!("{count} people on this page"),
    });
    view.next = matches.next.map(|next| {
        let query = escaped(&typed);
        Pagination::new("Results").next(format!("/search?q={query}&after={next}"))
    });
    view.results = matches.people.iter().map(|one| result_view(&seat, one)).collect();
    view.after.push(paragraph(
        "People you do not work with are found only by their NHS number, or by their full name and \
         date of birth.",
    ));
    if seat.actor.role.may(Right::RecordContact) {
        view.after.push(link("Record a contact about somebody else", "/contact"));
    }
    page::show(&view)
}

/// What is said where a search was sent with nothing to search for; None where none was sent.
pub fn sent_empty(asked: &Form) -> Option<&'static str> {
    let sent = asked.answers().any(|(name, _)| name == "q");
    sent.then_some("Type a name, an NHS number or a date of birth, then search")
}

/// A text as the value of a query (RFC 3986, 2.1).
pub(crate) fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        let _ = write!(escaped, "%{byte:02X}");
        escaped
    })
}

fn result_view(seat: &Seat, one: &Match) -> ResultView {
    let mut about = Vec::new();
    if one.within {
        about.extend(one.identity.born.map(|born| format!("Born {}", born.in_words())));
        about.extend(
            one.identity.nhs_number.map(|number| format!("NHS number {}", number.spaced())),
        );
        about
            .extend(one.practice.as_deref().map(|practice| seat.app.place.practice_name(practice)));
    } else {
        about.extend(one.identity.born.map(|born| format!("Born in {}", born.first().year())));
        about.push("you do not work with this person: you will be asked for a reason".to_owned());
    }
    ResultView {
        href: format!("/person/{}", one.person),
        name: full_name(&one.identity),
        about: about.join("; "),
    }
}

/// Finds those whom whoever asks may be shown. That they searched is written down.
pub fn matches(
    tx: &mut dyn Tx,
    seat: &Seat,
    query: &SearchQuery,
    from: Option<PersonId>,
) -> Result<Matches, StoreError> {
    let mut found = Matches::default();
    if from.is_none() {
        for (person, identity) in lists::described(tx, query, CANDIDATES)? {
            let subject = described_subject(tx, seat, person)?;
            keep(seat, query, &subject, identity, &mut found);
        }
    }
    let beside = found.people.len();
    let mut from = from;
    if let Some(after) = from {
        // Where a page begins must not tell that somebody is there.
        let mut known = Matches::default();
        if let Some(resident) = register::resident(tx, after)? {
            consider(tx, seat, query, &resident, &mut known)?;
        }
        if known.people.is_empty() {
            return Ok(found);
        }
    }
    // Pages of candidates until a page of people is full: counts and paging are of what may be
    // shown, never of what is there.
    for _ in 0..GOES {
        let page = register::search(tx, query, CANDIDATES, from)?;
        for resident in &page.residents {
            consider(tx, seat, query, resident, &mut found)?;
            if found.people.len() > beside + PAGE {
                // One more than fits, so there is a next page: it begins after the last that does.
                found.people.pop();
                found.next = found.people.last().map(|last| last.person);
                break;
            }
        }
        from = page.next;
        if from.is_none() || found.next.is_some() {
            break;
        }
    }
    let search = access::Search {
        at: seat.now,
        by: seat.actor.author(),
        what: "a search for a person".to_owned(),
        shown: u32::try_from(found.people.len()).unwrap_or(u32::MAX),
    };
    access::append_search(tx, &search)?;
    Ok(found)
}

/// How many pages of candidates one search reads at most.
const GOES: usize = 10;

/// Keeps somebody on the register, if whoever asks may be shown them.
fn consider(
    tx: &mut dyn Tx,
    seat: &Seat,
    query: &SearchQuery,
    resident: &Resident,
    found: &mut Matches,
) -> Result<(), StoreError> {
    let subject = register_subject(tx, seat, resident)?;
    let identity = whom::identity_of(Some(resident), &Person::unwritten(resident.person));
    keep(seat, query, &subject, identity, found);
    Ok(())
}

fn keep(
    seat: &Seat,
    query: &SearchQuery,
    subject: &Subject,
    identity: Identity,
    found: &mut Matches,
) {
    let within = relationship(&seat.actor, subject).is_some();
    if within || (!subject.restricted && is_exact(query, &identity)) {
        found.people.push(Match {
            person: subject.person,
            identity,
            practice: subject.practice.clone(),
            within,
        });
    }
}

/// Whether a query names exactly this person: by number; or by date of birth and both names whole.
fn is_exact(query: &SearchQuery, identity: &Identity) -> bool {
    if query.number.is_some() {
        return query.number == identity.nhs_number;
    }
    let typed = |word: &String| query.words.contains(word);
    // However it is typed: in one word, or each part of it.
    let whole = |name: &str| {
        let parts: Vec<String> = name
            .split(|letter: char| !letter.is_alphanumeric())
            .map(folded)
            .filter(|part| !part.is_empty())
            .collect();
        let words: Vec<String> = name.split_whitespace().map(folded).collect();
        !parts.is_empty()
            && (typed(&folded(name)) || parts.iter().all(typed) || words.iter().all(typed))
    };
    let given = tokens(&identity.given, "").iter().any(typed);
    query.born.is_some() && whole(&identity.family) && given
}

fn register_subject(
    tx: &mut dyn Tx,
    seat: &Seat,
    resident: &Resident,
) -> Result<Subject, StoreError> {
    let person = resident.person;
    let covered = resident.practice.as_deref().is_some_and(|ods| seat.actor.covers(ods));
    let stage = lists::stage(tx, person)?;
    let known = stage.is_some();
    // Only within the area does it matter whether a run found them.
    let found = covered && !reading::newest_found(tx, &seat.app, person)?.is_empty();
    let mut subject = Subject {
        person,
        practice: resident.practice.clone(),
        in_touch: stage.is_some_and(|stage| stage != Stage::Known) || found,
        members: if known { lists::members(tx, person)? } else { Vec::new() },
        teams: BTreeMap::new(),
        restricted: resident.restricted,
    };
    if known {
        reading::add_teams(tx, seat, &mut subject)?;
    }
    Ok(subject)
}

fn described_subject(
    tx: &mut dyn Tx,
    seat: &Seat,
    person: PersonId,
) -> Result<Subject, StoreError> {
    let mut subject = Subject {
        person,
        practice: None,
        in_touch: true,
        members: lists::members(tx, person)?,
        teams: BTreeMap::new(),
        restricted: false,
    };
    reading::add_teams(tx, seat, &mut subject)?;
    Ok(subject)
}
