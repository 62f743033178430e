//! Files that are made to do harm do it to nobody but themselves.

use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::run::{Program, sample};
use crate::scratch::Scratch;

/// A PDF of a few hundred kilobytes that takes very long to read, and little memory: its many pages share one long
/// content, in which there is no text. Each page is an object of its own, for a page that is named more often counts no more
/// often than there are objects.
pub(crate) fn endless_pdf() -> Vec<u8> {
    let pages = 4000;
    let content = "1 0 0 1 0 0 cm\n".repeat(20_000);
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 5)).collect();
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    objects.resize(objects.len() + pages, page.to_owned());
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| pdf.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    pdf.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    pdf
}

/// An archive with one part of so many letters.
fn docx(part: &str, head: &str, letters: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(part, SimpleFileOptions::default()).expect("memory");
    archive.write_all(head.as_bytes()).expect("memory");
    let block = vec![b'a'; 1 << 20];
    (0..letters >> 20).for_each(|_| archive.write_all(&block).expect("memory"));
    archive.finish().expect("memory").into_inner()
}

#[test]
fn they_fail_alone_and_are_told() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    let nested = [b"%PDF-1.4\n1 0 obj\n".to_vec(), vec![b'['; 20 << 20]].concat();
    let entities =
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><w:t>&b;&b;</w:t>";
    for (name, content) in [
        ("endless.pdf", endless_pdf()),
        ("nested.pdf", nested),
        ("cut.pdf", sample("application.pdf")[..500].to_vec()),
        ("cut.docx", sample("letter.docx")[..700].to_vec()),
        ("archive.docx", docx("other.txt", "", 0)),
        ("broken.docx", docx("word/document.xml", "<w:t></w:p>", 0)),
        ("long.docx", docx("word/document.xml", "<w:t>", 20 << 20)),
        ("entities.docx", docx("word/document.xml", entities, 0)),
        ("cut.png", sample("scan.png")[..10].to_vec()),
        ("good.pdf", sample("payslip.pdf")),
    ] {
        program.file(&format!("inbox/{name}"), content);
    }
    program.run(&["ingest", "inbox"]).done();
    program.run(&["work", "--workers", "3", "--seconds", "3"]).ended(1, "endless.pdf");
    for (name, status, error) in [
        ("endless.pdf", "failed", "reading it took more than 3 seconds"),
        ("nested.pdf", "failed", ""),
        ("cut.docx", "failed", "it is no ZIP archive that can be read"),
        ("archive.docx", "failed", "it is a ZIP archive, and no DOCX: there is no word/document.xml in it"),
        ("broken.docx", "failed", "its text cannot be read"),
        ("cut.png", "failed", "it is no image that can be read"),
        ("good.pdf", "completed", ""),
    ] {
        let document = program.document(name);
        assert_eq!(document["status"], status, "{name}: {document}");
        let told = document["error"].as_str().unwrap_or_default();
        assert!(told.contains(error), "{name}: {told}");
    }
    // A slow machine has not the time for it; a quick one finds its beginning.
    let long = program.document("long.docx");
    let kept = long["text"].as_str().map_or(0, str::len);
    assert!(long["status"] == "failed" || kept == 200_000, "{kept}");
    // No entity of a document's own is followed, and what can be read of a file that was cut is no matter.
    assert!(!program.document("entities.docx")["text"].as_str().unwrap_or_default().contains("aaaa"));
    assert_ne!(program.document("cut.pdf")["status"], "processing");
    assert!(program.list(&["list", "--status", "processing"]).is_empty());
}
