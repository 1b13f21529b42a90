//! A contact about somebody who is known.

use axum::extract::Path;
use axum::response::Response;
use care::find::front_door::{self, Said};
use care::record::fact::Identity;
use care::record::ids::PersonId;
use care::who::access::{Access, may_open};
use care::who::actor::Refusal;
use care::who::role::Right;

use super::mine;
use super::questions::{questions, said};
use crate::ask::{Ask, note_refusal};
use crate::changing::{Changed, From, Sent};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::reading;
use crate::seat::Seat;
use crate::whom::full_name;

/// Asks what was said, about a person who is known.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let about = reachable(&seat, id).await?;
    view(&seat, id, &about, &Form::blank()).await
}

/// Who somebody is, and the surgery they are registered at.
type About = (Identity, Option<String>);

/// Who a contact is about: anyone not restricted, since the front door has no wrong side.
async fn reachable(seat: &Seat, id: PersonId) -> Result<About, Failure> {
    let about = seat.read(move |tx, seat| {
        let Some(known) = reading::known(tx, seat, id)? else { return Ok(None) };
        let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
        let open = matches!(access, Access::Yes(_));
        // Residents, and those who act for one, are not shown who else is known.
        let reachable = open || (seat.works() && !known.subject.restricted);
        Ok(reachable.then(|| (known.identity(), known.subject.practice.clone())))
    });
    about.await?.ok_or(Failure::NotFound)
}

/// The form names the person, also to somebody who may not open the record: that is written down.
async fn view(
    seat: &Seat,
    id: PersonId,
    (identity, practice): &About,
    form: &Form,
) -> Result<Response, Failure> {
    let what = "the form for a contact";
    seat.write(move |tx, seat| reading::write_view(tx, seat, id, what, None)).await?;
    let own = seat.actor.person == Some(id);
    let name = full_name(identity);
    let title = if own { "Ask us anything".to_owned() } else { format!("A contact about {name}") };
    let ask =
        Ask::new(seat.page(title, "/contact").back("/contact"), format!("/contact/{id}"), "Send");
    questions(ask, (seat, practice.as_deref()), own, form).show(form)
}

/// Records a contact about a person who is known.
pub async fn record(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let about = reachable(&seat, id).await?;
    let own = seat.actor.person == Some(id);
    if let Some(said) = said(&seat, own, about.1.as_deref(), &mut form) {
        match keep(&seat, id, Sent::of(&form), said).await? {
            Ok(then) => return Ok(then),
            Err(refusal) => note_refusal(&mut form, &refusal),
        }
    }
    view(&seat, id, &about, &form).await
}

/// Adds the contact to the person's story.
pub async fn keep(
    seat: &Seat,
    id: PersonId,
    as_sent: Sent,
    said: Said,
) -> Result<Result<Response, Refusal>, Failure> {
    let changed = seat.change(id, From::Anywhere, as_sent, move |before, asking| {
        front_door::record(before.person, said.clone(), before.begun, asking)
    });
    match changed.await? {
        Changed::Kept => Ok(Ok(mine::done())),
        Changed::Again => Ok(Ok(mine::done_before())),
        Changed::Refused(refusal) => Ok(Err(refusal)),
        Changed::Conflict(_) => Err(Failure::Busy),
    }
}
