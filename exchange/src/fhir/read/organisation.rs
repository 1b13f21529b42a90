//! Organisations and roles: what a person's GP registration may point to.

use care::find::intake::{ArrivedOrganisation, Pointer};
use care::find::register::Practice;

use super::Item;
use super::json::{self, Organization, PractitionerRole, Reference, each, last_updated, text};
use super::parse::{Parser, Reading, Refused, Target, id, target};
use crate::fhir::systems;

impl Parser<'_> {
    pub(super) fn organization(
        &mut self,
        resource: &str,
        reading: &mut Reading,
    ) -> Result<Item, Refused> {
        let organisation: Organization =
            serde_json::from_str(resource).map_err(|error| Refused::Rejected(json::why(&error)))?;
        let mut refs: Vec<_> = id(text(&organisation.id))
            .map(|id| self.organisation_ref(&format!("Organization/{id}")))
            .into_iter()
            .collect();
        let urn = reading.full_url.filter(|url| url.starts_with("urn:"));
        refs.extend(urn.map(|urn| self.organisation_ref(urn)));
        let ods = each(&organisation.identifier)
            .find(|identifier| text(&identifier.system) == systems::ODS_ORGANISATION)
            .and_then(|identifier| reading.clean_some(text(&identifier.value), "the ODS code"));
        if refs.is_empty() && ods.is_none() {
            return Err(Refused::Left("the Organization has neither an id nor an ODS code"));
        }
        let name = reading.clean(text(&organisation.name), "the name");
        let updated = reading.updated(last_updated(organisation.meta.as_ref()));
        let practice = ods.map(|ods| Practice { ods, name });
        Ok(Item::Organisation(Box::new(ArrivedOrganisation { refs, practice, updated })))
    }

    pub(super) fn practitioner_role(
        &mut self,
        resource: &str,
        reading: &mut Reading,
    ) -> Result<Item, Refused> {
        let role: PractitionerRole =
            serde_json::from_str(resource).map_err(|error| Refused::Rejected(json::why(&error)))?;
        let Some(pointer) = role.organization.as_ref().and_then(|at| self.pointer(at)) else {
            return Err(Refused::Left(
                "the role does not lead to an organisation by ODS code or reference",
            ));
        };
        let mut refs: Vec<_> = id(text(&role.id))
            .map(|id| self.organisation_ref(&format!("PractitionerRole/{id}")))
            .into_iter()
            .collect();
        let urn = reading.full_url.filter(|url| url.starts_with("urn:"));
        refs.extend(urn.map(|urn| self.organisation_ref(urn)));
        let practitioner = role.practitioner.as_ref().map_or("", |at| text(&at.reference));
        refs.extend(name_of(practitioner).map(|name| self.organisation_ref(&name)));
        if refs.is_empty() {
            return Err(Refused::Left("nothing can refer to the role: it has no id"));
        }
        Ok(Item::Role(refs, pointer))
    }

    /// What a reference to an organisation or a role stands for.
    pub(super) fn pointer(&self, reference: &Reference) -> Option<Pointer> {
        if let Some(ods) = ods_of(reference) {
            return Some(Pointer::Ods(ods.to_owned()));
        }
        let name = name_of(text(&reference.reference))?;
        Some(Pointer::Elsewhere(self.organisation_ref(&name)))
    }
}

/// A reference in the one spelling that is hashed.
fn name_of(reference: &str) -> Option<String> {
    match target(reference) {
        Target::Local(kind, id) => Some(format!("{kind}/{id}")),
        Target::Urn(urn) => Some(urn.to_owned()),
        Target::Contained | Target::Nothing => None,
    }
}

/// The ODS code of a reference that names its organisation by one, as PDS does.
pub(super) fn ods_of<'r>(reference: &'r Reference<'_>) -> Option<&'r str> {
    let identifier = reference.identifier.as_ref()?;
    let ods = text(&identifier.value);
    (text(&identifier.system) == systems::ODS_ORGANISATION && !ods.is_empty() && ods.len() <= 20)
        .then_some(ods)
}
