//! Risk as a conversation: what could happen, as the person and the professional each see it, what is
//! done, what the person chooses, and when it is talked about again.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::risk::{NEEDED, Talk, talk};
use care::record::entry::{Audience, EntryNumber};
use care::record::fact::assess::{FormKind, Reply};
use care::record::fact::decision::{Harm, Likelihood, RiskTalked, View};
use care::record::ids::{PersonId, QuestionId};
use care::record::person::{Person, Told};
use care::who::role::Right;
use law::day::Day;

use super::deciders::{self, Deciders};
use super::works_here;
use crate::ask::{Ask, heading, paragraph};
use crate::assess::laid::Laid;
use crate::changing::{From, Sent};
use crate::components::{
    Choice, DateInput, Details, Heading, Markup, Radios, SummaryList, SummaryRow, TextInput,
    Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

const LOOKED_AT: &str = "risks that were talked about";

/// Asks what was talked about.
pub async fn ask(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let again = seat.names(id).read(asked.value("again"));
    view(&seat, id, again, Form::blank()).await
}

async fn view(
    seat: &Seat,
    id: PersonId,
    again: Option<EntryNumber>,
    mut form: Form,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let laid = Laid::open(seat, id, LOOKED_AT, works_here).await?;
    let risks = &laid.readable.decisions.risks;
    let last = again.and_then(|again| risks.iter().find(|told| told.entry == again));
    if let (Some(last), false) = (last, seat.posted) {
        form = form
            .with("decision", last.said.decision.as_str())
            .with("what", last.said.what.as_str())
            .with("worth", last.said.worth.as_str());
    } else if let (Some(own), false) = (own_view(&laid.readable), seat.posted) {
        form = form.with("person", own);
    }
    let mut action = format!("{}/risk", laid.path());
    if let Some(again) = again {
        action = format!("{action}?again={}", laid.called(again));
    }
    let page = seat.page(format!("Talk about a risk with {}", laid.given()), "");
    let page = page.back(format!("{}/decisions", laid.path()));
    let ask = Ask::new(page, action, "Keep this").before(paragraph(
        "A risk is talked about, and not scored. Write down what could happen, how each of you sees it, \
         what is done about it, and what is chosen. An unwise choice is allowed: it is kept as theirs. \
         You talk about it again on the day you agree, and they get a copy.",
    ));
    let ask = last.into_iter().fold(ask, |ask, last| ask.before(last_time(last)));
    questions(&laid, seat.today, &form).into_iter().fold(ask, Ask::part).show(&form)
}

/// What the person said of risks in the assessment, for everyone to read: not asked again.
fn own_view(person: &Person) -> Option<String> {
    let said = person.assessment.standing().rev().find_map(|writing| {
        let told = &writing.told;
        let open = told.said.purpose == FormKind::Assessment && told.audience == Audience::Everyone;
        writing.reply(&QuestionId::new("could-happen")).filter(|_| open)
    });
    match said? {
        Reply::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn last_time(last: &Told<RiskTalked>) -> Markup {
    let said = &last.said;
    let rows = [
        SummaryRow::new("How they saw it", view_in_words(&said.person)),
        SummaryRow::new("How the professional saw it", view_in_words(&said.professional)),
        SummaryRow::new("What was done", said.done.as_str()),
        SummaryRow::new("What was chosen", said.choice.as_str()),
    ];
    let summary = format!("Last time: {}, with {}", last.on.in_words(), last.author.name);
    Details::new(summary, SummaryList::new(rows)).into()
}

/// How somebody sees a risk, in a few sentences.
pub(super) fn view_in_words(view: &View) -> String {
    let mut parts = Vec::new();
    parts.extend(view.likelihood.map(|one| format!("{}.", one.in_words())));
    parts.extend(view.harm.map(|one| format!("{}.", one.in_words())));
    parts.push(view.words.clone());
    parts.join(" ")
}

fn questions(laid: &Laid, today: Day, form: &Form) -> Vec<Markup> {
    let given = laid.given();
    let mut parts: Vec<Markup> = vec![
        TextInput::new("decision", "What is there to choose?")
            .hint("For example: whether to go out alone.")
            .filled(form)
            .into(),
        Textarea::new("what", "What could happen?").rows(3).filled(form).into(),
        Textarea::new("worth", "What is it worth to them? (optional)").rows(3).filled(form).into(),
    ];
    let mut seen_by = |who: &str, name: &'static str, title: String, words: &'static str| {
        parts.push(heading(&title));
        let likely = Choice::each(Likelihood::ALL);
        let harm = Choice::each(Harm::ALL);
        let likely =
            Radios::new(format!("{name}-likelihood"), format!("How likely: {who}"), likely);
        parts.push(likely.heading(Heading::Small).small().filled(form).into());
        let harm = Radios::new(format!("{name}-harm"), format!("How bad it would be: {who}"), harm);
        parts.push(harm.heading(Heading::Small).small().filled(form).into());
        parts.push(Textarea::new(name, words).rows(3).filled(form).into());
    };
    let theirs = format!("as {given} sees it");
    seen_by(&theirs, PERSON, format!("As {given} sees it"), "In their own words");
    seen_by("as you see it", PROFESSIONAL, "As you see it".to_owned(), "What you know, and why");
    parts.extend([
        heading("What comes of it"),
        Textarea::new("done", "What is done about it, or that nothing is")
            .rows(3)
            .filled(form)
            .into(),
        Textarea::new("choice", "What is chosen, in their words?").rows(3).filled(form).into(),
        who_chooses(laid, today, form),
        DateInput::new("review-by", "When do you talk about it again?").filled(form).into(),
    ]);
    parts
}

const PERSON: &str = "person";
const PROFESSIONAL: &str = "professional";

/// Who chooses: the person; and for each decision that they were found unable to make, who may.
fn who_chooses(laid: &Laid, today: Day, form: &Form) -> Markup {
    let (person, given) = (&laid.readable, laid.given());
    let mut choices = vec![
        Choice::new(deciders::PERSON, format!("{given} does")),
        Choice::new(deciders::UNWISE, format!("{given} does, and others think it unwise")),
    ];
    for found in person.decisions.lacking() {
        for one in Deciders::of(laid.names(), person, found, today).may {
            choices.push(Choice::new(one.value, format!("‘{}’: {}", found.said.decision, one.who)));
        }
    }
    Radios::new(deciders::FIELD, "Who chooses?", choices)
        .heading(Heading::Small)
        .small()
        .filled(form)
        .into()
}

fn seen_as(form: &Form, name: &str) -> View {
    View {
        likelihood: Likelihood::named(form.value(&format!("{name}-likelihood"))),
        harm: Harm::named(form.value(&format!("{name}-harm"))),
        words: form.value(name).to_owned(),
    }
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::WriteAssessment)?;
    let again = seat.names(id).read(asked.value("again"));
    for needed in NEEDED {
        form.needed(needed);
    }
    let review_by =
        form.required_date("review-by", "the day", "Enter the day on which you talk again");
    if let (Some(review_by), true) = (review_by, form.is_sound()) {
        let (typed, names) = (form.clone(), seat.names(id));
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let value = |name: &str| typed.value(name).to_owned();
            let by = typed.value(deciders::FIELD);
            let kept = Talk {
                decision: value("decision"),
                what: value("what"),
                worth: value("worth"),
                person: seen_as(&typed, PERSON),
                professional: seen_as(&typed, PROFESSIONAL),
                done: value("done"),
                choice: value("choice"),
                decider: deciders::read(by, &names, before.person, asking.today)?,
                review_by,
                again,
            };
            talk(before.person, &kept, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/decisions?done=risk");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, again, form).await
}
