//! What is counted before, in the middle of, and after a rotation, and when a key may be retired.

use underpin_secrets::{KeyRing, KeyState, Rotation, Step, Usage, retire};

use crate::scratch::Scratch;
use crate::table::{NOTES, TOKENS, fill_notes, fill_tokens, notes, tokens};

#[tokio::test]
async fn the_counts_are_right_at_every_point() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        scratch.script(NOTES).await;
        // Numbers of four bytes, each with bits of its own.
        let old = KeyRing::from_keys([
            (0x0102_0304, KeyState::Primary, underpin_secrets::RootKey::generate().unwrap()),
            (0xfffe_fdfb, KeyState::Active, underpin_secrets::RootKey::generate().unwrap()),
        ])
        .unwrap();
        fill_tokens(&scratch, &old, 0..40).await;
        fill_notes(&scratch, &old, 0..40).await;
        scratch.script("UPDATE tokens SET value = 'AQ is how an envelope begins, but this one is none' WHERE id = 39").await;
        let new = old.promote(0xfffe_fdfb).unwrap();
        for (column, others) in [(tokens(), 1), (notes(), 0)] {
            let mut place = scratch.place();
            let total = Usage::count(&mut place, &column).await.unwrap();
            let rows = total.rows_of(0x0102_0304);
            assert_eq!((total.keys.len(), total.other), (1, others), "{total:?}");
            // Each count is made by another connection in the middle of the rotation.
            let mut counted = Vec::new();
            let (url, asked) = (scratch.url.clone(), column.clone());
            Rotation::new(&new)
                .batch(8)
                .run(&mut place, &column, |progress| {
                    if progress.step == Step::Written {
                        let usage = count_apart(url.clone(), asked.clone());
                        counted.push((usage.rows_of(0x0102_0304), usage.rows_of(0xfffe_fdfb)));
                        assert_eq!(usage.rows_of(0xfffe_fdfb), progress.report.written);
                    }
                })
                .await
                .unwrap();
            assert!(counted.len() >= 4 && counted.iter().all(|(a, b)| a + b == rows), "{counted:?}");
            assert_eq!(counted.last().unwrap(), &(0, rows));
        }
    }
}

fn count_apart(url: String, column: underpin_secrets::StoredColumn) -> Usage {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let driver = crate::scratch::connect(&url).await;
            Usage::count(&mut underpin_secrets::DriverPlace::new(driver), &column).await.unwrap()
        })
    })
    .join()
    .unwrap()
}

#[tokio::test]
async fn a_key_in_use_is_not_retired_and_the_counts_are_told() {
    for scratch in Scratch::each().await {
        scratch.script(TOKENS).await;
        scratch.script(NOTES).await;
        let old = KeyRing::generate().unwrap();
        fill_tokens(&scratch, &old, 0..12).await;
        fill_notes(&scratch, &old, 0..2).await;
        let new = old.with_new_key().unwrap().promote(2).unwrap();
        let mut place = scratch.place();
        let columns = [tokens(), notes()];
        let error = retire(&new, 1, &mut place, &columns).await.unwrap_err();
        assert!(error.is_key_in_use() && error.key_id() == Some(1), "{error:?}");
        assert_eq!(
            error.to_string(),
            "key 1 is in use by 12 rows of tokens.value and 2 rows of no\"tes.body"
        );
        Rotation::new(&new).run(&mut place, &tokens(), |_| {}).await.unwrap();
        let error = retire(&new, 1, &mut place, &columns).await.unwrap_err();
        assert_eq!(error.to_string(), "key 1 is in use by 2 rows of no\"tes.body");
        assert!(retire(&new, 1, &mut place, &[]).await.unwrap_err().is_key_in_use());
        assert!(retire(&new, 2, &mut place, &columns).await.unwrap_err().to_string().contains("primary"));
        assert!(retire(&new, 7, &mut place, &columns).await.unwrap_err().is_keys());
        Rotation::new(&new).run(&mut place, &notes(), |_| {}).await.unwrap();
        let retired = retire(&new, 1, &mut place, &columns).await.unwrap();
        assert_eq!(format!("{retired:?}"), "{1: Retired, 2: Primary}");
    }
}
