//! The commands besides `check`.
