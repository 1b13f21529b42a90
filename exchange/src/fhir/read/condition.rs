//! A Condition: one coded record about a person.

use care::find::intake::Subject;
use care::find::register::{Clinical, Coded, Verification};
use care::find::snomed::NotAConceptId;
use care::record::ids::NhsNumber;

use super::alike::Texts;
use super::json::{self, Concept, Condition, Reference, each, last_updated, text};
use super::parse::{Parser, Reading, Refused, Target, id, target};
use super::{ArrivedRecord, Item};
use crate::fhir::systems;

/// What a Condition says, before its dates and statuses are understood.
struct Said<'a> {
    id: &'a str,
    code: (u64, &'a str),
    shown: &'a str,
    subject: Subject,
    onset: &'a str,
    recorded: &'a str,
    clinical: &'a str,
    verification: &'a str,
    /// There is a date on which it was over.
    over: bool,
    updated: &'a str,
}

impl Parser<'_> {
    pub(super) fn condition(
        &mut self,
        resource: &str,
        reading: &mut Reading,
    ) -> Result<Item, Refused> {
        let reject = |why: &str| Refused::Rejected(why.to_owned());
        let condition: Condition =
            serde_json::from_str(resource).map_err(|error| Refused::Rejected(json::why(&error)))?;
        let own = id(text(&condition.id))
            .or(reading.full_url)
            .ok_or_else(|| reject("the Condition has no id: read again, it would count twice"))?;
        let code = condition.code.as_ref().ok_or(Refused::Left(NO_CODE))?;
        let (number, code, shown) = self.snomed(code)?;
        let subject = condition.subject.as_ref();
        let subject =
            subject.ok_or_else(|| reject("the Condition does not say whom it is about"))?;
        let onset_period = condition.onset_period.as_ref();
        let said = Said {
            id: own,
            code: (number, code),
            shown,
            subject: self.subject(subject)?,
            onset: match text(&condition.onset_date_time) {
                "" => onset_period.map_or("", |period| text(&period.start)),
                onset => onset,
            },
            recorded: text(&condition.recorded_date),
            clinical: first_code(condition.clinical_status.as_ref()),
            verification: first_code(condition.verification_status.as_ref()),
            over: !text(&condition.abatement_date_time).is_empty()
                || condition.abatement_period.as_ref().is_some_and(|period| period.end.is_some()),
            updated: last_updated(condition.meta.as_ref()),
        };
        Ok(self.record(&said, reading))
    }

    /// A Condition by the texts of one like it; none if it must be read in full.
    pub(super) fn like(&mut self, texts: Texts, reading: &mut Reading) -> Option<Item> {
        let (Target::Local("Patient", patient) | Target::Urn(patient)) = target(texts.subject)
        else {
            return None;
        };
        let said = Said {
            id: id(texts.id)?,
            code: (self.concept(texts.code).ok()?, texts.code),
            shown: if texts.display.is_empty() { texts.text } else { texts.display },
            subject: Subject::Record(self.person(patient)),
            onset: texts.onset,
            recorded: texts.recorded,
            clinical: texts.clinical,
            verification: texts.verification,
            over: false,
            updated: texts.updated,
        };
        Some(self.record(&said, reading))
    }

    fn record(&mut self, said: &Said, reading: &mut Reading) -> Item {
        let coded = Coded {
            record: self.record_number(said.id),
            code: said.code.0,
            onset: reading.date(said.onset, "onset"),
            recorded: reading.date(said.recorded, "recordedDate"),
            clinical: clinical(said.clinical, said.over, reading),
            verification: verification(said.verification, reading),
            updated: reading.updated(said.updated),
        };
        let id = reading.lay(said.id);
        let display = self.display(said.code.1, said.shown, reading);
        Item::Record(ArrivedRecord { subject: said.subject, coded, id, display })
    }

    /// The SNOMED CT concept among a code's translations, as a number and as written, and the text
    /// shown for it.
    fn snomed<'c>(&mut self, concept: &'c Concept) -> Result<(u64, &'c str, &'c str), Refused> {
        let mut why = Refused::Left(NO_CODE);
        for coding in each(&concept.coding) {
            let system = text(&coding.system);
            let code = text(&coding.code);
            if code.is_empty() || !system.starts_with(systems::SNOMED) {
                continue;
            }
            match self.concept(code) {
                Ok(number) => {
                    let shown = match text(&coding.display) {
                        "" => text(&concept.text),
                        shown => shown,
                    };
                    return Ok((number, code, shown));
                }
                Err(error) => why = Refused::Rejected(not_a_concept(code, error)),
            }
        }
        Err(why)
    }

    fn subject(&mut self, subject: &Reference) -> Result<Subject, Refused> {
        let reject = |why: &str| Err(Refused::Rejected(why.to_owned()));
        match target(text(&subject.reference)) {
            Target::Local("Patient", id) => return Ok(Subject::Record(self.person(id))),
            Target::Local(..) => return Err(Refused::Left("it is not about one person")),
            Target::Urn(urn) => return Ok(Subject::Record(self.person(urn))),
            Target::Contained => {
                return reject(
                    "its Patient is inside the resource, so it cannot be told from others: send \
                     the Patient as a resource of its own",
                );
            }
            Target::Nothing => {}
        }
        let Some(identifier) = &subject.identifier else {
            return reject("its subject does not lead to a Patient");
        };
        if text(&identifier.system) != systems::NHS_NUMBER {
            return reject("its subject is named by an identifier that is not an NHS number");
        }
        match NhsNumber::parse(text(&identifier.value)) {
            Ok(number) => Ok(Subject::Number(number)),
            Err(error) => reject(&format!("its subject's NHS number is wrong: {error}")),
        }
    }
}

const NO_CODE: &str = "the Condition has no SNOMED CT code";

fn not_a_concept(code: &str, error: NotAConceptId) -> String {
    let shown: String = code.chars().take(20).collect();
    let description = matches!(error, NotAConceptId::NotAConcept)
        && matches!(code.get(code.len() - 3..code.len() - 1), Some("01" | "11"));
    if description {
        format!(
            "‘{shown}’ is the SNOMED CT id of a description, not of a concept: export concept ids"
        )
    } else {
        format!("‘{shown}’ is not a SNOMED CT concept: {error}")
    }
}

/// The first code of a status; empty if there is none.
fn first_code<'c>(concept: Option<&'c Concept<'_>>) -> &'c str {
    let mut codes = concept.into_iter().flat_map(|concept| each(&concept.coding));
    codes.find_map(|coding| Some(text(&coding.code)).filter(|code| !code.is_empty())).unwrap_or("")
}

/// A status that is absent on a condition that is over is `resolved` (FHIR R4 invariant con-4).
fn clinical(said: &str, over: bool, reading: &mut Reading) -> Clinical {
    match said {
        "" if over => Clinical::Resolved,
        "" => Clinical::Unsaid,
        code => Clinical::named(code).unwrap_or_else(|| {
            reading.notes.push("its clinicalStatus is no code of FHIR's: taken as not said".into());
            Clinical::Unsaid
        }),
    }
}

fn verification(said: &str, reading: &mut Reading) -> Verification {
    match said {
        "" => Verification::Unsaid,
        code => Verification::named(code).unwrap_or_else(|| {
            let note = "its verificationStatus is no code of FHIR's: taken as not said";
            reading.notes.push(note.into());
            Verification::Unsaid
        }),
    }
}
