//! Pages for carers: the link between a carer and the person they care for, which both have to agree to;
//! what each shares with the other; and the carer's emergency card. Each stands on its own person's
//! record; the one page that shows something of the other's is [`linked`], from which [`plan`] writes in their plan; and for those who work with
//! the person cared for [`card::for_team`].

pub mod card;
pub mod code;
pub mod link;
pub mod linked;
pub mod plan;

use care::assess::link::{Consent, DECISION, UNABLE, may_agree};
use care::record::fact::assess::FormKind;
use care::record::fact::carer::Share;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::actor::Refusal;
use law::day::Day;

use crate::ask::{link, paragraph};
use crate::assess::decide::deciders::{self, Deciders, May};
use crate::assess::decide::in_query;
use crate::assess::{Laid, may_see};
use crate::components::{Checkboxes, Choice, Markup, Textarea};
use crate::forms::Form;
use crate::names::EntryNames;
use crate::seat::Seat;

/// Whether whoever asks sees this part of a record.
fn seen(_: &Person, seat: &Seat) -> bool {
    may_see(FormKind::Carer, seat)
}

/// Who agrees on a person's side, as a page asks.
enum Side {
    /// Whoever signed in, for themself.
    Own,
    /// The person, and somebody writes it down.
    Theirs,
    /// Somebody for them: each of these may.
    For(Vec<May>),
}

/// Who agrees on this side today; where nobody may, what to say instead.
fn side(laid: &Laid, today: Day) -> Result<Side, Vec<Markup>> {
    let person = &laid.readable;
    let Some(deciders) = Deciders::for_decision(laid.names(), person, DECISION, today) else {
        return Ok(if laid.own { Side::Own } else { Side::Theirs });
    };
    if laid.own {
        return Err(vec![paragraph(&format!("{UNABLE}."))]);
    }
    let deciders = deciders.who(|by| may_agree(person, by, today).map(|_| ()));
    if deciders.may.is_empty() {
        return Err(deciders::nobody(&deciders, &laid.path()));
    }
    Ok(Side::For(deciders.may))
}

/// Where it may be that the person cannot decide this.
fn if_unable(laid: &Laid, side: &Side) -> Option<Markup> {
    let href = format!("{}/begin?form=capacity&about={}", laid.path(), in_query(DECISION));
    match side {
        Side::Theirs => Some(link("If it may be that they cannot decide this: assess it", &href)),
        Side::Own | Side::For(_) => None,
    }
}

/// What is agreed to, as a form says it: with who agrees, as far as it is lawful today.
fn read(
    form: &Form,
    own: bool,
    (person, names): (&Person, &EntryNames),
    today: Day,
) -> Result<Consent, Refusal> {
    let by = match form.value(deciders::FIELD) {
        "" => deciders::PERSON,
        _ if own => deciders::PERSON,
        by => by,
    };
    let by = deciders::read(by, names, person, today)?;
    Ok(Consent { shares: shares(form), words: form.value("words").to_owned(), by })
}

/// The question of what the other may see; and for who writes it down for somebody, of who agrees and
/// what they said.
fn consent(side: Side, other: &str, form: &Form) -> Vec<Markup> {
    let choices = Choice::each(Share::ALL);
    let asked = match side {
        Side::Own => format!("What may {other} see?"),
        Side::Theirs => format!("What does the person agree that {other} may see?"),
        Side::For(_) => format!("What is agreed that {other} may see?"),
    };
    let hint =
        "Nothing else is ever shared. You can leave all of it out, and change it at any time.";
    let mut parts: Vec<Markup> =
        vec![Checkboxes::new("shares", asked, choices).hint(hint).small().filled(form).into()];
    let (asked, hint) = match side {
        Side::Own => return parts,
        Side::Theirs => {
            ("What did the person say?", "It is theirs to agree: write it as they said it.")
        }
        Side::For(may) => {
            let may = may.into_iter().map(May::choice).collect();
            parts.push(deciders::question("Who agrees for them?", may, form));
            (
                "What was said?",
                "What whoever agrees for them said and why, and what the person makes of it.",
            )
        }
    };
    parts.push(Textarea::new("words", asked).hint(hint).rows(3).filled(form).into());
    parts
}

fn shares(form: &Form) -> std::collections::BTreeSet<Share> {
    form.values("shares").filter_map(Share::named).collect()
}

fn in_words<'a>(shares: impl IntoIterator<Item = &'a Share>) -> Vec<String> {
    shares.into_iter().map(|share| share.in_words().to_owned()).collect()
}

fn caring(id: PersonId) -> String {
    format!("/person/{id}/caring")
}
