//! Deciding whether somebody's needs are eligible: what the team found, outcome by outcome; what only a
//! person can judge; the law's working of both; one decision.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::Ground;
use care::assess::eligibility::decide;
use care::assess::register::OnRegister;
use care::record::fact::assess::FormKind;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::actor::Refusal;
use care::who::role::Right;
use law::eligibility::{Answer, Area, Case, Found, Judgement, Who, answer};

use super::basis::{Basis, Judged, Looked, looked_at};
use super::{MEANWHILE, as_read, either, ground, yes_or_no};
use crate::ask::{Ask, heading, inline_link, link, list, note_refusal, paragraph};
use crate::assess::laid::{Laid, may_see, readable};
use crate::changing::{Changed, From, Sent};
use crate::components::{Button, Checkboxes, Choice, InsetText, Markup, Table, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

const LOOKED_AT: &str = "the needs, to decide on eligibility";

/// Asks for the judgement that nothing computes.
pub async fn ask(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    seat.require(Right::DecideEligibility)?;
    view(&seat, id, Who::named(asked.value("who")), Form::blank(), None).await
}

fn has(person: &Person, seat: &Seat) -> bool {
    let own = seat.actor.person == Some(person.id);
    person.begun.is_some() && !own && may_see(FormKind::Assessment, seat)
}

/// Shows what follows from what was judged, or decides.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::DecideEligibility)?;
    let who = Who::named(asked.value("who")).unwrap_or(Who::Adult);
    let judged = judged(&mut form, &seat.actor.name);
    if form.value("do") == "show" || !form.is_sound() {
        return view(&seat, id, Some(who), form, None).await;
    }
    let (app, words) = (seat.app.clone(), form.value("words").to_owned());
    let as_sent = Sent::of(&form);
    let changed = seat.change(id, From::Within, as_sent, move |before, asking| {
        let register = OnRegister::default();
        let folded = readable(id, before.entries);
        let ground = ground(&app.place, &folded, &register);
        let read = (id, before.entries);
        let basis = as_read(&app.place, read, as_sent.seen(&app.names.of_person(id)), |ground| {
            Basis::of(who, ground, asking.today)
        })?;
        let rests_on = basis.rests_on.clone();
        let case = basis.judged(judged.clone(), &asking.actor.name);
        decide(before.person, case, &words, rests_on, &ground, asking)
    });
    match changed.await? {
        Changed::Kept | Changed::Again => {
            let to = format!("/person/{id}/eligibility/letter?done=decided");
            Ok(Redirect::to(&to).into_response())
        }
        Changed::Refused(refusal) => view(&seat, id, Some(who), form, Some(refusal)).await,
        Changed::Conflict(_) => Err(Failure::Busy),
    }
}

/// What was judged, as far as it was.
fn judged(form: &mut Form, by: &str) -> Judged {
    let cause = found(form, ("cause", "cause-why"), by);
    let health = found(form, ("health", "health-why"), by);
    let reason = form.optional("significant-why");
    let significant = yes_or_no(form.value("significant"));
    let areas = form.values("areas").filter_map(Area::named).collect();
    let wellbeing = significant.map(|significant| Judgement {
        significant,
        areas,
        reason,
        by: Some(by.to_owned()),
    });
    let codes: Vec<String> = form
        .answers()
        .filter_map(|(name, _)| name.strip_prefix(REASON).map(str::to_owned))
        .collect();
    let reason = |code: String| {
        let words = form.optional(&format!("{REASON}{code}"))?;
        Some((code, words))
    };
    let reasons = codes.into_iter().filter_map(reason).collect();
    form.optional("words");
    Judged { cause, health, wellbeing, reasons }
}

fn found(form: &mut Form, (name, why): (&str, &str), by: &str) -> Option<Found> {
    let reason = form.optional(why);
    let found = yes_or_no(form.value(name))?;
    Some(Found { found, reason, by: Some(by.to_owned()) })
}

/// Why an outcome cannot be achieved, where nothing says so that the person may read.
const REASON: &str = "reason-";

/// What was typed of such reasons, a line each, to be copied where it could not be kept.
pub fn in_lines(form: &Form) -> String {
    let reasons = form.answers().filter_map(|(name, said)| {
        let code = name.strip_prefix(REASON).filter(|_| !said.trim().is_empty())?;
        Some(format!("{}: {}\n", code.replace('-', " "), said.trim()))
    });
    reasons.collect()
}

async fn view(
    seat: &Seat,
    id: PersonId,
    who: Option<Who>,
    mut form: Form,
    refused: Option<Refusal>,
) -> Result<Response, Failure> {
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let who = who.unwrap_or_else(|| whose(&ground, seat));
    let basis = Basis::of(who, &ground, seat.today);
    if let (false, Case::Carer(case)) = (seat.posted, &basis.case) {
        let risk = case.health_at_risk.as_ref();
        form = risk
            .into_iter()
            .fold(form, |form, risk| form.with("health", if risk.found { "yes" } else { "no" }));
    }
    let case = basis.clone().judged(judged(&mut form.clone(), &seat.actor.name), &seat.actor.name);
    let answer = answer(&case);
    if let Some(refused) = refused {
        note(&mut form, &refused, &case, &answer);
    }
    let title = match who {
        Who::Adult => format!("Is {} eligible for care and support?", laid.given()),
        Who::Carer => format!("Is {} eligible for support as a carer?", laid.given()),
    };
    let page = seat.page(title, "").back(format!("{}/assessment", laid.path()));
    let action = format!("{}/eligibility?who={}", laid.path(), who.code());
    let mut ask = Ask::new(page, action, "Decide").seen(laid.record.last_seen());
    for part in what_was_found(seat, &laid, who, &basis) {
        ask = ask.before(part);
    }
    for part in so_far(&answer) {
        ask = ask.before(part);
    }
    questions(who, &basis, &form).into_iter().fold(ask, Ask::part).show(&form)
}

/// Whose needs, where nobody said: a carer's where only their form was judged.
fn whose(ground: &Ground<'_>, seat: &Seat) -> Who {
    let judged = |who| !Basis::of(who, ground, seat.today).rests_on.is_empty();
    if !judged(Who::Adult) && judged(Who::Carer) { Who::Carer } else { Who::Adult }
}

/// Puts what the law still asks beside the fields that answer it.
fn note(form: &mut Form, refused: &Refusal, case: &Case, answer: &Answer) {
    let open: Vec<_> = answer.outcome.asks.iter().filter(|ask| ask.must_answer).collect();
    let stale = matches!(refused, Refusal::NotNow(why) if why == MEANWHILE);
    if stale || open.is_empty() {
        return note_refusal(form, refused);
    }
    let needs = looked_at(case);
    for ask in open {
        let at = ask.about.strip_prefix("outcomes[").and_then(|rest| rest.strip_suffix("].reason"));
        let need = at.and_then(|at| needs.get(at.parse::<usize>().ok()?));
        let field = match (ask.about.as_ref(), need) {
            (_, Some(need)) => format!("{REASON}{}", need.code),
            ("cause" | "necessaryCare", _) => "cause".to_owned(),
            ("cause.reason" | "necessaryCare.reason", _) => "cause-why".to_owned(),
            ("healthAtRisk", _) => "health".to_owned(),
            ("healthAtRisk.reason", _) => "health-why".to_owned(),
            ("wellbeing", _) => "significant".to_owned(),
            ("wellbeing.areas", _) => "areas".to_owned(),
            ("wellbeing.reason", _) => "significant-why".to_owned(),
            _ => {
                form.wrong_form(ask.question.as_ref());
                continue;
            }
        };
        form.wrong(&field, ask.question.as_ref());
    }
}

/// What the team found, and whose words it is in.
fn what_was_found(seat: &Seat, laid: &Laid, who: Who, basis: &Basis) -> Vec<Markup> {
    let mut parts = vec![paragraph(
        "What the team found in the assessment is laid beside the law’s three questions. You judge what \
         only a person can, below; the decision follows from both. The person gets a letter that says \
         why, and what to do if they do not agree.",
    )];
    let earlier = laid.readable.decisions.eligibility.iter().rev();
    parts.extend(earlier.map(|told| {
        let (what, on) = (told.said.determination.in_words(), told.on.in_words());
        let text = format!("The letter of {on}: {what}");
        link(&text, &format!("{}/letter/{}", laid.path(), laid.called(told.entry)))
    }));
    let (other, words) = match who {
        Who::Adult => (Who::Carer, "Decide on their own support as a carer instead"),
        Who::Carer => (Who::Adult, "Decide on their own care and support instead"),
    };
    parts.push(link(words, &format!("{}/eligibility?who={}", laid.path(), other.code())));
    parts.push(heading("What the team found"));
    let looked = looked_at(&basis.case);
    if looked.is_empty() {
        let none = "Nobody has judged yet what they can manage. It is judged in the assessment, part \
                    by part.";
        parts.push(InsetText::new(none).into());
        return parts;
    }
    let help = match who {
        Who::Adult => "As if no carer helped. The person’s own words stand beside each judgement.",
        Who::Carer => "The carer’s own words stand beside each judgement.",
    };
    parts.push(paragraph(help));
    let table = Table::new(["Outcome", "Found", "By whom"]).hidden_caption("What the team found");
    let table = looked.iter().fold(table.first_is_header().stacks(), |table, one| {
        table.row([Markup::from(one.label), found_in_words(one), by_whom(seat, laid, basis, one)])
    });
    parts.push(table.into());
    parts
}

fn found_in_words(one: &Looked) -> Markup {
    let mut lines: Vec<String> = one.ways.iter().map(|(_, label)| (*label).to_owned()).collect();
    if lines.is_empty() {
        lines.push("They manage it".to_owned());
    }
    lines.extend(one.reason.iter().map(|reason| format!("Why: {reason}")));
    if one.carer_meets {
        lines.push("A carer is willing and able to meet it".to_owned());
    }
    list(lines)
}

fn by_whom(seat: &Seat, laid: &Laid, basis: &Basis, one: &Looked) -> Markup {
    let Some(source) = basis.sources.get(one.code) else { return Markup::from("Not known") };
    let role = seat.app.place.role_title(&source.role);
    let mut lines = vec![paragraph(&format!("{}, {role}, {}", source.by, source.on.in_words()))];
    if source.confided {
        lines.push(paragraph("The reason was not written for the person to read: it is left out."));
    }
    let href = format!("{}/form/{}/{}", laid.path(), source.form, source.section);
    lines.push(inline_link(&format!("All that was said: {}", one.label), &href));
    Markup::join(lines)
}

/// The law's working of what is known so far.
fn so_far(answer: &Answer) -> Vec<Markup> {
    let table = Table::new(["What the law looks at", "Found", "Why", "Rule"])
        .caption("The law’s working, so far")
        .first_is_header()
        .stacks();
    let table = answer.lines.iter().fold(table, |table, line| {
        let because = line.because.as_str();
        table.row([line.label.as_ref(), line.finding.as_ref(), because, line.rule.cite])
    });
    let open: Vec<String> =
        answer.outcome.asks.iter().map(|ask| ask.question.clone().into_owned()).collect();
    let mut parts = vec![table.into()];
    if !open.is_empty() {
        parts.extend([heading("Still open"), list(open)]);
    }
    parts
}

fn questions(who: Who, basis: &Basis, form: &Form) -> Vec<Markup> {
    let mut parts = vec![heading("What you judge")];
    parts.push(paragraph(
        "Nothing works this out for you. Write your reasons as you would say them to the person: \
         they are given them in a letter.",
    ));
    for one in basis.without_reason() {
        let name = format!("{REASON}{}", one.code);
        let ask = format!("{}: why can they not do it?", one.label);
        parts.push(Textarea::new(name, ask).rows(2).filled(form).into());
    }
    let (cause, why) = match who {
        Who::Adult => (
            "Do the needs come from an impairment or illness, or are they related to one?",
            "Which, and how do you know?",
        ),
        Who::Carer => (
            "Do the needs come from giving care that the adult needs?",
            "What care, and why does the adult need it?",
        ),
    };
    parts.push(either("cause", cause, form));
    parts.push(
        Textarea::new("cause-why", why).hint("No diagnosis is needed.").rows(2).filled(form).into(),
    );
    if who == Who::Carer {
        let asked = "Is their physical or mental health getting worse, or at risk of it?";
        parts.push(either("health", asked, form));
        let why = Textarea::new("health-why", "What shows it?").rows(2).filled(form);
        parts.push(why.into());
    }
    let asked = "Is there, or is there likely to be, a significant impact on their wellbeing?";
    parts.push(either("significant", asked, form));
    let areas = Choice::each(Area::ALL);
    parts.push(
        Checkboxes::new("areas", "On which parts of it?", areas)
            .hint("If there is one. Choose all that are so.")
            .small()
            .filled(form)
            .into(),
    );
    parts
        .push(Textarea::new("significant-why", "Why do you judge so?").rows(3).filled(form).into());
    parts.push(
        Textarea::new("words", "What the person is told besides")
            .hint(
                "Where no need is eligible: what can help instead, and what can stop things from \
                 getting worse. It must then be written.",
            )
            .rows(4)
            .filled(form)
            .into(),
    );
    let show = Button::new("Show what follows, and decide nothing yet").secondary();
    parts.push(show.sends("do", "show").into());
    parts
}

/// The ways from the assessment to what is decided on it.
pub fn ways(seat: &Seat, laid: &Laid) -> Vec<(String, String)> {
    let mut ways = Vec::new();
    if seat.actor.role.may(Right::DecideEligibility) && has(&laid.readable, seat) {
        let words = "Decide on eligibility".to_owned();
        ways.push((words, format!("{}/eligibility", laid.path())));
    }
    if !laid.readable.decisions.eligibility.is_empty() && may_see(FormKind::Assessment, seat) {
        let words = "What was decided on eligibility".to_owned();
        ways.push((words, format!("{}/eligibility/letter", laid.path())));
    }
    ways
}
