//! Cases of the April rise, as data: `law/cases/uprate/*.toml`.

use law::charging::{Case, uprate};
use law::day::Day;
use serde::Deserialize;
use toml::Table;

use crate::{LAW, casebook};

/// A case, and the two days between which figures rise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct April {
    before: Day,
    from: Day,
    case: Case,
}

#[test]
fn every_income_moves_as_the_law_moves_it() {
    casebook::hold_all("uprate", 20, |of, table: Table| {
        assert_eq!(of, "april");
        let April { before, from, case } = casebook::read(table)?;
        let up = uprate(&case, &LAW.rates, before, from).map_err(|error| error.to_string())?;
        casebook::shown(&up)
    });
}
