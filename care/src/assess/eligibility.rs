//! Who is eligible for care and support, or for support as a carer (Care Act 2014 s13): the rule is
//! `law::eligibility`; here the case is gathered from the assessment, and the determination is kept
//! with its reasons and its working.

use law::day::Day;
use law::eligibility::{
    AdultCase, AdultNeed, AdultOutcome, AdultWay, CarerCase, CarerOutcome, CarerWay, Case,
    Determination, Found, Need, Who, answer,
};

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::assess::{FormKind, Reply, YesNo};
use crate::record::fact::decision::EligibilityDecided;
use crate::record::person::Person;
use crate::record::person::assessment::{Place, Writing};
use crate::who::actor::{Asking, Refusal, optional_words};
use crate::who::role::Right;

use super::form::{Decides, Outcome, Section};
use super::{Ground, working};

/// A case as the assessment says it, and the writings it rests on. What an assessor must judge (the
/// cause, the impact on wellbeing) is left for them to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// The case.
    pub case: Case,
    /// The writings that it was gathered from.
    pub rests_on: Vec<EntryNumber>,
}

/// Gathers a case from what stands in the assessment.
pub fn gather(who: Who, ground: &Ground<'_>, today: Day) -> Gathered {
    let mut rests_on = Vec::new();
    let case = match who {
        Who::Adult => {
            let judged = judged(FormKind::Assessment, ground, &mut rests_on);
            let needs = judged.iter().filter_map(adult_need).collect();
            Case::Adult(AdultCase { as_of: today, cause: None, needs, wellbeing: None })
        }
        Who::Carer => {
            let judged = judged(FormKind::Carer, ground, &mut rests_on);
            let needs = judged.iter().filter_map(carer_need).collect();
            let health = health_at_risk(ground, &mut rests_on);
            Case::Carer(CarerCase {
                as_of: today,
                necessary_care: None,
                health_at_risk: health,
                needs,
                wellbeing: None,
            })
        }
    };
    rests_on.sort_unstable();
    rests_on.dedup();
    Gathered { case, rests_on }
}

/// What was judged of one outcome.
struct Judged<'a> {
    section: &'a Section,
    writing: &'a Writing,
}

impl Judged<'_> {
    fn reply(&self, decides: Decides) -> Option<&Reply> {
        let question = self.section.questions.iter().find(|q| q.decides == Some(decides))?;
        self.writing.reply(&question.id)
    }

    fn need<O, W>(&self, outcome: O, way: fn(&str) -> Option<W>) -> Option<Need<O, W>> {
        let Some(Reply::Choices(ways)) = self.reply(Decides::Unable) else { return None };
        let reason = match self.reply(Decides::Reason) {
            Some(Reply::Text(words)) => Some(words.clone()),
            _ => None,
        };
        Some(Need {
            outcome,
            unable: ways.iter().filter_map(|code| way(code)).collect(),
            reason,
            fluctuates: false,
            period: None,
            by: Some(self.writing.told.author.name.clone()),
        })
    }
}

/// Each outcome that was judged: the last judgement that stands.
fn judged<'a>(
    kind: FormKind,
    ground: &Ground<'a>,
    rests_on: &mut Vec<EntryNumber>,
) -> Vec<Judged<'a>> {
    let Some(form) = ground.forms.of_kind(kind) else { return Vec::new() };
    let mut all = Vec::new();
    for section in form.sections.iter().filter(|section| section.outcome.is_some()) {
        let unable = section.questions.iter().find(|q| q.decides == Some(Decides::Unable));
        let Some(unable) = unable else { continue };
        let place = Place { form: &form.id, occasion: None, section: &section.id };
        let mut stands = ground.readable.standing_in(place);
        if let Some(writing) = stands.rfind(|writing| writing.reply(&unable.id).is_some()) {
            rests_on.push(writing.entry());
            all.push(Judged { section, writing });
        }
    }
    all
}

fn adult_need(judged: &Judged<'_>) -> Option<AdultNeed> {
    let Some(Outcome::Adult(outcome)) = judged.section.outcome else { return None };
    let need: Need<AdultOutcome, AdultWay> = judged.need(outcome, AdultWay::named)?;
    let carer_meets = matches!(judged.reply(Decides::CarerMeets), Some(Reply::YesNo(YesNo::Yes)));
    Some(AdultNeed { need, carer_meets })
}

fn carer_need(judged: &Judged<'_>) -> Option<Need<CarerOutcome, CarerWay>> {
    let Some(Outcome::Carer(outcome)) = judged.section.outcome else { return None };
    judged.need(outcome, CarerWay::named)
}

/// The concept under which forms ask whether a carer's health is at risk.
const HEALTH_AT_RISK: &str = "carer-health-at-risk";

fn health_at_risk(ground: &Ground<'_>, rests_on: &mut Vec<EntryNumber>) -> Option<Found> {
    let asked = ground.forms.concept(HEALTH_AT_RISK);
    let (writing, reply) = ground.readable.standing().rev().find_map(|writing| {
        let place = writing.place();
        let at = asked.iter().find(|at| (&at.form, &at.section) == (place.form, place.section))?;
        Some((writing, writing.reply(&at.question)?))
    })?;
    let found = match reply {
        Reply::YesNo(YesNo::Yes) => true,
        Reply::YesNo(YesNo::No) => false,
        _ => return None,
    };
    rests_on.push(writing.entry());
    Some(Found { found, reason: None, by: Some(writing.told.author.name.clone()) })
}

/// Keeps a determination, with its reasons. Nothing is decided while a question that the law asks is
/// open; and where nothing is eligible, the person is told what can help instead.
pub fn decide(
    person: &Person,
    case: Case,
    text: &str,
    rests_on: Vec<EntryNumber>,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::DecideEligibility, "Deciding on eligibility")?;
    asking.require_begun(person)?;
    if asking.actor.person == Some(person.id) {
        let said = "Somebody else decides on your own eligibility".to_owned();
        return Err(Refusal::NotNow(said));
    }
    if let Some(strange) = rests_on.iter().find(|entry| ground.readable.writing(**entry).is_none())
    {
        return Err(Refusal::NoSuchEntry(*strange));
    }
    let answer = answer(&case);
    let outcome = &answer.outcome;
    if outcome.as_of > asking.today {
        let message = "A determination is of today, or of a day before";
        return Err(Refusal::missing("as-of", message));
    }
    let open = outcome.asks.iter().find(|ask| ask.must_answer);
    if let Some(ask) = open {
        return Err(Refusal::NotNow(format!("This must be answered first: {}", ask.question)));
    }
    if outcome.determination == Determination::Undecided {
        return Err(Refusal::NotNow(outcome.determination.in_words().to_owned()));
    }
    let words = optional_words("words", text)?;
    if outcome.determination == Determination::NotEligible && words.is_empty() {
        let message = "Write what can help instead: the person is given it (Care Act 2014 s13(5))";
        return Err(Refusal::missing("words", message));
    }
    let owned = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
    let decided = EligibilityDecided {
        determination: outcome.determination,
        eligible_needs: owned(&outcome.eligible_needs),
        met_by_carer: owned(&outcome.met_by_carer),
        to_meet: owned(&outcome.to_meet),
        working: answer.lines.iter().map(working::line).collect(),
        follows: outcome.follows.iter().map(|duty| working::duty(duty.code, duty.rule)).collect(),
        case,
        rests_on,
        words,
        letter: Some(asking.letter()),
    };
    Ok(vec![asking.entry(Fact::EligibilityDecided(Box::new(decided)))])
}
