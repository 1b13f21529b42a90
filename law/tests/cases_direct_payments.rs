//! Direct payments: the cases of `law/cases/direct-payments`, and what holds for every request.

mod casebook;

use casebook::{hold_all, read, shown};
use law::day::Day;
use law::direct_payments::{Request, Schedule, Terms, consider, instalments};
use law::pence::Pence;
use law::working::{Line, Recorder, Silent};
use proptest::prelude::*;
use toml::{Table, Value};

#[test]
fn every_case_comes_out_as_the_law_says() {
    hold_all("direct-payments", 40, |of, mut case| {
        assert_eq!(of, "request", "this scheme answers requests");
        let as_of = match case.remove("asOf") {
            Some(Value::String(day)) => Day::parse(&day).map_err(|error| error.to_string())?,
            _ => return Err("asOf is missing".into()),
        };
        let terms: Terms = match case.remove("terms") {
            Some(Value::Table(own)) => {
                let text = own.to_string();
                Terms::read("terms", &text).map_err(|fault| fault.to_string())?
            }
            _ => Terms::default(),
        };
        let request: Request = read(case)?;
        request.check(as_of).map_err(|problem| problem.to_string())?;
        let mut recorder = Recorder::default();
        let outcome = consider(&request, as_of, &terms, &mut recorder);
        assert_eq!(outcome, consider(&request, as_of, &terms, &mut Silent), "the traces agree");
        let mut shown = shown(&outcome)?;
        // The formula of each line by what follows `direct-payment.` in its code: `formula.next`.
        let formulas = recorder.lines.iter().map(|line: &Line| {
            let code = line.code.strip_prefix("direct-payment.").unwrap_or(&line.code);
            (code.to_owned(), Value::String(line.formula.to_string()))
        });
        shown.insert("formula".to_owned(), Value::Table(formulas.collect::<Table>()));
        Ok(shown)
    });
}

proptest! {
    #[test]
    fn instalments_follow_each_other_and_pay_what_is_due(
        weekly in 0i64..500_000,
        start in 0i32..20_000,
        days in 0i32..800,
        monthly in any::<bool>(),
    ) {
        let from = Day::new(2000, 1, 1).expect("a day").plus_days(start);
        let until = from.plus_days(days);
        let schedule = if monthly { Schedule::Monthly } else { Schedule::FourWeekly };
        let all = instalments(Pence::new(weekly), schedule, from, until);
        let mut next = from;
        for one in &all {
            prop_assert_eq!(one.from, next);
            next = one.until.plus_days(1);
        }
        prop_assert_eq!(next, until.plus_days(1));
        let paid: i64 = all.iter().map(|one| one.amount.pence()).sum();
        let (due, count) = (weekly * i64::from(days + 1), i64::try_from(all.len()).unwrap_or(0));
        prop_assert!(paid * 7 >= due && paid * 7 < due + 7 * count, "{paid} for {due}/7");
    }

    #[test]
    fn what_the_person_pays_and_what_is_paid_make_the_whole(
        gross in 0i64..500_000, contribution in 0i64..500_000,
    ) {
        let request = Request {
            weekly: Pence::new(gross),
            contribution: Pence::new(contribution),
            ..Request::default()
        };
        let day = Day::new(2026, 6, 1).expect("a day");
        let payment = consider(&request, day, &Terms::default(), &mut Silent).payment;
        prop_assert_eq!(payment.weekly + Pence::new(contribution).at_most(payment.gross), payment.gross);
    }
}
