//! Capacity, decision by decision (Mental Capacity Act 2005 ss1–3). The conclusion follows from what
//! was found and is never put in: first what the person can do, with all the help they need; only then,
//! if an ability is missing, whether an impairment causes it.

use std::collections::BTreeMap;

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::assess::FormKind;
use crate::record::fact::decision::{Ability, CapacityAssessed, Cause, Conclusion, Matter, Shown};
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal, Together, optional_words, words};
use crate::who::role::Right;

use super::Ground;
use super::answers::{Answers, Taken};

/// What was found, for one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// The decision.
    pub decision: String,
    /// What it is about, once somebody has said so.
    pub matter: Option<Matter>,
    /// What was done to help the person decide.
    pub support: String,
    /// The four abilities, each with what shows it.
    pub abilities: BTreeMap<Ability, Shown>,
    /// Where one is missing: whether an impairment of the mind or brain causes it.
    pub caused: Option<bool>,
    /// Which impairment.
    pub impairment: String,
    /// How it causes what was found.
    pub how: String,
    /// Until when it can be relied on, where they lack capacity.
    pub good_until: Option<Day>,
    /// The entry that began the form it was written down in.
    pub occasion: Option<EntryNumber>,
    /// What else to know.
    pub words: String,
}

/// What a form says of one decision, for the finding that rests on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The decision.
    pub decision: String,
    /// What was done to help.
    pub support: Taken<String>,
    /// What shows each ability.
    pub abilities: BTreeMap<Ability, (Taken<bool>, Taken<String>)>,
    /// Whether an impairment causes it.
    pub caused: Taken<bool>,
    /// Which.
    pub impairment: Taken<String>,
    /// How.
    pub how: Taken<String>,
}

/// What was written down in a capacity form. None where the entry began no such form.
pub fn gather(occasion: EntryNumber, ground: &Ground<'_>) -> Option<Gathered> {
    let begun = ground.readable.form_begun(occasion)?;
    if begun.begun.said.purpose != FormKind::Capacity {
        return None;
    }
    let answers = Answers::of(occasion, ground);
    let shown = |ability: Ability| {
        let able = answers.yes(ability.code());
        (ability, (able, answers.words(&format!("{}-seen", ability.code()))))
    };
    Some(Gathered {
        decision: begun.begun.said.about.clone(),
        support: answers.words("help"),
        abilities: Ability::ALL.iter().map(|ability| shown(*ability)).collect(),
        caused: answers.yes("causes"),
        impairment: answers.words("impairment"),
        how: answers.words("causes-why"),
    })
}

impl Gathered {
    /// Whether an ability is missing; None while not all are known.
    pub fn unable(&self) -> Option<bool> {
        let mut able = self.abilities.values().map(|(able, _)| able.clone().said());
        if able.clone().any(|able| able == Some(false)) {
            return Some(true);
        }
        able.all(|able| able == Some(true)).then_some(false)
    }

    /// What it comes to; None while that is not known.
    pub fn comes_to(&self) -> Option<Conclusion> {
        match (self.unable()?, self.caused.clone().said()) {
            (false, _) | (true, Some(false)) => Some(Conclusion::Has),
            (true, Some(true)) => Some(Conclusion::Lacks),
            (true, None) => None,
        }
    }

    /// The finding to be kept: what the form says, and what only whoever finds it can add.
    pub fn tested(
        self,
        occasion: EntryNumber,
        matter: Option<Matter>,
        good_until: Option<Day>,
        text: &str,
    ) -> Tested {
        let abilities = self.abilities.into_iter().filter_map(|(ability, (able, seen))| {
            let seen = seen.said().unwrap_or_default();
            Some((ability, Shown { able: able.said()?, seen }))
        });
        Tested {
            decision: self.decision,
            matter,
            support: self.support.said().unwrap_or_default(),
            abilities: abilities.collect(),
            caused: self.caused.said(),
            impairment: self.impairment.said().unwrap_or_default(),
            how: self.how.said().unwrap_or_default(),
            good_until,
            occasion: Some(occasion),
            words: text.to_owned(),
        }
    }
}

/// Keeps a capacity assessment.
pub fn assess(
    person: &Person,
    tested: &Tested,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::AssessCapacity, "Assessing capacity")?;
    asking.require_begun(person)?;
    if asking.actor.person == Some(person.id) {
        return Err(Refusal::NotNow("Nobody assesses their own capacity".to_owned()));
    }
    if let Some(occasion) = tested.occasion {
        let begun = ground.readable.form_begun(occasion);
        let fits = begun.is_some_and(|begun| begun.begun.said.purpose == FormKind::Capacity);
        if !fits {
            return Err(Refusal::NoSuchEntry(occasion));
        }
    }
    let ask = "Write what was done to help them decide: nobody is found unable before (s1(3))";
    let no_matter = || Refusal::missing("matter", "Choose what the decision is about");
    let (decision, matter, support, abilities, found, text) = (
        words("decision", &tested.decision, "Name the one decision that has to be made"),
        tested.matter.ok_or_else(no_matter),
        words("support", &tested.support, ask),
        looked_at(&tested.abilities),
        found(tested, asking),
        optional_words("words", &tested.words),
    )
        .together()?;
    let (conclusion, cause, good_until) = found;
    let assessed = CapacityAssessed {
        decision,
        matter,
        support,
        abilities,
        cause,
        conclusion,
        good_until,
        occasion: tested.occasion,
        words: text,
        letter: Some(asking.letter()),
    };
    Ok(vec![asking.entry(Fact::CapacityAssessed(Box::new(assessed)))])
}

/// What it comes to, why, and until when. Somebody who lacks an ability for another cause than an
/// impairment is not found to lack capacity: what stands in their way has to be met in another way.
fn found(
    tested: &Tested,
    asking: &Asking<'_>,
) -> Result<(Conclusion, Option<Cause>, Option<Day>), Refusal> {
    let cause = cause(&tested.abilities, tested.caused, &tested.impairment, &tested.how)?;
    match cause {
        None => Ok((Conclusion::Has, None, None)),
        Some(_) => Ok((Conclusion::Lacks, cause, Some(good_until(tested.good_until, asking)?))),
    }
}

/// All four abilities, each with what shows it.
fn looked_at(abilities: &BTreeMap<Ability, Shown>) -> Result<BTreeMap<Ability, Shown>, Refusal> {
    let mut kept = BTreeMap::new();
    for &ability in Ability::ALL {
        let ask =
            format!("Say whether they can, and what they said or did: {}", ability.in_words());
        let missing = || Refusal::missing("abilities", ask.as_str());
        let shown = abilities.get(&ability).ok_or_else(missing)?;
        let seen = words("abilities", &shown.seen, &ask)?;
        kept.insert(ability, Shown { able: shown.able, seen });
    }
    Ok(kept)
}

/// The impairment that causes it, asked after only where an ability is missing.
fn cause(
    abilities: &BTreeMap<Ability, Shown>,
    caused: Option<bool>,
    impairment: &str,
    how: &str,
) -> Result<Option<Cause>, Refusal> {
    if abilities.values().all(|shown| shown.able) {
        return Ok(None);
    }
    match caused {
        None => Err(Refusal::missing(
            "caused",
            "An ability is missing: say whether an impairment of the mind or brain causes it",
        )),
        Some(false) => Ok(None),
        Some(true) => {
            let ask = "Name the impairment or disturbance of the mind or brain, and who says so";
            let (impairment, how) = (
                words("impairment", impairment, ask),
                words("how", how, "Say how it causes what was found (s2(1))"),
            )
                .together()?;
            Ok(Some(Cause { impairment, how }))
        }
    }
}

fn good_until(said: Option<Day>, asking: &Asking<'_>) -> Result<Day, Refusal> {
    let ask = "Say until when this can be relied on: capacity can come back";
    let day = said.ok_or_else(|| Refusal::missing("good-until", ask))?;
    // A year at most is our own choice: capacity is looked at for the decision, at the time it is made
    // (s2(1), s2(4)).
    asking.within_a_year("good-until", day)?;
    Ok(day)
}
