//! No circle among the modules of a crate.
//!
//! Who leans on whom is read from the code: from every `use`, and from every path that begins with
//! `crate`, `self`, `super`, a child or a name that was brought in. What a module only passes on
//! (`pub use`) leads to where it is made. What a template names, its module names. What is compiled for
//! tests alone is left out: a test may look at things from above.
//!
//! At each module its children are held against each other, each with all that lies within it: a path
//! from one child's folder into another's is an arrow between the two. A module and what lies within it
//! may name each other: a room names its pages, and they use what holds for all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{files, say, sources};

/// A module's place in its crate; none for the crate itself.
type Place = Vec<String>;

#[test]
fn modules_form_no_circle() {
    let mut problems = Vec::new();
    let templates = files("web/templates", &[".html"]).into_iter().collect();
    for name in ["law", "care", "store", "exchange", "borough", "web", "kith"] {
        let folder = format!("{name}/src");
        let read = sources(&folder);
        let whole: Vec<String> =
            read.iter().map(|(_, text)| with_templates(text, &templates)).collect();
        let paths = read.iter().map(|(path, _)| &path[folder.len() + 1..]);
        let files: Vec<(&str, &str)> = paths.zip(whole.iter().map(String::as_str)).collect();
        problems.extend(circles(&files).into_iter().map(|circle| format!("{name}: {circle}")));
    }
    say(&problems);
}

/// A source with the paths that its templates name, and those which these extend or include.
fn with_templates(text: &str, templates: &BTreeMap<String, String>) -> String {
    let quoted = |text: &str| -> Vec<String> {
        text.split('"').map(|part| format!("web/templates/{part}")).collect()
    };
    let (mut whole, mut named, mut seen) = (text.to_owned(), quoted(text), BTreeSet::new());
    while let Some(name) = named.pop() {
        let Some(template) = templates.get(&name).filter(|_| seen.insert(name.clone())) else {
            continue;
        };
        named.extend(quoted(template));
        for part in template.split("crate::").skip(1) {
            let end = part.find(|letter: char| !letter.is_alphanumeric() && !":_".contains(letter));
            whole.extend(["\ncrate::", &part[..end.unwrap_or(part.len())], ";"]);
        }
    }
    whole
}

/// One circle at each module that has any, arrow by arrow, with a path behind each.
fn circles(files: &[(&str, &str)]) -> Vec<String> {
    let house = House::read(files);
    let mut levels: BTreeMap<Place, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
    for (from, leans) in &house.leans {
        for path in leans {
            let (to, _) = house.made_at(path, &mut BTreeSet::new());
            let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
            if let (Some(here), Some(there)) = (from.get(shared), to.get(shared)) {
                let why = format!("{} names {}", from.join("::"), path.join("::"));
                let level = levels.entry(from[..shared].to_vec()).or_default();
                level.entry(here.clone()).or_default().entry(there.clone()).or_insert(why);
            }
        }
    }
    let mut found = Vec::new();
    for arrows in levels.values() {
        for start in arrows.keys() {
            if let Some(way) = way_back(arrows, start) {
                let why = way.windows(2).map(|pair| arrows[&pair[0]][&pair[1]].as_str());
                found.push(format!(
                    "{}\n    {}",
                    way.join(" → "),
                    why.collect::<Vec<_>>().join("\n    ")
                ));
                break;
            }
        }
    }
    found
}

/// The shortest way along the arrows from a module back to itself.
fn way_back(
    arrows: &BTreeMap<String, BTreeMap<String, String>>,
    start: &String,
) -> Option<Vec<String>> {
    let mut ways = vec![vec![start.clone()]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in arrows.get(way.last()?).into_iter().flat_map(BTreeMap::keys) {
                let mut way = way.clone();
                way.push(next.clone());
                if next == start {
                    return Some(way);
                }
                if seen.insert(next.clone()) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}

/// The modules of a crate, the names that each brings in, and the paths that each names.
struct House {
    modules: BTreeSet<Place>,
    brings: BTreeMap<Place, BTreeMap<String, Place>>,
    leans: BTreeMap<Place, BTreeSet<Place>>,
}

impl House {
    fn read(files: &[(&str, &str)]) -> Self {
        let mut texts: BTreeMap<Place, Vec<String>> =
            files.iter().map(|(path, text)| (place(path), words(text))).collect();
        let mut for_tests = Vec::new();
        for (module, words) in &mut texts {
            for name in without_tests(words) {
                for_tests.push([module.as_slice(), &[name]].concat());
            }
        }
        texts.retain(|module, _| !for_tests.iter().any(|test| module.starts_with(test)));
        let modules = texts.keys().cloned().collect();
        let mut house = Self { modules, brings: BTreeMap::new(), leans: BTreeMap::new() };
        for (module, words) in &texts {
            house.bring_in(module, words);
        }
        for (module, words) in &texts {
            house.lean(module, words);
        }
        house
    }

    /// The names that a module brings in from its crate, and the paths by which it does.
    fn bring_in(&mut self, module: &Place, words: &[String]) {
        let mut names = BTreeMap::new();
        let mut leans = BTreeSet::new();
        for at in (0..words.len()).filter(|at| words[*at] == "use") {
            let end = words[at..].iter().position(|word| word == ";").map_or(at, |end| at + end);
            for (name, path) in tree(&words[(at + 1).min(end)..end]) {
                if let Some(path) = self.in_the_crate(module, &path) {
                    leans.insert(path.clone());
                    names.insert(name, path);
                }
            }
        }
        self.brings.insert(module.clone(), names);
        self.leans.insert(module.clone(), leans);
    }

    /// The paths that a module names in its code.
    fn lean(&mut self, module: &Place, words: &[String]) {
        let mut at = 0;
        while at < words.len() {
            let mut path = vec![words[at].clone()];
            while words.get(at + 1).is_some_and(|word| word == "::")
                && words.get(at + 2).is_some_and(|word| is_name(word))
            {
                path.push(words[at + 2].clone());
                at += 2;
            }
            at += 1;
            if path.len() == 1 || !is_name(&path[0]) {
                continue;
            }
            let brought = self.brings[module].get(&path[0]).cloned();
            let path = self
                .in_the_crate(module, &path)
                .or_else(|| brought.map(|brought| [brought.as_slice(), &path[1..]].concat()));
            self.leans.entry(module.clone()).or_default().extend(path);
        }
    }

    /// A path from the crate's root; None for one that leads to another crate, or that is no module's.
    fn in_the_crate(&self, module: &Place, path: &[String]) -> Option<Place> {
        let up = path.iter().take_while(|word| *word == "super").count();
        match path.first()?.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([module.as_slice(), &path[1..]].concat()),
            "super" => Some([module.get(..module.len().checked_sub(up)?)?, &path[up..]].concat()),
            first => {
                let child = [module.as_slice(), &[first.to_owned()]].concat();
                let inside = [module.as_slice(), path].concat();
                self.modules.contains(&child).then_some(inside)
            }
        }
    }

    /// The module in which what a path names is made, and what is left of the path there.
    fn made_at(&self, path: &[String], seen: &mut BTreeSet<Place>) -> (Place, Place) {
        let deepest = (0..=path.len()).rev().find(|end| self.modules.contains(&path[..*end]));
        let (module, rest) = path.split_at(deepest.unwrap_or(0));
        let passed_on = rest.first().and_then(|name| self.brings.get(module)?.get(name));
        match passed_on {
            Some(from) if seen.insert(path.to_vec()) => {
                self.made_at(&[from.as_slice(), &rest[1..]].concat(), seen)
            }
            _ => (module.to_vec(), rest.to_vec()),
        }
    }
}

/// The module that a file is.
fn place(path: &str) -> Place {
    let mut place: Place = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if ["mod", "lib", "main"].contains(&place[place.len() - 1].as_str()) {
        place.pop();
    }
    place
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

/// The names and signs of a source, without comments, texts and single letters.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(end) = literal(rest) {
            end
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let end = end.unwrap_or(rest.len());
            words.push(rest[..end].to_owned());
            end
        } else {
            let end = if rest.starts_with("::") { 2 } else { first.len_utf8() };
            words.push(rest[..end].to_owned());
            end
        };
        rest = &rest[length..];
    }
    words
}

/// How long the text or the letter is with which a source goes on, if it goes on with one.
fn literal(rest: &str) -> Option<usize> {
    if let Some(raw) = rest.strip_prefix('r') {
        let marks = raw.bytes().take_while(|byte| *byte == b'#').count();
        if raw[marks..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(marks));
            let inside = 2 + marks;
            return Some(inside + rest[inside..].find(&close)? + close.len());
        }
    }
    let quote = rest.chars().next().filter(|first| ['"', '\''].contains(first))?;
    let mut escaped = false;
    for (count, (at, letter)) in rest.char_indices().skip(1).enumerate() {
        if letter == quote && !escaped {
            return Some(at + 1);
        }
        // What is no single letter in quotes is a lifetime.
        if quote == '\'' && count > 0 && !rest.starts_with("'\\") {
            return Some(1);
        }
        escaped = letter == '\\' && !escaped;
    }
    None
}

/// Takes out what is compiled for tests alone, and says which modules are.
fn without_tests(words: &mut Vec<String>) -> Vec<String> {
    let mut modules = Vec::new();
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    while let Some(start) = words.windows(mark.len()).position(|window| window == mark) {
        let mut depth = 0_i32;
        let mut item = start + mark.len();
        let length = words[item..].iter().position(|word| {
            depth += match word.as_str() {
                "{" | "[" => 1,
                "}" | "]" => -1,
                _ => 0,
            };
            depth == 0 && (word == ";" || word == "}")
        });
        let end = length.map_or(words.len(), |length| item + length + 1);
        while words.get(item).is_some_and(|word| word == "#") {
            item +=
                words[item..].iter().position(|word| word == "]").map_or(1, |length| length + 1);
        }
        if words.get(item).is_some_and(|word| word == "mod") {
            modules.extend(words.get(item + 1).cloned());
        }
        words.drain(start..end);
    }
    modules
}

/// The names that a `use` brings in, each with its path.
fn tree(words: &[String]) -> Vec<(String, Place)> {
    let Some(open) = words.iter().position(|word| word == "{") else {
        let (path, name) = match words.iter().position(|word| word == "as") {
            Some(at) => (&words[..at], words.last()),
            None => (words, None),
        };
        let mut path: Place = path.iter().filter(|word| is_name(word)).cloned().collect();
        if path.len() > 1 && path[path.len() - 1] == "self" {
            path.pop();
        }
        let name = name.or(path.last()).cloned();
        return name.map(|name| (name, path)).into_iter().collect();
    };
    let before = &words[..open];
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_i32, open + 1);
    for at in open + 1..words.len() {
        match words[at].as_str() {
            "{" => depth += 1,
            "}" if depth > 0 => depth -= 1,
            "," | "}" if depth == 0 => {
                found.extend(tree(&[before, &words[start..at]].concat()));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// Small houses, with and without a circle.
#[test]
fn a_circle_is_found_wherever_it_runs() {
    let crosses: [&[(&str, &str)]; 6] = [
        &[("a.rs", "use crate::b::B;"), ("b.rs", "use crate::{c, a::A};"), ("c.rs", "")],
        &[
            ("a.rs", "fn f(x: &'a str) -> crate::b::B { '\\'' }"),
            ("b.rs", "use super::a::A as Other;"),
        ],
        &[
            ("a/mod.rs", "mod x;"),
            ("a/x.rs", "use crate::b::y::Y;"),
            ("b/y.rs", "use crate::a;"),
            ("b/mod.rs", ""),
        ],
        // By what a room passes on.
        &[
            ("a/mod.rs", "mod x; mod z; pub use x::X;"),
            ("a/x.rs", "use super::z::{self};"),
            ("a/z.rs", "use crate::a::X;"),
        ],
        &[
            ("a.rs", "use crate::c; fn f() { c::f() }"),
            ("b.rs", "use crate::a::A;"),
            ("c.rs", "pub fn f() { self::super::super::x(); crate::b::f() }"),
        ],
        &[
            ("a.rs", "use crate::b::B;\n#[cfg(test)]\n#[path = \"t.rs\"]\nmod tests;"),
            ("b.rs", "r#\"{\"#; use crate::a::A;"),
        ],
    ];
    for files in crosses {
        assert_eq!(circles(files).len(), 1, "{files:?}");
    }
    let templates: BTreeMap<String, String> =
        [("x.html", "{% extends \"y.html\" %}"), ("y.html", "{{ crate::b::ALL }}")]
            .map(|(name, text)| (format!("web/templates/{name}"), text.to_owned()))
            .into();
    let whole = with_templates("#[template(path = \"x.html\")] struct A;", &templates);
    assert_eq!(circles(&[("a.rs", &whole), ("b.rs", "use crate::a;")]).len(), 1, "{whole}");
    let straight: [&[(&str, &str)]; 5] = [
        &[("a.rs", "use crate::b::B;"), ("b.rs", "use law::a::A; // crate::a")],
        &[("a.rs", "use crate::b::B;"), ("b.rs", "const TOLD: &str = \"crate::a::A\";")],
        // A room and its pages.
        &[("a/mod.rs", "mod x; fn f() { x::f() }"), ("a/x.rs", "use super::f;")],
        &[("a.rs", "use crate::b::B;"), ("b.rs", "#[cfg(test)]\nmod tests { use crate::a::A; }")],
        &[
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "#[cfg(test)]\nmod tests;"),
            ("b/tests.rs", "use crate::a::A;"),
        ],
    ];
    for files in straight {
        assert_eq!(circles(files), [""; 0], "{files:?}");
    }
}
