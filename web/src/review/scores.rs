//! How each outcome stands, as the person and the professional each say, and how well the person feels:
//! asked at the start of a plan and at each review in the same words, so that the answers can be compared.

use care::record::entry::EntryNumber;
use care::record::fact::review::{Attained, Score};
use care::record::person::Person;
use care::record::person::plan::Outcome;
use care::review::score::WELLBEING_MOST;

use crate::ask::heading;
use crate::assess::Laid;
use crate::components::{Choice, Markup, Select, SummaryList, SummaryRow};
use crate::forms::Form;
use crate::names::{EntryNames, Name};

/// Under which name the person's own is sent, and the professional's.
pub const PERSON: &str = "person";
/// The same of the professional.
pub const WORKER: &str = "worker";

/// The name under which somebody's score of an outcome is sent.
fn score_of(outcome: Name, whose: &str) -> String {
    format!("score-{outcome}-{whose}")
}

/// The questions; of the person's own hand only theirs.
pub fn questions(laid: &Laid, own: bool, form: &Form) -> Vec<Markup> {
    let (person, given) = (&laid.readable, laid.given());
    let mut parts = vec![heading("How each outcome stands")];
    for outcome in person.plan.open_outcomes() {
        parts.push(outcome_in_words(outcome, own));
        if own {
            parts.push(select(laid, outcome.id, PERSON, "As you see it", form));
        } else {
            let theirs = format!("As {given} sees it");
            parts.push(select(laid, outcome.id, PERSON, &theirs, form));
            parts.push(select(laid, outcome.id, WORKER, "As you see it", form));
        }
    }
    parts.push(wellbeing(person, &given, own, form));
    parts
}

fn select(laid: &Laid, outcome: EntryNumber, whose: &str, label: &str, form: &Form) -> Markup {
    let scores = laid.readable.reviews.scored.iter().rev().flat_map(|told| &told.said.scores);
    let of_whom = |score: &Score| if whose == PERSON { score.person } else { score.worker };
    let last = scores.filter(|score| score.outcome == outcome).find_map(of_whom);
    let hint = last.map_or_else(
        || "Not said before".to_owned(),
        |said| format!("Last time: {}", said.in_words()),
    );
    let all = Attained::ALL.iter();
    let all = all.map(|one| Choice::new(one.points().to_string(), one.in_words()));
    let choices = std::iter::once(Choice::new("", "Not said")).chain(all);
    Select::new(score_of(laid.called(outcome), whose), label, choices)
        .hint(hint)
        .filled(form)
        .into()
}

fn wellbeing(person: &Person, given: &str, own: bool, form: &Form) -> Markup {
    let points = (0..=WELLBEING_MOST).map(|points| points.to_string());
    let points = points.map(|points| Choice::new(points.as_str(), points.as_str()));
    let choices = std::iter::once(Choice::new("", "Not said")).chain(points);
    let before = person.reviews.scored.iter().rev().find_map(|told| told.said.wellbeing);
    let before = before.map_or_else(String::new, |before| format!(" Last time: {before}."));
    let label = if own {
        "How well do you feel?".to_owned()
    } else {
        format!("How well does {given} feel?")
    };
    Select::new("wellbeing", label, choices)
        .hint(format!("From 0, not well at all, to 10, as well as can be.{before}"))
        .filled(form)
        .into()
}

fn outcome_in_words(outcome: &Outcome, own: bool) -> Markup {
    let said = &outcome.written.said;
    SummaryList::new([
        SummaryRow::new(if own { "What you want" } else { "What they want" }, said.words.as_str()),
        SummaryRow::new("At the start", said.now.as_str()),
        SummaryRow::new("As hoped", said.hoped.as_str()),
    ])
    .into()
}

/// How the outcomes stand, as the form says; nothing where it says nothing.
pub fn said(person: &Person, names: &EntryNames, form: &Form) -> (Vec<Score>, Option<u8>) {
    let scores = person.plan.open_outcomes().map(|outcome| {
        let said = |whose| Attained::parse(form.value(&score_of(names.called(outcome.id), whose)));
        Score { outcome: outcome.id, person: said(PERSON), worker: said(WORKER) }
    });
    let scores = scores.filter(|score| score.person.is_some() || score.worker.is_some());
    (scores.collect(), form.value("wellbeing").parse().ok())
}
