//! What a case of a deferred payment may say, as a JSON Schema.

use law::deferred::Term;
use serde_json::{Value, json};

use crate::commands::cases::schema::{self, DIALECT, list, object};

/// JSON Schema 2020-12 of a case.
pub fn schema() -> Value {
    let amount = json!({ "$ref": "#/$defs/amount" });
    let day = json!({ "$ref": "#/$defs/day" });
    let share = json!({ "$ref": "#/$defs/share" });
    let (flag, text) = (json!({ "type": "boolean" }), json!({ "type": "string" }));
    let entries =
        list(&object(&["on", "amount"], &json!({ "on": day, "what": text, "amount": amount })));
    let deferrals = list(&object(&["from", "weekly"], &json!({ "from": day, "weekly": amount })));
    json!({
        "$schema": DIALECT,
        "title": "A case of a deferred payment or a top-up",
        "type": "object",
        "required": ["asOf"],
        "anyOf": [
            { "required": ["application"] }, { "required": ["agreement"] }, { "required": ["topUp"] },
        ],
        "additionalProperties": false,
        "properties": {
            "asOf": day,
            "application": object(&["setting"], &json!({
                "setting": { "enum": ["care-home", "supported-living", "other"] },
                "otherCapital": amount, "homeDisregarded": flag, "firstCharge": flag, "termsAgreed": flag,
                "value": amount, "share": share, "otherDebts": amount, "weeklyCost": amount,
                "income": amount, "keeps": amount, "othersPay": amount,
            })),
            "agreement": object(&["opened", "security", "equityLimit"], &json!({
                "opened": day, "opening": amount, "security": amount, "equityLimit": amount,
                "basis": { "enum": ["daily-added-weekly", "daily", "monthly"] },
                "interestApart": flag, "feesApart": flag,
                "deferrals": deferrals, "fees": entries, "payments": entries,
                "noticeGiven": day, "sold": day, "died": day,
            })),
            "topUp": object(&["fee", "budget", "payer"], &json!({
                "fee": amount, "budget": amount, "charge": amount,
                "payer": { "enum": ["third-party", "first-party"] },
                "ground": { "enum": ["twelve-weeks", "deferred-payment", "after-care"] },
                "placeAtBudget": flag, "chosen": flag, "ableAndWilling": flag,
                "written": list(&json!({ "enum": Term::ALL })),
            })),
        },
        "$defs": {
            "amount": { "type": "string", "pattern": "^[0-9]{1,10}(\\.[0-9]{1,2})?$", "examples": ["424.90"],
                "description": "Pounds and pence, in quotes" },
            "day": schema::day(),
            "share": { "type": "string", "examples": ["0.5", "1/3", "1"] },
        },
    })
}
