//! Looking for a resident by name, NHS number or date of birth, as people type them.

use law::day::Day;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::register::Resident;
use crate::record::ids::NhsNumber;

/// What someone is looking for: all of it must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Beginnings of name parts, folded ([`folded`]).
    pub words: Vec<String>,
    /// NHS number.
    pub number: Option<NhsNumber>,
    /// Date of birth.
    pub born: Option<Day>,
}

impl SearchQuery {
    /// Reads what was typed into one box: name parts in any order, an NHS number with or without
    /// spaces, a date as 2 Feb 1960 is commonly written in figures (2/2/1960, 02-02-1960,
    /// 1960-02-02).
    pub fn read(text: &str) -> Self {
        let mut query = Self::default();
        let mut rest = Vec::new();
        for part in text.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()) {
            match date(part) {
                Some(day) => query.born = Some(day),
                None => rest.push(part),
            }
        }
        let numeric = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let digits: String = rest.iter().copied().filter(numeric).collect();
        if let Ok(number) = NhsNumber::parse(&digits) {
            query.number = Some(number);
            rest.retain(|part| !numeric(part));
        }
        query.words = rest.into_iter().map(folded).filter(|word| !word.is_empty()).collect();
        query
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.number.is_none() && self.born.is_none()
    }

    /// Whether a resident fits. Someone of whose birth only the year or month is known fits any
    /// day in it.
    pub fn fits(&self, resident: &Resident) -> bool {
        let born =
            |day: Day| resident.born.is_some_and(|born| born.first() <= day && day <= born.last());
        let tokens = tokens(&resident.family, &resident.given);
        self.number.is_none_or(|number| resident.nhs_number == Some(number))
            && self.born.is_none_or(born)
            && self.words.iter().all(|word| tokens.iter().any(|token| token.starts_with(word)))
    }
}

/// A word without case, accents, apostrophes and hyphens.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        let plain = text.bytes().filter(u8::is_ascii_alphanumeric);
        return plain.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        for letter in letter.to_lowercase() {
            match letter {
                // Letters that do not fall apart into a plain one and a mark.
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' | 'ð' => folded.push('d'),
                'þ' => folded.push_str("th"),
                'ı' => folded.push('i'),
                letter if letter.is_alphanumeric() => folded.push(letter),
                _ => {}
            }
        }
    }
    folded
}

/// The words a name is found by: each part; a hyphenated or apostrophised part whole and in pieces;
/// a family name of several words also as one. Sorted, each once.
pub fn tokens(family: &str, given: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for part in family.split_whitespace().chain(given.split_whitespace()) {
        tokens.push(folded(part));
        tokens.extend(part.split(is_joint).map(folded).filter(|piece| piece.len() > 1));
    }
    if family.split_whitespace().nth(1).is_some() {
        tokens.push(folded(family));
    }
    tokens.retain(|token| !token.is_empty());
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// What lists of people are sorted by: family name, then given names.
pub fn sort_key(family: &str, given: &str) -> String {
    format!("{} {}", folded(family), folded(given))
}

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '\'' | '’' | '‘' | 'ʼ' | '`' | '‐' | '‑' | '–')
}

fn date(text: &str) -> Option<Day> {
    if let Ok(day) = Day::parse(text) {
        return Some(day);
    }
    let mut parts = text.split(['/', '-', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    // A year of two figures is anybody’s guess, and a sign is no figure, though it would parse.
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = year.len() == 4 && [day, month, year].into_iter().all(figures);
    if !whole || parts.next().is_some() {
        return None;
    }
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use law::day::PartialDay;

    use super::*;

    #[test]
    fn names_are_found_by_every_part_and_spelling() {
        let cases = [
            ("O'Neill", "Zoë", &["neill", "oneill", "zoe"][..]),
            ("Smith-Jones", "Anne Marie", &["anne", "jones", "marie", "smith", "smithjones"]),
            ("van der Berg", "Łukasz", &["berg", "der", "lukasz", "van", "vanderberg"]),
            ("Müller", "Søren", &["muller", "soren"]),
            ("", "", &[]),
        ];
        for (family, given, expected) in cases {
            assert_eq!(tokens(family, given), expected, "{family}, {given}");
        }
    }

    #[test]
    fn what_is_typed_is_understood() {
        let query = |text: &str| SearchQuery::read(text);
        let day = |text: &str| Some(Day::parse(text).unwrap());
        assert_eq!(query("O’Neill, zoë").words, ["oneill", "zoe"]);
        assert_eq!(query("smith 2/2/1960").born, day("1960-02-02"));
        assert_eq!(query("1960-02-02 SMITH").words, ["smith"]);
        assert_eq!(query("943 476 5919").number.unwrap().to_string(), "9434765919");
        assert_eq!(query("943-476-5919 Rose").words, ["rose"]);
        assert_eq!(query("9434765918").number, None, "a number that fails its check");
        assert!(query("  ").is_empty());
        for asks in ["smith", "943 476 5919", "2/2/1960"] {
            assert!(!query(asks).is_empty(), "{asks}");
        }
        for day in
            ["31/02/1960", "2/2/1960/1", "2/2/60", "/2/1960", "2//1960", "2/+2/1960", "2/2/+196"]
        {
            assert_eq!(query(day).born, None, "{day}");
        }
    }

    #[test]
    fn letters_that_are_one_are_found_as_they_are_typed_without_them() {
        for (letters, typed) in [
            ("Weiß", "weiss"),
            ("Ægir", "aegir"),
            ("Œuvre", "oeuvre"),
            ("Øst", "ost"),
            ("Łódź", "lodz"),
            ("Đorđe", "dorde"),
            ("Sigurðr", "sigurdr"),
            ("Þór", "thor"),
            ("Işık", "isik"),
            ("Ọlá", "ola"),
        ] {
            assert_eq!(folded(letters), typed);
        }
    }

    #[test]
    fn everything_that_is_asked_must_fit() {
        let resident = Resident {
            born: PartialDay::parse("1960-02").ok(),
            nhs_number: NhsNumber::parse("9434765919").ok(),
            family: "O’Neill".to_owned(),
            given: "Zoë".to_owned(),
            ..crate::find::testing::resident("test", "one")
        };
        for (asked, fits) in [
            ("neill zo", true),
            ("neill ann", false),
            ("1/2/1960", true),
            ("29/2/1960", true),
            ("31/1/1960", false),
            ("1/3/1960", false),
            ("9434765919", true),
            ("9434765919 neill 2/2/1960", true),
            ("9434765919 smith", false),
            ("401 023 2137 neill", false),
            ("neill 2/2/1961", false),
        ] {
            assert_eq!(SearchQuery::read(asked).fits(&resident), fits, "{asked}");
        }
    }
}
