//! Signing in and out.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{FromRef, FromRequestParts, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::address::Address;
use crate::components::{Button, Details, Markup, SummaryList, SummaryRow, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::gate::{DemoSignIn, Gate};
use crate::page::{self, Page};
use crate::posted::{Asked, Posted};
use crate::session::{Session, safe_next};
use crate::threads::off_thread;
use crate::visitor::{Visitor, clear_cookie, set_cookie};

/// The page on which people sign in.
#[derive(Template)]
#[template(path = "layout/sign-in.html")]
struct SignInPage {
    page: Page,
    form: Form,
    demo: Vec<DemoSignIn>,
    next: String,
}

/// The routes, for a service whose state holds the gate.
pub fn routes<S>() -> Router<S>
where
    Gate: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    Router::new().route("/sign-in", get(ask).post(sign_in)).route("/sign-out", post(sign_out))
}

async fn ask(
    State(gate): State<Gate>,
    visitor: Visitor,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let next = safe_next(asked.value("next")).to_owned();
    if Session::of(&gate, visitor.clone()).await?.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let page = gate.page(&visitor, "Sign in");
    let page =
        if asked.has("done", "signed-out") { page.done("You have signed out") } else { page };
    page::show(&view(&gate, page, Form::blank(), next))
}

async fn sign_in(
    State(gate): State<Gate>,
    visitor: Visitor,
    from: From,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let next = safe_next(form.value("next")).to_owned();
    let login = form.required("login", "Enter your sign-in name");
    // Spaces are part of a password.
    let password = Some(form.value("password").to_owned()).filter(|text| !text.is_empty());
    if password.is_none() {
        form.wrong("password", "Enter your password");
    }
    if let (Some(login), Some(password)) = (login, password) {
        if let Some(to) = try_sign_in(&gate, &visitor, from.0, login, password).await? {
            return Ok(([(header::SET_COOKIE, to)], Redirect::to(&next)).into_response());
        }
        form.wrong("login", "The sign-in name or the password is not right");
    }
    let page = gate.page(&visitor, "Sign in").errors(&form);
    page::again(&view(&gate, page, form, next))
}

/// The cookie of the new session, if name and password belong together.
async fn try_sign_in(
    gate: &Gate,
    visitor: &Visitor,
    from: Address,
    login: String,
    password: String,
) -> Result<Option<axum::http::HeaderValue>, Failure> {
    gate.attempts.begin(&login, from, gate.now())?;
    let (keeper, name) = (Arc::clone(&gate.keeper), login.clone());
    let account = off_thread(move || keeper.account(&name)).await?;
    let hash = account.as_ref().map(|account| account.password.clone());
    let right = gate.passwords.check(password, hash).await?;
    let Some(account) = account.filter(|_| right) else { return Ok(None) };
    gate.attempts.succeeded(&login, from);
    let token = Session::begin(gate, account.user, &visitor.token).await?;
    Ok(Some(set_cookie(&token, gate.https())))
}

async fn sign_out(
    State(gate): State<Gate>,
    session: Session,
    _: Posted,
) -> Result<Response, Failure> {
    session.end().await?;
    let cookie = [(header::SET_COOKIE, clear_cookie(gate.https()))];
    Ok((cookie, Redirect::to("/sign-in?done=signed-out")).into_response())
}

fn view(gate: &Gate, page: Page, form: Form, next: String) -> SignInPage {
    SignInPage { page, form, demo: gate.demo.clone(), next }
}

/// Where a request came from.
struct From(Address);

impl<S> FromRequestParts<S> for From
where
    Gate: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Ok(Self(Address::of(parts, Gate::from_ref(state).reached)))
    }
}

/// What to type, for those who would rather.
fn typed(sign_in: &DemoSignIn) -> Details {
    let rows = [
        SummaryRow::new("Sign-in name", sign_in.login.as_str()),
        SummaryRow::new("Password", sign_in.password.as_str()),
    ];
    Details::new("Sign-in name and password", Markup::from(SummaryList::new(rows).no_lines()))
}
