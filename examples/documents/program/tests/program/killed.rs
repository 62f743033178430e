//! A worker that is killed leaves its document as one that somebody is at, until a person knows better.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::hostile::endless_pdf;
use crate::run::{Program, on_each};

#[test]
fn what_it_was_at_is_freed_by_a_person() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        program.file("inbox/endless.pdf", endless_pdf());
        program.run(&["ingest", "inbox"]).done();
        let mut worker = program
            .command(&["work", "--seconds", "5"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let patience = Instant::now() + Duration::from_secs(60);
        while program.list(&["list", "--status", "processing"]).is_empty() {
            assert!(Instant::now() < patience, "nobody takes the document");
            thread::sleep(Duration::from_millis(20));
        }
        worker.kill().expect("it runs");
        worker.wait().expect("it ends");

        let document = program.document("endless.pdf");
        let id = document["id"].as_str().expect("an id");
        assert_eq!(document["status"], "processing");
        assert_eq!(program.run(&["work"]).done().out, "0 read, 0 failed\n", "nobody takes it by himself");
        let why = "a document that is processing cannot become pending\nhint: wait until it has been read; if nobody \
                   is at it any more, say --abandoned";
        program.run(&["retry", id]).ended(1, why);
        assert_eq!(program.run(&["retry", id, "--abandoned"]).done().out, format!("{id} is pending\n"));
        program.run(&["work", "--seconds", "1"]).ended(1, "reading it took more than 1 seconds");
    });
}
