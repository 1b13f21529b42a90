//! Everybody with a plan has a next review; it never slips, and less support is never an answer left out.

use care::plan::outcome;
use care::record::derived::{PlanStands, Task, Work};
use care::record::fact::Fact;
use care::record::fact::assess::{Ending, FormBegun, FormEnded, FormKind};
use care::record::fact::plan::Doer;
use care::record::fact::review::{
    Attained, Change, EnablementEnd, ReviewEnd, ReviewGround, Risk, Score, StillMet,
};
use care::record::ids::{FormId, TeamId};
use care::review::enablement::{self, Begin};
use care::review::hold::{Held, bring_forward, hold};
use care::review::score::{before_and_after, score};
use care::who::actor::Refusal;
use law::day::Day;
use proptest::prelude::*;

use crate::place::{Telling, actor};
use crate::table::{agree, field, last, small_plan, step, wish, write_action, write_outcome};

fn held(story: &Telling, end: ReviewEnd, risk: Risk) -> Held {
    Held {
        person: "Better".to_owned(),
        worker: "Walks further".to_owned(),
        end,
        why: "Does her own shopping".to_owned(),
        still_met: Vec::new(),
        risk,
        next_by: None,
        seen: last(story),
    }
}

fn review(story: &mut Telling, held: &Held) -> Result<(), Refusal> {
    story.tell(&actor("social-worker"), |person, asking| hold(person, held, asking))
}

fn line(story: &Telling) -> Option<Work> {
    story.derived().work.into_iter().find(|work| work.task == Task::HoldReview)
}

#[test]
fn the_first_review_is_due_eight_weeks_after_the_plan_began_and_is_the_keepers() {
    let (story, ..) = small_plan();
    let line = line(&story).unwrap();
    assert_eq!(line.due, story.today.plus_days(56));
    assert_eq!(line.user, story.person().keeper().map(|keeper| keeper.user));
    assert_eq!(story.person().review_due().unwrap().ground, ReviewGround::First);
}

#[test]
fn the_next_comes_by_the_risk_and_never_after_a_year() {
    for (risk, months) in [(Risk::High, 3), (Risk::Medium, 6), (Risk::Low, 12)] {
        let (mut story, ..) = small_plan();
        story.days_later(50);
        let said = held(&story, ReviewEnd::Same, risk);
        review(&mut story, &said).unwrap();
        assert_eq!(line(&story).unwrap().due, story.today.plus_months(months));
    }
    let (mut story, ..) = small_plan();
    for late in [story.today, story.today.plus_months(12).plus_days(1)] {
        let said = Held { next_by: Some(late), ..held(&story, ReviewEnd::Same, Risk::Low) };
        assert_eq!(field(review(&mut story, &said)), "next-by");
    }
    let year = story.today.plus_months(12);
    let said = Held { next_by: Some(year), ..held(&story, ReviewEnd::Same, Risk::Low) };
    review(&mut story, &said).unwrap();
}

#[test]
fn every_change_brings_the_review_forward_and_none_puts_it_off() {
    for change in Change::ALL.iter().copied() {
        let (mut story, ..) = small_plan();
        let tell = |story: &mut Telling, words: &str| {
            story.tell(&actor("community-nurse"), |person, asking| {
                bring_forward(person, change, words, asking)
            })
        };
        assert_eq!(field(tell(&mut story, "")), "words");
        tell(&mut story, "It happened on Sunday").unwrap();
        let days = if change == Change::Safeguarding { 7 } else { 14 };
        let soon = line(&story).unwrap();
        assert_eq!(soon.due, story.today.plus_days(days), "{change:?}");
        assert!(soon.urgent);
        let first = soon.due;
        story.days_later(5);
        tell(&mut story, "And again").unwrap();
        assert_eq!(line(&story).unwrap().due, first, "a second change does not put it off");
        assert_eq!(story.person().review_due().unwrap().ground, change.ground());
    }
}

#[test]
fn whoever_writes_notes_brings_a_review_forward_and_the_person_asks_for_their_own() {
    for (role, may) in [
        ("resident", true),
        ("contact-officer", true),
        ("provider-worker", true),
        ("finance-officer", false),
    ] {
        let (mut story, ..) = small_plan();
        let asked = story.tell(&actor(role), |person, asking| {
            bring_forward(person, Change::Other, "Two falls", asking)
        });
        assert_eq!(asked.is_ok(), may, "{role}");
    }
}

#[test]
fn support_becomes_less_only_with_words_for_each_need() {
    for end in [ReviewEnd::Less, ReviewEnd::Ends] {
        let (mut story, first, _) = small_plan();
        let second = write_outcome(&mut story, "community-nurse", &wish("To sleep through"));
        let mut said = held(&story, end, Risk::Low);
        assert_eq!(field(review(&mut story, &said)), "still-met");
        said.still_met.push(StillMet { outcome: first, how: "Goes by bus".to_owned() });
        assert_eq!(field(review(&mut story, &said)), "still-met", "one need is left out");
        said.still_met.push(StillMet { outcome: second, how: "Sleeps well now".to_owned() });
        review(&mut story, &said).unwrap();
        let kept = story.person().reviews.last().unwrap().said.still_met.len();
        assert_eq!(kept, 2);
    }
}

#[test]
fn when_support_ended_nothing_is_due_until_a_plan_begins_again() {
    let (mut story, outcome, _) = small_plan();
    let met = StillMet { outcome, how: "Maria drives her".to_owned() };
    let said = Held { still_met: vec![met], ..held(&story, ReviewEnd::Ends, Risk::Low) };
    review(&mut story, &said).unwrap();
    assert!(line(&story).is_none());
    assert_eq!(story.derived().summary.plan, Some(PlanStands::Ended));
    story.days_later(100);
    let again = step(&story, outcome, "A walking group", Doer::Person);
    write_action(&mut story, "care-navigator", &again);
    assert_eq!(line(&story).unwrap().due, story.today.plus_days(56));
}

#[test]
fn two_who_review_at_once_do_not_both_count() {
    let (mut story, ..) = small_plan();
    let said = held(&story, ReviewEnd::Same, Risk::Low);
    review(&mut story, &said).unwrap();
    assert!(review(&mut story, &said).is_err(), "it rests on a page from before the other’s");
}

#[test]
fn outcomes_are_scored_before_and_after_by_each_for_themself() {
    let (mut story, outcome, _) = small_plan();
    let points = |points: i8| Some(Attained::try_from(points).unwrap());
    let both =
        |person, worker| vec![Score { outcome, person: points(person), worker: points(worker) }];
    let tell = |story: &mut Telling, role: &str, scores: Vec<Score>| {
        story.tell(&actor(role), |person, asking| score(person, &scores, Some(4), asking))
    };
    tell(&mut story, "social-worker", both(-2, -1)).unwrap();
    tell(&mut story, "resident", both(1, 2)).unwrap();
    let reviews = story.person().reviews;
    assert_eq!(before_and_after(&reviews, outcome, |s| s.person), (points(-2), points(1)));
    let worker = before_and_after(&reviews, outcome, |s| s.worker);
    assert_eq!(worker, (points(-1), None), "a person does not score in the worker’s name");
    assert!(Attained::try_from(3).is_err());
    // One form may name an outcome twice, or say nothing of it: the first that says something counts.
    let mut scores = both(2, 2);
    scores[0] = Score { outcome, person: None, worker: None };
    scores.extend(both(0, 0));
    scores.extend(both(2, 2));
    tell(&mut story, "social-worker", scores).unwrap();
    let kept = story.person().reviews.scored.last().unwrap().said.scores.clone();
    assert_eq!(kept, both(0, 0));
    for (wellbeing, taken) in [(None, false), (Some(0), true), (Some(10), true), (Some(11), false)]
    {
        let told =
            story.tell(&actor("resident"), |person, asking| score(person, &[], wellbeing, asking));
        assert_eq!(told.is_ok(), taken, "{wellbeing:?}");
    }
}

#[test]
fn how_an_agreed_outcome_stood_at_the_start_is_the_keepers_to_ask_until_somebody_says_it() {
    let start = |story: &Telling| {
        let work = story.derived().work.into_iter();
        let lines: Vec<Work> = work.filter(|line| line.task == Task::ScoreStart).collect();
        assert!(lines.len() <= 1, "{lines:?}");
        lines.into_iter().next()
    };
    let (mut story, outcome, _) = small_plan();
    assert_eq!(start(&story), None, "nothing is agreed yet");
    agree(&mut story);
    let agreed = last(&story);
    let line = start(&story).unwrap();
    assert_eq!((line.entry, line.due), (agreed, story.today.plus_days(14)));
    assert_eq!(line.user, story.person().keeper().map(|keeper| keeper.user));
    let point = Attained::try_from(-1).ok();
    let say = |story: &mut Telling, role: &str, outcome| {
        let person = (role == "resident").then_some(point).flatten();
        let worker = (role != "resident").then_some(point).flatten();
        let scores = [Score { outcome, person, worker }];
        story.tell(&actor(role), |one, asking| score(one, &scores, None, asking)).unwrap();
    };
    // Whoever says it, it is said.
    for role in ["resident", "social-worker"] {
        let mut story = story.clone();
        say(&mut story, role, outcome);
        assert_eq!(start(&story), None, "{role}");
    }
    say(&mut story, "resident", outcome);
    // Another outcome that is agreed to later has a start of its own.
    let other = write_outcome(&mut story, "social-worker", &wish("To sleep through"));
    assert_eq!(start(&story), None, "not agreed yet");
    agree(&mut story);
    assert_eq!(start(&story).map(|line| line.entry), Some(last(&story)));
    // Once a review has looked at it, that was no start any more; nor where the outcome is wanted no longer.
    let mut looked_at = story.clone();
    let same = held(&looked_at, ReviewEnd::Same, Risk::Low);
    review(&mut looked_at, &same).unwrap();
    assert_eq!(start(&looked_at), None);
    let worker = actor("social-worker");
    let end = care::record::fact::plan::OutcomeEnd::Reached;
    story.tell(&worker, |person, asking| outcome::end(person, other, end, "", asking)).unwrap();
    assert_eq!(start(&story), None);
}

#[test]
fn a_point_of_the_scale_is_said_in_words_and_only_what_was_asked_for_is_a_review_on_request() {
    let said: Vec<(i8, &str)> =
        Attained::ALL.iter().map(|point| (point.points(), point.in_words())).collect();
    assert_eq!(
        said,
        [
            (-2, "Much less than hoped"),
            (-1, "Less than hoped"),
            (0, "As hoped"),
            (1, "More than hoped"),
            (2, "Much more than hoped"),
        ]
    );
    for point in Attained::ALL {
        assert_eq!(Attained::parse(&point.points().to_string()), Some(point));
    }
    assert_eq!(["3", "-3", "", "two"].map(Attained::parse), [None; 4]);
    for change in Change::ALL {
        let asked = change.ground() == ReviewGround::Asked;
        assert_eq!(asked, *change == Change::Asked, "{change:?}");
    }
}

#[test]
fn enablement_is_planned_for_six_weeks_told_of_weekly_and_ends_in_a_decision() {
    let (mut story, outcome, _) = small_plan();
    let lead = actor("team-lead");
    let team = TeamId::new("n1");
    let (from, longest) = (story.today, story.today.plus_days(42));
    let planned =
        |until| Begin { outcomes: vec![outcome], team: team.clone(), from, until, quarters: 28 };
    let tell = |story: &mut Telling, begin: &Begin| {
        story.tell(&lead, |person, asking| enablement::begin(person, begin, asking))
    };
    assert_eq!(field(tell(&mut story, &planned(longest.plus_days(1)))), "until");
    assert_eq!(
        field(tell(&mut story, &Begin { outcomes: vec![], ..planned(longest) })),
        "outcomes"
    );
    tell(&mut story, &planned(longest)).unwrap();
    assert!(tell(&mut story, &planned(longest)).is_err(), "there is one at a time");
    let begun = last(&story);
    let work = |story: &Telling, task: Task| {
        story.derived().work.into_iter().find(|work| work.task == task && work.entry == begun)
    };
    assert_eq!(work(&story, Task::EndEnablement).unwrap().due, longest);
    for week in 0..3 {
        let due = work(&story, Task::TellOfWeek).unwrap().due;
        assert_eq!(due, from.plus_days(7 * week).sunday());
        let day = story.today;
        let tell = |story: &mut Telling| {
            story.tell(&actor("provider-worker"), |person, asking| {
                enablement::week(person, begun, day, 20, "Makes her own breakfast", asking)
            })
        };
        tell(&mut story).unwrap();
        assert!(tell(&mut story).is_err(), "a week is told of once");
        story.days_later(7);
    }
    let weeks = story.person().reviews.programme(begun).unwrap().weeks.clone();
    assert_eq!(weeks.iter().map(|told| told.said.quarters).collect::<Vec<_>>(), [20; 3]);
    for (day, hours, taken) in [
        (from.plus_days(-1), 20, false),
        (story.today.plus_days(1), 20, false),
        (story.today, 4 * 168 + 1, false),
        (story.today, 4 * 168, true),
    ] {
        let told = story.tell(&actor("provider-worker"), |person, asking| {
            enablement::week(person, begun, day, hours, "Cooks", asking)
        });
        assert_eq!(told.is_ok(), taken, "{day}, {hours} quarters");
    }
    let end = |story: &mut Telling, quarters, next: &str| {
        story.tell(&lead, |person, asking| {
            enablement::end(person, begun, EnablementEnd::NoSupport, quarters, next, asking)
        })
    };
    assert_eq!(field(end(&mut story, 4, "Nothing")), "hours");
    assert_eq!(field(end(&mut story, 0, "")), "next");
    end(&mut story, 0, "She manages").unwrap();
    assert!(
        work(&story, Task::EndEnablement).is_none() && work(&story, Task::TellOfWeek).is_none()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever happens, while a plan goes on its next review has an owner and a day within a year.
    #[test]
    fn nobody_with_a_plan_is_forgotten(
        happens in proptest::collection::vec((0u8..4, 0i32..300, 0usize..3), 0..8),
    ) {
        let (mut story, outcome, _) = small_plan();
        for (what, days, risk) in happens {
            story.days_later(days);
            let done = match what {
                0 => {
                    let said = held(&story, ReviewEnd::More, Risk::ALL[risk]);
                    review(&mut story, &said)
                }
                1 => story.tell(&actor("resident"), |person, asking| {
                    bring_forward(person, Change::Asked, "Please", asking)
                }),
                2 => {
                    let more = step(&story, outcome, "More", Doer::Person);
                    write_action(&mut story, "community-nurse", &more);
                    Ok(())
                }
                _ => {
                    let wanted = wish("Something else");
                    story.tell(&actor("gp-practice"), |person, asking| {
                        outcome::write(person, &wanted, asking)
                    })
                }
            };
            prop_assert!(done.is_ok(), "{done:?}");
            let line = line(&story);
            prop_assert!(line.is_some());
            let line = line.unwrap();
            prop_assert!(line.user.is_some() || line.team.is_some());
            prop_assert!(line.due <= story.today.plus_months(12));
        }
    }
}

#[test]
fn whoever_has_a_plan_has_one_review_of_everything_by_the_first_day_of_the_two() {
    let (mut story, ..) = small_plan();
    let worker = actor("social-worker");
    let by = story.today.plus_days(30);
    let begun = last(&story) + 1;
    story
        .tell(&worker, |_, asking| {
            let form = FormBegun {
                form: FormId::new("assessment"),
                purpose: FormKind::Assessment,
                version: 1,
                about: String::new(),
                why: String::new(),
                team: asking.actor.team.clone(),
                user: None,
                due: asking.today,
            };
            let ended = FormEnded {
                purpose: FormKind::Assessment,
                begun,
                ending: Ending::Finished,
                words: String::new(),
                review_by: Some(by),
                letter: None,
            };
            let facts = [Fact::FormBegun(Box::new(form)), Fact::FormEnded(ended)];
            Ok(facts.map(|fact| asking.entry(fact)).into())
        })
        .unwrap();
    let reviews = |story: &Telling| -> Vec<(Task, Day)> {
        let work = story.derived().work.into_iter();
        let work = work.filter(|work| matches!(work.task, Task::Review | Task::HoldReview));
        work.map(|work| (work.task, work.due)).collect()
    };
    assert_eq!(reviews(&story), [(Task::HoldReview, by)]);
    let said = held(&story, ReviewEnd::Same, Risk::Low);
    review(&mut story, &said).unwrap();
    let year = story.today.plus_months(12);
    assert_eq!(reviews(&story), [(Task::HoldReview, year)], "it looked at both");
}
