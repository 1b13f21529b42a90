//! Who lives together: households of the kinds inner London has, in the ages its practices' lists say.

use crate::dice::Dice;
use crate::tables::{Practice, Sex};

/// How a household lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One person of 65 or over.
    OlderAlone,
    /// A couple of about 65 or over.
    OlderCouple,
    /// One or two older people, and a grown-up child who stayed or came back.
    OlderWithChild,
    /// One older person in a care home.
    CareHome,
    /// A couple with children.
    Family,
    /// A parent alone with children.
    LoneParent,
    /// Children, parents, and a grandparent.
    ThreeGenerations,
    /// Parents with grown-up children, and perhaps a younger one.
    GrownFamily,
    /// One adult under 65.
    Alone,
    /// A couple under 65.
    Couple,
    /// Adults who share.
    Sharers,
}

/// One of a household, before anything else is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    /// Whole years.
    pub age: i32,
    pub sex: Sex,
    /// A child of the household's adults, of whatever age: bears their family name.
    pub child: bool,
}

/// How each group of households divides, by weight (ours).
const OLDER: [(Kind, u32); 4] = [
    (Kind::OlderAlone, 480),
    (Kind::OlderCouple, 320),
    (Kind::OlderWithChild, 150),
    (Kind::CareHome, 50),
];
const FAMILIES: [(Kind, u32); 4] = [
    (Kind::Family, 550),
    (Kind::LoneParent, 250),
    (Kind::ThreeGenerations, 50),
    (Kind::GrownFamily, 150),
];
const WORKING: [(Kind, u32); 3] = [(Kind::Alone, 440), (Kind::Couple, 380), (Kind::Sharers, 180)];

/// Draws the kind of household, so that the practice's ages come out: of its list in April 2020, how
/// many were under 18, and how many 65 and over.
pub(crate) fn kind(dice: &mut Dice, practice: &Practice) -> Kind {
    // Per thousand households of a kind, how many children, working-age and older people it holds.
    let per_mille = |part: u32| part * 1000 / practice.list.max(1);
    let older = per_mille(practice.over64);
    let children = 1000u32.saturating_sub(per_mille(practice.adults));
    let with_children = children * 1000 / 1790;
    let older_led = (older * 1000).saturating_sub(with_children * 60) / 1330;
    let grown = 1000u32.saturating_sub(children + older);
    let working = (grown * 1000).saturating_sub(with_children * 2010 + older_led * 190) / 1830;
    let kinds: &[(Kind, u32)] = match dice.weighted([older_led, with_children, working].into_iter())
    {
        0 => &OLDER,
        1 => &FAMILIES,
        _ => &WORKING,
    };
    kinds[dice.weighted(kinds.iter().map(|(_, weight)| *weight))].0
}

/// Draws who they are.
pub(crate) fn members(dice: &mut Dice, kind: Kind) -> Vec<Member> {
    match kind {
        Kind::OlderAlone => {
            let age = older_age(dice);
            let women = 500 + u64::try_from(age - 65).unwrap_or(0) * 8;
            vec![adult(age, if dice.per_mille(women) { Sex::Female } else { Sex::Male })]
        }
        Kind::OlderCouple => {
            let age = older_age(dice).min(90);
            couple(dice, age, 62)
        }
        Kind::OlderWithChild => {
            let age = older_age(dice).max(68);
            let mut members = if dice.per_mille(400) {
                couple(dice, age, 64)
            } else {
                vec![adult(age, sex(dice, 700))]
            };
            let years = dice.between(24, 38);
            members.push(child(age - years, sex(dice, 420)));
            members
        }
        Kind::CareHome => {
            let age = (older_age(dice) + 12).clamp(75, 101);
            vec![adult(age, sex(dice, 680))]
        }
        Kind::Family | Kind::LoneParent | Kind::ThreeGenerations => family(dice, kind),
        Kind::GrownFamily => grown_family(dice),
        Kind::Alone => {
            let age = working_age(dice);
            vec![adult(age, sex(dice, 450))]
        }
        Kind::Couple => {
            let age = working_age(dice);
            couple(dice, age, 20)
        }
        Kind::Sharers => {
            let size = dice.between(2, 5);
            (0..size).map(|_| adult(dice.between(19, 41), sex(dice, 500))).collect()
        }
    }
}

fn family(dice: &mut Dice, kind: Kind) -> Vec<Member> {
    let age = dice.between(26, 54);
    let mut members = if kind == Kind::LoneParent {
        vec![adult(age, sex(dice, 900))]
    } else {
        couple(dice, age, 21)
    };
    // The youngest parent was at least 18, and no child at home is 18 yet.
    let oldest = (members.iter().map(|member| member.age).min().unwrap_or(age) - 18).clamp(0, 17);
    let children = [1, 1, 1, 2, 2, 2, 2, 3, 3, 4][dice.below(10) as usize];
    for _ in 0..children {
        members.push(child(dice.between(0, oldest), sex(dice, 488)));
    }
    if kind == Kind::ThreeGenerations {
        members.push(adult(age + dice.between(23, 36), sex(dice, 680)));
    }
    members
}

fn grown_family(dice: &mut Dice) -> Vec<Member> {
    let age = dice.between(45, 64);
    let mut members = couple(dice, age, 42);
    for _ in 0..dice.between(1, 2) {
        members.push(child(dice.between(18, 26.min(age - 20)), sex(dice, 470)));
    }
    if dice.per_mille(500) {
        members.push(child(dice.between(10, 17), sex(dice, 488)));
    }
    members
}

/// Two adults within a few years of each other, one in sixteen couples of the same sex.
fn couple(dice: &mut Dice, age: i32, youngest: i32) -> Vec<Member> {
    let first = sex(dice, 500);
    let same = dice.per_mille(60);
    let second = match (first, same) {
        (Sex::Female, true) | (Sex::Male, false) => Sex::Female,
        (Sex::Male, true) | (Sex::Female, false) => Sex::Male,
    };
    let other = (age + dice.between(-6, 5)).max(youngest);
    vec![adult(age, first), adult(other, second)]
}

fn adult(age: i32, sex: Sex) -> Member {
    Member { age, sex, child: false }
}

fn child(age: i32, sex: Sex) -> Member {
    Member { age: age.max(0), sex, child: true }
}

/// A woman or girl so many times in a thousand.
fn sex(dice: &mut Dice, women: u64) -> Sex {
    if dice.per_mille(women) { Sex::Female } else { Sex::Male }
}

fn older_age(dice: &mut Dice) -> i32 {
    let from = [65, 70, 75, 80, 85, 90][dice.weighted([300, 245, 185, 140, 85, 45].into_iter())];
    // The tenth decade thins out quickly.
    if from == 90 {
        90 + dice.between(0, 9).min(dice.between(0, 9))
    } else {
        from + dice.between(0, 4)
    }
}

fn working_age(dice: &mut Dice) -> i32 {
    let (from, to) = [(20, 24), (25, 29), (30, 39), (40, 49), (50, 59), (60, 64)]
        [dice.weighted([55, 140, 270, 210, 220, 105].into_iter())];
    dice.between(from, to)
}
