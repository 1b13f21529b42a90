//! What a budget case may say, as a JSON Schema.

use law::budget::{Ras, RasBook};
use law::period::Every;
use serde_json::{Map, Value, json};

use crate::commands::cases::schema::{DIALECT, day, list, object};

/// JSON Schema 2020-12 of a case, with the questions of the newest table.
pub fn schema(tables: &RasBook) -> Value {
    let amount = json!({
        "type": "string", "pattern": "^[0-9]{1,10}(\\.[0-9]{1,2})?$",
        "description": "pounds and pence, for example 391.95",
    });
    let day = day();
    let (flag, text) = (json!({ "type": "boolean" }), json!({ "type": "string" }));
    let every: Vec<&str> = Every::ALL.into_iter().map(Every::code).collect();
    let (answers, areas) = tables.tables().last().map_or_else(|| (json!({}), json!({})), questions);
    let respite = object(
        &["from", "until", "cost"],
        &json!({
            "from": day, "until": day, "cost": amount, "contribution": amount,
        }),
    );
    json!({
        "$schema": DIALECT,
        "title": "A budget case",
        "type": "object",
        "required": ["asOf", "answers"],
        "additionalProperties": false,
        "properties": {
            "asOf": day,
            "version": text,
            "answers": answers,
            "informalSupport": areas,
            "services": list(&object(&["what", "cost", "every"], &json!({
                "what": text, "cost": amount, "every": { "enum": every }, "freeReablement": flag,
            }))),
            "gapReason": text,
            "contribution": amount,
            "period": object(&["from", "until"], &json!({
                "from": day, "until": day, "respite": list(&respite),
            })),
            "directPayment": direct_payment(&amount, &day, &flag, &text),
        },
    })
}

/// The answers and the areas of a table.
fn questions(ras: &Ras) -> (Value, Value) {
    let mut answers = Map::new();
    for question in &ras.questions {
        let codes: Vec<&str> = question.answer.iter().map(|answer| answer.code.as_str()).collect();
        answers
            .insert(question.code.clone(), json!({ "enum": codes, "description": question.asks }));
    }
    let required: Vec<&String> = ras.questions.iter().map(|question| &question.code).collect();
    let levels: Vec<&str> = ras.support.iter().map(|support| support.code.as_str()).collect();
    let informal = object(
        &["level"],
        &json!({
            "level": { "enum": levels },
            "willing": { "type": "boolean" },
        }),
    );
    let mut areas = Map::new();
    for area in &ras.areas {
        areas.insert(area.code.clone(), informal.clone());
    }
    let answers = json!({
        "type": "object", "required": required, "additionalProperties": false,
        "properties": answers,
        "description": format!("the questions of table {}", ras.version),
    });
    (answers, object(&[], &Value::Object(areas)))
}

fn direct_payment(amount: &Value, day: &Value, flag: &Value, text: &Value) -> Value {
    let sum = object(&["what", "amount"], &json!({ "what": text, "amount": amount }));
    object(
        &[],
        &json!({
            "requestedOn": day, "capacity": flag, "canManage": flag, "appropriate": flag,
            "reason": text, "objects": flag,
            "nominee": object(&[], &json!({ "agrees": flag })),
            "authorised": object(&["attorneyOrDeputy"], &json!({
                "attorneyOrDeputy": flag, "attorneyAgrees": flag, "suitable": flag,
                "bestInterests": flag, "familyOrFriend": flag, "checkConsidered": flag,
            })),
            "excluded": { "enum": ["drug-rehabilitation-requirement", "alcohol-treatment-requirement",
                "licence-drug-or-alcohol-condition", "youth-order-substance-requirement",
                "drug-treatment-and-testing", "scottish-order-or-licence"] },
            "relatives": list(&object(&["relationship", "sameHousehold", "paidFor"], &json!({
                "relationship": { "enum": ["partner", "parent", "child", "stepchild", "sibling",
                    "aunt-or-uncle", "grandparent", "relatives-partner", "other"] },
                "sameHousehold": flag, "paidFor": { "enum": ["care", "managing"] },
                "necessary": flag, "reason": text,
            }))),
            "stays": list(&object(&["from", "left"], &json!({ "from": day, "left": day }))),
            "weekly": amount, "contribution": amount,
            "paid": { "enum": ["net", "gross"] },
            "schedule": { "enum": ["four-weekly", "monthly"] },
            "startUp": list(&sum),
            "started": day, "reviewed": list(day),
            "events": list(&object(&["kind", "on"], &json!({
                "kind": { "enum": ["breach", "capacity-lost", "capacity-gained", "concern", "change"] },
                "on": day,
            }))),
            "account": object(&["balance"], &json!({
                "balance": amount, "overpaid": amount, "setAside": list(&sum),
            })),
        }),
    )
}
