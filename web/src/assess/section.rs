//! A section of a form: what is known of it, and the fields to write it; saved by itself.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::form::Section;
use care::assess::known::{self, KnownSection};
use care::assess::write::Conflict;
use care::record::entry::EntryNumber;
use care::record::fact::assess::{FormKind, Side};
use care::record::ids::{FormId, PersonId, QuestionId, SectionId};
use care::record::person::Person;
use care::record::person::assessment::{Place, Writing};

use super::answers::Telling;
use super::field;
use super::field::rows;
use super::laid::{At, Laid, may_see, may_write};
use super::question::{Sheet, source};
use super::sent::{self, Came, FOR, Readers, SAW, Wanted};
use super::standing::{Standing, questions};
use crate::ask::note_refusal;
use crate::changing::Sent;
use crate::components::{
    Button, Checkboxes, Choice, Details, Markup, TextInput, Textarea, WarningText,
};
use crate::error::Failure;
use crate::forms::{Form, capital};
use crate::names::Name;
use crate::page::{self, Page};
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

/// The page.
#[derive(Template)]
#[template(path = "assess/section.html")]
struct SectionPage {
    page: Page,
    caption: String,
    lead: String,
    asked: String,
    next: String,
    warning: Option<WarningText>,
    action: String,
    version: u32,
    saw: Vec<Name>,
    sides: Vec<SideView>,
    rather_not: Option<Details>,
    rests_on: TextInput,
    copy_all: Option<Button>,
    save: Button,
    go_on: Option<Button>,
    still: Option<Button>,
    out: Option<Details>,
    fewer: Option<Fewer>,
    others: Option<Details>,
}

/// For whom it is written, where that is not everybody whom the form is usually for.
struct Fewer {
    code: &'static str,
    words: &'static str,
    usual: String,
}

/// One side of it: the person's words, or what professionals say.
struct SideView {
    title: String,
    hint: String,
    questions: Vec<Markup>,
}

/// What is shown again after a form was sent.
#[derive(Default)]
struct Again {
    saw: Option<Vec<EntryNumber>>,
    clash: Vec<(QuestionId, String)>,
    conflict: bool,
}

const LOOKED_AT: &str = "a part of the assessment, to write";
const LOOKED_AT_PLAN: &str = "a part of the plan, to write";

/// Where a section is, as its address says.
type Address = (PersonId, String, String);

/// Shows a section to write.
pub async fn ask(
    seat: Seat,
    Path((id, form, section)): Path<Address>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let laid = open(&seat, id, &form, &section).await?;
    let at = at(&seat, &laid, &form)?;
    if !at.is_open() {
        return Ok(Redirect::to(&at.path(id)).into_response());
    }
    let here = at.form.section(&SectionId::new(section)).ok_or(Failure::NotFound)?;
    let readers = Readers::of(asked.value(FOR), at, laid.own);
    let form = filled(&seat, &laid, (at, here), readers);
    view(&seat, &laid, (at, here, readers), &form, Again::default())
}

/// Opens the record for a section: only for whoever may write there, and where there is such a section.
async fn open(seat: &Seat, id: PersonId, form: &str, section: &str) -> Result<Laid, Failure> {
    let of_plan =
        seat.app.place.forms.get(&FormId::new(form)).is_some_and(|one| one.kind.is_of_plan());
    let looked_at = if of_plan { LOOKED_AT_PLAN } else { LOOKED_AT };
    let (form, section) = (form.to_owned(), SectionId::new(section));
    let has = move |person: &Person, seat: &Seat| {
        let at = At::find(&seat.names(person.id), &form, &seat.app.place.forms, &person.assessment);
        at.is_some_and(|at| {
            let kind = at.form.kind;
            may_see(kind, seat) && may_write(kind, seat) && at.form.section(&section).is_some()
        })
    };
    Laid::open(seat, id, looked_at, has).await
}

fn at<'a>(seat: &'a Seat, laid: &'a Laid, form: &str) -> Result<At<'a>, Failure> {
    let at = laid.at(form, &seat.app.place.forms);
    at.ok_or(Failure::NotFound)
}

/// The form with what stands and would be changed.
fn filled(seat: &Seat, laid: &Laid, (at, section): (At<'_>, &Section), readers: Readers) -> Form {
    let author = seat.actor.author();
    let mut form = Form::blank();
    for &side in Side::ALL {
        let Some(voice) = readers.voice(side) else { continue };
        let assessment = &laid.readable.assessment;
        let standing = sent::replaced(assessment, (at, section), (readers, voice), &author);
        for question in section.questions.iter().filter(|question| question.side == side) {
            let reply = standing.iter().rev().find_map(|writing| writing.reply(&question.id));
            form = reply.into_iter().fold(form, |form, reply| field::fill(question, form, reply));
        }
    }
    form
}

fn view(
    seat: &Seat,
    laid: &Laid,
    (at, section, readers): (At<'_>, &Section, Readers),
    form: &Form,
    again: Again,
) -> Result<Response, Failure> {
    let place = &seat.app.place;
    let register = laid.outside.register();
    let ground = laid.ground(place, &register);
    let whole = known::known(at.form, at.occasion, &laid.readable, &ground, seat.today);
    let known = whole.section(&section.id).ok_or(Failure::NotFound)?;
    let id = laid.record.person.id;
    let action = at.section_path(id, section.id.as_str());
    let writes: Vec<Side> =
        Side::ALL.iter().copied().filter(|side| readers.voice(*side).is_some()).collect();
    let sheet = Sheet {
        known,
        form,
        to: &action,
        writes: &writes,
        telling: Telling { laid, place },
        anew: at.form.each_time,
        clash: &again.clash,
    };
    let sides = sides(laid, section, &sheet);
    let caption = if laid.own {
        format!("Your {}", at.form.title.to_lowercase())
    } else {
        format!("{}: {}", at.form.title, laid.name())
    };
    let page = seat.page(section.title.as_str(), "").back(at.path(id)).errors(form);
    let mut stands: Vec<&Writing> = known.standing.clone();
    stands.sort_by_key(|writing| sent::weight(writing));
    let stands = stands.into_iter().map(Writing::entry).collect();
    // What is for fewer is written by itself; the rest of what can be done here, for everybody.
    let usual = readers.fewer.is_none();
    let anything = usual && !known.standing.is_empty();
    let next = next_of(&whole.sections, &section.id);
    let view = SectionPage {
        page,
        caption,
        lead: section.lead.clone(),
        asked: asked(laid, known),
        next: what_next(laid, at, readers),
        warning: again.conflict.then(conflict_warning),
        version: at.form.version,
        saw: again.saw.unwrap_or(stands).into_iter().map(|entry| laid.called(entry)).collect(),
        sides,
        rather_not: sheet.rather_not(),
        rests_on: rests_on(laid, form),
        copy_all: sheet.anew.then(|| copy_all(known, form)).flatten(),
        save: Button::new("Save").sends("do", "save").once(),
        go_on: next.filter(|_| usual).map(|next| {
            let words = format!("Save and go on to ‘{}’", next.section.title);
            Button::new(words).secondary().sends("do", "next").once()
        }),
        still: anything.then(|| {
            Button::new("All of this is still right").secondary().sends("do", "still").once()
        }),
        out: out_of_date(known, form).filter(|_| usual),
        fewer: readers.fewer.map(|fewer| Fewer {
            code: fewer.code(),
            words: fewer.in_words(),
            usual: action.clone(),
        }),
        others: for_fewer(at, section, &action).filter(|_| usual && !laid.own),
        action,
    };
    if form.is_sound() && !again.conflict { page::show(&view) } else { page::again(&view) }
}

fn sides(laid: &Laid, section: &Section, sheet: &Sheet<'_>) -> Vec<SideView> {
    let both = section.questions.iter().any(|question| question.side != section.side);
    let mut sides = Vec::new();
    for &side in Side::ALL {
        let questions = sheet.questions(side);
        if questions.is_empty() {
            continue;
        }
        let (title, hint) = match (side, laid.own) {
            (Side::Person, true) => ("In your own words".to_owned(), String::new()),
            (Side::Person, false) => (
                format!("In {}’s own words", laid.given()),
                format!(
                    "Ask {}, and write down what they say. Everyone will see that you wrote it for \
                     them.",
                    laid.given()
                ),
            ),
            (Side::Professional, true) => (
                "What professionals say".to_owned(),
                "You can read this. If it is wrong, say so at the foot of the page.".to_owned(),
            ),
            (Side::Professional, false) => (
                "What professionals say".to_owned(),
                "What you see and what you judge. It stands beside their words, not over them."
                    .to_owned(),
            ),
        };
        let shown = both || side == Side::Professional || !laid.own;
        sides.push(SideView {
            title: if shown { title } else { String::new() },
            hint: if shown { hint } else { String::new() },
            questions,
        });
    }
    sides
}

/// What is asked here, in a sentence.
fn asked(laid: &Laid, known: &KnownSection<'_>) -> String {
    let standing = Standing::of(known);
    let (person, professional) = (standing.of_person, standing.of_professional);
    let mut parts = Vec::new();
    if person > 0 && laid.own {
        parts.push(format!("We would like to ask you {}.", questions(person)));
    } else if person > 0 {
        parts.push(format!("{} to ask {}.", capital(&questions(person)), laid.given()));
    }
    if professional > 0 && !laid.own {
        parts.push(format!("{} for a professional.", capital(&questions(professional))));
    }
    if standing.again > 0 {
        parts.push(format!("{} to look at again.", capital(&questions(standing.again))));
    }
    if parts.is_empty() {
        parts.push("Nothing is left to ask here. You can still change it.".to_owned());
    }
    parts.join(" ")
}

/// The ways to write something for fewer than usual, where the form allows it.
fn for_fewer(at: At<'_>, section: &Section, action: &str) -> Option<Details> {
    let professionals = section.questions.iter().any(|one| one.side == Side::Professional);
    if at.form.also_for.is_empty() || !professionals {
        return None;
    }
    let about = crate::ask::paragraph(
        "Everybody may read what is written here, the person too. Write for fewer only what somebody \
         told you in confidence, or what could do serious harm where it were known.",
    );
    let ways = at.form.also_for.iter().map(|audience| {
        crate::ask::link(audience.in_words(), &format!("{action}?{FOR}={}", audience.code()))
    });
    let parts = std::iter::once(about).chain(ways);
    Some(Details::new("Write something for fewer people", Markup::join(parts)))
}

fn what_next(laid: &Laid, at: At<'_>, readers: Readers) -> String {
    if let Some(fewer) = readers.fewer {
        return format!(
            "What you save is on the record at once, for these readers: {}.",
            fewer.in_words().to_lowercase()
        );
    }
    let readers = match at.form.audience {
        care::record::entry::Audience::Everyone if at.form.kind == FormKind::EndOfLife => {
            if laid.own {
                "those who see your assessment"
            } else {
                "they and those who see the assessment"
            }
        }
        care::record::entry::Audience::Everyone if laid.own => "everyone who works with you",
        care::record::entry::Audience::Everyone => "they and everyone who works with them",
        _ => "only those who work with them",
    };
    format!(
        "What you save is on the record at once: {readers} can read it, and nobody asks it again."
    )
}

fn conflict_warning() -> WarningText {
    WarningText::new(
        "Somebody else wrote here while you were writing. Nothing is lost, and nothing of yours is \
         saved yet. Where you wrote about different things, both are below. Where you wrote about \
         the same, theirs stands beside yours: choose, and save again.",
    )
}

fn rests_on(laid: &Laid, form: &Form) -> TextInput {
    let (label, hint) = if laid.own {
        ("Is there anything that shows this?", "Leave it empty if there is nothing.")
    } else {
        ("What this rests on", "A visit, a call, a letter; who was there.")
    };
    TextInput::new("rests-on", label).hint(hint).filled(form)
}

/// The first section after this one in which something is to be asked.
fn next_of<'k, 'a>(
    sections: &'k [KnownSection<'a>],
    here: &SectionId,
) -> Option<&'k KnownSection<'a>> {
    let after = sections.iter().skip_while(|known| known.section.id != *here).skip(1);
    let mut open = after.filter(|known| Standing::of(known).to_ask() > 0);
    open.next()
}

/// The button that copies all of last time's answers that nothing stands beside yet.
fn copy_all(known: &KnownSection<'_>, form: &Form) -> Option<Button> {
    let open = known.questions.iter().filter(|known| {
        known.last_time.is_some()
            && known.answers.is_empty()
            && !field::is_filled(known.question, form)
    });
    (open.count() > 1).then(|| {
        Button::new("Copy all of last time’s answers across").secondary().sends("do", "take-all")
    })
}

/// To say that something is no longer right.
fn out_of_date(known: &KnownSection<'_>, form: &Form) -> Option<Details> {
    let answered = known.questions.iter().filter(|known_question| {
        let id = &known_question.question.id;
        known.standing.iter().any(|writing| writing.reply(id).is_some())
    });
    let choices: Vec<Choice> = answered
        .map(|known| Choice::new(known.question.id.as_str(), known.question.text.as_str()))
        .collect();
    if choices.is_empty() {
        return None;
    }
    let parts = Markup::join([
        Checkboxes::new("out", "What is no longer right?", choices).small().filled(form).into(),
        Textarea::new("why", "What has changed, or what is wrong?").rows(2).filled(form).into(),
        Button::new("Mark as out of date").secondary().sends("do", "out").into(),
    ]);
    let details = Details::new("Something here is no longer right", parts);
    let open = form.values("out").next().is_some() || form.problem("out").is_some();
    Some(if open || form.problem("why").is_some() { details.open() } else { details })
}

/// Keeps a section; or shows the form with a row more or less, or an answer copied across.
pub async fn write(
    seat: Seat,
    Path((id, segment, section)): Path<Address>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let laid = open(&seat, id, &segment, &section).await?;
    let at = at(&seat, &laid, &segment)?;
    let here = at.form.section(&SectionId::new(section.as_str())).ok_or(Failure::NotFound)?;
    let saw: Vec<EntryNumber> = form.values(SAW).filter_map(|said| laid.entry(said)).collect();
    let again = || Again { saw: Some(saw.clone()), ..Again::default() };
    let what = form.value("do").to_owned();
    let readers = Readers::of(form.value(FOR), at, laid.own);
    if let Some(form) = rearranged(&seat, &laid, (at, here), &form, &what) {
        return view(&seat, &laid, (at, here, readers), &form, again());
    }
    let drafts = sent::drafts(&laid, &mut form, at, here, readers);
    if !form.is_sound() {
        return view(&seat, &laid, (at, here, readers), &form, again());
    }
    let wanted = if what == "out" {
        match marks(&seat, &laid, (at, here), &mut form, &drafts) {
            Some(wanted) => wanted,
            None => return view(&seat, &laid, (at, here, readers), &form, again()),
        }
    } else {
        Wanted::Save { drafts, still: what == "still" }
    };
    match sent::keep(&seat, &laid, at.form.kind, wanted, Sent::of(&form)).await? {
        Came::Kept => Ok(Redirect::to(&then(&seat, &laid, (at, here), &what)).into_response()),
        Came::Refused(refusal) => {
            note(&mut form, &refusal);
            view(&seat, &laid, (at, here, readers), &form, again())
        }
        Came::Conflict(conflicts) => {
            // What they wrote is read anew, to stand beside.
            let laid = open(&seat, id, &segment, &section).await?;
            let at = laid.at(&segment, &seat.app.place.forms);
            let at = at.ok_or(Failure::NotFound)?;
            let here = at.form.section(&here.id.clone()).ok_or(Failure::NotFound)?;
            let (form, again) = beside(here, form, saw, &conflicts);
            view(&seat, &laid, (at, here, readers), &form, again)
        }
    }
}

/// The form with both versions laid together, and what its writer now has before them.
fn beside(
    section: &Section,
    mut form: Form,
    mut saw: Vec<EntryNumber>,
    conflicts: &[Conflict],
) -> (Form, Again) {
    let mut clash = Vec::new();
    for conflict in conflicts {
        saw.extend(
            conflict.saw.iter().copied().filter(|entry| !saw.contains(entry)).collect::<Vec<_>>(),
        );
        let side = conflict.theirs.first().map(Writing::side);
        for question in section.questions.iter().filter(|one| Some(one.side) == side) {
            form = match conflict.merged.get(&question.id) {
                Some(reply) => field::fill(question, form, reply),
                None => field::cleared(question, form),
            };
        }
        for differ in &conflict.differ {
            let who = differ.theirs.first().and_then(|(entry, _)| {
                let theirs = conflict.theirs.iter().find(|writing| writing.entry() == *entry)?;
                Some(theirs.told.author.name.clone())
            });
            clash.push((differ.question.clone(), who.unwrap_or_else(|| "Somebody".to_owned())));
        }
    }
    (form, Again { saw: Some(saw), clash, conflict: true })
}

/// What is marked as out of date; None where that would lose what was typed.
fn marks(
    seat: &Seat,
    laid: &Laid,
    (at, section): (At<'_>, &Section),
    form: &mut Form,
    drafts: &[care::assess::write::Draft],
) -> Option<Wanted> {
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    if sent::would_be_lost(drafts, at.form.kind, &ground, &seat.actor.author()) {
        form.wrong_form("You changed answers too: save them first, then say what is out of date");
        return None;
    }
    let place = Place { form: &at.form.id, occasion: at.occasion, section: &section.id };
    let standing = laid.readable.assessment.standing_in(place).map(Writing::entry).collect();
    let questions: BTreeSet<QuestionId> = form.values("out").map(QuestionId::new).collect();
    Some(Wanted::OutOfDate { questions, why: form.value("why").to_owned(), standing })
}

/// Puts a refusal where it belongs; one of the answers as a whole has no field of its own.
fn note(form: &mut Form, refusal: &care::who::actor::Refusal) {
    use care::who::actor::Refusal;
    match refusal {
        Refusal::Missing { field: "replies", message, .. } => form.wrong_form(message.as_str()),
        other => note_refusal(form, other),
    }
}

/// Where the writer goes on.
fn then(seat: &Seat, laid: &Laid, (at, section): (At<'_>, &Section), what: &str) -> String {
    let id = laid.record.person.id;
    if what == "next" {
        let register = laid.outside.register();
        let ground = laid.ground(&seat.app.place, &register);
        let whole = known::known(at.form, at.occasion, &laid.readable, &ground, seat.today);
        if let Some(next) = next_of(&whole.sections, &section.id) {
            return at.section_path(id, next.section.id.as_str());
        }
    }
    let done = match what {
        "still" => "confirmed",
        "out" => "out-of-date",
        _ => "saved",
    };
    // To its top: there it is said what was done, and the list leads to the next part.
    format!("{}?done={done}", at.path(id))
}

/// The form with a row more or less, or with answers copied across, where `do` asks for it.
fn rearranged(
    seat: &Seat,
    laid: &Laid,
    (at, section): (At<'_>, &Section),
    form: &Form,
    what: &str,
) -> Option<Form> {
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let whole = || known::known(at.form, at.occasion, &laid.readable, &ground, seat.today);
    if what == "take-all" {
        let whole = whole();
        let known = whole.section(&section.id)?;
        let open = known.questions.iter().filter(|known| known.answers.is_empty());
        return Some(open.fold(form.clone(), |form, known| match &known.last_time {
            Some(last) if !field::is_filled(known.question, &form) => {
                field::fill(known.question, form, &last.reply)
            }
            _ => form,
        }));
    }
    let mut words = what.split('.');
    let (verb, id) = (words.next()?, QuestionId::new(words.next()?));
    let question = section.question(&id)?;
    let rest = words.next();
    match verb {
        "add" => Some(rows::rearranged(question, form, None)),
        "drop" => Some(rows::rearranged(question, form, Some(rest?.parse().ok()?))),
        "take" => {
            let whole = whole();
            let known = whole.question(&section.id, &id)?;
            let answer = if rest == Some("last") {
                known.last_time.as_ref()
            } else {
                known.answers.iter().find(|answer| Some(source(&answer.from).as_str()) == rest)
            };
            let Some(answer) = answer else { return Some(form.clone()) };
            Some(field::fill(question, form.clone(), &answer.reply))
        }
        _ => None,
    }
}
