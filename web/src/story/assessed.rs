//! What the assessment leaves on the timeline: in a line each. The answers stand on its own pages.

use care::record::fact::Fact;
use care::record::fact::assess::{FormKind, Voice};
use care::record::fact::carer::{LinkSaid, LinkSide};
use care::record::fact::decision::Made;
use care::record::ids::{FormId, SectionId};

use crate::app::Place;

use super::planned;

/// The title of such an entry, to whom it is about (`own`) or to somebody else; of the plan’s, as it says
/// ([`planned`]).
pub fn title(fact: &Fact, place: &Place, own: bool) -> String {
    let says = |to_them: &'static str, other: &'static str| if own { to_them } else { other };
    match fact {
        Fact::FormBegun(begun) => {
            format!("To do: {}", form(place, &begun.form, begun.version, begun.purpose))
        }
        Fact::FormHandedOver(handed) => match &handed.team {
            Some(team) => format!("A form was handed over to {}", place.team_name(team)),
            None => format!("A form was handed over to {}", handed.name),
        },
        Fact::FormEnded(ended) => format!("A form came to its end: {}", ended.ending.in_words()),
        Fact::SectionWritten(written) => {
            let form = form(place, &written.form, written.version, written.purpose);
            let section = section(place, &written.form, written.version, &written.section);
            let voice = match written.voice {
                Voice::Own | Voice::Recorded => says(", in your own words", ", in their own words"),
                Voice::Professional => "",
            };
            format!("{form}: {section}{voice}")
        }
        Fact::SectionConfirmed(_) => "Part of the assessment was confirmed".to_owned(),
        Fact::SectionOutdated(_) => "Part of the assessment is out of date".to_owned(),
        Fact::Prompted(prompted) => prompted.prompt.in_words().to_owned(),
        Fact::PromptAnswered(answered) if answered.done => "It was thought of, and done".to_owned(),
        Fact::PromptAnswered(_) => "It was thought of, and not done".to_owned(),
        Fact::EligibilityDecided(decided) => decided.determination.in_words().to_owned(),
        Fact::ChcConsidered(considered) => match considered.threshold {
            Some(threshold) => format!("Continuing healthcare checklist: {}", threshold.in_words()),
            None => "No continuing healthcare checklist was done".to_owned(),
        },
        Fact::CapacityAssessed(assessed) => assessed.conclusion.in_words().to_owned(),
        Fact::AuthorityRecorded(seen) => {
            format!("{}: {}", seen.authority.in_words(), seen.holder)
        }
        Fact::AuthorityEnded(_) => "Authority to decide came to its end".to_owned(),
        Fact::DecisionMade(made) => match made.made {
            Made::Person { .. } => says("You decided", "The person decided").to_owned(),
            Made::Holder { .. } | Made::BestInterests { .. } => {
                says("A decision was made for you", "A decision was made for the person").to_owned()
            }
        },
        Fact::RiskTalked(_) => "A risk was talked about".to_owned(),
        Fact::LetterGiven(given) => {
            let (letter, format) = (given.letter.in_words(), given.format.in_words());
            let route = given.route.in_words().to_lowercase();
            format!("Letter given: {letter} ({}, {route})", format.to_lowercase())
        }
        Fact::CarerLink(link) => linked(&link.said, own),
        Fact::CardWritten(_) => "Wrote an emergency card as a carer".to_owned(),
        planned => planned::title(planned, own),
    }
}

/// What was said of a link with a carer, or with somebody cared for.
fn linked(said: &LinkSaid, own: bool) -> String {
    let their = if own { "your" } else { "their" };
    let whom = |side: LinkSide, name: &str| match side {
        LinkSide::Carer => format!("{name}, as their carer"),
        LinkSide::CaredFor => format!("{their} carer, {name}"),
    };
    match said {
        LinkSaid::Offered { side, name, .. } => {
            format!("Offered a link with {}", whom(*side, name))
        }
        LinkSaid::Agreed { side, name, .. } => {
            format!("Agreed to a link with {}", whom(*side, name))
        }
        LinkSaid::Made { .. } => "The link that was offered is agreed".to_owned(),
        LinkSaid::Shares { .. } => "Changed what the other side of a link may see".to_owned(),
        LinkSaid::Ended { .. } => "A link came to its end".to_owned(),
    }
}

/// The free text of such an entry.
pub fn words(fact: &Fact) -> &str {
    match fact {
        Fact::FormBegun(begun) if begun.why.is_empty() => &begun.about,
        Fact::FormBegun(begun) => &begun.why,
        Fact::FormHandedOver(handed) => &handed.why,
        Fact::FormEnded(ended) => &ended.words,
        Fact::SectionWritten(written) => &written.rests_on,
        Fact::SectionConfirmed(confirmed) => &confirmed.words,
        Fact::SectionOutdated(outdated) => &outdated.why,
        Fact::Prompted(prompted) => &prompted.because,
        Fact::PromptAnswered(answered) => &answered.words,
        Fact::EligibilityDecided(decided) => &decided.words,
        Fact::ChcConsidered(considered) => &considered.words,
        Fact::CapacityAssessed(assessed) => &assessed.decision,
        Fact::AuthorityRecorded(seen) => &seen.limits,
        Fact::AuthorityEnded(ended) => &ended.why,
        Fact::DecisionMade(made) => &made.decided,
        Fact::RiskTalked(talked) => &talked.choice,
        Fact::LetterGiven(given) => &given.words,
        Fact::CarerLink(link) => match &link.said {
            LinkSaid::Offered { words, .. }
            | LinkSaid::Agreed { words, .. }
            | LinkSaid::Shares { words, .. } => words,
            LinkSaid::Made { .. } | LinkSaid::Ended { .. } => "",
        },
        planned => planned::words(planned),
    }
}

fn form(place: &Place, id: &FormId, version: u32, kind: FormKind) -> String {
    let known = place.forms.version(id, version);
    known.map_or_else(|| kind.in_words().to_owned(), |form| form.title.clone())
}

fn section(place: &Place, form: &FormId, version: u32, id: &SectionId) -> String {
    let form = place.forms.version(form, version);
    let known = form.and_then(|form| form.section(id));
    known.map_or_else(|| id.to_string(), |section| section.title.clone())
}
