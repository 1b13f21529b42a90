//! The people whom a criterion found in one's area, each with a plain reason.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use care::find::criterion::Criterion;
use care::record::derived::Stage;
use care::record::fact::Evidence;
use care::record::ids::{PersonId, RunId};
use care::who::access::{Subject, relationship};
use care::who::role::{Part, Reach, Right};
use law::day::PartialDay;
use store::engine::Tx;
use store::lists::Standing;
use store::runs::{self, Run};
use store::{StoreError, access, lists, register};

use crate::components::{Button, Cell, Choice, InsetText, Markup, Pagination, Select, Table};
use crate::error::Failure;
use crate::page::{self, Page};
use crate::posted::Asked;
use crate::record::person::stage_tag;
use crate::seat::Seat;
use crate::whom::{full_name, identity_of};

/// How many people one page shows.
const PAGE: usize = 25;

#[derive(Template)]
#[template(path = "find/found.html")]
struct FoundPage {
    page: Page,
    about: Markup,
    filter: Option<Select>,
    filter_button: Button,
    count: String,
    /// Where it stands who of them has a plan, for those who may know.
    coverage: Option<String>,
    table: Option<Table>,
    pagination: Option<Pagination>,
}

/// One person of the list.
struct Line {
    person: PersonId,
    name: String,
    born: String,
    practice: String,
    reason: String,
    stage: Option<Stage>,
}

/// A page of the list.
struct List {
    run: Option<Run>,
    total: u32,
    lines: Vec<Line>,
    next: Option<(u32, PersonId)>,
}

/// Shows the people found.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::SeeFound)?;
    let cohorts = &seat.app.place.cohorts.criteria;
    let criterion = chosen(cohorts, asked.value("criterion"))?;
    let practice = asked.value("practice").to_owned();
    let practice = seat.actor.covers(&practice).then_some(practice);
    let after = after(asked.value("after"));
    let (id, chosen) = (criterion.id.clone(), practice.clone());
    let list = seat.write(move |tx, seat| list(tx, seat, &id, chosen.as_deref(), after)).await?;
    let role = &seat.actor.role;
    page::show(&FoundPage {
        page: seat.page("People found", "/found"),
        about: about(&list),
        filter: filter(cohorts, criterion),
        filter_button: Button::new("Show").secondary(),
        count: count(&seat, &list),
        coverage: (role.sees(Part::Plan) && role.sees(Part::Assessment))
            .then(|| format!("/found/coverage?criterion={}", criterion.id)),
        table: (!list.lines.is_empty()).then(|| table(&list)),
        pagination: pagination(&criterion.id, practice.as_deref(), after.is_some(), &list),
    })
}

/// The criterion that was asked for; otherwise the first that there is.
pub fn chosen<'a>(
    cohorts: &'a BTreeMap<String, Criterion>,
    asked: &str,
) -> Result<&'a Criterion, Failure> {
    let usual = || cohorts.get("three-conditions").or_else(|| cohorts.values().next());
    cohorts.get(asked).or_else(usual).ok_or(Failure::NotFound)
}

/// The question by which criterion; none where there is but one.
pub fn filter(cohorts: &BTreeMap<String, Criterion>, chosen: &Criterion) -> Option<Select> {
    let choices = cohorts
        .values()
        .map(|one| Choice::new(one.id.as_str(), one.title.as_str()).chosen(one.id == chosen.id));
    (cohorts.len() > 1).then(|| Select::new("criterion", "Who to look for", choices))
}

fn after(text: &str) -> Option<(u32, PersonId)> {
    let (conditions, person) = text.split_once('.')?;
    Some((conditions.parse().ok()?, person.parse().ok()?))
}

/// Where a user's found people are: their surgery, or their team's practices one by one.
fn within(seat: &Seat) -> Vec<String> {
    match seat.actor.role.reach {
        Reach::Practice | Reach::Area => seat.actor.practices.clone(),
        Reach::Myself | Reach::Represents | Reach::Team => Vec::new(),
    }
}

fn list(
    tx: &mut dyn Tx,
    seat: &Seat,
    criterion: &str,
    practice: Option<&str>,
    after: Option<(u32, PersonId)>,
) -> Result<List, StoreError> {
    let Some(run) = runs::latest(tx, criterion)? else {
        return Ok(List { run: None, total: 0, lines: Vec::new(), next: None });
    };
    let practices = match practice {
        Some(practice) => vec![practice.to_owned()],
        None => within(seat),
    };
    let mut found = standing(tx, seat, run.id, &practices)?;
    let total = number(found.len());
    let place = |one: &Standing| (Reverse(one.conditions), one.person);
    found.sort_by_key(place);
    if let Some((conditions, person)) = after {
        found.retain(|one| place(one) > (Reverse(conditions), person));
    }
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|last| (last.conditions, last.person));
    let mut lines = Vec::new();
    for one in &found {
        lines.extend(line(tx, seat, run.id, one)?);
    }
    let shown = number(lines.len());
    let search = access::Search {
        at: seat.now,
        by: seat.actor.author(),
        what: format!("people found by {criterion}"),
        shown,
    };
    access::append_search(tx, &search)?;
    Ok(List { run: Some(run), total, lines, next })
}

/// Those a run found in these practices with whom whoever asks works: a record may have been
/// restricted, or moved, since the run. All lists and counts of people found are of these.
pub fn standing(
    tx: &mut dyn Tx,
    seat: &Seat,
    run: RunId,
    practices: &[String],
) -> Result<Vec<Standing>, StoreError> {
    let user = seat.actor.user;
    let mut found = Vec::new();
    for practice in practices {
        let all = lists::standing(tx, run, practice, user)?.into_iter();
        found.extend(all.filter(|one| {
            let subject = Subject {
                person: one.person,
                practice: one.practice.clone(),
                in_touch: true,
                members: if one.member { vec![user] } else { Vec::new() },
                teams: BTreeMap::new(),
                restricted: one.restricted,
            };
            relationship(&seat.actor, &subject).is_some()
        }));
    }
    Ok(found)
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// A person of the list.
fn line(
    tx: &mut dyn Tx,
    seat: &Seat,
    run: RunId,
    one: &Standing,
) -> Result<Option<Line>, StoreError> {
    let Some(resident) = register::resident(tx, one.person)? else { return Ok(None) };
    let found = runs::found_of(tx, one.person)?.into_iter().find(|found| found.run == run);
    let Some(found) = found else { return Ok(None) };
    let identity =
        identity_of(Some(&resident), &care::record::person::Person::unwritten(found.person));
    let practice = resident.practice.as_deref().unwrap_or_default();
    Ok(Some(Line {
        person: found.person,
        name: full_name(&identity),
        born: resident.born.map(PartialDay::in_words).unwrap_or_default(),
        practice: seat.app.place.practice_name(practice),
        reason: reason(&found.evidence),
        stage: match one.stage {
            Some(stage) => Some(crate::reading::stage_told(tx, seat, one.person, stage)?),
            None => None,
        },
    }))
}

/// Why somebody was found, in one line: the names of what counted.
pub fn reason(evidence: &str) -> String {
    let evidence: Vec<Evidence> = serde_json::from_str(evidence).unwrap_or_default();
    let names: Vec<&str> = evidence.iter().map(|one| one.label.as_str()).collect();
    names.join(", ")
}

fn about(list: &List) -> Markup {
    let text = match &list.run {
        None => "Nobody has looked for people yet. Whoever runs Kith does so with ‘kith find’."
            .to_owned(),
        Some(run) => format!(
            "From the records of GP surgeries as they stood on {}. What is said to the person: {}",
            run.as_of.in_words(),
            run.reason
        ),
    };
    InsetText::new(text).into()
}

fn count(seat: &Seat, list: &List) -> String {
    let here = seat.here();
    match list.total {
        0 => format!("Nobody found {here}."),
        1 => format!("1 person found {here}."),
        total => format!("{total} people found {here}, those with most conditions first."),
    }
}

fn table(list: &List) -> Table {
    let head = ["Name", "Where they are", "Born", "Found because of", "Surgery"];
    let mut table = Table::new(head).hidden_caption("People found").first_is_header();
    for line in &list.lines {
        let stage = line.stage.map_or_else(
            || Markup::from("Not yet invited"),
            |stage| Markup::from(stage_tag(stage)),
        );
        table = table.row([
            Cell::new(crate::ask::inline_link(&line.name, &format!("/person/{}", line.person))),
            Cell::new(stage),
            Cell::new(line.born.as_str()),
            Cell::new(line.reason.as_str()),
            Cell::new(line.practice.as_str()),
        ]);
    }
    table.stacks()
}

fn pagination(
    criterion: &str,
    practice: Option<&str>,
    later: bool,
    list: &List,
) -> Option<Pagination> {
    let practice = practice.map(|practice| format!("&practice={practice}")).unwrap_or_default();
    let href = |after: &str| format!("/found?criterion={criterion}{practice}{after}");
    let mut pagination = Pagination::new("People found");
    if later {
        pagination = pagination.previous(href(""));
    }
    if let Some((conditions, person)) = list.next {
        pagination = pagination.next(href(&format!("&after={conditions}.{person}")));
    }
    (later || list.next.is_some()).then_some(pagination)
}
