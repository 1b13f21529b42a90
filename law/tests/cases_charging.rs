//! Charging: the cases of `law/cases/charging`.

mod casebook;

use casebook::{hold_all, read, shown};
use law::charging::policy::PolicyBook;
use law::charging::{Case, Law};
use law::rates::RateBook;

#[test]
fn every_case_comes_out_as_the_law_says() {
    let law = Law { rates: RateBook::built_in().unwrap(), policy: PolicyBook::law_alone() };
    hold_all("charging", 250, |_, case| {
        let case: Case = read(case)?;
        shown(&law.answer(&case).map_err(|no| no.to_string())?)
    });
}
