//! What stands in a plan beside the outcomes: staying well, what to do when things get worse, a carer who
//! cannot be there, work, wishes for the end of life. Forms of the place say what is asked
//! (`policy/forms`); whoever may not read one of them sees nothing of it.

use askama::Template;
use care::assess::form::Form;
use care::assess::known::{self, KnownSection};
use care::record::person::assessment::Writing;

use super::told::{Telling, new_tag};
use crate::assess::{Sayings, may_see, may_write};
use crate::components::{Markup, Tag};
use crate::seat::Seat;

#[derive(Template)]
#[template(path = "plan/section.html")]
struct SectionView<'a> {
    id: &'a str,
    title: &'a str,
    tag: Option<Tag>,
    answers: Vec<(&'a str, Markup)>,
    ways: Option<(&'static str, String)>,
}

/// The forms whose sections stand in a plan, as far as whoever asks may read them: the plan's own first.
pub fn forms(seat: &Seat) -> Vec<&Form> {
    let forms = seat.app.place.forms.iter();
    let theirs = forms.filter(|form| form.kind.is_of_plan() && may_see(form.kind, seat));
    let mut forms: Vec<&Form> = theirs.collect();
    forms.sort_by_key(|form| form.kind);
    forms
}

/// The sections: on the page all that are asked, on paper those in which something is written.
pub fn parts(telling: &Telling<'_>) -> Vec<Markup> {
    let Telling { seat, laid, .. } = telling;
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let mut parts = Vec::new();
    for form in forms(seat) {
        let known = known::known(form, None, &laid.readable, &ground, seat.today);
        parts.extend(known.sections.iter().filter_map(|section| view(telling, form, section)));
    }
    parts
}

fn view(telling: &Telling<'_>, form: &Form, known: &KnownSection<'_>) -> Option<Markup> {
    let (seat, laid) = (telling.seat, telling.laid);
    let sayings = Sayings { laid, place: &seat.app.place };
    let answers = known.questions.iter();
    let answers: Vec<(&str, Markup)> = answers
        .filter_map(|one| Some((one.question.text.as_str(), sayings.answers(one)?)))
        .collect();
    let asked = known.questions.iter().any(|one| one.shown);
    if answers.is_empty() && !(asked && telling.ways) {
        return None;
    }
    let words = if answers.is_empty() { "Write this part" } else { "Confirm or change" };
    let section = known.section;
    let href = format!("{}/form/{}/{}", laid.path(), form.id, section.id);
    let writes = telling.writes() && may_write(form.kind, seat);
    let new = known.standing.iter().copied().map(Writing::entry).any(|entry| telling.is_new(entry));
    Some(Markup::of(&SectionView {
        id: section.id.as_str(),
        title: &section.title,
        tag: new.then(new_tag),
        answers,
        ways: writes.then_some((words, href)),
    }))
}
