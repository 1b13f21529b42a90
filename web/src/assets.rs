//! Stylesheets, scripts and the icon: in the program, under an address that changes with them.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// A file that pages need.
struct Asset {
    name: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Where a file is served.
pub fn path(name: &str) -> String {
    format!("/assets/{VERSION}/{name}")
}

/// The text of a file; nothing for one that is not text, or not there.
pub fn text(name: &str) -> &'static str {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    found.and_then(|asset| std::str::from_utf8(asset.plain).ok()).unwrap_or_default()
}

/// The routes that serve the files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{version}/{name}", get(serve))
}

async fn serve(Path((version, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let found = ASSETS.iter().find(|asset| asset.name == name && version == VERSION);
    let Some(asset) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let zipped = asset.gzip.filter(|_| takes_gzip(&headers));
    let mut response = zipped.unwrap_or(asset.plain).into_response();
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if zipped.is_some() {
        let gzip = HeaderValue::from_static("gzip");
        response.headers_mut().insert(header::CONTENT_ENCODING, gzip);
    }
    response
}

/// Whether the browser takes gzip (RFC 9110, 12.5.3), refusals with `q=0` minded.
fn takes_gzip(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(
        |value| {
            value.split(',').any(|coding| {
                let mut parts = coding.split(';').map(str::trim);
                parts.next() == Some("gzip") && !parts.any(|weight| weight == "q=0")
            })
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt as _;

    #[test]
    fn what_a_class_looks_like_is_said_in_one_place() {
        let css = text("kith.css");
        let lines: Vec<&str> = css.lines().collect();
        let mut seen = std::collections::HashSet::new();
        for pair in lines.windows(2) {
            let [before, class] = [pair[0], pair[1]];
            let alone =
                class.starts_with(".kith-") && class.ends_with('{') && !before.ends_with(',');
            assert!(!alone || seen.insert(class), "{class} twice: is it two things?");
        }
        assert!(seen.len() > 50, "the stylesheet is read");
    }

    async fn fetch(path: &str, encoding: &str) -> Response {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, encoding);
        let request = request.body(Body::empty()).unwrap();
        routes::<()>().oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn files_may_be_kept_for_ever_and_come_small() {
        let plain = fetch(&path("page.css"), "identity").await;
        let gzip = fetch(&path("page.css"), "br, gzip;q=0.8").await;
        assert_eq!(plain.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(gzip.headers()[header::CONTENT_ENCODING], "gzip");
        let plain = to_bytes(plain.into_body(), usize::MAX).await.unwrap();
        let gzip = to_bytes(gzip.into_body(), usize::MAX).await.unwrap();
        assert!(gzip.len() < plain.len());
        assert!(
            !fetch(&path("page.css"), "gzip;q=0").await.headers().contains_key("content-encoding")
        );
        let old = fetch("/assets/0000000000000000/page.css", "gzip").await;
        assert_eq!(old.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn nothing_that_only_gov_uk_may_show_is_served() {
        for asset in ASSETS {
            let text = String::from_utf8_lossy(asset.plain);
            for word in ["GDS Transport", "govuk-crest", "http://fonts", "@font-face", "@import"] {
                assert!(!text.contains(word), "{word} in {}", asset.name);
            }
        }
    }
}
