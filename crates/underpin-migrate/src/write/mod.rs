//! New revision files: what stands in them and what they are called.

mod revision;
mod slug;
mod template;

pub use revision::NewRevision;
pub use template::FileTemplate;
