//! How big neighbourhoods and networks are, against what they should be.

use std::ops::RangeInclusive;

use law::day::Day;
use serde::Serialize;

use super::{PlacePractice, Places};

/// People in a neighbourhood.
pub const NEIGHBOURHOOD_PEOPLE: RangeInclusive<u64> = 30_000..=50_000;
/// People in a network.
pub const NETWORK_PEOPLE: RangeInclusive<u64> = 100_000..=200_000;
/// GP practices in a network.
pub const NETWORK_PRACTICES: RangeInclusive<u64> = 15..=20;

/// How a size compares with its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// Under the range.
    Below,
    /// Within it, ends included.
    Within,
    /// Over it.
    Above,
}

impl Fit {
    fn of(size: u64, range: &RangeInclusive<u64>) -> Self {
        match size {
            size if size < *range.start() => Self::Below,
            size if size > *range.end() => Self::Above,
            _ => Self::Within,
        }
    }
}

/// The size of a network on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSize {
    /// The network's id.
    pub network: String,
    /// Its name.
    pub name: String,
    /// Its size.
    #[serde(flatten)]
    pub size: Size,
    /// How its number of practices compares with 15–20.
    pub practices_fit: Fit,
    /// Its neighbourhoods, by id.
    pub neighbourhoods: Vec<NeighbourhoodSize>,
}

/// The size of a neighbourhood on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NeighbourhoodSize {
    /// The neighbourhood's id.
    pub neighbourhood: String,
    /// Its name.
    pub name: String,
    /// How it came about.
    pub basis: String,
    /// Its size.
    #[serde(flatten)]
    pub size: Size,
}

/// How many practices and people, and how the people compare with the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Size {
    /// GP practices.
    pub practices: u64,
    /// How many of them have no list size in the place's table.
    pub practices_without_list: u64,
    /// People on the practices' lists.
    pub listed: u64,
    /// How the people listed compare with the range.
    pub listed_fit: Fit,
    /// Living people registered with the practices in the store, where one was looked into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<u64>,
    /// How the people registered compare with the range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_fit: Option<Fit>,
}

/// People registered in the store, by practice.
pub type Registered<'a> = &'a dyn Fn(&str) -> u64;

impl Places {
    /// The size of every network, and of every neighbourhood in it, on a day.
    pub fn sizes(&self, day: Day, registered: Option<Registered<'_>>) -> Vec<NetworkSize> {
        let network_size = |network: &super::Network| {
            let neighbourhoods = self.neighbourhoods_in(&network.id, day);
            let mut all = Vec::new();
            let mut sizes = Vec::new();
            for neighbourhood in neighbourhoods {
                let practices = self.practices_in(&neighbourhood.id, day);
                sizes.push(NeighbourhoodSize {
                    neighbourhood: neighbourhood.id.clone(),
                    name: neighbourhood.name.clone(),
                    basis: neighbourhood.basis.clone(),
                    size: Size::of(&practices, &NEIGHBOURHOOD_PEOPLE, registered),
                });
                all.extend(practices);
            }
            let size = Size::of(&all, &NETWORK_PEOPLE, registered);
            NetworkSize {
                network: network.id.clone(),
                name: network.name.clone(),
                size,
                practices_fit: Fit::of(size.practices, &NETWORK_PRACTICES),
                neighbourhoods: sizes,
            }
        };
        self.networks().map(network_size).collect()
    }
}

impl Size {
    fn of(
        practices: &[&PlacePractice],
        range: &RangeInclusive<u64>,
        registered: Option<Registered<'_>>,
    ) -> Self {
        let listed =
            practices.iter().filter_map(|practice| practice.list_size).map(u64::from).sum();
        let without = practices.iter().filter(|practice| practice.list_size.is_none()).count();
        let registered: Option<u64> =
            registered.map(|count| practices.iter().map(|practice| count(&practice.ods)).sum());
        Self {
            practices: practices.len() as u64,
            practices_without_list: without as u64,
            listed,
            listed_fit: Fit::of(listed, range),
            registered,
            registered_fit: registered.map(|people| Fit::of(people, range)),
        }
    }
}
