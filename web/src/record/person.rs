//! A person's page: who they are, how to speak with them, conditions, team, story.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use care::find::register::Resident;
use care::record::derived::Stage;
use care::record::entry::Audience;
use care::record::fact::carer::LinkSide;
use care::record::fact::{Answer, Identity};
use care::record::ids::{NhsNumber, PersonId};
use care::record::person::Person;
use care::record::person::plan::Plan;
use care::who::access::is_to;
use care::who::role::{Part, Right};
use law::day::Day;

use crate::ask::{link, paragraph};
use crate::components::{Cell, Colour, InsetText, Markup, SummaryList, SummaryRow, Table, Tag};
use crate::error::Failure;
use crate::page::{self, Page};
use crate::posted::Asked;
use crate::reading::Record;
use crate::seat::Seat;
use crate::story::{Teller, communication_lines};
use crate::whom::{first_name, full_name};

/// For how many days a person's page says that their message was answered.
const ANSWER_DAYS: i32 = 14;
/// From how many days before it a person's page says that the plan is to be reviewed.
const REVIEW_DAYS: i32 = 28;

/// A link in the list of what can be done.
struct Action {
    text: String,
    href: String,
}

/// What can be done, under what somebody comes for.
struct Actions {
    what: &'static str,
    ways: Vec<Action>,
}

#[derive(Template)]
#[template(path = "record/person.html")]
struct PersonPage {
    page: Page,
    name: String,
    given: String,
    born: Option<String>,
    number: Option<String>,
    subject: &'static str,
    object: &'static str,
    stage: Option<Tag>,
    because: Option<&'static str>,
    asked: Option<Markup>,
    identity: SummaryList,
    communication: Option<Markup>,
    conditions: Option<Markup>,
    team: Option<Markup>,
    story: Option<Markup>,
    actions: Vec<Actions>,
}

/// Shows a person's page.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let record = seat.record(id, "the record").await?;
    let conditions = if seat.actor.role.sees(Part::Conditions) {
        let none = paragraph("The GP record that we have been sent shows no conditions.");
        let cohorts = seat.app.clone();
        let work = move |tx: &mut dyn store::engine::Tx, _: &Seat| {
            super::conditions::view(tx, &cohorts.place.cohorts, id)
        };
        Some(seat.read(work).await?.unwrap_or(none))
    } else {
        None
    };
    let own = seat.actor.person == Some(id);
    let identity = record.identity();
    let name = full_name(&identity);
    let page = seat.page(name.as_str(), if own { "/me" } else { "" });
    let page = match done(asked.value("done")) {
        Some(text) => page.done(text),
        None => page,
    };
    let role = &seat.actor.role;
    let names = &record.names;
    let teller = Teller {
        place: &seat.app.place,
        names,
        corrects: role.may(Right::Write).then_some(id),
        own: own.then_some(seat.actor.user),
    };
    let (subject, object) = if own { ("you", "you") } else { ("they", "them") };
    page::show(&PersonPage {
        page,
        given: first_name(&identity),
        born: identity.born.map(|_| born_in_words(&identity, record.resident.as_ref(), seat.today)),
        number: identity.nhs_number.map(NhsNumber::spaced),
        name,
        subject,
        object,
        stage: record.stage.filter(|_| !own).map(stage_tag),
        because: (!own).then(|| record.relationship.in_words()),
        asked: waiting(&seat, &record, own),
        identity: identity_list(&seat, record.resident.as_ref(), &identity),
        communication: role.sees(Part::Communication).then(|| communication(&record, own)),
        conditions,
        team: role.sees(Part::Team).then(|| team(&seat, &record, own)),
        story: role.sees(Part::Story).then(|| story(&teller, &record)),
        actions: actions(&seat, &record, own),
    })
}

fn story(teller: &Teller<'_>, record: &Record) -> Markup {
    if record.entries.is_empty() {
        return paragraph("Nothing has been written yet.");
    }
    teller.timeline(&record.entries).into()
}

fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "note" => "The note is on the record",
        "note-again" => "This note was already saved: it is on the record once",
        "communication" => "What helps when speaking is on the record",
        "team" => "The team is up to date",
        "contact" => "The contact is on the record",
        "contact-answered" | "answered" => "The answer is on the record",
        "sooner" => "The next review is due sooner",
        "meeting" => "The person is on the list of the meeting",
        "message" => "The message is on the record",
        "message-seen" => "It is on the record that you saw the message",
        "passed-on" => "The contact was passed on",
        "invited" => "The invitation is on the record",
        _ => return None,
    })
}

/// Where somebody stands, as a tag.
pub fn stage_tag(stage: Stage) -> Tag {
    let colour = match stage {
        Stage::Contact => Colour::Yellow,
        Stage::Invited | Stage::Thinking | Stage::Assessing | Stage::Planning => Colour::Plain,
        Stage::Accepted | Stage::Assessed | Stage::Planned => Colour::Green,
        Stage::Objected => Colour::Red,
        Stage::Known | Stage::Answered => Colour::Grey,
    };
    Tag::new(stage.in_words()).colour(colour)
}

/// What waits on this person's page: contacts to answer, openings to look at, an invitation.
fn waiting(seat: &Seat, record: &Record, own: bool) -> Option<Markup> {
    let id = record.person.id;
    let role = &seat.actor.role;
    let mut parts = Vec::new();
    let readable = |number: u32| record.entries.iter().any(|entry| entry.number == number);
    if role.may(Right::AnswerContact) {
        for state in record.person.contacts.iter().filter(|state| state.outcome.is_none()) {
            let entry = state.contact.entry;
            if readable(entry) {
                let practice = record.resident.as_ref().and_then(|one| one.practice.as_deref());
                let given = (&state.owner, state.contact.on);
                let owner = seat.app.place.holder_name(given, practice, seat.today);
                let due = state.contact.said.answer_by.in_words();
                let text = format!("A contact waits for an answer from {owner}, by {due}");
                parts.push(link(&text, &format!("/person/{id}/contact/{}", record.called(entry))));
            }
        }
    }
    for message in &Plan::of(&record.entries).messages {
        let named = record.called(message.sent.entry);
        // What was answered is told the person for a while: nobody asks them to say that they saw it. To a
        // worker the answer is a message, which stands here until they have.
        let by_me = message.sent.author.user == seat.actor.user
            && message.sent.audience == Audience::Everyone;
        if let Some(seen) = message.seen.as_ref().filter(|seen| {
            by_me && !seen.said.words.is_empty() && seen.on >= seat.today.plus_days(-ANSWER_DAYS)
        }) {
            let text = format!("{} answered you: look at the message", seen.author.name);
            parts.push(link(&text, &format!("/person/{id}/message/{named}")));
        }
        if message.seen.is_none() && is_to(&seat.actor, &message.sent.said) {
            let text = format!("{} wrote to you: look at the message", message.sent.author.name);
            parts.push(link(&text, &format!("/person/{id}/message/{named}")));
        }
    }
    parts.extend(review_waits(seat, record));
    let keeps = record.person.keeper().is_some_and(|keeper| keeper.user == seat.actor.user);
    if keeps || role.may(Right::ReviewOpenings) {
        for opening in record.person.openings.iter().filter(|opening| !opening.reviewed) {
            let text = format!("{} opened this record: look at why", opening.opened.author.name);
            let href = format!("/person/{id}/opening/{}", record.called(opening.opened.entry));
            parts.push(link(&text, &href));
        }
    }
    let unanswered = matches!(record.person.answer(), None | Some(Answer::MoreTime { .. }));
    if own && unanswered && record.person.invitation.is_some() {
        parts.push(link(
            "You have been invited to joined-up care: say what you think",
            "/me/answer",
        ));
    }
    if own {
        parts.extend(waits_for_me(record));
    }
    (!parts.is_empty()).then(|| InsetText::new(Markup::join(parts)).into())
}

/// A review of the plan that is late or near, for whoever may hold it.
fn review_waits(seat: &Seat, record: &Record) -> Option<Markup> {
    let role = &seat.actor.role;
    let sees = role.sees(Part::Plan) && role.sees(Part::Assessment);
    if !(sees && seat.works() && role.may(Right::Review)) {
        return None;
    }
    let due = Person::fold(record.person.id, &record.entries).review_due()?;
    if due.by > seat.today.plus_days(REVIEW_DAYS) {
        return None;
    }
    let by = due.by.in_words();
    let when = if due.by < seat.today {
        format!("The review of the plan is late: it was to be held by {by}")
    } else {
        format!("The plan is to be reviewed by {by}")
    };
    let text = format!("{when}. {}", due.ground.in_words());
    Some(link(&text, &format!("/person/{}/review", record.person.id)))
}

/// What brings somebody to their own page today: a plan to answer, or that of whom they look after.
fn waits_for_me(record: &Record) -> Vec<Markup> {
    let id = record.person.id;
    let plan = Plan::of(&record.entries);
    let mut parts = Vec::new();
    if plan.can_be_answered() {
        match plan.answer() {
            Some((_, true)) => {}
            Some(_) => parts.push(link(
                "Your plan has something new in it: read it, and say what you think",
                &format!("/person/{id}/plan"),
            )),
            None => parts.push(link(
                "You have a plan: read it, and say what you think",
                &format!("/person/{id}/plan"),
            )),
        }
    }
    for linked in record.person.carers.holding().filter(|one| one.side == LinkSide::Carer) {
        let Some(other) = linked.other else { continue };
        let text = format!("You look after {}: see what they share with you", linked.name);
        parts.push(link(&text, &format!("/person/{other}/shared")));
    }
    parts
}

fn identity_list(seat: &Seat, resident: Option<&Resident>, identity: &Identity) -> SummaryList {
    let mut rows = Vec::new();
    let mut row = |key: &str, value: Option<String>| {
        rows.extend(value.map(|value| SummaryRow::new(key, value)));
    };
    row("Date of birth", Some(born_in_words(identity, resident, seat.today)));
    row("NHS number", identity.nhs_number.map(NhsNumber::spaced));
    let mut address = identity.address.clone();
    address.extend(identity.postcode.clone());
    row("Address", (!address.is_empty()).then(|| address.join(", ")));
    row("Telephone", identity.telephone.clone());
    if let Some(resident) = resident {
        row("GP surgery", Some(surgery(seat, resident)));
        row("Lives in", lives_in(seat, resident));
        row("Sex", Some(resident.gender.in_words().to_owned()));
        row("Ethnic group", resident.ethnicity.as_deref().and_then(ethnic_group));
    }
    SummaryList::new(rows)
}

fn born_in_words(identity: &Identity, resident: Option<&Resident>, today: Day) -> String {
    use care::find::register::Death;
    let Some(born) = identity.born else { return "Not known".to_owned() };
    let born_on = born.in_words();
    match resident.map(|resident| resident.death) {
        Some(Death::On(when)) => return format!("{born_on}; died {}", when.in_words()),
        Some(Death::Undated) => return format!("{born_on}; has died"),
        Some(Death::Alive) | None => {}
    }
    match (born.first().age_on(today), born.last().age_on(today)) {
        (Some(oldest), Some(youngest)) if oldest == youngest => {
            format!("{born_on} (age {oldest})")
        }
        _ => born_on,
    }
}

fn surgery(seat: &Seat, resident: &Resident) -> String {
    let place = &seat.app.place;
    let Some(ods) = &resident.practice else { return "No surgery on record".to_owned() };
    let name = place.practice_name(ods);
    match place.places.neighbourhood_of(ods, seat.today) {
        Some(neighbourhood) => format!("{name} ({})", neighbourhood.name),
        None => name,
    }
}

fn lives_in(seat: &Seat, resident: &Resident) -> Option<String> {
    let lsoa = resident.lsoa.as_deref()?;
    let lives = seat.app.place.places.of_residence(lsoa, seat.today)?;
    Some(lives.name.clone())
}

fn communication(record: &Record, own: bool) -> Markup {
    if let Some(told) = &record.person.communication {
        let rows = communication_lines(&told.said);
        let rows = rows.into_iter().map(|(key, value)| SummaryRow::new(key, value));
        let said = format!("Told by {} on {}.", told.author.name, told.on.in_words());
        return Markup::join([SummaryList::new(rows).into(), paragraph(&said)]);
    }
    let language = record.resident.as_ref().and_then(|resident| {
        let language = language_name(resident.language.as_deref()?);
        let interpreter = if resident.interpreter { ", with an interpreter" } else { "" };
        Some(format!("{language}{interpreter}"))
    });
    let ask =
        if own { "Tell us what helps you." } else { "Ask, and write it down once for everyone." };
    match language {
        Some(language) => {
            let list = SummaryList::new([SummaryRow::new("Language", language)]);
            let from = format!("This comes from the GP record and has not been confirmed. {ask}");
            Markup::join([list.into(), paragraph(&from)])
        }
        None => paragraph(&format!("Nothing has been written down yet. {ask}")),
    }
}

fn team(seat: &Seat, record: &Record, own: bool) -> Markup {
    if record.person.team.is_empty() {
        let nobody = if own { "Nobody works with you yet." } else { "Nobody works with them yet." };
        return paragraph(nobody);
    }
    let mut table = Table::new(["Name", "Role", "Since"]).hidden_caption("Team").first_is_header();
    for member in &record.person.team {
        let place = &seat.app.place;
        let role = place.role_title(&member.role);
        let organisation = place.organisation_name(&member.organisation);
        let keeps = if member.keeper { ". Keeps this record" } else { "" };
        table = table.row([
            Cell::new(member.name.as_str()),
            Cell::new(format!("{role}, {organisation}{keeps}")),
            Cell::new(member.since.in_words()),
        ]);
    }
    table.stacks().into()
}

/// What can be done: what somebody comes for most is first, and what does not concern them is left out.
fn actions(seat: &Seat, record: &Record, own: bool) -> Vec<Actions> {
    let id = record.person.id;
    let way = |(open, text, path): (bool, &str, &str)| {
        let href = match path {
            CONTACT => format!("{CONTACT}/{id}"),
            path if path.starts_with('/') => path.to_owned(),
            path => format!("/person/{id}/{path}"),
        };
        open.then(|| Action { text: text.to_owned(), href })
    };
    let groups = [
        (if own { "Your care" } else { "Their care" }, care(seat, record, own)),
        (if own { "Tell us" } else { "Write" }, telling(seat, record, own)),
        (if own { "People who help you" } else { "People" }, people(seat, record, own)),
        (
            if own { "Letters, money and your record" } else { "Letters, money and the record" },
            papers(seat, record, own),
        ),
    ];
    let groups = groups
        .into_iter()
        .map(|(what, ways)| Actions { what, ways: ways.into_iter().filter_map(way).collect() });
    groups.filter(|group| !group.ways.is_empty()).collect()
}

/// Where whoever has a question asks it: for this person.
const CONTACT: &str = "/contact";

/// Whether a way is open, its words, and where it leads.
type Way = (bool, &'static str, &'static str);

/// In the person's own words, or in those of somebody who works with them.
const fn says(own: bool, yours: &'static str, theirs: &'static str) -> &'static str {
    if own { yours } else { theirs }
}

fn care(seat: &Seat, record: &Record, own: bool) -> Vec<Way> {
    let role = &seat.actor.role;
    let begun = record.person.begun.is_some();
    let invited = record.person.invitation.is_some();
    let found = !record.found.is_empty();
    let planned = Plan::of(&record.entries).began().is_some();
    let assesses = role.sees(Part::Assessment);
    // Who has answered may still change their mind, and does not come for that.
    let answered = !matches!(record.person.answer(), None | Some(Answer::MoreTime { .. }));
    vec![
        (own && invited && !answered, "Answer the invitation", "/me/answer"),
        (role.may(Right::Invite) && found && !invited, "Invite to joined-up care", "invite"),
        (role.may(Right::Invite) && invited && !answered, "Record their answer", "answer"),
        (role.sees(Part::Plan) && begun, says(own, "Your plan", "The plan"), "plan"),
        (assesses, says(own, "Your assessment", "Assessment"), "assessment"),
        (planned && assesses, says(own, "Your reviews", "Reviews, and how it goes"), "reviews"),
        (
            planned && !assesses && role.may(Right::Write),
            "Bring the next review forward",
            "review/sooner",
        ),
        (
            record.tells_why(seat),
            says(own, "Why was I contacted?", "Why was this person found?"),
            "why",
        ),
    ]
}

fn telling(seat: &Seat, record: &Record, own: bool) -> Vec<Way> {
    let role = &seat.actor.role;
    let begun = record.person.begun.is_some();
    let writes = role.may(Right::Write);
    let message = says(own, "Write to those who work with you", "Write a message");
    vec![
        (begun && writes, message, "message"),
        (role.may(Right::RecordContact), says(own, "Ask us anything", "Record a contact"), CONTACT),
        (writes, "Write a note", "note"),
        (
            writes,
            says(own, "Say how to speak with you", "Say how to speak with them"),
            "communication",
        ),
        (!own && !role.sees(Part::Assessment) && writes, "Raise a safeguarding concern", "begin"),
        (!own && begun && role.may(Right::Review), "Talk about them at a meeting", "meeting"),
    ]
}

fn people(seat: &Seat, record: &Record, own: bool) -> Vec<Way> {
    let role = &seat.actor.role;
    let joins = role.may(Right::JoinTeam);
    let member = record.person.team.iter().any(|member| member.user == seat.actor.user);
    let assesses = role.sees(Part::Assessment);
    vec![
        (joins && record.person.begun.is_some(), "Join, keep or leave the team", "team"),
        (joins && member, "Bring somebody else into the team", "team/add"),
        (assesses, says(own, "Caring, and who cares for you", "Carers and caring"), "caring"),
        (assesses, says(own, "Who may act for you", "Who may act for them"), "authority"),
    ]
}

fn papers(seat: &Seat, record: &Record, own: bool) -> Vec<Way> {
    let role = &seat.actor.role;
    let begun = record.person.begun.is_some();
    let reads = role.sees(Part::Assessment) || role.sees(Part::Means);
    let pays = says(own, "What you pay for care", "What they pay for care");
    vec![
        (reads && begun, says(own, "Letters to you", "Letters to them"), "letters"),
        (role.sees(Part::Means) && begun, pays, "means"),
        (
            role.sees(Part::Lookers),
            says(own, "Who has looked at your record", "Who has looked at this record"),
            "looked",
        ),
    ]
}

/// A language in words, from its code (ISO 639-1, as FHIR `Patient.communication` has it).
pub fn language_name(code: &str) -> String {
    let base = code.split(['-', '_']).next().unwrap_or(code).to_lowercase();
    let name = LANGUAGES.iter().find(|(short, _)| *short == base).map(|(_, name)| *name);
    name.map_or_else(|| code.to_owned(), str::to_owned)
}

/// Languages spoken in the first places (ONS, Census 2021, main language), by ISO 639-1.
const LANGUAGES: &[(&str, &str)] = &[
    ("ak", "Akan or Twi"),
    ("am", "Amharic"),
    ("ar", "Arabic"),
    ("bfi", "British Sign Language"),
    ("bn", "Bengali"),
    ("bsl", "British Sign Language"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fa", "Persian"),
    ("fr", "French"),
    ("gu", "Gujarati"),
    ("hi", "Hindi"),
    ("it", "Italian"),
    ("ln", "Lingala"),
    ("ne", "Nepali"),
    ("pa", "Panjabi"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("so", "Somali"),
    ("sq", "Albanian"),
    ("sw", "Swahili"),
    ("ta", "Tamil"),
    ("ti", "Tigrinya"),
    ("tr", "Turkish"),
    ("tw", "Akan or Twi"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("yo", "Yoruba"),
    ("yue", "Cantonese"),
    ("zh", "Chinese"),
];

/// An ethnic category of the NHS Data Dictionary (2001) in words; None where it was not stated.
fn ethnic_group(code: &str) -> Option<String> {
    let name = match code.chars().next()? {
        'A' => "White British",
        'B' => "White Irish",
        'C' => "Any other White background",
        'D' => "White and Black Caribbean",
        'E' => "White and Black African",
        'F' => "White and Asian",
        'G' => "Any other mixed background",
        'H' => "Indian",
        'J' => "Pakistani",
        'K' => "Bangladeshi",
        'L' => "Any other Asian background",
        'M' => "Caribbean",
        'N' => "African",
        'P' => "Any other Black background",
        'R' => "Chinese",
        'S' => "Any other ethnic group",
        _ => return None,
    };
    Some(name.to_owned())
}
