//! Every way that a page offers leads somewhere, whoever is offered it.

use std::collections::{BTreeSet, VecDeque};

use axum::http::StatusCode;
use care::record::ids::UserId;

use super::standings::{Laying, Standing};
use super::world::{World, seats};

#[tokio::test]
async fn every_way_that_is_offered_leads_somewhere() {
    let world = World::new();
    let mut laying = Laying::default();
    let mut visitors = Vec::new();
    for seat in seats() {
        let (standing, user, browser) = if seat.role == "resident" {
            (Standing::Own, UserId::from_bytes([0; 16]), None)
        } else {
            let browser = world.sign_in(&seat, None);
            (Standing::Member, browser.user, Some(browser))
        };
        let person = laying.lay(standing, user, &seat, true);
        let browser = browser.unwrap_or_else(|| world.sign_in(&seat, Some(person)));
        visitors.push((seat.role, browser, person));
    }
    laying.put(&world);
    let (mut followed, mut nowhere) = (0, Vec::new());
    for (role, browser, person) in &visitors {
        let mut tried = BTreeSet::new();
        let mut ways = VecDeque::from([("/".to_owned(), "the first page".to_owned())]);
        let page = format!("/person/{person}");
        // A role that opens nobody's record has its own pages all the same.
        if world.get(&page, browser).await.status == StatusCode::OK {
            ways.push_back((page, "their work".to_owned()));
        }
        while let Some((way, from)) = ways.pop_front() {
            if !tried.insert(kind(&way)) {
                continue;
            }
            let answer = world.get(&way, browser).await;
            let status = answer.status;
            if status != StatusCode::OK && status != StatusCode::SEE_OTHER {
                nowhere.push(format!("{role}: {from} leads to {way}, which answers {status}"));
            }
            followed += 1;
            let on = answer.body.split("href=\"").skip(1);
            let on = on.filter_map(|link| link.split(['"', '#']).next());
            // The other side of the link that is laid is nobody here; `carers` follows a real one.
            let pages = on.filter(|on| on.starts_with('/') && !on.ends_with("/shared"));
            let pages = pages.filter(|on| !on.starts_with("/assets"));
            ways.extend(pages.map(|on| (on.replace("&amp;", "&"), way.clone())));
        }
    }
    assert!(nowhere.is_empty(), "{}", nowhere.join("\n"));
    assert!(followed > 300, "only {followed} pages were found");
}

/// A way without whom and which entry it is about.
fn kind(way: &str) -> String {
    let named = |part: &str| part.len() < 26 || !part.contains(|one: char| one.is_ascii_digit());
    way.split('/').map(|part| if named(part) { part } else { "*" }).collect::<Vec<_>>().join("/")
}
