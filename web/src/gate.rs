//! What pages need to know before anyone is known: the clock, the place, who keeps sessions.

use std::ops::Deref;
use std::sync::Arc;

use care::record::moment::Moment;

use crate::address::Reached;
use crate::attempts::Attempts;
use crate::error::Failure;
use crate::keeper::Keeper;
use crate::page::Page;
use crate::passwords::Passwords;
use crate::visitor::Visitor;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// A sign-in that the sign-in page offers. There are none except in the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSignIn {
    /// Sign-in name.
    pub login: String,
    /// Password.
    pub password: String,
    /// The person's invented name.
    pub name: String,
    /// Their role and organisation, in words.
    pub role: String,
    /// What they do in Kith, in a sentence.
    pub does: String,
}

/// The gate: one for the whole service, shared by all requests.
#[derive(Clone)]
pub struct Gate(Arc<Parts>);

/// What the gate is made of.
pub struct Parts {
    /// The place's name.
    pub place: String,
    /// How the service is reached.
    pub reached: Reached,
    /// The demo's sign-ins; none in a real place.
    pub demo: Vec<DemoSignIn>,
    /// Who keeps accounts and sessions.
    pub keeper: Arc<dyn Keeper>,
    /// Checks passwords.
    pub passwords: Passwords,
    /// Counts attempts to sign in.
    pub attempts: Attempts,
    clock: Clock,
}

impl Deref for Gate {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Gate {
    /// A gate. With demo sign-ins the sign-in page offers them, and every page says that it is a
    /// demo; a real place gives none.
    pub fn new(
        place: impl Into<String>,
        reached: Reached,
        demo: Vec<DemoSignIn>,
        keeper: Arc<dyn Keeper>,
        clock: Clock,
    ) -> Result<Self, Failure> {
        Ok(Self(Arc::new(Parts {
            place: place.into(),
            reached,
            demo,
            keeper,
            passwords: Passwords::new()?,
            attempts: Attempts::default(),
            clock,
        })))
    }

    /// The instant now.
    pub fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Whether cookies must be kept to HTTPS.
    pub fn https(&self) -> bool {
        self.reached == Reached::BehindProxy
    }

    /// Whether everyone here is invented.
    pub fn is_demo(&self) -> bool {
        !self.demo.is_empty()
    }

    /// A page for a visitor, signed in or not.
    pub fn page(&self, visitor: &Visitor, title: impl Into<String>) -> Page {
        Page {
            demo: self.is_demo(),
            form_token: visitor.token.form_token(),
            ..Page::new(title, self.place.as_str())
        }
    }
}
