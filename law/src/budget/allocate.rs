//! From answers to points to money: the indicative budget.

use serde::Serialize;

use crate::budget::case::Informal;
use crate::budget::points::Points;
use crate::budget::rules;
use crate::budget::table::{Ras, Worth};
use crate::pence::{Pence, Round};
use crate::working::{Input, Line, Part, Trace};

use std::collections::BTreeMap;

/// The points of an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AreaPoints {
    /// Its code.
    pub area: String,
    /// Its name.
    pub name: String,
    /// What the answers came to, as if nobody helped.
    pub need: Points,
    /// What is left after what a willing carer does.
    pub counted: Points,
}

/// What a table makes of answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Allocation {
    /// The version of the table.
    pub version: String,
    /// By area, in the table's order.
    pub areas: Vec<AreaPoints>,
    /// The points that count, all areas together.
    pub points: Points,
    /// The table's figure, a week: a starting point and never a limit.
    pub weekly: Pence,
}

/// Works out the indicative figure. The answers must be the table's.
///
/// What a carer does is taken off only where they have said that they are willing; the points
/// before and after both stand in the result.
pub fn allocate<T: Trace>(
    ras: &Ras,
    answers: &BTreeMap<String, String>,
    informal: &BTreeMap<String, Informal>,
    trace: &mut T,
) -> Allocation {
    let mut areas = Vec::with_capacity(ras.areas.len());
    for area in &ras.areas {
        let need = need(ras, &area.code, answers, trace);
        let support = informal
            .get(&area.code)
            .filter(|informal| informal.willing == Some(true))
            .and_then(|informal| ras.support.iter().find(|known| known.code == informal.level));
        let counted = support.map_or(need, |support| need.less(support.percent));
        if let Some(support) = support {
            trace.step(|| {
                Line::new(
                    Part::Person,
                    format!("points.{}.carer", area.code),
                    format!("{}: what a carer is willing to do", area.name),
                    Pence::ZERO,
                    rules::INFORMAL,
                )
                .worked(format!("{need} − {}% = {counted} points", support.percent))
                .resting_on(Input::case(
                    format!("informalSupport.{}.level", area.code),
                    support.code.clone(),
                ))
            });
        }
        areas.push(AreaPoints { area: area.code.clone(), name: area.name.clone(), need, counted });
    }
    let points = areas.iter().map(|area| area.counted).sum();
    let weekly = worth(ras, points, trace);
    Allocation { version: ras.version.clone(), areas, points, weekly }
}

/// The points of an area's answers, carers left aside.
fn need<T: Trace>(
    ras: &Ras,
    area: &str,
    answers: &BTreeMap<String, String>,
    trace: &mut T,
) -> Points {
    let mut need = Points::ZERO;
    for question in ras.questions.iter().filter(|question| question.area == area) {
        let given = answers.get(&question.code);
        let Some(answer) = question.answer.iter().find(|answer| Some(&answer.code) == given) else {
            continue;
        };
        need = need + answer.points;
        trace.step(|| {
            let said = Input::case(format!("answers.{}", question.code), answer.code.clone());
            Line::new(
                Part::Person,
                format!("points.{}", question.code),
                format!("{} {}", question.asks, answer.says),
                Pence::ZERO,
                rules::POINTS,
            )
            .worked(format!("{} points", answer.points))
            .resting_on(said)
        });
    }
    need
}

/// The one place where points become money, and the one at which a fraction of a penny is rounded:
/// up, to the person's advantage.
fn worth<T: Trace>(ras: &Ras, points: Points, trace: &mut T) -> Pence {
    let full = Pence::new(ras.hundred_times(points));
    let back = ras.contingency_percent.of(Pence::new(10_000), Round::Down).pence();
    let weekly = full.times(10_000 - back, 1_000_000, Round::Up);
    trace.step(|| {
        let formula = match &ras.worth {
            Worth::PricePerPoint(price) => format!("{points} points × {}", price.in_words()),
            Worth::Bands(bands) => {
                let band = super::table::band_of(bands, points);
                format!(
                    "{points} points: the band from {} points, {}",
                    band.from,
                    band.weekly.in_words()
                )
            }
        };
        let kept = if back == 0 {
            String::new()
        } else {
            format!(", less {}% kept back", ras.contingency_percent)
        };
        Line::new(
            Part::Result,
            "budget.table",
            "What the table gives, a week",
            weekly,
            rules::INDICATIVE,
        )
        .worked(format!("{formula}{kept}"))
        .resting_on(Input::policy("resource allocation table", ras.version.clone()))
    });
    weekly
}
