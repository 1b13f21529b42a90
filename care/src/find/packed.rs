//! A person's coded records in few bytes: how the store keeps them, so that one scan of the
//! register reads little.
//!
//! The form, version 1: a byte `1`, then the records in ascending order of their number, each as
//! eight bytes of record number (big end first), the code, onset and recorded date, one byte for
//! both statuses, and the instant of the last change. Numbers are LEB128, a date is
//! `((year·16 + month)·32 + day)·4 + precision` or 0, an instant is its microseconds, zigzag, plus
//! one, or 0. Reading is strict: what was not written by [`pack`] is refused.

use law::day::{Day, PartialDay, Precision};

use super::register::{Clinical, Coded, Verification};
use crate::record::moment::Moment;

const VERSION: u8 = 1;

/// Bytes that are not a person's packed records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("coded records are damaged at byte {0}")]
pub struct Damaged(pub usize);

/// Packs a person's records, which must be sorted by their number, each number once.
pub fn pack(records: &[Coded]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1 + records.len() * 32);
    bytes.push(VERSION);
    for record in records {
        put(record, &mut bytes);
    }
    bytes
}

/// Reads what [`pack`] wrote into `records`, replacing what was there.
pub fn unpack(bytes: &[u8], records: &mut Vec<Coded>) -> Result<(), Damaged> {
    records.clear();
    let mut from = Bytes { bytes, at: 0 };
    if from.byte()? != VERSION {
        return Err(Damaged(0));
    }
    while from.at < bytes.len() {
        let start = from.at;
        let record = take(&mut from)?;
        if records.last().is_some_and(|last| last.record >= record.record) {
            return Err(Damaged(start));
        }
        records.push(record);
    }
    Ok(())
}

/// Appends one record.
pub fn put(coded: &Coded, to: &mut Vec<u8>) {
    to.extend_from_slice(&coded.record.to_be_bytes());
    put_number(coded.code, to);
    put_number(date_number(coded.onset), to);
    put_number(date_number(coded.recorded), to);
    to.push(coded.clinical as u8 | (coded.verification as u8) << 4);
    match coded.updated {
        None => to.push(0),
        Some(moment) => {
            // An instant of the years 1 to 9999 has fewer than 2^60 microseconds: no overflow.
            let micros = moment.microseconds();
            put_number(((micros << 1) ^ (micros >> 63)).cast_unsigned() + 1, to);
        }
    }
}

/// Reads one record that [`put`] wrote, and how many bytes it took.
pub fn take_one(bytes: &[u8]) -> Result<(Coded, usize), Damaged> {
    let mut from = Bytes { bytes, at: 0 };
    let coded = take(&mut from)?;
    Ok((coded, from.at))
}

fn take(from: &mut Bytes) -> Result<Coded, Damaged> {
    let record = from.eight()?;
    let code = from.number()?;
    let onset = from.date()?;
    let recorded = from.date()?;
    let at = from.at;
    let statuses = from.byte()?;
    let clinical = Clinical::ALL.get(usize::from(statuses & 15)).copied().ok_or(Damaged(at))?;
    let verification =
        Verification::ALL.get(usize::from(statuses >> 4)).copied().ok_or(Damaged(at))?;
    let updated = from.moment()?;
    Ok(Coded { record, code, onset, recorded, clinical, verification, updated })
}

fn put_number(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push((number & 0x7f) as u8);
}

/// A partly known date as one number that is 0 for none, and sorts as dates do.
pub fn date_number(date: Option<PartialDay>) -> u64 {
    let Some(date) = date else { return 0 };
    let day = date.first();
    let part = |number: i8| u64::from(number.unsigned_abs());
    let months = u64::from(day.year().unsigned_abs()) * 16 + part(day.month());
    (months * 32 + part(day.day_of_month())) * 4 + date.precision() as u64
}

/// The date that [`date_number`] wrote; an error for a number it never writes.
fn date_of_number(number: u64) -> Result<Option<PartialDay>, u64> {
    if number == 0 {
        return Ok(None);
    }
    let precision = match number & 3 {
        0 => Precision::Year,
        1 => Precision::Month,
        2 => Precision::Day,
        _ => return Err(number),
    };
    let year = i16::try_from(number >> 11).map_err(|_| number)?;
    let month = i8::try_from(number >> 7 & 15).map_err(|_| number)?;
    let day = i8::try_from(number >> 2 & 31).map_err(|_| number)?;
    let date = PartialDay::new(Day::new(year, month, day).ok_or(number)?, precision);
    if precision != Precision::Day && date_number(Some(date)) != number {
        return Err(number);
    }
    Ok(Some(date))
}

struct Bytes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bytes<'_> {
    fn byte(&mut self) -> Result<u8, Damaged> {
        let byte = *self.bytes.get(self.at).ok_or(Damaged(self.at))?;
        self.at += 1;
        Ok(byte)
    }

    fn eight(&mut self) -> Result<u64, Damaged> {
        let eight = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk);
        let eight = eight.ok_or(Damaged(self.at))?;
        self.at += 8;
        Ok(u64::from_be_bytes(*eight))
    }

    fn number(&mut self) -> Result<u64, Damaged> {
        let start = self.at;
        let mut number = 0u64;
        let mut shift = 0u32;
        loop {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            // Ten bytes hold 70 bits: the tenth may only carry the one that is left of 64.
            if shift == 63 && part > 1 {
                return Err(Damaged(start));
            }
            number |= part << shift;
            if byte & 0x80 == 0 {
                // A number has one spelling: no needless zero byte at its end.
                return if byte == 0 && shift > 0 { Err(Damaged(start)) } else { Ok(number) };
            }
            shift += 7;
            if shift > 63 {
                return Err(Damaged(start));
            }
        }
    }

    fn date(&mut self) -> Result<Option<PartialDay>, Damaged> {
        let at = self.at;
        date_of_number(self.number()?).map_err(|_| Damaged(at))
    }

    fn moment(&mut self) -> Result<Option<Moment>, Damaged> {
        let at = self.at;
        let Some(zigzag) = self.number()?.checked_sub(1) else { return Ok(None) };
        let micros = (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed();
        Moment::from_microseconds(micros).map(Some).ok_or(Damaged(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_date() -> impl Strategy<Value = Option<PartialDay>> {
        proptest::option::of((-719_162i32..2_932_896, 0u8..3).prop_map(|(days, precision)| {
            let precision = match precision {
                0 => Precision::Year,
                1 => Precision::Month,
                _ => Precision::Day,
            };
            PartialDay::new(Day::from_epoch_days(days).unwrap(), precision)
        }))
    }

    fn any_coded() -> impl Strategy<Value = Coded> {
        let moment = proptest::option::of(-62_135_596_800_000_000i64..253_370_764_800_000_000);
        (
            (any::<u64>(), any::<u64>()),
            (any_date(), any_date()),
            (0..Clinical::ALL.len(), 0..Verification::ALL.len()),
            moment,
        )
            .prop_map(
                |((record, code), (onset, recorded), (clinical, verification), micros)| Coded {
                    record,
                    code,
                    onset,
                    recorded,
                    clinical: Clinical::ALL[clinical],
                    verification: Verification::ALL[verification],
                    updated: micros.and_then(Moment::from_microseconds),
                },
            )
    }

    proptest! {
        #[test]
        fn records_survive_packing(mut records in proptest::collection::vec(any_coded(), 0..20)) {
            records.sort_by_key(|record| record.record);
            records.dedup_by_key(|record| record.record);
            let mut back = Vec::new();
            unpack(&pack(&records), &mut back).unwrap();
            prop_assert_eq!(back, records);
        }

        #[test]
        fn only_what_was_packed_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let mut bytes = bytes;
            if let Some(first) = bytes.first_mut() {
                *first = VERSION;
            }
            let mut records = Vec::new();
            if unpack(&bytes, &mut records).is_ok() {
                prop_assert_eq!(pack(&records), bytes);
            }
        }

        #[test]
        fn dates_sort_as_their_numbers(a in any_date(), b in any_date()) {
            let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
            if a.first() < b.first() {
                prop_assert!(date_number(Some(a)) < date_number(Some(b)));
            }
        }
    }

    #[test]
    fn a_number_has_one_spelling_of_at_most_sixty_four_bits() {
        let read = |bytes: &[u8]| Bytes { bytes, at: 0 }.number().ok();
        for number in [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 1 << 62, u64::MAX >> 1, 1 << 63, u64::MAX]
        {
            let mut bytes = Vec::new();
            put_number(number, &mut bytes);
            assert_eq!(read(&bytes), Some(number));
        }
        let nine = [0xff; 9];
        let tenth = |byte: u8| read(&[&nine[..], &[byte]].concat());
        assert_eq!(tenth(1), Some(u64::MAX));
        assert_eq!(tenth(2), None, "a sixty-fifth bit");
        assert_eq!(tenth(0), None, "a needless zero");
        assert_eq!(read(&[&nine[..], &[0x81, 1]].concat()), None, "an eleventh byte");
        assert_eq!(read(&[0x81]), None, "it breaks off");
    }

    #[test]
    fn a_date_known_by_year_or_month_has_one_spelling() {
        let number = |text: &str| date_number(PartialDay::parse(text).ok());
        for text in ["2020", "2020-03", "2020-03-09"] {
            let read = date_of_number(number(text)).unwrap();
            assert_eq!(read.map(|date| date.to_string()).as_deref(), Some(text));
        }
        // The ninth of March, said to be known by its year, or by its month.
        let day = number("2020-03-09") & !3;
        for precision in [0, 1, 3] {
            assert!(date_of_number(day | precision).is_err(), "{precision}");
        }
    }

    #[test]
    fn damage_is_named_not_read() {
        let mut records = Vec::new();
        for bytes in [&[][..], &[2], &[1, 0], &[0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]] {
            assert!(unpack(bytes, &mut records).is_err(), "{bytes:?}");
        }
        unpack(&[1], &mut records).unwrap();
        assert!(records.is_empty(), "no records is a person without conditions, not damage");
    }
}
