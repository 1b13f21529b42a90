//! Where a request comes from: how the service is reached, and by whom.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

/// How the service is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// By plain HTTP on this machine: the demo, the tests.
    Loopback,
    /// By HTTPS, through a proxy that sets `X-Forwarded-For` and keeps `Host`.
    BehindProxy,
}

/// Who is knocking: for counting attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(pub(crate) IpAddr);

impl Address {
    /// The address a request came from: the connection's, or, behind a proxy, the last one that the
    /// proxy wrote. An IPv6 network of 64 bits is one address: whoever has one has them all.
    pub fn of(parts: &Parts, reached: Reached) -> Self {
        let forwarded = || {
            let all = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
            all.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = match reached {
            Reached::BehindProxy => forwarded().or(connected),
            Reached::Loopback => connected,
        };
        match address.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) {
            IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => {
                Self(IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)))
            }
            other => Self(other.to_canonical()),
        }
    }
}
