//! What must hold of any bytes at all that are given as a case of charging: they are turned down in a
//! sentence, or answered, and the answer keeps the promises of the law. The fuzzer and the test over
//! damaged cases hold to the same.

use law::charging::{Answer, Basis, Case, Law, assess_over_time, uprate};
use law::pence::Pence;

/// Panics where a promise is broken; says whether the bytes were a case that has an answer.
pub fn hold(law: &Law, bytes: &[u8]) -> bool {
    let case: Case = match serde_json::from_slice(bytes) {
        Ok(case) => case,
        Err(error) => {
            assert!(!error.to_string().is_empty(), "a refusal says why");
            return false;
        }
    };
    match (law.outcome(&case), law.answer(&case)) {
        (Err(silent), Err(recorded)) => {
            assert_eq!(silent, recorded, "turned down the same way with and without the working");
            assert!(!silent.to_string().is_empty(), "a refusal says why");
            false
        }
        (Ok(outcome), Ok(answer)) => {
            assert_eq!(outcome, answer.outcome, "the same with and without the working");
            hold_answer(&answer);
            hold_around(law, &case);
            true
        }
        (silent, recorded) => panic!("silent: {silent:?}, with the working: {recorded:?}"),
    }
}

fn hold_answer(answer: &Answer) {
    let found = &answer.outcome;
    assert!(found.charge >= Pence::ZERO, "a charge is never below nothing");
    assert!(found.charge <= found.full_cost, "a charge is never more than the care costs");
    assert!(found.council_pays >= Pence::ZERO, "the council never pays less than nothing");
    let parts = found.charge + found.council_pays + found.nhs_pays + found.top_up;
    assert_eq!(parts, found.full_cost, "the parts make the whole");
    if found.basis == Basis::Means && found.charge > Pence::ZERO {
        assert!(found.left >= found.allowances, "what must be left is left");
    }
    let text = serde_json::to_string(answer).expect("an answer can be written");
    assert!(text.contains("\"charge\""), "{text}");
}

/// The case written and read again is itself, and time may pass.
fn hold_around(law: &Law, case: &Case) {
    let text = serde_json::to_string(case).expect("a case can be written");
    let again: Case = serde_json::from_str(&text).expect("what was written can be read");
    assert_eq!(&again, case, "a case is read as it was written");
    let later = case.as_of.plus_days(40);
    if let Ok(weeks) = assess_over_time(law, std::slice::from_ref(case), case.as_of, later) {
        assert!(weeks.iter().all(|week| week.charge >= Pence::ZERO), "no week is below nothing");
    }
    let april = case.as_of.plus_days(366);
    if let Ok(up) = uprate(case, &law.rates, case.as_of, april) {
        assert_eq!(up.incomes.len(), case.income.len(), "every income is spoken of");
        assert_eq!(up.case.as_of, april, "the case is as of the new day");
    }
}
