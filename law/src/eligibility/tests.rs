use std::fmt::Debug;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::working::Silent;

fn found() -> impl Strategy<Value = Option<Found>> {
    let reason = proptest::option::of(Just("because".to_owned()));
    let found =
        (any::<bool>(), reason).prop_map(|(found, reason)| Found { found, reason, by: None });
    proptest::option::of(found)
}

fn judgement() -> impl Strategy<Value = Option<Judgement>> {
    let areas = subsequence(Area::ALL.to_vec(), 0..=Area::ALL.len());
    let reason = proptest::option::of(Just("because".to_owned()));
    let judgement = (any::<bool>(), areas, reason).prop_map(|(significant, areas, reason)| {
        Judgement { significant, areas, reason, by: None }
    });
    proptest::option::of(judgement)
}

fn need<O: Copy + Debug, W: Clone + Debug + 'static>(
    outcome: O,
    ways: &'static [W],
) -> impl Strategy<Value = Need<O, W>> {
    let reason = proptest::option::of(Just("because".to_owned()));
    let unable = subsequence(ways.to_vec(), 0..=ways.len());
    (unable, reason, any::<bool>()).prop_map(move |(unable, reason, fluctuates)| Need {
        outcome,
        unable,
        reason,
        fluctuates,
        period: None,
        by: None,
    })
}

fn adult() -> impl Strategy<Value = AdultCase> {
    let outcomes = subsequence(AdultOutcome::ALL.to_vec(), 0..=AdultOutcome::ALL.len());
    let needs = outcomes.prop_flat_map(|outcomes| {
        let need = |outcome| {
            (need(outcome, AdultWay::ALL), any::<bool>())
                .prop_map(|(need, carer_meets)| AdultNeed { need, carer_meets })
        };
        outcomes.into_iter().map(need).collect::<Vec<_>>()
    });
    (found(), needs, judgement()).prop_map(|(cause, needs, wellbeing)| AdultCase {
        as_of: Day::FIRST,
        cause,
        needs,
        wellbeing,
    })
}

fn carer() -> impl Strategy<Value = CarerCase> {
    let outcomes = subsequence(CarerOutcome::ALL.to_vec(), 0..=CarerOutcome::ALL.len());
    let needs = outcomes.prop_flat_map(|outcomes| {
        outcomes.into_iter().map(|outcome| need(outcome, CarerWay::ALL)).collect::<Vec<_>>()
    });
    (found(), found(), needs, judgement()).prop_map(
        |(necessary_care, health_at_risk, needs, wellbeing)| CarerCase {
            as_of: Day::FIRST,
            necessary_care,
            health_at_risk,
            needs,
            wellbeing,
        },
    )
}

fn case() -> impl Strategy<Value = Case> {
    prop_oneof![adult().prop_map(Case::Adult), carer().prop_map(Case::Carer)]
}

fn silently(case: &Case) -> Outcome {
    determine(case, &mut Silent)
}

proptest! {
    #[test]
    fn the_silent_and_the_recording_trace_agree(case in case()) {
        prop_assert_eq!(silently(&case), answer(&case).outcome);
    }

    #[test]
    fn a_case_survives_being_written_and_read(case in case()) {
        let written = toml::to_string(&case).unwrap();
        prop_assert_eq!(toml::from_str::<Case>(&written).unwrap(), case);
    }

    #[test]
    fn another_outcome_that_cannot_be_achieved_never_takes_eligibility_away(
        case in adult(), outcome in select(AdultOutcome::ALL), way in select(AdultWay::ALL),
    ) {
        let before = silently(&Case::Adult(case.clone())).determination;
        let mut more = case;
        match more.needs.iter_mut().find(|need| need.need.outcome == outcome) {
            Some(AdultNeed { need, .. }) => need.unable.push(way),
            None => more.needs.push(AdultNeed {
                need: Need { outcome, unable: vec![way], reason: None, fluctuates: false, period: None, by: None },
                carer_meets: false,
            }),
        }
        let after = silently(&Case::Adult(more)).determination;
        prop_assert!(before != Determination::Eligible || after == Determination::Eligible);
    }

    #[test]
    fn another_outcome_of_a_carer_never_takes_eligibility_away(
        case in carer(), outcome in select(CarerOutcome::ALL), way in select(CarerWay::ALL),
    ) {
        let before = silently(&Case::Carer(case.clone())).determination;
        let mut more = case;
        match more.needs.iter_mut().find(|need| need.outcome == outcome) {
            Some(need) => need.unable.push(way),
            None => more.needs.push(Need {
                outcome, unable: vec![way], reason: None, fluctuates: false, period: None, by: None,
            }),
        }
        let after = silently(&Case::Carer(more)).determination;
        prop_assert!(before != Determination::Eligible || after == Determination::Eligible);
    }

    #[test]
    fn a_carer_who_helps_never_changes_what_is_eligible(
        case in adult(), helps in proptest::collection::vec(any::<bool>(), 10),
    ) {
        let without = silently(&Case::Adult(case.clone()));
        let mut with = case;
        for (need, &helps) in with.needs.iter_mut().zip(&helps) {
            need.carer_meets = helps;
        }
        let with = silently(&Case::Adult(with));
        prop_assert_eq!(with.determination, without.determination);
        prop_assert_eq!(&with.eligible_needs, &without.eligible_needs);
        prop_assert_eq!(with.met_by_carer.len() + with.to_meet.len(), with.eligible_needs.len());
    }

    #[test]
    fn nobody_is_eligible_without_a_judgement_and_its_reasons(case in case()) {
        let outcome = silently(&case);
        let judgement = match &case {
            Case::Adult(case) => &case.wellbeing,
            Case::Carer(case) => &case.wellbeing,
        };
        let made = judgement.as_ref().is_some_and(|judgement| {
            judgement.significant && judgement.reason.is_some() && !judgement.areas.is_empty()
        });
        prop_assert!(made || outcome.determination != Determination::Eligible);
    }

    #[test]
    fn what_is_not_decided_says_what_to_ask(case in case()) {
        let outcome = silently(&case);
        let must = outcome.asks.iter().any(|ask| ask.must_answer);
        prop_assert!(outcome.determination != Determination::Undecided || must);
        prop_assert_eq!(outcome.determination == Determination::Undecided, outcome.follows.is_empty());
    }
}
