//! Forms as work: asked for or begun, with an owner and a day; and ended.

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::assess::{
    Ending, FormBegun, FormEnded, FormHandedOver, FormKind, Prompt, Voice,
};
use crate::record::fact::{Begun, Fact};
use crate::record::ids::{FormId, TeamId, UserId};
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Refusal, optional_words, words};

use super::write::audience_of;
use super::{Ground, known, require_to_write};

/// A form to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// The form.
    pub form: FormId,
    /// What this one is about, where it is filled in anew each time.
    pub about: String,
    /// Why it is asked for.
    pub why: String,
    /// Whose work it is.
    pub owner: Owner,
    /// The day by which it is promised; by the form's own rule, where none is said.
    pub due: Option<Day>,
}

/// Whose work a form is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A team's.
    Team(TeamId),
    /// One user's.
    User(UserId),
}

/// Asks for a form, or begins it: from here on it is somebody's work. Of a form that is kept up to
/// date there is one at a time.
pub fn begin(
    person: &Person,
    wanted: Begin,
    begun: Begun,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let form = ground.form(&wanted.form)?;
    require_to_write(form.kind, asking)?;
    let own = asking.actor.person == Some(person.id);
    if own && !form.writers.contains(&asking.actor.role.id) {
        return Err(Refusal::NotNow(
            "Ask those who work with you for this: they begin it with you".to_owned(),
        ));
    }
    let open =
        ground.readable.begun.iter().find(|other| {
            other.begun.said.form == form.id && other.ended.is_none() && !form.each_time
        });
    if let Some(open) = open {
        return Err(Refusal::NotNow(format!(
            "‘{}’ is under way already: {} began it on {}",
            form.title,
            open.begun.author.name,
            open.begun.on.in_words()
        )));
    }
    let about = match form.kind {
        FormKind::Capacity | FormKind::BestInterests => words(
            "about",
            &wanted.about,
            "Name the one decision: capacity is looked at decision by decision",
        )?,
        _ => optional_words("about", &wanted.about)?,
    };
    let (team, user) = match wanted.owner {
        Owner::Team(team) => (Some(team), None),
        Owner::User(user) => (None, Some(user)),
    };
    let due = wanted.due.unwrap_or_else(|| asking.in_days(form.due_days));
    asking.not_before_today("due", "The day", due)?;
    let fact = FormBegun {
        form: form.id.clone(),
        purpose: form.kind,
        version: form.version,
        about,
        why: optional_words("why", &wanted.why)?,
        team,
        user,
        due,
    };
    let mut entries = asking.begin(person, begun);
    let audience = audience_of(form, if own { Voice::Own } else { Voice::Professional });
    entries.push(asking.entry_for(audience, Fact::FormBegun(Box::new(fact))));
    Ok(entries)
}

/// Why a form is handed over.
pub const WHY_HANDED: Needed =
    Needed::new("why", "Say why it is handed over, and what they have to know");

/// Hands a form that was begun over to a team, or to somebody who works with the person: whoever has it
/// now, here or gone. It keeps its day.
pub fn hand_over(
    person: &Person,
    begun: EntryNumber,
    to: &Owner,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let state = person.assessment.form_begun(begun).ok_or(Refusal::NoSuchEntry(begun))?;
    let purpose = state.begun.said.purpose;
    require_to_write(purpose, asking)?;
    if asking.actor.person == Some(person.id) {
        return Err(Refusal::NotNow("Those who work with you hand their work over".to_owned()));
    }
    if let Some(ended) = &state.ended {
        return Err(Refusal::NotNow(format!("{} has ended this already", ended.author.name)));
    }
    let nobody = || Refusal::missing("to", "Choose a team, or somebody who works with the person");
    let (team, user, name) = match to {
        Owner::Team(team) => (Some(team.clone()), None, String::new()),
        Owner::User(user) if *user == asking.actor.user => {
            (None, Some(*user), asking.actor.name.clone())
        }
        Owner::User(user) => {
            let member = person.team.iter().find(|member| member.user == *user);
            (None, Some(*user), member.ok_or_else(nobody)?.name.clone())
        }
    };
    if state.owner() == (team.as_ref(), user) {
        return Err(Refusal::missing("to", "They have it now: choose somebody else"));
    }
    let why = WHY_HANDED.words(text)?;
    let handed = FormHandedOver { purpose, begun, team, user, name, why };
    Ok(vec![asking.entry_for(state.begun.audience, Fact::FormHandedOver(handed))])
}

/// Ends a form: finished, when nothing it needs is unanswered; or with the reason why not. Nobody has
/// to be assessed who does not want it, unless they may be harmed (Care Act 2014 s11(2)).
pub fn end(
    person: &Person,
    begun: EntryNumber,
    ending: Ending,
    text: &str,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let state = ground.readable.form_begun(begun).ok_or(Refusal::NoSuchEntry(begun))?;
    let form = ground.form(&state.begun.said.form)?;
    require_to_write(form.kind, asking)?;
    if asking.actor.person == Some(person.id) && ending != Ending::Declined {
        return Err(Refusal::NotNow(
            "Those who work with you say when it is finished: tell them if you no longer want it"
                .to_owned(),
        ));
    }
    if let Some(ended) = &state.ended {
        return Err(Refusal::NotNow(format!("{} has ended this already", ended.author.name)));
    }
    let words = match ending {
        Ending::Finished => {
            let occasion = form.each_time.then_some(begun);
            let known = known::known(form, occasion, person, ground, asking.today);
            let open = known.unfinished();
            if let Some((section, question)) = open.first() {
                let more = match open.len() - 1 {
                    0 => String::new(),
                    1 => ", and one question more".to_owned(),
                    more => format!(", and {more} questions more"),
                };
                return Err(Refusal::NotNow(format!(
                    "This is not answered yet: ‘{}’ in ‘{}’{more}",
                    question.text, section.title
                )));
            }
            optional_words("words", text)?
        }
        Ending::Declined if form.kind == FormKind::Assessment && harm_open(ground) => {
            return Err(Refusal::NotNow(
                "Somebody may be harming them: an assessment goes on although it is not wanted, as \
                 far as they let it (Care Act 2014 s11(2)). Answer the safeguarding prompt first"
                    .to_owned(),
            ));
        }
        Ending::Declined => {
            words("words", text, "Write what the person said, and what they were told")?
        }
        Ending::NotNeeded => words("words", text, "Say why it is not needed after all")?,
    };
    let review = (ending == Ending::Finished).then_some(form.review_months).flatten();
    let ended = FormEnded {
        purpose: form.kind,
        begun,
        ending,
        words,
        review_by: review.map(|months| asking.today.plus_months(i32::from(months))),
        letter: (ending == Ending::Finished && told_by_letter(form.kind)).then(|| asking.letter()),
    };
    Ok(vec![asking.entry_for(state.begun.audience, Fact::FormEnded(ended))])
}

/// Whether the person is given what such a form came to (Care Act 2014 s12(3) and (4)).
fn told_by_letter(kind: FormKind) -> bool {
    matches!(kind, FormKind::Assessment | FormKind::Carer)
}

fn harm_open(ground: &Ground<'_>) -> bool {
    ground
        .readable
        .prompted
        .iter()
        .any(|state| state.prompted.said.prompt == Prompt::Safeguarding && state.answered.is_none())
}
