//! Moving a practice to another neighbourhood from a day: the earlier line ends the day before,
//! and a new line begins. Every other line stays as it was, to the letter.

use law::day::Day;

use super::super::table::TextFile;

/// Why a practice cannot be moved so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotRealign {
    /// The practice has no open line.
    #[error("{0} has no line without an end in the placements: check the ODS code")]
    NotPlaced(String),
    /// It is there already.
    #[error("{practice} already lies in ‘{neighbourhood}’ since {since}")]
    AlreadyThere {
        /// The practice.
        practice: String,
        /// Where it is.
        neighbourhood: String,
        /// Since when.
        since: Day,
    },
    /// The day lies before what is written already.
    #[error(
        "{practice} came to where it is on {since}; it can move from the day after that at the \
         earliest (to correct the past, edit the placements by hand)"
    )]
    TooEarly {
        /// The practice.
        practice: String,
        /// Since when it is where it is.
        since: Day,
    },
}

/// The text of the placements with a practice moved. `placements` has been read without problems.
pub fn realign(
    placements: TextFile<'_>,
    practice: &str,
    neighbourhood: &str,
    from: Day,
) -> Result<String, CannotRealign> {
    let is_open = |line: &&str| {
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        matches!(fields[..], [name, _, _, ""] if name == practice)
    };
    let open = placements.text.lines().find(is_open);
    let since = open.and_then(|line| Day::parse(line.split(',').nth(2)?.trim()).ok());
    let (Some(open), Some(since)) = (open, since) else {
        return Err(CannotRealign::NotPlaced(practice.to_owned()));
    };
    let practice = practice.to_owned();
    let current = open.split(',').nth(1).unwrap_or("").trim();
    if current == neighbourhood {
        let neighbourhood = neighbourhood.to_owned();
        return Err(CannotRealign::AlreadyThere { practice, neighbourhood, since });
    }
    if from <= since {
        return Err(CannotRealign::TooEarly { practice, since });
    }
    let last_day = from.plus_days(-1);
    let written = |line: &str| {
        if line == open {
            format!("{practice},{current},{since},{last_day}\n{practice},{neighbourhood},{from},\n")
        } else {
            format!("{line}\n")
        }
    };
    Ok(placements.text.lines().map(written).collect())
}
