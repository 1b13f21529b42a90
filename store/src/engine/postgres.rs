//! `PostgreSQL`: a pool of clients, each with the statements it has prepared.

mod bulk;

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};

use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls};

use super::{Bulk, Clash, Columns, Row, Rows, Script, Statement, StoreError, Tx, Value};

/// How many clients at most.
const CLIENTS: usize = 16;

/// An open `PostgreSQL` store.
pub(crate) struct Postgres {
    address: String,
    config: Config,
    pool: Mutex<Pool>,
    returned: Condvar,
}

struct Pool {
    idle: Vec<Connection>,
    open: usize,
}

struct Connection {
    client: Client,
    prepared: HashMap<&'static str, postgres::Statement>,
}

impl Postgres {
    /// Reads the address, and makes sure that the server answers.
    pub(crate) fn open(address: &str) -> Result<Self, StoreError> {
        let shown = without_password(address);
        let wrong = |why: String| StoreError::Address { address: shown.clone(), why };
        let mut config: Config = address.parse().map_err(|error| wrong(message(&error)))?;
        let near = config.get_hosts().iter().all(|host| match host {
            Host::Unix(_) => true,
            Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        });
        match config.get_ssl_mode() {
            SslMode::Disable => {}
            SslMode::Prefer if near => {}
            _ => {
                return Err(wrong(
                    "this program speaks to PostgreSQL over a UNIX socket or on the same machine, \
                     without TLS; for another machine use a tunnel, or, in a network you trust, \
                     add ‘sslmode=disable’"
                        .to_owned(),
                ));
            }
        }
        config.application_name("kith");
        let pool = Mutex::new(Pool { idle: Vec::new(), open: 0 });
        let store = Self { address: shown, config, pool, returned: Condvar::new() };
        store.take().map(drop)?;
        Ok(store)
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let client = self.config.connect(NoTls).and_then(|mut client| {
            client.batch_execute("set client_min_messages = warning; set timezone = 'UTC'")?;
            Ok(client)
        });
        let unreachable =
            |error| StoreError::Unreachable { address: self.address.clone(), why: message(&error) };
        Ok(Connection { client: client.map_err(unreachable)?, prepared: HashMap::new() })
    }

    fn take(&self) -> Result<Taken<'_>, StoreError> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            while let Some(connection) = pool.idle.pop() {
                if !connection.client.is_closed() {
                    return Ok(Taken { from: self, connection: Some(connection) });
                }
                pool.open -= 1;
            }
            if pool.open < CLIENTS {
                pool.open += 1;
                break;
            }
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        drop(pool);
        // From here on the place in the pool is given back by `Taken`, even if this fails.
        let mut taken = Taken { from: self, connection: None };
        taken.connection = Some(self.connect()?);
        Ok(taken)
    }

    /// Runs `work` between `begin` and `commit`. `Ended::again` says that the same work may succeed
    /// if it is run once more.
    pub(crate) fn transact<T, E: From<StoreError>>(
        &self,
        begin: &str,
        work: impl FnOnce(&mut PostgresTx<'_>) -> Result<T, E>,
    ) -> Ended<T, E> {
        let mut taken = match self.take() {
            Ok(taken) => taken,
            Err(error) => return Ended { outcome: Err(error.into()), again: Again::No },
        };
        let connection = taken.connection.as_mut().expect("just connected");
        if let Err(error) = connection.client.batch_execute(begin) {
            return Ended { outcome: Err(told("begin", &error).into()), again: Again::No };
        }
        let mut tx = PostgresTx { connection, again: Again::No };
        match work(&mut tx) {
            Ok(value) => match tx.connection.client.batch_execute("commit") {
                Ok(()) => Ended { outcome: Ok(value), again: Again::No },
                Err(error) => {
                    let again = Again::after(&error);
                    Ended { outcome: Err(told("saving", &error).into()), again }
                }
            },
            Err(error) => Ended { outcome: Err(error), again: tx.again },
        }
    }
}

/// How a transaction ended.
pub(crate) struct Ended<T, E> {
    pub(crate) outcome: Result<T, E>,
    pub(crate) again: Again,
}

/// Whether the same work, run again, may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// No.
    No,
    /// Once: a key was taken. If it was taken by another in the same moment, the work will see so.
    Once,
    /// Yes: others were changing the same rows.
    Yes,
}

impl Again {
    fn after(error: &postgres::Error) -> Self {
        match error.code() {
            Some(code)
                if *code == SqlState::T_R_SERIALIZATION_FAILURE
                    || *code == SqlState::T_R_DEADLOCK_DETECTED =>
            {
                Self::Yes
            }
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => Self::Once,
            _ => Self::No,
        }
    }
}

struct Taken<'a> {
    from: &'a Postgres,
    connection: Option<Connection>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        // Ends whatever was left open, by a refusal or a panic. Outside a transaction it is a
        // warning, which is not shown.
        let sound = self.connection.take().and_then(|mut connection| {
            let ended = connection.client.batch_execute("rollback");
            (ended.is_ok() && !connection.client.is_closed()).then_some(connection)
        });
        let mut pool = self.from.pool.lock().unwrap_or_else(PoisonError::into_inner);
        match sound {
            Some(connection) => pool.idle.push(connection),
            None => pool.open -= 1,
        }
        drop(pool);
        self.from.returned.notify_one();
    }
}

fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => {
            format!("{}@{host}", user.split_once(':').map_or(user, |(name, _)| name))
        }
        None => rest.to_owned(),
    };
    let rest = match rest.split_once("password=") {
        Some((before, after)) => {
            format!("{before}password=…{}", after.find('&').map_or("", |end| &after[end..]))
        }
        None => rest,
    };
    format!("{scheme}://{rest}")
}

fn message(error: &postgres::Error) -> String {
    let said = error.as_db_error().map(|db| db.message().to_owned());
    said.or_else(|| std::error::Error::source(error).map(ToString::to_string))
        .unwrap_or_else(|| error.to_string())
}

fn told(doing: &str, error: &postgres::Error) -> StoreError {
    let why = message(error);
    let Some(code) = error.code() else {
        let broken = std::error::Error::source(error)
            .is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
        if error.is_closed() || broken {
            return StoreError::Lost(why);
        }
        return StoreError::Engine { doing: doing.to_owned(), why };
    };
    if *code == SqlState::UNIQUE_VIOLATION {
        StoreError::Conflict(doing.to_owned())
    } else if *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED
    {
        StoreError::Busy
    } else if *code == SqlState::DISK_FULL {
        StoreError::Full
    } else if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED {
        StoreError::Corrupt(why)
    } else if *code == SqlState::ADMIN_SHUTDOWN || *code == SqlState::CRASH_SHUTDOWN {
        StoreError::Lost(why)
    } else {
        StoreError::Engine { doing: doing.to_owned(), why }
    }
}

/// A transaction on a client that has begun one.
pub(crate) struct PostgresTx<'a> {
    connection: &'a mut Connection,
    again: Again,
}

impl PostgresTx<'_> {
    fn failed(&mut self, doing: &str, error: &postgres::Error) -> StoreError {
        self.again = match Again::after(error) {
            Again::No => self.again,
            again => again,
        };
        told(doing, error)
    }

    fn prepared(&mut self, statement: &Statement) -> Result<postgres::Statement, StoreError> {
        if let Some(prepared) = self.connection.prepared.get(statement.sql) {
            return Ok(prepared.clone());
        }
        match self.connection.client.prepare(statement.sql) {
            Ok(prepared) => {
                self.connection.prepared.insert(statement.sql, prepared.clone());
                Ok(prepared)
            }
            Err(error) => Err(self.failed(statement.name, &error)),
        }
    }
}

fn checked(values: &[Value<'_>], statement: &Statement, wanted: usize) -> Result<(), StoreError> {
    if values.len() != wanted {
        let why = format!("{} values given, {wanted} wanted", values.len());
        return Err(StoreError::Engine { doing: statement.name.to_owned(), why });
    }
    values.iter().try_for_each(no_zero_byte)
}

fn no_zero_byte(value: &Value<'_>) -> Result<(), StoreError> {
    match value {
        Value::Text(text) if text.as_bytes().contains(&0) => Err(StoreError::ZeroByte),
        _ => Ok(()),
    }
}

impl PostgresTx<'_> {
    /// The lines of the engine's plan.
    pub(crate) fn explain(&mut self, statement: &Statement) -> Result<Vec<String>, StoreError> {
        let prepared = self.prepared(statement)?;
        let values = vec![Value::Null; prepared.params().len()];
        // The tables may be nearly empty: what is asked is the way it takes when they are not.
        self.script("set local enable_seqscan = off")?;
        let sql = format!("explain (costs off) {}", statement.sql);
        let plan = self.connection.client.prepare_typed(&sql, prepared.params());
        let failed = |error| told(statement.name, &error);
        let rows = self.connection.client.query_raw(&plan.map_err(failed)?, values);
        rows.map_err(failed)?.map(|row| Ok(row.get(0))).collect().map_err(failed)
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match *self {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(number) if *ty == Type::INT4 => i32::try_from(number)?.to_sql(ty, out),
            Value::Integer(number) if *ty == Type::INT8 => number.to_sql(ty, out),
            Value::Real(number) if *ty == Type::FLOAT8 => number.to_sql(ty, out),
            Value::Text(text) if <&str as ToSql>::accepts(ty) => text.to_sql(ty, out),
            Value::Bytes(bytes) if *ty == Type::BYTEA => bytes.to_sql(ty, out),
            _ => Err(format!("a value of another kind was given where {ty} is wanted").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Columns for postgres::Row {
    fn value(&self, index: usize) -> Result<Value<'_>, StoreError> {
        let column = self.columns().get(index).map(postgres::Column::type_);
        let value = match column {
            Some(&Type::INT8) => self.try_get::<_, Option<i64>>(index).map(Value::from),
            Some(&Type::INT4) => {
                self.try_get::<_, Option<i32>>(index).map(|n| n.map(i64::from).into())
            }
            Some(&Type::FLOAT8) => {
                self.try_get(index).map(|n: Option<f64>| n.map_or(Value::Null, Value::Real))
            }
            Some(&Type::BYTEA) => self.try_get::<_, Option<&[u8]>>(index).map(Value::from),
            Some(_) => self.try_get::<_, Option<&str>>(index).map(Value::from),
            None => {
                return Err(StoreError::Corrupt(format!("a row has no column {}", index + 1)));
            }
        };
        value.map_err(|error| told("reading a row", &error))
    }
}

impl Tx for PostgresTx<'_> {
    fn query(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let prepared = self.prepared(statement)?;
        checked(values, statement, prepared.params().len())?;
        let outcome = match self.connection.client.query_raw(&prepared, values) {
            Err(error) => Err(error),
            Ok(mut rows) => loop {
                match rows.next() {
                    Ok(Some(row)) => each(&Row(&row))?,
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            },
        };
        outcome.map_err(|error| self.failed(statement.name, &error))
    }

    fn execute(&mut self, statement: &Statement, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let prepared = self.prepared(statement)?;
        checked(values, statement, prepared.params().len())?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let outcome = self.connection.client.execute(&prepared, &values);
        outcome.map_err(|error| self.failed(statement.name, &error))
    }

    fn bulk(
        &mut self,
        into: &Bulk,
        fill: &mut dyn FnMut(&mut dyn Rows) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        match into.clash {
            Clash::Refuse => self.copy(into, fill),
            Clash::Keep | Clash::Replace => self.merge(into, fill),
        }
    }
}

impl Script for PostgresTx<'_> {
    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        let ran = self.connection.client.batch_execute(sql);
        ran.map_err(|error| self.failed("a script", &error))
    }

    fn dialect(&self, sql: &str) -> String {
        sql.replace("{bytes}", "bytea").replace("{clustered}", "")
    }
}
