use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::working::Silent;

fn marks() -> impl Strategy<Value = Marks<ChecklistDomain, Mark>> {
    let some = proptest::collection::vec(proptest::option::of(select(Mark::ALL)), 11);
    some.prop_map(|marks| {
        let pairs = ChecklistDomain::ALL.iter().copied().zip(marks);
        Marks(pairs.filter_map(|(domain, mark)| Some((domain, mark?))).collect())
    })
}

fn levels() -> impl Strategy<Value = Marks<Domain, Level>> {
    let some = proptest::collection::vec(proptest::option::of(select(Level::ALL)), 12);
    some.prop_map(|levels| {
        let pairs = Domain::ALL.iter().copied().zip(levels);
        let pairs = pairs.filter_map(|(domain, level)| Some((domain, level?.min(domain.most()))));
        Marks(pairs.collect::<BTreeMap<_, _>>())
    })
}

fn day() -> impl Strategy<Value = Option<Day>> {
    proptest::option::of((20_000..21_000i32).prop_map(|days| Day::from_epoch_days(days).unwrap()))
}

fn case() -> impl Strategy<Value = Case> {
    let checklist =
        proptest::option::of((marks(), day(), proptest::option::of(select(Consent::ALL))));
    let days = (day(), day(), day(), day(), day());
    let clinician = proptest::option::of((select(Clinician::ALL), day()));
    (checklist, proptest::option::of(levels()), days, clinician, day(), any::<bool>()).prop_map(
        |(checklist, levels, days, clinician, as_of, known)| Case {
            as_of: as_of.unwrap_or(Day::FIRST),
            considered_because: vec![Occasion::Request],
            in_acute_hospital: known,
            section_117: !known,
            checklist: checklist.map(|(levels, completed_on, consent)| Checklist {
                levels,
                completed_on,
                by: None,
                consent,
                person_involved: Some(known),
                copy_given_on: completed_on,
                refer_anyway: known.then(Reasoned::default),
            }),
            checklist_not_done: known.then(Reasoned::default),
            decision_support: levels.map(|levels| DecisionSupport {
                levels,
                team: vec![Member { profession: "nurse".to_owned(), sector: Sector::Health }],
                council_took_part: Some(known),
                disagreement: None,
                nature: None,
                intensity: None,
                complexity: None,
                unpredictability: None,
            }),
            fast_track: clinician.map(|(clinician, received_on)| FastTrack {
                clinician,
                completed_on: Day::FIRST,
                received_on,
                care_began: None,
            }),
            dates: Dates {
                notice_received: days.0,
                decided: days.1,
                told: days.2,
                care_began: days.3,
                last_review: days.4,
            },
        },
    )
}

proptest! {
    #[test]
    fn the_silent_and_the_recording_trace_agree(case in case()) {
        prop_assert_eq!(read(&case, &mut Silent), answer(&case).outcome);
    }

    #[test]
    fn a_case_survives_being_written_and_read(case in case()) {
        let written = toml::to_string(&case).unwrap();
        prop_assert_eq!(toml::from_str::<Case>(&written).unwrap(), case);
    }

    #[test]
    fn a_higher_mark_never_takes_a_checklist_below_its_threshold(
        marks in marks(), domain in select(ChecklistDomain::ALL), mark in select(Mark::ALL),
    ) {
        let before = ways(&marks);
        let mut higher = marks;
        let mark = higher.get(domain).map_or(mark, |old| old.max(mark));
        higher.0.insert(domain, mark);
        prop_assert!(before.is_empty() || !ways(&higher).is_empty());
    }

    #[test]
    fn a_higher_level_never_takes_a_clear_prompt_away(
        levels in levels(), domain in select(Domain::ALL), level in select(Level::ALL),
    ) {
        let before = pattern(&levels);
        let mut higher = levels;
        let level = level.min(domain.most());
        let level = higher.get(domain).map_or(level, |old| old.max(level));
        higher.0.insert(domain, level);
        let clear = Pattern::ClearRecommendation;
        prop_assert!(before != clear || pattern(&higher) == clear);
    }

    #[test]
    fn no_name_of_an_answer_reads_as_a_decision_or_a_sum(case in case()) {
        let written = toml::Value::try_from(answer(&case)).unwrap();
        for name in names(&written) {
            let name = name.to_lowercase();
            let words = ["eligib", "decided", "determination", "result", "score", "total", "sum", "points", "verdict", "count"];
            prop_assert!(!words.iter().any(|word| name.contains(word)), "{name}");
        }
    }
}

fn names(value: &toml::Value) -> Vec<String> {
    match value {
        toml::Value::Table(table) => table
            .iter()
            .flat_map(|(name, value)| [vec![name.clone()], names(value)].concat())
            .collect(),
        toml::Value::Array(list) => list.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}
