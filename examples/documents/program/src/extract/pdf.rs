//! Text and pages of a PDF.

use documents_domain::Extracted;
use lopdf::Document;

/// What can be read; the reason if nothing can.
pub(super) fn read(content: &[u8]) -> Result<Extracted, String> {
    let document = Document::load_mem(content).map_err(|_| "it is no PDF that can be read".to_owned())?;
    if document.is_encrypted() {
        return Err("it is encrypted, and opens with a password only".to_owned());
    }
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    if pages.is_empty() {
        return Err("it has no pages".to_owned());
    }
    // A page whose text is not to be had, such as a scanned one, leaves the others as they are.
    let text = document.extract_text(&pages).unwrap_or_else(|_| {
        let texts: Vec<String> =
            pages.iter().filter_map(|page| document.extract_text(&[*page]).ok()).collect();
        texts.concat()
    });
    Ok(Extracted { pages: u32::try_from(pages.len()).ok(), text })
}
