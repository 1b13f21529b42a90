//! Whose something due is today: its team, or the one that has that team's work by now; one user; and
//! what is left without anybody, for the lead of the person's neighbourhood team, or where there is
//! none for the team that is named for it.

use std::collections::{BTreeMap, BTreeSet};

use care::find::places::caseload::{Holding, came_from, held, went_to};
use care::record::derived::Task;
use care::record::entry::Entry;
use care::record::fact::Fact;
use care::record::ids::{OrganisationId, PersonId, TeamId};
use care::record::person::assessment::BegunForm;
use care::who::access::may_be_told;
use care::who::role::{Part, Right};
use law::day::Day;
use store::engine::Tx;
use store::lists::Whom;
use store::work::{self, Due, Order, Owner};
use store::{StoreError, stories, users};

use crate::app::Place;
use crate::seat::Seat;
use crate::whom;

/// A line of work, with what it comes from.
#[derive(Debug, Clone)]
pub struct Line {
    /// What is due.
    pub due: Due,
    /// The entry it comes from, which whoever asks may read.
    pub entry: Entry,
    /// Whom it is about.
    pub whom: Whom,
    /// Every team that has had it; empty where it is a user's.
    pub held: Vec<Holding>,
    /// Who handed it over to whom, where somebody did.
    pub handed: Vec<String>,
    /// Why nobody has it, where nobody has.
    pub nobody: Option<String>,
}

impl Place {
    /// Every team that has had something since it was given to one.
    pub fn held(&self, given: (&TeamId, Day), practice: Option<&str>, today: Day) -> Vec<Holding> {
        held((&self.teams, &self.places), given, practice, today)
    }

    /// The name of the team that has something today.
    pub fn holder_name(&self, given: (&TeamId, Day), practice: Option<&str>, today: Day) -> String {
        let held = self.held(given, practice, today);
        self.team_name(held.last().map_or(given.0, |last| &last.team))
    }

    /// Who has what nobody owns about the people of a surgery: the neighbourhood's team, then the one
    /// that is named for the borough.
    fn last_resorts(&self, practice: Option<&str>, today: Day) -> [Option<&TeamId>; 2] {
        let here = practice.and_then(|ods| self.places.neighbourhood_of(ods, today));
        let near = here.and_then(|here| self.teams.of_neighbourhood(&here.id));
        let borough = practice.and_then(|ods| self.places.practice(ods));
        let named = self.teams.fallback(borough.map(|practice| practice.borough.as_str()));
        [near.map(|team| &team.id), named.map(|team| &team.id)]
    }
}

/// What is due for a team or a user, as far as whoever asks may be told of it: so many lines, however
/// many there are that they are not told of.
pub fn work_of(
    tx: &mut dyn Tx,
    seat: &Seat,
    owner: &Owner,
    most: usize,
) -> Result<Vec<Line>, StoreError> {
    work_where(tx, seat, owner, most, |_| true)
}

/// As [`work_of`], of some tasks alone.
pub fn work_where(
    tx: &mut dyn Tx,
    seat: &Seat,
    owner: &Owner,
    most: usize,
    wanted: impl Fn(&Due) -> bool,
) -> Result<Vec<Line>, StoreError> {
    let place = &seat.app.place;
    let owners: Vec<Owner> = match owner {
        Owner::Team(team) => came_from((&place.teams, &place.places), team, seat.today)
            .into_iter()
            .map(Owner::Team)
            .collect(),
        other => vec![other.clone()],
    };
    let mut lines = Vec::new();
    for given in &owners {
        lines.extend(those(tx, most, lines_of(seat, given), |tx, line| {
            let line = if wanted(&line.due) { told(tx, seat, line)? } else { None };
            Ok(line.filter(|line| match owner {
                Owner::Team(team) => line.held.last().is_some_and(|last| last.team == *team),
                _ => true,
            }))
        })?);
    }
    sort(seat, &mut lines, most);
    Ok(lines)
}

/// What nobody owns and whoever asks is there for: as the lead of the neighbourhood, or in the team
/// that is named for the borough where no lead is.
pub fn unowned(tx: &mut dyn Tx, seat: &Seat, most: usize) -> Result<Vec<Line>, StoreError> {
    if !is_last_resort(seat) {
        return Ok(Vec::new());
    }
    let mut lines = Vec::new();
    for owner in work::owners(tx)? {
        if !may_be_left(tx, seat, &owner)? {
            continue;
        }
        let keep = |tx: &mut dyn Tx, line: work::Line| {
            let Some(line) = told(tx, seat, line)? else { return Ok(None) };
            let Some(why) = nobody(tx, seat, &line.due, &line.held)? else { return Ok(None) };
            let ours = is_for(tx, seat, line.whom.practice.as_deref())?;
            Ok(ours.then_some(Line { nobody: Some(why), ..line }))
        };
        lines.extend(those(tx, most, lines_of(seat, &owner), keep)?);
        // A team's letters stand on a list of their own, which nobody is there to open.
        if let Owner::Team(team) = &owner {
            lines.extend(those(tx, most, letters_of(team), keep)?);
        }
    }
    sort(seat, &mut lines, most);
    Ok(lines)
}

/// Something due in an area, and who has it.
#[derive(Debug, Clone)]
pub struct Held {
    /// What is due.
    pub line: Line,
    /// Who has it.
    pub by: Holder,
}

/// Who has something: a team, or somebody of one.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Their name.
    pub name: String,
    /// The organisation they are of; none where nobody has it.
    pub organisation: Option<OrganisationId>,
    /// Why nobody has it, where nobody has.
    pub nobody: Option<String>,
}

/// Everything due by a day about the people of some practices, whoever has it, in order; as far as whoever
/// asks may be told of it.
pub fn in_area(
    tx: &mut dyn Tx,
    seat: &Seat,
    practices: &BTreeSet<&str>,
    by: Day,
) -> Result<Vec<Held>, StoreError> {
    let mut holders: BTreeMap<Owner, Holder> = BTreeMap::new();
    let mut held = Vec::new();
    for line in work::by_day(tx, by, |practice| practices.contains(practice))? {
        let Some(line) = told(tx, seat, line)? else { continue };
        let owner = owner_of(&line.due, &line.held);
        let by = match holders.get(&owner) {
            Some(known) => known.clone(),
            None => holders.entry(owner.clone()).or_insert(holder(tx, seat, &owner)?).clone(),
        };
        held.push(Held { line, by });
    }
    let order = order(seat);
    held.sort_by_cached_key(|one| order.place(&one.line.due));
    Ok(held)
}

fn holder(tx: &mut dyn Tx, seat: &Seat, owner: &Owner) -> Result<Holder, StoreError> {
    let place = &seat.app.place;
    let nobody = left(tx, seat, owner)?;
    let (name, organisation) = match owner {
        Owner::Team(id) => {
            let team = place.teams.team(id);
            (place.team_name(id), team.map(|team| team.organisation.clone()))
        }
        Owner::User(user) => {
            let seats = users::seats(tx, *user, seat.today)?;
            let name = users::account(tx, *user)?.map(|account| account.name).unwrap_or_default();
            (name, seats.into_iter().next().map(|seat| seat.organisation))
        }
        Owner::Nobody => (String::new(), None),
    };
    Ok(Holder { name, organisation: organisation.filter(|_| nobody.is_none()), nobody })
}

/// Whether something due is to look at why somebody opened a record.
pub fn is_look(due: &Due) -> bool {
    due.task == Task::ReviewOpening
}

/// The teams by whose work about a person whoever asks works with them, each with the first entry of
/// that work: work they may not be told of opens nothing.
pub fn works_by(
    tx: &mut dyn Tx,
    seat: &Seat,
    person: PersonId,
) -> Result<Option<(TeamId, u32)>, StoreError> {
    let Some(own) = &seat.actor.team else { return Ok(None) };
    let place = &seat.app.place;
    let before = came_from((&place.teams, &place.places), own, seat.today);
    let mut first: Option<u32> = None;
    for line in work::about(tx, person)? {
        let ours = line.due.team.as_ref().is_some_and(|team| before.contains(team));
        // Looking at why a record was opened is not such work: otherwise whoever opens a record would
        // open it to their own team, and for as long as nobody looks.
        if is_look(&line.due) || !(ours || is_last_resort(seat)) {
            continue;
        }
        let Some(line) = told(tx, seat, line)? else { continue };
        let here = line.held.last().is_some_and(|last| last.team == *own)
            || (is_last_resort(seat)
                && is_for(tx, seat, line.whom.practice.as_deref())?
                && nobody(tx, seat, &line.due, &line.held)?.is_some());
        if here {
            first = Some(first.map_or(line.due.entry, |first| first.min(line.due.entry)));
        }
    }
    Ok(first.map(|first| (own.clone(), first)))
}

/// In what order work stands for whoever asks: by risk where they may know what reviews said of it.
pub fn order(seat: &Seat) -> Order {
    Order { today: seat.today, by_risk: seat.actor.role.sees(Part::Assessment) }
}

/// How far a list was read: how many lines, and the last of them.
struct Read<'a> {
    lines: u32,
    last: Option<&'a Due>,
}

fn lines_of(
    seat: &Seat,
    owner: &Owner,
) -> impl Fn(&mut dyn Tx, &Read<'_>, u32) -> Result<Vec<work::Line>, StoreError> {
    let order = order(seat);
    move |tx, read, most| work::of(tx, owner, order, (read.lines, most))
}

fn letters_of(
    team: &TeamId,
) -> impl Fn(&mut dyn Tx, &Read<'_>, u32) -> Result<Vec<work::Line>, StoreError> {
    move |tx, read, most| work::letters_of(tx, team, read.last.map(Due::letter_place), most)
}

/// Lines of a list that are kept, page by page, until there are enough or no more.
fn those(
    tx: &mut dyn Tx,
    most: usize,
    next: impl Fn(&mut dyn Tx, &Read<'_>, u32) -> Result<Vec<work::Line>, StoreError>,
    mut keep: impl FnMut(&mut dyn Tx, work::Line) -> Result<Option<Line>, StoreError>,
) -> Result<Vec<Line>, StoreError> {
    let page = u32::try_from(most).unwrap_or(u32::MAX);
    let (mut kept, mut lines, mut last): (Vec<Line>, u32, Option<Due>) = (Vec::new(), 0, None);
    loop {
        let read = next(tx, &Read { lines, last: last.as_ref() }, page)?;
        let whole = read.len() == most;
        (lines, last) = (lines + page, read.last().map(|line| line.due.clone()));
        for line in read {
            kept.extend(keep(tx, line)?);
        }
        if !whole || kept.len() >= most {
            return Ok(kept);
        }
    }
}

/// A letter that a team has to give today, whoever it was given to; and whether whoever asks may see
/// of whom it is. None where another has it, or they may not be told of what it tells.
pub fn letter_of(
    tx: &mut dyn Tx,
    seat: &Seat,
    team: &TeamId,
    line: work::Line,
) -> Result<Option<(Line, bool)>, StoreError> {
    let Some(line) = known(tx, seat, line)? else { return Ok(None) };
    if line.held.last().is_none_or(|last| last.team != *team) {
        return Ok(None);
    }
    let hidden = whom::hidden(tx, seat, &line.whom)?;
    Ok(Some((line, !hidden)))
}

fn sort(seat: &Seat, lines: &mut Vec<Line>, most: usize) {
    let order = order(seat);
    lines.sort_by_cached_key(|line| order.place(&line.due));
    lines.truncate(most);
}

/// A line of work, if whoever asks may be told of it: not of those whose record is restricted to
/// another team, nor of what they may not read; of openings only those who look at them.
fn told(tx: &mut dyn Tx, seat: &Seat, line: work::Line) -> Result<Option<Line>, StoreError> {
    let own = line.due.user == Some(seat.actor.user);
    let looks = own || seat.actor.role.may(Right::ReviewOpenings);
    if is_look(&line.due) && !looks {
        return Ok(None);
    }
    let Some(line) = known(tx, seat, line)? else { return Ok(None) };
    Ok(if whom::hidden(tx, seat, &line.whom)? { None } else { Some(line) })
}

/// A line of work, if whoever asks may read what it comes from: of whomever it is.
fn known(tx: &mut dyn Tx, seat: &Seat, line: work::Line) -> Result<Option<Line>, StoreError> {
    let work::Line { mut due, entry, whom } = line;
    due.risk = due.risk.filter(|_| order(seat).by_risk);
    let own = due.user == Some(seat.actor.user);
    // These end with a review, of which only those know who see the assessment.
    let by_review = matches!(due.task, Task::HoldReview | Task::AgreePlan | Task::TalkOfPlan);
    if by_review && !own && !seat.actor.role.sees(Part::Assessment) {
        return Ok(None);
    }
    // Somebody's own piece of work, which they took on themselves, they know of.
    let took = own && entry.author.user == seat.actor.user;
    if !(took || may_be_told(&seat.actor, &entry)) {
        return Ok(None);
    }
    let (since, handed) = handed_over(tx, seat, &due, &entry)?;
    let held = match &due.team {
        Some(team) => seat.app.place.held((team, since), whom.practice.as_deref(), seat.today),
        None => Vec::new(),
    };
    Ok(Some(Line { due, entry, whom, held, handed, nobody: None }))
}

/// Since when whoever has something has it, and who handed it over to whom: where it is not for whom it
/// was when the entry was written that it comes from.
fn handed_over(
    tx: &mut dyn Tx,
    seat: &Seat,
    due: &Due,
    entry: &Entry,
) -> Result<(Day, Vec<String>), StoreError> {
    let Fact::FormBegun(begun) = &entry.fact else { return Ok((entry.on, Vec::new())) };
    if due.task != Task::FillForm || (&begun.team, begun.user) == (&due.team, due.user) {
        return Ok((entry.on, Vec::new()));
    }
    let person = stories::person(tx, due.person)?;
    Ok(person
        .assessment
        .form_begun(due.entry)
        .map_or((entry.on, Vec::new()), |form| (form.since(), history(seat, form))))
}

/// Whose work a form is, in words.
pub fn whose(seat: &Seat, begun: &BegunForm) -> String {
    match (begun.owner(), begun.handed.last()) {
        ((Some(team), _), _) => seat.app.place.team_name(team),
        (_, Some(last)) => last.said.name.clone(),
        _ => begun.begun.author.name.clone(),
    }
}

/// Who had it before, each a sentence.
pub fn history(seat: &Seat, begun: &BegunForm) -> Vec<String> {
    let mut before = match &begun.begun.said.team {
        Some(team) => seat.app.place.team_name(team),
        None => begun.begun.author.name.clone(),
    };
    let mut lines = Vec::new();
    for told in &begun.handed {
        let now = match &told.said.team {
            Some(team) => seat.app.place.team_name(team),
            None => told.said.name.clone(),
        };
        let (on, by) = (told.on.in_words(), &told.author.name);
        lines.push(format!("{by} handed it over on {on}, from {before} to {now}."));
        before = now;
    }
    lines
}

/// Whether whoever asks is of those who have what nobody owns.
fn is_last_resort(seat: &Seat) -> bool {
    let role = &seat.actor.role;
    let named = || {
        let boroughs = seat.app.place.places.networks().map(|network| network.borough.as_str());
        let teams = boroughs.filter_map(|borough| seat.app.place.teams.fallback(Some(borough)));
        let own = seat.actor.team.as_ref();
        role.may(Right::SeeWork) && teams.map(|team| &team.id).any(|team| Some(team) == own)
    };
    role.may(Right::FindOwner) || named()
}

/// Whether what nobody owns about the people of a surgery is for whoever asks.
fn is_for(tx: &mut dyn Tx, seat: &Seat, practice: Option<&str>) -> Result<bool, StoreError> {
    let [near, named] = seat.app.place.last_resorts(practice, seat.today);
    let own = seat.actor.team.as_ref();
    if seat.actor.role.may(Right::FindOwner) && practice.is_some_and(|ods| seat.actor.covers(ods)) {
        return Ok(true);
    }
    let led = match near {
        Some(team) => users::seated(tx, team, seat.today)?.iter().any(|(_, role)| {
            seat.app.place.roles.get(role).is_some_and(|role| role.may(Right::FindOwner))
        }),
        None => false,
    };
    Ok(!led && own.is_some() && named == own)
}

/// Why nobody has something due, where nobody has.
fn nobody(
    tx: &mut dyn Tx,
    seat: &Seat,
    due: &Due,
    held: &[Holding],
) -> Result<Option<String>, StoreError> {
    left(tx, seat, &owner_of(due, held))
}

/// Whose something is today, of those who have had it.
fn owner_of(due: &Due, held: &[Holding]) -> Owner {
    match (held.last(), due.user) {
        (Some(last), _) => Owner::Team(last.team.clone()),
        (None, Some(user)) => Owner::User(user),
        (None, None) => Owner::Nobody,
    }
}

/// Why an owner has nothing, where it has not.
fn left(tx: &mut dyn Tx, seat: &Seat, owner: &Owner) -> Result<Option<String>, StoreError> {
    let place = &seat.app.place;
    Ok(match owner {
        Owner::Nobody => Some("Nobody was named for it.".to_owned()),
        Owner::Team(team) if place.teams.team(team).is_none() => {
            Some(format!("There is no team ‘{team}’ any more."))
        }
        Owner::Team(team) => users::seated(tx, team, seat.today)?
            .is_empty()
            .then(|| format!("Nobody works in {} now.", place.team_name(team))),
        Owner::User(user) => match users::account(tx, *user)? {
            Some(account) if account.active => users::seats(tx, *user, seat.today)?
                .is_empty()
                .then(|| format!("{} works here no more.", account.name)),
            Some(account) => Some(format!("{} works here no more.", account.name)),
            None => Some("Whoever had it works here no more.".to_owned()),
        },
    })
}

/// Whether something of an owner's, as it stands on the stories, may be left without anybody: what a
/// team passed on is looked at line by line.
fn may_be_left(tx: &mut dyn Tx, seat: &Seat, owner: &Owner) -> Result<bool, StoreError> {
    let place = &seat.app.place;
    let Owner::Team(team) = owner else { return Ok(left(tx, seat, owner)?.is_some()) };
    for team in went_to((&place.teams, &place.places), team, seat.today) {
        if left(tx, seat, &Owner::Team(team))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
