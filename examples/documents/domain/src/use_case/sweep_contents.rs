//! What is left over of an intake that was broken off is thrown away.

use std::time::SystemTime;

use crate::{ContentStore, DocumentRepository, Failure};

/// How many contents are asked for at a time.
const PORTION: usize = 500;

/// Throws away the contents that were kept before a point of time and have no document; tells how many. One that came
/// later may belong to a document that is being taken in now.
///
/// # Errors
/// If something outside fails.
pub async fn sweep_contents<D: DocumentRepository, C: ContentStore<Error = D::Error>>(
    documents: &mut D,
    contents: &C,
    before: SystemTime,
) -> Result<usize, Failure<D::Error>> {
    let mut swept = 0;
    for portion in contents.kept_before(before).await.map_err(Failure::Outside)?.chunks(PORTION) {
        let known = documents.known(portion).await?;
        let strays: Vec<_> = portion.iter().copied().filter(|hash| !known.contains(hash)).collect();
        swept += strays.len();
        contents.discard(strays).await.map_err(Failure::Outside)?;
    }
    Ok(swept)
}
