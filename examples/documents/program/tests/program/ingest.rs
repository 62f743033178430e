//! A directory is taken in: every kind of file that is refused is named, and nothing else is lost.

use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use crate::run::{Program, on_each, sample};
use crate::scratch::Scratch;

#[test]
fn each_file_is_taken_in_once_or_named() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        program.file("inbox/b/payslip.pdf", sample("payslip.pdf"));
        program.file("inbox/a/letter; 'ü'.docx", sample("letter.docx"));
        program.file("inbox/a/copy of payslip.pdf", sample("payslip.pdf"));
        program.file("inbox/scan.pdf", sample("scan.png"));
        program.file("inbox/empty.pdf", "");
        program.file("inbox/notes\u{1b}[31m.txt", "call Ana");
        symlink("/etc/passwd", program.directory().join("inbox/link.pdf")).expect("a link");
        let large = program.file("inbox/large.pdf", "%PDF-1.4");
        File::options().write(true).open(large).and_then(|file| file.set_len((50 << 20) + 1)).expect("room");
        let no_text = program.directory().join("inbox").join(std::ffi::OsStr::from_bytes(b"z\xff.pdf"));
        fs::write(no_text, "%PDF-1.4").expect("a file");

        let told = program.run(&["ingest", "inbox"]).ended(1, "hint: what was refused is named above");
        assert_eq!(told.out, "3 taken in, 1 known already, 5 refused\n");
        let mut refused: Vec<&str> = told.err.lines().filter(|line| !line.starts_with("hint")).collect();
        refused.sort_unstable();
        assert_eq!(
            refused,
            [
                "\"empty.pdf\": the file is empty",
                "\"large.pdf\": the file has more than 52428800 bytes",
                "\"link.pdf\": it is a link",
                "\"notes\\u{1b}[31m.txt\": the name of a file has 1 to 255 characters, and no slash, backslash or \
                 control character",
                "\"z\u{fffd}.pdf\": its name is no UTF-8",
            ]
        );
        let mut names = program.texts(&["list"], "file_name");
        names.sort_unstable();
        assert_eq!(names, ["copy of payslip.pdf", "letter; 'ü'.docx", "scan.pdf"]);
        assert_eq!(program.document("scan.pdf")["kind"], "image", "the content tells, not the name");
        assert_eq!(program.kept(), 3, "what was refused is kept nowhere");

        let again = program.run(&["ingest", "inbox"]).ended(1, "hint");
        assert_eq!(again.out, "0 taken in, 4 known already, 5 refused\n");
        assert_eq!(program.kept(), 3);
    });
}

#[test]
fn many_files_are_several_units_of_work() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        for number in 0..300 {
            program.file(&format!("inbox/{}/{number}.pdf", number % 7), format!("%PDF-1.4 {}", number % 250));
        }
        let told = program.run(&["ingest", "inbox"]).done();
        assert_eq!(told.out, "250 taken in, 50 known already, 0 refused\n");
        assert_eq!((program.kept(), program.list(&["list", "--limit", "100"]).len()), (250, 100));
    });
}

#[test]
fn directories_that_are_none() {
    let scratch = Scratch::sqlite();
    let program = Program::built(&scratch);
    program.file("a.pdf", "%PDF-1.4");
    program.run(&["ingest", "absent"]).ended(2, "absent cannot be read: No such file");
    program.run(&["ingest", "a.pdf"]).ended(2, "a.pdf cannot be read: Not a directory");
    fs::create_dir(program.directory().join("empty")).expect("a folder");
    let told = program.run(&["ingest", "empty"]).done();
    assert_eq!(told.out, "0 taken in, 0 known already, 0 refused\n");
    program.run(&["ingest", "empty", "--store", "a.pdf"]).ended(3, "cannot make a.pdf/incoming");
}
