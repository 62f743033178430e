//! Text of a DOCX, and its pages if it says how many it had when it was saved.

use std::io::{BufReader, Cursor, Read};

use documents_domain::Extracted;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::MOST_TEXT;

const TEXT: &str = "word/document.xml";
const PROPERTIES: &str = "docProps/app.xml";

/// The most bytes that a part is unpacked to: an archive of a few kilobytes may hold any number.
const MOST: u64 = 64 << 20;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What can be read; the reason if nothing can.
pub(super) fn read(content: &[u8]) -> Result<Extracted, String> {
    let mut archive = ZipArchive::new(Cursor::new(content))
        .map_err(|_| "it is no ZIP archive that can be read".to_owned())?;
    if archive.index_for_name(TEXT).is_none() {
        return Err(format!("it is a ZIP archive, and no DOCX: there is no {TEXT} in it"));
    }
    let text = text(&mut archive).map_err(|()| "its text cannot be read".to_owned())?;
    Ok(Extracted { pages: pages(&mut archive), text })
}

/// The text of its paragraphs, each on a line.
fn text(archive: &mut Archive<'_>) -> Result<String, ()> {
    let part = archive.by_name(TEXT).map_err(drop)?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(MOST)));
    let (mut text, mut buffer, mut is_text) = (String::new(), Vec::new(), false);
    while text.len() < MOST_TEXT {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(drop)? {
            Event::Start(tag) if tag.local_name().as_ref() == "t" => is_text = true,
            Event::End(tag) if tag.local_name().as_ref() == "t" => is_text = false,
            Event::End(tag) if tag.local_name().as_ref() == "p" => text.push('\n'),
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "ta" => text.push('\t'),
                "br" | "cr" | "p" => text.push('\n'),
                _ => {}
            },
            Event::Text(piece) if is_text => text.push_str(&piece),
            Event::GeneralRef(name) if is_text => text.extend(character(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(text)
}

/// The character that `&name;` stands for. XML has five names, and numbers.
fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// How many pages it had when it was saved.
fn pages(archive: &mut Archive<'_>) -> Option<u32> {
    let mut properties = String::new();
    archive.by_name(PROPERTIES).ok()?.take(MOST).read_to_string(&mut properties).ok()?;
    let (_, rest) = properties.split_once("<Pages>")?;
    let (pages, _) = rest.split_once("</Pages>")?;
    pages.trim().parse().ok()
}
