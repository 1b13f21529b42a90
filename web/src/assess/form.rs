//! A form as one page: what is known, by whom and since when; what is still to be asked, and of whom;
//! what happens next.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use care::assess::known::{self, KnownAnswer, KnownQuestion, KnownSection};
use care::record::fact::assess::{Ending, FormKind, Side};
use care::record::ids::PersonId;
use care::record::person::Person;

use super::answers::Telling;
use super::decide;
use super::hand;
use super::laid::{At, Laid, may_see, may_write};
use super::network::Network;
use super::others::{self, Other};
use super::standing::{Standing, questions, to_ask};
use crate::ask::list;
use crate::components::{Details, Markup, Tag};
use crate::error::Failure;
use crate::owner;
use crate::page::{self, Page};
use crate::posted::Asked;
use crate::seat::Seat;

/// The page.
#[derive(Template)]
#[template(path = "assess/form.html")]
struct FormPage {
    page: Page,
    caption: Option<String>,
    purpose: String,
    asked: String,
    next: Vec<String>,
    ways: Vec<(String, String)>,
    prompts: Option<Markup>,
    network: Option<Network>,
    groups: Vec<Group>,
    others: Vec<Other>,
    begin: Option<String>,
    thought_of: Option<Details>,
}

/// Sections under one heading: all of them are listed; where nothing is said, there is nothing to read.
struct Group {
    title: String,
    sections: Vec<SectionView>,
}

impl Group {
    /// What is said, section by section.
    fn said(&self) -> impl Iterator<Item = &SectionView> {
        self.sections.iter().filter(|section| !section.sides.is_empty())
    }
}

/// A section: its line in the list, and what is said in it.
struct SectionView {
    id: String,
    title: String,
    tag: Tag,
    sides: Vec<(String, Vec<(String, Markup)>)>,
    to_ask: Option<Details>,
    write: Option<(&'static str, String)>,
}

const LOOKED_AT: &str = "the assessment";

/// The one shared assessment.
pub async fn show_assessment(
    seat: Seat,
    Path(id): Path<PersonId>,
    asked: Asked,
) -> Result<Response, Failure> {
    let form = seat.app.place.forms.of_kind(FormKind::Assessment).ok_or(Failure::NotFound)?;
    let form = form.id.to_string();
    show(seat, Path((id, form)), asked).await
}

/// Any form.
pub async fn show(
    seat: Seat,
    Path((id, segment)): Path<(PersonId, String)>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let named = segment.clone();
    let has = move |person: &Person, seat: &Seat| {
        let at =
            At::find(&seat.names(person.id), &named, &seat.app.place.forms, &person.assessment);
        at.is_some_and(|at| may_see(at.form.kind, seat))
    };
    let laid = Laid::open(&seat, id, LOOKED_AT, has).await?;
    let at = laid.at(&segment, &seat.app.place.forms);
    let page = view(&seat, &laid, at.ok_or(Failure::NotFound)?);
    page::show(&match done(asked.value("done")) {
        Some(text) => FormPage { page: page.page.done(text), ..page },
        None => page,
    })
}

fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "saved" => "What you wrote is on the record",
        "confirmed" => "It is confirmed: nobody needs to ask it again for now",
        "out-of-date" => "It is marked as out of date, and will be asked again",
        "begun" => "It is begun, and on the list of those who do it",
        "ended" => "It is on the record how this came to its end",
        "thought-of" => "What came of it is on the record",
        "contact" => {
            "The contact is answered. This is the assessment: what was said is here already"
        }
        _ => return None,
    })
}

fn view(seat: &Seat, laid: &Laid, at: At<'_>) -> FormPage {
    let place = &seat.app.place;
    let register = laid.outside.register();
    let ground = laid.ground(place, &register);
    let known = known::known(at.form, at.occasion, &laid.readable, &ground, seat.today);
    let id = laid.record.person.id;
    let shared = at.form.kind == FormKind::Assessment;
    let (name, own) = (laid.name(), laid.own);
    let title = match (own, at.begun.map(|begun| begun.begun.said.about.as_str())) {
        (_, Some(about)) if !about.is_empty() => format!("{}: {about}", at.form.title),
        (true, _) => format!("Your {}", at.form.title.to_lowercase()),
        (false, _) => at.form.title.clone(),
    };
    let writes = at.is_open() && may_write(at.form.kind, seat);
    let telling = Telling { laid, place };
    let mut groups: Vec<Group> = Vec::new();
    for section in &known.sections {
        let title = section.section.group.clone().unwrap_or_default();
        let view = section_view(telling, at, section, writes);
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.sections.push(view),
            None => groups.push(Group { title, sections: vec![view] }),
        }
    }
    let back = if shared { laid.path() } else { format!("{}/assessment", laid.path()) };
    let sees_shared = may_see(FormKind::Assessment, seat);
    let back = if sees_shared { back } else { laid.path() };
    FormPage {
        page: seat.page(title, "").back(if own && shared { "/me".to_owned() } else { back }),
        caption: (!own).then_some(name),
        purpose: at.form.purpose.clone(),
        asked: asked(laid, &known.sections, writes),
        next: next(seat, at, own),
        ways: ways(seat, laid, at, writes),
        prompts: others::prompts(seat, laid).filter(|_| shared),
        network: Network::of(&known, &laid.readable.carers, laid.given(), own).filter(|_| shared),
        groups,
        others: if shared { others::forms(seat, laid) } else { Vec::new() },
        begin: (shared && others::may_begin(seat, own).next().is_some())
            .then(|| format!("/person/{id}/begin")),
        thought_of: others::thought_of(laid).filter(|_| shared && !own),
    }
}

fn section_view(
    telling: Telling<'_>,
    at: At<'_>,
    section: &KnownSection<'_>,
    writes: bool,
) -> SectionView {
    let laid = telling.laid;
    let standing = Standing::of(section);
    let sides = sides(telling, section);
    let of_professional =
        section.questions.iter().all(|known| known.question.side == Side::Professional);
    let writes = writes && !(laid.own && of_professional && sides.is_empty());
    let id = laid.record.person.id;
    let words = match (standing.known, standing.to_ask()) {
        (0, _) => "Write this part",
        (_, 0) => "Confirm or change",
        _ => "Write, confirm or change",
    };
    let words = if laid.own && of_professional { "Say if this is wrong" } else { words };
    SectionView {
        id: section.section.id.to_string(),
        title: section.section.title.clone(),
        tag: standing.tag(),
        to_ask: still_to_ask(laid, section, standing),
        write: writes.then(|| (words, at.section_path(id, section.section.id.as_str()))),
        sides,
    }
}

/// What is said, under whose words it is: a record that nobody has confirmed is in nobody’s.
fn sides(telling: Telling<'_>, section: &KnownSection<'_>) -> Vec<(String, Vec<(String, Markup)>)> {
    let laid = telling.laid;
    let own = if laid.own {
        "In your own words".to_owned()
    } else {
        format!("In {}’s own words", laid.given())
    };
    let whose = |known: &KnownQuestion<'_>| {
        let of_record = |answer: &KnownAnswer<'_>| matches!(answer.from, known::From::Register);
        (!known.answers.iter().all(of_record)).then_some(known.question.side)
    };
    let sides = [
        (Some(Side::Person), own),
        (None, "Known already".to_owned()),
        (Some(Side::Professional), "What professionals say".to_owned()),
    ];
    let said = sides.into_iter().map(|(side, title)| {
        let of_it = section.questions.iter().filter(|known| whose(known) == side);
        let answers =
            of_it.filter_map(|known| Some((known.question.text.clone(), telling.answers(known)?)));
        (title, answers.collect::<Vec<_>>())
    });
    said.filter(|(_, answers)| !answers.is_empty()).collect()
}

/// What is still to be asked, and of whom.
fn still_to_ask(laid: &Laid, section: &KnownSection<'_>, standing: Standing) -> Option<Details> {
    let lines = |side: Side| {
        list(to_ask(section, side).map(|known| known.question.text.clone()).collect::<Vec<_>>())
    };
    let mut parts = Vec::new();
    let of = |side: Side| to_ask(section, side).count();
    let (person, professional) = (of(Side::Person), of(Side::Professional));
    let of_whom = match (person, professional, laid.own) {
        (0, 0, _) => return None,
        (_, 0, true) => "of you".to_owned(),
        (_, 0, false) => format!("of {}", laid.given()),
        (0, _, _) => "of professionals".to_owned(),
        (_, _, true) => "of you and of professionals".to_owned(),
        (_, _, false) => format!("of {} and of professionals", laid.given()),
    };
    if person > 0 {
        parts.push(lines(Side::Person));
    }
    if person > 0 && professional > 0 {
        parts.push(crate::ask::paragraph("For professionals:"));
    }
    if professional > 0 {
        parts.push(lines(Side::Professional));
    }
    let summary = format!("Still to ask {of_whom}: {}", questions(standing.to_ask()));
    Some(Details::new(summary, Markup::join(parts)))
}

/// What is asked of whoever reads it, in a sentence.
fn asked(laid: &Laid, sections: &[KnownSection<'_>], writes: bool) -> String {
    let (mut person, mut professional, mut parts) = (0, 0, 0);
    for section in sections {
        let of = |side: Side| to_ask(section, side).count();
        person += of(Side::Person);
        professional += of(Side::Professional);
        parts += usize::from(Standing::of(section).to_ask() > 0);
    }
    let (person, professional) = (questions(person), questions(professional));
    if parts == 0 {
        return "Nothing is left to ask: everything here is known.".to_owned();
    }
    let of = if parts == 1 { "one part".to_owned() } else { format!("{parts} parts") };
    let told = if laid.own {
        format!(
            "There is still something to say in {of}: {person} for you, {professional} for those \
             who work with you. You need not answer all at once, and what you have told us is not \
             asked again."
        )
    } else {
        format!(
            "Still to ask in {of}: {person} for {}, {professional} for professionals. What is known \
             is not asked again: confirm it, change it, or mark it as out of date.",
            laid.given()
        )
    };
    if writes {
        told
    } else {
        told.split(". What is known").next().unwrap_or_default().to_owned() + "."
    }
}

/// What happens next: who does it by when, or how it ended.
fn next(seat: &Seat, at: At<'_>, own: bool) -> Vec<String> {
    let Some(begun) = at.begun else {
        if own {
            return vec![
                "You can write in it at any time, a part at a time, and so can anyone who works \
                 with you. Each part is saved by itself."
                    .to_owned(),
            ];
        }
        return vec![
            "Anyone who works with the person can write in it at any time, and so can the person. \
             Nobody has asked for it to be finished by a day."
                .to_owned(),
        ];
    };
    let said = &begun.begun.said;
    let who = owner::whose(seat, begun);
    let mut next = Vec::new();
    match &begun.ended {
        None => next.push(format!(
            "{} asked for it on {}. {who} does it, by {}.",
            begun.begun.author.name,
            begun.begun.on.in_words(),
            said.due.in_words()
        )),
        Some(ended) => {
            let how = match ended.said.ending {
                Ending::Finished => "It was finished",
                Ending::Declined => "It came to its end because the person does not want it",
                Ending::NotNeeded => "It came to its end because it is not needed",
            };
            let on = ended.on.in_words();
            next.push(format!("{how}: {}, on {on}.", ended.author.name));
            next.extend(
                ended
                    .said
                    .review_by
                    .map(|by| format!("It is looked at again by {}.", by.in_words())),
            );
        }
    }
    next.extend(owner::history(seat, begun));
    let why = if said.why.is_empty() { None } else { Some(format!("Why: {}", said.why)) };
    let end = begun.ended.as_ref().map(|ended| ended.said.words.clone());
    next.extend(why);
    next.extend(end.filter(|words| !words.is_empty()));
    next
}

fn ways(seat: &Seat, laid: &Laid, at: At<'_>, writes: bool) -> Vec<(String, String)> {
    let (id, mut ways) = (laid.record.person.id, Vec::new());
    let open = at.begun.filter(|begun| begun.ended.is_none());
    let own = seat.actor.person == Some(id);
    match open {
        Some(begun) if writes && !own => {
            let href = format!("/person/{id}/end/{}", laid.called(begun.begun.entry));
            ways.push(("Finish it, or close it".to_owned(), href));
            let href = hand::path(id, laid.called(begun.begun.entry));
            ways.push(("Hand it over to somebody else".to_owned(), href));
        }
        None if !at.form.each_time
            && others::may_begin(seat, own).any(|form| form.id == at.form.id) =>
        {
            let words =
                if own { "Ask for this assessment" } else { "Ask for it to be done by a day" };
            ways.push((words.to_owned(), format!("/person/{id}/begin?form={}", at.form.id)));
        }
        _ => {}
    }
    let finished = at.begun.and_then(|begun| begun.ended.as_ref());
    let letter = finished.and_then(|ended| laid.readable.letter(ended.entry));
    ways.extend(letter.map(|letter| {
        (
            "The letter of this assessment".to_owned(),
            format!("/person/{id}/letter/{}", laid.called(letter.entry)),
        )
    }));
    ways.extend(decide::ways(seat, laid, at));
    ways
}
