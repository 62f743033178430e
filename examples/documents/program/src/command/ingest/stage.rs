//! One file: read, hashed and copied into the store's own directory, all at once.

use std::fs::File;
use std::io::Read;

use documents_adapter::{ArrivedFile, FileStore};
use documents_domain::{Arrival, FileName};

use super::Found;
use crate::bounds::MOST_BYTES;

/// How many bytes are read at a time.
const CHUNK: usize = 128 * 1024;

/// The file, ready to be taken in; the reason if it cannot be.
pub(super) fn file(contents: &FileStore, found: &Found) -> Result<Arrival<ArrivedFile>, String> {
    if let Some(why) = &found.refused {
        return Err(why.clone());
    }
    let name = found.path.file_name().unwrap_or_default().to_str().ok_or("its name is no UTF-8")?;
    let name: FileName = name.parse().map_err(|why| format!("{why}"))?;
    let unreadable = |error: std::io::Error| format!("it cannot be read: {error}");
    let mut file = File::open(&found.path).map_err(unreadable)?;
    let mut receiving = contents.receive(MOST_BYTES).map_err(|error| error.to_string())?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        let bytes = chunk.get(..read).unwrap_or_default();
        receiving.take(bytes).map_err(|error| error.to_string())?.map_err(|why| why.to_string())?;
    }
    let content = receiving.end().map_err(|error| error.to_string())?;
    Arrival::new(name, content).map_err(|refusal| refusal.to_string())
}
