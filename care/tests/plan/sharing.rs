//! Practice is shared without the person: neither they nor anybody round them gets through, however it is
//! written; and what names nobody does.

use std::sync::LazyLock;

use care::plan::practice::{Identifiers, Note, Theme, may_withdraw, write};
use care::record::fact::Identity;
use care::record::ids::{NhsNumber, NoteId, OrganisationId};
use care::who::actor::{Actor, Asking, Promises, Refusal};
use law::day::PartialDay;

use crate::place::{Telling, actor, promises};
use crate::table::{field, small_plan};

static PROMISES: LazyLock<Promises> = LazyLock::new(promises);

fn asking<'a>(story: &Telling, actor: &'a Actor) -> Asking<'a> {
    Asking { actor, today: story.today, now: story.now, promises: &PROMISES }
}

fn identity() -> Identity {
    Identity {
        given: "Zoë May".to_owned(),
        family: "Adeyemi-O’Brien".to_owned(),
        born: PartialDay::parse("1941-03-07").ok(),
        nhs_number: NhsNumber::parse("9434765919").ok(),
        address: vec!["12 Peckham Rye".to_owned(), "London".to_owned()],
        postcode: Some("SE15 4JR".to_owned()),
        telephone: Some("020 7946 0123".to_owned()),
    }
}

fn note(done: &str) -> Note {
    Note {
        theme: Theme::Community,
        title: "A lunch club instead of a second visit".to_owned(),
        situation: "Somebody in their eighties, alone since the spring of 2019, falls at night."
            .to_owned(),
        done: done.to_owned(),
        learned: "Go along the first time. It took 3 visits, 12 weeks and a bus pass.".to_owned(),
    }
}

fn shared(done: &str) -> Result<(), Refusal> {
    let (story, ..) = small_plan();
    let around = ["Maria Costa".to_owned(), "Nurse Declan O’Rourke".to_owned()];
    let known = Identifiers::of(&story.person(), &[identity()], &around);
    let worker = actor("social-worker");
    let id = NoteId::from_bytes([7; 16]);
    let kept = write(id, &note(done), true, &known, &asking(&story, &worker))?;
    assert_eq!((kept.on, kept.author.user), (story.today, worker.user));
    Ok(())
}

const GOT_THROUGH: &[&str] = &[
    // Names: in any case, without accents, with an ending, in pieces, hidden.
    "Zoë went",
    "zoe went",
    "ZOË WENT",
    "Zoe’s sister",
    "Zoes sister",
    "Mrs Adeyemi",
    "adeyemi-o'brien",
    "OBrien",
    "O Brien",
    "Adéyémi",
    "Z o ë went",
    "Z.o.e. went",
    "Zo\u{200b}ë went",
    "A\u{ad}deyemi",
    "Ｚｏｅ went",
    "Zoe\u{308} went",
    "Z\u{335}oë went",
    "ZoeAdeyemi",
    "AdeyemiOBrienZoe",
    "Zо\u{451} went",
    "z-o-e",
    "(Zoë)",
    "“Adeyemi”",
    "Zoë/Maria",
    "zoe_adeyemi",
    // Those round them.
    "Her friend Maria",
    "Costa helped",
    "Declan came",
    "o’rourke came",
    // Where, and how to reach them.
    "at 12 Peckham Rye",
    "on Peckham Rye",
    "in PECKHAM  RYE,",
    "SE15 4JR",
    "se154jr",
    "020 7946 0123",
    "(020) 7946-0123",
    "+44 20 7946 0123",
    "07700 900 123",
    "zo@example.org",
    // Numbers of theirs.
    "943 476 5919",
    "943-476-5919",
    "9434765919",
    "９４３ ４７６ ５９１９",
    "943\u{200b}4765919",
    // When they were born.
    "7 March 1941",
    "March 7th, 1941",
    "7th Mar 41",
    "07/03/1941",
    "7.3.41",
    "1941-03-07",
    "07031941",
    "19410307",
    "born in 1941, March 7",
];

#[test]
fn nobody_gets_through_however_they_are_written() {
    for words in GOT_THROUGH {
        let refused = shared(&format!("We talked, {words}, and then it went well."));
        let Err(Refusal::Missing { field, message, .. }) = refused else {
            panic!("‘{words}’ got through: {refused:?}");
        };
        assert_eq!(field, "what-done", "{words}");
        assert!(message.ends_with("so that nobody can tell whom this is about"), "{message}");
        // In the title as well as anywhere else.
        let (story, ..) = small_plan();
        let known = Identifiers::of(
            &story.person(),
            &[identity()],
            &["Maria Costa".to_owned(), "Declan O’Rourke".to_owned()],
        );
        let titled = Note { title: (*words).to_owned(), ..note("We talked") };
        let worker = actor("social-worker");
        let asking_now = asking(&story, &worker);
        let refused = write(NoteId::from_bytes([7; 16]), &titled, true, &known, &asking_now);
        assert_eq!(field_of(refused), "title", "{words}");
    }
}

fn field_of<T: std::fmt::Debug>(refusal: Result<T, Refusal>) -> &'static str {
    field(refusal.map(drop))
}

#[test]
fn what_names_nobody_is_shared() {
    for words in [
        "The day centre rang each morning at 9.30, for 6 weeks, from March to May 2019.",
        "We asked the surgery, then the council: 999 was rung twice in 2019 and never in 2020.",
        "She walked along the river; the rye bread was hers to bake. Costs came to £120.50 a week.",
        "Seven of them went in March. One was born in 1941.",
        "They came on 7 March at noon, and again in March 1941 by the hundred.",
        "On 7 May 1941 the street was bombed; London was dark, and so was SE15.",
    ] {
        // ‘May’ is a name of this person: here it stands for the month.
        let words = words.replace("May", "June");
        shared(&words).unwrap_or_else(|refusal| panic!("‘{words}’: {refusal}"));
    }
}

/// Whether words get through about somebody of a name, at an address.
fn through(given: &str, family: &str, address: &str, postcode: &str, words: &str) -> bool {
    let (mut story, ..) = small_plan();
    let own = Identity {
        given: given.to_owned(),
        family: family.to_owned(),
        born: None,
        address: vec![address.to_owned()],
        postcode: Some(postcode.to_owned()),
        telephone: None,
        nhs_number: None,
    };
    let worker = actor("social-worker");
    // Only what is said here: the story is of somebody of another name.
    story.entries.truncate(0);
    let known = Identifiers::of(&story.person(), &[own], &[]);
    write(NoteId::from_bytes([7; 16]), &note(words), true, &known, &asking(&story, &worker)).is_ok()
}

#[test]
fn short_names_and_common_words_of_an_address_do_not_stand_in_the_way() {
    let cases = [
        // A letter is no name, and two with an ending are a word.
        ("J Wa", "Ito", "", "", "It was a J cloth, and vitamin C", true),
        ("J Wa", "Ito", "", "", "Wa came", false),
        ("J Wa", "Ito", "", "", "Itos sister", false),
        // The street, with or without its number; a town or one word of it is anybody's.
        ("Ann", "Li", "12 Rye Lane", "", "Rye Lane is busy", false),
        ("Ann", "Li", "Rye Lane", "", "Rye Lane is busy", false),
        ("Ann", "Li", "12 Rye", "", "at 12 Rye", false),
        ("Ann", "Li", "12 Rye", "", "The rye bread was hers", true),
        ("Ann", "Li", "London", "", "London was dark", true),
        ("Ann", "Li", "", "SE15", "SE15 is a large place", true),
        ("Ann", "Li", "", "SE1 4J", "SE1 4J is a small one", false),
    ];
    for (given, family, address, postcode, words, expected) in cases {
        let got = through(given, family, address, postcode, words);
        assert_eq!(got, expected, "‘{words}’, of {given} {family}, {address} {postcode}");
    }
}

#[test]
fn who_is_named_in_an_answer_is_not_named_in_a_note() {
    let (mut story, ..) = small_plan();
    let worker = actor("social-worker");
    story
        .tell(&worker, |_, asking| {
            let mut section = crate::table::section(
                care::record::fact::assess::FormKind::Assessment,
                care::record::fact::assess::Voice::Recorded,
                care::record::entry::Audience::Everyone,
                asking,
            );
            let care::record::fact::Fact::SectionWritten(written) = &mut section.fact else {
                unreachable!("a section")
            };
            let named = care::record::fact::assess::Named {
                name: "Bea Nwosu".to_owned(),
                ..Default::default()
            };
            written.replies = [(
                care::record::ids::QuestionId::new("important-people"),
                care::record::fact::assess::Reply::People(vec![named]),
            )]
            .into();
            Ok(vec![section])
        })
        .unwrap();
    let known = Identifiers::of(&story.person(), &[], &[]);
    let asking = asking(&story, &worker);
    let id = NoteId::from_bytes([7; 16]);
    let refused = write(id, &note("Bea plays cards with her"), true, &known, &asking);
    assert_eq!(field_of(refused), "what-done");
}

#[test]
fn it_is_affirmed_by_a_professional_and_withdrawn_by_them_or_their_lead() {
    let (story, ..) = small_plan();
    let known = Identifiers::default();
    let id = NoteId::from_bytes([7; 16]);
    let worker = actor("social-worker");
    let asking_now = asking(&story, &worker);
    assert_eq!(field_of(write(id, &note("We talked"), false, &known, &asking_now)), "affirm");
    for (field, empty) in [
        ("title", Note { title: " ".to_owned(), ..note("It") }),
        ("learned", Note { learned: String::new(), ..note("It") }),
        ("what-done", note("")),
    ] {
        assert_eq!(field_of(write(id, &empty, true, &known, &asking_now)), field);
    }
    for role in ["resident", "finance-officer", "contact-officer"] {
        let other = actor(role);
        assert!(write(id, &note("It"), true, &known, &asking(&story, &other)).is_err(), "{role}");
    }
    let kept = write(id, &note("We talked"), true, &known, &asking_now).unwrap();
    assert!(may_withdraw(&kept, &worker));
    let mut lead = actor("team-lead");
    lead.organisation = kept.author.organisation.clone();
    assert!(may_withdraw(&kept, &lead));
    assert!(!may_withdraw(&kept, &actor("community-nurse")));
    lead.organisation = OrganisationId::new("elsewhere");
    assert!(!may_withdraw(&kept, &lead));
    assert!(kept.note.tokens().contains("lunch") && kept.note.tokens().contains("2019"));
    assert_eq!(kept.on, story.today);
}
