//! Tables and calibrations on a terminal.

use std::io::{self, Write};

use law::budget::{Calibration, FEWEST_SHOWN, Fit, Ras, Worth};

use crate::columns;

/// Prints a table.
pub fn table(ras: &Ras, out: &mut impl Write) -> io::Result<()> {
    let until = ras.until.map_or_else(String::new, |day| format!(" until {}", day.in_words()));
    writeln!(out, "Table {}, in force from {}{until}", ras.version, ras.from.in_words())?;
    writeln!(out, "{}{}", if ras.invented { "INVENTED. " } else { "" }, ras.source)?;
    for area in &ras.areas {
        writeln!(out, "\n{} ({})", area.name, area.code)?;
        for question in ras.questions.iter().filter(|question| question.area == area.code) {
            writeln!(out, "  {} ({})", question.asks, question.code)?;
            for answer in &question.answer {
                writeln!(out, "    {:>6}  {} ({})", answer.points, answer.says, answer.code)?;
            }
        }
    }
    if !ras.support.is_empty() {
        writeln!(out, "\nWhat a willing carer does takes off an area’s points")?;
        for support in &ras.support {
            writeln!(out, "  {:>5}%  {} ({})", support.percent, support.says, support.code)?;
        }
    }
    writeln!(out)?;
    match &ras.worth {
        Worth::PricePerPoint(price) => {
            writeln!(out, "Each point is worth {} a week.", price.in_words())?;
        }
        Worth::Bands(bands) => {
            let rows: Vec<Vec<String>> = bands
                .iter()
                .map(|band| vec![band.from.to_string(), band.weekly.in_words()])
                .collect();
            columns::write(out, &["From points", "A week"], &rows)?;
        }
    }
    writeln!(out, "{}% is kept back for plans that cost more.", ras.contingency_percent)?;
    writeln!(out, "It is a starting point, never a limit: a plan is paid at what it costs.")
}

/// Prints a proposal, how good it is and how even-handed.
pub fn calibration(found: &Calibration, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Proposed from {} cases, scored with {}", found.cases, found.scored_with)?;
    writeln!(out, "contingency-percent = \"{}\"", found.contingency_percent)?;
    for band in &found.bands {
        writeln!(out, "[[band]]\nfrom = \"{}\"\nweekly = \"{}\"", band.from, band.weekly)?;
    }
    writeln!(out, "\nHow well the bands’ whole value explains the real cost")?;
    fit("of these cases", found.fit, out)?;
    match found.held_out {
        Some(held) => fit("of every other case, from bands made without it", held, out)?,
        None => writeln!(out, "  There are too few cases to hold some back and try them.")?,
    }
    if found.equity.is_empty() {
        return writeln!(
            out,
            "\nNo groups were given, so nothing shows whether it is even-handed."
        );
    }
    writeln!(out, "\nWhat is offered of what was spent, the median of each group")?;
    for kind in &found.equity {
        let rows: Vec<Vec<String>> = kind
            .groups
            .iter()
            .map(|group| {
                let few = || format!("fewer than {FEWEST_SHOWN}");
                vec![
                    group.group.clone(),
                    group.people.map_or_else(few, |people| people.to_string()),
                    group.offered_of_actual.map_or_else(String::new, hundredths),
                ]
            })
            .collect();
        columns::write(out, &[&kind.kind, "People", "Offered"], &rows)?;
        writeln!(out)?;
    }
    writeln!(out, "This is a proposal. Past results keep the version they were worked out with.")
}

fn fit(of: &str, fit: Fit, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  {of} ({}):", fit.cases)?;
    writeln!(
        out,
        "    half differ by at most {} a week, nine in ten by at most {}",
        fit.median_difference.in_words(),
        fit.ninetieth_difference.in_words()
    )?;
    let (tenth, quarter) = (hundredths(fit.within_tenth), hundredths(fit.within_quarter));
    writeln!(out, "    {tenth} are within a tenth of it, {quarter} within a quarter")?;
    match fit.r_squared {
        Some(r) => {
            let sign = if r < 0 { "−" } else { "" };
            let (whole, part) = (r.unsigned_abs() / 10_000, r.unsigned_abs() % 10_000);
            writeln!(out, "    R² {sign}{whole}.{part:04}")
        }
        None => writeln!(out, "    R² says nothing: every case cost the same"),
    }
}

/// Hundredths of a percent, as a percentage.
fn hundredths(part: i64) -> String {
    format!("{}.{:02}%", part / 100, part % 100)
}
