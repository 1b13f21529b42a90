//! The front door: somebody comes about anyone, by any route; nobody is turned away.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::find::front_door::{self, Said};
use care::find::search::{SearchQuery, folded};
use care::record::entry::EntryNumber;
use care::record::fact::{Begun, ContactKind, Identity, Outcome, Route};
use care::record::ids::{NhsNumber, PersonId, TeamId};
use care::record::person::{ContactState, Person};
use care::who::access::{Access, Right, may_open};
use care::who::actor::Refusal;
use law::day::{Day, PartialDay};
use store::StoreError;
use store::access::{self, View};
use store::stories::{self, AppendError};

use super::search::{Match, matches};
use crate::ask::{Ask, Tell, inline_link, link, note_refusal, paragraph};
use crate::changing::{Changed, From};
use crate::components::{
    Button, Cell, Checkboxes, Choice, DateInput, Heading, InsetText, Markup, Radios, Search,
    Select, SummaryList, SummaryRow, Table, TextInput, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::reading::{self, full_name};
use crate::seat::Seat;
use crate::security::{Asked, Posted};

/// Asks whom it is about: people already known come first.
pub async fn who(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let page = seat.page("Who is it about?", "/contact");
    let mut tell = Tell::new(page);
    if let Some(own) = seat.actor.person {
        tell = tell
            .part(Button::link("It is about me", format!("/contact/{own}")))
            .part(link("It is about somebody else", "/contact/new"));
        return tell.part(mine_link()).show();
    }
    if !seat.actor.role.may(Right::Search) {
        return tell
            .part(Button::link("Describe the person", "/contact/new"))
            .part(mine_link())
            .show();
    }
    let typed = asked.value("q").trim().to_owned();
    let input = TextInput::new("q", "Their name, NHS number or date of birth")
        .hint("Look first, so that nobody has two records")
        .value(typed.as_str());
    tell = tell.part(Search::new("/contact", input));
    if !typed.is_empty() {
        let query = SearchQuery::read(&typed);
        let found = seat.write(move |tx, seat| matches(tx, seat, &query, None)).await?;
        tell = tell.part(people(&seat, &found.people));
        tell = tell.part(link("It is somebody who is not shown here", "/contact/new"));
    }
    tell.part(mine_link()).show()
}

fn mine_link() -> Markup {
    link("Contacts you have recorded, and what came of them", "/contact/mine")
}

fn people(seat: &Seat, people: &[Match]) -> Markup {
    if people.is_empty() {
        return paragraph("Nobody to show.");
    }
    let mut table = Table::new(["Name", "Born", "Surgery"]).hidden_caption("People");
    for one in people {
        let born = one
            .identity
            .born
            .map(|born| if one.within { born.in_words() } else { born.first().year().to_string() });
        let practice = one.practice.as_deref().filter(|_| one.within);
        table = table.row([
            Cell::new(inline_link(&full_name(&one.identity), &format!("/contact/{}", one.person))),
            Cell::new(born.unwrap_or_default()),
            Cell::new(practice.map(|ods| seat.app.place.practice_name(ods)).unwrap_or_default()),
        ]);
    }
    table.scrolls().into()
}

/// Asks what was said, about a person who is known.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let identity = reachable(&seat, id).await?;
    view(&seat, id, &identity, &Form::blank())
}

/// Who a contact is about: anyone not restricted, since the front door has no wrong side.
async fn reachable(seat: &Seat, id: PersonId) -> Result<Identity, Failure> {
    let identity = seat.read(move |tx, seat| {
        let Some(known) = reading::known(tx, &seat.app, id)? else { return Ok(None) };
        let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
        let hidden = known.subject.restricted && !matches!(access, Access::Yes(_));
        let resident_elsewhere = seat.actor.person.is_some_and(|own| own != id);
        Ok((!hidden && !resident_elsewhere).then(|| reading::identity(&known)))
    });
    identity.await?.ok_or(Failure::NotFound)
}

fn view(seat: &Seat, id: PersonId, identity: &Identity, form: &Form) -> Result<Response, Failure> {
    let own = seat.actor.person == Some(id);
    let name = full_name(identity);
    let title = if own { "Ask us anything".to_owned() } else { format!("A contact about {name}") };
    let ask =
        Ask::new(seat.page(title, "/contact").back("/contact"), format!("/contact/{id}"), "Send");
    questions(ask, seat, own, form).show(form)
}

/// What is asked of every contact.
fn questions(mut ask: Ask, seat: &Seat, own: bool, form: &Form) -> Ask {
    let teams = seat.app.place.teams.teams().map(|team| {
        let usual = form.value("to").is_empty() && seat.usual_team() == Some(&team.id);
        Choice::new(team.id.as_str(), format!("{}. {}", team.name, team.does))
            .chosen(usual || form.has("to", team.id.as_str()))
    });
    if !own {
        let kinds = ContactKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind.in_words()));
        let routes =
            Route::ALL.iter().map(|route| Choice::new(route.as_str(), sentence(route.in_words())));
        ask = ask
            .part(Radios::new("contact", "What is it?", kinds).filled(form))
            .part(Radios::new("route", "Who does it come from?", routes).filled(form))
            .part(
                TextInput::new("from", "Their name, and how to reach them")
                    .hint("Leave this empty if it is the person themselves")
                    .filled(form),
            );
    }
    let hint = if own {
        "Tell us in your own words."
    } else {
        "As near as you can in their own words. The person can read this."
    };
    ask = ask
        .part(Textarea::new("words", "What do they say or ask?").hint(hint).rows(6).filled(form));
    let urgent = [Choice::new("yes", "Somebody must answer today")];
    ask = ask.part(Checkboxes::new("urgent", "How soon?", urgent).filled(form));
    if !own {
        let agrees = [
            Choice::new("yes", "Yes"),
            Choice::new("no", "No"),
            Choice::new("not-asked", "Not asked yet"),
        ];
        ask = ask
            .part(Radios::new("agrees", "Does the person know, and agree?", agrees).filled(form));
        let mut team = Select::new("to", "Who should answer?", teams);
        if let Some(error) = form.problem("to") {
            team = team.error(error);
        }
        ask = ask.part(team);
    }
    ask
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Seat {
    /// The team that answers what nobody else is named for: one's own, or a front door.
    fn usual_team(&self) -> Option<&TeamId> {
        use care::find::places::teams::TeamKind;
        let teams = &self.app.place.teams;
        self.actor.team.as_ref().or_else(|| {
            teams.teams().find(|team| team.kind == TeamKind::FrontDoor).map(|team| &team.id)
        })
    }

    /// The front door of the borough where a person is registered, otherwise the usual team.
    fn front_door_for(&self, practice: Option<&str>) -> Option<TeamId> {
        use care::find::places::teams::{Area, TeamKind};
        let place = &self.app.place;
        let borough = practice.and_then(|ods| Some(place.places.practice(ods)?.borough.clone()));
        let door = place.teams.teams().find(|team| {
            team.kind == TeamKind::FrontDoor
                && matches!(&team.area, Area::Borough(name) if Some(name) == borough.as_ref())
        });
        door.map(|team| team.id.clone()).or_else(|| self.usual_team().cloned())
    }
}

/// Reads what was said from the form; None with its errors noted.
fn said(seat: &Seat, own: bool, practice: Option<&str>, form: &mut Form) -> Option<Said> {
    let words = form.value("words").to_owned();
    let urgent = form.has("urgent", "yes");
    if own {
        let to = seat.front_door_for(practice)?;
        return Some(Said {
            contact: ContactKind::Enquiry,
            route: Route::Myself,
            from: String::new(),
            words,
            urgent,
            person_agrees: Some(true),
            to,
        });
    }
    let contact = form.chosen("contact", ContactKind::parse, "Choose what it is");
    let route = form.chosen("route", Route::parse, "Choose who it comes from");
    let team = |text: &str| {
        let id = TeamId::new(text);
        seat.app.place.teams.team(&id).map(|_| id)
    };
    let to = form.chosen("to", team, "Choose who should answer");
    let person_agrees = match form.value("agrees") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Some(Said {
        contact: contact?,
        route: route?,
        from: form.value("from").to_owned(),
        words,
        urgent,
        person_agrees,
        to: to?,
    })
}

/// Records a contact about a person who is known.
pub async fn record(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let identity = reachable(&seat, id).await?;
    let own = seat.actor.person == Some(id);
    let practice = seat.read(move |tx, _| {
        Ok(store::register::resident(tx, id)?.and_then(|resident| resident.practice))
    });
    let practice = practice.await?;
    if let Some(said) = said(&seat, own, practice.as_deref(), &mut form) {
        match keep(&seat, id, said).await? {
            Ok(then) => return Ok(then),
            Err(refusal) => note_refusal(&mut form, &refusal),
        }
    }
    view(&seat, id, &identity, &form)
}

async fn keep(seat: &Seat, id: PersonId, said: Said) -> Result<Result<Response, Refusal>, Failure> {
    let changed = seat.change(id, From::Anywhere, 0, move |before, asking| {
        front_door::record(before.person, said.clone(), before.begun, asking)
    });
    match changed.await? {
        Changed::Kept => Ok(Ok(Redirect::to("/contact/mine?done=contact").into_response())),
        Changed::Refused(refusal) => Ok(Err(refusal)),
        Changed::Conflict(_) => Err(Failure::Busy),
    }
}

/// Asks about somebody who is not on the register.
pub async fn ask_new(seat: Seat) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    new_view(&seat, &Form::blank(), &[])
}

fn new_view(seat: &Seat, form: &Form, doubles: &[Match]) -> Result<Response, Failure> {
    let page = seat.page("A contact about somebody new", "/contact").back("/contact");
    let mut ask = Ask::new(page, "/contact/new", "Send");
    if !doubles.is_empty() {
        let mut choices: Vec<Choice> = doubles.iter().map(|one| double(seat, one)).collect();
        let none = Choice::new("none", "None of these: begin a new record").after("or");
        choices.push(none);
        let warning = "Somebody of this name may be known already.";
        ask = ask.before(InsetText::new(warning)).part(
            Radios::new("same", "Is it one of these people?", choices).heading(Heading::Medium),
        );
    }
    let born = DateInput::new("born", "Date of birth, if known").filled(form);
    ask = ask
        .part(TextInput::new("given", "Given names").filled(form).no_spellcheck())
        .part(TextInput::new("family", "Family name").filled(form).no_spellcheck())
        .part(born)
        .part(TextInput::new("nhs-number", "NHS number, if known").width(20).numeric().filled(form))
        .part(Textarea::new("address", "Address, if known").rows(3).filled(form))
        .part(TextInput::new("postcode", "Postcode").width(10).filled(form))
        .part(TextInput::new("telephone", "Telephone, if known").width(20).filled(form));
    questions(ask, seat, false, form).show(form)
}

fn double(seat: &Seat, one: &Match) -> Choice {
    let born = one.identity.born.map(|born| {
        if one.within {
            format!(", born {}", born.in_words())
        } else {
            format!(", born in {}", born.first().year())
        }
    });
    let practice = one.practice.as_deref().filter(|_| one.within);
    let practice = practice.map(|ods| format!(", {}", seat.app.place.practice_name(ods)));
    let text = format!(
        "{}{}{}",
        full_name(&one.identity),
        born.unwrap_or_default(),
        practice.unwrap_or_default()
    );
    Choice::new(one.person.to_string(), text)
}

/// Records a contact about somebody new, once nobody known is the same person.
pub async fn record_new(seat: Seat, Posted(mut form): Posted) -> Result<Response, Failure> {
    let identity = described(&mut form, seat.today);
    let said = said(&seat, false, None, &mut form);
    let begun = match front_door::describe(identity.clone()) {
        Ok(begun) => begun,
        Err(refusal) => {
            note_refusal(&mut form, &refusal);
            return new_view(&seat, &form, &[]);
        }
    };
    let Some(said) = said.filter(|_| form.is_sound()) else { return new_view(&seat, &form, &[]) };
    let query = SearchQuery {
        words: [&identity.family, &identity.given]
            .map(|name| folded(name))
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect(),
        number: None,
        born: None,
    };
    let number = identity.nhs_number;
    let doubles = seat.write(move |tx, seat| {
        let mut found = matches(
            tx,
            seat,
            &SearchQuery { born: identity.born.map(PartialDay::first), ..query.clone() },
            None,
        )?
        .people;
        if found.is_empty() {
            found = matches(tx, seat, &query, None)?.people;
        }
        if let Some(number) = number {
            let by_number = SearchQuery { number: Some(number), ..SearchQuery::default() };
            found.extend(matches(tx, seat, &by_number, None)?.people);
        }
        found.sort_by_key(|one| one.person);
        found.dedup_by_key(|one| one.person);
        Ok(found)
    });
    let doubles = doubles.await?;
    let chosen = form.value("same").parse::<PersonId>().ok();
    if let Some(same) = chosen.filter(|id| doubles.iter().any(|one| one.person == *id)) {
        return match keep(&seat, same, said).await? {
            Ok(then) => Ok(then),
            Err(refusal) => {
                note_refusal(&mut form, &refusal);
                new_view(&seat, &form, &doubles)
            }
        };
    }
    if !doubles.is_empty() && !form.has("same", "none") {
        return new_view(&seat, &form, &doubles);
    }
    match begin(&seat, begun, said).await? {
        Ok(()) => Ok(Redirect::to("/contact/mine?done=contact").into_response()),
        Err(refusal) => {
            note_refusal(&mut form, &refusal);
            new_view(&seat, &form, &doubles)
        }
    }
}

fn described(form: &mut Form, today: Day) -> Identity {
    let born = form.date("born", "the date of birth");
    if born.is_some_and(|born| born > today) {
        form.wrong_date("born", "The date of birth must be in the past");
    }
    Identity {
        given: form.value("given").to_owned(),
        family: form.value("family").to_owned(),
        born: born.map(PartialDay::from),
        nhs_number: form.parsed("nhs-number", NhsNumber::parse),
        address: form.value("address").lines().map(str::to_owned).collect(),
        postcode: form.optional("postcode"),
        telephone: form.optional("telephone"),
    }
}

/// Begins the story of somebody new with the contact.
async fn begin(seat: &Seat, begun: Begun, said: Said) -> Result<Result<(), Refusal>, Failure> {
    let id = PersonId::from_uuid((seat.app.new_id)());
    let outcome = seat.write(move |tx, seat| {
        let person = Person::unwritten(id);
        let new = front_door::record(&person, said.clone(), begun.clone(), &seat.asking());
        let new = match new {
            Ok(new) => new,
            Err(refusal) => return Ok(Err(refusal)),
        };
        match stories::append(tx, id, 0, &new) {
            Ok(_) => Ok(Ok(())),
            Err(AppendError::Conflict { .. }) => Err(StoreError::Busy),
            Err(AppendError::Store(error)) => Err(error),
        }
    });
    outcome.await
}

/// Shows a contact: to those who may open the record, and to whoever recorded it.
pub async fn show(
    seat: Seat,
    Path((id, number)): Path<(PersonId, EntryNumber)>,
) -> Result<Response, Failure> {
    contact_page(&seat, id, number, &Form::blank()).await
}

async fn contact_page(
    seat: &Seat,
    id: PersonId,
    number: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let found = seat.write(move |tx, seat| {
        let Some(known) = reading::known(tx, &seat.app, id)? else { return Ok(None) };
        let Some(state) = known.person.contact(number).cloned() else { return Ok(None) };
        let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
        let recorded = state.contact.author.user == seat.actor.user;
        if !recorded && !matches!(access, Access::Yes(_)) {
            return Ok(None);
        }
        let view = View {
            at: seat.now,
            by: seat.actor.author(),
            what: "a contact".to_owned(),
            reason: None,
        };
        access::append(tx, id, &view)?;
        Ok(Some((state, reading::identity(&known), matches!(access, Access::Yes(_)))))
    });
    let (state, identity, opens) = found.await?.ok_or(Failure::NotFound)?;
    let name = full_name(&identity);
    let back = if opens { format!("/person/{id}") } else { "/contact/mine".to_owned() };
    let page = seat.page(format!("A contact about {name}"), "/contact").back(back);
    let facts = facts(seat, &state);
    let answers = seat.actor.role.may(Right::AnswerContact) && opens;
    let passes = answers || state.contact.author.user == seat.actor.user;
    if state.outcome.is_some() || !(answers || passes) {
        return Tell::new(page).part(facts).show();
    }
    let mut choices = Vec::new();
    if answers {
        choices.extend(Outcome::ALL.iter().map(|one| Choice::new(one.as_str(), one.in_words())));
    }
    let others = seat.app.place.teams.teams().filter(|team| team.id != state.owner);
    let teams = std::iter::once(Choice::new("", "Choose a team"))
        .chain(others.map(|team| Choice::new(team.id.as_str(), team.name.as_str())));
    choices.push(
        Choice::new("pass-on", "Pass it on to another team")
            .reveals(Select::new("to", "Which team?", teams).filled(form)),
    );
    Ask::new(page, format!("/person/{id}/contact/{number}"), "Save")
        .before(facts)
        .part(Radios::new("outcome", "What came of it?", choices).filled(form))
        .part(
            Textarea::new("words", "In words")
                .hint("For the person, and whoever asked. If you pass it on, say why.")
                .rows(4)
                .filled(form),
        )
        .show(form)
}

fn facts(seat: &Seat, state: &ContactState) -> SummaryList {
    let place = &seat.app.place;
    let told = &state.contact;
    let mut rows = vec![
        SummaryRow::new("What it is", told.said.contact.in_words()),
        SummaryRow::new(
            "From",
            if told.said.from.is_empty() {
                sentence(told.said.route.in_words())
            } else {
                format!("{} ({})", told.said.from, told.said.route.in_words())
            },
        ),
        SummaryRow::new("What was said", told.said.words.as_str()),
        SummaryRow::new(
            "Recorded",
            format!(
                "{}, by {}, {}",
                told.on.in_words(),
                told.author.name,
                place.organisation_name(&told.author.organisation)
            ),
        ),
        SummaryRow::new("With", place.team_name(&state.owner)),
    ];
    match &state.outcome {
        None => rows.push(SummaryRow::new("Answer by", told.said.answer_by.in_words())),
        Some(outcome) => {
            rows.push(SummaryRow::new("What came of it", outcome.said.outcome.in_words()));
            rows.push(SummaryRow::new("In words", outcome.said.words.as_str()));
            rows.push(SummaryRow::new(
                "Answered",
                format!("{}, by {}", outcome.on.in_words(), outcome.author.name),
            ));
        }
    }
    SummaryList::new(rows)
}

/// Records what came of a contact, or passes it on.
pub async fn answer(
    seat: Seat,
    Path((id, number)): Path<(PersonId, EntryNumber)>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let words = form.value("words").to_owned();
    let to = form.optional("to").map(TeamId::new);
    let to = to.filter(|team| seat.app.place.teams.team(team).is_some());
    let passes = form.has("outcome", "pass-on");
    let outcome = if passes {
        None
    } else {
        form.chosen("outcome", Outcome::parse, "Choose what came of it")
    };
    if passes && to.is_none() {
        form.wrong("to", "Choose a team");
    }
    if form.is_sound() {
        let from = if passes { From::Anywhere } else { From::Within };
        let changed = seat.change(id, from, 0, move |before, asking| match (&outcome, &to) {
            (Some(outcome), _) => {
                front_door::answer(before.person, number, *outcome, &words, asking)
            }
            (None, Some(to)) => {
                front_door::pass_on(before.person, number, to.clone(), &words, asking)
            }
            (None, None) => Ok(Vec::new()),
        });
        match changed.await? {
            Changed::Kept => return Ok(Redirect::to("/work?done=contact").into_response()),
            Changed::Refused(refusal) => note_refusal(&mut form, &refusal),
            Changed::Conflict(_) => return Err(Failure::Busy),
        }
    }
    contact_page(&seat, id, number, &form).await
}

/// The contacts that whoever asks has recorded, with what came of each.
pub async fn mine(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    seat.require(Right::RecordContact)?;
    let contacts = seat.read(move |tx, seat| {
        let contacts = store::lists::contacts_of_user(tx, seat.actor.user, MINE)?;
        let mut lines = Vec::new();
        for (person, state) in contacts {
            lines.push((crate::work::name_of(tx, person)?, person, state));
        }
        Ok(lines)
    });
    let contacts = contacts.await?;
    let page = seat.page("Contacts you have recorded", "/contact").back("/contact");
    let page = if asked.has("done", "contact") {
        page.done("Your contact has been sent. You can see here what comes of it")
    } else {
        page
    };
    if contacts.is_empty() {
        return Tell::new(page).part(paragraph("You have not recorded any contacts yet.")).show();
    }
    let mut table =
        Table::new(["About", "Recorded", "With", "What came of it"]).hidden_caption("Contacts");
    for (name, person, state) in &contacts {
        let href = format!("/person/{person}/contact/{}", state.contact.entry);
        let came = state.outcome.as_ref().map_or_else(
            || format!("Answer due by {}", state.contact.said.answer_by.in_words()),
            |outcome| outcome.said.outcome.in_words().to_owned(),
        );
        table = table.row([
            Cell::new(inline_link(name, &href)),
            Cell::new(state.contact.on.in_words()),
            Cell::new(seat.app.place.team_name(&state.owner)),
            Cell::new(came),
        ]);
    }
    Tell::new(page).part(table.scrolls()).show()
}

/// How many contacts the list shows.
const MINE: u32 = 100;
