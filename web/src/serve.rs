//! Answering requests until told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::app::App;
use crate::routes;

/// How long a client may take from one answer, or from connecting, to the end of its next request's
/// head. Then the connection is closed: whoever dribbles half a request holds nothing for long.
const HEAD_WITHIN: Duration = Duration::from_secs(30);

/// Serves the pages; ends when `stop` does, after the requests under way.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    answer(routes::service(app), listener, stop, HEAD_WITHIN).await;
    Ok(())
}

async fn answer(
    router: Router,
    mut listener: TcpListener,
    stop: impl Future<Output = ()> + Send,
    head_within: Duration,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_within);
    let under_way = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, from) = tokio::select! {
            // What cannot be accepted is told and tried again in there.
            accepted = Listener::accept(&mut listener) => accepted,
            () = &mut stop => break,
        };
        let service = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(from));
            request
        });
        let service = TowerToHyperService::new(service);
        let connection = under_way.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended early: {error}");
            }
        });
    }
    drop(listener);
    under_way.shutdown().await;
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use axum::routing::get;
    use tokio::runtime::{Builder, Runtime};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::*;

    /// Far longer than anything here takes: a test that waits for ever fails instead.
    const PATIENCE: Duration = Duration::from_mins(1);

    struct Serving {
        runtime: Runtime,
        address: SocketAddr,
        stop: oneshot::Sender<()>,
        ended: JoinHandle<()>,
    }

    fn begin(head_within: Duration) -> Serving {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let told = |ConnectInfo(from): ConnectInfo<SocketAddr>| async move { from.to_string() };
        let (stop, stopped) = oneshot::channel();
        let stopped = async move { drop(stopped.await) };
        let router = Router::new().route("/", get(told));
        let ended = runtime.spawn(answer(router, listener, stopped, head_within));
        Serving { runtime, address, stop, ended }
    }

    fn connect(serving: &Serving, send: &str) -> TcpStream {
        let mut stream = TcpStream::connect(serving.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(send.as_bytes()).unwrap();
        stream
    }

    /// What comes until the other side closes.
    fn rest(mut stream: TcpStream) -> String {
        let mut told = String::new();
        stream.read_to_string(&mut told).expect("the connection is closed, and in good order");
        told
    }

    #[test]
    fn who_never_ends_a_request_is_put_out_and_others_are_served_meanwhile() {
        let serving = begin(Duration::from_millis(300));
        let slow: Vec<_> = ["", "GET / HTT", "GET / HTTP/1.1\r\nHost: a\r\nX-Dribble: "]
            .map(|half| connect(&serving, half))
            .into();
        let other = connect(&serving, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let from = other.local_addr().unwrap();
        let told = rest(other);
        assert!(told.starts_with("HTTP/1.1 200 OK\r\n"), "{told}");
        assert!(told.ends_with(&format!("\r\n\r\n{from}")), "who asked is known: {told}");
        for stream in slow {
            let told = rest(stream);
            assert!(!told.contains("200 OK"), "{told}");
        }
        // One that was answered and asks nothing more is put out too.
        let idle = rest(connect(&serving, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert!(idle.starts_with("HTTP/1.1 200 OK\r\n"), "{idle}");
    }

    #[test]
    fn it_ends_when_told_although_a_request_is_half_there() {
        let serving = begin(Duration::from_millis(300));
        let half = connect(&serving, "GET / HTTP/1.1\r\nHost: a\r\n");
        rest(connect(&serving, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        serving.stop.send(()).unwrap();
        let ended = async { tokio::time::timeout(PATIENCE, serving.ended).await };
        serving.runtime.block_on(ended).expect("it ends").unwrap();
        drop(half);
        assert!(TcpStream::connect(serving.address).is_err(), "nobody listens any more");
    }
}
