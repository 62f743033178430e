//! Contracts as a test.

/// Fails a test if a contract is broken or could not be judged. The file is named from the folder of the
/// package's manifest.
///
/// # Panics
/// With the report, which names every chain of imports with its files and lines.
///
/// ```no_run
/// # // In a test:
/// underpin_archlint::assert_kept!("archlint.toml");
/// ```
#[macro_export]
macro_rules! assert_kept {
    ($file:expr) => {
        let file = ::std::path::Path::new(::std::env!("CARGO_MANIFEST_DIR")).join($file);
        if let ::std::result::Result::Err(report) = $crate::cli::verdict(&file) {
            ::std::panic!("{report}");
        }
    };
}
