//! `kith places check --db`: whether what nobody owns is on somebody's list.

use crate::running::{Answered, Place};

/// A store with people of the three boroughs, and nobody who works there.
struct Store(Place);

impl Store {
    fn new() -> Self {
        let store = Self(Place::new());
        let feed = store.0.path("feed");
        let feed = feed.to_str().unwrap();
        store.kith(&["borough", "--residents", "1000", "--seed", "3", "--out", feed]).ended(0);
        store.kith(&["import", "fhir", feed]).ended(0);
        store
    }

    fn kith(&self, arguments: &[&str]) -> Answered {
        self.0.kith(arguments).on("2026-11-22").run()
    }

    fn seat(&self, login: &str, role: &str, borough: &str) {
        let (organisation, team) = (format!("{borough}-council"), format!("{borough}-front-door"));
        self.0.add_user(login, role, &organisation, &team);
    }

    /// The teams in which nobody is told of all that nobody owns.
    fn unattended(&self) -> Vec<String> {
        let answer = self.kith(&["places", "check", "--json"]).json();
        let teams = answer["unattended"].as_array().unwrap().iter();
        teams.map(|team| team.as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn what_nobody_owns_is_said_to_be_on_nobodys_list_until_somebody_sits_there_who_is_told_of_it() {
    let store = Store::new();
    let team = |borough: &str| format!("{borough}-front-door");
    let boroughs = ["southwark", "lambeth", "lewisham"];
    assert_eq!(store.unattended(), boroughs.map(team));
    let text = store.kith(&["places", "check"]).out;
    assert!(text.contains("What nobody owns goes to ‘lewisham-front-door’"), "{text}");
    // Whoever answers at the door is told of fewer lines than a lead; a finance officer too.
    store.seat("officer", "contact-officer", "lewisham");
    store.seat("finance", "finance-officer", "lewisham");
    assert_eq!(store.unattended(), boroughs.map(team));
    store.seat("duty", "social-worker", "lewisham");
    assert_eq!(store.unattended(), [team("southwark"), team("lambeth")]);
    store.seat("lead", "team-lead", "southwark");
    assert_eq!(store.unattended(), [team("lambeth")]);
}
