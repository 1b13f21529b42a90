//! Search, lists, counts and paging show only whom they may: tried on small registers drawn at
//! random, against an oracle written from the policy's own words, not from the code.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use care::record::entry::NewEntry;
use care::record::fact::{Begun, Fact, Identity};
use care::record::ids::{PersonId, UserId};
use law::day::{Day, PartialDay};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::standings::{begun, contact, entry, invitation, joined};
use super::world::{
    Browser, ELSEWHERE, FAR_TEAM, HERE, NEXT_DOOR, Seat, TEAM, World, nhs_number, resident, seat,
    start, stranger,
};

/// Names as they are written, with the plain words each is found by, by hand: first the whole, then
/// its parts.
const FAMILIES: [(&str, &[&str]); 8] = [
    ("Mensah", &["mensah"]),
    ("O’Brien", &["obrien", "brien"]),
    ("Müller", &["muller"]),
    ("Smith-Jones", &["smithjones", "smith", "jones"]),
    ("van der Berg", &["vanderberg", "van", "der", "berg"]),
    ("Núñez", &["nunez"]),
    ("D'Souza", &["dsouza", "souza"]),
    ("Łukasik", &["lukasik"]),
];
const GIVENS: [(&str, &[&str]); 4] =
    [("Zoë", &["zoe"]), ("José", &["jose"]), ("Søren", &["soren"]), ("Amina", &["amina"])];

/// What is typed for a whole family name, and what it stands for. All of these name it wholly.
fn spellings(family: usize) -> &'static [&'static str] {
    const SPELLINGS: [&[&str]; 8] = [
        &["Mensah", "MENSAH"],
        &["O’Brien", "O'Brien", "obrien"],
        &["Müller", "muller", "Mu\u{308}ller"],
        &["Smith-Jones", "smith jones", "smithjones", "Jones Smith"],
        &["van der Berg", "vanderberg", "Van Der Berg"],
        &["Núñez", "nunez", "NUÑEZ"],
        &["D'Souza", "D’Souza", "dsouza"],
        &["Łukasik", "lukasik"],
    ];
    SPELLINGS[family]
}

/// One person of a register.
#[expect(clippy::struct_excessive_bools, reason = "what may be so of a person, drawn apart")]
#[derive(Debug, Clone)]
struct One {
    family: usize,
    given: usize,
    day: i8,
    practice: &'static str,
    /// Where they were when the newest run found them, if it did; and whether an older one did.
    found: Option<&'static str>,
    found_before: bool,
    restricted: bool,
    /// In touch with us: invited, or with a contact for this team.
    invited: bool,
    contact: Option<&'static str>,
    /// Which of the users are in their team.
    members: BTreeSet<usize>,
    /// Not on the register: described at the front door, with a contact.
    described: bool,
}

/// Roles, reach and right to search, as `policy/access/roles.toml` says them.
const USERS: [(&str, &str); 8] = [
    ("contact-officer", "team"),
    ("social-worker", "area"),
    ("community-nurse", "area"),
    ("gp-practice", "practice"),
    ("care-navigator", "team"),
    ("team-lead", "area"),
    ("hospital-discharge", "team"),
    ("finance-officer", "team"),
];

fn one() -> impl Strategy<Value = One> {
    let practice = || prop::sample::select(vec![HERE, HERE, NEXT_DOOR, ELSEWHERE]);
    let team = prop::sample::select(vec![TEAM, "southwark-front-door", FAR_TEAM]);
    let rare = prop::bool::weighted;
    (
        (prop::sample::select(vec![0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]), 0..4_usize, 1..4_i8),
        (practice(), prop::option::weighted(0.5, practice()), rare(0.2), rare(0.2)),
        (rare(0.2), prop::option::weighted(0.2, team)),
        (prop::collection::btree_set(0..USERS.len(), 0..2), rare(0.08)),
    )
        .prop_map(|(name, place, touch, (members, described))| One {
            family: name.0,
            given: name.1,
            day: name.2,
            practice: place.0,
            // Most are still where they were.
            found: place.1.map(|other| if name.2 == 3 { other } else { place.0 }),
            found_before: place.2,
            restricted: place.3 && !described,
            invited: touch.0,
            contact: if described { Some(touch.1.unwrap_or(FAR_TEAM)) } else { touch.1 },
            members,
            described,
        })
}

impl One {
    fn id(number: usize) -> PersonId {
        resident(u32::try_from(number).unwrap(), HERE).person
    }

    fn born(&self) -> Day {
        Day::new(1960, 5, self.day).unwrap()
    }

    /// In touch with us, or found by the newest run: the caseload of their area.
    fn in_touch(&self) -> bool {
        self.invited || self.contact.is_some() || self.is_found()
    }

    fn is_found(&self) -> bool {
        self.found.is_some() && !self.described
    }

    fn has_story(&self) -> bool {
        self.described || self.invited || self.contact.is_some() || !self.members.is_empty()
    }
}

/// Whether a user works with somebody: what the head of roles.toml says of each reach.
fn works_with(user: usize, seat: &Seat, one: &One) -> bool {
    if one.members.contains(&user) {
        return true;
    }
    if one.restricted {
        return false;
    }
    // The invitation's answer is asked for by the far team.
    let teams = [one.contact, one.invited.then_some(FAR_TEAM)];
    if seat.team.is_some() && teams.contains(&seat.team) {
        return true;
    }
    let near = !one.described && [HERE, NEXT_DOOR].contains(&one.practice);
    match USERS[user].1 {
        "area" => near && one.in_touch(),
        "practice" => !one.described && one.practice == seat.organisation,
        _ => false,
    }
}

/// Something typed into the search box, and whom it fits, in plain words.
#[derive(Debug, Clone)]
struct Typed {
    text: String,
    /// Beginnings of words, all of which must fit.
    words: Vec<String>,
    born: Option<i8>,
    number: Option<usize>,
    /// The family and given name that are typed whole, if they are.
    whole: Option<(usize, usize)>,
}

fn typed() -> impl Strategy<Value = Typed> {
    let beginnings = vec!["m", "mens", "a", "o", "br", "jones", "smith", "van", "s", "zo", "nune"];
    let beginning = prop::sample::select(beginnings);
    let born = prop::option::of(1..4_i8);
    let part = (beginning, born).prop_map(|(word, born)| Typed {
        text: [word.to_owned(), born.map(date).unwrap_or_default()].join(" "),
        words: vec![word.to_owned()],
        born,
        number: None,
        whole: None,
    });
    let whole = (0..8_usize, 0..4_usize, 0..3_usize, prop::option::weighted(0.7, 1..4_i8));
    let whole = whole.prop_map(|(family, given, spelling, born)| {
        let spellings = spellings(family);
        let family_text = spellings[spelling % spellings.len()];
        let given_text = GIVENS[given].0;
        let mut words: Vec<String> = plain(family_text);
        words.push(GIVENS[given].1[0].to_owned());
        let date = born.map(date).unwrap_or_default();
        let text = format!("{given_text} {family_text} {date}");
        Typed { text, words, born, number: None, whole: Some((family, given)) }
    });
    let number = (0..60_usize).prop_map(|number| {
        let text = nhs_number(u32::try_from(number).unwrap()).spaced();
        Typed { text, words: Vec::new(), born: None, number: Some(number), whole: None }
    });
    prop_oneof![2 => part, 3 => whole, 1 => number]
}

/// The words of a spelling, without marks: by hand, for the letters used above.
fn plain(text: &str) -> Vec<String> {
    let letter = |letter: char| match letter {
        'ü' | 'ú' | 'Ú' => "u".to_owned(),
        'ñ' | 'Ñ' => "n".to_owned(),
        'Ł' | 'ł' => "l".to_owned(),
        '\'' | '’' | '-' | '\u{308}' => String::new(),
        other => other.to_ascii_lowercase().to_string(),
    };
    text.split(' ').map(|word| word.chars().map(letter).collect()).collect()
}

fn date(day: i8) -> String {
    format!("{day}/5/1960")
}

impl Typed {
    fn fits(&self, number: usize, one: &One) -> bool {
        let names: Vec<&str> = [FAMILIES[one.family].1, GIVENS[one.given].1].concat();
        let word = |word: &String| names.iter().any(|name| name.starts_with(word.as_str()));
        self.words.iter().all(word)
            && self.born.is_none_or(|day| day == one.day)
            && self.number.is_none_or(|wanted| wanted == number)
    }

    /// Decision 4: by NHS number, or by date of birth with the whole family name and a given name.
    fn names_exactly(&self, number: usize, one: &One) -> bool {
        self.number == Some(number)
            || (self.born == Some(one.day) && self.whole == Some((one.family, one.given)))
    }

    fn shows(&self, user: usize, seat: &Seat, number: usize, one: &One) -> bool {
        let outside = !one.restricted && self.names_exactly(number, one);
        self.fits(number, one) && (works_with(user, seat, one) || outside)
    }
}

fn people() -> impl Strategy<Value = Vec<One>> {
    prop::collection::vec(one(), 60)
}

/// Puts a register down, and signs everyone in.
fn lay(people: &[One]) -> (World, Vec<(Seat, Browser)>) {
    let world = World::new();
    let users: Vec<(Seat, Browser)> = USERS
        .iter()
        .map(|(role, _)| {
            let seat = seat(role);
            let browser = world.sign_in(&seat, None);
            (seat, browser)
        })
        .collect();
    let ids: Vec<UserId> = users.iter().map(|(_, browser)| browser.user).collect();
    let mut residents = Vec::new();
    let mut stories = Vec::new();
    let (mut found, mut before) = (Vec::new(), Vec::new());
    for (number, one) in people.iter().enumerate() {
        let at = u32::try_from(number).unwrap();
        let mut row = resident(at, one.practice);
        row.family = String::from(FAMILIES[one.family].0);
        row.given = String::from(GIVENS[one.given].0);
        row.born = Some(PartialDay::from(one.born()));
        row.restricted = one.restricted;
        if one.has_story() {
            stories.push((row.person, story(at, one, &ids)));
        }
        if one.is_found() {
            found.push((row.person, one.found.unwrap().to_owned(), 3 + at % 3));
        }
        if one.found_before && !one.described {
            before.push((row.person, one.practice.to_owned(), 3));
        }
        if !one.described {
            residents.push(row);
        }
    }
    world.register(residents);
    world.tell(stories);
    world.found(1, start().plus_seconds(-86_400), before);
    world.found(2, start(), found);
    (world, users)
}

fn story(number: u32, one: &One, users: &[UserId]) -> Vec<NewEntry> {
    let begins = if one.described {
        Fact::Begun(Begun {
            identity: Identity {
                given: GIVENS[one.given].0.to_owned(),
                family: FAMILIES[one.family].0.to_owned(),
                born: Some(PartialDay::from(one.born())),
                nhs_number: Some(nhs_number(number)),
                ..Identity::default()
            },
            on_register: false,
        })
    } else {
        begun(number)
    };
    let mut facts = vec![begins];
    facts.extend(one.contact.map(contact));
    facts.extend(one.invited.then(invitation));
    facts.extend(one.members.iter().map(|user| joined(users[*user], false)));
    facts.into_iter().map(|fact| entry(&stranger(), fact)).collect()
}

/// The people a page links to, in order.
fn linked(page: &str, start: &str) -> Vec<PersonId> {
    let marks = format!("href=\"{start}");
    let ids = page.split(&marks).skip(1).filter_map(|part| part.get(..36)?.parse().ok());
    ids.collect()
}

fn next_page(page: &str, start: &str) -> Option<String> {
    let marks = format!("href=\"{start}");
    let links = page.split(&marks).skip(1).filter_map(|part| part.split('"').next());
    let next = links.filter(|link| link.contains("after=")).last()?;
    Some(format!("{start}{}", next.replace("&#38;", "&").replace("&amp;", "&")))
}

/// Every page of a list: whom each shows, and the pages themselves.
async fn all_pages(
    world: &World,
    browser: &Browser,
    first: &str,
    base: &str,
) -> Vec<(Vec<PersonId>, String)> {
    let mut pages = Vec::new();
    let mut path = Some(first.to_owned());
    while let Some(at) = path {
        let answer = world.get(&at, browser).await;
        assert_eq!(answer.status, StatusCode::OK, "{at}: {}", answer.body);
        path = next_page(&answer.body, base);
        pages.push((linked(&answer.body, "/person/"), answer.body));
        assert!(pages.len() < 10, "pages without end: {at}");
    }
    pages
}

/// The count a page states: the number that its status begins with, or nobody.
fn stated(page: &str) -> usize {
    let (_, status) = page.split_once("role=\"status\">").unwrap();
    let status = status.strip_prefix("<h2 class=\"govuk-heading-m\">").unwrap_or(status);
    let first = status.split([' ', '<']).next().unwrap();
    if first == "Nobody" { 0 } else { first.parse().unwrap() }
}

pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}

#[test]
fn a_search_shows_counts_and_pages_over_nobody_else() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let case = (people(), prop::collection::vec(typed(), 10));
    let config =
        Config { cases: 4, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let mut runner = TestRunner::new(config);
    runner
        .run(&case, |(people, queries)| {
            let (world, users) = lay(&people);
            for typed in &queries {
                for (user, (seat, browser)) in users.iter().enumerate() {
                    runtime.block_on(search(&world, &people, typed, (user, seat, browser)));
                }
            }
            Ok(())
        })
        .unwrap();
}

async fn search(
    world: &World,
    people: &[One],
    typed: &Typed,
    (user, seat, browser): (usize, &Seat, &Browser),
) {
    let expected: BTreeSet<PersonId> = people
        .iter()
        .enumerate()
        .filter(|(number, one)| typed.shows(user, seat, *number, one))
        .map(|(number, _)| One::id(number))
        .collect();
    let case = format!("{typed:?} by {}", seat.role);
    let query = encoded(&typed.text);
    let pages = all_pages(world, browser, &format!("/search?q={query}"), "/search?").await;
    let shown: Vec<PersonId> = pages.iter().flat_map(|(people, _)| people.clone()).collect();
    let told: BTreeSet<PersonId> = shown.iter().copied().collect();
    assert_eq!(told, expected, "{case}");
    assert_eq!(shown.len(), told.len(), "{case}: nobody twice");
    let (last, full) = pages.split_last().unwrap();
    assert!(
        full.iter().all(|(people, _)| people.len() >= 20),
        "{case}: a page is full before a next"
    );
    assert!(full.is_empty() || !last.0.is_empty(), "{case}: a next page holds somebody");
    if full.is_empty() {
        assert_eq!(stated(&last.1), told.len(), "{case}: the count");
    }
    // What lies outside the caseload is a name and a year.
    for (number, one) in people.iter().enumerate() {
        let outside = !works_with(user, seat, one) && expected.contains(&One::id(number));
        let spaced = nhs_number(u32::try_from(number).unwrap()).spaced();
        let typed_it = typed.number == Some(number);
        assert!(!outside || typed_it || !last.1.contains(&spaced), "{case}: a number");
    }
    // The front door looks in the same way.
    let page = world.get(&format!("/contact?q={query}"), browser).await;
    let here: BTreeSet<PersonId> = linked(&page.body, "/contact/").into_iter().collect();
    assert!(here.is_subset(&expected), "{case}: at the front door");
    assert!(here.len() == expected.len() || here.len() >= 20, "{case}: at the front door");
    // To begin after somebody hidden is as to begin after nobody.
    let hidden = |(_, one): &(usize, &One)| one.restricted && !works_with(user, seat, one);
    if let Some((number, _)) = people.iter().enumerate().find(hidden) {
        let path = format!("/search?q={query}&after={}", One::id(number));
        let answer = world.get(&path, browser).await;
        assert_eq!(linked(&answer.body, "/person/"), [], "{case}: after somebody hidden");
    }
}

#[test]
fn the_people_found_are_listed_and_counted_only_to_those_who_work_with_them() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config =
        Config { cases: 6, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let mut runner = TestRunner::new(config);
    runner
        .run(&people(), |people| {
            let (world, users) = lay(&people);
            for (user, (seat, browser)) in users.iter().enumerate() {
                runtime.block_on(found(&world, &people, (user, seat, browser)));
            }
            Ok(())
        })
        .unwrap();
}

async fn found(world: &World, people: &[One], (user, seat, browser): (usize, &Seat, &Browser)) {
    let reach = USERS[user].1;
    let sees = reach != "team";
    let here = match reach {
        "area" => vec![HERE, NEXT_DOOR],
        "practice" => vec![HERE],
        _ => Vec::new(),
    };
    let expected: BTreeSet<PersonId> = people
        .iter()
        .enumerate()
        .filter(|(_, one)| one.is_found() && here.contains(&one.found.unwrap()))
        .filter(|(_, one)| {
            let still_here = here.contains(&one.practice) && !one.restricted;
            one.members.contains(&user) || still_here
        })
        .map(|(number, _)| One::id(number))
        .collect();
    let case = &seat.role;
    let answer = world.get("/found", browser).await;
    if sees {
        listed(world, browser, &expected, case).await;
    } else {
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{case}");
    }
    let work = world.get("/work", browser).await;
    let figures = work.body.split(">Found<").nth(1);
    assert_eq!(figures.is_some(), sees, "{case}: figures");
    if let Some(figures) = figures {
        let cell = figures.split("<td").nth(1).unwrap().split('>').nth(1).unwrap();
        let number: usize = cell.split('<').next().unwrap().trim().parse().unwrap();
        assert_eq!(number, expected.len(), "{case}: the figures of one’s work");
    }
    for person in linked(&work.body, "/person/") {
        let number = (0..people.len()).find(|number| One::id(*number) == person).unwrap();
        assert!(works_with(user, seat, &people[number]), "{case}: {person} among their work");
    }
}

/// The list of people found shows and counts exactly these, page by page.
async fn listed(world: &World, browser: &Browser, expected: &BTreeSet<PersonId>, case: &str) {
    let pages = all_pages(world, browser, "/found", "/found?").await;
    let shown: Vec<PersonId> = pages.iter().flat_map(|(people, _)| people.clone()).collect();
    let told: BTreeSet<PersonId> = shown.iter().copied().collect();
    assert_eq!(told, *expected, "{case}");
    assert_eq!(shown.len(), told.len(), "{case}: nobody twice");
    let (last, full) = pages.split_last().unwrap();
    assert!(full.iter().all(|(people, _)| people.len() == 25), "{case}");
    assert!(full.is_empty() || !last.0.is_empty(), "{case}: a next page holds somebody");
    assert_eq!(stated(&last.1), told.len(), "{case}: the count");
}
