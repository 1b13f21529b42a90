//! The page that asks why somebody opens a record from outside the caseload.

use care::record::fact::Identity;
use care::record::ids::PersonId;

use crate::ask::Ask;
use crate::components::{InsetText, Textarea};
use crate::forms::Form;
use crate::seat::Seat;
use crate::whom::full_name;

/// The page that asks why; with what was typed, where it was asked before.
pub fn ask(seat: &Seat, person: PersonId, identity: &Identity, form: &Form) -> Ask {
    let name = full_name(identity);
    let hours = seat.app.place.promises.opening_hours;
    let page =
        seat.page(format!("Why do you need to open {name}’s record?"), "/search").back("/search");
    let about = format!(
        "{name} is not among the people you work with. If you need to help them now, say why. The \
         record will be open to you for {hours} hours. {name} can read your reason, and whoever \
         keeps the record will look at it."
    );
    Ask::new(page, format!("/person/{person}/open"), "Open the record")
        .before(InsetText::new(about))
        .part(Textarea::new("reason", "Your reason").rows(3).filled(form))
}
