//! What a case may say, as a JSON Schema: the parts that every scheme's is made of.

use serde_json::{Value, json};

/// The version of JSON Schema.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// An object of these fields and no others.
pub fn object(required: &[&str], properties: &Value) -> Value {
    json!({
        "type": "object", "required": required, "additionalProperties": false,
        "properties": properties,
    })
}

/// A list of such things.
pub fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// A date.
pub fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}
