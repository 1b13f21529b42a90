//! Pages for carers: the link between a carer and the person they care for, which both have to agree to;
//! what each shares with the other; and the carer's emergency card. Each stands on its own person's
//! record; the one page that shows something of the other's is [`linked`], and for those who work with
//! the person cared for [`card::for_team`].

pub mod card;
pub mod code;
pub mod link;
pub mod linked;

use care::record::fact::assess::FormKind;
use care::record::fact::carer::Share;
use care::record::ids::PersonId;
use care::record::person::Person;

use crate::assess::may_see;
use crate::components::{Checkboxes, Choice, Markup, Textarea};
use crate::forms::Form;
use crate::seat::Seat;

/// Whether whoever asks sees this part of a record.
fn seen(_: &Person, seat: &Seat) -> bool {
    may_see(FormKind::Carer, seat)
}

/// The question of what the other may see; and for who writes it down for somebody, of what they said.
fn consent(own: bool, other: &str, form: &Form) -> Vec<Markup> {
    let choices = Share::ALL.iter().map(|one| Choice::new(one.as_str(), one.in_words()));
    let asked = if own {
        format!("What may {other} see?")
    } else {
        format!("What does the person agree that {other} may see?")
    };
    let hint =
        "Nothing else is ever shared. You can leave all of it out, and change it at any time.";
    let mut parts: Vec<Markup> =
        vec![Checkboxes::new("shares", asked, choices).hint(hint).small().filled(form).into()];
    if !own {
        let said = Textarea::new("words", "What did the person say?")
            .hint("It is theirs to agree: write it as they said it.")
            .rows(3)
            .filled(form);
        parts.push(said.into());
    }
    parts
}

fn shares(form: &Form) -> std::collections::BTreeSet<Share> {
    form.values("shares").filter_map(Share::parse).collect()
}

fn in_words<'a>(shares: impl IntoIterator<Item = &'a Share>) -> Vec<String> {
    shares.into_iter().map(|share| share.in_words().to_owned()).collect()
}

fn caring(id: PersonId) -> String {
    format!("/person/{id}/caring")
}
