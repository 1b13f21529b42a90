//! Bringing the next review forward, because something changed; or asking for one.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::fact::review::Change;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::review::hold::{SOONER, bring_forward};
use care::who::role::{Part, Right};

use crate::ask::{Ask, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{Choice, Heading, Radios, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "the form that brings a review forward";

/// Asks what has changed.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

fn require(seat: &Seat, id: PersonId) -> Result<(), Failure> {
    let own = seat.actor.person == Some(id);
    seat.require(if own { Right::WritePlan } else { Right::Write })
}

fn has(person: &Person, seat: &Seat) -> bool {
    person.plan.began().is_some() && seat.actor.role.sees(Part::Plan)
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    require(seat, id)?;
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let (own, path) = (laid.own, laid.path());
    let title = if own { "Ask for a review" } else { "Bring the next review forward" };
    let back = if own { "/me".to_owned() } else { path.clone() };
    let page = seat.page(title, "").back(back);
    let mut ask = Ask::new(page, format!("{path}/review/sooner"), "Send");
    if let Some(due) = laid.readable.review_due() {
        let by = due.by.in_words();
        let words = match (due.by < seat.today, own) {
            (false, _) => format!("The next review is due by {by}."),
            (true, false) => format!("The next review was due by {by}: it is late."),
            (true, true) => format!(
                "Your review was due by {by}: we are late with it. You can tell us here why it is \
                 needed now."
            ),
        };
        ask = ask.before(paragraph(&words));
    }
    let label = if own {
        ask = ask.before(paragraph(
            "We talk with you about your plan: what works, what does not, and what should change. You \
             can ask for this at any time.",
        ));
        "What has changed, or what would you like to talk about?"
    } else {
        let changes = Choice::each(Change::ALL);
        ask = ask.part(
            Radios::new("change", "What has changed?", changes)
                .heading(Heading::Small)
                .small()
                .filled(form),
        );
        "Say more"
    };
    ask.part(Textarea::new("words", label).rows(4).filled(form)).show(form)
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    require(&seat, id)?;
    let own = seat.actor.person == Some(id);
    let change = if own {
        Some(Change::Asked)
    } else {
        form.chosen("change", Change::named, "Choose what has changed")
    };
    form.needed(SOONER);
    if let (Some(change), true) = (change, form.is_sound()) {
        let words = form.value("words").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            bring_forward(before.person, change, &words, asking)
        });
        if changed.await?.kept(&mut form)? {
            // Whoever does not see reviews goes back to the record.
            let role = &seat.actor.role;
            let part = if role.sees(Part::Assessment) { "/reviews" } else { "" };
            let to = format!("/person/{id}{part}?done=sooner");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, &form).await
}
