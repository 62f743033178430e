//! JSON on standard output: an object, or an array that is written while its elements arrive, one on each line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

/// An array that has been begun.
pub(crate) struct JsonArray<W: Write> {
    out: W,
    is_empty: bool,
}

impl<W: Write> JsonArray<W> {
    pub(crate) fn begin(mut out: W) -> io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { out, is_empty: true })
    }

    pub(crate) fn push(&mut self, element: &Value) -> io::Result<()> {
        self.out.write_all(if self.is_empty { b"\n  " } else { b",\n  " })?;
        self.is_empty = false;
        serde_json::to_writer(&mut self.out, element).map_err(io::Error::from)
    }

    pub(crate) fn end(mut self) -> io::Result<()> {
        self.out.write_all(if self.is_empty { b"]\n" } else { b"\n]\n" })?;
        self.out.flush()
    }
}

/// Prints one object on standard output.
pub(crate) fn json(object: &impl Serialize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, object).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(elements: &[Value]) -> String {
        let mut out = Vec::new();
        let mut array = JsonArray::begin(&mut out).expect("memory");
        elements.iter().for_each(|element| array.push(element).expect("memory"));
        array.end().expect("memory");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn every_length_is_valid() {
        for elements in [vec![], vec![json!({"a": 1})], vec![json!(1), json!("b"), json!(null)]] {
            let text = written(&elements);
            assert_eq!(serde_json::from_str::<Vec<Value>>(&text).expect(&text), elements);
            assert!(text.ends_with('\n'));
        }
    }
}
