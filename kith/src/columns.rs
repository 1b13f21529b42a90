//! Tables on a terminal: text to the left, numbers to the right.

use std::io::{self, Write};

/// Writes rows of as many fields as there are heads.
pub fn write(out: &mut impl Write, heads: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let heads: Vec<String> = heads.iter().map(|&head| head.to_owned()).collect();
    let width = |column: usize| {
        let fields = rows.iter().chain([&heads]).filter_map(|row| row.get(column));
        fields.map(|field| field.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let numbers: Vec<bool> = (0..heads.len()).map(|column| holds_numbers(rows, column)).collect();
    for row in [&heads].into_iter().chain(rows) {
        let fields = row.iter().zip(&widths).zip(&numbers);
        let fields = fields.map(|((field, &width), &number)| {
            if number { format!("{field:>width$}") } else { format!("{field:<width$}") }
        });
        let line = fields.collect::<Vec<String>>().join("  ");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Whether a column holds numbers, beside fields that are empty or only a mark. The first column
/// names the row, also by a number.
fn holds_numbers(rows: &[Vec<String>], column: usize) -> bool {
    let fields = || rows.iter().filter_map(|row| row.get(column));
    let digits = |field: &String| field.contains(|letter: char| letter.is_ascii_digit());
    // A date is no number.
    let text = |field: &String| {
        field.contains(|letter: char| letter.is_alphabetic()) || field.matches('-').count() > 1
    };
    column > 0 && fields().any(digits) && !fields().any(text)
}

/// A number with its thousands parted: “12,345”.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn columns_line_up() {
        let mut out = Vec::new();
        let row = |fields: [&str; 4]| fields.map(str::to_owned).to_vec();
        let rows = [
            row(["Café", "7", "open", "2026-11-22"]),
            row(["A longer name", "1,234", "now closed", "never"]),
            row(["3", "–", "", ""]),
        ];
        write(&mut out, &["Place", "Found", "Account", "Last"], &rows).unwrap();
        let expected = "\
Place          Found  Account     Last
Café               7  open        2026-11-22
A longer name  1,234  now closed  never
3                  –
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
