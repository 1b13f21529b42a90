//! Every route, tried by nobody, and by a user of each role, about people in every standing. What
//! came of it stands in a snapshot, so that whoever reviews a change sees who gained what.

use std::fmt::Write as _;

use axum::http::{Method, StatusCode};
use care::record::ids::PersonId;
use store::access::accesses;

use super::guides;
use super::standings::{
    ACTION, AUTHORITY, BEGUN, CAPACITY_FORM, CHC_FORM, CONTACT, DRAFT, ENABLEMENT, FINDING, LETTER,
    LINK, Laying, MEETING, MESSAGE, NOTE, OPENING, OUTCOME, PROMPT, Standing,
};
use super::world::{Answer, Browser, Seat, World, seats};

/// One route and method, with a form that would be taken.
pub struct Try {
    pub path: &'static str,
    /// The form to post; None for a page to get.
    pub form: Option<&'static str>,
    /// The entry it names, where it names one.
    entry: u32,
}

const fn get(path: &'static str) -> Try {
    Try { path, form: None, entry: 0 }
}

const fn post(path: &'static str, form: &'static str) -> Try {
    Try { path, form: Some(form), entry: 0 }
}

impl Try {
    const fn of(mut self, entry: u32) -> Self {
        self.entry = entry;
        self
    }

    /// Whether it is the work of those who assess what people pay, and of nobody else.
    pub fn is_of_finance(&self) -> bool {
        ["/means/enter", "/means/decide"].iter().any(|part| self.path.contains(part))
    }

    fn about_somebody(&self) -> bool {
        self.path.contains("{person}")
    }

    pub fn at(&self, person: PersonId) -> String {
        self.path
            .replace("{person}", &person.to_string())
            .replace("{form}", "assessment")
            .replace("{section}", "about-me")
            .replace("{note}", "00000000-0000-4000-8000-000000000000")
            .replace("{entry}", &format!("@{}", self.entry))
    }

    fn method(&self) -> &'static str {
        if self.form.is_some() { "POST" } else { "GET" }
    }
}

/// Every route and method of `src/routes.rs`; a test below holds this list to that file.
pub const TRIES: &[Try] = &[
    get("/"),
    get("/me"),
    get("/me/answer"),
    post("/me/answer", "answer=yes&seen=@99"),
    get("/work"),
    get("/area"),
    get("/letters"),
    get("/letters/print"),
    post("/letters", "route=posted"),
    get("/found"),
    get("/found/coverage"),
    get("/search"),
    get("/contact"),
    get("/contact/mine"),
    get("/contact/new"),
    post(
        "/contact/new",
        "family=Nguyen&given=Linh&contact=enquiry&route=myself&words=Help&to=lambeth-front-door",
    ),
    get("/contact/{person}"),
    post(
        "/contact/{person}",
        "contact=enquiry&route=myself&words=Help&agrees=yes&to=lambeth-front-door",
    ),
    get("/person/{person}"),
    post("/person/{person}/open", "reason=They+fell+at+the+hospital+door"),
    get("/person/{person}/opening/{entry}").of(OPENING),
    post("/person/{person}/opening/{entry}", "justified=yes").of(OPENING),
    get("/person/{person}/note"),
    post("/person/{person}/note", "words=Seen+today&audience=everyone"),
    get("/person/{person}/note/{entry}/correct").of(NOTE),
    post("/person/{person}/note/{entry}/correct", "words=Seen+yesterday&seen=@99").of(NOTE),
    get("/person/{person}/communication"),
    post("/person/{person}/communication", "language=Somali&seen=@99"),
    get("/person/{person}/team"),
    post("/person/{person}/team", "what=keep&seen=@99"),
    get("/person/{person}/team/add"),
    post("/person/{person}/team/add", "login=nobody-here&agrees=yes"),
    get("/person/{person}/invite"),
    post("/person/{person}/invite", "how=By+letter"),
    get("/person/{person}/answer"),
    post("/person/{person}/answer", "answer=yes&seen=@99"),
    get("/person/{person}/contact/{entry}").of(CONTACT),
    post("/person/{person}/contact/{entry}", "outcome=advice&words=Done").of(CONTACT),
    get("/person/{person}/authority"),
    get("/person/{person}/authority/record"),
    post(
        "/person/{person}/authority/record",
        "kind=appointee&holder=Ada+Okonkwo&scope=benefits&holds-from-day=1&holds-from-month=1\
         &holds-from-year=2026&document=BF57&seen-on-day=20&seen-on-month=11&seen-on-year=2026",
    ),
    get("/person/{person}/authority/{entry}/end").of(AUTHORITY),
    post(
        "/person/{person}/authority/{entry}/end",
        "last-day-day=20&last-day-month=11&last-day-year=2026&why=Revoked",
    )
    .of(AUTHORITY),
    get("/person/{person}/assessment"),
    get("/person/{person}/form/{form}"),
    get("/person/{person}/form/{form}/{section}"),
    post("/person/{person}/form/{form}/{section}", "do=save&q-important-to-me=Tea"),
    get("/person/{person}/begin"),
    post("/person/{person}/begin", "form=review&to=southwark-walworth-team"),
    get("/person/{person}/end/{entry}").of(BEGUN),
    post("/person/{person}/end/{entry}", "ending=not-needed&words=Moved").of(BEGUN),
    get("/person/{person}/hand/{entry}").of(BEGUN),
    post("/person/{person}/hand/{entry}", "to=southwark-camberwell-team&why=Away").of(BEGUN),
    get("/person/{person}/prompt/{entry}").of(PROMPT),
    post("/person/{person}/prompt/{entry}", "what=no&words=Not+now").of(PROMPT),
    get("/person/{person}/eligibility"),
    post("/person/{person}/eligibility", "cause=no&cause-why=Moving+house&words=A+van&seen=@99"),
    get("/person/{person}/eligibility/letter"),
    get("/person/{person}/caring"),
    get("/person/{person}/caring/offer"),
    post("/person/{person}/caring/offer", "side=carer&name=Rosa&shares=team&words=Yes"),
    get("/person/{person}/caring/code"),
    post("/person/{person}/caring/code", "code=ABCDE+23456&words=Yes"),
    get("/person/{person}/caring/{entry}").of(LINK),
    post("/person/{person}/caring/{entry}", "do=end").of(LINK),
    get("/person/{person}/caring/{entry}/card").of(LINK),
    get("/person/{person}/card"),
    get("/person/{person}/card/write"),
    post(
        "/person/{person}/card/write",
        "looks-after=Rosa&steps-0-name=Ife&steps-0-telephone=020&must-know=Tea",
    ),
    get("/person/{person}/shared"),
    get("/person/{person}/shared/plan"),
    post("/person/{person}/shared/plan", "of=outcome-@21&words=I+drive"),
    get("/person/{person}/review"),
    post(
        "/person/{person}/review",
        "person=Well&worker=Well&end=same&why=It+works&risk=low&seen=@99",
    ),
    get("/person/{person}/review/sooner"),
    post("/person/{person}/review/sooner", "change=other&words=A+fall"),
    get("/person/{person}/reviews"),
    get("/person/{person}/enablement/{entry}").of(ENABLEMENT),
    get("/person/{person}/enablement/{entry}/week").of(ENABLEMENT),
    post(
        "/person/{person}/enablement/{entry}/week",
        "week-day=22&week-month=11&week-year=2026&hours=7.25&words=Walks",
    )
    .of(ENABLEMENT),
    get("/person/{person}/enablement/{entry}/end").of(ENABLEMENT),
    post("/person/{person}/enablement/{entry}/end", "end=no-support&hours=0&next=Nothing")
        .of(ENABLEMENT),
    get("/person/{person}/enablement"),
    // There is one at a time, and one is under way.
    post(
        "/person/{person}/enablement",
        "outcomes=@21&team=southwark-walworth-team&from-day=22&from-month=11&from-year=2026\
         &until-day=20&until-month=12&until-year=2026&hours=7.25",
    ),
    get("/meetings"),
    get("/person/{person}/meeting"),
    post(
        "/person/{person}/meeting",
        "team=southwark-walworth-team&on-day=1&on-month=12&on-year=2026&why=Falls&basis=agreed",
    ),
    get("/person/{person}/meeting/{entry}").of(MEETING),
    post("/person/{person}/meeting/{entry}", "how=talked&there=Us&decided=A+rail").of(MEETING),
    get("/person/{person}/message"),
    post("/person/{person}/message", "to=southwark-walworth-team&words=Hello"),
    get("/person/{person}/message/{entry}").of(MESSAGE),
    // It is to another team.
    post("/person/{person}/message/{entry}", "words=Yes").of(MESSAGE),
    get("/person/{person}/plan"),
    get("/person/{person}/plan/outcome"),
    post("/person/{person}/plan/outcome", "words=Tea&area=home&now=None&hoped=Daily"),
    get("/person/{person}/plan/outcome/{entry}/end").of(OUTCOME),
    post("/person/{person}/plan/outcome/{entry}/end", "end=reached").of(OUTCOME),
    get("/person/{person}/plan/action"),
    post(
        "/person/{person}/plan/action",
        "outcome=@21&what=Tea&source=myself&who=person&known-by=It+is+drunk\
         &due-day=1&due-month=2&due-year=2027",
    ),
    get("/person/{person}/plan/action/{entry}").of(ACTION),
    post("/person/{person}/plan/action/{entry}", "progress=done&seen=@99").of(ACTION),
    get("/person/{person}/plan/answer"),
    post("/person/{person}/plan/answer", "answer=agrees&way=spoken&by=person&seen=@99"),
    get("/person/{person}/practice"),
    post(
        "/person/{person}/practice",
        "title=Lunch&theme=community&situation=Alone&what-done=We+went&learned=Go+along&affirm=yes",
    ),
    get("/practice"),
    get("/practice/{note}"),
    post("/practice/{note}", ""),
    get("/person/{person}/plan/scores"),
    post("/person/{person}/plan/scores", "wellbeing=4"),
    get("/person/{person}/plan/print"),
    get("/person/{person}/plan/emergency"),
    get("/person/{person}/letters"),
    get("/person/{person}/letter/{entry}").of(LETTER),
    post("/person/{person}/letter/{entry}", "route=posted").of(LETTER),
    get("/person/{person}/decisions"),
    get("/person/{person}/capacity/{entry}").of(CAPACITY_FORM),
    post("/person/{person}/capacity/{entry}", "matter=care&seen=@99").of(CAPACITY_FORM),
    get("/person/{person}/decision/{entry}").of(FINDING),
    post("/person/{person}/decision/{entry}", "decided=Tea&unwise=no&seen=@99").of(FINDING),
    get("/person/{person}/risk"),
    post(
        "/person/{person}/risk",
        "decision=To+go+out&what=A+fall&person=No&professional=Yes&done=A+stick&choice=To+go\
         &by=person&review-by-day=1&review-by-month=2&review-by-year=2027",
    ),
    get("/person/{person}/chc"),
    post("/person/{person}/chc", "reason=Well+again"),
    get("/person/{person}/chc/{entry}").of(CHC_FORM),
    post(
        "/person/{person}/chc/{entry}",
        "again-by-day=1&again-by-month=2&again-by-year=2027&seen=@99",
    )
    .of(CHC_FORM),
    get("/person/{person}/means"),
    get("/person/{person}/means/ask"),
    post(
        "/person/{person}/means/ask",
        "told-on-day=1&told-on-month=6&told-on-year=2026&to=southwark-finance",
    ),
    get("/person/{person}/means/enter"),
    post(
        "/person/{person}/means/enter",
        "do=keep&from-day=1&from-month=12&from-year=2026&born-day=1&born-month=1&born-year=1955\
         &household=single&setting=home&income-0-kind=state-pension&income-0-amount=300\
         &income-0-every=week&service-0-kind=home-care&service-0-amount=200&service-0-every=week",
    ),
    get("/person/{person}/means/decide/{entry}").of(DRAFT),
    post("/person/{person}/means/decide/{entry}", "words=").of(DRAFT),
    get("/person/{person}/means/letter"),
    get("/person/{person}/means/please-send"),
    get("/person/{person}/means/weeks"),
    get("/person/{person}/why"),
    get("/person/{person}/looked"),
    get("/what-might-i-pay"),
    post("/what-might-i-pay", guides::AT_HOME),
    get("/could-i-get-support"),
    post("/could-i-get-support", guides::SUPPORT),
    get("/could-the-nhs-pay"),
    post("/could-the-nhs-pay", guides::NHS),
];

/// What came of one try about somebody.
struct Cell {
    standing: Standing,
    word: String,
    body: String,
}

/// Somebody of one role, with people in every standing to them.
struct Visitor {
    title: String,
    browser: Option<Browser>,
    people: Vec<(Standing, PersonId)>,
}

#[test]
fn no_route_is_left_out() {
    let source = include_str!("../../src/routes.rs");
    let source: String = source.split_whitespace().collect();
    let mut declared = Vec::new();
    for part in source.split(".route(").skip(1) {
        let (path, rest) = part.trim_start_matches('"').split_once('"').unwrap();
        let answered = rest.split(".route(").next().unwrap();
        let answered = answered.split(".merge(").next().unwrap();
        for method in ["put(", "patch(", "delete(", "any(", "on("] {
            assert!(!answered.contains(method), "{path} answers {method}…): say so in this test");
        }
        for (method, call) in [("GET", "get("), ("POST", "post(")] {
            if answered.contains(call) {
                declared.push(format!("{method} {path}"));
            }
        }
    }
    let mut tried: Vec<String> =
        TRIES.iter().map(|one| format!("{} {}", one.method(), one.path)).collect();
    declared.sort();
    tried.sort();
    assert_eq!(declared, tried, "routes.rs, and what is tried here");
    // What else the service answers has tests of its own: `walls.rs`.
    let merged = source.split(".merge(").skip(1).map(|part| part.split(')').next().unwrap());
    let merged: Vec<&str> = merged.filter(|part| part.contains("::")).collect();
    assert_eq!(merged, ["sign_in::routes(", "assets::routes("], "routes that come from elsewhere");
    for way_round in [".nest(", ".route_service(", ".fallback("] {
        assert!(
            !source.contains(way_round),
            "{way_round}…) in routes.rs: try what it answers here"
        );
    }
}

#[tokio::test]
async fn who_sees_and_does_what() {
    let world = World::new();
    let mut table = String::from(LEGEND);
    for (one, visitors) in TRIES.iter().zip(visitors(&world)) {
        write!(table, "\n{} {}\n", one.method(), one.path).unwrap();
        head(&mut table, one);
        for visitor in &visitors {
            let mut cells = Vec::new();
            for (standing, person) in &visitor.people {
                cells.push(outcome(&world, one, visitor, (*standing, *person)).await);
            }
            row(&mut table, one, visitor, &cells);
            hidden_looks_like_nothing(one, visitor, &cells);
        }
    }
    insta::assert_snapshot!("who_sees_and_does_what", table);
}

const LEGEND: &str = "\
shown    200: a page of somebody’s record; one view of it is written down
why?     200: a page that names the person and asks for a reason; one view is written down
list     200: a page that names people whom one works with; of each it is written down
page     200: a page that is about nobody in particular
written  303: entries were added to the record
again    422: refused with a sentence, beside the form; it is a view like any other
to …     303: sent elsewhere, nothing written
404      as for somebody who does not exist;  -  does not apply
";

/// For each try, a user of each role and nobody at all. Each has people of their own, so that no
/// try stands in the way of another.
fn visitors(world: &World) -> Vec<Vec<Visitor>> {
    let mut laying = Laying::default();
    let staff: Vec<(Seat, Option<Browser>)> = seats()
        .into_iter()
        .map(|seat| {
            let browser = (seat.role != "resident").then(|| world.sign_in(&seat, None));
            (seat, browser)
        })
        .collect();
    let mut all = Vec::new();
    for one in TRIES {
        let invited = one.path != "/person/{person}/invite" || one.form.is_none();
        let mut visitors = Vec::new();
        for (seat, browser) in &staff {
            visitors.push(visitor(world, &mut laying, one, (seat, browser.as_ref()), invited));
        }
        let mut nobody = visitor(world, &mut laying, one, (&staff[0].0, None), invited);
        (nobody.title, nobody.browser) = ("(nobody)".to_owned(), None);
        visitors.insert(0, nobody);
        all.push(visitors);
    }
    laying.put(world);
    all
}

fn visitor(
    world: &World,
    laying: &mut Laying,
    one: &Try,
    (seat, browser): (&Seat, Option<&Browser>),
    invited: bool,
) -> Visitor {
    let nobody = care::record::ids::UserId::from_bytes([0; 16]);
    let own = laying.lay(Standing::Own, nobody, seat, invited);
    let browser = match browser {
        Some(browser) => browser.clone(),
        None => world.sign_in(seat, Some(own)),
    };
    let mut people = Vec::new();
    for standing in Standing::ALL {
        match standing {
            Standing::Own => people.push((standing, own)),
            _ if one.about_somebody() => {
                people.push((standing, laying.lay(standing, browser.user, seat, invited)));
            }
            _ => {}
        }
    }
    Visitor { title: seat.role.clone(), browser: Some(browser), people }
}

/// What came of one try, in a word or two; and what must hold of every try.
async fn outcome(
    world: &World,
    one: &Try,
    visitor: &Visitor,
    (standing, person): (Standing, PersonId),
) -> Cell {
    let before = world.counts();
    let path = one.at(person);
    let answer = match (&visitor.browser, one.form) {
        (Some(browser), None) => world.get(&path, browser).await,
        (Some(browser), Some(form)) => world.post(&path, browser, form).await,
        (None, None) => world.send(Method::GET, &path, "", "").await,
        (None, Some(form)) => world.send(Method::POST, &path, "", form).await,
    };
    let after = world.counts();
    let (views, entries) = (after.views - before.views, after.entries - before.entries);
    let names_many =
        ["/work", "/contact/mine", "/letters", "/letters/print", "/meetings"].contains(&one.path);
    let summary = in_a_word(&answer, views, entries, names_many);
    let case = format!("{} {} by {}: {summary}", one.method(), one.path, visitor.title);
    assert!(answer.status.as_u16() < 500, "{case}: {}", answer.body);
    assert!(views <= 1 || names_many, "{case}: one page is one view");
    // Whatever tells of the record is written down, and whatever is written down was shown.
    let tells = answer.body.contains("Secret Street")
        || answer.body.contains("A note about")
        || answer.body.contains("a rail by the bath");
    assert!(!tells || views == 1, "{case}: shown, and not written down");
    let refused = answer.status == StatusCode::NOT_FOUND;
    assert!(!refused || (views, entries) == (0, 0), "{case}: refused, and something written");
    assert!(one.form.is_some() || entries == 0, "{case}: a page to get changes nothing");
    let shown = matches!(answer.status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY);
    let about = one.about_somebody() || one.path == "/me" || one.path.starts_with("/me/");
    assert!(!(shown && about) || views == 1, "{case}: not written down");
    if views == 1 {
        let newest = world.store.read(|tx| accesses(tx, person, None, 1)).unwrap();
        assert_is_for_everybody(&newest[0].view.what, &case);
    }
    // What was typed comes back, with the names of entries in it.
    let typed = one.form.unwrap_or_default();
    let body = answer.body.replace(&person.to_string(), "PERSON");
    let body = body.replace(&world.spelled(person, typed), typed);
    Cell { standing, word: summary, body }
}

/// What was looked at is kept in words that are right for the person too, who reads them.
fn assert_is_for_everybody(what: &str, case: &str) {
    let of_others = ["they", "them", "their", "he", "she", "his", "her"];
    let said =
        what.split(|letter: char| !letter.is_alphabetic()).find(|word| of_others.contains(word));
    assert_eq!(said, None, "{case}: “{what}”");
}

fn in_a_word(answer: &Answer, views: i64, entries: i64, names_many: bool) -> String {
    match answer.status {
        StatusCode::OK if answer.asks_why() => "why?".to_owned(),
        StatusCode::OK if views > 0 && names_many => "list".to_owned(),
        StatusCode::OK if views == 1 => "shown".to_owned(),
        StatusCode::OK => "page".to_owned(),
        StatusCode::SEE_OTHER if entries > 0 => "written".to_owned(),
        // The number of the note is made anew each time.
        StatusCode::SEE_OTHER if answer.location().starts_with("/practice/") => "shared".to_owned(),
        StatusCode::SEE_OTHER => format!("to {}", answer.location().split('?').next().unwrap()),
        StatusCode::UNPROCESSABLE_ENTITY => "again".to_owned(),
        other => other.as_u16().to_string(),
    }
}

/// A restricted record, to somebody outside its team, is to the letter as one that is not there;
/// and so is any other that does not answer.
fn hidden_looks_like_nothing(one: &Try, visitor: &Visitor, cells: &[Cell]) {
    let Some(nothing) = cells.iter().find(|cell| cell.standing == Standing::Nobody) else { return };
    for cell in cells.iter().filter(|cell| {
        cell.standing == Standing::Restricted || cell.word == StatusCode::NOT_FOUND.as_str()
    }) {
        let case = format!("{} {} by {}", one.method(), one.path, visitor.title);
        let shown = (&cell.word, &cell.body);
        assert_eq!(shown, (&nothing.word, &nothing.body), "{case}, {}", cell.standing.title());
    }
}

fn head(table: &mut String, one: &Try) {
    if !one.about_somebody() {
        return;
    }
    let mut line = format!("{:20}", "");
    for standing in Standing::ALL {
        write!(line, "{:14}", standing.title()).unwrap();
    }
    writeln!(table, "{}", line.trim_end()).unwrap();
}

fn row(table: &mut String, one: &Try, visitor: &Visitor, cells: &[Cell]) {
    let mut line = format!("{:20}", visitor.title);
    for Cell { standing, word, .. } in cells {
        // Only residents sign in as themselves.
        let own = *standing == Standing::Own && visitor.title != "resident";
        let word = if own && one.about_somebody() { "-" } else { word };
        write!(line, "{word:14}").unwrap();
    }
    writeln!(table, "{}", line.trim_end()).unwrap();
}
