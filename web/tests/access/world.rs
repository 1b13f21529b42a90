//! A small invented place behind the whole service: people in many standings, a user of every role,
//! a clock that tests move.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use care::assess::form::Forms;
use care::find::cohorts::Cohorts;
use care::find::intake::{Batch, Intake, KeptResident};
use care::find::places::teams::Teams;
use care::find::places::{PlaceFiles, Places};
use care::find::register::{Death, Gender, Resident, Source};
use care::find::table::TextFile;
use care::record::entry::{Author, EntryNumber, NewEntry};
use care::record::ids::{NhsNumber, OrganisationId, PersonId, RoleId, RunId, TeamId, UserId};
use care::record::moment::Moment;
use care::who::actor::Promises;
use care::who::role::Roles;
use law::charging::Law;
use law::charging::policy::PolicyBook;
use law::day::{Day, PartialDay};
use law::rates::RateBook;
use store::engine::{Reach, Statement};
use store::runs::{Found, Run};
use store::{Store, StoreError, register, runs, stories, users};
use tower::ServiceExt as _;
use uuid::Uuid;
use web::address::Reached;
use web::app::{App, Kith, Place};
use web::gate::Gate;
use web::keeper::{Keeper as _, KeptSession, StoreKeeper};
use web::names::Names;
use web::visitor::{Token, set_cookie};

/// A practice of the neighbourhood that the workers work in, its neighbour there, and one of
/// another borough.
pub const HERE: &str = "G85029";
pub const NEXT_DOOR: &str = "G85084";
pub const ELSEWHERE: &str = "G85002";
/// The team of that neighbourhood; a front door of another borough, with which nobody here sits.
pub const TEAM: &str = "southwark-walworth-team";
pub const FAR_TEAM: &str = "lambeth-front-door";

/// When every test begins.
pub fn start() -> Moment {
    Moment::parse("2026-11-22T09:00:00Z").unwrap()
}

pub fn today() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

/// The whole service, and what is behind it.
#[derive(Clone)]
pub struct World {
    router: Router,
    pub store: Arc<Store>,
    pub names: Names,
    seconds: Arc<AtomicI64>,
}

/// Somebody signed in: what their browser holds.
#[derive(Clone)]
pub struct Browser {
    pub user: UserId,
    person: Option<PersonId>,
    cookie: String,
    form_token: String,
}

impl Browser {
    /// What its forms carry to show that they are ours.
    pub fn form_token(&self) -> &str {
        self.form_token.trim_start_matches("form-token=")
    }

    /// One browser's cookie with another's form token.
    pub fn crossed(one: &Self, other: &Self) -> Self {
        Self { form_token: other.form_token.clone(), ..one.clone() }
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get("location").map_or("", |value| value.to_str().unwrap())
    }

    /// The page that asks for a reason, in place of the one that was asked for.
    pub fn asks_why(&self) -> bool {
        self.status == StatusCode::OK && self.body.contains("<title>Why do you need to open")
    }
}

impl World {
    pub fn new() -> Self {
        Self::changed("sqlite::temporary:", &[])
    }

    /// On a store at some address, in a place that has changed some of its policy files: each with the
    /// text it has then; a file may be a new one.
    pub fn changed(address: &str, files: &[(&str, String)]) -> Self {
        let store = Arc::new(Store::open(address).unwrap());
        let seconds = Arc::new(AtomicI64::new(0));
        let clock = {
            let seconds = Arc::clone(&seconds);
            Arc::new(move || start().plus_seconds(seconds.load(Ordering::Relaxed)))
        };
        let keeper = Arc::new(StoreKeeper(Arc::clone(&store)));
        let gate = Gate::new("Testham", Reached::Loopback, Vec::new(), keeper, clock).unwrap();
        let names = Names::of(&store).unwrap();
        let app = App::new(Kith {
            names: names.clone(),
            store: Arc::clone(&store),
            place: place(files),
            gate,
            new_id: next_id,
        });
        let world = Self { router: web::routes::service(app), store, names, seconds };
        // Somebody sits in the far team, so that its work is not left to others.
        let far = stranger();
        let seat = Seat {
            role: far.role.to_string(),
            organisation: "lambeth-council",
            team: Some(FAR_TEAM),
        };
        world.seat(far.user, &seat, None);
        world
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    pub fn now(&self) -> Moment {
        start().plus_seconds(self.seconds.load(Ordering::Relaxed))
    }

    /// Puts people on the register.
    pub fn register(&self, people: Vec<Resident>) {
        let kept = |resident| KeptResident { resident, claimed: None, content: 0, new: true };
        let batch = Batch { residents: people.into_iter().map(kept).collect(), ..Batch::default() };
        self.store
            .write(move |tx| register::keep(tx, &batch, &Intake::default()).map(drop))
            .unwrap();
    }

    /// Adds to stories, all in one go.
    pub fn tell(&self, stories: Vec<(PersonId, Vec<NewEntry>)>) {
        let written = self.store.write(move |tx| {
            for (person, entries) in &stories {
                let last = stories::person(tx, *person)?.last;
                stories::append(tx, *person, last, entries)?;
            }
            Ok::<_, stories::AppendError>(())
        });
        written.unwrap();
    }

    /// Keeps a run, and whom it found.
    pub fn found(&self, number: u8, at: Moment, found: Vec<(PersonId, String, u32)>) {
        let id = RunId::from_bytes([number; 16]);
        let evidence = r#"[{"condition":"asthma","label":"Asthma","code":"195967001"}]"#;
        let people: Vec<Found> = found
            .into_iter()
            .map(|(person, practice, conditions)| Found {
                person,
                run: id,
                practice: Some(practice),
                neighbourhood: None,
                network: None,
                conditions,
                evidence: evidence.to_owned(),
            })
            .collect();
        let run = Run {
            id,
            criterion: "three-conditions".to_owned(),
            version: "1".to_owned(),
            reason: "You have three or more long-term conditions.".to_owned(),
            digest: "d".to_owned(),
            as_of: today(),
            register_version: 1,
            at,
            registered: 60,
            adults: 60,
            found: u32::try_from(people.len()).unwrap(),
            objected: 0,
            summary: "{}".to_owned(),
        };
        self.store.write(move |tx| runs::save(tx, &run, &people)).unwrap();
    }

    /// Somebody signs in with a seat; residents with the person they are.
    pub fn sign_in(&self, seat: &Seat, person: Option<PersonId>) -> Browser {
        let user = UserId::from_bytes(*next_id().as_bytes());
        self.seat(user, seat, person);
        self.begin_session(user, person, &Token::new().unwrap())
    }

    /// Gives somebody an account and a seat.
    fn seat(&self, user: UserId, seat: &Seat, person: Option<PersonId>) {
        let account = users::Account {
            user,
            login: user.to_string(),
            name: format!("{} Worker", seat.role),
            password: None,
            active: true,
            signed_in_at: None,
            person,
        };
        let held = users::Seat {
            role: RoleId::new(seat.role.as_str()),
            organisation: OrganisationId::new(seat.organisation),
            team: seat.team.map(TeamId::new),
            from: today(),
            until: None,
        };
        let added = self.store.write(move |tx| {
            users::add(tx, &account, start())?;
            users::add_seat(tx, user, &held)
        });
        added.unwrap();
    }

    fn begin_session(&self, user: UserId, person: Option<PersonId>, token: &Token) -> Browser {
        let now = self.now();
        let kept = KeptSession { token: token.hash(), user, began: now, used: now };
        StoreKeeper(Arc::clone(&self.store)).begin(&kept).unwrap();
        let cookie = set_cookie(token, false);
        let field = token.form_token().to_string();
        let (_, value) = field.split_once("value=\"").unwrap();
        Browser {
            user,
            person,
            cookie: cookie.to_str().unwrap().split(';').next().unwrap().to_owned(),
            form_token: format!("form-token={}", value.split('"').next().unwrap()),
        }
    }

    /// A new session of the same user.
    pub fn again(&self, browser: &Browser) -> Browser {
        self.begin_session(browser.user, browser.person, &Token::new().unwrap())
    }

    pub async fn send(&self, method: Method, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Where a test writes `@3`, what the third entry is called: of the person in the path, otherwise of
    /// whoever asks.
    fn spelled_at(&self, path: &str, browser: &Browser, text: &str) -> String {
        let of = |way: &str| path.split_once(way)?.1.get(..36)?.parse().ok();
        match of("/person/").or_else(|| of("/contact/")).or(browser.person) {
            Some(person) => self.spelled(person, text),
            None => text.to_owned(),
        }
    }

    /// A text with what entries are called, where it says `@3` for the third.
    pub fn spelled(&self, person: PersonId, text: &str) -> String {
        let mut parts = text.split('@');
        let mut spelled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let digits = part.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(part.len());
            match part[..digits].parse() {
                Ok(entry) => spelled += &self.called(person, entry),
                Err(_) => {
                    spelled.push('@');
                    spelled += &part[..digits];
                }
            }
            spelled += &part[digits..];
        }
        spelled
    }

    /// An address about a person, where `@3` stands for what the third entry is called.
    pub fn at(&self, person: PersonId, part: &str) -> String {
        self.spelled(person, &format!("/person/{person}/{part}"))
    }

    /// What an entry of a person is called.
    pub fn called(&self, person: PersonId, entry: EntryNumber) -> String {
        self.names.of_person(person).called(entry).to_string()
    }

    /// Where a test writes `@3` in what is sent, the third entry’s name is sent.
    pub async fn get(&self, path: &str, browser: &Browser) -> Answer {
        let path = self.spelled_at(path, browser, path);
        self.send(Method::GET, &path, &browser.cookie, "").await
    }

    pub async fn post(&self, path: &str, browser: &Browser, body: &str) -> Answer {
        let body = self.spelled_at(path, browser, &format!("{}&{body}", browser.form_token));
        let path = self.spelled_at(path, browser, path);
        self.send(Method::POST, &path, &browser.cookie, &body).await
    }

    pub async fn with_method(&self, method: Method, path: &str, browser: &Browser) -> Answer {
        self.send(method, path, &browser.cookie, &browser.form_token).await
    }

    pub async fn post_without_token(&self, path: &str, browser: &Browser, body: &str) -> Answer {
        let path = self.spelled_at(path, browser, path);
        self.send(Method::POST, &path, &browser.cookie, body).await
    }

    /// How many views are written down of anyone, and how many entries stand in all stories.
    pub fn counts(&self) -> Counts {
        Counts { views: self.number(VIEWS), entries: self.number(ENTRIES) }
    }

    pub fn number(&self, statement: &Statement) -> i64 {
        let count = |tx: &mut dyn store::engine::Tx| tx.one(statement, &[], |row| row.integer(0));
        self.store.read::<_, StoreError>(count).unwrap().unwrap()
    }

    /// Changes the store behind the back of the service.
    pub fn tamper(&self, sql: &'static str) {
        let statement = Statement { name: "TAMPER", sql, reach: Reach::Whole };
        self.store
            .write(move |tx| tx.execute(&statement, &[]).map(drop))
            .unwrap_or_else(|error: StoreError| panic!("{sql}: {error}"));
    }
}

/// What a request may have added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub views: i64,
    pub entries: i64,
}

const VIEWS: &Statement = &Statement {
    name: "VIEWS",
    sql: "select coalesce(sum(length), 0) from access_log",
    reach: Reach::Whole,
};
const ENTRIES: &Statement = &Statement {
    name: "ENTRIES",
    sql: "select coalesce(sum(length), 0) from story",
    reach: Reach::Whole,
};

/// In which seat somebody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub role: String,
    pub organisation: &'static str,
    pub team: Option<&'static str>,
}

/// One seat for each role of the policy, in the order of their ids.
pub fn seats() -> Vec<Seat> {
    let roles = Roles::read(&policy_text("access/roles.toml")).unwrap();
    roles.iter().map(|role| seat(role.id.as_str())).collect()
}

/// Where somebody of a role usually sits. A role that is new sits in the neighbourhood's team.
pub fn seat(role: &str) -> Seat {
    let (organisation, team) = match role {
        "resident" => ("residents", None),
        "contact-officer" => ("southwark-council", Some("southwark-front-door")),
        "community-nurse" => ("RJ1", Some(TEAM)),
        "gp-practice" => (HERE, None),
        "hospital-discharge" => ("RJZ", None),
        "finance-officer" => ("southwark-council", Some("southwark-finance")),
        _ => ("southwark-council", Some(TEAM)),
    };
    Seat { role: role.to_owned(), organisation, team }
}

/// A resident of this number, with nothing remarkable about them.
pub fn resident(number: u32, practice: &str) -> Resident {
    Resident {
        person: PersonId::of_source("test", &number.to_string()),
        source: Source { system: "test".to_owned(), id: number.to_string() },
        updated: None,
        nhs_number: Some(nhs_number(number)),
        nhs_verified: true,
        family: format!("Family{number}"),
        given: "Amina".to_owned(),
        born: Some(PartialDay::from(Day::new(1960, 5, 17).unwrap())),
        death: Death::Alive,
        gender: Gender::Female,
        ethnicity: None,
        language: None,
        interpreter: false,
        address: vec![format!("{number} Secret Street")],
        postcode: Some("SE17 1AA".to_owned()),
        lsoa: None,
        telephone: None,
        practice: Some(practice.to_owned()),
        restricted: false,
        withdrawn: false,
    }
}

/// The valid number nearest above `number` times ten, in the range kept for tests.
pub fn nhs_number(number: u32) -> NhsNumber {
    let from = 9_990_000_000 + u64::from(number) * 100;
    (from..).find_map(|digits| NhsNumber::parse(&digits.to_string()).ok()).unwrap()
}

/// Somebody of another borough, whom no test signs in.
pub fn stranger() -> Author {
    Author {
        user: UserId::from_bytes([7; 16]),
        name: "Sam Stranger".to_owned(),
        role: RoleId::new("contact-officer"),
        organisation: OrganisationId::new("lambeth-council"),
    }
}

fn next_id() -> Uuid {
    static COUNT: AtomicI64 = AtomicI64::new(1);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    Uuid::from_u128(0x1000_0000_0000_7000_8000_0000_0000_0000 + u128::try_from(number).unwrap())
}

/// A file of the workspace's own policy folder.
pub fn policy_text(file: &str) -> String {
    std::fs::read_to_string(policy(file)).unwrap()
}

fn policy(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy").join(file)
}

/// The place as the workspace's own policy folder says it is, and as it has changed it.
fn place(changed: &[(&str, String)]) -> Place {
    let read = |file: &str| {
        let now = changed.iter().find(|(name, _)| *name == file);
        now.map_or_else(|| policy_text(file), |(_, text)| text.clone())
    };
    let texts = ["practices", "networks", "neighbourhoods", "placements", "residence"]
        .map(|name| read(&format!("places/{name}.csv")));
    let file = |index: usize| TextFile { name: "places", text: &texts[index] };
    let places = Places::parse(&PlaceFiles {
        practices: file(0),
        networks: file(1),
        neighbourhoods: file(2),
        placements: file(3),
        residence: file(4),
    })
    .unwrap();
    let organisations = read("places/organisations.toml");
    let teams = read("places/teams.toml");
    let named = |name, text| TextFile { name, text };
    let teams =
        Teams::parse(named("organisations", &organisations), named("teams", &teams), &places)
            .unwrap();
    Place {
        name: "Testham".to_owned(),
        places,
        teams,
        roles: Roles::read(&read("access/roles.toml")).unwrap(),
        promises: Promises::read(&read("promises.toml")).unwrap(),
        cohorts: cohorts(),
        law: Law {
            rates: RateBook::built_in().unwrap(),
            policy: PolicyBook::read("charging.toml", &read("charging.toml")).unwrap(),
        },
        forms: forms(changed),
    }
}

/// The forms of the policy folder; and those that the place has changed or added.
pub fn forms(changed: &[(&str, String)]) -> Forms {
    let entries = std::fs::read_dir(policy("forms")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut texts: BTreeMap<String, String> = names
        .map(|name| format!("forms/{name}"))
        .map(|name| (name.clone(), policy_text(&name)))
        .collect();
    let ours = changed.iter().filter(|(name, _)| name.starts_with("forms/"));
    texts.extend(ours.map(|(name, text)| ((*name).to_owned(), text.clone())));
    let files: Vec<TextFile<'_>> =
        texts.iter().map(|(name, text)| TextFile { name, text }).collect();
    Forms::parse(&files).unwrap()
}

fn cohorts() -> Cohorts {
    let mut texts = Vec::new();
    for (folder, extension) in [("cohorts", "toml"), ("cohorts/lists", "csv")] {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(policy(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|found| found == extension))
            .collect();
        paths.sort();
        texts.extend(
            paths
                .into_iter()
                .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())),
        );
    }
    let files: Vec<TextFile<'_>> =
        texts.iter().map(|(name, text)| TextFile { name, text }).collect();
    Cohorts::parse(&files)
}
