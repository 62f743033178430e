//! The demo: what a newcomer sees first.

use std::process::Command;

use underpin::secrets::KeyRing;

use crate::run::{Program, Told, on_each};

#[test]
fn it_shows_everything_on_a_new_file() {
    let told = Program::new().with_keys(None).run(&["demo"]).done();
    let filters = [
        (r"sqlite:\S+/documents-demo-\w+/documents\.db", "[url]"),
        (r"/\S+/documents-demo-\w+/store", "[store]"),
        (r"/\S+/documents-demo-\w+/documents\.keys", "[keys]"),
    ];
    insta::with_settings!({ filters => filters }, { insta::assert_snapshot!(told.out, @r#"
Loan documents, an example of Underpin
[url] (a new file)

1. Build the tables, by the revisions that are compiled into this program
   + 001  Create documents, borrowers, income_records, account_numbers and source_references

2. Take in the files of a directory: each is hashed while it is copied
   + 5 taken in, 1 known already
   x "notes.txt": the file is no PDF, no DOCX, and no image (PNG, JPEG or GIF)
     payslip.pdf is there twice, which makes one document

3. Somebody uploads the pay slip once more, under another name
   + known already, as payslip (copy).pdf

4. Three workers read what waits, each file in a process of its own
   + 4 read, 1 could not be

5. What was read, by the names of the files
   + application.pdf     2 pages  Loan application
   x broken.pdf          it is no PDF that can be read
   + letter.docx         1 page   To whom it may concern
   + payslip (copy).pdf  1 page   Example Works Ltd - pay slip, March 2025
   + scan.png                     64 x 48 pixels

6. Record a borrower with two incomes, an account, and where that was read
   + a new key is in [keys], which its owner alone may read (mode 0600)
   + account …1122, and no more of it is printed anywhere

7. One income was read wrongly: what is written is the difference
   + DELETE income_records: 1 row
   + UPDATE borrowers: 1 row, columns confidence

A document is there once, whoever brings it; a worker has it alone; a change writes only itself.

Look around
   cargo run -p documents -- list --database-url [url] --store [store]
   cargo run -p documents -- borrowers list --database-url [url] --store [store] --key-file [keys]
   cargo run -p documents -- serve --database-url [url] --store [store] --key-file [keys]
"#); });
}

#[test]
fn it_shows_the_same_on_a_database_that_is_named() {
    let first = Program::new().run(&["demo"]).done();
    let expected = steps(&first);
    on_each(|scratch| {
        let program = Program::on(scratch);
        let told = program.run(&["demo"]).done();
        assert!(told.out.contains("(your database; nothing in it is lost)"), "{}", told.out);
        assert_eq!(steps(&told), expected);
        let again = program.run(&["demo"]).done();
        assert!(again.out.contains("0 taken in, 6 known already"), "{}", again.out);
        assert_eq!((program.list(&["list"]).len(), program.kept()), (5, 5));
    });
}

/// What is told, without where.
fn steps(told: &Told) -> Vec<&str> {
    told.out
        .lines()
        .skip(2)
        .take_while(|line| *line != "Look around")
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn the_commands_that_it_ends_with_work() {
    let program = Program::new().with_keys(None);
    let told = program.run(&["demo"]).done();
    let commands: Vec<&str> =
        told.out.lines().filter_map(|line| line.trim().strip_prefix("cargo run -p documents -- ")).collect();
    assert_eq!(commands.len(), 3, "{}", told.out);
    // The last one serves until it is stopped; `tests/web` has that.
    for (command, said) in [(commands[0], "payslip (copy).pdf"), (commands[1], "Ana Ruiz")] {
        let line = format!("{} {command}", env!("CARGO_BIN_EXE_documents"));
        let mut shell = Command::new("sh");
        shell.env_remove(KeyRing::VARIABLE).env_remove(KeyRing::FILE_VARIABLE);
        let output = shell.args(["-c", &line]).output().expect("a shell");
        let told = Told::of(&output).done();
        assert!(told.out.contains(said), "{}", told.out);
    }
}
