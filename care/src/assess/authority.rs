//! Who decides: the person; and for a person who lacks capacity for one decision, whoever has lawful
//! authority in scope, on record and in date, or those responsible in the person's best interests.
//!
//! That a decision may be made for somebody is a value, [`Lawful`], which only [`lawful`] makes. What
//! records such a decision asks for it, so there is no way around the check.

use std::collections::BTreeSet;

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::assess::{FormKind, Prompt, Prompted};
use crate::record::fact::decision::{
    AuthorityEnded, AuthorityKind, AuthorityRecorded, Conclusion, DecisionMade, Interests, Made,
    Matter,
};
use crate::record::person::Person;
use crate::record::person::decisions::{Authority, same_decision};
use crate::who::actor::{Asking, Needed, Refusal, Together, optional_words, words};
use crate::who::role::Right;

use super::Ground;
use super::answers::Answers;

/// Who holds an authority.
pub const HOLDER: Needed = Needed::new("holder", "Say who holds it, or who made the order");

/// The document that shows it.
pub const DOCUMENT: Needed = Needed::new("document", "Say which document was seen, and its number");

/// What a kind of authority can be about.
pub const fn covers(kind: AuthorityKind) -> &'static [Matter] {
    match kind {
        AuthorityKind::LpaHealth | AuthorityKind::DeputyWelfare => &[
            Matter::Treatment,
            Matter::Care,
            Matter::Residence,
            Matter::Contact,
            Matter::Information,
        ],
        AuthorityKind::LpaProperty | AuthorityKind::Enduring | AuthorityKind::DeputyProperty => {
            &[Matter::Money, Matter::Benefits, Matter::Information]
        }
        AuthorityKind::Court => Matter::ALL,
        AuthorityKind::Appointee => &[Matter::Benefits],
        AuthorityKind::Liberty => &[Matter::Care, Matter::Residence],
    }
}

/// Whether whoever holds it decides. An authorised deprivation of liberty decides nothing by itself.
const fn decides(kind: AuthorityKind) -> bool {
    !matches!(kind, AuthorityKind::Liberty)
}

/// What may be decided in somebody's best interests by those who care for them (s5): acts of care and
/// treatment. Nobody deals with another's money without authority.
const fn in_best_interests(matter: Matter) -> bool {
    !matches!(matter, Matter::Money | Matter::Benefits)
}

/// Records authority that was seen.
pub fn record(
    person: &Person,
    seen: AuthorityRecorded,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    require(person, "Recording authority", asking)?;
    let kind = seen.authority;
    let (holder, document, (), (), (), (), limits) = (
        HOLDER.words(&seen.holder),
        DOCUMENT.words(&seen.document),
        asking.not_after_today("seen-on", "The day it was seen", seen.seen_on),
        scope(kind, &seen.scope),
        registered(kind, seen.registered_on, asking),
        ends(kind, seen.from, seen.until),
        optional_words("limits", &seen.limits),
    )
        .together()?;
    let recorded = AuthorityRecorded { holder, limits, document, ..seen };
    Ok(vec![asking.entry(Fact::AuthorityRecorded(Box::new(recorded)))])
}

fn scope(kind: AuthorityKind, scope: &BTreeSet<Matter>) -> Result<(), Refusal> {
    if scope.is_empty() {
        return Err(Refusal::missing("scope", "Choose what it is about"));
    }
    let Some(beyond) = scope.iter().find(|matter| !covers(kind).contains(matter)) else {
        return Ok(());
    };
    let message = format!(
        "‘{}’ does not reach to ‘{}’: look at the document again",
        kind.in_words(),
        beyond.in_words().to_lowercase()
    );
    Err(Refusal::missing("scope", message))
}

fn registered(kind: AuthorityKind, on: Option<Day>, asking: &Asking<'_>) -> Result<(), Refusal> {
    match on {
        None if kind.is_registered() => {
            let message = "It counts once it is registered with the Office of the Public Guardian: \
                           enter the day";
            Err(Refusal::missing("registered-on", message))
        }
        Some(day) => asking.not_after_today("registered-on", "The day it was registered", day),
        None => Ok(()),
    }
}

fn ends(kind: AuthorityKind, from: Day, until: Option<Day>) -> Result<(), Refusal> {
    match until {
        Some(until) if until < from => {
            Err(Refusal::missing("until", "The last day cannot be before the first"))
        }
        None if kind == AuthorityKind::Liberty => {
            Err(Refusal::missing("until", "An authorisation has a last day: enter it"))
        }
        _ => Ok(()),
    }
}

/// Records that authority has ended: revoked, set aside, or its holder can no longer act.
pub fn end(
    person: &Person,
    authority: EntryNumber,
    last_day: Day,
    why: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    require(person, "Ending authority", asking)?;
    let known = person.decisions.authority_in(authority);
    let known = known.ok_or(Refusal::NoSuchEntry(authority))?;
    if let Some(ended) = &known.ended {
        return Err(Refusal::NotNow(format!("{} has recorded its end", ended.author.name)));
    }
    let why = words("why", why, "Say why it ended, and what shows it")?;
    let ended = AuthorityEnded { authority, last_day, why };
    Ok(vec![asking.entry(Fact::AuthorityEnded(ended))])
}

fn require(person: &Person, what: &'static str, asking: &Asking<'_>) -> Result<(), Refusal> {
    asking.require(Right::AssessCapacity, what)?;
    asking.require_begun(person)?;
    if asking.actor.person == Some(person.id) {
        return Err(Refusal::NotNow("Somebody who works with you records this".to_owned()));
    }
    Ok(())
}

/// By whom a decision is to be made for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By who holds the authority recorded in an entry.
    Holder(EntryNumber),
    /// In their best interests, by those responsible for the act of care or treatment.
    BestInterests,
}

/// That one decision may be made for a person today. Only [`lawful`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lawful {
    made: Made,
    decision: String,
    matter: Matter,
}

impl Lawful {
    /// The entry in which the person was found to lack capacity for it.
    pub fn finding(&self) -> EntryNumber {
        capacity_of(self)
    }

    /// By whom, as it is kept.
    pub fn made(&self) -> &Made {
        &self.made
    }

    /// The decision, as capacity for it was assessed.
    pub fn decision(&self) -> &str {
        &self.decision
    }

    /// What it is about.
    pub fn matter(&self) -> Matter {
        self.matter
    }
}

/// Checks that a decision may be made for a person on a day: that they were found to lack capacity for
/// it, that the finding still holds, and that whoever decides has authority for it.
pub fn lawful(person: &Person, capacity: EntryNumber, by: By, on: Day) -> Result<Lawful, Refusal> {
    let decisions = &person.decisions;
    let found = decisions.capacity_in(capacity).ok_or(Refusal::NoSuchEntry(capacity))?;
    let assessed = &found.said;
    let no = |why: String| Err(Refusal::NotNow(why));
    if assessed.conclusion != Conclusion::Lacks {
        return no(
            "The person has capacity for this decision: nobody decides it for them".to_owned()
        );
    }
    let same = decisions.capacity_for(&assessed.decision);
    if same.is_some_and(|last| last.entry != capacity) {
        return no("Capacity for this decision was assessed again since: go by that".to_owned());
    }
    // Capacity that was found in the same matter afterwards puts the earlier finding in doubt.
    let regained = decisions.capacity.iter().any(|later| {
        later.entry > capacity
            && later.said.matter == assessed.matter
            && later.said.conclusion == Conclusion::Has
    });
    if regained {
        return no(format!(
            "The person was found to have capacity in a matter of ‘{}’ since: assess this decision again",
            assessed.matter.in_words().to_lowercase()
        ));
    }
    if found.on > on || assessed.good_until.is_none_or(|until| until < on) {
        return no("The finding can no longer be relied on: assess this decision again".to_owned());
    }
    let made = match by {
        By::Holder(authority) => {
            let known = decisions.authority_in(authority);
            holder(known.ok_or(Refusal::NoSuchEntry(authority))?, assessed.matter, on)?;
            Made::Holder { capacity, authority }
        }
        By::BestInterests => {
            best_interests(person, assessed.matter, on)?;
            Made::BestInterests { capacity }
        }
    };
    Ok(Lawful { made, decision: assessed.decision.clone(), matter: assessed.matter })
}

fn holder(authority: &Authority, matter: Matter, on: Day) -> Result<(), Refusal> {
    let said = &authority.recorded.said;
    let what = said.authority.in_words();
    if !decides(said.authority) {
        return Err(Refusal::NotNow(format!("‘{what}’ gives nobody the right to decide")));
    }
    if !said.scope.contains(&matter) || !covers(said.authority).contains(&matter) {
        return Err(Refusal::NotNow(format!(
            "‘{what}’ held by {} does not reach to ‘{}’",
            said.holder,
            matter.in_words().to_lowercase()
        )));
    }
    if !authority.holds(matter, on) {
        return Err(Refusal::NotNow(format!(
            "‘{what}’ held by {} does not hold on {}",
            said.holder,
            on.in_words()
        )));
    }
    Ok(())
}

fn best_interests(person: &Person, matter: Matter, on: Day) -> Result<(), Refusal> {
    if !in_best_interests(matter) {
        return Err(Refusal::NotNow(format!(
            "‘{}’ needs an attorney, a deputy, an appointee or the court: nobody decides it in best \
             interests alone",
            matter.in_words()
        )));
    }
    let mut holding = person.decisions.holding(matter, on);
    let decider = holding.find(|authority| decides(authority.recorded.said.authority));
    if let Some(authority) = decider {
        let said = &authority.recorded.said;
        return Err(Refusal::NotNow(format!(
            "{} decides this, by {}",
            said.holder,
            said.authority.in_words().to_lowercase()
        )));
    }
    Ok(())
}

/// Records a decision that the person made, wise or not. One they were found unable to make is kept as
/// what they wish, with the decision that is made for them.
pub fn by_person(
    person: &Person,
    decision: &str,
    matter: Matter,
    decided: &str,
    unwise: bool,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let own = asking.actor.person == Some(person.id);
    if !own {
        asking.require(Right::WriteAssessment, "Recording a decision")?;
    }
    asking.require_begun(person)?;
    let decision = words("decision", decision, "Name the decision")?;
    require_able(person, &decision, asking.today)?;
    let decided = words("decided", decided, "Write what they decided, in their words")?;
    let made = DecisionMade {
        decision,
        matter,
        decided,
        made: Made::Person { unwise },
        interests: None,
        review_by: None,
        // Who writes it themself needs no letter that tells them.
        letter: (!own).then(|| asking.letter()),
    };
    Ok(vec![asking.entry(Fact::DecisionMade(Box::new(made)))])
}

/// Refuses where the person was found unable to make a decision, and that still holds.
pub(super) fn require_able(person: &Person, decision: &str, on: Day) -> Result<(), Refusal> {
    let same = |lacking: &str| same_decision(lacking, decision);
    let lacking = person.decisions.lacking().find(|told| {
        same(&told.said.decision) && told.said.good_until.is_some_and(|until| on <= until)
    });
    match lacking {
        None => Ok(()),
        Some(told) => Err(Refusal::NotNow(format!(
            "They were found on {} to lack capacity for this decision: keep what they say as their \
             wishes, with the decision made for them, or assess again",
            told.on.in_words()
        ))),
    }
}

/// Records a decision made for the person: the decision is the one for which they lack capacity, and
/// what they want is gone by first. Where there is nobody to ask but those who are paid, an advocate is
/// thought of.
pub fn for_person(
    person: &Person,
    lawful: &Lawful,
    decided: &str,
    weighed: &Gathered,
    review_by: Option<Day>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    require(person, "Recording a decision made for somebody", asking)?;
    // A right to decide that was looked up yesterday may have ended since.
    let still = self::lawful(person, capacity_of(lawful), by_of(lawful), asking.today)?;
    let ask = "Say when this is looked at again";
    let review_by = review_by.ok_or_else(|| Refusal::missing("review-by", ask)).and_then(|day| {
        // A year at most is our own choice.
        asking.within_a_year("review-by", day).map(|()| day)
    });
    let said = |field, text: &Option<String>, ask| words(field, text.as_deref().unwrap_or(""), ask);
    let (decided, wishes, consulted, options, least, deprives, somebody, review_by) = (
        words("decided", decided, "Write what was decided"),
        said(
            "wishes",
            &weighed.wishes,
            "Write what the person wants, now and before, and what would weigh with them (s4(6))",
        ),
        said("consulted", &weighed.consulted, "Write who was asked (s4(7))"),
        said("options", &weighed.options, "Write which choices there were"),
        said(
            "least",
            &weighed.least,
            "Write why this one, and how it restricts them least (s1(6))",
        ),
        yes_or_no("deprives", weighed.deprives),
        yes_or_no("somebody", weighed.somebody),
        review_by,
    )
        .together()?;
    let interests =
        Interests { wishes, consulted, options, least, deprives, nobody_to_ask: !somebody };
    if interests.deprives && !liberty(person, asking.today) {
        return Err(Refusal::NotNow(
            "This deprives the person of their liberty: it needs an authorisation, or an order of the \
             court, on record and in date"
                .to_owned(),
        ));
    }
    let alone = interests.nobody_to_ask;
    let made = DecisionMade {
        decision: still.decision,
        matter: still.matter,
        decided,
        made: still.made,
        interests: Some(interests),
        review_by: Some(review_by),
        letter: Some(asking.letter()),
    };
    let mut entries = vec![asking.entry(Fact::DecisionMade(Box::new(made)))];
    let asked =
        person.assessment.prompted.iter().any(|state| {
            state.prompted.said.prompt == Prompt::Advocacy && state.answered.is_none()
        });
    if alone && !asked {
        entries.push(advocacy(asking));
    }
    Ok(entries)
}

fn yes_or_no(field: &'static str, said: Option<bool>) -> Result<bool, Refusal> {
    said.ok_or_else(|| Refusal::missing(field, "Choose yes or no"))
}

fn advocacy(asking: &Asking<'_>) -> NewEntry {
    asking.entry(Fact::Prompted(Box::new(Prompted {
        purpose: FormKind::BestInterests,
        prompt: Prompt::Advocacy,
        about: String::new(),
        because: "There is nobody right to ask about the person’s best interests (Mental Capacity \
                  Act 2005 ss37–39)."
            .to_owned(),
        team: asking.actor.team.clone(),
        due: asking.in_days(asking.promises.answer_prompt_days),
    })))
}

/// What a best-interests form says, for the decision that rests on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// The entry that began the form.
    pub occasion: Option<EntryNumber>,
    /// What the person wants, now and before.
    pub wishes: Option<String>,
    /// Who was asked, and what they said.
    pub consulted: Option<String>,
    /// The choices.
    pub options: Option<String>,
    /// Why this one.
    pub least: Option<String>,
    /// Whether it deprives them of liberty.
    pub deprives: Option<bool>,
    /// Whether there is somebody right to ask who is not paid.
    pub somebody: Option<bool>,
}

/// What was written down in the last best-interests form about a decision, of what the person may read.
pub fn gather(decision: &str, ground: &Ground<'_>) -> Gathered {
    let same = |begun: &&crate::record::person::assessment::BegunForm| {
        let said = &begun.begun.said;
        said.purpose == FormKind::BestInterests && same_decision(&said.about, decision)
    };
    let Some(begun) = ground.readable.begun.iter().rev().find(same) else {
        return Gathered::default();
    };
    let answers = Answers::of(begun.begun.entry, ground);
    let words = |id: &str| answers.words(id).said();
    let wishes: Vec<String> = ["now", "before"].into_iter().filter_map(words).collect();
    Gathered {
        occasion: Some(begun.begun.entry),
        wishes: (!wishes.is_empty()).then(|| wishes.join("\n")),
        consulted: words("people"),
        options: words("options"),
        least: words("least"),
        deprives: answers.yes("liberty").said(),
        somebody: answers.yes("imca").said(),
    }
}

fn capacity_of(lawful: &Lawful) -> EntryNumber {
    match lawful.made {
        Made::Holder { capacity, .. } | Made::BestInterests { capacity } => capacity,
        // There is none: nothing stands in this entry, and the check says so.
        Made::Person { .. } => 0,
    }
}

fn by_of(lawful: &Lawful) -> By {
    match lawful.made {
        Made::Holder { authority, .. } => By::Holder(authority),
        Made::BestInterests { .. } | Made::Person { .. } => By::BestInterests,
    }
}

/// Whether a deprivation of liberty is authorised on a day.
fn liberty(person: &Person, on: Day) -> bool {
    let matters: BTreeSet<Matter> = BTreeSet::from([Matter::Care, Matter::Residence]);
    matters.into_iter().any(|matter| {
        person.decisions.holding(matter, on).any(|authority| {
            let kind = authority.recorded.said.authority;
            matches!(kind, AuthorityKind::Liberty | AuthorityKind::Court)
        })
    })
}

/// Whoever decides: the person, or somebody for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decider {
    /// The person, also where others think it unwise.
    Person {
        /// Whether others do.
        unwise: bool,
    },
    /// Somebody for them.
    For(Lawful),
}

/// Who decided, as it is kept: checked again on the day, for the decision that is spoken of.
pub(crate) fn decider(
    person: &Person,
    decision: &str,
    decider: &Decider,
    on: Day,
) -> Result<Made, Refusal> {
    match decider {
        Decider::Person { unwise } => {
            require_able(person, decision, on)?;
            Ok(Made::Person { unwise: *unwise })
        }
        Decider::For(lawful) => {
            if !same_decision(lawful.decision(), decision) {
                return Err(Refusal::NotNow(format!(
                    "Capacity was assessed for another decision: ‘{}’",
                    lawful.decision()
                )));
            }
            let still = self::lawful(person, capacity_of(lawful), by_of(lawful), on)?;
            Ok(still.made)
        }
    }
}
