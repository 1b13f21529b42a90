//! What the person says to the plan, as it stands before them: by signing in themself, or written down by
//! somebody who works with them as they said it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::authority::Decider;
use care::plan::agree::{DECISION, Said, answer};
use care::record::fact::plan::{Agreement, Way};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::role::{Part, Right};
use law::day::Day;

use super::told::Telling;
use super::{open_to_write, path, sections};
use crate::ask::{Ask, Tell, link, paragraph};
use crate::assess::Laid;
use crate::assess::decide::deciders::{self, Deciders, May};
use crate::changing::{From, Sent};
use crate::components::{Choice, Heading, Markup, Radios, TextInput, Textarea, WarningText};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::Posted;
use crate::seat::Seat;

/// Asks what they say.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, Form::blank()).await
}

/// Whoever writes down what somebody says must be able to see whether that somebody can decide it.
fn require(seat: &Seat, id: PersonId) -> Result<(), Failure> {
    seat.require(Right::WritePlan)?;
    let own = seat.actor.person == Some(id);
    if own || seat.actor.role.sees(Part::Assessment) { Ok(()) } else { Err(Failure::NotFound) }
}

async fn view(seat: &Seat, id: PersonId, mut form: Form) -> Result<Response, Failure> {
    require(seat, id)?;
    let laid = open_to_write(seat, id).await?;
    let own = laid.own;
    let given = laid.given();
    let title = if own {
        "Do you agree with your plan?".to_owned()
    } else {
        format!("Does {given} agree with the plan?")
    };
    let page = seat.page(title, "").back(path(id));
    let plan = &laid.readable.plan;
    if !plan.can_be_answered() {
        let words = "There is no plan yet to agree to: it needs something that the person wants, and \
                     something that is done for it.";
        return Tell::new(page).part(paragraph(words)).show_with(&form);
    }
    let deciders = Deciders::for_decision(laid.names(), &laid.readable, DECISION, seat.today);
    if let Some(all) = deciders.as_ref().filter(|_| own) {
        return theirs_for_now(page, &laid, all);
    }
    if let Some(none) = deciders.as_ref().filter(|all| all.may.is_empty()) {
        let parts = deciders::nobody(none, &laid.path());
        return parts.into_iter().fold(Tell::new(page), Tell::part).show_with(&form);
    }
    let deciders = match deciders {
        None => vec![Choice::new(deciders::PERSON, format!("{given} does"))],
        Some(all) => all.may.into_iter().map(May::choice).collect(),
    };
    let mut ask = Ask::new(page, format!("{}/answer", path(id)), "Keep this answer")
        .seen(laid.record.last_seen());
    if seat.posted && Sent::of(&form).seen(laid.names()) < plan.changed {
        // Nobody agrees to what they have not seen: they answer anew.
        form = form.without("answer");
        let words = "The plan has changed since you opened this page. It stands below as it is now. \
                     Read it, then answer. What you wrote is still here.";
        ask = ask.before(WarningText::new(words));
    }
    ask = ask.before(paragraph(if own {
        "It is your plan. You can agree with all of it, with part of it, or with none. Whatever you \
         say, nobody takes help away because of it."
    } else {
        "Go through the plan with them. Write down what they say, as they say it. A part they do not \
         agree with is talked about again."
    }));
    let telling = Telling { seat, laid: &laid, ways: false };
    let plan = telling.answered().into_iter().chain(telling.outcomes());
    for part in plan.chain(sections::parts(&telling)) {
        ask = ask.before(part);
    }
    let parts = questions(own, &given, deciders, &form);
    parts.into_iter().fold(ask, Ask::part).show(&form)
}

/// Whether the person was found unable to answer their plan, and that can be relied on today.
pub fn unable(person: &Person, today: Day) -> bool {
    deciders::found_unable(person, DECISION, today).is_some()
}

/// What it means for the person that somebody else answers, in plain words, and what they can do.
fn theirs_for_now(
    page: crate::page::Page,
    laid: &Laid,
    deciders: &Deciders,
) -> Result<Response, Failure> {
    let who = if deciders.may.is_empty() {
        "Your team is finding out who can answer for you."
    } else {
        "Somebody who knows you, and who the law says may do so, answers for you."
    };
    let path = laid.path();
    Tell::new(page)
        .part(paragraph(
            "Somebody talked with you about this plan. They think that it is too hard for you to \
             decide about it just now.",
        ))
        .part(paragraph(who))
        .part(paragraph(
            "It is still your plan. What you want counts, and your team must listen to you. Tell them \
             what you like about it, and what you do not like.",
        ))
        .part(paragraph("If you think that you can decide it, tell them. They look at it again."))
        .part(link("Write to those who work with you", &format!("{path}/message")))
        .part(link("Ask for a review", &format!("{path}/review/sooner")))
        .show()
}

fn questions(own: bool, given: &str, deciders: Vec<Choice>, form: &Form) -> Vec<Markup> {
    let (asked, words, with) = if own {
        (
            "What do you say to it?".to_owned(),
            "Which part is not right, and what would be? Or anything else you want to say",
            "Was somebody with you? (optional)",
        )
    } else {
        (
            format!("What does {given} say to it?"),
            "In their words. If they do not agree with all of it: which part, and why",
            "Who was with them, because they wished it? (optional)",
        )
    };
    let answers = Agreement::ALL.iter().map(|one| {
        let text = match (own, one) {
            (true, one) => one.in_words(),
            (false, Agreement::Agrees) => "Agrees with it",
            (false, Agreement::InPart) => "Agrees with part of it",
            (false, Agreement::Disagrees) => "Does not agree with it",
        };
        Choice::new(one.code(), text)
    });
    let answers = Radios::new("answer", asked, answers).heading(Heading::Small);
    let mut parts: Vec<Markup> = vec![
        answers.small().filled(form).into(),
        Textarea::new("words", words).rows(4).filled(form).into(),
    ];
    if !own {
        let ways = Choice::each(Way::ALL.iter().filter(|way| **way != Way::SignedIn));
        parts.push(
            Radios::new("way", "How did they say it?", ways)
                .heading(Heading::Small)
                .small()
                .filled(form)
                .into(),
        );
        parts.push(deciders::question("Who answers?", deciders, form));
    }
    parts.push(TextInput::new("with", with).filled(form).into());
    parts
}

/// Keeps what was said.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    require(&seat, id)?;
    let own = seat.actor.person == Some(id);
    let said = form.chosen("answer", Agreement::named, "Choose what is said to the plan");
    let way = if own {
        Some(Way::SignedIn)
    } else {
        form.chosen("way", Way::named, "Choose how it was said")
    };
    if let (Some(said), Some(way)) = (said, way) {
        let (typed, names) = (form.clone(), seat.names(id));
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let decider = if own {
                Decider::Person { unwise: false }
            } else {
                deciders::read(typed.value(deciders::FIELD), &names, before.person, asking.today)?
            };
            let said = Said {
                seen: Sent::of(&typed).seen(&names),
                answer: said,
                words: typed.value("words").to_owned(),
                way,
                with: typed.value("with").to_owned(),
                decider,
            };
            answer(before.person, &said, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("{}?done=answered", path(id))).into_response());
        }
    }
    view(&seat, id, form).await
}
