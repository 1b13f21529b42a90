//! NHS continuing healthcare within the assessment: what the marks of a checklist say, with what happens
//! next; or why none is done. Nobody here decides who is eligible: the integrated care board does.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::chc::{self, NOT_DONE, done, gather, not_done};
use care::assess::prompt::reasons;
use care::record::entry::EntryNumber;
use care::record::fact::assess::{FormKind, Prompt};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::assessment::BegunForm;
use law::chc::{Answer, Dates, Occasion, Threshold, answer};
use law::day::Day;

use super::{as_read, ground, works_here};
use crate::ask::{Ask, Tell, heading, link, list, paragraph};
use crate::assess::laid::{Laid, may_write, readable};
use crate::assess::others::because;
use crate::changing::{From, Sent};
use crate::components::{
    Button, Checkboxes, Choice, DateInput, InsetText, Markup, Table, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "NHS continuing healthcare";

fn works(person: &Person, seat: &Seat) -> bool {
    works_here(person, seat) && may_write(FormKind::Chc, seat)
}

/// Why it is thought of; the way to the checklist; and the reason, where none is done.
pub async fn ask_none(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view_none(&seat, id, &Form::blank()).await
}

async fn view_none(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    let laid = Laid::open(seat, id, LOOKED_AT, works).await?;
    let path = laid.path();
    let page = seat.page("NHS continuing healthcare", "").back(format!("{path}/decisions"));
    let mut ask = Ask::new(page, format!("{path}/chc"), "No checklist is done, for this reason")
        .before(paragraph(
            "Some people with great health needs have all their care paid by the NHS. A checklist says \
             whether they should be looked at for it: its threshold is low, and only the integrated \
             care board decides. Do one, or say why none is done: the person is told the reason.",
        ))
        .before(heading("Why to think of it now"))
        .before(why(&laid, seat));
    let earlier = earlier(&laid);
    if !earlier.is_empty() {
        ask = ask.before(heading("What came of it before"));
    }
    for part in earlier {
        ask = ask.before(part);
    }
    if let Some(begun) = under_way(&laid) {
        let href = format!("{path}/form/{}", laid.called(begun.begun.entry));
        ask = ask.before(Button::link("Go on with the checklist", href));
    } else if let Some(form) = seat.app.place.forms.of_kind(FormKind::Chc) {
        let href = format!("{path}/begin?form={}", form.id);
        ask = ask.before(Button::link("Begin a checklist", href));
    }
    let occasions = Choice::each(Occasion::ALL);
    ask.part(heading("If no checklist is done"))
        .part(
            Checkboxes::new("occasions", "Why was it thought of?", occasions).small().filled(form),
        )
        .part(
            Textarea::new("reason", "Why is none done?")
                .hint("In words that the person can read: they are told it, and can ask for one.")
                .rows(3)
                .filled(form),
        )
        .part(again("When is it thought of again? (optional)", form))
        .show(form)
}

fn again(question: &str, form: &Form) -> Markup {
    DateInput::new("again-by", question)
        .hint("It is put on somebody’s list for that day. At most a year from today.")
        .filled(form)
        .into()
}

/// What the record says that calls for it: open prompts, and the answers that stand.
fn why(laid: &Laid, seat: &Seat) -> Markup {
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let prompted = laid.readable.assessment.prompted.iter();
    let open =
        prompted.filter(|one| one.prompted.said.prompt == Prompt::Chc && one.answered.is_none());
    let mut lines: Vec<String> = open.map(because).collect();
    for (reason, _) in reasons(Prompt::Chc, &ground) {
        if !lines.contains(&reason) {
            lines.push(reason);
        }
    }
    if lines.is_empty() {
        return paragraph("Nothing on the record calls for it. You can think of it all the same.");
    }
    list(lines)
}

fn earlier(laid: &Laid) -> Vec<Markup> {
    let earlier = laid.readable.decisions.chc.iter().rev();
    let line = earlier.map(|told| {
        let what = match told.said.threshold {
            Some(threshold) => threshold.in_words(),
            None => "No checklist was done",
        };
        let text = format!("The letter of {}: {what}", told.on.in_words());
        link(&text, &format!("{}/letter/{}", laid.path(), laid.called(told.entry)))
    });
    line.collect()
}

fn under_way(laid: &Laid) -> Option<&BegunForm> {
    let begun = laid.readable.assessment.begun.iter().rev();
    begun
        .filter(|one| one.begun.said.purpose == FormKind::Chc)
        .find(|one| one.ended.is_none() && !considered(laid, one.begun.entry))
}

fn considered(laid: &Laid, occasion: EntryNumber) -> bool {
    laid.readable.decisions.chc.iter().any(|told| told.said.occasion == Some(occasion))
}

/// Keeps that none is done, and why.
pub async fn write_none(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let reason = form.needed(NOT_DONE);
    let again = form.date("again-by", "the day");
    if let (Some(reason), true) = (reason, form.is_sound()) {
        let app = seat.app.clone();
        let occasions: Vec<Occasion> =
            form.values("occasions").filter_map(Occasion::named).collect();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let folded = readable(id, before.entries);
            let register = care::assess::register::OnRegister::default();
            let ground = ground(&app.place, &folded, &register);
            not_done(before.person, &reason, occasions.clone(), again, &ground, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/decisions?done=chc");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view_none(&seat, id, &form).await
}

/// What the marks of a checklist say, before it is recorded.
pub async fn ask(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view(&seat, id, entry, Form::blank()).await
}

async fn view(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    mut form: Form,
) -> Result<Response, Failure> {
    let has = move |person: &Person, seat: &Seat| {
        let begun = person.assessment.form_begun(entry);
        begun.is_some_and(|one| one.begun.said.purpose == FormKind::Chc) && works(person, seat)
    };
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let register = laid.outside.register();
    let case = chc::gather(entry, &laid.ground(&seat.app.place, &register), seat.today);
    let read = answer(&case);
    let form_path = format!("{}/form/{}", laid.path(), laid.called(entry));
    let page = seat.page("What the checklist says", "").back(&form_path);
    let (must, open) = asks(&read);
    let mut parts = vec![
        paragraph(
            "The letters that were marked in the form are read here. They say whether a full \
             assessment follows, and not who is eligible: only the integrated care board decides.",
        ),
        InsetText::new(reading(&read)).into(),
        working(&read),
    ];
    if !must.is_empty() {
        parts.extend([heading("To be answered in the form first"), list(must)]);
        parts.push(paragraph(
            "What was written there for professionals alone does not count: the person is given a copy.",
        ));
        parts.push(link("Write it in the form", &form_path));
        return parts.into_iter().fold(Tell::new(page), Tell::part).show_with(&form);
    }
    parts.push(heading("What happens next"));
    parts.push(list(read.outcome.prompts.iter().map(|one| one.rule.says.to_string())));
    if !open.is_empty() {
        parts.extend([heading("Still open"), list(open)]);
    }
    if !seat.posted && form.value("again-by-day").is_empty() {
        form = filled(form, proposed(&read, seat.today));
    }
    Ask::new(page, format!("{}/chc/{}", laid.path(), laid.called(entry)), "Record this")
        .seen(laid.record.last_seen())
        .before(Markup::join(parts))
        .part(
            DateInput::new(
                "received",
                "When did the integrated care board receive it? (if it has)",
            )
            .filled(&form),
        )
        .part(
            Textarea::new("words", "What the person is told besides (optional)")
                .rows(3)
                .filled(&form),
        )
        .part(again("When is it followed up?", &form))
        .show(&form)
}

/// The threshold reached: 28 days, in which the board is to decide. Otherwise three months.
fn proposed(read: &Answer, today: Day) -> Day {
    let marks = read.outcome.checklist.as_ref();
    let reached = marks.is_some_and(|read| read.threshold == Threshold::Reached);
    if reached { today.plus_days(28) } else { today.plus_months(3) }
}

fn filled(form: Form, day: Day) -> Form {
    let text = day.to_string();
    let mut parts = text.split('-');
    let mut part = || parts.next().unwrap_or_default().trim_start_matches('0').to_owned();
    let (year, month, day) = (part(), part(), part());
    form.with("again-by-day", day).with("again-by-month", month).with("again-by-year", year)
}

fn reading(read: &Answer) -> String {
    let marks = read.outcome.checklist.as_ref();
    marks.map_or_else(
        || Threshold::Incomplete.in_words().to_owned(),
        |marks| format!("The threshold: {}", marks.threshold.in_words()),
    )
}

/// What must be answered in the form; and what else is open.
fn asks(read: &Answer) -> (Vec<String>, Vec<String>) {
    let (must, open): (Vec<_>, Vec<_>) = read
        .outcome
        .asks
        .iter()
        .partition(|ask| ask.must_answer && ask.about.starts_with("checklist"));
    let words = |asks: Vec<&law::working::Question>| {
        asks.into_iter().map(|ask| ask.question.to_string()).collect()
    };
    (words(must), words(open))
}

fn working(read: &Answer) -> Markup {
    let table = Table::new(["What is looked at", "Found", "Why", "Rule"])
        .caption("How that is worked out")
        .first_is_header()
        .stacks();
    let table = read.lines.iter().fold(table, |table, line| {
        let because = line.because.as_str();
        table.row([line.label.as_ref(), line.finding.as_ref(), because, line.rule.cite])
    });
    table.into()
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let received = form.date("received", "the day the board received it");
    let again =
        form.required_date("again-by", "the day", "Enter the day on which this is followed up");
    if received.is_some_and(|day| day > seat.today) {
        form.wrong_date("received", "This day cannot be in the future");
    }
    if form.is_sound() {
        let (app, words) = (seat.app.clone(), form.value("words").to_owned());
        let as_sent = Sent::of(&form);
        let changed = seat.change(id, From::Within, as_sent, move |before, asking| {
            let read = (id, before.entries);
            as_read(&app.place, read, as_sent.seen(&app.names.of_person(id)), |ground| {
                gather(entry, ground, asking.today)
            })?;
            let folded = readable(id, before.entries);
            let register = care::assess::register::OnRegister::default();
            let ground = ground(&app.place, &folded, &register);
            let dates = Dates { notice_received: received, ..Dates::default() };
            done(before.person, entry, dates, again, &words, &ground, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/decisions?done=chc");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, entry, form).await
}
