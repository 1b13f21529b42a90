//! Deferred payments and top-ups: the cases of `law/cases/deferred`, and what holds for every
//! agreement.

mod casebook;

use casebook::{hold_all, read, shown};
use law::charging::policy::{InterestBasis, PolicyBook};
use law::day::Day;
use law::deferred::{
    Account, Application, Case, Deferral, Entry, InterestBook, Law, NoInterestRate, Standing,
    TopUpAgreement, follow, offer, top_up,
};
use law::pence::Pence;
use law::rates::RateBook;
use law::working::{Recorder, Silent};
use proptest::prelude::*;
use toml::{Table, Value};

#[test]
fn every_case_comes_out_as_the_law_says() {
    let rates = RateBook::built_in().expect("the built-in rates are sound");
    hold_all("deferred", 45, |of, mut case| {
        let as_of = match case.remove("asOf") {
            Some(Value::String(day)) => Day::parse(&day).map_err(|error| error.to_string())?,
            _ => return Err("asOf is missing".into()),
        };
        match of {
            "offer" => {
                let application: Application = read(case)?;
                let figures = rates.on(as_of).map_err(|error| error.to_string())?;
                shown(&offer(&application, figures, &mut Silent))
            }
            "account" => {
                let interest = book(case.remove("rates"))?;
                let policy = policy(case.remove("policy"))?;
                let account: Account = read(case)?;
                account.check(as_of).map_err(|problem| problem.to_string())?;
                let standing = follow(&account, as_of, &policy, &interest, &mut Silent);
                shown(&standing.map_err(|error| error.to_string())?)
            }
            "top-up" => shown(&top_up(&read::<TopUpAgreement>(case)?, &mut Silent)),
            "whole" => {
                let interest = book(case.remove("rates"))?;
                let policy = policy(case.remove("policy"))?;
                let law = Law { rates: rates.clone(), policy, interest };
                case.insert("asOf".into(), Value::String(as_of.to_string()));
                let case: Case = read(case)?;
                shown(&law.answer(&case).map_err(|error| error.to_string())?)
            }
            other => Err(format!("‘{other}’ is nothing this scheme answers")),
        }
    });
}

/// The built-in rates of interest, with a case's own laid over.
fn book(own: Option<Value>) -> Result<InterestBook, String> {
    let text = own
        .map_or(String::new(), |rates| Table::from_iter([("rate".to_owned(), rates)]).to_string());
    let own: &[(&str, &str)] = if text.is_empty() { &[] } else { &[("own.toml", &text)] };
    InterestBook::with(own).map_err(|faults| faults[0].to_string())
}

/// The choices of a place, by the day from which each holds.
fn policy(own: Option<Value>) -> Result<PolicyBook, String> {
    let Some(own) = own else { return Ok(PolicyBook::law_alone()) };
    let file = [("version".to_owned(), Value::String("own".into())), ("from".to_owned(), own)];
    let text = Table::from_iter(file).to_string();
    PolicyBook::read("own.toml", &text).map_err(|error| error.to_string())
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn built_in() -> InterestBook {
    InterestBook::built_in().expect("the built-in rates are sound")
}

fn entries(opened: Day, rows: &[(i32, i64)]) -> Vec<Entry> {
    rows.iter()
        .map(|&(after, pence)| Entry {
            on: opened.plus_days(after),
            what: String::new(),
            amount: Pence::new(pence),
        })
        .collect()
}

prop_compose! {
    /// An agreement of at most 900 days, in years whose rates are known.
    fn accounts()(
        start in 0i32..1_000,
        opening in 0i64..5_000_000,
        security in 1_000_000i64..60_000_000,
        limit in 0i64..50_000_000,
        weekly in prop::collection::vec((0i32..600, 0i64..300_000), 0..4),
        fees in prop::collection::vec((0i32..900, 0i64..100_000), 0..4),
        paid in prop::collection::vec((0i32..900, 0i64..2_000_000), 0..4),
        basis in prop::sample::select(vec![
            InterestBasis::Daily, InterestBasis::DailyAddedWeekly, InterestBasis::Monthly,
        ]),
        interest_apart in any::<bool>(),
    ) -> Account {
        let opened = day("2020-01-01").plus_days(start);
        let mut deferrals: Vec<Deferral> = weekly
            .into_iter()
            .map(|(after, pence)| Deferral { from: opened.plus_days(after), weekly: Pence::new(pence) })
            .collect();
        deferrals.sort_by_key(|deferral| deferral.from);
        deferrals.dedup_by_key(|deferral| deferral.from);
        Account {
            opened,
            opening: Pence::new(opening),
            security: Pence::new(security),
            equity_limit: Pence::new(limit),
            basis: Some(basis),
            fees_apart: false,
            interest_apart,
            deferrals,
            fees: entries(opened, &fees),
            payments: entries(opened, &paid),
            notice_given: None,
            sold: None,
            died: None,
        }
    }
}

fn followed(account: &Account, days: i32) -> Result<Standing, NoInterestRate> {
    follow(
        account,
        account.opened.plus_days(days),
        &PolicyBook::law_alone(),
        &built_in(),
        &mut Silent,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_statement_adds_up_and_interest_is_never_negative(account in accounts(), days in 0i32..900) {
        let standing = followed(&account, days).expect("rates are known");
        let mut opening = account.opening;
        let mut from = account.opened;
        for statement in &standing.statements {
            prop_assert_eq!(statement.opening, opening);
            prop_assert_eq!(statement.from, from);
            let parts = statement.opening + statement.deferred + statement.interest + statement.fees;
            prop_assert_eq!(statement.closing, parts - statement.paid);
            prop_assert!(statement.interest >= Pence::ZERO && statement.accrued >= Pence::ZERO);
            prop_assert!(statement.closing >= Pence::ZERO && statement.interest_apart >= Pence::ZERO);
            prop_assert!(statement.until < statement.from.plus_months(6));
            opening = statement.closing;
            from = statement.until.plus_days(1);
        }
        prop_assert_eq!(from, account.opened.plus_days(days + 1));
        prop_assert!(standing.next_statement > account.opened.plus_days(days));
    }

    #[test]
    fn deferring_never_passes_the_equity_limit(account in accounts(), days in 0i32..900) {
        // With nothing but deferral to add to it, what is owed is never above the limit.
        let only = Account {
            opening: account.opening.at_most(account.equity_limit),
            fees: Vec::new(),
            interest_apart: true,
            ..account
        };
        let standing = followed(&only, days).expect("rates are known");
        prop_assert!(standing.owed <= only.equity_limit);
    }

    #[test]
    fn silent_and_recording_agree(account in accounts(), days in 0i32..900) {
        let until = account.opened.plus_days(days);
        let mut recorder = Recorder::default();
        let recorded = follow(&account, until, &PolicyBook::law_alone(), &built_in(), &mut recorder);
        prop_assert_eq!(followed(&account, days), recorded);
        prop_assert!(!recorder.lines.is_empty());
    }

    #[test]
    fn adding_interest_less_often_never_costs_more(account in accounts(), days in 0i32..180) {
        let with = |basis| {
            // Room enough, so that interest is all that differs.
            let equity_limit = Pence::MOST;
            let account = Account { basis: Some(basis), equity_limit, payments: Vec::new(), ..account.clone() };
            followed(&account, days).expect("rates are known").owed
        };
        prop_assert!(with(InterestBasis::Daily) >= with(InterestBasis::DailyAddedWeekly));
    }
}
