//! A decision, once it was looked at whether the person can make it: theirs, where they can; and where
//! they cannot, made by who has lawful authority for it, or in their best interests.

use axum::response::{IntoResponse, Redirect, Response};
use care::assess::authority::{self, Decider, Gathered};
use care::record::entry::EntryNumber;
use care::record::fact::decision::{CapacityAssessed, Conclusion, Made};
use care::record::ids::PersonId;
use care::record::person::decisions::Decisions;
use care::record::person::{Person, Told};
use care::who::actor::Refusal;
use care::who::role::Right;

use super::deciders::{self, Deciders, May};
use super::{as_read, either, in_query, works_here, yes_or_no};
use crate::ask::{Ask, Tell, heading, link, paragraph};
use crate::assess::laid::Laid;
use crate::changing::{From, Sent};
use crate::components::{DateInput, Markup, Radios, SummaryList, SummaryRow, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "a decision, and who makes it";

/// Asks what is decided, and by whom.
pub async fn ask(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view(&seat, id, entry, &Form::blank()).await
}

/// The finding that an entry is, or that the decision in it rests on: the last about that decision.
fn finding(decisions: &Decisions, entry: EntryNumber) -> Option<&Told<CapacityAssessed>> {
    let made = decisions.made.iter().find(|told| told.entry == entry);
    let decision = match made {
        Some(made) => &made.said.decision,
        None => &decisions.capacity_in(entry)?.said.decision,
    };
    decisions.capacity_for(decision)
}

async fn view(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    let has = move |person: &Person, seat: &Seat| {
        works_here(person, seat) && finding(&person.decisions, entry).is_some()
    };
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let found = finding(&laid.readable.decisions, entry).ok_or(Failure::NotFound)?;
    let said = &found.said;
    let page = seat.page(said.decision.as_str(), "").back(format!("{}/decisions", laid.path()));
    let before = what_was_found(&laid, found);
    if said.conclusion == Conclusion::Has {
        let ask = Ask::new(page, action(&laid, found), "Record their decision")
            .seen(laid.record.last_seen())
            .before(Markup::join(before))
            .part(
                Textarea::new("decided", "What did they decide, in their words?")
                    .rows(3)
                    .filled(form),
            )
            .part(either("unwise", "Do others think it unwise? It is theirs all the same.", form));
        return ask.show(form);
    }
    let deciders = Deciders::of(laid.names(), &laid.readable, found, seat.today);
    if deciders.may.is_empty() {
        let parts = before.into_iter().chain(deciders::nobody(&deciders, &laid.path()));
        return parts.fold(Tell::new(page), Tell::part).show_with(form);
    }
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let gathered = authority::gather(&said.decision, &ground);
    let mut ask = Ask::new(page, action(&laid, found), "Record this decision")
        .seen(laid.record.last_seen())
        .before(Markup::join(before))
        .before(Markup::join(from_form(&laid, said, &gathered)));
    for part in questions(deciders, &gathered, form) {
        ask = ask.part(part);
    }
    ask.show(form)
}

fn action(laid: &Laid, found: &Told<CapacityAssessed>) -> String {
    format!("{}/decision/{}", laid.path(), laid.called(found.entry))
}

/// What this is, what was found, and how to look again.
fn what_was_found(laid: &Laid, found: &Told<CapacityAssessed>) -> Vec<Markup> {
    let said = &found.said;
    let given = laid.given();
    let lead = match said.conclusion {
        Conclusion::Has => format!(
            "{given} can make this decision: it is theirs, also where others would decide otherwise. \
             Nobody can be recorded as making it for them."
        ),
        Conclusion::Lacks => format!(
            "{given} was found unable to make this decision. What they want still comes first. It is \
             made by who has lawful authority for it, on record and in date; where nobody has, in \
             their best interests. They get a letter, and it is looked at again."
        ),
    };
    let mut by = format!("{}, on {}", found.author.name, found.on.in_words());
    if let Some(until) = said.good_until {
        by = format!("{by}; to be relied on until {}", until.in_words());
    }
    let rows = [
        SummaryRow::new("About", said.matter.in_words()),
        SummaryRow::new("Found", said.conclusion.in_words()),
        SummaryRow::new("By", by),
    ];
    let path = laid.path();
    let about = in_query(&said.decision);
    vec![
        paragraph(&lead),
        SummaryList::new(rows).into(),
        link("The letter about it", &format!("{path}/letter/{}", laid.called(found.entry))),
        link("Assess it again", &format!("{path}/begin?form=capacity&about={about}")),
    ]
}

/// What the best-interests form says; or the way to one.
fn from_form(laid: &Laid, said: &CapacityAssessed, gathered: &Gathered) -> Vec<Markup> {
    let Some(occasion) = gathered.occasion else {
        let about = in_query(&said.decision);
        let href = format!("{}/begin?form=best-interests&about={about}", laid.path());
        let words =
            "For a weighty decision, begin the best-interests form, which several can write";
        return vec![link(words, &href)];
    };
    let yes = |yes: Option<bool>| yes.map(|yes| if yes { "Yes" } else { "No" }.to_owned());
    let rows = [
        ("What they want, and wanted before", gathered.wishes.clone()),
        ("Who was asked", gathered.consulted.clone()),
        ("The choices", gathered.options.clone()),
        ("Which restricts them least", gathered.least.clone()),
        ("Not free to leave, and always watched over", yes(gathered.deprives)),
        ("Somebody right to ask, who is not paid", yes(gathered.somebody)),
    ];
    let known = rows.into_iter().filter_map(|(key, value)| Some(SummaryRow::new(key, value?)));
    let href = format!("{}/form/{}", laid.path(), laid.called(occasion));
    vec![
        heading("What the best-interests form says"),
        paragraph("It is taken over from there. Below, only what it leaves open is asked."),
        SummaryList::new(known).into(),
        link("The best-interests form", &href),
    ]
}

fn questions(deciders: Deciders, gathered: &Gathered, form: &Form) -> Vec<Markup> {
    let Deciders { may, may_not } = deciders;
    let choices = may.into_iter().map(May::choice);
    let hint = if may_not.is_empty() {
        "Only who may decide this today is offered.".to_owned()
    } else {
        format!("Only who may decide this today is offered. {}.", may_not.join(". "))
    };
    let mut parts = vec![
        Radios::new(deciders::FIELD, "Who decides?", choices)
            .hint(hint)
            .small()
            .filled(form)
            .into(),
    ];
    let mut words = |missing: bool, area: Textarea| {
        if missing {
            parts.push(area.rows(3).filled(form).into());
        }
    };
    words(
        gathered.wishes.is_none(),
        Textarea::new(
            "wishes",
            "What do they want, now and before, and what would weigh with them?",
        ),
    );
    words(
        gathered.consulted.is_none(),
        Textarea::new("consulted", "Who was asked, and what did they say?"),
    );
    words(gathered.options.is_none(), Textarea::new("options", "Which choices were there?"));
    words(true, Textarea::new("decided", "What is decided?"));
    words(
        gathered.least.is_none(),
        Textarea::new("least", "Why this one, and how does it restrict them least?"),
    );
    if gathered.somebody.is_none() {
        let asked = "Is there somebody right to ask who is not paid to care for them?";
        parts.push(either("somebody", asked, form));
    }
    if gathered.deprives.is_none() {
        let asked =
            "Would they be under continuous supervision and control, and not free to leave?";
        parts.push(either("deprives", asked, form));
    }
    parts.push(
        DateInput::new("review-by", "When is it looked at again?")
            .hint("It is put on somebody’s list for that day. At most a year from today.")
            .filled(form)
            .into(),
    );
    parts
}

/// Records it.
pub async fn write(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    let review_by = form.date("review-by", "the day");
    if form.is_sound() {
        let decided = form.value("decided").to_owned();
        let (app, typed, as_sent) = (seat.app.clone(), form.clone(), Sent::of(&form));
        let changed = seat.change(id, From::Within, as_sent, move |before, asking| {
            // What the person is told of it rests on what whoever asks may read.
            let folded = Decisions::of(before.entries);
            let found = finding(&folded, entry).ok_or(Refusal::NoSuchEntry(entry))?;
            let said = &found.said;
            let (by, names) = (typed.value(deciders::FIELD), app.names.of_person(id));
            let theirs = by.is_empty() && said.conclusion == Conclusion::Has;
            let by = if theirs { deciders::PERSON } else { by };
            let Decider::For(lawful) = deciders::read(by, &names, before.person, asking.today)?
            else {
                let unwise = yes_or_no(typed.value("unwise"));
                let unwise = unwise.ok_or_else(|| Refusal::missing("unwise", "Choose yes or no"));
                // Where they were found unable this is refused before anything is asked.
                let unwise = if said.conclusion == Conclusion::Lacks { false } else { unwise? };
                let (decision, matter) = (&said.decision, said.matter);
                return authority::by_person(
                    before.person,
                    decision,
                    matter,
                    &decided,
                    unwise,
                    asking,
                );
            };
            if lawful.finding() != found.entry {
                return Err(deciders::unknown());
            }
            let read = (id, before.entries);
            let gathered = as_read(&app.place, read, as_sent.seen(&names), |ground| {
                authority::gather(&said.decision, ground)
            })?;
            let weighed = with_typed(gathered, &typed);
            authority::for_person(before.person, &lawful, &decided, &weighed, review_by, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/decisions?done=decided");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, entry, &form).await
}

/// What is gone by: what the form says; what it leaves open, as it was answered here.
fn with_typed(gathered: Gathered, form: &Form) -> Gathered {
    let words =
        |known: Option<String>, name: &str| known.or_else(|| Some(form.value(name).to_owned()));
    let yes = |known: Option<bool>, name: &str| known.or_else(|| yes_or_no(form.value(name)));
    Gathered {
        occasion: gathered.occasion,
        wishes: words(gathered.wishes, "wishes"),
        consulted: words(gathered.consulted, "consulted"),
        options: words(gathered.options, "options"),
        least: words(gathered.least, "least"),
        deprives: yes(gathered.deprives, "deprives"),
        somebody: yes(gathered.somebody, "somebody"),
    }
}

/// Who made a decision, in words, with the document that it rests on.
pub fn whose(made: &Made, decisions: &Decisions) -> String {
    match made {
        Made::Person { .. } => "the person".to_owned(),
        Made::BestInterests { .. } => {
            "those responsible, in the person’s best interests".to_owned()
        }
        Made::Holder { authority, .. } => match decisions.authority_in(*authority) {
            Some(known) => {
                let said = &known.recorded.said;
                let kind = said.authority.in_words().to_lowercase();
                format!("{} ({kind}; {})", said.holder, said.document)
            }
            None => "who holds authority for it".to_owned(),
        },
    }
}
