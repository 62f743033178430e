//! Whatever keeps a contract from being judged is an error.
