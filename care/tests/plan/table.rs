//! A table at which a person and several organisations make a plan.

use care::assess::authority::Decider;
use care::plan::agree::{Said, answer};
use care::plan::{action, outcome};
use care::record::entry::{Audience, EntryNumber, NewEntry};
use care::record::fact::Fact;
use care::record::fact::assess::{FormKind, Reply, SectionWritten, Voice};
use care::record::fact::plan::{Agreement, Area, Doer, Source, Way};
use care::record::ids::{FormId, QuestionId, SectionId};
use care::who::actor::{Asking, Refusal};
use care::who::team;

use crate::place::{Telling, actor, begun};

/// A story that has begun, with a social worker who keeps the record.
pub fn begun_story() -> Telling {
    let mut story = Telling::new();
    let worker = actor("social-worker");
    story.tell(&worker, |person, asking| Ok(asking.begin(person, begun()))).unwrap();
    story.tell(&worker, |person, asking| team::join(person, &worker, true, asking)).unwrap();
    story
}

/// An outcome as the person says it.
pub fn wish(words: &str) -> outcome::Wanted {
    outcome::Wanted {
        of: None,
        words: words.to_owned(),
        area: Area::Community,
        need: "Gets breathless on hills".to_owned(),
        now: "Has not been out since May".to_owned(),
        hoped: "Out once a week".to_owned(),
    }
}

/// An action for an outcome, due a fortnight from now.
pub fn step(story: &Telling, outcome: EntryNumber, what: &str, doer: Doer) -> action::Wanted {
    action::Wanted {
        of: None,
        outcome,
        what: what.to_owned(),
        source: Source::Family,
        doer,
        due: story.today.plus_days(14),
        known_by: "She was there".to_owned(),
        draft: false,
    }
}

/// Writes an outcome; gives its entry.
pub fn write_outcome(story: &mut Telling, role: &str, wanted: &outcome::Wanted) -> EntryNumber {
    story.tell(&actor(role), |person, asking| outcome::write(person, wanted, asking)).unwrap();
    last(story)
}

/// Writes an action; gives its entry.
pub fn write_action(story: &mut Telling, role: &str, wanted: &action::Wanted) -> EntryNumber {
    story.tell(&actor(role), |person, asking| action::write(person, wanted, asking)).unwrap();
    last(story)
}

/// The person agrees with the plan as it stands.
pub fn agree(story: &mut Telling) {
    let said = Said {
        seen: last(story),
        answer: Agreement::Agrees,
        words: String::new(),
        way: Way::SignedIn,
        with: String::new(),
        decider: Decider::Person { unwise: false },
    };
    story.tell(&actor("resident"), |person, asking| answer(person, &said, asking)).unwrap();
}

/// A section of a form of the plan, written by somebody for somebody.
pub fn section(
    purpose: FormKind,
    voice: Voice,
    audience: Audience,
    asking: &Asking<'_>,
) -> NewEntry {
    let written = SectionWritten {
        form: FormId::new("plan"),
        purpose,
        version: 1,
        occasion: None,
        section: SectionId::new("worse"),
        voice,
        replies: [(QuestionId::new("signs"), Reply::Text("She sleeps all day".to_owned()))].into(),
        rests_on: String::new(),
        saw: Vec::new(),
        team: None,
        good_until: None,
    };
    asking.entry_for(audience, Fact::SectionWritten(Box::new(written)))
}

pub fn last(story: &Telling) -> EntryNumber {
    story.person().last
}

/// A plan with one outcome and one action that the daughter does; gives both entries.
pub fn small_plan() -> (Telling, EntryNumber, EntryNumber) {
    let mut story = begun_story();
    let outcome = write_outcome(&mut story, "social-worker", &wish("To get to the allotment"));
    let maria = step(&story, outcome, "Drive her there", Doer::Named("Maria".to_owned()));
    let action = write_action(&mut story, "social-worker", &maria);
    (story, outcome, action)
}

/// The field that was found wrong.
pub fn field(refusal: Result<(), Refusal>) -> &'static str {
    match refusal.unwrap_err() {
        Refusal::Missing { field, .. } => field,
        other => panic!("refused for another reason: {other}"),
    }
}

/// The kinds of the entries that a story holds, in order.
pub fn kinds(story: &Telling) -> Vec<&'static str> {
    story.entries.iter().map(|entry| Fact::kind(&entry.fact)).collect()
}
