//! A place on disk for what cannot be settled before the end: Conditions that came before their
//! Patient, and Patients that came before their practice. It keeps the import's memory flat.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

use care::find::intake::Subject;
use care::find::packed;
use care::find::register::Coded;
use care::record::ids::{NhsNumber, PersonId};

use super::{Place, Raw};

/// Two files without a name: they are gone when the program ends, however it ends.
#[derive(Debug)]
pub struct Parking {
    people: BufWriter<File>,
    records: BufWriter<File>,
}

/// A Condition that waited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedRecord {
    /// Where it stood.
    pub place: Place,
    /// Whom it is about.
    pub subject: Subject,
    /// What it says.
    pub coded: Coded,
    /// Its id.
    pub id: String,
}

impl Parking {
    /// Opens an empty one on the disk of this folder.
    pub fn on_disk_of(folder: &Path) -> io::Result<Self> {
        let file = || tempfile::tempfile_in(folder).map(BufWriter::new);
        Ok(Self { people: file()?, records: file()? })
    }

    /// Lays a Patient aside, as it stood.
    pub fn park_person(&mut self, place: Place, raw: &Raw) -> io::Result<()> {
        put_place(&mut self.people, place)?;
        put_text(&mut self.people, raw.full_url.as_deref().unwrap_or(""))?;
        put_text(&mut self.people, &raw.json)
    }

    /// Lays a Condition aside.
    pub fn park_record(
        &mut self,
        place: Place,
        subject: Subject,
        coded: &Coded,
        id: &str,
    ) -> io::Result<()> {
        put_place(&mut self.records, place)?;
        let (kind, subject) = match subject {
            Subject::Record(person) => (0, *person.as_bytes()),
            Subject::Number(number) => (1, u128::from(number.number()).to_be_bytes()),
        };
        self.records.write_all(&[kind])?;
        self.records.write_all(&subject)?;
        let mut packed = Vec::with_capacity(48);
        packed::put(coded, &mut packed);
        put_bytes(&mut self.records, &packed)?;
        put_text(&mut self.records, id)
    }

    /// Gives the Patients back, in the order they came, and forgets them.
    pub fn people<E: From<io::Error>>(
        &mut self,
        mut each: impl FnMut(Place, Raw) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut from = rewound(&mut self.people)?;
        while let Some(place) = take_place(&mut from)? {
            let full_url = Some(take_text(&mut from)?).filter(|url| !url.is_empty());
            each(place, Raw { full_url, json: take_text(&mut from)? })?;
        }
        Ok(emptied(&mut self.people)?)
    }

    /// Gives the Conditions back, in the order they came, and forgets them.
    pub fn records<E: From<io::Error>>(
        &mut self,
        mut each: impl FnMut(ParkedRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut from = rewound(&mut self.records)?;
        while let Some(place) = take_place(&mut from)? {
            let mut kind = [0; 1];
            from.read_exact(&mut kind)?;
            let mut subject = [0; 16];
            from.read_exact(&mut subject)?;
            let subject = if kind[0] == 0 {
                Subject::Record(PersonId::from_bytes(subject))
            } else {
                let digits = format!("{:010}", u128::from_be_bytes(subject));
                Subject::Number(NhsNumber::parse(&digits).map_err(damaged)?)
            };
            let (coded, _) = packed::take_one(&take_bytes(&mut from)?).map_err(damaged)?;
            each(ParkedRecord { place, subject, coded, id: take_text(&mut from)? })?;
        }
        Ok(emptied(&mut self.records)?)
    }
}

fn rewound(file: &mut BufWriter<File>) -> io::Result<BufReader<File>> {
    file.flush()?;
    file.get_mut().rewind()?;
    Ok(BufReader::with_capacity(1 << 20, file.get_ref().try_clone()?))
}

fn emptied(file: &mut BufWriter<File>) -> io::Result<()> {
    file.get_mut().set_len(0)?;
    file.get_mut().rewind()
}

fn damaged(why: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn put_place(to: &mut impl Write, place: Place) -> io::Result<()> {
    to.write_all(&(place.file as u64).to_le_bytes())?;
    to.write_all(&place.line.to_le_bytes())?;
    to.write_all(&place.entry.unwrap_or(0).to_le_bytes())
}

/// None at the end of the file.
fn take_place(from: &mut impl io::BufRead) -> io::Result<Option<Place>> {
    if from.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let file = usize::try_from(take_number(from)?).map_err(damaged)?;
    let line = take_number(from)?;
    let entry = Some(take_number(from)?).filter(|entry| *entry > 0);
    Ok(Some(Place { file, line, entry }))
}

fn take_number(from: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    from.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn put_bytes(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

fn take_bytes(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = take_number(from)?;
    let mut bytes = Vec::new();
    if from.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

fn put_text(to: &mut impl Write, text: &str) -> io::Result<()> {
    put_bytes(to, text.as_bytes())
}

fn take_text(from: &mut impl Read) -> io::Result<String> {
    String::from_utf8(take_bytes(from)?).map_err(damaged)
}
