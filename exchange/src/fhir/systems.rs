//! The names of code systems, identifiers and extensions, as FHIR R4 and UK Core write them.

/// SNOMED CT.
pub const SNOMED: &str = "http://snomed.info/sct";
/// NHS number.
pub const NHS_NUMBER: &str = "https://fhir.nhs.uk/Id/nhs-number";
/// ODS code of an organisation, for example a GP practice.
pub const ODS_ORGANISATION: &str = "https://fhir.nhs.uk/Id/ods-organization-code";
/// FHIR `Condition.clinicalStatus`.
pub const CLINICAL_STATUS: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
/// FHIR `Condition.verificationStatus`.
pub const VERIFICATION_STATUS: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
/// Languages (BCP 47).
pub const LANGUAGE: &str = "urn:ietf:bcp:47";
/// Confidentiality of a record (`meta.security`): U unrestricted, R restricted, V very restricted.
pub const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
/// How far an NHS number has been checked; 01 is verified with the national service.
pub const NHS_NUMBER_STATUS: &str =
    "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland";
/// Ethnic category, by the codes of the NHS Data Dictionary.
pub const ETHNIC_CATEGORY: &str = "https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland";

/// Extension on the NHS number's identifier, holding [`NHS_NUMBER_STATUS`].
pub const EXTENSION_NHS_NUMBER_STATUS: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";
/// Extension on Patient, holding [`ETHNIC_CATEGORY`].
pub const EXTENSION_ETHNIC_CATEGORY: &str =
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory";
/// Extension on Patient (`valueBoolean`): an interpreter is needed.
pub const EXTENSION_INTERPRETER: &str =
    "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
/// Extension on an address (`valueString`): the census area, in England the LSOA code.
pub const EXTENSION_CENSUS_AREA: &str =
    "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-censusTract";
