//! Faces: what each sees of one story, entry by entry, on every page about the person; and that what
//! a face may not see cannot be told from anything it is shown: no page, list, search, count or order
//! differs by it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use care::record::entry::{Audience, Author, NewEntry};
use care::record::fact::Fact;
use care::record::fact::decision::Matter;
use care::record::ids::{OrganisationId, PersonId};
use care::who::role::{Part, Role, Roles};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use web::names::Name;

use super::routes::TRIES;
use super::standings::{Laying, Standing, entry, entry_for};
use super::world::{Browser, Seat, TEAM, World, policy_text, seats, stranger};

/// Something on a story that not every face may see: its entries, told from the number that the first
/// of them will have.
struct Secret {
    title: &'static str,
    /// The part of the page it belongs to, where not every role sees it.
    part: Option<Part>,
    audience: Audience,
    facts: &'static str,
}

const fn secret(
    title: &'static str,
    part: Option<Part>,
    audience: Audience,
    facts: &'static str,
) -> Secret {
    Secret { title, part, audience, facts }
}

const EVERYONE: Audience = Audience::Everyone;
const PROFESSIONALS: Audience = Audience::Professionals;
const FEW: Audience = Audience::Safeguarding;
const ORGANISATION: Audience = Audience::Organisation;
const ASSESSMENT: Option<Part> = Some(Part::Assessment);
const SAFEGUARDING: Option<Part> = Some(Part::Safeguarding);
const MEANS: Option<Part> = Some(Part::Means);

/// One of every kind that can be written for fewer eyes than all. `MARK` is a word of its own, `@0`
/// the number of its first entry, `TEAM` the team of the neighbourhood.
const SECRETS: &[Secret] = &[
    secret("note", None, EVERYONE, r#"[{"kind":"note","words":"MARK"}]"#),
    secret("note, confided", None, PROFESSIONALS, r#"[{"kind":"note","words":"MARK"}]"#),
    secret("note, of another council", None, ORGANISATION, r#"[{"kind":"note","words":"MARK"}]"#),
    secret("note, on safeguarding", SAFEGUARDING, FEW, r#"[{"kind":"note","words":"MARK"}]"#),
    secret("section", ASSESSMENT, EVERYONE, WRITTEN),
    secret("section, on safeguarding", SAFEGUARDING, FEW, WRITTEN),
    secret("section, confided", ASSESSMENT, PROFESSIONALS, WRITTEN),
    secret("section, of another council", ASSESSMENT, ORGANISATION, WRITTEN),
    secret("prompt, confided", ASSESSMENT, PROFESSIONALS, PROMPTED),
    secret("prompt, of another council", ASSESSMENT, ORGANISATION, PROMPTED),
    secret(
        "form",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"form-begun","form":"telecare","purpose":"telecare","version":1,"about":"MARK",
            "why":"MARK","team":"TEAM","due":"2026-11-22"}]"#,
    ),
    secret(
        "review, of another council",
        ASSESSMENT,
        ORGANISATION,
        r#"[{"kind":"form-begun","form":"assessment","purpose":"assessment","version":1,
            "why":"MARK","team":"TEAM","due":"2026-11-22"},
            {"kind":"form-ended","purpose":"assessment","begun":"@0","ending":"finished",
            "words":"MARK","review_by":"2026-11-23"}]"#,
    ),
    secret("safeguarding concern", SAFEGUARDING, PROFESSIONALS, CONCERN),
    secret(
        "capacity",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"capacity-assessed","decision":"MARK","matter":"care","support":"MARK",
            "abilities":{},"conclusion":"lacks-capacity","good_until":"2026-12-01"}]"#,
    ),
    secret(
        "decision",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"decision-made","decision":"MARK","matter":"care","decided":"MARK",
            "made":{"by":"person"}}]"#,
    ),
    secret(
        "risk",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"risk-talked","decision":"MARK","what":"MARK","person":{"words":"MARK"},
            "professional":{"words":"MARK"},"done":"MARK","choice":"MARK",
            "made":{"by":"person"},"review_by":"2026-11-30"}]"#,
    ),
    secret(
        "continuing healthcare",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"chc-considered","case":{"asOf":"2026-11-22"},"working":[],"follows":[],
            "words":"MARK"}]"#,
    ),
    secret(
        "money",
        MEANS,
        EVERYONE,
        r#"[{"kind":"means-asked","told_on":"2026-06-01","to":"TEAM","due":"2026-11-22",
            "words":"MARK"}]"#,
    ),
    secret("charge, with its letter", MEANS, EVERYONE, CHARGED),
    secret(
        "assessment, with its letter",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"form-begun","form":"assessment","purpose":"assessment","version":1,
            "why":"MARK","team":"TEAM","due":"2026-11-22"},
            {"kind":"form-ended","purpose":"assessment","begun":"@0","ending":"finished",
            "words":"MARK","review_by":"2026-11-23","letter":{"team":"TEAM","due":"2026-11-22"}}]"#,
    ),
    secret(
        "emergency card",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"card-written","looks_after":"MARK","steps_in":[],"must_know":"MARK",
            "review_by":"2026-11-22","team":"TEAM"}]"#,
    ),
    secret(
        "plan",
        Some(Part::Plan),
        EVERYONE,
        r#"[{"kind":"outcome-written","words":"MARK","area":"home","now":"MARK","hoped":"MARK",
            "agree_by":"2026-11-22"},
            {"kind":"action-written","outcome":"@0","what":"MARK","source":"council",
            "doer":{"team":"TEAM"},"due":"2026-11-22","known_by":"MARK","agree_by":"2026-11-22"}]"#,
    ),
    secret(
        "review of the plan",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"review-held","ground":"asked","person":"MARK","worker":"MARK","end":"ends",
            "why":"MARK","risk":"high"}]"#,
    ),
    secret(
        "meeting",
        ASSESSMENT,
        EVERYONE,
        r#"[{"kind":"meeting-listed","team":"TEAM","on":"2026-11-22","why":"MARK",
            "basis":"agreed"}]"#,
    ),
];

const CHARGED: &str = r#"[{"kind":"charge-decided","ground":"brought-in",
    "case":{"asOf":"2026-06-01","setting":"home","toldOn":"2026-05-01",
    "person":{"born":"1955-01-01","household":"single"},
    "income":[{"kind":"state-pension","amount":"300.00","every":"week"}],
    "services":[{"kind":"home-care","cost":"200.00","every":"week"}]},
    "charge":"58.55","full_cost":"200.00","basis":"means","policy":"1","working":[],
    "words":"MARK","letter":{"team":"TEAM","due":"2026-11-22"}}]"#;
const WRITTEN: &str = r#"[{"kind":"section-written","form":"assessment","purpose":"assessment",
    "version":1,"section":"safety","voice":"professional","team":"TEAM",
    "replies":{"visiting":{"text":"MARK"}},"rests_on":"MARK","good_until":"2026-11-25"},
    {"kind":"section-confirmed","purpose":"assessment","written":"@0","words":"MARK"},
    {"kind":"section-outdated","purpose":"assessment","written":"@0","why":"MARK",
    "ask_by":"2026-11-24"}]"#;
const PROMPTED: &str = r#"[{"kind":"prompted","purpose":"assessment","prompt":"network",
    "about":"MARK","because":"MARK","team":"TEAM","due":"2026-11-22"}]"#;
const CONCERN: &str = r#"[{"kind":"form-begun","form":"safeguarding-concern",
    "purpose":"safeguarding-concern","version":1,"about":"MARK","team":"TEAM","due":"2026-11-22"},
    {"kind":"section-written","form":"safeguarding-concern","purpose":"safeguarding-concern",
    "version":1,"occasion":"@0","section":"what-happened","voice":"professional",
    "replies":{"facts":{"text":"MARK"}}},
    {"kind":"prompted","purpose":"safeguarding-concern","prompt":"advocacy","because":"MARK",
    "team":"TEAM","due":"2026-11-22"}]"#;

/// Whoever writes it: of another borough's council, where none of the faces works.
fn author() -> Author {
    Author { organisation: OrganisationId::new("lambeth-council"), ..stranger() }
}

impl Secret {
    /// Its entries, where the first will have this number.
    fn entries(&self, first: u32, mark: &str) -> Vec<NewEntry> {
        let text = self.facts.replace("MARK", mark).replace("TEAM", TEAM);
        let text = text.replace("\"@0\"", &first.to_string());
        let facts: Vec<Fact> =
            serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", self.title));
        let entries = facts.into_iter().map(|fact| entry_for(&author(), self.audience, fact));
        entries.collect()
    }

    /// Whether a face may see it, by what roles.toml and the audience say.
    fn may(&self, face: &Face) -> bool {
        let audience = match self.audience {
            Audience::Everyone => true,
            Audience::Professionals | Audience::Safeguarding => face.standing != Standing::Own,
            Audience::Organisation => false,
        };
        let part = self.part.is_none_or(|part| face.role.sees(part));
        // Whoever acts for somebody about money reads what tells of money, and no more.
        let acts = face.role.id.as_str() != "representative" || self.part == MEANS;
        audience && part && acts
    }
}

/// Somebody of one role, with one person of their own whom they may open.
struct Face {
    role: Role,
    standing: Standing,
    browser: Browser,
    person: PersonId,
}

impl Face {
    fn title(&self) -> String {
        format!("{} ({})", self.role.id, self.standing.title())
    }
}

/// Signs every role in, with a person in each of the standings.
fn faces(world: &World, standings: &[Standing]) -> Vec<Face> {
    let roles = Roles::read(&policy_text("access/roles.toml")).unwrap();
    let mut laying = Laying::default();
    let mut faces = Vec::new();
    let mut acts: Vec<(PersonId, Vec<NewEntry>)> = Vec::new();
    for seat in seats() {
        let role = roles.get(&care::record::ids::RoleId::new(seat.role.as_str())).unwrap();
        let fits = |standing: &&Standing| match **standing {
            Standing::Area => role.reach == care::who::role::Reach::Area,
            Standing::Work => seat.team.is_some(),
            _ => true,
        };
        match seat.role.as_str() {
            "resident" | "representative" => {
                let nobody = care::record::ids::UserId::from_bytes([0; 16]);
                let person = laying.lay(Standing::Own, nobody, &seat, true);
                let browser = world.sign_in(&seat, Some(person));
                let own = seat.role == "resident";
                if !own {
                    acts.push((person, vec![entry(&stranger(), authority_of(&seat))]));
                }
                let standing = if own { Standing::Own } else { Standing::Member };
                // What they see besides, by the authority that is on record.
                let matters = if own { BTreeSet::new() } else { BTreeSet::from([Matter::Money]) };
                let role = role.clone().acting_in(&matters);
                faces.push(Face { role, standing, browser, person });
            }
            _ => {
                let browser = world.sign_in(&seat, None);
                for standing in standings.iter().filter(fits) {
                    let person = laying.lay(*standing, browser.user, &seat, true);
                    let (role, browser) = (role.clone(), browser.clone());
                    faces.push(Face { role, standing: *standing, browser, person });
                }
            }
        }
    }
    laying.put(world);
    world.tell(acts);
    faces
}

/// Authority about money, under the name of whoever sits there.
fn authority_of(seat: &Seat) -> Fact {
    match super::standings::authority() {
        Fact::AuthorityRecorded(mut seen) => {
            seen.holder = format!("{} Worker", seat.role);
            Fact::AuthorityRecorded(seen)
        }
        other => other,
    }
}

fn last(world: &World, person: PersonId) -> u32 {
    world.store.read(|tx| store::stories::person(tx, person)).unwrap().last
}

/// Every page to get, and every list and search that might show the person; with some that would be
/// about entries which are not there yet: `@+1` stands for what the next is called.
fn paths(face: &Face) -> Vec<String> {
    let gets = TRIES.iter().filter(|one| one.form.is_none());
    let gets = gets.filter(|one| !["/what", "/could"].iter().any(|at| one.path.starts_with(at)));
    let mut paths: Vec<String> = gets
        .map(|one| match one.path {
            // Later looks are rows of their own: those of before are the same.
            "/person/{person}/looked" => format!("{}?before=2", one.at(face.person)),
            "/search" | "/contact" => format!("{}?q=family+17%2F5%2F1960", one.path),
            _ => one.at(face.person),
        })
        .collect();
    let person = face.person;
    for next in ["@+1", "@+3"] {
        paths.extend(
            [
                "form/NEXT",
                "form/NEXT/what-happened",
                "prompt/NEXT",
                "end/NEXT",
                "note/NEXT/correct",
            ]
            .map(|part| format!("/person/{person}/{}", part.replace("NEXT", next))),
        );
    }
    paths
}

/// What each path shows to a face, without what belongs to the session, where a story has grown so long.
async fn shown(
    world: &World,
    face: &Face,
    (paths, last): (&[String], u32),
) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for path in paths {
        let at = path.replace("@+1", &format!("@{}", last + 1));
        let at = at.replace("@+3", &format!("@{}", last + 3));
        let answer = world.get(&at, &face.browser).await;
        let page = answer.body.replace(face.browser.form_token(), "");
        pages.insert(path.clone(), format!("{} {} {page}", answer.status, answer.location()));
    }
    pages
}

/// What differs, with the first line in which each page does.
fn differences(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
    case: &str,
) -> String {
    let mut said = String::new();
    for (path, was) in before.iter().filter(|(path, was)| after[*path] != **was) {
        let is = &after[path];
        let differs = was.lines().zip(is.lines()).find(|(was, is)| was != is);
        let (was, is) = differs.unwrap_or((was, is));
        write!(said, "{case}: {path}\n  {was}\n  {is}\n").unwrap();
    }
    said
}

/// Tells of each face's person what the face may not see, in two parts; nothing that it is shown
/// changes.
#[test]
fn nothing_that_a_face_is_shown_tells_of_what_it_may_not_see() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = prop::collection::vec(any::<bool>(), SECRETS.len());
    let config =
        Config { cases: 1, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let outcome = TestRunner::new(config).run(&first, |first| {
        let world = World::new();
        let mut said = String::new();
        for face in faces(&world, &[Standing::Member, Standing::Work, Standing::Area]) {
            said += &runtime.block_on(tell_in_parts(&world, &face, &first));
        }
        prop_assert!(said.is_empty(), "{}", said);
        Ok(())
    });
    outcome.unwrap();
}

async fn tell_in_parts(world: &World, face: &Face, first: &[bool]) -> String {
    let mut said = String::new();
    let (paths, length) = (paths(face), last(world, face.person));
    // Once they have looked, nothing is news to them.
    world.get(&format!("/person/{}", face.person), &face.browser).await;
    let before = shown(world, face, (&paths, length)).await;
    for part in [true, false] {
        let mut told = Vec::new();
        for (secret, _) in SECRETS.iter().zip(first).filter(|(_, chosen)| **chosen == part) {
            if !secret.may(face) {
                let at = last(world, face.person) + 1;
                let mut entries = secret.entries(at, "hush");
                // After they looked, so that it would be news.
                let later = world.now().plus_seconds(30);
                for entry in &mut entries {
                    entry.recorded_at = later;
                }
                world.tell(vec![(face.person, entries)]);
                told.push(secret.title);
            }
        }
        let after = shown(world, face, (&paths, length)).await;
        said += &differences(&before, &after, &format!("{}, told {told:?}", face.title()));
    }
    said
}

/// Two places whose stories differ only in what a face may not see, amid what it may.
#[tokio::test]
async fn what_a_face_may_not_see_amid_the_rest_changes_nothing() {
    let (told, silent) = (World::new(), World::new());
    let here = faces(&told, &[Standing::Member]);
    let there = faces(&silent, &[Standing::Member]);
    let mut table = String::from(
        "What each face finds of an entry on the pages about the person: on the timeline (t), on\n\
         the assessment (a), on others (o); (-) that it may see it, and no page shows it.\n\n",
    );
    let mut rows: Vec<String> = SECRETS.iter().map(|one| format!("{:32}", one.title)).collect();
    write!(table, "{:32}", "").unwrap();
    for face in &here {
        write!(table, "{:8}", initials(face.role.id.as_str())).unwrap();
    }
    for (face, twin) in here.iter().zip(&there) {
        for (at, secret) in SECRETS.iter().enumerate() {
            let mark = mark(at);
            let tell = |world: &World, person| {
                let entries = secret.entries(last(world, person) + 1, &mark);
                world.tell(vec![(person, entries)]);
            };
            tell(&told, face.person);
            if secret.may(face) {
                tell(&silent, twin.person);
            }
        }
        // Lists hold the people of other faces, whose stories differ by more: they are tried above.
        let person = face.person.to_string();
        let mut paths = paths(face);
        paths.retain(|path| path.contains(&person));
        let is = shown(&told, face, (&paths, last(&told, face.person))).await;
        let was = shown(&silent, twin, (&paths, last(&silent, twin.person))).await;
        // Behind what it may not see the same entries have other numbers: nothing tells of that.
        let said = differences(&renamed(&was), &renamed(&is), &face.title());
        assert!(said.is_empty(), "{said}");
        for (at, secret) in SECRETS.iter().enumerate() {
            let places = places(&is, face.person, &mark(at));
            assert!(secret.may(face) || places.is_empty(), "{}: {}", face.title(), secret.title);
            let cell = match (secret.may(face), places.as_str()) {
                (false, _) => "",
                (true, "") => "-",
                (true, places) => places,
            };
            write!(rows[at], "{cell:8}").unwrap();
        }
    }
    table.push('\n');
    for row in rows {
        writeln!(table, "{}", row.trim_end()).unwrap();
    }
    insta::assert_snapshot!("what_each_face_sees", table);
}

/// Pages with the names of entries in the order in which each page shows them: which letters they are made
/// of is by chance, and another in each store.
fn renamed(pages: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let renamed = |page: &String| {
        let mut seen: Vec<Name> = Vec::new();
        let mut told = String::with_capacity(page.len());
        for word in page.split_inclusive(|sign: char| !sign.is_ascii_alphanumeric()) {
            let end = word.trim_end_matches(|sign: char| !sign.is_ascii_alphanumeric()).len();
            match word[..end].parse() {
                Ok(name) => {
                    let at = seen.iter().position(|one| *one == name).unwrap_or(seen.len());
                    if at == seen.len() {
                        seen.push(name);
                    }
                    write!(told, "name {at}{}", &word[end..]).unwrap();
                }
                Err(_) => told += word,
            }
        }
        told
    };
    pages.iter().map(|(path, page)| (path.clone(), renamed(page))).collect()
}

/// A role in a few letters: the first three of each word.
fn initials(role: &str) -> String {
    let words = role.split('-').map(|word| word.chars().take(3).collect::<String>());
    words.collect::<Vec<_>>().join("-")
}

fn mark(at: usize) -> String {
    // No word of any page, as “markedly” is.
    format!("marked{}q", char::from(b'a' + u8::try_from(at).unwrap()))
}

/// On which pages a word stands.
fn places(pages: &BTreeMap<String, String>, person: PersonId, mark: &str) -> String {
    let mut places = String::new();
    for (letter, of) in [("t", ""), ("a", "/assessment")] {
        let path = format!("/person/{person}{of}");
        if pages.get(&path).is_some_and(|page| page.contains(mark)) {
            places.push_str(letter);
        }
    }
    let first = [format!("/person/{person}"), format!("/person/{person}/assessment")];
    let other = pages.iter().any(|(path, page)| !first.contains(path) && page.contains(mark));
    if other { places + "o" } else { places }
}
