//! What the person wants, in their words: written, written anew, and ended.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::plan::outcome::{self, Wanted};
use care::record::entry::EntryNumber;
use care::record::fact::plan::{Area, OutcomeEnd};
use care::record::ids::PersonId;
use care::record::person::plan::Outcome;
use care::who::role::Right;

use super::{open_to_write, path, wants};
use crate::ask::{Ask, Tell, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{
    Choice, Heading, Markup, Radios, Select, SummaryList, SummaryRow, Textarea, WarningText,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

/// Asks what they want.
pub async fn ask(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    view(&seat, id, of(&seat, id, &asked), Form::blank()).await
}

/// Which one is written anew, as the address says.
fn of(seat: &Seat, id: PersonId, asked: &Form) -> Option<EntryNumber> {
    seat.names(id).read(asked.value("of"))
}

async fn view(
    seat: &Seat,
    id: PersonId,
    of: Option<EntryNumber>,
    mut form: Form,
) -> Result<Response, Failure> {
    let laid = open_to_write(seat, id).await?;
    let known = match of {
        Some(of) => Some(laid.readable.plan.outcome(of).ok_or(Failure::NotFound)?),
        None => None,
    };
    let wants = wants(&laid);
    let title = match known {
        Some(_) => format!("Change what {wants}"),
        None => format!("What {wants}"),
    };
    let page = seat.page(title, "").back(path(id));
    let query = of.map(|of| format!("?of={}", laid.called(of))).unwrap_or_default();
    let mut ask = Ask::new(page, format!("{}/outcome{query}", path(id)), "Save")
        .seen(laid.record.last_seen());
    if let Some(known) = known {
        if !seat.posted {
            form = filled(known);
        } else if let Some(theirs) = theirs(&laid, known, &form) {
            ask = theirs.into_iter().fold(ask, Ask::before);
        }
    }
    let (now, hoped) = if laid.own {
        ("How are things now?", "How would things be, if it goes well?")
    } else {
        ("How are things now, as they see it?", "How would things be, if it goes as they hope?")
    };
    let areas = Choice::each(Area::ALL);
    let areas = std::iter::once(Choice::new("", "Choose")).chain(areas);
    let words = if laid.own {
        "What do you want, in your own words?"
    } else {
        "What do they want, in their own words?"
    };
    ask = ask
        .part(
            Textarea::new("words", words)
                .hint("For example: I want to go to the market on Saturdays again.")
                .rows(3)
                .filled(&form),
        )
        .part(Select::new("area", "What is it about?", areas).filled(&form))
        .part(Textarea::new("now", now).rows(3).filled(&form))
        .part(Textarea::new("hoped", hoped).rows(3).filled(&form));
    if !laid.own {
        ask = ask.part(
            Textarea::new("need", "Which assessed need is behind it? (optional)")
                .rows(2)
                .filled(&form),
        );
    }
    ask.show(&form)
}

fn filled(known: &Outcome) -> Form {
    let said = &known.written.said;
    Form::blank()
        .with("words", said.words.as_str())
        .with("area", said.area.code())
        .with("now", said.now.as_str())
        .with("hoped", said.hoped.as_str())
        .with("need", said.need.as_str())
}

/// What somebody else wrote since the form was opened; from then on it has been seen.
fn theirs(laid: &Laid, known: &Outcome, form: &Form) -> Option<[Markup; 2]> {
    let written = &known.written;
    if Sent::of(form).seen(laid.names()) >= written.entry {
        return None;
    }
    let said = &written.said;
    let rows = [
        SummaryRow::new(
            if laid.own { "What you want" } else { "What they want" },
            said.words.as_str(),
        ),
        SummaryRow::new("How it is now", said.now.as_str()),
        SummaryRow::new("How it would be", said.hoped.as_str()),
    ];
    Some([conflict(&written.author.name), SummaryList::new(rows).into()])
}

/// Says that somebody else changed what is being written.
pub(super) fn conflict(by: &str) -> Markup {
    let words = format!(
        "{by} changed this while you were writing. What they wrote is here, and yours is below. Look at \
         both, change yours if need be, and save again; or leave this page."
    );
    WarningText::new(words).into()
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    let of = of(&seat, id, &asked);
    form.needed(outcome::WORDS);
    let area = form.chosen("area", Area::named, "Choose what it is about");
    form.needed(outcome::NOW);
    form.needed(outcome::HOPED);
    if let (Some(area), true) = (area, form.is_sound()) {
        let value = |name: &str| form.value(name).to_owned();
        let wanted = Wanted {
            of: of.map(|of| (of, Sent::of(&form).seen(&seat.names(id)))),
            words: value("words"),
            area,
            need: value("need"),
            now: value("now"),
            hoped: value("hoped"),
        };
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            outcome::write(before.person, &wanted, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("{}?done=outcome", path(id))).into_response());
        }
    }
    view(&seat, id, of, form).await
}

/// Asks what became of it.
pub async fn ask_end(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view_end(&seat, id, entry, &Form::blank()).await
}

async fn view_end(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let laid = open_to_write(seat, id).await?;
    let known = laid.readable.plan.outcome(entry).ok_or(Failure::NotFound)?;
    let page = seat.page("What became of it?", "").back(path(id));
    let words = format!("‘{}’", known.written.said.words);
    if let Some(ended) = &known.ended {
        let by = format!("{} ended this on {}.", ended.author.name, ended.on.in_words());
        return Tell::new(page).part(paragraph(&words)).part(paragraph(&by)).show_with(form);
    }
    let open = laid.readable.plan.serving(entry).filter(|action| action.open()).count();
    let left = match open {
        0 => "Nothing is still to be done for it.".to_owned(),
        1 => "1 thing is still to be done for it. It will not be asked for any more.".to_owned(),
        many => format!(
            "{many} things are still to be done for it. They will not be asked for any more."
        ),
    };
    let whose = if laid.own { "your" } else { "their" };
    let ends = Choice::each(OutcomeEnd::ALL);
    Ask::new(page, format!("{}/outcome/{}/end", path(id), laid.called(entry)), "End it")
        .before(paragraph(&words))
        .before(paragraph(&left))
        .seen(laid.record.last_seen())
        .part(
            Radios::new("end", "What became of it?", ends)
                .heading(Heading::Small)
                .small()
                .filled(form),
        )
        .part(
            Textarea::new("words", format!("In {whose} words (why, where it is no longer wanted)"))
                .rows(3)
                .filled(form),
        )
        .show(form)
}

/// Ends it.
pub async fn end(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WritePlan)?;
    let end = form.chosen("end", OutcomeEnd::named, "Choose what became of it");
    if let Some(end) = end {
        let words = form.value("words").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            outcome::end(before.person, entry, end, &words, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("{}?done=ended", path(id))).into_response());
        }
    }
    view_end(&seat, id, entry, &form).await
}
