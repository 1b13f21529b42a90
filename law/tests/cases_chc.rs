//! NHS continuing healthcare: the cases of `law/cases/chc`.

mod casebook;

use casebook::{hold_all, read, shown};
use law::chc::{Case, answer, read as read_case};
use law::working::Silent;
use toml::{Table, Value};

#[test]
fn every_case_prompts_what_the_framework_says() {
    hold_all("chc", 60, |of, case| {
        assert!(
            ["checklist", "decision-support", "dates"].contains(&of),
            "a part of the framework"
        );
        let case: Case = read(case)?;
        let answer = answer(&case);
        assert_eq!(answer.outcome, read_case(&case, &mut Silent), "the traces agree");
        let mut answer = shown(&answer)?;
        let listed = |name: &str| answer.get(name).and_then(Value::as_array).cloned();
        let prompts = listed("prompts").unwrap_or_default();
        let codes = prompts.iter().filter_map(|prompt| prompt.get("code").cloned()).collect();
        let clocks = listed("clocks").unwrap_or_default().into_iter().filter_map(by_code).collect();
        answer.insert("prompts".to_owned(), Value::Array(codes));
        answer.insert("clocks".to_owned(), Value::Table(clocks));
        Ok(answer)
    });
}

fn by_code(clock: Value) -> Option<(String, Value)> {
    let clock: Table = clock.try_into().ok()?;
    Some((clock.get("code")?.as_str()?.to_owned(), Value::Table(clock)))
}
