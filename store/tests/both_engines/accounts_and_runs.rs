//! Accounts, seats and sessions; runs and whom they found: the same on both engines.

use care::record::hash::Hash;
use care::record::ids::{OrganisationId, RoleId, RunId, TeamId};
use store::engine::Tx;
use store::runs::{self, Found, Run, Within};
use store::users::{self, Account, Seat, Session};
use store::{Store, StoreError};
use uuid::Uuid;

use crate::engines::each;
use crate::people::{day, moment, person, user};

fn write<T: Send + 'static>(
    store: &Store,
    work: impl FnMut(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.write(work).expect("a change")
}

fn account(number: u32, login: &str) -> Account {
    Account {
        user: user(number),
        login: login.to_owned(),
        name: "Ngozi Okafor".to_owned(),
        password: Some("$argon2id$…".to_owned()),
        active: true,
        signed_in_at: None,
        person: (number == 2).then(|| person(5)),
    }
}

#[test]
fn a_login_belongs_to_one_account() {
    each(|store| {
        for (number, login) in [(1, "ngozi"), (2, "abena")] {
            let new = account(number, login);
            write(store, move |tx| users::add(tx, &new, moment(0)));
        }
        let taken = store.write(|tx| users::add(tx, &account(3, "ngozi"), moment(0)));
        assert!(matches!(taken, Err(StoreError::Conflict(_))), "{taken:?}");
        let of = |login: &str| store.read(|tx| users::account_of(tx, login)).expect("an answer");
        assert_eq!(of("abena"), Some(account(2, "abena")));
        assert_eq!(of("nobody"), None);
        write(store, |tx| users::set_password(tx, user(1), "$argon2id$new"));
        write(store, |tx| users::signed_in(tx, user(1), moment(60)));
        let kept = of("ngozi").expect("an account");
        assert_eq!(kept.password.as_deref(), Some("$argon2id$new"));
        assert_eq!(kept.signed_in_at, Some(moment(60)));
        let all = store.read(users::accounts).expect("accounts");
        assert_eq!(
            all.iter().map(|one| one.login.as_str()).collect::<Vec<_>>(),
            ["abena", "ngozi"]
        );
    });
}

#[test]
fn a_seat_holds_from_its_first_day_to_its_last() {
    let seat = |role: &str, from: &str, until: Option<&str>| Seat {
        role: RoleId::new(role),
        organisation: OrganisationId::new("gstt"),
        team: Some(TeamId::new("north")),
        from: day(from),
        until: until.map(day),
    };
    each(|store| {
        let seats =
            [seat("nurse", "2025-01-01", Some("2026-06-30")), seat("keeper", "2026-07-01", None)];
        for seat in seats.clone() {
            write(store, move |tx| users::add_seat(tx, user(1), &seat));
        }
        let on = |text| store.read(|tx| users::seats(tx, user(1), day(text))).expect("seats");
        let seated = |text| {
            let seated = store.read(|tx| users::seated(tx, &TeamId::new("north"), day(text)));
            seated.expect("who sits there").len()
        };
        assert_eq!(seated("2026-07-01"), 0, "who has no account does not sit there");
        write(store, |tx| users::add(tx, &account(1, "ngozi"), moment(0)));
        assert_eq!([seated("2024-12-31"), seated("2026-06-30"), seated("2026-07-01")], [0, 1, 1]);
        write(store, |tx| users::set_active(tx, user(1), false));
        assert_eq!(seated("2026-07-01"), 0, "nor who may not sign in");
        assert_eq!(on("2024-12-31"), []);
        assert_eq!(on("2025-01-01"), seats[..1]);
        assert_eq!(on("2026-06-30"), seats[..1]);
        assert_eq!(on("2026-07-01"), seats[1..]);
        assert_eq!(write(store, |tx| users::end_seats(tx, user(1), day("2026-11-22"))), 1);
        assert_eq!(on("2026-11-23"), []);
    });
}

#[test]
fn sessions_end_one_by_one_all_at_once_and_with_the_account() {
    each(|store| {
        let token = |number: u8| Hash::of(&[number]).to_string();
        let begin = |number: u8, who: u32| {
            let session = Session { user: user(who), began: moment(0), used: moment(0) };
            write(store, move |tx| users::begin_session(tx, &token(number), &session));
        };
        let open = || {
            let is_open = |number: u8| {
                store.read(|tx| users::session(tx, &token(number))).expect("an answer").is_some()
            };
            (1..=6).filter(|number| is_open(*number)).collect::<Vec<u8>>()
        };
        write(store, |tx| users::add(tx, &account(3, "dele"), moment(0)));
        for (number, who) in [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 4)] {
            begin(number, who);
        }
        write(store, move |tx| users::end_session(tx, &token(1)));
        assert_eq!(open(), [2, 3, 4, 5, 6]);
        assert_eq!(write(store, |tx| users::end_sessions_of(tx, user(2))), 2);
        write(store, |tx| users::set_active(tx, user(3), false));
        assert_eq!(open(), [2, 6]);
        write(store, move |tx| users::use_session(tx, &token(6), moment(90)));
        let used = store.read(|tx| users::session(tx, &token(6))).expect("an answer");
        assert_eq!(used.map(|session| session.used), Some(moment(90)));
        assert_eq!(write(store, |tx| users::sweep_sessions(tx, moment(30))), 1);
        assert_eq!(open(), [6]);
    });
}

fn run(number: u128, second: i64) -> Run {
    Run {
        id: RunId::from_uuid(Uuid::from_u128(number)),
        criterion: "three-or-more".to_owned(),
        version: "1".to_owned(),
        reason: "three or more long-term conditions".to_owned(),
        digest: "d".repeat(64),
        as_of: day("2026-11-01"),
        register_version: 3,
        at: moment(second),
        registered: 100,
        adults: 80,
        found: 30,
        objected: 1,
        summary: "{}".to_owned(),
    }
}

fn found(run: &Run, number: u32) -> Found {
    Found {
        person: person(number),
        run: run.id,
        practice: Some(if number.is_multiple_of(2) { "G85001" } else { "G85002" }.to_owned()),
        neighbourhood: Some("north".to_owned()),
        network: None,
        conditions: 3 + number % 4,
        evidence: format!("[{number}]"),
    }
}

#[test]
fn a_run_is_kept_once_and_its_people_are_paged_without_gap_or_repeat() {
    each(|store| {
        let (first, second) = (run(1, 0), run(2, 60));
        let all: Vec<Found> = (0..30).map(|number| found(&first, number)).collect();
        for _ in 0..2 {
            let (first, all) = (first.clone(), all.clone());
            write(store, move |tx| runs::save(tx, &first, &all));
        }
        let latest = || store.read(|tx| runs::latest(tx, "three-or-more")).expect("an answer");
        assert_eq!(latest(), Some(first.clone()));
        let next = second.clone();
        write(store, move |tx| runs::save(tx, &next, &[found(&next, 4)]));
        assert_eq!(latest(), Some(second.clone()));
        let kept = store.read(|tx| runs::run(tx, first.id)).expect("an answer");
        assert_eq!(kept, Some(first.clone()));
        let of_one = store.read(|tx| runs::found_of(tx, person(4))).expect("an answer");
        assert_eq!(of_one, [found(&first, 4), found(&second, 4)]);
        for (within, expected) in [
            (Within::Neighbourhood("north"), 30),
            (Within::Practice("G85001"), 15),
            (Within::Network("none"), 0),
        ] {
            let mut paged: Vec<Found> = Vec::new();
            loop {
                let after = paged.last().map(|last| (last.conditions, last.person));
                let page = store
                    .read(|tx| runs::found_within(tx, first.id, within, after, 7))
                    .expect("a page");
                assert!(page.len() <= 7);
                if page.is_empty() {
                    break;
                }
                paged.extend(page);
            }
            assert_eq!(paged.len(), expected);
            let key = |one: &Found| (std::cmp::Reverse(one.conditions), one.person);
            assert!(paged.is_sorted_by(|one, next| key(one) < key(next)), "most conditions first");
        }
    });
}
