//! The dimensions of an image. Its pixels are not looked at.

use documents_domain::Extracted;

/// What can be read; the reason if nothing can.
pub(super) fn read(content: &[u8]) -> Result<Extracted, String> {
    let size = imagesize::blob_size(content).map_err(|_| "it is no image that can be read".to_owned())?;
    Ok(Extracted { pages: None, text: format!("{} x {} pixels", size.width, size.height) })
}
