//! What the interface answers about borrowers.

use serde_json::{Value, json};

use crate::server::{on_each, pdf};

fn ana(document: &str) -> Value {
    json!({
        "name": "Ana Ruiz", "phone": "+52 1", "confidence": "0.95",
        "address": { "city": "León" },
        "incomes": [{ "amount": "999999999999.99", "period": "two_weeks", "year": 2025, "source": "wages" }],
        "accounts": [{ "number": "9988 7766-5544", "kind": "loan" }],
        "sources": [{ "document": document, "page": 1, "section": "Income", "snippet": "gross\npay" }],
    })
}

#[test]
fn a_borrower_is_recorded_with_all_they_have() {
    on_each(|server| {
        let document =
            server.upload("a.pdf", &pdf("a"))["document"]["id"].as_str().expect("an id").to_owned();
        let answer = server.post("/borrowers", &ana(&document));
        assert_eq!(answer.status, 201, "{answer:?}");
        assert!(!answer.body.contains("77665544"), "{answer:?}");
        let borrower = answer.json();
        let id = borrower["id"].as_str().expect("an id");
        assert!(answer.head.contains(&format!("location: /borrowers/{id}")), "{answer:?}");
        assert_eq!(borrower["accounts"][0]["number"], "…5544");
        assert_eq!(borrower["incomes"][0]["amount"], "999999999999.99");
        assert_eq!(borrower["sources"][0]["document"], *document);
        assert_eq!(server.get(&format!("/borrowers/{id}")).json(), borrower);
        assert_eq!(server.get("/borrowers").json()["borrowers"], json!([borrower]));
        assert_eq!(server.get("/borrowers?limit=1&offset=1").json()["borrowers"], json!([]));
    });
}

#[test]
fn a_borrower_is_taken_as_a_whole_or_not_at_all() {
    on_each(|server| {
        let document =
            server.upload("a.pdf", &pdf("a"))["document"]["id"].as_str().expect("an id").to_owned();
        let nowhere = "0190163d-8694-739b-aea5-966c26f8ad91";
        for (pointer, value, field) in [
            ("/name", json!(""), "name"),
            ("/name", json!("a\u{0}b"), "name"),
            ("/confidence", json!("1.00001"), "confidence"),
            ("/confidence", json!(0.5), "confidence"),
            ("/address/city", json!("x".repeat(201)), "address.city"),
            ("/incomes/0/amount", json!("1.005"), "incomes[0].amount"),
            ("/incomes/0/amount", json!("-1"), "incomes[0].amount"),
            ("/incomes/0/period", json!("day"), "incomes[0].period"),
            ("/incomes/0/year", json!(1899), "incomes[0].year"),
            ("/incomes/0/year", json!(99_999_999_999_u64), "incomes[0].year"),
            ("/accounts/0/number", json!("12"), "accounts[0].number"),
            ("/accounts/0/number", json!(998_877_665_544_u64), "accounts[0].number"),
            ("/sources/0/page", json!(0), "sources[0].page"),
            ("/sources/0/document", json!("x"), "sources[0].document"),
            ("/sources/0/document", json!(nowhere), "sources"),
        ] {
            let mut offer = ana(&document);
            *offer.pointer_mut(pointer).expect(pointer) = value;
            let answer = server.post("/borrowers", &offer);
            assert_eq!(answer.field(422), field, "{pointer}");
            assert!(!answer.body.contains("77665544"), "{answer:?}");
        }
        let income = ana(&document)["incomes"][0].clone();
        let mut offer = ana(&document);
        offer["incomes"] = json!(vec![income; 201]);
        assert_eq!(server.post("/borrowers", &offer).field(422), "incomes");
        assert_eq!(server.get("/borrowers").json()["borrowers"], json!([]), "nothing of it is kept");
    });
}
