//! Eligibility: the cases of `law/cases/eligibility`.

mod casebook;

use casebook::{hold_all, read, shown};
use law::eligibility::{Case, Who, answer, determine};
use law::working::Silent;
use toml::Value;

#[test]
fn every_case_comes_out_as_the_regulations_say() {
    hold_all("eligibility", 55, |of, case| {
        let case: Case = read(case)?;
        let answer = answer(&case);
        assert_eq!(answer.outcome, determine(&case, &mut Silent), "the traces agree");
        assert_eq!(Some(answer.outcome.who), Who::named(of), "a file is of adults or of carers");
        let mut answer = shown(&answer)?;
        let follows = answer.get("follows").and_then(Value::as_array).cloned().unwrap_or_default();
        let codes = follows.iter().filter_map(|duty| duty.get("code").cloned()).collect();
        answer.insert("follows".to_owned(), Value::Array(codes));
        Ok(answer)
    });
}
