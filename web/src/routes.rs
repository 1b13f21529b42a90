//! Every address of the service, and what answers it. Each is tried by every kind of user
//! (`tests/access/`).

use axum::Router;
use axum::routing::get;

use crate::app::App;
use crate::assess::decide::{self, all, capacity, chc, eligibility, made, risk};
use crate::assess::{self, authority, begin, end, form, hand, prompt, section};
use crate::carer::{self, card, code, link, linked};
use crate::find::{contact, coverage, found, invite, search, why};
use crate::first;
use crate::forms::Form;
use crate::fund::{self, ask_means, enter, letter as charge, means, weeks};
use crate::guides::{nhs, pay, support};
use crate::letter;
use crate::plan::{action, answer, emergency, moved, outcome, practice, print, scores, show};
use crate::record::{communication, looked, note, open, person, team};
use crate::review::{self, enablement, held, hold, meeting, meetings, message, programme, sooner};
use crate::{assets, security, sign_in, work};

/// The whole service.
pub fn service(app: App) -> Router {
    let gate = app.gate.clone();
    let router = found()
        .merge(assessed())
        .merge(planned())
        .merge(told_and_paid())
        .merge(reviewed())
        .merge(sign_in::routes())
        .with_state(app)
        .merge(assets::routes());
    security::protect(router, gate, further)
}

/// What is worth copying of a form whose room names its fields as it goes.
fn further(form: &Form) -> Vec<(String, &'static str)> {
    vec![
        (fund::in_lines(form), "Income, savings and costs"),
        (assess::in_lines(form), "Your answers, question by question"),
        (decide::in_lines(form), "Why they cannot do it, need by need"),
        (review::in_lines(form), "How each need is still met"),
    ]
}

/// A user's day, the front door, a person's record, and the guides.
fn found() -> Router<App> {
    Router::new()
        .route("/", get(first::show))
        .route("/me", get(first::me))
        .route("/me/answer", get(invite::ask_own_answer).post(invite::own_answer))
        .route("/work", get(work::show))
        .route("/area", get(work::area::show))
        .route("/letters", get(letter::team::show).post(letter::team::give))
        .route("/letters/print", get(letter::team::print))
        .route("/found", get(found::show))
        .route("/found/coverage", get(coverage::show))
        .route("/search", get(search::show))
        .route("/contact", get(contact::who::ask))
        .route("/contact/mine", get(contact::mine::show))
        .route("/contact/new", get(contact::described::ask).post(contact::described::record))
        .route("/contact/{person}", get(contact::known::ask).post(contact::known::record))
        .route("/person/{person}", get(person::show))
        .route("/person/{person}/open", axum::routing::post(open::open))
        .route("/person/{person}/opening/{entry}", get(open::ask_review).post(open::review))
        .route("/person/{person}/note", get(note::ask).post(note::write))
        .route("/person/{person}/note/{entry}/correct", get(note::ask_correct).post(note::correct))
        .route("/person/{person}/communication", get(communication::ask).post(communication::write))
        .route("/person/{person}/team", get(team::ask).post(team::write))
        .route("/person/{person}/team/add", get(team::ask_other).post(team::add))
        .route("/person/{person}/invite", get(invite::ask).post(invite::invite))
        .route("/person/{person}/answer", get(invite::ask_answer).post(invite::answer))
        .route(
            "/person/{person}/contact/{entry}",
            get(contact::answer::show).post(contact::answer::answer),
        )
        .route("/person/{person}/why", get(why::show))
        .route("/person/{person}/looked", get(looked::show))
        .route("/what-might-i-pay", get(pay::ask).post(pay::answer))
        .route("/could-i-get-support", get(support::ask).post(support::answer))
        .route("/could-the-nhs-pay", get(nhs::ask).post(nhs::answer))
}

/// What is assessed and decided, and carers.
fn assessed() -> Router<App> {
    Router::new()
        .route("/person/{person}/authority", get(authority::show))
        .route("/person/{person}/authority/record", get(authority::ask).post(authority::write))
        .route(
            "/person/{person}/authority/{entry}/end",
            get(authority::ask_end).post(authority::write_end),
        )
        .route("/person/{person}/assessment", get(form::show_assessment))
        .route("/person/{person}/form/{form}", get(form::show))
        .route("/person/{person}/form/{form}/{section}", get(section::ask).post(section::write))
        .route("/person/{person}/begin", get(begin::ask).post(begin::write))
        .route("/person/{person}/end/{entry}", get(end::ask).post(end::write))
        .route("/person/{person}/hand/{entry}", get(hand::ask).post(hand::write))
        .route("/person/{person}/prompt/{entry}", get(prompt::ask).post(prompt::write))
        .route("/person/{person}/eligibility", get(eligibility::ask).post(eligibility::write))
        .route("/person/{person}/eligibility/letter", get(letter::one::show_eligibility))
        .route("/person/{person}/decisions", get(all::show))
        .route("/person/{person}/capacity/{entry}", get(capacity::ask).post(capacity::write))
        .route("/person/{person}/decision/{entry}", get(made::ask).post(made::write))
        .route("/person/{person}/risk", get(risk::ask).post(risk::write))
        .route("/person/{person}/chc", get(chc::ask_none).post(chc::write_none))
        .route("/person/{person}/chc/{entry}", get(chc::ask).post(chc::write))
        .route("/person/{person}/caring", get(link::show))
        .route("/person/{person}/caring/offer", get(link::ask).post(link::write))
        .route("/person/{person}/caring/code", get(code::ask).post(code::write))
        .route("/person/{person}/caring/{entry}", get(link::ask_change).post(link::change))
        .route("/person/{person}/caring/{entry}/card", get(card::for_team))
        .route("/person/{person}/card", get(card::show))
        .route("/person/{person}/card/write", get(card::ask).post(card::write))
        .route("/person/{person}/shared", get(linked::show))
        .route("/person/{person}/shared/plan", get(carer::plan::ask).post(carer::plan::write))
}

/// The plan.
fn planned() -> Router<App> {
    Router::new()
        .route("/person/{person}/plan", get(show::show))
        .route("/person/{person}/plan/outcome", get(outcome::ask).post(outcome::write))
        .route(
            "/person/{person}/plan/outcome/{entry}/end",
            get(outcome::ask_end).post(outcome::end),
        )
        .route("/person/{person}/plan/action", get(action::ask).post(action::write))
        .route("/person/{person}/plan/action/{entry}", get(moved::ask).post(moved::write))
        .route("/person/{person}/plan/answer", get(answer::ask).post(answer::write))
        .route("/person/{person}/practice", get(practice::ask).post(practice::write))
        .route("/practice", get(practice::find))
        .route("/practice/{note}", get(practice::show).post(practice::withdraw))
        .route("/person/{person}/plan/scores", get(scores::ask).post(scores::write))
        .route("/person/{person}/plan/print", get(print::show))
        .route("/person/{person}/plan/emergency", get(emergency::show))
}

/// Letters, and money.
fn told_and_paid() -> Router<App> {
    Router::new()
        .route("/person/{person}/letters", get(letter::person::show))
        .route("/person/{person}/letter/{entry}", get(letter::one::show).post(letter::one::give))
        .route("/person/{person}/means", get(means::show))
        .route("/person/{person}/means/ask", get(ask_means::ask).post(ask_means::write))
        .route("/person/{person}/means/enter", get(enter::ask).post(enter::write))
        .route(
            "/person/{person}/means/decide/{entry}",
            get(fund::decide::ask).post(fund::decide::write),
        )
        .route("/person/{person}/means/letter", get(letter::one::show_charge))
        .route("/person/{person}/means/weeks", get(weeks::show))
        .route("/person/{person}/means/please-send", get(charge::please_send))
}

/// Reviews, enablement, meetings and messages.
fn reviewed() -> Router<App> {
    Router::new()
        .route("/person/{person}/review", get(hold::ask).post(hold::write))
        .route("/person/{person}/review/sooner", get(sooner::ask).post(sooner::write))
        .route("/person/{person}/reviews", get(held::show))
        .route("/person/{person}/enablement", get(enablement::ask).post(enablement::write))
        .route("/person/{person}/enablement/{entry}", get(programme::show))
        .route(
            "/person/{person}/enablement/{entry}/week",
            get(programme::ask_week).post(programme::write_week),
        )
        .route(
            "/person/{person}/enablement/{entry}/end",
            get(programme::ask_end).post(programme::write_end),
        )
        .route("/meetings", get(meetings::show))
        .route("/person/{person}/meeting", get(meeting::ask).post(meeting::write))
        .route("/person/{person}/meeting/{entry}", get(meeting::show).post(meeting::write_one))
        .route("/person/{person}/message", get(message::ask).post(message::write))
        .route("/person/{person}/message/{entry}", get(message::show).post(message::answer))
}
