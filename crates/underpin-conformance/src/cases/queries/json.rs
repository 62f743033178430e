//! JSON documents.

use serde_json::{Value, json};
use underpin::Json;
use underpin::query::{JsonStep, from};

use crate::lot::{Asked, CarRow};

/// Parts of documents, under whatever key.
pub async fn documents(lot: &Asked) {
    let of = |id: i64| from::<CarRow>().filter(CarRow::ID.eq(id));
    let ids = || from::<CarRow>().select(CarRow::ID).order_by(CarRow::ID.asc());
    let some = |value: Value| vec![Some(Json(value))];
    let get = |key: &str| CarRow::DETAILS.json_get::<Json<Value>>(key);
    lot.gives("get", of(1).select(get("extras")), some(json!(["abs", "gps"]))).await;
    lot.gives("get text", of(1).select(get("color")), some(json!("red"))).await;
    lot.gives("get number", of(1).select(get("doors")), some(json!(4))).await;
    lot.gives("get null", of(3).select(get("color")), some(json!(null))).await;
    lot.gives("get nothing", of(2).select(get("color")), vec![None]).await;
    lot.gives("get with a point", of(3).select(get("a.b")), some(json!({"$[0]": true}))).await;
    lot.gives("deep", of(3).select(get("a.b").json_get::<Json<Value>>("$[0]")), some(json!(true))).await;
    lot.gives("at", of(1).select(get("extras").json_at::<Json<Value>>(1)), some(json!("gps"))).await;
    let text = |key: &str| CarRow::DETAILS.json_text(key);
    lot.gives("text", of(1).select(text("color")), vec![Some("red".to_owned())]).await;
    lot.gives("number as text", of(1).select(text("doors")), vec![Some("4".to_owned())]).await;
    lot.gives("true as text", of(3).select(text("electric")), vec![Some("true".to_owned())]).await;
    lot.gives("null as text", of(3).select(text("color")), vec![None]).await;
    lot.gives("filter", ids().filter(text("color").eq("red")), vec![1]).await;
    lot.gives("has key", ids().filter(CarRow::DETAILS.json_has_key("color")), vec![1, 3]).await;
    lot.gives("has hostile key", ids().filter(CarRow::DETAILS.json_has_key("' OR 1=1 --\"")), vec![]).await;
    let path = |steps: [JsonStep; 2]| CarRow::DETAILS.json_path::<Json<Value>>(steps);
    lot.gives("path", of(1).select(path(["extras".into(), 1.into()])), some(json!("gps"))).await;
    lot.gives("path to nothing", of(1).select(path(["extras".into(), 2.into()])), vec![None]).await;
    lot.gives("path through a text", of(1).select(path(["color".into(), "red".into()])), vec![None]).await;
    lot.gives("key of a list", of(1).select(path(["extras".into(), "1".into()])), vec![None]).await;
    let text = |steps: [JsonStep; 2]| CarRow::DETAILS.json_path_text(steps);
    let gps = Some("gps".to_owned());
    lot.gives("path text", of(1).select(text(["extras".into(), 1.into()])), vec![gps]).await;
    let truth = Some("true".to_owned());
    lot.gives("hostile path", of(3).select(text(["a.b".into(), "$[0]".into()])), vec![truth]).await;
    let holds = |part: Value| ids().filter(CarRow::DETAILS.json_contains(Json(part)));
    lot.gives("contains", holds(json!({"doors": 4.0, "extras": ["gps"]})), vec![1]).await;
    lot.gives("contains null", holds(json!({"color": null})), vec![3]).await;
    lot.gives("contains a part", holds(json!({"a.b": {}})), vec![3]).await;
    lot.gives("contains nothing", holds(json!({})), vec![1, 2, 3, 4, 5]).await;
    lot.gives("contains no list", holds(json!([])), vec![]).await;
    let of_list = get("extras").json_has_key("gps");
    lot.gives("has text in a list", ids().filter(of_list), vec![1]).await;
    lot.gives("length", of(1).select(get("extras").json_length()), vec![Some(2)]).await;
}
