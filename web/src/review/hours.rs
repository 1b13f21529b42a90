//! Hours of support, in whole quarters: as they are typed, and in words.

/// Hours that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotHours;

impl std::fmt::Display for NotHours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Write hours and quarters of an hour, such as 7.25 or 7:15")
    }
}

/// Reads `7`, `7.25` or `7:15`, in quarters of an hour.
pub fn parse(text: &str) -> Result<u16, NotHours> {
    let text = text.trim();
    let (hours, quarters) = match (text.split_once(':'), text.split_once('.')) {
        (Some((hours, minutes)), None) => {
            let quarters = match minutes {
                "00" => 0,
                "15" => 1,
                "30" => 2,
                "45" => 3,
                _ => return Err(NotHours),
            };
            (hours, quarters)
        }
        (None, Some((hours, part))) => {
            let quarters = match part {
                "0" | "00" => 0,
                "25" => 1,
                "5" | "50" => 2,
                "75" => 3,
                _ => return Err(NotHours),
            };
            (hours, quarters)
        }
        (None, None) => (text, 0),
        (Some(_), Some(_)) => return Err(NotHours),
    };
    if hours.is_empty() || !hours.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotHours);
    }
    let whole: u16 = hours.parse().map_err(|_| NotHours)?;
    whole.checked_mul(4).and_then(|whole| whole.checked_add(quarters)).ok_or(NotHours)
}

/// In words: `7 hours 15 minutes`.
pub fn in_words(quarters: u16) -> String {
    let (hours, minutes) = (quarters / 4, quarters % 4 * 15);
    let whole = if hours == 1 { "1 hour".to_owned() } else { format!("{hours} hours") };
    match (hours, minutes) {
        (_, 0) => whole,
        (0, minutes) => format!("{minutes} minutes"),
        (_, minutes) => format!("{whole} {minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_in_quarters_as_people_write_them() {
        let cases = [
            ("7", Some((28, "7 hours"))),
            (" 7.25 ", Some((29, "7 hours 15 minutes"))),
            ("7.5", Some((30, "7 hours 30 minutes"))),
            ("1:00", Some((4, "1 hour"))),
            ("0.75", Some((3, "45 minutes"))),
            ("0", Some((0, "0 hours"))),
            ("12:45", Some((51, "12 hours 45 minutes"))),
            ("7.3", None),
            ("7:5", None),
            ("7:60", None),
            ("+7", None),
            ("-1", None),
            (".5", None),
            ("7.5:15", None),
            ("20000", None),
            ("seven", None),
            ("", None),
        ];
        for (typed, expected) in cases {
            let read = parse(typed).ok();
            assert_eq!(read, expected.map(|(quarters, _)| quarters), "{typed}");
            if let Some((quarters, words)) = expected {
                assert_eq!(in_words(quarters), words);
            }
        }
    }
}
