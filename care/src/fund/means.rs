//! The financial assessment: asked for, stated, drafted, decided (Care Act 2014 s14 and s17).
//!
//! One pair of eyes drafts and another decides. What was decided is kept with its working as it was
//! that day; a later decision supersedes it from its own first day, and changes nothing before.

use law::charging::{Answer, Case, Law};
use law::day::Day;

use crate::fund::supplied::{mark, supplier};
use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::{
    Begun, ChargeDecided, EvidenceSeen, Fact, KeptLine, MeansAsked, MeansStated, Stated,
};
use crate::record::ids::TeamId;
use crate::record::person::Person;
use crate::who::access::Right;
use crate::who::actor::{Asking, Refusal, optional_words};

/// Asks a team for a financial assessment, saying when the person was told that a charge may be made.
pub fn ask(
    person: &Person,
    told_on: Day,
    text: &str,
    to: TeamId,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::AskMeans, "Asking for a financial assessment")?;
    if told_on > asking.today {
        return Err(missing("told-on", "The day the person was told cannot be in the future"));
    }
    if person.means.waits().is_some() {
        return Err(Refusal::NotNow(
            "A financial assessment has been asked for already".to_owned(),
        ));
    }
    let words = optional_words("words", text)?;
    let due = asking.in_days(asking.promises.assess_means_days);
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::MeansAsked(MeansAsked { told_on, words, to, due })));
    Ok(entries)
}

/// Somebody's means as they are stated now.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// The means.
    pub case: Case,
    /// The evidence that was seen for its rows.
    pub seen: Vec<EvidenceSeen>,
    /// The means that were known before, each row with who supplied it.
    pub before: Option<&'a Case>,
}

impl From<Case> for Statement<'_> {
    /// Means that nobody has seen evidence of, or knew before.
    fn from(case: Case) -> Self {
        Self { case, seen: Vec::new(), before: None }
    }
}

/// Keeps what the person says of their own means. Nothing is decided by it.
pub fn state<'a>(
    person: &Person,
    statement: impl Into<Statement<'a>>,
    text: &str,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::StateMeans, "Saying what your means are")?;
    if asking.actor.person != Some(person.id) {
        return Err(Refusal::NotNow("Only the person says what their own means are".to_owned()));
    }
    stated(person, statement.into(), text, Stated::ByPerson, law, asking)
}

/// Drafts an assessment, for somebody else to decide.
pub fn draft<'a>(
    person: &Person,
    statement: impl Into<Statement<'a>>,
    text: &str,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::AssessMeans, "Drafting a financial assessment")?;
    stated(person, statement.into(), text, Stated::AsDraft, law, asking)
}

fn stated(
    person: &Person,
    statement: Statement<'_>,
    text: &str,
    stated: Stated,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require_begun(person)?;
    let Statement { mut case, mut seen, before } = statement;
    mark(&mut case, before, supplier(stated, &asking.actor.author()));
    for evidence in &mut seen {
        evidence.what = optional_words("seen", &evidence.what)?;
    }
    if case.told_on.is_none() {
        case.told_on = person.means.asked.as_ref().map(|asked| asked.said.told_on);
    }
    answer(law, &case)?;
    let words = optional_words("words", text)?;
    let team = match (stated, &asking.actor.team, &person.means.asked) {
        (Stated::ByPerson, ..) => None,
        (Stated::AsDraft, Some(team), _) => Some(team.clone()),
        (Stated::AsDraft, None, asked) => asked.as_ref().map(|asked| asked.said.to.clone()),
    };
    let decide = team.map(|team| (team, asking.in_days(asking.promises.decide_charge_days)));
    let fact = Fact::MeansStated(Box::new(MeansStated { stated, case, seen, words, decide }));
    Ok(vec![asking.entry(fact)])
}

/// Decides what the person pays, on the draft that an entry holds. Whoever drafted it does not decide
/// it, and a question that must be answered first stands in the way.
pub fn decide(
    person: &Person,
    number: EntryNumber,
    text: &str,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::DecideCharge, "Deciding what somebody pays")?;
    let draft = person.means.draft.as_ref().filter(|draft| draft.entry == number);
    let draft = draft.ok_or(Refusal::NoSuchEntry(number))?;
    if draft.author.user == asking.actor.user {
        let said = "You drafted this, so somebody else must decide it".to_owned();
        return Err(Refusal::NotNow(said));
    }
    let answer = answer(law, &draft.said.case)?;
    let open = answer.asks.iter().find(|ask| ask.must_answer);
    if let Some(ask) = open {
        return Err(Refusal::NotNow(format!("This must be answered first: {}", ask.question)));
    }
    let words = optional_words("words", text)?;
    let decided = ChargeDecided { words, ..decision(number, &answer, &law.policy.version) };
    Ok(vec![asking.entry(Fact::ChargeDecided(Box::new(decided)))])
}

/// What is kept of an answer.
fn decision(draft: EntryNumber, answer: &Answer, policy: &str) -> ChargeDecided {
    let line = |line: &law::working::Line| KeptLine {
        code: line.code.to_string(),
        label: line.label.to_string(),
        amount: line.amount,
        formula: line.formula.clone(),
        cite: line.rule.cite.to_owned(),
    };
    ChargeDecided {
        draft,
        from: answer.as_of,
        charge: answer.charge,
        full_cost: answer.full_cost,
        basis: answer.basis,
        policy: policy.to_owned(),
        working: answer.lines.iter().map(line).collect(),
        unverified: answer.unverified().map(|figure| figure.code.to_owned()).collect(),
        words: String::new(),
    }
}

fn answer(law: &Law, case: &Case) -> Result<Answer, Refusal> {
    law.answer(case).map_err(|why| missing("case", &why.to_string()))
}

fn missing(field: &'static str, message: &str) -> Refusal {
    Refusal::Missing { field, message: message.to_owned() }
}
