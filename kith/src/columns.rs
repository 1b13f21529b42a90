//! Tables on a terminal: the first column to the left, numbers to the right.

use std::io::{self, Write};

/// Writes rows of as many fields as there are heads.
pub fn write(out: &mut impl Write, heads: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let heads: Vec<String> = heads.iter().map(|&head| head.to_owned()).collect();
    let width = |column: usize| {
        let fields = rows.iter().chain([&heads]).filter_map(|row| row.get(column));
        fields.map(|field| field.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    for row in [&heads].into_iter().chain(rows) {
        let fields = row.iter().zip(&widths).enumerate();
        let line: String = fields
            .map(|(column, (field, &width))| match column {
                0 => format!("{field:<width$}"),
                _ => format!("  {field:>width$}"),
            })
            .collect();
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
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
        let row = |name: &str, number: &str| vec![name.to_owned(), number.to_owned()];
        write(&mut out, &["Place", "Found"], &[row("Café", "7"), row("A longer name", "1,234")])
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "Place          Found\nCafé               7\nA longer name  1,234\n"
        );
    }
}
