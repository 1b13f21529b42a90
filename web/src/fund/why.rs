//! A charge in words, for whoever pays it: why it is this much, and what would change it.

use care::record::fact::ChargeDecided;
use law::charging::{Answer, Basis, Law};
use law::day::Day;
use law::pence::Pence;
use law::rates::Code;

use super::entry::{Base, Voice};
use crate::ask::{list, paragraph};
use crate::components::Markup;

/// Why the charge is this much, in a few sentences, from its working as it was kept.
pub fn this_figure(decided: &ChargeDecided) -> Markup {
    let line = |code: &str| {
        let found = decided.working.iter().find(|line| line.code == code);
        found.map(|line| line.amount)
    };
    let text = match decided.basis {
        Basis::Means => by_means(decided, line("income.counted"), line("result.available")),
        Basis::FullCostCapital => {
            let counted = line("capital.counted").map_or(String::new(), |counted| {
                format!(" They come to {}.", counted.in_words())
            });
            format!(
                "Your savings and property that count are above the limit.{counted} So you pay all \
                 that the care costs, and we can still help you to arrange it. Tell us when they fall \
                 below the limit."
            )
        }
        Basis::FullCostNotDisclosed => {
            "You did not show us what money you have, so you pay all that the care costs. You can \
             show us at any time, and we will work it out again."
                .to_owned()
        }
        Basis::FullCostLightTouch => {
            "You told us that you can pay all that the care costs, and agreed to a short assessment. \
             You can ask for a full one at any time."
                .to_owned()
        }
        Basis::NothingLightTouch => {
            "Your benefits show that you cannot be asked to pay anything.".to_owned()
        }
        Basis::Free => "This care is free: nobody is asked to pay for it.".to_owned(),
        Basis::NotYetTold => {
            "You had not been told before this day that you might have to pay, so you pay nothing \
             yet."
                .to_owned()
        }
    };
    paragraph(&text)
}

fn by_means(decided: &ChargeDecided, counted: Option<Pence>, over: Option<Pence>) -> String {
    let Some((counted, over)) = counted.zip(over) else {
        return "It comes from your income, your savings and your costs.".to_owned();
    };
    let has = format!("You have {} a week coming in that counts.", counted.in_words());
    if over.is_nothing() {
        return format!("{has} The law lets you keep all of it, so you pay nothing.");
    }
    let kept = (counted - over).in_words();
    let rest = over.in_words();
    let keeps =
        format!("You keep {kept} of it, for living and for your costs. That leaves {rest}.");
    let ends = if decided.charge < over {
        format!("We ask for {} of that.", decided.charge.in_words())
    } else {
        "That is what you pay.".to_owned()
    };
    format!("{has} {keeps} {ends}")
}

/// Who pays what of the care, from the working as it was kept.
pub fn who_pays(decided: &ChargeDecided) -> String {
    let taken_off = |code: &str| {
        let lines = decided.working.iter().filter(|line| line.code == code);
        lines.fold(Pence::ZERO, |sum, line| sum - line.amount)
    };
    let (nhs, top_up) = (taken_off("service.fnc"), taken_off("service.top-up"));
    let council = decided.full_cost - decided.charge - nhs - top_up;
    let parts =
        [("The NHS pays", nhs), ("A top-up for a dearer place pays", top_up), ("We pay", council)];
    let paid = parts.into_iter().filter(|(_, amount)| *amount > Pence::ZERO);
    let paid = paid.map(|(who, amount)| format!(" {who} {} of it.", amount.in_words()));
    let costs = format!("Your care costs {} a week.", decided.full_cost.in_words());
    paid.fold(costs, |text, more| text + &more)
}

/// The answer that the means a decision rests on have today, where it is still what was decided:
/// figures that were corrected since would tell another story than was told.
pub fn as_decided(decided: &ChargeDecided, base: Option<&Base>, law: &Law) -> Option<Answer> {
    let answer = law.answer(&base?.case).ok()?;
    (answer.charge == decided.charge && answer.as_of == decided.from()).then_some(answer)
}

/// What would change the charge, and by how much where that is known. To whoever is in a care home
/// to stay, what a disability costs makes no difference: they are not told that it may.
pub fn what_would_change(decided: &ChargeDecided, answer: Option<Answer>) -> Markup {
    let changes = answer.map(|answer| answer.changes).unwrap_or_default();
    let mut lines: Vec<String> = changes
        .into_iter()
        .map(|change| {
            format!("If {}, you would pay {} a week.", change.when, change.charge.in_words())
        })
        .collect();
    if !decided.case.is_there_to_stay() {
        lines.push(
            "If you pay for anything because of an illness or disability that is not in this \
             letter, tell us: it may be taken off."
                .to_owned(),
        );
    }
    lines.push(
        "If your income, your savings, your costs or your care change, tell us, and we will work it \
         out again."
            .to_owned(),
    );
    list(lines)
}

/// How the charge changes by itself after a day, by what is known.
pub fn later(decided: &ChargeDecided, after: Day) -> Option<Markup> {
    let turns = decided.later.iter().filter(|turn| turn.from > after);
    let lines: Vec<String> = turns
        .map(|turn| {
            let why: Vec<&str> = turn.why.iter().map(|why| why.in_words()).collect();
            let because = if why.is_empty() {
                String::new()
            } else {
                format!(", because {}", why.join(" and "))
            };
            format!("From {}: {} a week{because}.", turn.from.in_words(), turn.charge.in_words())
        })
        .collect();
    let title = paragraph("What we know will change, if nothing else does:");
    (!lines.is_empty()).then(|| Markup::join([title, list(lines)]))
}

/// What is said where figures of the law are not yet confirmed: to an officer, which.
pub fn unverified(decided: &ChargeDecided, voice: Voice) -> Option<Markup> {
    let figures: Vec<&str> = decided.unverified.iter().map(|code| in_words(code)).collect();
    (!figures.is_empty()).then(|| match voice {
        Voice::Person => paragraph(
            "Some of the national figures that we used are not yet confirmed. If they change, we \
             will work this out again and write to you.",
        ),
        Voice::Officer => {
            paragraph(&format!("Figures nobody has checked yet: {}.", figures.join("; ")))
        }
    })
}

/// What a figure of the law is; its code, where the law no longer has it.
pub fn in_words(code: &str) -> &str {
    Code::named(code).map_or(code, |known| known.in_words())
}
