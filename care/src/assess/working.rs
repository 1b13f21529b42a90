//! What is kept of a determination: each line, and what follows, as they stood.

use law::working::{Finding, Rule, Status};

use crate::record::fact::decision::{KeptDuty, KeptFinding};

/// A line as it is kept.
pub(super) fn line(finding: &Finding) -> KeptFinding {
    KeptFinding {
        code: finding.code.to_string(),
        label: finding.label.to_string(),
        finding: finding.finding.to_string(),
        because: finding.because.clone(),
        cite: finding.rule.cite.to_owned(),
        unverified: finding.rule.status == Status::Unverified,
    }
}

/// Something that follows, as it is kept.
pub(super) fn duty(code: &str, rule: Rule) -> KeptDuty {
    KeptDuty {
        code: code.to_owned(),
        says: rule.says.to_owned(),
        cite: rule.cite.to_owned(),
        unverified: rule.status == Status::Unverified,
    }
}
