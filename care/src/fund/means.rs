//! The financial assessment: asked for, stated, drafted (Care Act 2014 s17).
//!
//! One pair of eyes drafts and another decides ([`super::decide`]).

use law::charging::{Case, Law, NoAnswer};
use law::day::Day;

use crate::fund::supplied::{mark, supplier};
use crate::record::entry::NewEntry;
use crate::record::fact::{Begun, EvidenceSeen, Fact, MeansAsked, MeansStated, Stated};
use crate::record::ids::TeamId;
use crate::record::person::Person;
use crate::who::access::represents_in_money;
use crate::who::actor::{Asking, Refusal, optional_words};
use crate::who::role::Right;

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
    asking.not_after_today("told-on", "The day the person was told", told_on)?;
    if let Some(asked) = person.means.waits() {
        return Err(Refusal::NotNow(format!(
            "{} asked for a financial assessment already, on {}: it is not drafted yet",
            asked.author.name,
            asked.on.in_words()
        )));
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
    /// What else to know.
    pub words: &'a str,
    /// The means that were known before, each row with who supplied it.
    pub before: Option<&'a Case>,
}

/// Keeps what the person says of their own means, or who acts for them. Nothing is decided by it.
pub fn state(
    person: &Person,
    statement: Statement<'_>,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::StateMeans, "Saying what your means are")?;
    let by = if asking.actor.person == Some(person.id) {
        Stated::ByPerson
    } else if represents_in_money(asking.actor, person, asking.today) {
        Stated::ByRepresentative
    } else {
        let said = "Only the person, or somebody with authority to act for them about money, says \
                    what their means are";
        return Err(Refusal::NotNow(said.to_owned()));
    };
    stated(person, statement, by, law, asking)
}

/// Drafts an assessment, for somebody else to decide.
pub fn draft(
    person: &Person,
    statement: Statement<'_>,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::AssessMeans, "Drafting a financial assessment")?;
    stated(person, statement, Stated::AsDraft, law, asking)
}

fn stated(
    person: &Person,
    statement: Statement<'_>,
    stated: Stated,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require_begun(person)?;
    let Statement { mut case, mut seen, words, before } = statement;
    mark(&mut case, before, supplier(stated, &asking.actor.author()));
    for evidence in &mut seen {
        evidence.what = optional_words("seen", &evidence.what)?;
    }
    if case.told_on.is_none() {
        case.told_on = person.means.asked.as_ref().map(|asked| asked.said.told_on);
    }
    // What is told is kept though the year's figures are not here yet; it waits for them undecided.
    if let Err(NoAnswer::Problem(problem)) = law.outcome(&case) {
        return Err(Refusal::missing("case", problem.to_string()));
    }
    let words = optional_words("words", words)?;
    let team = match (stated, &asking.actor.team, &person.means.asked) {
        (Stated::ByPerson | Stated::ByRepresentative, ..) => None,
        (Stated::AsDraft, Some(team), _) => Some(team.clone()),
        (Stated::AsDraft, None, asked) => asked.as_ref().map(|asked| asked.said.to.clone()),
    };
    let decide = team.map(|team| (team, asking.in_days(asking.promises.decide_charge_days)));
    let fact = Fact::MeansStated(Box::new(MeansStated { stated, case, seen, words, decide }));
    Ok(vec![asking.entry(fact)])
}
