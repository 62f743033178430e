//! What waits is read: text and pages, by several workers and by several programs at once.

use std::process::Stdio;
use std::thread;

use crate::run::{Program, Told, on_each, sample};

#[test]
fn what_is_in_the_files_is_there_afterwards() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        for name in ["payslip.pdf", "application.pdf", "letter.docx", "scan.png"] {
            program.file(&format!("inbox/{name}"), sample(name));
        }
        program.run(&["ingest", "inbox"]).done();
        assert_eq!(program.list(&["list", "--status", "pending"]).len(), 4);
        assert_eq!(program.run(&["work"]).done().out, "4 read, 0 failed\n");
        for (name, pages, texts) in [
            ("payslip.pdf", Some(1), &["Employee: Ana Ruiz", "Gross pay: 4,100.00"][..]),
            ("application.pdf", Some(2), &["Applicant: Ana Ruiz", "Page 2 of 2"]),
            ("letter.docx", Some(1), &["Ana Ruiz works for Example Works & Sons.\nLeón, 1 April 2025\n"]),
            ("scan.png", None, &["64 x 48 pixels"]),
        ] {
            let document = program.document(name);
            assert_eq!(
                (&document["status"], &document["error"]),
                (&"completed".into(), &().into()),
                "{name}"
            );
            assert_eq!(document["pages"].as_u64(), pages, "{name}");
            let text = document["text"].as_str().expect("a text");
            for part in texts {
                assert!(text.contains(part), "{part} is missing in {text}");
            }
        }
        assert_eq!(program.run(&["work"]).done().out, "0 read, 0 failed\n");
    });
}

#[test]
fn what_failed_is_tried_again_when_somebody_says_so() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        program.file("inbox/broken.pdf", "%PDF-1.4 broken");
        program.run(&["ingest", "inbox"]).done();
        let told = program.run(&["work", "--workers", "1"]).ended(1, "it is no PDF that can be read");
        assert_eq!(told.out, "0 read, 1 failed\n");
        let document = program.document("broken.pdf");
        assert_eq!(
            (&document["status"], &document["error"]),
            (&"failed".into(), &"it is no PDF that can be read".into())
        );
        let id = document["id"].as_str().expect("an id");
        assert_eq!(program.run(&["work"]).done().out, "0 read, 0 failed\n");
        assert_eq!(program.run(&["retry", id]).done().out, format!("{id} is pending\n"));
        program
            .run(&["retry", id])
            .ended(1, "a document that is pending cannot become pending\nhint: see `documents show`");
        assert_eq!(program.run(&["work"]).ended(1, "broken.pdf").out, "0 read, 1 failed\n");
    });
}

#[test]
fn two_programs_of_two_workers_each_share_what_waits() {
    on_each(|scratch| {
        let program = Program::built(scratch);
        let picture = sample("scan.png");
        for number in 0..40 {
            program.file(
                &format!("inbox/{number}.png"),
                [&picture[..], format!("{number}").as_bytes()].concat(),
            );
        }
        program.run(&["ingest", "inbox"]).done();
        let start = || {
            let mut command = program.command(&["work", "--workers", "2"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
        };
        let both = [start(), start()];
        let read: u32 = thread::scope(|scope| {
            let ends = both.map(|child| scope.spawn(|| child.wait_with_output().expect("it ends")));
            let told = ends.map(|end| Told::of(&end.join().expect("it ends")).done().out);
            told.iter()
                .map(|out| out.split(' ').next().expect("a number").parse::<u32>().expect("a number"))
                .sum()
        });
        assert_eq!(read, 40, "each was read by one of them");
        assert_eq!(program.list(&["list", "--status", "completed", "--limit", "100"]).len(), 40);
    });
}
