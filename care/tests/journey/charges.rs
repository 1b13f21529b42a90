//! What was decided holds week by week, follows a change that reaches back, and moves with the year.

use care::fund::means::{self, Statement};
use care::fund::uprate::{NewYear, Uprated, begins, uprate};
use care::fund::{decide, weeks};
use care::record::derived::Task;
use care::record::fact::{ChargeDecided, Ground};
use care::record::ids::{TeamId, UserId};
use care::who::actor::{Actor, Refusal};
use law::charging::policy::PolicyBook;
use law::charging::{Case, Law, Why, assess_over_time};
use law::day::Day;
use law::pence::Pence;
use law::rates::RateBook;
use proptest::prelude::*;

use crate::place::{Telling, actor, begun, day};

fn law() -> Law {
    Law { rates: RateBook::built_in().unwrap(), policy: PolicyBook::law_alone() }
}

/// A pensioner at home, on the full new State Pension and the higher Attendance Allowance of a year.
fn pensioner(as_of: &str, income: &[(&str, &str)]) -> Case {
    let income: Vec<String> = income
        .iter()
        .map(|(kind, amount)| format!(r#"{{"kind":"{kind}","amount":"{amount}","every":"week"}}"#))
        .collect();
    serde_json::from_str(&format!(
        r#"{{"asOf":"{as_of}","setting":"home","toldOn":"2024-01-01",
            "person":{{"born":"1952-01-01","household":"single"}},"income":[{}],
            "services":[{{"kind":"home-care","cost":"400.00","every":"week"}}]}}"#,
        income.join(",")
    ))
    .unwrap()
}

const OF_2025: [(&str, &str); 2] =
    [("state-pension", "230.25"), ("attendance-allowance-higher", "110.40")];

fn officer() -> Actor {
    actor("finance-officer")
}

fn stated(case: Case, words: &str) -> Statement<'_> {
    Statement { case, seen: Vec::new(), words, before: None }
}

fn second_officer() -> Actor {
    Actor { user: UserId::from_uuid(uuid::Uuid::from_u128(99)), ..officer() }
}

fn brought_in(case: Case) -> Telling {
    let mut story = Telling::new();
    story
        .tell(&officer(), |person, asking| {
            decide::bring_in(person, case, None, &law(), begun(), asking)
        })
        .unwrap();
    story
}

/// One officer drafts, another decides.
fn settle(story: &mut Telling, case: Case) {
    story
        .tell(&officer(), |person, asking| {
            let known = person.means.in_force().last().map(|told| told.said.case.clone());
            let statement = Statement { before: known.as_ref(), ..stated(case, "") };
            means::draft(person, statement, &law(), asking)
        })
        .unwrap();
    let draft = story.person().means.draft.unwrap().entry;
    story
        .tell(&second_officer(), |person, asking| decide::decide(person, draft, "", &law(), asking))
        .unwrap();
}

fn weekly(story: &Telling, on: &str) -> String {
    story.person().means.weekly_on(day(on)).unwrap().to_string()
}

/// Runs the new year over a story, and says what came of it.
fn april(story: &mut Telling) -> Uprated {
    let (law, team) = (law(), TeamId::new("finance"));
    let first = day("2026-04-06");
    let year = NewYear {
        law: &law,
        name: "2026-27",
        first,
        begins: begins(first, story.today),
        team: &team,
    };
    let mut came = None;
    story
        .tell(&officer(), |person, asking| {
            let what = uprate(person, &year, asking)?;
            let new = what.entries().to_vec();
            came = Some(what);
            Ok(new)
        })
        .unwrap();
    came.unwrap()
}

#[test]
fn april_moves_benefits_and_the_guarantee_together_and_only_once() {
    let mut story = brought_in(pensioner("2025-11-03", &OF_2025));
    story.today = day("2026-03-20");
    let before = weekly(&story, "2026-04-05");
    let Uprated::Decided { after, .. } = april(&mut story) else { panic!("it is decided") };
    // 241.30 + 114.60 of income, 241.45 to be left.
    assert_eq!(after.to_string(), "114.45");
    assert_eq!(weekly(&story, "2026-04-05"), before, "the last week of the old year");
    assert_eq!(weekly(&story, "2026-04-06"), "114.45");
    let means = story.person().means;
    let decided = &means.decided.last().unwrap().said;
    assert_eq!(decided.ground, Ground::NewRates("2026-27".to_owned()));
    assert!(decided.words.contains("£241.30"), "{}", decided.words);
    let letter = decided.letter.as_ref().and_then(|letter| letter.team.clone());
    assert_eq!(letter, Some(TeamId::new("finance")), "its letter is the team’s to give");
    assert_eq!(april(&mut story), Uprated::Already);
    assert_eq!(story.entries.len(), means.decided.len() + 1, "a second run adds nothing");
}

#[test]
fn a_late_run_changes_no_week_that_was_charged() {
    let mut story = brought_in(pensioner("2025-11-03", &OF_2025));
    story.today = day("2026-05-13");
    let before: Vec<String> =
        ["2026-04-06", "2026-05-13", "2026-05-17"].map(|on| weekly(&story, on)).into();
    april(&mut story);
    let after: Vec<String> =
        ["2026-04-06", "2026-05-13", "2026-05-17"].map(|on| weekly(&story, on)).into();
    assert_eq!(before, after);
    assert_eq!(weekly(&story, "2026-05-18"), "114.45");
}

#[test]
fn whoever_cannot_be_worked_out_is_an_officers_work_and_asked_for_once() {
    // A resident pays a top-up for themself: lawful for twelve weeks, and then a question.
    let case = r#"{"asOf":"2026-02-16","setting":"care-home-permanent","toldOn":"2026-02-01",
        "person":{"born":"1940-02-03","household":"single"},
        "income":[{"kind":"state-pension","amount":"230.25","every":"week"}],
        "capital":[{"kind":"main-home","value":"310000.00","occupiedBy":"nobody"}],
        "services":[{"kind":"care-home","cost":"1000.00","every":"week"}],
        "topUp":{"amount":"50.00","every":"week","payer":"first-party"},
        "stay":{"admitted":"2026-02-16","permanentFrom":"2026-02-16"}}"#;
    let mut story = brought_in(serde_json::from_str(case).unwrap());
    let before = weekly(&story, "2026-05-18");
    story.today = day("2026-05-13");
    let Uprated::Look { why, .. } = april(&mut story) else { panic!("it asks") };
    assert!(why.contains("must be answered"), "{why}");
    assert_eq!(weekly(&story, "2026-05-18"), before, "nothing is decided over anybody's head");
    let work = story.derived().work;
    assert!(work.iter().any(|work| work.task == Task::AssessMeans), "{work:?}");
    let entries = story.entries.len();
    assert!(matches!(april(&mut story), Uprated::Look { new: None, .. }));
    assert_eq!(story.entries.len(), entries, "it is asked for once");
}

#[test]
fn a_draft_that_waits_is_decided_by_hand() {
    let mut story = brought_in(pensioner("2025-11-03", &OF_2025));
    story.today = day("2026-03-20");
    story
        .tell(&officer(), |person, asking| {
            means::draft(person, stated(pensioner("2026-02-02", &OF_2025), ""), &law(), asking)
        })
        .unwrap();
    let Uprated::Look { new, why } = april(&mut story) else { panic!("a draft waits") };
    assert!(new.is_none() && why.contains("draft"), "{why}");
}

#[test]
fn a_question_that_the_new_year_brings_is_asked() {
    let case = r#"{"asOf":"2025-04-07","setting":"care-home-temporary","toldOn":"2025-03-01",
        "person":{"born":"1940-02-03","household":"single"},
        "income":[{"kind":"state-pension","amount":"230.25","every":"week"}],
        "services":[{"kind":"care-home","cost":"900.00","every":"week"}],
        "stay":{"admitted":"2025-03-31"}}"#;
    let mut story = brought_in(serde_json::from_str(case).unwrap());
    story.today = day("2026-03-20");
    let Uprated::Decided { asks, .. } = april(&mut story) else { panic!("it is decided") };
    assert!(asks.iter().any(|ask| ask.contains("52 weeks")), "{asks:?}");
}

#[test]
fn nobody_without_the_right_decides_for_everybody() {
    let story = brought_in(pensioner("2025-11-03", &OF_2025));
    let (law, team) = (law(), TeamId::new("finance"));
    let first = day("2026-04-06");
    let year = NewYear { law: &law, name: "2026-27", first, begins: first, team: &team };
    let mut story = story;
    let refused = story.tell(&actor("community-nurse"), |person, asking| {
        uprate(person, &year, asking).map(|what| what.entries().to_vec())
    });
    assert!(matches!(refused, Err(Refusal::NotYours { .. })));
}

#[test]
fn a_change_that_reaches_back_is_carried_through_the_new_year() {
    let mut story = brought_in(pensioner("2025-11-03", &OF_2025));
    story.today = day("2026-03-20");
    april(&mut story);
    // The allowance was the lower one all along, since February.
    story.today = day("2026-06-10");
    let lower = [("state-pension", "230.25"), ("attendance-allowance-lower", "73.90")];
    settle(&mut story, pensioner("2026-02-02", &lower));
    assert_eq!(weekly(&story, "2026-02-01"), weekly(&story, "2025-11-03"), "nothing before");
    // 241.30 + 76.70 of income, 241.45 to be left.
    assert_eq!(weekly(&story, "2026-04-06"), "76.55");
    let means = story.person().means;
    let last = means.decided.last().unwrap();
    assert_eq!(last.said.ground, Ground::NewRates("2026-27".to_owned()));
    assert!(last.said.follows.is_some());
}

#[test]
fn what_was_told_newly_for_a_later_day_stands_and_the_rest_follows() {
    let mut story = brought_in(pensioner("2026-05-04", &[("state-pension", "260.00")]));
    settle(&mut story, pensioner("2026-09-07", &[("state-pension", "280.00")]));
    let mut moved = pensioner("2026-07-06", &[("state-pension", "270.00"), ("annuity", "10.00")]);
    moved.person.children = 0;
    story
        .tell(&officer(), |person, asking| means::draft(person, stated(moved, ""), &law(), asking))
        .unwrap();
    let means = story.person().means;
    let draft = means.draft.clone().unwrap();
    let carried = care::fund::carried(&means, &draft.said.case, &law()).unwrap();
    assert_eq!(carried.len(), 1);
    assert_eq!(carried[0].stands.len(), 1, "{:?}", carried[0].stands);
    story
        .tell(&second_officer(), |person, asking| {
            decide::decide(person, draft.entry, "", &law(), asking)
        })
        .unwrap();
    let charges = ["2026-07-05", "2026-07-06", "2026-09-07"].map(|on| weekly(&story, on));
    assert_eq!(charges, ["18.55", "38.55", "48.55"], "270 and 10; then 280 and 10");
}

#[test]
fn a_change_is_carried_to_later_days_only_and_row_by_row() {
    // Two pensions of one kind, told again for September with the second of them higher.
    let two = |as_of, first, second| {
        pensioner(as_of, &[("occupational-pension", first), ("occupational-pension", second)])
    };
    let mut story = brought_in(two("2026-05-04", "200.00", "60.00"));
    settle(&mut story, two("2026-09-07", "200.00", "80.00"));
    let means = story.person().means;
    let carried = |change: &Case| {
        let all = care::fund::carried(&means, change, &law()).unwrap();
        let row = |carried: &care::fund::Carried<'_>| {
            let rows = carried.case.income.iter().map(|row| row.amount.to_string());
            (rows.collect::<Vec<_>>(), carried.stands.len())
        };
        all.iter().map(row).collect::<Vec<_>>()
    };
    let rows = |rows: &[&str]| rows.iter().map(ToString::to_string).collect::<Vec<_>>();
    // The first was another: that goes on. What was told newly for September stands, and is named
    // unless both say the same.
    let case = two("2026-07-06", "210.00", "60.00");
    assert_eq!(carried(&case), [(rows(&["210.00", "80.00"]), 0)]);
    let case = two("2026-07-06", "200.00", "70.00");
    assert_eq!(carried(&case), [(rows(&["200.00", "80.00"]), 1)]);
    let case = two("2026-07-06", "200.00", "80.00");
    assert_eq!(carried(&case), [], "it changes nothing that comes later");
    // A change of the day on which a later decision begins is that decision's own, and not carried.
    assert_eq!(carried(&two("2026-09-07", "210.00", "80.00")), []);
}

#[test]
fn a_charge_that_changes_by_itself_is_known_when_it_is_decided() {
    // The home counts from twelve weeks after the stay became permanent.
    let case: Case = serde_json::from_str(
        r#"{"asOf":"2026-05-04","setting":"care-home-permanent","toldOn":"2026-04-01",
            "person":{"born":"1940-02-03","household":"single"},
            "income":[{"kind":"state-pension","amount":"241.30","every":"week"}],
            "capital":[{"kind":"main-home","value":"310000.00","occupiedBy":"nobody"}],
            "services":[{"kind":"care-home","cost":"1000.00","every":"week"}],
            "stay":{"admitted":"2026-05-04","permanentFrom":"2026-05-04"}}"#,
    )
    .unwrap();
    let story = brought_in(case);
    let means = story.person().means;
    let turn = &means.decided[0].said.later[0];
    assert_eq!((turn.from, &turn.why[..]), (day("2026-07-27"), &[Why::Property][..]));
    let decided = [&*means.decided[0].said];
    let week = weeks::weeks(&decided, &law(), day("2026-07-27"), day("2026-08-02"));
    assert_eq!(week[0].parts[0].why, [Why::Property], "and the week says so");
    assert_eq!(weekly(&story, "2026-07-27"), "1000.00");
    assert_ne!(weekly(&story, "2026-07-26"), "1000.00");
}

fn charged(decided: &[&ChargeDecided], from: &str, to: &str) -> Vec<(Day, Day, Pence)> {
    let weeks = weeks::weeks(decided, &law(), day(from), day(to));
    weeks.into_iter().map(|week| (week.from, week.until, week.charge)).collect()
}

#[test]
fn a_week_with_two_charges_is_charged_by_the_day() {
    let mut story = brought_in(pensioner("2026-05-04", &[("state-pension", "251.45")]));
    settle(&mut story, pensioner("2026-05-14", &[("state-pension", "258.45")]));
    let means = story.person().means;
    let decided: Vec<&ChargeDecided> = means.in_force().iter().map(|one| &*one.said).collect();
    let weeks = charged(&decided, "2026-05-01", "2026-05-20");
    let pounds: Vec<String> = weeks.iter().map(|week| week.2.to_string()).collect();
    // Before it began; a whole week at 10.00; three days at 10.00 and four at 17.00; three at 17.00.
    assert_eq!(pounds, ["0.00", "10.00", "14.00", "7.28"]);
    let weeks = weeks::weeks(&decided, &law(), day("2026-05-01"), day("2026-05-20"));
    assert_eq!(weeks::sum(&weeks).to_string(), "31.28");
    let why = |at: usize| {
        let parts = weeks[at].parts.iter().map(|part| (part.from.to_string(), part.why.clone()));
        parts.collect::<Vec<_>>()
    };
    let said = |from: &str, why: &[Why]| (from.to_owned(), why.to_vec());
    assert_eq!(why(0), [said("2026-05-01", &[])]);
    assert_eq!(why(1), [said("2026-05-04", &[Why::NewFacts])]);
    assert_eq!(why(2), [said("2026-05-11", &[]), said("2026-05-14", &[Why::NewFacts])]);
}

proptest! {
    /// What is kept of decisions comes to what the law says of the same cases through time.
    #[test]
    fn the_weeks_of_decisions_are_the_weeks_of_the_law(
        first in 24_000u32..32_000, second in 24_000u32..32_000, after in 1i32..120,
    ) {
        let amount = |pence: u32| format!("{}.{:02}", pence / 100, pence % 100);
        let case = |on: Day, pence| {
            pensioner(&on.to_string(), &[("state-pension", &amount(pence))])
        };
        let begin = day("2026-05-04");
        let cases = [case(begin, first), case(begin.plus_days(after), second)];
        let mut story = brought_in(cases[0].clone());
        settle(&mut story, cases[1].clone());
        let until = begin.plus_days(140);
        let means = story.person().means;
        let decided: Vec<&ChargeDecided> = means.in_force().iter().map(|one| &*one.said).collect();
        let kept = weeks::weeks(&decided, &law(), begin, until);
        let told = assess_over_time(&law(), &cases, begin, until).unwrap();
        let kept: Vec<Pence> = kept.iter().map(|week| week.charge).collect();
        let told: Vec<Pence> = told.iter().map(|week| week.charge).collect();
        prop_assert_eq!(kept, told);
    }
}
