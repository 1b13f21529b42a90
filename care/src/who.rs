//! The front door: who is asking, and what they may see.
