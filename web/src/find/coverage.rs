//! Who of those that a criterion found has a plan, who was offered one, who said no and who waits: by
//! neighbourhood and surgery.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use care::record::derived::{PlanStands, Stage};
use care::who::role::{Part, Right};
use store::engine::Tx;
use store::lists::Standing;
use store::runs::{self, Run};
use store::{StoreError, access};

use super::found::standing;
use crate::components::{BarPlot, Button, Cell, InsetText, Select, Table};
use crate::error::Failure;
use crate::page::{self, Page};
use crate::posted::Asked;
use crate::seat::Seat;

#[derive(Template)]
#[template(path = "find/coverage.html")]
struct CoveragePage {
    page: Page,
    about: InsetText,
    filter: Option<Select>,
    filter_button: Button,
    plot: Option<BarPlot>,
    tables: Vec<Table>,
}

/// How somebody who was found stands to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// They agreed to it, at least in part, and nothing has changed since.
    Agreed,
    /// It is being made, or agreed anew.
    Making,
    /// They said yes, or are in touch with us otherwise, and have none yet.
    Waits,
    /// They were invited, and have not answered.
    Offered,
    /// They said no.
    Declined,
    /// Their support ended at a review.
    Ended,
    /// Nobody has asked them.
    NotAsked,
}

impl Reach {
    const EACH: [(Self, &'static str); 7] = [
        (Self::Agreed, "Agreed plan"),
        (Self::Making, "Plan being made"),
        (Self::Waits, "Waits for a plan"),
        (Self::Offered, "Offered, no answer yet"),
        (Self::Declined, "Said no"),
        (Self::Ended, "Support ended"),
        (Self::NotAsked, "Not yet offered"),
    ];

    fn of(one: &Standing) -> Self {
        if one.objected {
            return Self::Declined;
        }
        match (one.plan, one.stage) {
            (Some(PlanStands::Agreed), _) => Self::Agreed,
            (Some(PlanStands::Making | PlanStands::Changed | PlanStands::Disagreed), _) => {
                Self::Making
            }
            (Some(PlanStands::Ended), _) => Self::Ended,
            (None, Some(Stage::Invited | Stage::Thinking)) => Self::Offered,
            (None, None | Some(Stage::Known | Stage::Answered | Stage::Objected)) => Self::NotAsked,
            (
                None,
                Some(
                    Stage::Contact
                    | Stage::Accepted
                    | Stage::Assessing
                    | Stage::Assessed
                    | Stage::Planning
                    | Stage::Planned,
                ),
            ) => Self::Waits,
        }
    }
}

/// How many stand how, in the order of [`Reach::EACH`].
#[derive(Debug, Clone, Copy, Default)]
struct Sums([u32; 7]);

impl Sums {
    fn add(&mut self, reach: Reach) {
        self.0[reach as usize] += 1;
    }

    fn found(&self) -> u32 {
        self.0.iter().sum()
    }

    fn agreed(&self) -> u32 {
        self.0[Reach::Agreed as usize]
    }

    /// Those with an agreed plan, of a hundred found: in whole numbers, rounded down.
    fn percent(&self) -> u32 {
        (self.agreed() * 100).checked_div(self.found()).unwrap_or(0)
    }
}

/// Shows who of those found has a plan.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::SeeFound)?;
    let role = &seat.actor.role;
    if !(role.sees(Part::Plan) && role.sees(Part::Assessment)) {
        return Err(Failure::NotFound);
    }
    let cohorts = &seat.app.place.cohorts.criteria;
    let criterion = super::found::chosen(cohorts, asked.value("criterion"))?;
    let id = criterion.id.clone();
    let (run, found) = seat.write(move |tx, seat| read(tx, seat, &id)).await?;
    let sums = by_surgery(&found);
    let areas = by_area(&seat, &sums);
    page::show(&CoveragePage {
        page: seat.page("Who has a plan", "/found").back("/found"),
        about: InsetText::new(about(run.as_ref(), &criterion.title, seat.here())),
        filter: super::found::filter(cohorts, criterion),
        filter_button: Button::new("Show").secondary(),
        plot: plot(&areas),
        tables: tables(&seat, &areas, &sums),
    })
}

fn read(
    tx: &mut dyn Tx,
    seat: &Seat,
    criterion: &str,
) -> Result<(Option<Run>, Vec<Standing>), StoreError> {
    let Some(run) = runs::latest(tx, criterion)? else { return Ok((None, Vec::new())) };
    let found = standing(tx, seat, run.id, &seat.actor.practices)?;
    let search = access::Search {
        at: seat.now,
        by: seat.actor.author(),
        what: format!("how many found by {criterion} have a plan"),
        shown: 0,
    };
    access::append_search(tx, &search)?;
    Ok((Some(run), found))
}

fn by_surgery(found: &[Standing]) -> BTreeMap<String, Sums> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for one in found {
        let practice = one.practice.clone().unwrap_or_default();
        sums.entry(practice).or_default().add(Reach::of(one));
    }
    sums
}

/// The same by neighbourhood, by name.
fn by_area(seat: &Seat, surgeries: &BTreeMap<String, Sums>) -> BTreeMap<String, Sums> {
    let mut areas: BTreeMap<String, Sums> = BTreeMap::new();
    for (practice, sums) in surgeries {
        let area = seat.app.place.places.neighbourhood_of(practice, seat.today);
        let name = area.map_or_else(|| "No neighbourhood".to_owned(), |area| area.name.clone());
        let all = areas.entry(name).or_default();
        for (all, one) in all.0.iter_mut().zip(sums.0) {
            *all += one;
        }
    }
    areas
}

fn about(run: Option<&Run>, title: &str, here: &str) -> String {
    match run {
        None => {
            "Nobody has looked for these people yet. Whoever runs Kith does so with ‘kith find’."
                .to_owned()
        }
        Some(run) => format!(
            "{title}: those found {here} on {}, as they stand today. “Agreed plan” means that the person \
             agreed to it, at least in part, and that it has not changed since. Elsewhere “Has a plan” is said of \
             everybody who has one, also while they have not answered what is new in it. “Not yet offered” counts \
             everybody who was not invited, also those who got in touch another way and are shown as “Contact \
             answered” elsewhere. A column of noughts is left out.",
            run.as_of.in_words()
        ),
    }
}

fn plot(areas: &BTreeMap<String, Sums>) -> Option<BarPlot> {
    let mut plot = BarPlot::new("agreed", "Of every hundred found, how many have an agreed plan")
        .on_scale(0, 100);
    for (name, sums) in areas {
        let figure = format!("{} ({} of {})", sums.percent(), sums.agreed(), sums.found());
        plot = plot.bar(name, i64::from(sums.percent()), figure, false);
    }
    (!areas.is_empty()).then_some(plot)
}

fn tables(
    seat: &Seat,
    areas: &BTreeMap<String, Sums>,
    surgeries: &BTreeMap<String, Sums>,
) -> Vec<Table> {
    if surgeries.is_empty() {
        return Vec::new();
    }
    let place = &seat.app.place;
    let areas = areas.iter().map(|(name, sums)| (name.clone(), *sums));
    let surgeries = surgeries.iter().map(|(ods, sums)| (place.practice_name(ods), *sums));
    vec![table("By neighbourhood", areas), table("By surgery", surgeries)]
}

fn table(title: &str, rows: impl Iterator<Item = (String, Sums)>) -> Table {
    let rows: Vec<(String, Sums)> = rows.collect();
    // A column in which nobody stands says nothing of anybody.
    let stands = |at: &usize| rows.iter().any(|(_, sums)| sums.0[*at] > 0);
    let shown: Vec<usize> = (0..Reach::EACH.len()).filter(stands).collect();
    let first = [Cell::new(title), Cell::new("Found").numeric()];
    let names = shown.iter().map(|at| Cell::new(Reach::EACH[*at].1).numeric());
    let mut table = Table::new(first.into_iter().chain(names))
        .hidden_caption(title)
        .first_is_header()
        .scrolls();
    for (name, sums) in &rows {
        let first = [Cell::new(name.as_str()), Cell::number(sums.found())];
        table =
            table.row(first.into_iter().chain(shown.iter().map(|at| Cell::number(sums.0[*at]))));
    }
    table
}
