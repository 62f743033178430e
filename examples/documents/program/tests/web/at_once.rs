//! What comes at the same moment, over connections of its own.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use crate::client::{form, upload};
use crate::server::{on_each, pdf};

#[test]
fn the_same_content_becomes_one_document_and_everybody_is_told_which() {
    on_each(|server| {
        for round in 0..8 {
            let content = pdf(&format!("round {round}"));
            let together = Barrier::new(4);
            let answers: Vec<_> = thread::scope(|scope| {
                let uploads: Vec<_> = (0..4)
                    .map(|number| {
                        let body = form(&format!("{number}.pdf"), &content);
                        let together = &together;
                        scope.spawn(move || {
                            together.wait();
                            upload(server.address, &body)
                        })
                    })
                    .collect();
                uploads.into_iter().map(|upload| upload.join().expect("an answer")).collect()
            });
            let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 200, 200, 201], "{answers:?}");
            let ids: BTreeSet<String> =
                answers.iter().map(|answer| answer.json()["document"]["id"].to_string()).collect();
            assert_eq!(ids.len(), 1, "{answers:?}");
        }
        assert_eq!((server.documents("").len(), server.files().len()), (8, 8));
    });
}
