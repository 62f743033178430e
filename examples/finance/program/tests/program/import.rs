//! The import: every kind of file, every kind of bad line, and nothing lost.

use crate::finance::{Finance, Told, on_each};
use crate::scratch::Scratch;

fn import(finance: &Finance, name: &str, content: impl AsRef<[u8]>) -> Told {
    let path = finance.file(name, content);
    finance.run(&["import", &path.display().to_string()])
}

/// The reasons, by line, without the name of the file.
fn reasons(told: &Told, name: &str) -> Vec<(u64, String)> {
    let lines =
        told.err.lines().filter_map(|line| line.split_once(&format!("{name}:"))).map(|(_, rest)| rest);
    lines
        .filter_map(|line| line.split_once(": "))
        .map(|(line, reason)| (line.parse().expect(line), reason.to_owned()))
        .collect()
}

#[test]
fn a_good_file_is_registered_as_a_whole() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        let csv = "\u{feff}name,\"email\"\r\n\"Doe, Ana\",Ana@example.org\r\n\r\n\"Ben \"\"B\"\"\", ben@example.org \r\n";
        assert_eq!(import(&finance, "users.csv", csv).done().out, "2 registered, 0 refused\n");
        let json = "{\"email\": \"eva@example.org\", \"name\": \"Eva\"}\n\n{\"email\":\"ida@example.org\"}";
        assert_eq!(import(&finance, "users.jsonl", json).done().out, "2 registered, 0 refused\n");
        let told = finance.run_with_input(&["import", "-", "--format", "csv"], b"email\njo@example.org");
        assert_eq!(told.done().out, "1 registered, 0 refused\n");
        let names = ["ana", "ben", "eva", "ida", "jo"].map(|name| format!("{name}@example.org"));
        assert_eq!(finance.texts(&["users"], "email"), names);
        assert_eq!(finance.list(&["events"]).len(), 5);
    });
}

#[test]
fn each_bad_line_is_told_and_all_others_are_registered() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        finance.run(&["register", "here@example.org"]).done();
        let mut csv =
            b"id,email\n1,ana@example.org\n2,ana\n3\n4,\n5,ANA@example.org\n6,here@example.org\n7,\xff@b.c\n"
                .to_vec();
        csv.extend(format!("8,{}\n9,\"ben@example.org\n10,ben@example.org\n", "x".repeat(100_000)).bytes());
        csv.extend(b"11,a\x1b[31mb\n12,\"ida@example.org\"\n13,ida@example.org");
        let told = import(&finance, "users.csv", csv).ended(1, "hint: mend the lines");
        assert_eq!(told.out, "3 registered, 10 refused\n");
        let expected = [
            (3, "\"ana\": not an email address: it must have exactly one @"),
            (4, "the line ends before the column email"),
            (5, "\"\": not an email address: it is empty"),
            (6, "\"ana@example.org\": line 2 has the same address"),
            (7, "\"here@example.org\": the email address belongs to another user"),
            (8, "the address is not UTF-8 text"),
            (9, "the line has more than 65536 bytes"),
            (10, "a quote is opened and not closed on this line"),
            (
                12,
                "\"a\\u{1b}[31mb\": not an email address: it has white space, a control character, or one of ( ) < > [ ] : ; , \\ \"",
            ),
            (14, "\"ida@example.org\": line 13 has the same address"),
        ];
        assert_eq!(reasons(&told, "users.csv"), expected.map(|(line, reason)| (line, reason.to_owned())));
        let names = ["here", "ana", "ben", "ida"].map(|name| format!("{name}@example.org"));
        assert_eq!(finance.texts(&["users"], "email"), names);
        assert_eq!(finance.list(&["events"]).len(), 4);
    });
}

#[test]
fn each_bad_object_is_told() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch);
    let mut json =
        b"{\"email\": \"ana@example.org\"}\n{\"mail\": \"x\"}\nnull\n{\"email\": 5}\n{\"email\": \"a@b\"}\n"
            .to_vec();
    json.extend(
        b"{\"email\": \"\xff\"}\n{\"email\": \"ben@example.org\"\n{\"email\": \"ana@example.org\"}\n",
    );
    let told = import(&finance, "users.ndjson", json).ended(1, "");
    assert_eq!(told.out, "1 registered, 7 refused\n");
    let lines: Vec<u64> = reasons(&told, "users.ndjson").into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn batches_change_nothing_but_the_number_of_commits() {
    let mut results = Vec::new();
    for batch in ["1", "7", "500", "10000"] {
        let scratch = Scratch::sqlite();
        let finance = Finance::built(&scratch);
        let lines: String = (0..300).map(|number| format!("user{}@example.org\n", number % 250)).collect();
        let path = finance.file("users.csv", format!("email\n{lines}nobody\n"));
        let told = finance.run(&["import", &path.display().to_string(), "--batch", batch]).ended(1, "");
        assert_eq!(told.out, "250 registered, 51 refused\n", "{batch}");
        results.push(reasons(&told, "users.csv"));
    }
    assert!(results.iter().all(|result| *result == results[0]));
    assert_eq!(results[0][0], (252, "\"user0@example.org\": line 2 has the same address".to_owned()));
}

#[test]
fn two_imports_at_once_lose_nobody() {
    on_each(|scratch| {
        let finance = Finance::built(scratch);
        let people = |range: std::ops::Range<u32>| -> String {
            range.map(|number| format!("user{number}@example.org\n")).collect()
        };
        let first = finance.file("first.csv", format!("email\n{}", people(0..600)));
        let second = finance.file("second.csv", format!("email\n{}", people(300..900)));
        let children = [first, second].map(|path| {
            let mut command = finance.command(&["import", &path.display().to_string(), "--batch", "50"]);
            command
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("a start")
        });
        let told = children.map(|child| Told::of(&child.wait_with_output().expect("an end")));
        let registered: u32 = told.iter().map(|told| told.word(0).parse::<u32>().expect("a number")).sum();
        assert_eq!(registered, 900, "{told:?}");
        assert_eq!(finance.list(&["users", "--limit", "200"]).len(), 900);
        assert_eq!(finance.list(&["events", "--limit", "200"]).len(), 900);
    });
}

#[test]
fn files_that_are_none() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch);
    let directory = finance.directory().display().to_string();
    for (arguments, why) in [
        (&["import", "absent.csv"][..], "absent.csv cannot be read: No such file"),
        (&["import", &directory, "--format", "csv"], "is a directory"),
        (&["import", "-"], "nothing says what format standard input has"),
        (&["import", "users.txt"], "nothing says what format users.txt has"),
    ] {
        finance.run(arguments).ended(2, why);
    }
    for (content, why) in [
        ("", "the file is empty"),
        ("name,mail\nAna,ana@example.org\n", "the header has no column email"),
        ("email,Email\na@b.c,b@b.c\n", "more than one column email"),
    ] {
        import(&finance, "users.csv", content).ended(2, why);
    }
    import(&finance, "users.csv", b"\xff\xfee\0m\0a\0i\0l\0\n\0").ended(2, "the header is not UTF-8 text");
    assert_eq!(import(&finance, "empty.jsonl", "").done().out, "0 registered, 0 refused\n");
    assert!(finance.list(&["users"]).is_empty());
}

#[test]
fn a_very_long_file_without_a_line_end_is_one_bad_line() {
    let scratch = Scratch::sqlite();
    let finance = Finance::built(&scratch);
    let told =
        import(&finance, "users.csv", format!("email\n{}", "x".repeat(5_000_000))).ended(1, "users.csv:2: ");
    assert_eq!(told.out, "0 registered, 1 refused\n");
}
