//! The Decision Support Tool: what its levels prompt a team to reason about.

use serde::Serialize;

use crate::chc::case::{DecisionSupport, Marks, Member};
use crate::chc::codes::{Domain, Level, Pattern, Sector};
use crate::chc::{Sitting, rules};
use crate::problem::says;
use crate::working::{Finding, Input, Question, Trace};

/// How many are “several”: our reading, which a team need not share.
const SEVERAL: usize = 3;

/// What the levels prompt. It is neither a sum nor a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SupportReading {
    /// What to reason about.
    pub pattern: Pattern,
    /// The domains at priority.
    pub at_priority: Vec<Domain>,
    /// The domains at severe.
    pub at_severe: Vec<Domain>,
    /// The domains at high.
    pub at_high: Vec<Domain>,
    /// The domains without a level; other needs may have none.
    pub not_marked: Vec<Domain>,
}

/// What the levels prompt a team to reason about.
pub fn pattern(levels: &Marks<Domain, Level>) -> Pattern {
    let at = |level| levels.at(level).count();
    let (severe, high) = (at(Level::Severe), at(Level::High));
    if at(Level::Priority) >= 1 || severe >= 2 {
        return Pattern::ClearRecommendation;
    }
    if !not_marked(levels).is_empty() {
        return Pattern::Incomplete;
    }
    // A severe is no weaker than a high, so one severe among several needs is several as well.
    if high + at(Level::Moderate) >= SEVERAL {
        return Pattern::MayShow;
    }
    Pattern::FourCharacteristics
}

fn not_marked(levels: &Marks<Domain, Level>) -> Vec<Domain> {
    let unmarked = |domain: &Domain| levels.get(*domain).is_none() && *domain != Domain::Other;
    Domain::ALL.iter().copied().filter(unmarked).collect()
}

impl<T: Trace<Finding>> Sitting<'_, T> {
    pub(super) fn support(&mut self, support: &DecisionSupport) -> SupportReading {
        let levels = &support.levels;
        for (&domain, &level) in &levels.0 {
            self.step(|| {
                let code = domain.code();
                let most = format!("levels go up to {}", domain.most().in_words().to_lowercase());
                let name = format!("decision-support.{code}");
                Finding::new(name, domain.in_words(), level.in_words(), most, rules::LEVEL)
                    .resting_on(Input::case(format!("decisionSupport.levels.{code}"), level.code()))
            });
        }
        let pattern = pattern(levels);
        let not_marked = not_marked(levels);
        if !not_marked.is_empty() {
            let names: Vec<&str> = not_marked.iter().map(|domain| domain.in_words()).collect();
            let question = format!("What are the levels of these domains: {}?", names.join("; "));
            self.asks.push(Question::must("domains", "decisionSupport.levels", question));
        }
        match pattern {
            Pattern::ClearRecommendation => self.prompt("clear-recommendation", rules::CLEAR),
            Pattern::MayShow => self.prompt("may-show", rules::MAY_SHOW),
            Pattern::FourCharacteristics | Pattern::Incomplete => {}
        }
        self.step(|| {
            let name = "What the levels prompt";
            let rule = if pattern == Pattern::MayShow { rules::MAY_SHOW } else { rules::CLEAR };
            Finding::new("decision-support", name, pattern.in_words(), "", rule)
        });
        self.characteristics(support);
        self.team(support);
        let at = |level| levels.at(level).copied().collect();
        SupportReading {
            pattern,
            at_priority: at(Level::Priority),
            at_severe: at(Level::Severe),
            at_high: at(Level::High),
            not_marked,
        }
    }

    /// Nature, intensity, complexity, unpredictability: whatever the levels, the team says why.
    fn characteristics(&mut self, support: &DecisionSupport) {
        self.prompt("characteristics", rules::CHARACTERISTICS);
        let four = [
            ("nature", "decisionSupport.nature", &support.nature),
            ("intensity", "decisionSupport.intensity", &support.intensity),
            ("complexity", "decisionSupport.complexity", &support.complexity),
            ("unpredictability", "decisionSupport.unpredictability", &support.unpredictability),
        ];
        for (name, field, text) in four {
            if !says(text.as_ref()) {
                let question = format!("What does the team say of the {name} of the needs?");
                self.asks.push(Question::must(name, field, question));
            }
            self.step(|| {
                let finding = if says(text.as_ref()) { "Said" } else { "Not said yet" };
                let label = format!("The {name} of the needs");
                let because = text.clone().unwrap_or_default();
                Finding::new(
                    format!("decision-support.{name}"),
                    label,
                    finding,
                    because,
                    rules::CHARACTERISTICS,
                )
            });
        }
    }

    fn team(&mut self, support: &DecisionSupport) {
        self.prompt("recommendation", rules::RECOMMENDATION);
        if !is_team(&support.team) {
            let question = "Who was in the team? It has two health professions, or one health \
                            professional and one who assesses for social care.";
            self.asks.push(Question::must("team", "decisionSupport.team", question));
        }
        if support.council_took_part != Some(true) {
            self.prompt("council", rules::COUNCIL);
            let question = "Was the council consulted, and did it take part? If not, why not?";
            self.asks.push(Question::must("council", "decisionSupport.councilTookPart", question));
        }
        if says(support.disagreement.as_ref()) {
            self.prompt("disagreement", rules::DISAGREEMENT);
        }
        self.step(|| {
            let finding = if is_team(&support.team) { "Complete" } else { "Not complete" };
            let who: Vec<&str> = support.team.iter().map(|one| one.profession.as_str()).collect();
            let name = "The team";
            Finding::new("decision-support.team", name, finding, who.join("; "), rules::TEAM)
        });
    }
}

/// Two health professions, or one health professional and one for social care.
fn is_team(team: &[Member]) -> bool {
    let mut health: Vec<String> = team
        .iter()
        .filter(|one| one.sector == Sector::Health)
        .map(|one| one.profession.trim().to_lowercase())
        .collect();
    health.sort_unstable();
    health.dedup();
    let social = team.iter().any(|one| one.sector == Sector::SocialCare);
    health.len() >= 2 || (health.len() == 1 && social)
}
