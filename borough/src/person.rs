//! Who people are: community, name, language, how to reach them.

use crate::dice::Dice;
use crate::household::{Kind, Member};
use crate::tables::{Community, Sex, TABLES};

/// What distinguishes one of a household, beyond age and sex.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Persona {
    pub community: usize,
    pub family: String,
    pub given: String,
}

/// Names and communities for a household: children bear a parent's name, partners often share one.
pub(crate) fn personas(dice: &mut Dice, kind: Kind, members: &[Member]) -> Vec<Persona> {
    let mut personas: Vec<Persona> = Vec::with_capacity(members.len());
    for (at, member) in members.iter().enumerate() {
        let first = personas.first().map(|first| (first.community, first.family.clone()));
        let partner = members.get(1).filter(|second| !second.child).and_then(|_| personas.get(1));
        let (community, family) = match first {
            Some((community, family)) if member.child => {
                let other = partner.map_or(community, |partner| partner.community);
                (childs_community(dice, community, other), family)
            }
            Some((community, family)) if kind != Kind::Sharers => {
                let community =
                    if dice.per_mille(830) { community } else { draw_community(dice, member.age) };
                let family = if at == 1 && dice.per_mille(600) {
                    family
                } else {
                    dice.pick(&TABLES.communities[community].names.families).clone()
                };
                (community, family)
            }
            _ => {
                let community = draw_community(dice, member.age);
                (community, dice.pick(&TABLES.communities[community].names.families).clone())
            }
        };
        let given = given_names(dice, community, *member);
        personas.push(Persona { community, family, given });
    }
    personas
}

fn draw_community(dice: &mut Dice, age: i32) -> usize {
    let group = age_group(age);
    dice.weighted(TABLES.communities.iter().map(|community| community.share[group]))
}

fn age_group(age: i32) -> usize {
    match age {
        ..18 => 0,
        18..45 => 1,
        45..65 => 2,
        _ => 3,
    }
}

/// A child of two communities is usually recorded as mixed.
fn childs_community(dice: &mut Dice, one: usize, other: usize) -> usize {
    if one == other || dice.per_mille(300) {
        return one;
    }
    let categories = [one, other].map(|at| TABLES.communities[at].category.as_str());
    let mixed = if categories.contains(&"M") {
        "D"
    } else if categories.contains(&"N") || categories.contains(&"P") {
        "E"
    } else if categories.iter().any(|category| "HJKL".contains(category)) {
        "F"
    } else {
        "G"
    };
    TABLES.communities.iter().position(|community| community.category == mixed).unwrap_or(one)
}

fn given_names(dice: &mut Dice, community: usize, member: Member) -> String {
    let community = &TABLES.communities[community];
    let names = if community.category == "A" && member.age >= 62 {
        &TABLES.elders
    } else {
        &community.names
    };
    let list = if member.sex == Sex::Female { &names.women } else { &names.men };
    let first = dice.pick(list);
    let second = dice.pick(list);
    if second != first && dice.per_mille(300) { format!("{first} {second}") } else { first.clone() }
}

/// Preferred language (BCP 47), if the record says, and whether an interpreter is needed.
pub(crate) fn language(dice: &mut Dice, community: &Community, age: i32) -> (Option<String>, bool) {
    let older = usize::from(age >= 45);
    if dice.per_mille(community.other_language[older]) {
        let interpreter = age >= 16 && dice.per_mille(community.interpreter);
        return (Some(community.language.clone()), interpreter);
    }
    // British Sign Language, with an interpreter (UK Core writes it `bfi`).
    if age >= 16 && dice.per_million(700) {
        return (Some("bfi".to_owned()), true);
    }
    (dice.per_mille(850).then(|| "en".to_owned()), false)
}

/// A telephone number from the ranges that Ofcom keeps for drama.
pub(crate) fn telephone(dice: &mut Dice, age: i32) -> Option<String> {
    let mobile = match age {
        ..12 => 0,
        12..70 => 930,
        _ => 620,
    };
    let number = dice.below(1000);
    if dice.per_mille(mobile) {
        Some(format!("07700 900{number:03}"))
    } else {
        (age >= 18 && dice.per_mille(700)).then(|| format!("020 7946 0{number:03}"))
    }
}

/// The ethnic category as recorded: now and then not stated, or not asked.
pub(crate) fn ethnicity(dice: &mut Dice, community: &Community) -> Option<String> {
    match dice.below(1000) {
        0..40 => Some("Z".to_owned()),
        40..65 => None,
        _ => Some(community.category.clone()),
    }
}
