//! What a face may not read leaves no trace in what it is told: stories of entries for all kinds of
//! readers, and the same stories without what a face may not read, are the same to that face.

use care::assess::Ground;
use care::assess::begin::{self, Begin, Owner};
use care::assess::known::known;
use care::assess::register::OnRegister;
use care::assess::write::write;
use care::record::derived::{Derived, Stage, Work, derive};
use care::record::entry::{Audience, Author, Entry};
use care::record::fact::Fact;
use care::record::fact::assess::FormKind;
use care::record::hash::Hash;
use care::record::ids::{FormId, OrganisationId, RoleId, TeamId};
use care::record::moment::Moment;
use care::record::person::Person;
use care::who::access::may_be_told;
use care::who::actor::{Actor, Asking};
use proptest::prelude::*;

use crate::desk::{Desk, draft, reads};
use crate::place::{actor, begun, day, person_id, promises, roles};

/// What can stand on a story: `@` is an earlier entry, `~` a day soon, `TEAM` a team.
const FACTS: &[&str] = &[
    r#"{"kind":"note","words":"x"}"#,
    r#"{"kind":"contact","contact":"enquiry","route":"myself","words":"x","to":"TEAM","answer_by":"~"}"#,
    r#"{"kind":"contact-outcome","contact":@,"outcome":"assessment","words":"x","keeper_by":"~"}"#,
    r#"{"kind":"team-joined","user":"USER","name":"A","role":"community-nurse","organisation":"o"}"#,
    r#"{"kind":"team-joined","user":"USER","name":"A","role":"community-nurse","organisation":"o",
        "keeper":true}"#,
    r#"{"kind":"form-begun","form":"assessment","purpose":"assessment","version":1,"team":"TEAM","due":"~"}"#,
    r#"{"kind":"form-begun","form":"telecare","purpose":"telecare","version":1,"team":"TEAM","due":"~"}"#,
    r#"{"kind":"form-begun","form":"review","purpose":"review","version":1,"user":"USER","due":"~"}"#,
    r#"{"kind":"form-begun","form":"safeguarding-concern","purpose":"safeguarding-concern",
        "version":1,"team":"TEAM","due":"~"}"#,
    r#"{"kind":"form-ended","purpose":"PURPOSE","begun":@,"ending":"finished","review_by":"~"}"#,
    r#"{"kind":"section-written","form":"assessment","purpose":"assessment","version":1,
        "section":"nutrition","voice":"professional","team":"TEAM","saw":[@],
        "replies":{"own":{"text":"x"}},"good_until":"~"}"#,
    r#"{"kind":"section-written","form":"assessment","purpose":"assessment","version":1,
        "section":"safety","voice":"recorded","team":"TEAM",
        "replies":{"feel-safe":{"yes-no":"no"}},"good_until":"~"}"#,
    r#"{"kind":"section-confirmed","purpose":"PURPOSE","written":@,"good_until":"~"}"#,
    r#"{"kind":"section-outdated","purpose":"PURPOSE","written":@,"why":"x","ask_by":"~"}"#,
    r#"{"kind":"prompted","purpose":"assessment","prompt":"network","because":"x","team":"TEAM","due":"~"}"#,
    r#"{"kind":"prompted","purpose":"safeguarding-concern","prompt":"advocacy","because":"x",
        "team":"TEAM","due":"~"}"#,
    r#"{"kind":"prompt-answered","purpose":"PURPOSE","prompted":@,"done":true,"words":"x"}"#,
    r#"{"kind":"capacity-assessed","decision":"x","matter":"care","support":"x","abilities":{},
        "conclusion":"lacks-capacity","good_until":"~"}"#,
    r#"{"kind":"risk-talked","decision":"x","what":"x","person":{"words":"x"},
        "professional":{"words":"x"},"done":"x","choice":"x","made":{"by":"person"},"review_by":"~"}"#,
    r#"{"kind":"means-asked","told_on":"2026-06-01","to":"TEAM","due":"~"}"#,
];

/// One entry to be: which fact, for whom, by whom, about which earlier entry, due when.
type Planned = (usize, usize, usize, usize, i32);

fn planned() -> impl Strategy<Value = Vec<Planned>> {
    let one = (0..FACTS.len(), 0..4_usize, 0..2_usize, any::<usize>(), 0..20_i32);
    prop::collection::vec(one, 1..24)
}

/// The story as it would have come to be: money, contacts and who is in the team are for everyone;
/// what was said of something has the readers of that.
fn story(planned: &[Planned]) -> Vec<Entry> {
    let users = ["social-worker", "community-nurse"].map(|role| actor(role).user);
    let mut entries: Vec<Entry> = Vec::new();
    let add = |fact: Fact, audience: Audience, author: Author, entries: &mut Vec<Entry>| {
        let number = u32::try_from(entries.len()).unwrap() + 1;
        let (on, at) = (day("2026-11-23"), Moment::parse("2026-11-23T09:30:00Z").unwrap());
        let (person, corrects, hash) = (person_id(), None, Hash::START);
        entries.push(Entry {
            person,
            number,
            on,
            recorded_at: at,
            author,
            audience,
            corrects,
            fact,
            hash,
        });
    };
    let by = |which: usize| Author {
        user: users[which],
        name: format!("Author {which}"),
        role: RoleId::new("social-worker"),
        organisation: OrganisationId::new(["org-social-worker", "elsewhere"][which]),
    };
    add(Fact::Begun(begun()), Audience::Everyone, by(0), &mut entries);
    for &(which, audience, author, about, days) in planned {
        let text = FACTS[which];
        let wants = |fact: &Fact| match fact {
            Fact::Contact(_) => text.contains("contact-outcome"),
            Fact::FormBegun(_) => text.contains("form-ended"),
            Fact::SectionWritten(_) => {
                ["confirmed", "outdated", "\"saw\""].iter().any(|of| text.contains(of))
            }
            Fact::Prompted(_) => text.contains("prompt-answered"),
            _ => false,
        };
        let about: Option<Entry> = {
            let fit: Vec<&Entry> = entries.iter().filter(|entry| wants(&entry.fact)).collect();
            (!fit.is_empty()).then(|| fit[about % fit.len()].clone())
        };
        if text.contains(":@") && about.is_none() {
            continue;
        }
        // What only one organisation reads, nobody else says anything of.
        let within = about.as_ref().filter(|one| one.audience == Audience::Organisation);
        let author = within.map_or(author, |one| usize::from(one.author.user != users[0]));
        let of_form = about.as_ref().and_then(|entry| entry.fact.of_form());
        let text = text
            .replace(
                "[@]",
                &about.as_ref().map_or("[]".to_owned(), |one| format!("[{}]", one.number)),
            )
            .replace('@', &about.as_ref().map_or(0, |one| one.number).to_string())
            .replace('~', &day("2026-11-20").plus_days(days).to_string())
            .replace("TEAM", ["team-social-worker", "team-community-nurse"][author])
            .replace("USER", &users[author].to_string())
            .replace("PURPOSE", of_form.map_or("assessment", |kind| kind.code()));
        let fact: Fact = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
        let of_all = fact.of_form().is_none() && !matches!(fact, Fact::Note(_));
        let judged = matches!(fact, Fact::CapacityAssessed(_) | Fact::RiskTalked(_));
        let safeguards = fact.of_form().is_some_and(FormKind::is_safeguarding);
        let audience = match about
            .filter(|one| !matches!(one.fact, Fact::SectionWritten(_)) || !text.contains("saw"))
        {
            Some(about) => about.audience,
            None if of_all || judged => Audience::Everyone,
            None => Audience::ALL[audience.max(usize::from(safeguards))],
        };
        add(fact, audience, by(author), &mut entries);
    }
    entries
}

/// The lines of work that somebody is told of.
fn told(derived: Option<&Derived>, entries: &[Entry], face: &Actor) -> Vec<Work> {
    let tells = |work: &&Work| {
        let entry = entries.iter().find(|entry| entry.number == work.entry).unwrap();
        may_be_told(face, entry)
    };
    derived.into_iter().flat_map(|derived| &derived.work).filter(tells).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_face_may_not_read_leaves_no_trace(planned in planned()) {
        let entries = story(&planned);
        let whole = Person::fold(person_id(), &entries);
        let all = derive(&whole);
        let desk = Desk::new();
        for role in roles().iter() {
            let face = actor(role.id.as_str());
            let readable: Vec<Entry> =
                entries.iter().filter(|entry| reads(&face, entry)).cloned().collect();
            let person = Person::fold(person_id(), &readable);
            let theirs = derive(&person);
            let case = format!("{} reads {} of {}", role.id, readable.len(), entries.len());
            // Work, and its order: for those who have a list of it.
            if face.person.is_none() && face.represents.is_none() {
                let (is, was) = (told(all.as_ref(), &entries, &face), told(theirs.as_ref(), &readable, &face));
                prop_assert_eq!(is, was, "{}", case);
            }
            // Where the person stands, as far as lists tell it.
            let stage = |derived: Option<&Derived>| derived.map(|one| one.summary.stage);
            let of_assessment = |stage| matches!(stage, Some(Stage::Assessing | Stage::Assessed));
            if !of_assessment(stage(all.as_ref())) {
                prop_assert_eq!(stage(all.as_ref()), stage(theirs.as_ref()), "{}", case);
            }
            // What they may do, and what comes of it.
            let register = OnRegister::default();
            let ground = Ground { forms: desk.forms, readable: &person.assessment, register: &register };
            let promises = promises();
            let (today, now) = (day("2026-11-23"), entries[0].recorded_at);
            let asking = Asking { actor: &face, today, now, promises: &promises };
            for begins in ["assessment", "telecare", "safeguarding-concern"] {
                let wanted = Begin {
                    form: FormId::new(begins),
                    about: String::new(),
                    why: String::new(),
                    owner: Owner::Team(TeamId::new("t")),
                    due: None,
                };
                let on = |person: &Person| begin::begin(person, wanted.clone(), begun(), &ground, &asking);
                prop_assert_eq!(on(&whole), on(&person), "{} begins {}", case, begins);
            }
            let draft = draft("assessment", "nutrition", &[("own", "y")]);
            let on = |person: &Person| write(person, draft.clone(), begun(), &ground, &asking);
            prop_assert_eq!(on(&whole), on(&person), "{} writes", case);
            for form in desk.forms.iter().filter(|form| !form.each_time) {
                let asked = |person: &Person| {
                    let known = known(form, None, person, &ground, today);
                    known.to_ask().into_iter().map(|(s, q)| (s.id.clone(), q.id.clone())).collect::<Vec<_>>()
                };
                prop_assert_eq!(asked(&whole), asked(&person), "{} is asked {}", case, form.id.as_str());
            }
        }
    }
}
