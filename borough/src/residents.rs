//! The people, one household after the other: each household is a function of the seed and its
//! number alone, so that nothing is kept.

use care::find::register::{Death, Gender, Resident, Source};
use care::record::ids::PersonId;
use law::day::{Day, PartialDay, Precision};

use crate::coding::{IS_A_CARER, LIVES_ALONE, Notes, Record, at, on};
use crate::dice::Dice;
use crate::household::{self, Kind, Member};
use crate::illness::{self, Conditions, Risks};
use crate::numbers::NhsNumbers;
use crate::person::{self, Persona};
use crate::place::{Home, Place};
use crate::tables::{BOROUGHS, Practice, Sex, TABLES};
use crate::{Borough, feed_day};

/// An invented person: what a surgery's system holds about them, and the truth behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inhabitant {
    /// The person, as a register holds them.
    pub resident: Resident,
    /// Their coded records, in no order.
    pub records: Vec<Record>,
    /// The number of their household.
    pub household: u64,
    /// How the household lives.
    pub kind: Kind,
    /// Age in whole years on the day of the feed; for someone who died, on the day of death.
    pub age: u8,
    /// Tenth of England by deprivation of the area they live in, 1 the most deprived.
    pub decile: usize,
    /// The borough they live in.
    pub borough: &'static str,
    /// Whether they care for someone.
    pub carer: bool,
    /// The long-term conditions they truly have; the records should say the same.
    pub conditions: Conditions,
}

/// All inhabitants, in the order of their households.
pub struct Residents {
    seed: u64,
    place: Place,
    numbers: NhsNumbers,
    /// The number of the next household to draw.
    household: u64,
    /// How many inhabitants have been given out, and how many there are.
    given: u32,
    total: u32,
    drawn: std::vec::IntoIter<Inhabitant>,
}

impl Residents {
    pub(crate) fn new(borough: &Borough) -> Self {
        Self {
            seed: borough.seed(),
            place: Place::new(),
            numbers: NhsNumbers::new(borough.seed()),
            household: 0,
            given: 0,
            total: borough.size(),
            drawn: Vec::new().into_iter(),
        }
    }
}

impl Iterator for Residents {
    type Item = Inhabitant;

    fn next(&mut self) -> Option<Inhabitant> {
        if self.given == self.total {
            return None;
        }
        let mut inhabitant = loop {
            if let Some(inhabitant) = self.drawn.next() {
                break inhabitant;
            }
            self.drawn = household(&self.place, self.seed, self.household).into_iter();
            self.household += 1;
        };
        self.given += 1;
        let id = format!("r{:07}", self.given);
        inhabitant.resident.person = PersonId::of_source(SYSTEM, &id);
        inhabitant.resident.source.id = id;
        inhabitant.resident.nhs_number = self.numbers.next();
        Some(inhabitant)
    }
}

/// The name of the system the records come from.
const SYSTEM: &str = "borough";

/// Draws a household: where and who, what each has, who cares for whom, and what is written of it.
fn household(place: &Place, seed: u64, number: u64) -> Vec<Inhabitant> {
    let mut dice = Dice::new(seed, number);
    let near = Place::practice(&mut dice);
    let home = place.home(&mut dice, near);
    let kind = household::kind(&mut dice, near);
    let members = household::members(&mut dice, kind);
    let personas = person::personas(&mut dice, kind, &members);
    let household_practice = place.registration(&mut dice, &home);
    let mut people: Vec<Facts> = Vec::with_capacity(members.len());
    for (member, persona) in members.iter().zip(personas) {
        // Most of a household is registered together; sharers choose for themselves.
        let alone = dice.per_mille(if kind == Kind::Sharers { 600 } else { 60 });
        let practice =
            if alone { place.registration(&mut dice, &home) } else { household_practice };
        people.push(facts(&mut dice, &home, practice, *member, persona));
    }
    let carers = carers(&mut dice, &people);
    people
        .iter()
        .zip(carers)
        .map(|(facts, carer)| inhabitant(&mut dice, number, kind, &home, facts, carer))
        .collect()
}

/// What is true of a person, before it is written down.
struct Facts {
    persona: Persona,
    practice: &'static Practice,
    age: i32,
    born: Day,
    death: Death,
    /// The last day anything was written of them.
    end: Day,
    risks: Risks,
    conditions: Conditions,
    frailty: u64,
}

fn facts(
    dice: &mut Dice,
    home: &Home,
    practice: &'static Practice,
    member: Member,
    persona: Persona,
) -> Facts {
    let feed = feed_day().epoch_days();
    let (death, end) = death(dice, member.age, feed);
    // So old on the last day: born between a whole number of years before it and a year earlier.
    let birthday = end - member.age * 1461 / 4;
    let born = on(birthday - dice.between(0, 364));
    let end = on(end);
    let age = i32::from(born.age_on(end).unwrap_or(0));
    let heritage = TABLES.communities[persona.community].heritage;
    let risks =
        Risks { age, sex: member.sex, borough: home.borough, decile: home.area.decile, heritage };
    let (conditions, frailty) = illness::draw(dice, risks);
    Facts { persona, practice, age, born, death, end, risks, conditions, frailty }
}

/// Whether a person died in the last year or so, and the last day they were seen.
fn death(dice: &mut Dice, age: i32, feed: i32) -> (Death, i32) {
    let per_million = match age {
        ..45 => 400,
        45..65 => 3_000,
        65..80 => 14_000,
        _ => 60_000,
    };
    if !dice.per_million(per_million) {
        return (Death::Alive, feed);
    }
    let day = feed - dice.between(1, 400);
    let death = match dice.below(100) {
        0..6 => Death::Undated,
        6..10 => Death::On(PartialDay::new(on(day), Precision::Month)),
        _ => Death::On(on(day).into()),
    };
    (death, day)
}

/// Who cares for someone: often for another of the household who has much to bear, sometimes for
/// somebody elsewhere.
fn carers(dice: &mut Dice, people: &[Facts]) -> Vec<bool> {
    const NEEDS_CARE: [&str; 5] =
        ["dementia", "learning_disability", "parkinsons", "cerebral_palsy", "multiple_sclerosis"];
    let needs_care = |facts: &Facts| {
        facts.death == Death::Alive
            && (facts.conditions.count_tier_1() >= 4
                || NEEDS_CARE.iter().any(|key| facts.conditions.contains(key)))
    };
    let needing: Vec<bool> = people.iter().map(needs_care).collect();
    let mut carers = Vec::with_capacity(people.len());
    for (at, facts) in people.iter().enumerate() {
        let for_another = needing.iter().enumerate().any(|(other, needs)| *needs && other != at);
        let per_mille = match facts.age {
            _ if facts.death != Death::Alive => 0,
            ..12 => 0,
            12..18 if for_another => 80,
            12..18 => 2,
            _ if for_another => 480,
            18..45 => 14,
            45..65 => 55,
            _ => 35,
        };
        carers.push(dice.per_mille(per_mille));
    }
    carers
}

fn inhabitant(
    dice: &mut Dice,
    household: u64,
    kind: Kind,
    home: &Home,
    facts: &Facts,
    carer: bool,
) -> Inhabitant {
    let asked = if kind == Kind::OlderAlone { 750 } else { 350 };
    let alone = matches!(kind, Kind::OlderAlone | Kind::Alone) && dice.per_mille(asked);
    let mut notes = Notes::new(dice, facts.born, facts.end);
    notes.conditions(facts.conditions, facts.risks);
    notes.minor(facts.age, facts.frailty);
    if carer {
        notes.social(IS_A_CARER, "Cares for someone");
    }
    if alone {
        notes.social(LIVES_ALONE, "Lives alone");
    }
    let records = notes.into_records();
    Inhabitant {
        resident: resident(dice, home, facts),
        records,
        household,
        kind,
        age: u8::try_from(facts.age).unwrap_or(u8::MAX),
        decile: facts.risks.decile,
        borough: BOROUGHS[home.borough],
        carer,
        conditions: facts.conditions,
    }
}

/// The person as the register holds them; the id and NHS number come with the place in the order.
fn resident(dice: &mut Dice, home: &Home, facts: &Facts) -> Resident {
    let community = &TABLES.communities[facts.persona.community];
    let (language, interpreter) = person::language(dice, community, facts.age);
    let precision = match dice.below(1000) {
        0 if facts.age >= 60 => Precision::Year,
        1 if facts.age >= 60 => Precision::Month,
        _ => Precision::Day,
    };
    let gender = match (dice.below(1000), facts.risks.sex) {
        (0..2, _) => Gender::Other,
        (2, _) => Gender::Unknown,
        (_, Sex::Female) => Gender::Female,
        (_, Sex::Male) => Gender::Male,
    };
    let seen = facts.end.epoch_days();
    let updated = seen - dice.between(0, 900).min(seen - facts.born.epoch_days());
    Resident {
        person: PersonId::of_source(SYSTEM, ""),
        source: Source { system: SYSTEM.to_owned(), id: String::new() },
        updated: Some(at(updated, dice.between(7 * 3600, 20 * 3600))),
        nhs_number: None,
        nhs_verified: true,
        family: facts.persona.family.clone(),
        given: facts.persona.given.clone(),
        born: Some(PartialDay::new(facts.born, precision)),
        death: facts.death,
        gender,
        ethnicity: person::ethnicity(dice, community),
        language,
        interpreter,
        address: home.lines.clone(),
        postcode: Some(home.postcode.clone()),
        lsoa: Some(home.area.lsoa.clone()),
        telephone: person::telephone(dice, facts.age),
        practice: Some(facts.practice.ods.clone()),
        restricted: dice.per_mille(1),
        withdrawn: false,
    }
}
