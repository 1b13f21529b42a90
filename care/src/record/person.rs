//! A person: what their story adds up to.
