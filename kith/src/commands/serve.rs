//! `kith serve`: the pages.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use store::Store;
use tokio::net::TcpListener;
use web::address::Reached;
use web::app::{App, Kith};
use web::gate::{DemoSignIn, Gate};
use web::keeper::StoreKeeper;
use web::names::Names;

use crate::context::Context;
use crate::{clock, place};

/// Serve the pages.
///
/// In a real place they belong behind a proxy that speaks HTTPS, keeps the Host header and sets
/// X-Forwarded-For: say so with --behind-proxy. Without it Kith answers on this machine only.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The address to listen on.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// An HTTPS proxy stands in front: cookies are kept to HTTPS.
    #[arg(long)]
    behind_proxy: bool,
    /// The place's name, as every page shows it.
    #[arg(long, value_name = "NAME", default_value = "South East London")]
    place: String,
}

/// Serves until told to stop.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    if !args.behind_proxy && !args.listen.ip().is_loopback() {
        anyhow::bail!(
            "{} can be reached from other machines, and passwords would cross the network in the \
             clear: put an HTTPS proxy in front and give --behind-proxy",
            args.listen
        );
    }
    let reached = if args.behind_proxy { Reached::BehindProxy } else { Reached::Loopback };
    let store = Arc::new(context.open_store()?);
    let app = app(context, store, &args.place, reached, Vec::new())?;
    serve(app, args.listen, |address| {
        println!("Kith serves {} at http://{address}; stop it with Ctrl-C.", args.place);
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The state of the pages.
pub fn app(
    context: &Context,
    store: Arc<Store>,
    name: &str,
    reached: Reached,
    demo: Vec<DemoSignIn>,
) -> anyhow::Result<App> {
    let place = place::read(context, name)?;
    let keeper = Arc::new(StoreKeeper(Arc::clone(&store)));
    let gate = Gate::new(name, reached, demo, keeper, Arc::new(clock::now))
        .map_err(|_| anyhow::anyhow!("the system gives no random numbers to make tokens from"))?;
    let names = Names::of(&store).map_err(|failure| {
        anyhow::anyhow!("the store’s names for entries cannot be read: {failure:?}")
    })?;
    Ok(App::new(Kith { store, place, names, gate, new_id: clock::new_id }))
}

/// Listens, says so, and answers until interrupted.
pub fn serve(app: App, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async move {
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on {listen}: is another program using it? Choose another port")
        })?;
        ready(listener.local_addr()?);
        web::serve::serve(app, listener, interrupted()).await?;
        Ok(())
    })
}

/// Ends at Ctrl-C, or when the system asks.
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}
