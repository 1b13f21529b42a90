//! What a determination rests on: the case as the team wrote it, with whose words it is in.

use std::collections::BTreeMap;

use care::assess::Ground;
use care::assess::eligibility::gather;
use care::assess::form::Outcome;
use care::record::entry::{Audience, EntryNumber};
use care::record::ids::{FormId, RoleId, SectionId};
use law::day::Day;
use law::eligibility::{AdultNeed, Case, Found, Judgement, Need, Who};

/// A case as it was gathered. Reasons that their author wrote for professionals alone are left out of
/// it: the person is given the reasons in writing, so somebody must write them for the person to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The case.
    pub case: Case,
    /// The writings it was gathered from.
    pub rests_on: Vec<EntryNumber>,
    /// Who wrote what of it, by the code of the outcome.
    pub sources: BTreeMap<&'static str, Source>,
}

/// Where a judgement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Who wrote it.
    pub by: String,
    /// As what.
    pub role: RoleId,
    /// When.
    pub on: Day,
    /// The form.
    pub form: FormId,
    /// The section.
    pub section: SectionId,
    /// Whether it is not for the person to read.
    pub confided: bool,
}

/// One outcome that was looked at, an adult's or a carer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Its code.
    pub code: &'static str,
    /// What it is called in the regulations.
    pub label: &'static str,
    /// The ways in which they are unable: code and label.
    pub ways: Vec<(&'static str, &'static str)>,
    /// Why.
    pub reason: Option<String>,
    /// Whether a carer is willing and able to meet it.
    pub carer_meets: bool,
}

impl Basis {
    /// What stands in the assessment on a day.
    pub fn of(who: Who, ground: &Ground<'_>, today: Day) -> Self {
        let gathered = gather(who, ground, today);
        let found = gathered.rests_on.iter().filter_map(|entry| source(ground, *entry));
        let sources: BTreeMap<&'static str, Source> = found.collect();
        let mut case = gathered.case;
        each_reason(&mut case, |code, reason, _| {
            if sources.get(code).is_some_and(|source| source.confided) {
                *reason = None;
            }
        });
        Self { case, rests_on: gathered.rests_on, sources }
    }

    /// The outcomes that the person cannot achieve, where nothing says why that they may read.
    pub fn without_reason(&self) -> Vec<Looked> {
        let all = looked_at(&self.case).into_iter();
        all.filter(|one| !one.ways.is_empty() && !says(one.reason.as_ref())).collect()
    }

    /// The case with what a person judged of it.
    pub fn judged(self, judged: Judged, by: &str) -> Case {
        let mut case = self.case;
        let mut reasons = judged.reasons;
        each_reason(&mut case, |code, reason, judge| {
            if let Some(words) = reasons.remove(code).filter(|_| !says(reason.as_ref())) {
                *reason = Some(words);
                let judge = judge.get_or_insert_default();
                *judge = format!("{judge}; why, in the words of {by}");
            }
        });
        match &mut case {
            Case::Adult(case) => {
                case.cause = judged.cause;
                case.wellbeing = judged.wellbeing;
            }
            Case::Carer(case) => {
                case.necessary_care = judged.cause;
                case.health_at_risk = judged.health;
                case.wellbeing = judged.wellbeing;
            }
        }
        case
    }
}

/// What only a person can judge.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// Where the needs come from.
    pub cause: Option<Found>,
    /// Of a carer: whether their health is at risk.
    pub health: Option<Found>,
    /// The impact on wellbeing.
    pub wellbeing: Option<Judgement>,
    /// Why the person cannot achieve an outcome, where nothing says so yet.
    pub reasons: BTreeMap<String, String>,
}

fn source(ground: &Ground<'_>, entry: EntryNumber) -> Option<(&'static str, Source)> {
    let told = &ground.readable.writing(entry)?.told;
    let section = ground.forms.get(&told.said.form)?.section(&told.said.section)?;
    let code = match section.outcome? {
        Outcome::Adult(outcome) => outcome.code(),
        Outcome::Carer(outcome) => outcome.code(),
    };
    let source = Source {
        by: told.author.name.clone(),
        role: told.author.role.clone(),
        on: told.on,
        form: told.said.form.clone(),
        section: told.said.section.clone(),
        confided: told.audience != Audience::Everyone,
    };
    Some((code, source))
}

fn says(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// Goes through the outcomes: the code, why, and who found it.
fn each_reason(
    case: &mut Case,
    mut each: impl FnMut(&str, &mut Option<String>, &mut Option<String>),
) {
    match case {
        Case::Adult(case) => {
            for AdultNeed { need, .. } in &mut case.needs {
                each(need.outcome.code(), &mut need.reason, &mut need.by);
            }
        }
        Case::Carer(case) => {
            for need in &mut case.needs {
                each(need.outcome.code(), &mut need.reason, &mut need.by);
            }
        }
    }
}

/// The outcomes that were looked at.
pub fn looked_at(case: &Case) -> Vec<Looked> {
    fn looked<O, W: Copy>(
        need: &Need<O, W>,
        (code, label): (&'static str, &'static str),
        way: impl Fn(W) -> (&'static str, &'static str),
        carer_meets: bool,
    ) -> Looked {
        let ways = need.unable.iter().map(|one| way(*one)).collect();
        Looked { code, label, ways, reason: need.reason.clone(), carer_meets }
    }
    match case {
        Case::Adult(case) => {
            let needs = case.needs.iter().map(|AdultNeed { need, carer_meets }| {
                let named = (need.outcome.code(), need.outcome.in_words());
                looked(need, named, |way| (way.code(), way.in_words()), *carer_meets)
            });
            needs.collect()
        }
        Case::Carer(case) => {
            let needs = case.needs.iter().map(|need| {
                let named = (need.outcome.code(), need.outcome.in_words());
                looked(need, named, |way| (way.code(), way.in_words()), false)
            });
            needs.collect()
        }
    }
}
