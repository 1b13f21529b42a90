//! Who the demo's stories are about: people of the borough whom their story fits.
//!
//! A story says what somebody lives with, at what age and with whom. The person is looked for among those
//! found in the neighbourhood; a story that fits nobody is not told. No two of them have the same name.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use anyhow::Context as _;
use care::find::register::{Death, Gender, Resident};
use care::find::search::{SearchQuery, folded};
use care::record::fact::Evidence;
use care::record::ids::PersonId;
use law::day::Day;
use store::engine::Tx;
use store::runs::{self, Within};
use store::{Store, StoreError, register};

use crate::clock;

/// The neighbourhood in which they live, and in which the workers of the demonstration work.
const NEIGHBOURHOOD: &str = "lewisham-central";

/// The stories of people found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tale {
    /// Has a plan, and a partner who looks after them: both sign in.
    LookedAfter,
    /// Went into hospital the day before yesterday.
    WentIntoHospital,
    /// Fell at home.
    AfterAFall,
    /// Agrees with part of the plan.
    AgreesInPart,
    /// Said yes; three people work with them.
    WorksWell,
    /// Asked for time.
    NeedsTime,
    /// Said no.
    SaidNo,
    /// Was invited last week, and signs in.
    JustInvited,
    /// Was invited, and nobody has asked again.
    LateToAnswer,
}

/// With whom somebody of a story lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    /// The story does not say.
    Unsaid,
    /// Alone, as the surgery has it on record.
    Alone,
    /// With a partner.
    Partner,
}

/// Whom a story fits.
struct Fits {
    tale: Tale,
    ages: RangeInclusive<u8>,
    /// What the story speaks of: they have one of these. Empty where it speaks of none.
    lives_with: &'static [&'static str],
    home: Home,
}

/// Each story and whom it fits; those that fit fewest people come first.
const STORIES: [Fits; 9] = [
    Fits {
        tale: Tale::LookedAfter,
        ages: 60..=90,
        lives_with: &["heart_failure"],
        home: Home::Partner,
    },
    Fits {
        tale: Tale::WentIntoHospital,
        ages: 70..=95,
        lives_with: &["dementia", "stroke_tia"],
        home: Home::Alone,
    },
    Fits { tale: Tale::AfterAFall, ages: 65..=95, lives_with: &[], home: Home::Alone },
    Fits {
        tale: Tale::AgreesInPart,
        ages: 50..=82,
        lives_with: &["osteoporosis", "rheum_ctd"],
        home: Home::Unsaid,
    },
    Fits {
        tale: Tale::WorksWell,
        ages: 50..=85,
        lives_with: &["copd", "asthma"],
        home: Home::Unsaid,
    },
    Fits { tale: Tale::NeedsTime, ages: 55..=90, lives_with: &["diabetes"], home: Home::Unsaid },
    Fits { tale: Tale::SaidNo, ages: 65..=99, lives_with: &[], home: Home::Unsaid },
    Fits { tale: Tale::JustInvited, ages: 40..=80, lives_with: &[], home: Home::Unsaid },
    Fits { tale: Tale::LateToAnswer, ages: 30..=99, lives_with: &[], home: Home::Unsaid },
];

/// What a story has to speak of where somebody lives with it: the others do not, and so are not theirs.
const SPOKEN_OF: [&str; 2] = ["dementia", "learning_disability"];

/// How many of those found are looked at.
const LOOKED_AT: u32 = 400;

/// Partners are of about one age.
const YEARS_APART: u8 = 15;

/// Somebody of whom a story is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub tale: Tale,
    pub person: PersonId,
    pub name: String,
    pub gender: Gender,
    pub practice: Option<String>,
    /// Why they were found.
    pub evidence: Vec<Evidence>,
    pub age: u8,
    pub alone: bool,
    pub partner: Option<Partner>,
}

/// Who lives with somebody, and looks after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub person: PersonId,
    /// What the surgery's system calls them.
    pub source_id: String,
    pub name: String,
    pub given: String,
    pub gender: Gender,
}

impl Told {
    /// Whether they live with a condition, as their surgery has it on record.
    pub fn lives_with(&self, condition: &str) -> bool {
        self.evidence.iter().any(|one| one.condition == condition)
    }

    /// Who stands in the story by name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let partner = self.partner.iter().map(|partner| partner.name.as_str());
        std::iter::once(self.name.as_str()).chain(partner)
    }
}

/// Finds somebody for each story.
pub fn cast(store: &Store) -> anyhow::Result<Vec<Told>> {
    let today = clock::today();
    Ok(store.read(|tx| {
        let mut found = found(tx, today)?;
        let mut cast: Vec<Told> = Vec::new();
        for story in &STORIES {
            let mut fitting = None;
            for (at, one) in found.iter().enumerate().filter(|(_, one)| fits(story, one)) {
                let partner = match story.home {
                    Home::Partner => partner(tx, one.person, today)?,
                    Home::Unsaid | Home::Alone => None,
                };
                if partner.is_some() || story.home != Home::Partner {
                    fitting = Some((at, partner));
                    break;
                }
            }
            let Some((at, partner)) = fitting else { continue };
            let told = Told { tale: story.tale, partner, ..found.remove(at) };
            found.retain(|one| told.names().all(|name| folded(name) != folded(&one.name)));
            cast.push(told);
        }
        Ok::<_, StoreError>(cast)
    })?)
}

/// Whose a story is.
pub fn of(cast: &[Told], tale: Tale) -> Option<&Told> {
    cast.iter().find(|told| told.tale == tale)
}

fn fits(story: &Fits, one: &Told) -> bool {
    let spoken_of = |condition| story.lives_with.contains(condition) || !one.lives_with(condition);
    story.ages.contains(&one.age)
        && (story.lives_with.is_empty() || story.lives_with.iter().any(|it| one.lives_with(it)))
        && SPOKEN_OF.iter().all(spoken_of)
        && (story.home != Home::Alone || one.alone)
}

/// The people found in the demo's neighbourhood who can be told of, those with most conditions first.
fn found(tx: &mut dyn Tx, today: Day) -> Result<Vec<Told>, StoreError> {
    let mut within = |criterion| -> Result<Vec<runs::Found>, StoreError> {
        let Some(run) = runs::latest(tx, criterion)? else { return Ok(Vec::new()) };
        runs::found_within(tx, run.id, Within::Neighbourhood(NEIGHBOURHOOD), None, LOOKED_AT)
    };
    let alone: BTreeSet<PersonId> =
        within("older-alone")?.into_iter().map(|one| one.person).collect();
    let mut told = Vec::new();
    for one in within("three-conditions")? {
        let Some(resident) = register::resident(tx, one.person)? else { continue };
        let Some(age) = age(&resident, today) else { continue };
        // The stories are in English words.
        if resident.interpreter || resident.restricted {
            continue;
        }
        told.push(Told {
            tale: Tale::LateToAnswer,
            person: one.person,
            name: name(&resident),
            gender: resident.gender,
            practice: resident.practice,
            evidence: serde_json::from_str(&one.evidence).unwrap_or_default(),
            age,
            alone: alone.contains(&one.person),
            partner: None,
        });
    }
    Ok(told)
}

/// Who lives with somebody, of about their age, and has taken the same name; if there is one.
fn partner(tx: &mut dyn Tx, person: PersonId, today: Day) -> Result<Option<Partner>, StoreError> {
    let Some(one) = register::resident(tx, person)? else { return Ok(None) };
    let namesakes = register::search(tx, &SearchQuery::read(&one.family), 200, None)?.residents;
    let mut with = namesakes.into_iter().filter(|two| {
        let years = age(&one, today).zip(age(two, today));
        two.person != one.person
            && (&two.address, &two.postcode) == (&one.address, &one.postcode)
            && two.death == Death::Alive
            && !two.restricted
            && years.is_some_and(|(one, two)| one.abs_diff(two) <= YEARS_APART)
    });
    Ok(with.next().map(|two| Partner {
        person: two.person,
        source_id: two.source.id.clone(),
        name: name(&two),
        gender: two.gender,
        given: two.given,
    }))
}

/// Their age in whole years; None for who has died, or whose birth is not known.
fn age(resident: &Resident, today: Day) -> Option<u8> {
    let alive = resident.death == Death::Alive;
    resident.born.filter(|_| alive)?.first().age_on(today)
}

fn name(resident: &Resident) -> String {
    format!("{} {}", resident.given, resident.family)
}

/// The surgery where the surgery's sign-in works: that of whoever has a plan, so that it has one to read.
pub fn surgery(cast: &[Told]) -> anyhow::Result<String> {
    let with = of(cast, Tale::LookedAfter).or_else(|| cast.first());
    let surgery = with.and_then(|told| told.practice.clone());
    surgery.context("nobody was found in the demo’s neighbourhood whom a story fits")
}
