//! The ways a person can stand to a user, each with a record of the same shape.

use std::sync::Arc;

use care::record::entry::{Audience, Author, NewEntry};
use care::record::fact::assess::{FormBegun, FormKind, Prompt, Prompted};
use care::record::fact::carer::{CarerLink, LinkSaid, LinkSide, Share};
use care::record::fact::decision::{AuthorityKind, AuthorityRecorded, Made, Matter};
use care::record::fact::{
    Begun, ChargeDecided, Contact, ContactKind, Fact, Ground, Identity, Invited, MeansStated, Note,
    RecordOpened, Route, Stated, TeamJoined,
};
use care::record::ids::{FormId, LinkId, PersonId, RunId, TeamId, UserId};
use law::charging::{Basis, Case};
use law::day::Day;
use law::pence::Pence;

use super::world::{ELSEWHERE, FAR_TEAM, HERE, Seat, World, resident, start, stranger, today};

/// How a person stands to a user, from nearest to farthest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The user is this person.
    Own,
    /// The user is in the person's team.
    Member,
    /// The user's team has a contact of theirs to answer.
    Work,
    /// In touch with us, at a surgery of the user's neighbourhood.
    Area,
    /// At that surgery, and nothing has happened.
    Quiet,
    /// The user gave a reason an hour ago.
    Opened,
    /// In touch with others, in another borough.
    Outside,
    /// As `Member`, and the record is restricted.
    RestrictedMember,
    /// As `Area`, and the record is restricted.
    Restricted,
    /// There is no such person.
    Nobody,
}

impl Standing {
    pub const ALL: [Self; 10] = [
        Self::Own,
        Self::Member,
        Self::Work,
        Self::Area,
        Self::Quiet,
        Self::Opened,
        Self::Outside,
        Self::RestrictedMember,
        Self::Restricted,
        Self::Nobody,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Member => "member",
            Self::Work => "our work",
            Self::Area => "area",
            Self::Quiet => "quiet",
            Self::Opened => "opened",
            Self::Outside => "outside",
            Self::RestrictedMember => "restr member",
            Self::Restricted => "restricted",
            Self::Nobody => "nobody",
        }
    }

    fn near(self) -> bool {
        matches!(self, Self::Own | Self::Area | Self::Quiet | Self::Restricted)
    }

    fn member(self) -> bool {
        matches!(self, Self::Member | Self::RestrictedMember)
    }
}

/// Every story's entries stand in this order, so that each route can name one.
pub const CONTACT: u32 = 2;
pub const NOTE: u32 = 3;
pub const OPENING: u32 = 4;
/// A draft of what the person pays, after one that was decided.
pub const DRAFT: u32 = 8;
/// A form that was begun, and something to think of.
pub const BEGUN: u32 = 9;
pub const PROMPT: u32 = 10;
/// A decision on eligibility, which a letter tells.
pub const LETTER: u32 = 12;
/// A link with a carer.
pub const LINK: u32 = 16;
/// Authority to act for the person about money.
pub const AUTHORITY: u32 = 11;

/// A finding that the person can decide something; a form about that, and a checklist.
pub const FINDING: u32 = 13;
pub const CAPACITY_FORM: u32 = 14;
pub const CHC_FORM: u32 = 15;

/// Enablement that is under way, a meeting that is to come, and a message; after an outcome and an
/// action of a plan.
pub const ENABLEMENT: u32 = 23;
pub const MEETING: u32 = 24;
pub const MESSAGE: u32 = 25;
/// What the person wants, and what is done for it.
pub const OUTCOME: u32 = 21;
pub const ACTION: u32 = 22;

/// Lays people down, and puts them in the store all at once.
#[derive(Default)]
pub struct Laying {
    people: Vec<care::find::register::Resident>,
    stories: Vec<(PersonId, Vec<NewEntry>)>,
    found: Vec<(PersonId, String, u32)>,
}

impl Laying {
    /// Somebody new, who stands so to a user.
    pub fn lay(
        &mut self,
        standing: Standing,
        user: UserId,
        seat: &Seat,
        invited: bool,
    ) -> PersonId {
        let number = u32::try_from(self.people.len()).unwrap();
        let practice = if standing.near() { HERE } else { ELSEWHERE };
        let mut one = resident(number, practice);
        let person = one.person;
        if standing == Standing::Nobody {
            return PersonId::of_source("nobody", &number.to_string());
        }
        one.restricted = matches!(standing, Standing::Restricted | Standing::RestrictedMember);
        self.people.push(one);
        if standing == Standing::Quiet {
            return person;
        }
        self.found.push((person, practice.to_owned(), 3));
        let owner = if standing == Standing::Work { seat.team } else { None };
        self.stories.push((person, story(number, owner, standing, user, invited)));
        person
    }

    pub fn put(self, world: &World) {
        world.register(self.people);
        world.tell(self.stories);
        world.found(1, start(), self.found);
    }
}

fn story(
    number: u32,
    owner: Option<&str>,
    standing: Standing,
    user: UserId,
    invited: bool,
) -> Vec<NewEntry> {
    let stranger = stranger();
    let mut entries = vec![
        entry(&stranger, begun(number)),
        entry(&stranger, contact(owner.unwrap_or(FAR_TEAM))),
        entry(&stranger, Fact::Note(Note { words: format!("A note about {number}") })),
        entry(&stranger, opened(-3600)),
        entry(&stranger, joined(stranger.user, true)),
        entry(&stranger, draft()),
        entry(&stranger, decided(DRAFT - 2)),
        entry(&stranger, draft()),
        entry(&stranger, form_begun("assessment", FormKind::Assessment)),
        entry(&stranger, prompted()),
        entry(&stranger, authority()),
        entry(&stranger, eligible()),
        entry(&stranger, finding()),
        entry(&stranger, form_begun("capacity", FormKind::Capacity)),
        entry(&stranger, form_begun("chc-checklist", FormKind::Chc)),
        entry(&stranger, linked()),
    ];
    entries.extend(filled().into_iter().map(|fact| entry(&stranger, fact)));
    entries.extend(planned(OUTCOME).into_iter().map(|fact| entry(&stranger, fact)));
    entries.extend(talked().into_iter().map(|fact| entry(&stranger, fact)));
    if invited {
        entries.push(entry(&stranger, invitation()));
    }
    if standing.member() {
        entries.push(entry(&stranger, joined(user, false)));
    }
    if standing == Standing::Opened {
        entries.push(entry(&Author { user, ..stranger }, opened(7 * 3600)));
    }
    entries
}

/// An entry for everyone.
pub fn entry(author: &Author, fact: Fact) -> NewEntry {
    entry_for(author, Audience::Everyone, fact)
}

pub fn entry_for(author: &Author, audience: Audience, fact: Fact) -> NewEntry {
    NewEntry {
        on: today(),
        recorded_at: start(),
        author: author.clone(),
        audience,
        corrects: None,
        fact,
    }
}

pub fn begun(number: u32) -> Fact {
    let one = resident(number, HERE);
    let identity = Identity { given: one.given, family: one.family, ..Identity::default() };
    Fact::Begun(Begun { identity, on_register: true })
}

pub fn contact(to: &str) -> Fact {
    Fact::Contact(Contact {
        contact: ContactKind::Enquiry,
        route: Route::Myself,
        from: String::new(),
        words: "May I have a rail by the bath?".to_owned(),
        urgent: false,
        person_agrees: Some(true),
        to: TeamId::new(to),
        answer_by: today(),
        changed: None,
    })
}

fn opened(seconds: i64) -> Fact {
    Fact::RecordOpened(RecordOpened {
        reason: "They fell at the hospital door".to_owned(),
        until: start().plus_seconds(seconds),
        tell: None,
        review_by: today(),
    })
}

pub fn joined(user: UserId, keeper: bool) -> Fact {
    let stranger = stranger();
    Fact::TeamJoined(TeamJoined {
        user,
        name: stranger.name,
        role: stranger.role,
        organisation: stranger.organisation,
        keeper,
    })
}

pub fn authority() -> Fact {
    Fact::AuthorityRecorded(Box::new(AuthorityRecorded {
        authority: AuthorityKind::LpaProperty,
        holder: "Ada Okonkwo".to_owned(),
        scope: [Matter::Money].into(),
        limits: String::new(),
        from: Day::new(2026, 1, 1).unwrap(),
        until: None,
        document: "The registered instrument".to_owned(),
        seen_on: today(),
        registered_on: Day::new(2026, 1, 1),
    }))
}

fn case() -> Case {
    let case = r#"{"asOf":"2026-06-01","setting":"home","toldOn":"2026-05-01",
        "person":{"born":"1955-01-01","household":"single"},
        "income":[{"kind":"state-pension","amount":"300.00","every":"week"}],
        "services":[{"kind":"home-care","cost":"200.00","every":"week"}]}"#;
    serde_json::from_str(case).unwrap()
}

fn draft() -> Fact {
    let words = "Letter seen".to_owned();
    let (stated, case, seen) = (Stated::AsDraft, case(), Vec::new());
    Fact::MeansStated(Box::new(MeansStated { stated, case, seen, words, decide: None }))
}

pub fn decided(draft: u32) -> Fact {
    Fact::ChargeDecided(Arc::new(ChargeDecided {
        ground: Ground::Draft(draft),
        follows: None,
        case: case(),
        charge: Pence::new(5_855),
        later: Vec::new(),
        full_cost: Pence::pounds(200),
        basis: Basis::Means,
        policy: "1".to_owned(),
        working: Vec::new(),
        unverified: Vec::new(),
        words: String::new(),
        letter: None,
    }))
}

fn finding() -> Fact {
    let able = r#"{"able":true,"seen":"She said so"}"#;
    let found = format!(
        r#"{{"decision":"Whether to have tea","matter":"care","support":"A cup",
        "abilities":{{"understand":{able},"retain":{able},"weigh":{able},"communicate":{able}}},
        "conclusion":"has-capacity"}}"#
    );
    Fact::CapacityAssessed(serde_json::from_str(&found).unwrap())
}

fn form_begun(form: &str, purpose: FormKind) -> Fact {
    Fact::FormBegun(Box::new(FormBegun {
        form: FormId::new(form),
        purpose,
        version: 1,
        about: "Whether to go out".to_owned(),
        why: String::new(),
        team: Some(TeamId::new(FAR_TEAM)),
        user: None,
        due: today(),
    }))
}

fn prompted() -> Fact {
    Fact::Prompted(Box::new(Prompted {
        purpose: FormKind::Assessment,
        prompt: Prompt::Technology,
        about: String::new(),
        because: "They would like to try it.".to_owned(),
        team: Some(TeamId::new(FAR_TEAM)),
        due: today(),
    }))
}

/// What the two forms say: enough for what rests on them to be recorded.
fn filled() -> Vec<Fact> {
    let written = |form: &str, kind: &str, occasion: u32, section: &str, replies: &str| {
        let written = format!(
            r#"{{"form":"{form}","purpose":"{kind}","version":1,"occasion":{occasion},
            "section":"{section}","voice":"professional","replies":{{{replies}}}}}"#
        );
        Fact::SectionWritten(serde_json::from_str(&written).unwrap())
    };
    let able = ["understand", "retain", "weigh", "communicate"].map(|ability| {
        format!(r#""{ability}":{{"yes-no":"yes"}},"{ability}-seen":{{"text":"She said so"}}"#)
    });
    let marks: Vec<String> = law::chc::ChecklistDomain::ALL
        .iter()
        .map(|domain| format!(r#""{}":{{"choice":"C"}}"#, domain.code()))
        .collect();
    let agreed = r#""occasion":{"choices":["review"]},"consent":{"choice":"given"},
        "involved":{"yes-no":"yes"}"#;
    let help = r#""help":{"text":"Pictures"}"#;
    vec![
        written("capacity", "capacity", CAPACITY_FORM, "support", help),
        written("capacity", "capacity", CAPACITY_FORM, "functional", &able.join(",")),
        written("chc-checklist", "chc-checklist", CHC_FORM, "agreement", agreed),
        written("chc-checklist", "chc-checklist", CHC_FORM, "domains", &marks.join(",")),
    ]
}

/// A plan with an outcome and an action, from the number that the outcome has; and enablement for it.
pub fn planned(outcome: u32) -> Vec<Fact> {
    let facts = format!(
        r#"[{{"kind":"outcome-written","words":"To get to the allotment","area":"community",
            "need":"Gets breathless","now":"Not since May","hoped":"Out once a week",
            "agree_by":"2026-12-06"}},
        {{"kind":"action-written","outcome":{outcome},"what":"Drive her there","source":"family",
            "doer":{{"named":"Maria"}},"due":"2026-12-06","known_by":"She was there",
            "agree_by":"2026-12-06"}},
        {{"kind":"enablement-begun","outcomes":[{outcome}],"team":"{FAR_TEAM}",
            "from":"2026-11-22","until":"2026-12-20","quarters":28}}]"#
    );
    serde_json::from_str(&facts).unwrap()
}

fn talked() -> Vec<Fact> {
    let facts = format!(
        r#"[{{"kind":"meeting-listed","team":"{FAR_TEAM}","on":"2026-12-01","why":"Falls",
            "basis":"agreed"}},
        {{"kind":"message-sent","team":"{FAR_TEAM}","words":"Please look in",
            "answer_by":"2026-11-25"}}]"#
    );
    serde_json::from_str(&facts).unwrap()
}

fn linked() -> Fact {
    Fact::CarerLink(Box::new(CarerLink {
        link: LinkId::from_bytes([7; 16]),
        said: LinkSaid::Agreed {
            side: LinkSide::CaredFor,
            other: PersonId::of_source("test", "a carer"),
            name: "Rosa".to_owned(),
            shares: [Share::Team].into(),
            made: Made::default(),
            words: String::new(),
        },
    }))
}

pub fn eligible() -> Fact {
    let decided = r#"{"case":{"asOf":"2026-06-01","who":"adult","outcomes":[],
        "cause":{"found":false,"reason":"Moving house"}},
        "determination":"not-eligible","working":[],"follows":[],"words":"A van"}"#;
    Fact::EligibilityDecided(serde_json::from_str(decided).unwrap())
}

pub fn invitation() -> Fact {
    Fact::Invited(Invited {
        run: RunId::from_bytes([1; 16]),
        criterion: "three-conditions".to_owned(),
        version: "1".to_owned(),
        reason: "You have three or more long-term conditions.".to_owned(),
        as_of: today(),
        evidence: Vec::new(),
        how: "By letter".to_owned(),
        team: TeamId::new(FAR_TEAM),
        ask_by: today(),
    })
}
