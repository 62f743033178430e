//! What the compiler says of a mistake in a row struct: short, and at the place of the mistake.

#[test]
fn mistakes_are_compile_errors() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
