//! What the walls round the pages promise, tried from outside: through requests alone.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::FromRef;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use care::record::ids::UserId;
use care::record::moment::Moment;
use store::{Store, users};
use tower::ServiceExt as _;
use web::address::Reached;
use web::gate::{DemoSignIn, Gate};
use web::keeper::{IDLE_SECONDS, Keeper as _, StoreKeeper, WHOLE_SECONDS};
use web::passwords::hash_password;
use web::posted::Posted;
use web::security;
use web::session::Session;
use web::{assets, error::Failure, sign_in};

const USER: &str = "0199b2a0-0000-7000-8000-000000000001";
const PASSWORD: &str = "correct horse battery staple";

/// Hashed once: it is slow on purpose.
static HASH: LazyLock<String> = LazyLock::new(|| hash_password(PASSWORD).unwrap());

/// What is sent, and what comes back: the case in words, headers, body, status.
type Sent<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, StatusCode);

/// A small service with one private page and one form, and a clock that tests move.
struct Service {
    router: Router,
    store: Arc<Store>,
    seconds: Arc<AtomicI64>,
}

#[derive(Clone)]
struct App(Gate);

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Self {
        app.0.clone()
    }
}

async fn private(session: Session) -> String {
    format!("{} {}", session.user, session.page("Private").form_token)
}

async fn save(_: Session, Posted(form): Posted) -> String {
    form.value("note").to_owned()
}

async fn fails() -> Failure {
    Failure::broken("the wires are crossed")
}

async fn numbered(axum::extract::Path(number): axum::extract::Path<u32>) -> String {
    number.to_string()
}

async fn panics() -> String {
    panic!("a secret in the message")
}

impl Service {
    fn new(reached: Reached, demo: Vec<DemoSignIn>) -> Self {
        let store = Arc::new(Store::open("sqlite::temporary:").unwrap());
        let start = Moment::parse("2026-11-22T09:00:00Z").unwrap();
        let account = users::Account {
            user: USER.parse().unwrap(),
            login: "amina".to_owned(),
            name: "Amina Okafor".to_owned(),
            password: Some(HASH.clone()),
            active: true,
            signed_in_at: None,
            person: None,
        };
        store.write(move |tx| users::add(tx, &account, start)).unwrap();
        let seconds = Arc::new(AtomicI64::new(0));
        let clock = {
            let seconds = Arc::clone(&seconds);
            Arc::new(move || start.plus_seconds(seconds.load(Ordering::Relaxed)))
        };
        let keeper = Arc::new(StoreKeeper(Arc::clone(&store)));
        let gate = Gate::new("Testham", reached, demo, keeper, clock).unwrap();
        let router = Router::new()
            .route("/", get(private).post(save))
            .route("/fails", get(fails))
            .route("/panics", get(panics))
            .route("/numbered/{number}", get(numbered))
            .merge(sign_in::routes())
            .merge(assets::routes())
            .with_state(App(gate.clone()));
        Self { router: security::protect(router, gate, |_| Vec::new()), store, seconds }
    }

    fn loopback() -> Self {
        Self::new(Reached::Loopback, Vec::new())
    }

    fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Method::GET, path, &[("cookie", cookie)], "").await
    }

    async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let headers = [("cookie", cookie), ("sec-fetch-site", "same-origin"), FORM];
        self.send(Method::POST, path, &headers, body).await
    }

    /// Opens the sign-in page and sends it: what a browser does.
    async fn try_sign_in(&self, login: &str, password: &str) -> Answer {
        let page = self.get("/sign-in", "").await;
        let body =
            format!("{}&login={login}&password={}", page.token(), password.replace(' ', "+"));
        self.post("/sign-in", &page.cookie(), &body).await
    }

    /// The cookie of someone who has signed in.
    async fn signed_in(&self) -> String {
        let answer = self.try_sign_in("amina", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie()
    }
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        Self { status: parts.status, headers: parts.headers, body }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What a browser would send back.
    fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    /// The form token of the page, as it is posted.
    fn token(&self) -> String {
        let (_, rest) = self.body.split_once("name=\"form-token\" value=\"").expect("a form");
        format!("form-token={}", rest.split('"').next().unwrap())
    }
}

#[tokio::test]
async fn nobody_gets_in_without_signing_in() {
    let service = Service::loopback();
    let answer = service.get("/?page=2", "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/sign-in?next=/%3Fpage%3D2");
    for cookie in ["kith=", "kith=abc", &format!("kith={}", "0".repeat(64)), "other=1"] {
        assert_eq!(service.get("/", cookie).await.status, StatusCode::SEE_OTHER, "{cookie}");
    }
    let cookie = service.signed_in().await;
    assert!(service.get("/", &cookie).await.body.starts_with(USER));
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_read_alike() {
    let service = Service::loopback();
    let password = service.try_sign_in("amina", "wrong").await;
    let name = service.try_sign_in("nobody", PASSWORD).await;
    for answer in [&password, &name] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("The sign-in name or the password is not right"));
        assert!(answer.body.contains("<title>Error: Sign in"));
        assert!(!answer.body.contains(PASSWORD), "a password is never shown again");
    }
    assert!(name.body.contains("value=\"nobody\""), "what was typed is kept");
    let closed = service.store.clone();
    closed.write(|tx| users::set_active(tx, USER.parse().unwrap(), false)).unwrap();
    let answer = service.try_sign_in("amina", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "a closed account");
}

#[tokio::test]
async fn signing_in_makes_a_new_token_and_signing_out_ends_it() {
    let service = Service::loopback();
    let page = service.get("/sign-in?next=/people", "").await;
    let planted = page.cookie();
    let body = format!(
        "{}&login=AMINA&next=/people&password={}",
        page.token(),
        PASSWORD.replace(' ', "+")
    );
    let answer = service.post("/sign-in", &planted, &body).await;
    assert_eq!(answer.header("location"), "/people");
    let cookie = answer.cookie();
    assert_ne!(cookie, planted);
    assert_eq!(service.get("/", &planted).await.status, StatusCode::SEE_OTHER, "the planted token");

    let other = service.signed_in().await;
    let token = service.get("/", &cookie).await.token();
    let out = service.post("/sign-out", &cookie, &token).await;
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(service.get("/", &cookie).await.status, StatusCode::SEE_OTHER, "signed out");
    assert_eq!(service.get("/", &other).await.status, StatusCode::OK, "elsewhere still signed in");
    let keeper = StoreKeeper(Arc::clone(&service.store));
    keeper.end_all(USER.parse::<UserId>().unwrap()).unwrap();
    assert_eq!(service.get("/", &other).await.status, StatusCode::SEE_OTHER, "revoked");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let service = Service::loopback();
    let cookie = service.signed_in().await;
    for _ in 0..3 {
        service.wait(IDLE_SECONDS - 1);
        assert_eq!(service.get("/", &cookie).await.status, StatusCode::OK, "used in time");
    }
    service.wait(IDLE_SECONDS);
    assert_eq!(service.get("/", &cookie).await.status, StatusCode::SEE_OTHER, "left alone");

    let cookie = service.signed_in().await;
    let mut used = 0;
    while used + IDLE_SECONDS - 1 < WHOLE_SECONDS {
        service.wait(IDLE_SECONDS - 1);
        used += IDLE_SECONDS - 1;
        assert_eq!(service.get("/", &cookie).await.status, StatusCode::OK);
    }
    service.wait(WHOLE_SECONDS - used);
    assert_eq!(service.get("/", &cookie).await.status, StatusCode::SEE_OTHER, "used all day");
}

#[tokio::test]
async fn only_our_own_pages_can_send_forms() {
    let service = Service::loopback();
    let cookie = service.signed_in().await;
    let other = service.signed_in().await;
    let token = service.get("/", &cookie).await.token();
    let others = service.get("/", &other).await.token();
    let cookie_header = ("cookie", cookie.as_str());
    let good = format!("note=tea&{token}");
    let json = ("content-type", "application/json");
    let site = |value| ("sec-fetch-site", value);
    let (host, origin) = (("host", "kith.test"), |value| ("origin", value));
    let cases: &[Sent] = &[
        ("from our page", &[cookie_header, FORM, site("same-origin")], &good, StatusCode::OK),
        (
            "an older browser",
            &[cookie_header, FORM, host, origin("http://kith.test")],
            &good,
            StatusCode::OK,
        ),
        ("no browser", &[cookie_header, FORM], &good, StatusCode::OK),
        (
            "from another site",
            &[cookie_header, FORM, site("cross-site")],
            &good,
            StatusCode::FORBIDDEN,
        ),
        (
            "from a neighbour",
            &[cookie_header, FORM, site("same-site")],
            &good,
            StatusCode::FORBIDDEN,
        ),
        (
            "another origin",
            &[cookie_header, FORM, host, origin("http://evil.test")],
            &good,
            StatusCode::FORBIDDEN,
        ),
        (
            "an origin kept back",
            &[cookie_header, FORM, host, origin("null")],
            &good,
            StatusCode::FORBIDDEN,
        ),
        (
            "without a token",
            &[cookie_header, FORM, site("same-origin")],
            "note=tea",
            StatusCode::FORBIDDEN,
        ),
        (
            "an empty token",
            &[cookie_header, FORM, site("same-origin")],
            "note=tea&form-token=",
            StatusCode::FORBIDDEN,
        ),
        (
            "another's token",
            &[cookie_header, FORM, site("same-origin")],
            &others,
            StatusCode::FORBIDDEN,
        ),
        ("not a form", &[cookie_header, json, site("same-origin")], &good, StatusCode::FORBIDDEN),
        ("no cookie", &[FORM, site("same-origin")], &good, StatusCode::FORBIDDEN),
    ];
    for (case, headers, body, expected) in cases {
        let answer = service.send(Method::POST, "/", headers, body).await;
        assert_eq!(answer.status, *expected, "{case}");
        let says =
            if answer.status == StatusCode::OK { "tea" } else { "We could not accept this form" };
        assert!(answer.body.contains(says), "{case}: {}", answer.body);
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let answer = service.send(method.clone(), "/", &[cookie_header, FORM], "note=tea").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method}");
    }
    let ended = service.post("/sign-out", &cookie, &token).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let late = service.post("/", &cookie, &good).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.body.contains("You are not signed in"));
}

/// Who says that they sent a form, the headers, and whether they see its words again.
type Says<'a> = (&'a str, &'a [(&'a str, &'a str)], bool);

#[tokio::test]
async fn what_was_typed_is_shown_once_more_to_whoever_typed_it_here() {
    let service = Service::loopback();
    let cookie = service.signed_in().await;
    let token = service.get("/", &cookie).await.token();
    let cookie = ("cookie", cookie.as_str());
    let old =
        format!("words=Came+to+%3Cb%3Etea%3C%2Fb%3E&password=hunter2&{}", token.replace('0', "1"));
    let site = |value| ("sec-fetch-site", value);
    let (host, origin) = (("host", "kith.test"), |value| ("origin", value));
    let cases: &[Says<'_>] = &[
        ("our page", &[cookie, FORM, site("same-origin")], true),
        ("our page, and no cookie any more", &[FORM, site("same-origin")], true),
        ("our page in an older browser", &[cookie, FORM, host, origin("http://kith.test")], true),
        ("another site", &[cookie, FORM, site("cross-site")], false),
        ("a neighbour", &[cookie, FORM, site("same-site")], false),
        ("the address bar", &[cookie, FORM, site("none")], false),
        ("another origin", &[cookie, FORM, host, origin("http://evil.test")], false),
        ("an origin kept back", &[cookie, FORM, host, origin("null")], false),
        (
            "another site that also lies",
            &[cookie, FORM, host, site("cross-site"), origin("http://kith.test")],
            false,
        ),
        ("nobody says", &[cookie, FORM], false),
    ];
    for (case, headers, shown) in cases {
        let answer = service.send(Method::POST, "/", headers, &old).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{case}");
        assert_eq!(answer.body.contains("Came to"), *shown, "{case}: {}", answer.body);
        assert!(!answer.body.contains("<b>tea") && !answer.body.contains("hunter2"), "{case}");
        assert_eq!(answer.header("cache-control"), "no-store", "{case}");
    }
    // The session ended meanwhile; the token is still that of this browser.
    service.wait(IDLE_SECONDS);
    let late = format!("words=Came+to+tea&{token}");
    for (headers, shown) in
        [([cookie, FORM, site("same-origin")], true), ([cookie, FORM, site("none")], false)]
    {
        let answer = service.send(Method::POST, "/", &headers, &late).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.body.contains("Came to tea"), shown, "{}", answer.body);
        assert_eq!(answer.body.contains("What you had filled in"), shown);
    }
}

#[tokio::test]
async fn guessing_has_an_end() {
    let service = Service::loopback();
    for _ in 0..10 {
        let answer = service.try_sign_in("Amina", "wrong").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = service.try_sign_in("amina", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.body.contains("Wait 16 minutes"), "{}", answer.body);
    service.wait(15 * 60 + 1);
    service.signed_in().await;
    for _ in 0..10 {
        service.signed_in().await;
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let service = Service::loopback();
    let asset = assets::path("kith.css");
    for path in ["/sign-in", "/", "/nowhere", "/fails", "/panics", asset.as_str()] {
        let answer = service.get(path, "").await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        let kept = if path == asset { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), kept, "{path}");
        assert!(answer.headers.get(header::STRICT_TRANSPORT_SECURITY).is_none());
    }
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_this_host() {
    let local = Service::loopback().get("/sign-in", "").await;
    let start = local.header("set-cookie").to_owned();
    assert!(
        start.starts_with("kith=") && start.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{start}"
    );
    let service = Service::new(Reached::BehindProxy, Vec::new());
    let answer = service.get("/sign-in", "").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-kith=") && cookie.contains("; Secure"), "{cookie}");
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000");
    service.signed_in().await;
}

#[tokio::test]
async fn what_goes_wrong_says_so_and_no_more() {
    let service = Service::loopback();
    let cases = [
        ("/nowhere", StatusCode::NOT_FOUND, "Page not found"),
        ("/fails", StatusCode::INTERNAL_SERVER_ERROR, "Give them this number"),
        ("/panics", StatusCode::INTERNAL_SERVER_ERROR, "Give them this number"),
        ("/sign-out", StatusCode::METHOD_NOT_ALLOWED, "Page not found"),
        ("/numbered/not-a-number", StatusCode::NOT_FOUND, "Page not found"),
        ("/assets/0/kith.css", StatusCode::NOT_FOUND, "Page not found"),
    ];
    for (path, status, says) in cases {
        let answer = service.get(path, "").await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(says) && answer.body.contains("Testham"), "{}", answer.body);
        assert!(!answer.body.contains("secret") && !answer.body.contains("wires"), "{path}");
    }
    let cookie = service.signed_in().await;
    let token = service.get("/", &cookie).await.token();
    let body = format!("{token}&note={}", "a".repeat(security::LARGEST_BODY));
    let answer = service.post("/", &cookie, &body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("too much to send"), "{}", answer.body);
}

#[tokio::test]
async fn signing_in_leads_only_to_our_own_pages() {
    let service = Service::loopback();
    let cases = [
        ("/people?page=2", "/people?page=2"),
        ("https://evil.test", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("/%0d%0aset-cookie:x", "/%0d%0aset-cookie:x"),
        ("/sign-out", "/"),
        ("", "/"),
    ];
    for (next, leads_to) in cases {
        let page = service.get("/sign-in", "").await;
        let next = next.replace('%', "%25").replace('?', "%3F").replace('=', "%3D");
        let password = PASSWORD.replace(' ', "+");
        let body = format!("{}&login=amina&password={password}&next={next}", page.token());
        let answer = service.post("/sign-in", &page.cookie(), &body).await;
        assert_eq!(answer.header("location"), leads_to);
    }
}

#[tokio::test]
async fn only_a_demo_offers_sign_ins() {
    let sign_in = DemoSignIn {
        login: "amina".to_owned(),
        password: PASSWORD.to_owned(),
        name: "Amina <Okafor>".to_owned(),
        role: "Care navigator".to_owned(),
        does: "Invites people".to_owned(),
    };
    let demo = Service::new(Reached::Loopback, vec![sign_in]).get("/sign-in", "").await;
    assert!(demo.body.contains("Sign in as Amina &lt;Okafor&gt;"), "{}", demo.body);
    assert!(demo.body.contains("Everyone here is invented"));
    let real = Service::loopback().get("/sign-in", "").await;
    assert!(!real.body.contains("Sign in as") && !real.body.contains("invented"));
}
