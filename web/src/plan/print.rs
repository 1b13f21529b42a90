//! The plan on paper: what stands in it today, in the print that the person needs. Drafts are left out.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use care::record::fact::letter::LetterFormat;
use care::record::ids::PersonId;
use care::who::letters;

use super::told::Telling;
use super::{open, path};
use crate::ask::{heading, list, paragraph};
use crate::components::Markup;
use crate::error::Failure;
use crate::page::{self, Page};
use crate::posted::Asked;
use crate::seat::Seat;

/// Something of the plan on paper.
#[derive(Template)]
#[template(path = "plan/paper.html")]
pub(super) struct Paper {
    /// The page.
    pub page: Page,
    /// In which print it can be had.
    pub forms: Vec<(&'static str, String, bool)>,
    /// In which it is.
    pub format: LetterFormat,
    /// Whether it has to go on one side.
    pub tight: bool,
    /// What it says.
    pub parts: Vec<Markup>,
    /// Of which day it is.
    pub as_of: String,
}

/// Shows it as it prints.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let laid = open(&seat, id).await?;
    let asked_for = LetterFormat::named(asked.value("print"));
    let needed = asked_for.unwrap_or_else(|| letters::format_for(&laid.readable));
    // Of a plan there is no outline: it stands in few words already, and who needs them large has that.
    let format = match needed {
        LetterFormat::Standard => LetterFormat::Standard,
        LetterFormat::Large | LetterFormat::EasyRead => LetterFormat::Large,
    };
    let base = format!("{}/print", path(id));
    let forms = [LetterFormat::Standard, LetterFormat::Large]
        .map(|one| (one.in_words(), format!("{base}?print={}", one.code()), one == format));
    let telling = Telling { seat: &seat, laid: &laid, ways: false };
    let mut parts = telling.answered();
    parts.extend(telling.outcomes());
    parts.extend(super::sections::parts(&telling));
    parts.push(heading("Who is in the team"));
    parts.push(list(laid.record.person.team.iter().map(|member| {
        let place = &seat.app.place;
        let organisation = place.organisation_name(&member.organisation);
        format!("{}, {}, {organisation}", member.name, place.role_title(&member.role))
    })));
    parts.push(heading("What happens next"));
    parts.push(telling.kept().into());
    if let Some(keeper) = laid.record.person.keeper() {
        let desk = seat.desk(&keeper.organisation, laid.record.practice());
        parts.extend(desk.map(|desk| paragraph(&desk.in_a_sentence(&keeper.name))));
    }
    let title = format!("The plan of {}", laid.name());
    page::show(&Paper {
        page: seat.page(title, "").back(path(id)),
        forms: forms.into(),
        format,
        tight: false,
        parts,
        as_of: as_of(&seat),
    })
}

pub(super) fn as_of(seat: &Seat) -> String {
    let organisation = seat.app.place.organisation_name(&seat.actor.organisation);
    format!(
        "As it stood on {}. Printed for {}, {organisation}.",
        seat.today.in_words(),
        seat.actor.name
    )
}
