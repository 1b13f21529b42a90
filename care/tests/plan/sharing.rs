//! Practice is shared without the person: neither they nor anybody round them gets through, however it is
//! written; and what names nobody does.

use std::sync::LazyLock;

use care::plan::practice::{Known, Note, Theme, may_withdraw, write};
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
    let known = Known::of(&story.person(), &[identity()], &around);
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
        let Err(Refusal::Missing { field, message }) = refused else {
            panic!("‘{words}’ got through: {refused:?}");
        };
        assert_eq!(field, "what-done", "{words}");
        assert!(message.ends_with("so that nobody can tell whom this is about"), "{message}");
        // In the title as well as anywhere else.
        let (story, ..) = small_plan();
        let known = Known::of(
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
    ] {
        // ‘May’ is a name of this person: here it stands for the month.
        let words = words.replace("May", "June");
        shared(&words).unwrap_or_else(|refusal| panic!("‘{words}’: {refusal}"));
    }
}

#[test]
fn it_is_affirmed_by_a_professional_and_withdrawn_by_them_or_their_lead() {
    let (story, ..) = small_plan();
    let known = Known::default();
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
