//! The page of a failure: every empty answer of 400 and above, dressed.

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::components::Markup;
use crate::error::Failure;
use crate::page::Page;
use crate::unsaved::Unsaved;

/// The page of a failure.
#[derive(Template)]
#[template(path = "layout/failure.html")]
struct FailurePage {
    page: Page,
    sentences: Vec<String>,
    reference: Option<String>,
    sign_in: bool,
    unsaved: Option<Markup>,
}

/// Dresses every bare answer of 400 and above as a page; the place's name is the state. An address
/// that cannot be read (400) leads nowhere, like any other that is not there.
pub async fn pages(place: String, demo: bool, request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    if response.status() == StatusCode::BAD_REQUEST {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let status = response.status();
    let has_page = response.headers().get(header::CONTENT_TYPE).is_some_and(is_html);
    let bare = (status.is_client_error() || status.is_server_error()) && !has_page;
    if !bare || is_head {
        return response;
    }
    let failure = response.extensions().get::<Failure>().cloned();
    let failure = failure.unwrap_or_else(|| Failure::of_status(status));
    let unsaved = response.extensions().get::<Unsaved>().filter(|unsaved| !unsaved.is_empty());
    let unsaved = unsaved.map(Markup::of);
    let dressed = dress(&failure, status, Page { demo, ..Page::new("", place) }, unsaved);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let (new, body) = dressed.into_parts();
    parts.headers.extend(new.headers);
    Response::from_parts(parts, body)
}

pub(crate) fn is_html(kind: &HeaderValue) -> bool {
    kind.to_str().is_ok_and(|kind| kind.starts_with("text/html"))
}

/// The page, with a reference number that is in the log too where the fault is ours.
fn dress(failure: &Failure, status: StatusCode, page: Page, unsaved: Option<Markup>) -> Response {
    let reference = match failure {
        Failure::Broken(cause) => {
            let reference = reference();
            tracing::error!(reference, cause, "a request failed");
            Some(reference)
        }
        _ => None,
    };
    let (heading, sentences) = failure.words();
    let page = Page { title: heading.to_owned(), ..page };
    let sign_in = matches!(failure, Failure::SignedOut);
    let template = FailurePage { page, sentences, reference, sign_in, unsaved };
    let html = template.render().unwrap_or_else(|_| heading.to_owned());
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// Eight letters and digits that a person can read out.
fn reference() -> String {
    let mut bytes = [0u8; 4];
    // Without chance the number only says less: the log line still has its time.
    let _ = getrandom::fill(&mut bytes);
    let [a, b, c, d] = bytes;
    format!("{a:02X}{b:02X}{c:02X}{d:02X}")
}
