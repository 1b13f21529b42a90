//! The letter of an assessment: what it says, section by section, as it stood on the day it was finished;
//! of what the person may read, and nothing else (Care Act 2014 s12(3) and (4)).

use care::assess::Ground;
use care::assess::known::{self, KnownQuestion, KnownSection};
use care::assess::register::OnRegister;
use care::record::entry::{Audience, Entry, EntryNumber};
use care::record::fact::assess::{FormKind, Side};
use care::record::person::Person;
use law::day::Day;

use crate::ask::{heading, paragraph};
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::composed::{Composed, Idea, idea, sentences};
use crate::reading::Record;
use crate::seat::Seat;

/// What the letter about a finished assessment says.
pub fn compose(seat: &Seat, record: &Record, entry: EntryNumber) -> Option<Composed> {
    let then = |one: &&Entry| one.number <= entry && one.audience == Audience::Everyone;
    let entries: Vec<Entry> = record.entries.iter().filter(then).cloned().collect();
    let readable = Person::fold(record.person.id, &entries);
    let begun = readable
        .assessment
        .begun
        .iter()
        .find(|form| form.ended.as_ref().is_some_and(|ended| ended.entry == entry))?;
    let ended = begun.ended.as_ref()?;
    let forms = &seat.app.place.forms;
    let form = forms.get(&begun.begun.said.form)?;
    let register = OnRegister::default();
    let ground = Ground { forms, readable: &readable.assessment, register: &register };
    let known = known::known(form, None, &readable, &ground, ended.on);
    let carer = begun.begun.said.purpose == FormKind::Carer;
    let title = if carer { "Your carer’s assessment" } else { "Your assessment" };
    let on = ended.on.in_words();
    let mut whole = vec![paragraph(&format!(
        "This is what you told us, and what those who work with you saw. We finished it with you on \
         {on}. It is yours to keep, and to show to whom you like."
    ))];
    if !ended.said.words.is_empty() {
        whole.push(paragraph(&ended.said.words));
    }
    let mut easy = vec![idea(
        "two people talking",
        [
            "We talked with you.".to_owned(),
            format!("We finished on {on}."),
            "This letter says what you told us.".to_owned(),
        ],
    )];
    for section in &known.sections {
        whole.extend(read(section, "In your own words"));
        easy.extend(outline(section));
    }
    whole.push(heading("What happens next"));
    let review = ended.said.review_by.map(Day::in_words);
    if let Some(by) = &review {
        whole.push(paragraph(&format!(
            "We look at it again with you by {by}, or sooner if things change: you only have to ask."
        )));
    }
    whole.extend([
        paragraph(
            "In another letter we tell you what we decided on it: whether the law says that the \
             council must help.",
        ),
        heading("If something here is not right"),
        paragraph("Tell us. We put it right, and your own words stay your own."),
    ]);
    easy.extend(review.map(|by| {
        idea(
            "a calendar",
            [format!("We talk with you again by {by}."), "You can ask sooner.".into()],
        )
    }));
    easy.push(idea(
        "a pen",
        ["Is something wrong in this letter?", "Tell us.", "We put it right."],
    ));
    Some(Composed { title: title.to_owned(), whole, easy })
}

/// The answers of a section that could be relied on then, question by question.
fn answers<'s>(
    section: &'s KnownSection<'_>,
    side: Side,
) -> impl Iterator<Item = (&'s KnownQuestion<'s>, &'s [String])> {
    let of_side = section.questions.iter().filter(move |known| known.question.side == side);
    of_side.filter_map(|known| Some((known, known.current()?.words.as_slice())))
}

/// A section that was answered, side by side, with these words over the person's own.
pub fn read(section: &KnownSection<'_>, own_words: &str) -> Vec<Markup> {
    let mut parts = Vec::new();
    for (side, title) in [(Side::Person, own_words), (Side::Professional, "What professionals say")]
    {
        let rows: Vec<SummaryRow> = answers(section, side)
            .map(|(known, words)| {
                let said = Markup::join(words.iter().map(|line| paragraph(line)));
                SummaryRow::new(known.question.text.as_str(), said)
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        if parts.is_empty() {
            parts.push(heading(&section.section.title));
        }
        parts.push(paragraph(title));
        parts.push(SummaryList::new(rows).into());
    }
    parts
}

/// What the person said in a section, in easy read: an idea for each question.
fn outline(section: &KnownSection<'_>) -> Vec<Idea> {
    let ideas = answers(section, Side::Person).map(|(known, words)| {
        let mut says = vec![known.question.text.clone(), "You said:".to_owned()];
        says.extend(words.iter().flat_map(|line| sentences(line)));
        idea(section.section.title.to_lowercase(), says)
    });
    ideas.collect()
}
