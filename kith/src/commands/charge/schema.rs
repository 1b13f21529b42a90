//! What a case may say, as a JSON Schema.

use law::charging::{CapitalKind, HousingKind, IncomeKind, Kind, Row, ServiceKind};
use law::period::Every;
use law::rates::Code;
use serde_json::{Value, json};

use crate::commands::cases::schema::{self, DIALECT, object};

/// JSON Schema 2020-12 of a case.
pub fn schema() -> Value {
    let amount = json!({ "$ref": "#/$defs/amount" });
    let every = json!({ "$ref": "#/$defs/every" });
    let share = json!({ "$ref": "#/$defs/share" });
    let day = json!({ "$ref": "#/$defs/day" });
    let text = json!({ "type": "string" });
    let flag = json!({ "type": "boolean" });
    json!({
        "$schema": DIALECT,
        "title": "A charging case",
        "type": "object",
        "required": ["asOf", "setting", "person"],
        "additionalProperties": false,
        "properties": {
            "asOf": day,
            "setting": { "enum": ["home", "care-home-permanent", "care-home-temporary", "care-home-short-term"] },
            "person": object(&["born", "household"], &json!({
                "born": day,
                "household": { "enum": ["single", "couple", "lone-parent"] },
                "children": { "type": "integer", "minimum": 0, "maximum": 20 },
                "partnerBorn": { "anyOf": [day, { "type": "null" }] },
                "savingsCreditAge": flag,
                "cjd": flag,
            })),
            "premiums": object(&[], &json!({ "disability": flag, "enhancedDisability": flag, "carer": flag })),
            "income": list(object(&["kind", "amount", "every"], &json!({
                "kind": kinds(IncomeKind::all()), "amount": amount, "every": every,
                "tax": amount, "share": share, "suppliedBy": text,
            }))),
            "capital": list(object(&["kind", "value"], &json!({
                "kind": kinds(CapitalKind::all()), "value": amount, "share": share,
                "shareValue": amount, "debt": amount, "saleCosts": flag,
                "occupiedBy": { "enum": ["nobody", "person", "partner", "former-partner-lone-parent",
                    "relative-60-or-over", "relative-incapacitated", "child-under-18", "other"] },
                "occupiedSince": day, "received": day, "suppliedBy": text,
                "disregard": object(&["reason"], &json!({ "until": day, "reason": text })),
            }))),
            "housing": list(object(&["kind", "amount", "every"], &json!({
                "kind": kinds(HousingKind::all()), "amount": amount, "every": every,
                "share": share, "help": amount, "suppliedBy": text,
            }))),
            "dre": list(object(&["what", "amount", "every", "allowed"], &json!({
                "what": text, "amount": amount, "every": every, "allowed": flag,
                "reason": text, "suppliedBy": text,
            }))),
            "services": list(object(&["kind", "cost"], &json!({
                "kind": kinds(ServiceKind::all()), "cost": amount, "every": every, "started": day,
                "fnc": { "enum": ["none", "standard", "higher"] },
            }))),
            "stay": object(&["admitted"], &json!({
                "admitted": day, "permanentFrom": day, "spousePassedHalfPension": flag,
                "plansToReturn": flag, "relativeLeft": day,
                "earlier": list(object(&["permanentFrom", "left"], &json!({ "permanentFrom": day, "left": day }))),
            })),
            "topUp": object(&["amount", "every", "payer"], &json!({
                "amount": amount, "every": every, "payer": { "enum": ["third-party", "first-party"] },
            })),
            "toldOn": day,
            "earlierStartReason": text,
            "disclosed": flag,
            "lightTouch": object(&["ground", "agreed"], &json!({
                "ground": { "enum": ["can-pay-in-full", "small-charge", "benefits-show-nothing"] },
                "agreed": flag,
            })),
            "arrangedByCouncil": flag,
            "policy": policy(&amount, &flag),
        },
        "$defs": {
            "amount": { "type": "string", "pattern": "^[0-9]{1,10}(\\.[0-9]{1,2})?$", "examples": ["424.90"],
                "description": "Pounds and pence, in quotes" },
            "day": schema::day(),
            "every": { "enum": Every::ALL.map(Every::code) },
            "share": { "type": "string", "examples": ["0.5", "1/3", "1"] },
            "percent": { "type": "string", "examples": ["25", "12.5"] },
        },
    })
}

fn policy(amount: &Value, flag: &Value) -> Value {
    let percent = json!({ "$ref": "#/$defs/percent" });
    let mig = Code::ALL.iter().map(|code| code.code()).filter(|code| code.starts_with("mig-"));
    object(
        &[],
        &json!({
            "mig-uplift-percent": percent,
            "mig-uplift-sum": amount,
            "mig-table": { "type": "object", "propertyNames": { "enum": mig.collect::<Vec<_>>() },
                "additionalProperties": amount },
            "pea-uplift-sum": amount,
            "taper-percent": percent,
            "upper-capital-limit-home": amount,
            "dre-flat-rates": object(&[], &json!({ "lowest": amount, "lower": amount, "higher": amount })),
            "night-care-disregard": flag,
            "housing-allowed": list(kinds(HousingKind::all().filter(|kind| kind.local))),
            "minimum-charge": amount,
            "maximum-charge": amount,
            "arrangement-fee": object(&["amount", "every"], &json!({
                "amount": amount, "every": { "$ref": "#/$defs/every" } })),
            "short-term-as-at-home": flag,
            "short-term-nights": { "type": "integer", "minimum": 0, "maximum": 56 },
            "charge-carers": flag,
            "not-charged": list(kinds(ServiceKind::all())),
            "arrears-rounding": { "enum": ["penny", "ten-pence", "pound"] },
            "deferred-interest-basis": { "enum": ["daily-added-weekly", "daily", "monthly"] },
            "deferred-setup-fee": amount,
            "deferred-yearly-fee": amount,
        }),
    )
}

#[expect(clippy::needless_pass_by_value, reason = "made on the spot, where it is called")]
fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items, "maxItems": law::charging::MOST_LINES })
}

/// The kinds of a table, each with what people call it.
fn kinds<R: Row>(kinds: impl Iterator<Item = Kind<R>>) -> Value {
    let one = |kind: Kind<R>| json!({ "const": kind.code(), "title": kind.in_words() });
    json!({ "oneOf": kinds.map(one).collect::<Vec<_>>() })
}
