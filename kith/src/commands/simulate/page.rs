//! A simulation as a page that stands alone: every plot with its table.

use care::fund::simulate::Simulation;
use care::fund::simulate::sweep::Tried;
use web::components::{Cell, InsetText, Markup, Table};
use web::paper;

use super::plot;
use super::show::{self, Shown};
use super::sweep;
use crate::columns::grouped;

/// The page. `what` says what was compared with what.
pub fn page(found: &Simulation, what: &str) -> String {
    let mut parts: Vec<Markup> = vec![
        InsetText::new(what).into(),
        table(&show::income(found)),
        table(&show::parts(found)),
        sentence(&show::beginning(found)),
        plot::histogram(found).into(),
        table(&show::bands(found)),
    ];
    for one in &found.spread {
        parts.push(plot::groups(one).into());
        parts.push(table(&show::spread(one)));
    }
    parts.push(sentence(show::MARKS));
    paper::document(&format!("What would change for {} people", grouped(found.people)), parts)
}

/// The page of a sweep.
pub fn swept(tried: &[Tried], what: &str) -> String {
    let mut parts: Vec<Markup> = vec![InsetText::new(what).into(), table(&sweep::table(tried))];
    parts.extend(sweep::plots(tried).into_iter().map(|(_, plot)| plot.into()));
    let people = tried.first().map_or(0, |one| one.people);
    paper::document(&format!("What each choice would change for {} people", grouped(people)), parts)
}

fn sentence(text: &str) -> Markup {
    InsetText::new(text).into()
}

fn table(shown: &Shown) -> Markup {
    let Some((first, others)) = shown.heads.split_first() else { return Markup::default() };
    let heads = others.iter().map(|&head| Cell::new(head).numeric());
    let table = Table::new(std::iter::once(Cell::new(*first)).chain(heads));
    let rows = shown.rows.iter().map(|row| {
        let words = row.iter().take(1).map(Cell::new);
        words.chain(row.iter().skip(1).map(Cell::number)).collect::<Vec<Cell>>()
    });
    let table = rows.fold(table, Table::row);
    table.hidden_caption(*first).first_is_header().scrolls().into()
}
