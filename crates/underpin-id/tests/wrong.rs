//! Wrong prefixes do not compile, and the message says what is wrong.

#[test]
fn wrong_prefixes_are_told_what_is_wrong() {
    trybuild::TestCases::new().compile_fail("tests/wrong/*.rs");
}
