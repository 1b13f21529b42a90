//! Whose a team's work is on a day: teams close and pass on what they have, and surgeries move to
//! another neighbourhood and take their people's work along. Nothing on a story is rewritten: who had
//! it before, since when and why, follows from the place's own dated tables.

use std::collections::BTreeSet;

use law::day::Day;

use crate::record::ids::TeamId;

use super::Places;
use super::teams::{Area, Team, TeamKind, Teams};

/// A team that has, or had, some work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The team.
    pub team: TeamId,
    /// The first day on which it had it.
    pub from: Day,
    /// Why it came to it; empty for the first, to whom it was given.
    pub why: String,
}

/// As many changes of hands as are followed: closed teams that pass to each other are a fault of the
/// tables, which the check of them names.
const CHANGES: usize = 32;

/// Every team that has had a piece of work, in order: the first it was given to, the last has it
/// today. `practice` is where the person is registered.
pub fn held(
    (teams, places): (&Teams, &Places),
    (given_to, on): (&TeamId, Day),
    practice: Option<&str>,
    today: Day,
) -> Vec<Holding> {
    let mut held = vec![Holding { team: given_to.clone(), from: on, why: String::new() }];
    while let Some(last) = held.last().filter(|_| held.len() < CHANGES) {
        let Some(team) = teams.team(&last.team) else { break };
        let moved = practice.and_then(|ods| moved_with(teams, places, team, ods, last.from));
        let next = closed(team, last.from).into_iter().chain(moved);
        let Some(next) = next.filter(|next| next.from <= today).min_by_key(|next| next.from) else {
            break;
        };
        held.push(next);
    }
    held
}

/// Where a closed team's work went, since a day.
fn closed(team: &Team, since: Day) -> Option<Holding> {
    let closes = team.closes.as_ref()?;
    let from = closes.from.max(since);
    Some(Holding { team: closes.to.clone(), from, why: closes.why.clone() })
}

/// Where a neighbourhood team's work for the people of a surgery went, once the surgery lay in
/// another neighbourhood.
fn moved_with(
    teams: &Teams,
    places: &Places,
    team: &Team,
    practice: &str,
    since: Day,
) -> Option<Holding> {
    let Area::Neighbourhood(area) = &team.area else { return None };
    if team.kind != TeamKind::Neighbourhood
        || places.placements.at(practice, since) != Some(area.as_str())
    {
        return None;
    }
    let (from, to) = places.placements.next(practice, since)?;
    let there = places.neighbourhood(to)?;
    let name = places.practice(practice).map_or(practice, |practice| practice.name.as_str());
    Some(Holding {
        team: teams.of_neighbourhood(to)?.id.clone(),
        from,
        why: format!("{name} now belongs to {}.", there.name),
    })
}

/// The teams whose work can have come to a team by a day, with itself.
pub fn came_from(place: (&Teams, &Places), team: &TeamId, today: Day) -> BTreeSet<TeamId> {
    reach(&hands(place, today), team, |(before, after)| (after, before))
}

/// The teams that can have a team's work by a day, with itself.
pub fn went_to(place: (&Teams, &Places), team: &TeamId, today: Day) -> BTreeSet<TeamId> {
    reach(&hands(place, today), team, |(before, after)| (before, after))
}

/// From which team work came to which.
fn hands((teams, places): (&Teams, &Places), today: Day) -> BTreeSet<(TeamId, TeamId)> {
    let closed = teams.teams().filter_map(|team| {
        let closes = team.closes.as_ref().filter(|closes| closes.from <= today)?;
        Some((team.id.clone(), closes.to.clone()))
    });
    let moved = places.placements.changes(today).filter_map(|(before, after)| {
        let (before, after) = (teams.of_neighbourhood(before)?, teams.of_neighbourhood(after)?);
        Some((before.id.clone(), after.id.clone()))
    });
    closed.chain(moved).collect()
}

fn reach(
    hands: &BTreeSet<(TeamId, TeamId)>,
    team: &TeamId,
    way: impl Fn(&(TeamId, TeamId)) -> (&TeamId, &TeamId),
) -> BTreeSet<TeamId> {
    let mut reached = BTreeSet::from([team.clone()]);
    loop {
        let ways = hands.iter().map(&way);
        let more = ways.filter(|(from, to)| reached.contains(*from) && !reached.contains(*to));
        let more: Vec<TeamId> = more.map(|(_, to)| to.clone()).collect();
        if more.is_empty() {
            return reached;
        }
        reached.extend(more);
    }
}
