//! Why was I contacted? The criterion's version, and the codes and dates behind it, exactly.

use axum::extract::Path;
use axum::response::Response;
use care::record::fact::{Answer, Evidence};
use care::record::ids::PersonId;
use care::record::person::Told;
use care::who::role::Part;
use law::day::{Day, PartialDay};
use store::runs::{self, Found, Run};

use crate::ask::{Tell, link, paragraph};
use crate::components::{Button, Cell, Details, InsetText, Markup, Table};
use crate::error::Failure;
use crate::reading::Record;
use crate::seat::Seat;

/// What made somebody be contacted: as it stood in the invitation, otherwise as a run found it.
struct Because {
    reason: String,
    criterion: String,
    version: String,
    as_of: Day,
    evidence: Vec<Evidence>,
}

/// Shows why a person was found.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let record = seat.record_with(id, "the reasons for being found", Record::tells_why).await?;
    let own = seat.actor.person == Some(id);
    let mut because: Vec<Because> = Vec::new();
    if let Some(invitation) = &record.person.invitation {
        let invited = &invitation.invited.said;
        because.push(Because {
            reason: invited.reason.clone(),
            criterion: invited.criterion.clone(),
            version: invited.version.clone(),
            as_of: invited.as_of,
            evidence: invited.evidence.clone(),
        });
    } else {
        let found = record.found.clone();
        because = seat
            .read(move |tx, _| {
                let mut because = Vec::new();
                for one in &found {
                    because.extend(runs::run(tx, one.run)?.map(|run| of_run(&run, one)));
                }
                Ok(because)
            })
            .await?;
    }
    if because.is_empty() {
        return Err(Failure::NotFound);
    }
    let name = record.name();
    let title =
        if own { "Why was I contacted?".to_owned() } else { format!("Why {name} was found") };
    let back = if own { "/me".to_owned() } else { format!("/person/{id}") };
    let mut tell = Tell::new(seat.page(title, if own { "/me" } else { "" }).back(back));
    for one in &because {
        tell = tell.part(InsetText::new(one.reason.as_str()));
        let conditions = seat.actor.role.sees(Part::Conditions) || own;
        if conditions {
            tell = tell.part(paragraph(&counted(one, own))).part(table(one));
        }
        tell = tell.part(Details::new("Exactly how this was worked out", exactly(one)));
    }
    if own {
        let answer = record.person.invitation.as_ref().and_then(|one| one.answer.as_ref());
        tell = yours_to_decide(answer).into_iter().fold(tell, Tell::part);
    }
    tell.show()
}

/// That it is theirs to decide, what they said of it, and the way to say it.
fn yours_to_decide(answered: Option<&Told<Answer>>) -> [Markup; 2] {
    let Some(told) = answered else {
        let words = "You decide. You can say yes, ask for time, or say no. If you say no, we will not \
                     contact you in this way again. Your care from your surgery stays the same.";
        return [paragraph(words), Button::link("Answer the invitation", "/me/answer").into()];
    };
    let said = match told.said {
        Answer::Accepted { .. } => "said yes",
        Answer::MoreTime { .. } => "asked for time",
        Answer::Objected => "said no",
    };
    let words = format!(
        "You decide. You {said} on {}, and you can change your answer at any time. Your care from your \
         surgery stays the same.",
        told.on.in_words()
    );
    [paragraph(&words), link("Change your answer", "/me/answer")]
}

fn of_run(run: &Run, found: &Found) -> Because {
    Because {
        reason: run.reason.clone(),
        criterion: run.criterion.clone(),
        version: run.version.clone(),
        as_of: run.as_of,
        evidence: serde_json::from_str(&found.evidence).unwrap_or_default(),
    }
}

fn counted(because: &Because, own: bool) -> String {
    let whose = if own { "Your" } else { "Their" };
    let count = because.evidence.len();
    format!(
        "{whose} GP record, as it stood on {}, shows {count} conditions that counted:",
        because.as_of.in_words()
    )
}

fn table(because: &Because) -> Table {
    let head = ["Condition", "Date of the record", "Code (SNOMED CT)"];
    let mut table = Table::new(head).hidden_caption("What counted").first_is_header();
    for one in &because.evidence {
        let when = one.when.map_or_else(|| "No date".to_owned(), PartialDay::in_words);
        table = table.row([
            Cell::new(one.label.as_str()),
            Cell::new(when),
            Cell::new(one.code.as_str()),
        ]);
    }
    table.stacks()
}

fn exactly(because: &Because) -> Markup {
    paragraph(&format!(
        "Criterion ‘{}’, version {}, applied to the records as they stood on {}. A condition counts \
         when the latest record of it has not been followed by one that says it is resolved. \
         Records that were entered by mistake, shown not to be so, or are no longer active do not \
         count. No computer decides about anyone’s care: this only says whom to ask.",
        because.criterion,
        because.version,
        because.as_of.in_words()
    ))
}
