//! `fund`: what money is there, whose is it, and what does the person pay?

pub mod means;
