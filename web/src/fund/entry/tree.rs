//! Places in a case as data: `stay.admitted` is the field `admitted` of the object `stay`.

use serde_json::{Map, Value};

/// What stands at a path.
pub fn get<'a>(tree: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(tree, |at, name| at.get(name)).filter(|value| !value.is_null())
}

/// Whether the object that the path's last name belongs to is there.
pub fn stands_in(tree: &Value, path: &str) -> bool {
    path.rsplit_once('.').is_none_or(|(parent, _)| get(tree, parent).is_some())
}

/// Puts a value at a path, making the objects on the way to it.
pub fn put(tree: &mut Value, path: &str, value: Value) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    if !tree.is_object() {
        *tree = Value::Object(Map::new());
    }
    let Value::Object(object) = tree else { return };
    match rest {
        None => {
            object.insert(name.to_owned(), value);
        }
        Some(rest) => put(object.entry(name).or_insert(Value::Null), rest, value),
    }
}

/// Removes what stands at a path, and the object round it if that was all it held.
pub fn remove(tree: &mut Value, path: &str) {
    let Value::Object(object) = tree else { return };
    match path.split_once('.') {
        None => {
            object.remove(path);
        }
        Some((name, rest)) => {
            let Some(inner) = object.get_mut(name) else { return };
            let before = inner.as_object().map_or(0, Map::len);
            remove(inner, rest);
            if before > 0 && inner.as_object().is_some_and(Map::is_empty) {
                object.remove(name);
            }
        }
    }
}
