//! How long each request took, in the log: `RUST_LOG=kith::request=debug`.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Answers the request, and tells how long the answer took to make. Of the address only its route is
/// told: an address names a person.
#[expect(clippy::disallowed_methods, reason = "told to the log alone: nothing rests on it")]
pub async fn told(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let started = Instant::now();
    let response = next.run(request).await;
    tracing::debug!(
        target: "kith::request",
        route = route.as_ref().map_or("none", MatchedPath::as_str),
        %method,
        status = response.status().as_u16(),
        microseconds = started.elapsed().as_micros(),
    );
    response
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use axum::Router;
    use axum::body::Body;
    use axum::middleware;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    /// A log that is kept.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, told: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(told)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_log_names_the_route_and_never_the_person() {
        let log = Log::default();
        let kept = Arc::clone(&log.0);
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(move || log.clone())
            .finish();
        let router = Router::new()
            .route("/person/{person}", get(|| async { "a page" }))
            .layer(middleware::from_fn(told));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        tracing::subscriber::with_default(subscriber, || {
            for address in ["/person/9990000018?about=Ada", "/nothing/9990000018"] {
                let asked = Request::get(address).body(Body::empty()).unwrap();
                runtime.block_on(router.clone().oneshot(asked)).unwrap();
            }
        });
        let told = String::from_utf8(kept.lock().unwrap().clone()).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 2, "{told}");
        assert!(
            lines[0].contains("route=\"/person/{person}\" method=GET status=200 microseconds="),
            "{told}"
        );
        assert!(lines[1].contains("route=\"none\" method=GET status=404 microseconds="), "{told}");
        assert!(!told.contains("9990000018") && !told.contains("Ada"), "{told}");
    }
}
