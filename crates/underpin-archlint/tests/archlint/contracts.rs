//! Every contract, kept and broken.
