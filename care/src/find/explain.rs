//! Why a criterion finds one person, or does not: every record they have, and what became of it.

use law::day::{Day, PartialDay};
use serde::Serialize;

use super::criterion::{Ages, Criterion};
use super::judge::{
    Cancelling, Candidate, Verdict, bits, has_begun, is_active, is_meant, judge, span,
};
use super::register::Coded;

/// Everything the criterion made of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The criterion's id.
    pub criterion: String,
    /// Its version.
    pub version: String,
    /// The day looked at.
    pub as_of: Day,
    /// Whether the criterion finds the person.
    pub found: bool,
    /// Each thing asked, and whether it is met, in plain words.
    pub asked: Vec<Asked>,
    /// The conditions that count, and the records that make them.
    pub counted: Vec<Counted>,
    /// The records that were seen and did not count.
    pub not_counted: Vec<NotCounted>,
}

/// One thing a criterion asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// What, in plain words.
    pub what: String,
    /// Whether it is met.
    pub met: bool,
    /// How it stands with this person.
    pub stands: String,
}

/// A condition that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    /// The condition's id.
    pub condition: String,
    /// Our own name for it.
    pub name: String,
    /// What it counts towards.
    pub towards: String,
    /// The records that make it count, latest first.
    pub records: Vec<Record>,
    /// What could not be told for certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
}

/// A coded record, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// SNOMED CT concept id, as text.
    pub code: String,
    /// The date it speaks of, as far as known.
    pub when: Option<PartialDay>,
}

/// A record that did not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NotCounted {
    /// Our own name for the condition it speaks of, if a list of the criterion has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// SNOMED CT concept id, as text.
    pub code: String,
    /// The date it speaks of, as far as known.
    pub when: Option<PartialDay>,
    /// Why it did not count, in plain words.
    pub why: String,
}

/// Explains one person. The answer is that of [`judge`], record by record.
pub fn explain(criterion: &Criterion, as_of: Day, known: Candidate<'_>) -> Explanation {
    let verdict = judge(criterion, as_of, known);
    let mut records: Vec<&Coded> = known.records.iter().collect();
    records.sort_by_key(|record| (std::cmp::Reverse(span(record)), record.code, record.record));
    let counted = bits(verdict.counting)
        .map(|slot| counted(criterion, as_of, known.records, &records, slot))
        .collect();
    let not_counted = records
        .iter()
        .flat_map(|record| not_counted(criterion, as_of, known.records, record))
        .collect();
    Explanation {
        criterion: criterion.id.clone(),
        version: criterion.version.clone(),
        as_of,
        found: verdict.found,
        asked: asked(criterion, as_of, known, verdict),
        counted,
        not_counted,
    }
}

fn asked(criterion: &Criterion, as_of: Day, known: Candidate<'_>, verdict: Verdict) -> Vec<Asked> {
    let stands = if known.withdrawn {
        "their surgery no longer uses this record"
    } else if known.death.by(as_of) {
        "died by that day"
    } else if known.registered(as_of) {
        "yes"
    } else {
        "not born by that day"
    };
    let mut asked = vec![Asked {
        what: "living and on the register".to_owned(),
        met: known.registered(as_of),
        stands: stands.to_owned(),
    }];
    if let Some(what) = ages_in_words(criterion.ages) {
        asked.push(Asked { what, met: verdict.of_age, stands: age_in_words(known.born, as_of) });
    }
    for clause in &criterion.clauses {
        let count = (verdict.counting & clause.mask).count_ones();
        asked.push(Asked {
            what: clause.title.clone(),
            met: count >= clause.at_least,
            stands: format!("{count} counted, {} needed", clause.at_least),
        });
    }
    asked
}

fn ages_in_words(ages: Ages) -> Option<String> {
    match (ages.from, ages.to) {
        (None, None) => None,
        (Some(from), None) => Some(format!("aged {from} or over")),
        (None, Some(to)) => Some(format!("aged {to} or under")),
        (Some(from), Some(to)) => Some(format!("aged {from} to {to}")),
    }
}

fn age_in_words(born: Option<PartialDay>, as_of: Day) -> String {
    let Some(born) = born else {
        return "the date of birth is not known".to_owned();
    };
    match (born.last().age_on(as_of), born.first().age_on(as_of)) {
        (Some(least), Some(most)) if least == most => format!("{least}"),
        (least, Some(most)) => format!(
            "{} or {most}: only “{}” is known of the date of birth, and the lower age is taken for \
             a lowest age, the higher for a highest",
            least.unwrap_or(0),
            born.in_words()
        ),
        (_, None) => "not yet born".to_owned(),
    }
}

fn counted(
    criterion: &Criterion,
    as_of: Day,
    all: &[Coded],
    latest_first: &[&Coded],
    slot: usize,
) -> Counted {
    let cancelling = Cancelling::of(criterion, as_of, all, slot);
    let makes = |record: &&&Coded| {
        criterion.codes.get(record.code).is_some_and(|m| m.diagnosis & 1 << slot != 0)
            && is_meant(record)
            && has_begun(record, as_of)
            && is_active(record)
            && !cancelling.cancels(record)
    };
    let making: Vec<&Coded> = latest_first.iter().filter(makes).copied().collect();
    let doubtful = making.iter().all(|record| cancelling.may_cancel(record));
    let condition = criterion.condition(slot);
    let clause = criterion.clauses.iter().find(|clause| clause.mask & 1 << slot != 0);
    Counted {
        condition: condition.id.clone(),
        name: condition.name.clone(),
        towards: clause.map(|clause| clause.title.clone()).unwrap_or_default(),
        records: making
            .iter()
            .map(|record| Record { code: record.code.to_string(), when: record.when() })
            .collect(),
        doubt: doubtful.then(|| {
            "a record says it is over, and the dates do not tell which came first, so it stays in"
                .to_owned()
        }),
    }
}

/// Why a record did not count: once for each condition it speaks of.
fn not_counted(
    criterion: &Criterion,
    as_of: Day,
    all: &[Coded],
    record: &Coded,
) -> Vec<NotCounted> {
    let because = |name: Option<&str>, why: String| NotCounted {
        name: name.map(str::to_owned),
        code: record.code.to_string(),
        when: record.when(),
        why,
    };
    let Some(masks) = criterion.codes.get(record.code) else {
        let outside = name_outside(criterion, record.code);
        let why = match outside {
            Some(_) => "this condition is not among those the criterion counts",
            None => "the criterion's list does not have this code",
        };
        return vec![because(outside, why.to_owned())];
    };
    let mut reasons = Vec::new();
    for slot in bits(masks.diagnosis | masks.resolved) {
        let name = Some(criterion.condition(slot).name.as_str());
        let resolved = masks.resolved & 1 << slot != 0;
        if let Some(why) = own_reason(as_of, record, resolved) {
            reasons.push(because(name, why));
            continue;
        }
        if resolved {
            reasons.push(because(name, "this code says the condition is over".to_owned()));
        } else if Cancelling::of(criterion, as_of, all, slot).cancels(record) {
            reasons.push(because(name, "a later record says the condition is over".to_owned()));
        }
    }
    reasons
}

/// Why a record does not count on its own account, whatever other records say.
fn own_reason(as_of: Day, record: &Coded, resolved: bool) -> Option<String> {
    if !is_meant(record) {
        return Some(format!("the record was {}", record.verification.in_words()));
    }
    if !has_begun(record, as_of) {
        return Some(format!("it begins after {}", as_of.in_words()));
    }
    (!resolved && !is_active(record))
        .then(|| format!("the record says the condition is {}", record.clinical.in_words()))
}

/// The name of a condition that a list of the criterion has, but the criterion does not look at.
fn name_outside(criterion: &Criterion, code: u64) -> Option<&str> {
    criterion.lists.iter().find_map(|list| {
        let meaning = list.meanings_of(code).first()?;
        Some(list.conditions[meaning.condition].name.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::register::{Clinical, Death, Verification};
    use crate::find::testing::*;

    fn explained(born: &str, records: &[Coded]) -> Explanation {
        let known = Candidate { born: when(born), death: Death::Alive, withdrawn: false, records };
        explain(&criterion(CRITERION), day("2026-11-22"), known)
    }

    #[test]
    fn every_record_is_accounted_for() {
        let records = [
            coded(ASTHMA, "2001"),
            coded(ASTHMA_RESOLVED, "2010"),
            coded(DIABETES, "2012-03"),
            coded(DIABETES_AND_COPD, "2015"),
            Coded { clinical: Clinical::Inactive, ..coded(COPD, "2016") },
            Coded { verification: Verification::EnteredInError, ..coded(DIABETES, "2017") },
            coded(GOUT, "2018"),
            coded(OTHER, ""),
            coded(ASTHMA, "2027"),
        ];
        let explained = explained("1950", &records);
        assert!(explained.found);
        let counted: Vec<String> = explained
            .counted
            .iter()
            .map(|c| {
                let dates = c.records.iter().map(|record| record.when.unwrap().to_string());
                format!("{}: {}", c.name, dates.collect::<Vec<_>>().join(", "))
            })
            .collect();
        assert_eq!(counted, ["Diabetes: 2015, 2012-03", "Lung disease (COPD): 2015"]);
        let not: Vec<String> = explained
            .not_counted
            .iter()
            .map(|n| format!("{} {}: {}", n.code, n.name.as_deref().unwrap_or("-"), n.why))
            .collect();
        assert_eq!(
            not,
            [
                "195967001 Asthma: it begins after 22 November 2026",
                "90560007 Gout: this condition is not among those the criterion counts",
                "73211009 Diabetes: the record was entered by mistake",
                "13645005 Lung disease (COPD): the record says the condition is not active",
                "162660004 Asthma: this code says the condition is over",
                "195967001 Asthma: a later record says the condition is over",
                "22298006 -: the criterion's list does not have this code",
            ]
        );
    }

    #[test]
    fn a_later_condition_is_explained_by_its_own_records_and_says_towards_what_it_counts() {
        const COPD_RESOLVED: u64 = 941_201_000_000_103;
        let records = [
            coded(COPD, "2009"),
            coded(COPD_RESOLVED, "2010"),
            coded(COPD, "2012"),
            coded(ALONE, "2020"),
        ];
        let known = Candidate {
            born: when("1950"),
            death: Death::Alive,
            withdrawn: false,
            records: &records,
        };
        let criterion = criterion(&format!("{CRITERION}{ALSO_ALONE}"));
        let explained = explain(&criterion, day("2026-11-22"), known);
        let counted: Vec<_> = explained
            .counted
            .iter()
            .map(|one| (one.name.as_str(), one.towards.as_str(), one.records.len()))
            .collect();
        assert_eq!(
            counted,
            [
                ("Lung disease (COPD)", "two or more long-term conditions", 1),
                ("Living alone", "living alone", 1),
            ]
        );
        let not: Vec<_> = explained
            .not_counted
            .iter()
            .map(|one| (one.name.as_deref(), one.why.as_str()))
            .collect();
        assert_eq!(
            not,
            [
                (Some("Lung disease (COPD)"), "this code says the condition is over"),
                (Some("Lung disease (COPD)"), "a later record says the condition is over"),
            ]
        );
    }

    #[test]
    fn a_doubt_is_said() {
        let records = [coded(ASTHMA, "2015-03"), coded(ASTHMA_RESOLVED, "2015")];
        let doubted = explained("1950", &records);
        assert!(doubted.counted[0].doubt.as_deref().unwrap().contains("which came first"));
        let clear = explained("1950", &[records[0], records[1], coded(ASTHMA, "2020")]);
        assert_eq!(clear.counted[0].doubt, None);
        assert_eq!(explained("1950", &[coded(ASTHMA, "2020")]).counted[0].doubt, None);
    }

    #[test]
    fn what_is_asked_is_said_with_how_it_stands() {
        let said = |born, records: &[Coded]| -> Vec<String> {
            explained(born, records)
                .asked
                .iter()
                .map(|asked| format!("{} {}: {}", asked.met, asked.what, asked.stands))
                .collect()
        };
        assert_eq!(
            said("1950-05-01", &[coded(ASTHMA, "2020")]),
            [
                "true living and on the register: yes",
                "true aged 18 or over: 76",
                "false two or more long-term conditions: 1 counted, 2 needed",
            ]
        );
        let young = said("2008", &[]);
        assert!(young[1].starts_with("false aged 18 or over: 17 or 18: only “2008”"), "{young:?}");
        assert!(said("", &[])[1].ends_with("the date of birth is not known"));
    }
}
