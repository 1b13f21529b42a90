//! Where people live, and where they are registered: not the same thing.

use crate::dice::Dice;
use crate::tables::{Area, BOROUGHS, Practice, TABLES};

/// A borough, ready to draw from.
struct Quarter {
    practices: Vec<&'static Practice>,
    areas: Vec<&'static Area>,
}

/// The place, ready to draw from.
pub(crate) struct Place {
    /// By borough, as in [`BOROUGHS`].
    quarters: Vec<Quarter>,
}

/// A household's home.
pub(crate) struct Home {
    pub area: &'static Area,
    /// Position in [`BOROUGHS`].
    pub borough: usize,
    /// The practice nearest to it, where most of the household is registered.
    pub practice: &'static Practice,
    pub lines: Vec<String>,
    pub postcode: String,
}

impl Place {
    pub fn new() -> Self {
        let quarters = BOROUGHS.iter().map(|borough| Quarter {
            practices: TABLES.practices.iter().filter(|p| p.borough == *borough).collect(),
            areas: TABLES.areas.iter().filter(|a| a.borough == *borough).collect(),
        });
        Self { quarters: quarters.collect() }
    }

    /// A practice, as likely as its list is long.
    pub fn practice(dice: &mut Dice) -> &'static Practice {
        let at = dice.weighted(TABLES.practices.iter().map(|practice| practice.list));
        &TABLES.practices[at]
    }

    /// A home near a practice, in the practice's borough.
    pub fn home(&self, dice: &mut Dice, practice: &'static Practice) -> Home {
        let borough = BOROUGHS.iter().position(|name| *name == practice.borough).unwrap_or(0);
        let areas = &self.quarters[borough].areas;
        // Nine in ten live in the practice's neighbourhood, the others somewhere in the borough.
        let near = dice.per_mille(900);
        let weights = areas
            .iter()
            .map(|area| u32::from(!near || area.neighbourhood == practice.neighbourhood));
        let area = areas[dice.weighted(weights)];
        let street = dice.pick(&TABLES.streets);
        let house = dice.below(140) + 1;
        let mut lines = Vec::with_capacity(3);
        if dice.per_mille(450) {
            lines.push(format!("Flat {}", dice.below(48) + 1));
        }
        lines.push(format!("{house} {street}"));
        lines.push("London".to_owned());
        Home { area, borough, practice, lines, postcode: postcode(dice, practice) }
    }

    /// Where one of the household is registered: seven in eight at the practice nearest home, most of
    /// the others elsewhere in the borough, a few beyond it.
    pub fn registration(&self, dice: &mut Dice, home: &Home) -> &'static Practice {
        match dice.below(1000) {
            0..875 => home.practice,
            875..975 => {
                let practices = &self.quarters[home.borough].practices;
                practices[dice.weighted(practices.iter().map(|practice| practice.list))]
            }
            _ => Self::practice(dice),
        }
    }
}

/// A postcode of the practice's district: the district is real, the rest is drawn.
fn postcode(dice: &mut Dice, practice: &Practice) -> String {
    const LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";
    let district = practice.postcode.split(' ').next().unwrap_or("SE1");
    let digit = dice.below(9) + 1;
    let letters = [*dice.pick(LETTERS), *dice.pick(LETTERS)].map(char::from);
    format!("{district} {digit}{}{}", letters[0], letters[1])
}
