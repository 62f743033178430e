//! Names: the default convention, others, and finding things by them.

#![allow(missing_docs, unreachable_pub, dead_code, unused_imports)]

// The derive names the façade.
extern crate self as underpin;
pub use underpin_core::*;
pub use underpin_macros::{ColumnEnum, Table};
pub use underpin_schema::*;
pub use underpin_sql::{Column, Nullable};

mod model;

use model::{CarRow, ChickenRow, EggRow, EverythingRow, NestRow, OutboxRow, SecretRow, UserRow};

fn services() -> SchemaBuilder {
    Schema::builder().table::<UserRow>().table::<SecretRow>().table::<OutboxRow>().table::<CarRow>()
}

fn names<T: Table>(schema: &Schema) -> Vec<&str> {
    let names = schema.names(T::def());
    let lists = [&names.uniques, &names.indexes, &names.foreign_keys, &names.checks, &names.excludes];
    let enumerations = names.enumerations.iter().map(|(_, name)| name);
    let all = lists.into_iter().flatten().chain(enumerations);
    [&names.primary_key].into_iter().chain(all).map(String::as_str).collect()
}

#[test]
fn the_default_convention_gives_the_names_that_services_expect() {
    let schema = services().build().unwrap();
    assert_eq!(names::<UserRow>(&schema), ["pk_users", "uq_users_email"]);
    assert_eq!(
        names::<SecretRow>(&schema),
        ["pk_encrypted_secrets", "ix_encrypted_secrets_user_type", "fk_encrypted_secrets_user_id_users"]
    );
    assert_eq!(names::<OutboxRow>(&schema), ["pk_outbox", "ix_outbox_unprocessed"]);
    assert_eq!(names::<CarRow>(&schema), ["pk_cars", "ix_cars_make", "ix_cars_year", "ix_cars_price_mxn"]);

    let schema = Schema::builder().table::<EverythingRow>().build().unwrap();
    assert_eq!(
        names::<EverythingRow>(&schema),
        [
            "pk_everything",
            "uq_everything_small_int",
            "ix_rich",
            "ix_plain",
            "ck_everything_int",
            "ck_everything_sane",
            "ck_everything_mood"
        ]
    );
}

#[test]
fn a_program_may_bring_a_convention_and_tokens_of_its_own() {
    let convention = NamingConvention::new()
        .primary_key("%(table_name)s_pkey")
        .unique("%(column_0_label)s_key")
        .foreign_key("%(initials)s_fkey")
        .token("initials", |of| {
            of.columns().iter().chain(&of.referred_table()).map(|name| &name[..1]).collect()
        });
    let schema = services().naming(convention).build().unwrap();
    assert_eq!(names::<UserRow>(&schema), ["users_pkey", "users_email_key"]);
    assert_eq!(schema.names(SecretRow::def()).foreign_keys, ["uu_fkey"]);
}

#[test]
fn a_template_is_checked_when_the_schema_is_built() {
    let refused = |convention| {
        let error = services().naming(convention).build().unwrap_err();
        format!("{error}\n  {}", error.hint().unwrap())
    };
    let new = NamingConvention::new;
    let errors = [
        refused(new().unique("uq_%(tabel_name)s")),
        refused(new().foreign_key("fk_%(table_name)")),
        refused(new().index("ix_%(column_1_name)s")),
        refused(new().primary_key("")),
        refused(new().index("all_alike")),
    ];
    insta::assert_snapshot!("refused_templates", errors.join("\n"));
}

#[derive(Table)]
#[table(name = "accounts_of_customers_in_all_countries_of_the_world")]
#[table(unique(columns = [a, b]))]
#[table(unique(columns = [b, c]))]
struct LongRow {
    #[column(primary_key, name = "identifier_of_the_account")]
    id: i32,
    #[column(name = "first_name_of_the_customer")]
    a: i32,
    #[column(name = "second_name_of_the_customer")]
    b: i32,
    #[column(name = "third_name_of_the_customer")]
    c: i32,
}

#[test]
fn long_names_of_the_convention_are_cut_and_stay_different() {
    let schema = Schema::builder().table::<LongRow>().build().unwrap();
    let names = names::<LongRow>(&schema);
    assert!(names.iter().all(|name| name.len() <= 63), "{names:?}");
    assert_ne!(names[1], names[2]);
    assert!(names[1].starts_with("uq_accounts_of_customers_in_all_countries_of_the_world"), "{names:?}");
}

#[test]
fn tables_and_names_are_found() {
    let schema = services().build().unwrap();
    assert!(std::ptr::eq(schema.table("users").unwrap(), UserRow::def()));
    assert!(schema.table("Users").is_none());
    assert_eq!(schema.names(EggRow::def()).primary_key, "");
    assert_eq!(schema.unique_name("users", &["id"]), Some("pk_users"));
    assert_eq!(schema.unique_name("users", &["email"]), Some("uq_users_email"));
    assert_eq!(schema.unique_name("users", &["email", "id"]), None);
    let index = Some("ix_encrypted_secrets_user_type");
    assert_eq!(schema.unique_name("encrypted_secrets", &["secret_type", "user_id"]), index);
    assert_eq!(schema.unique_name("encrypted_secrets", &["user_id"]), None);
    assert_eq!(schema.unique_name("outbox", &["processed_at"]), None);
    let keys: Vec<_> =
        schema.foreign_keys_to("users").map(|(owner, key)| (owner.name, key.targets)).collect();
    assert_eq!(keys, [("encrypted_secrets", ["id"].as_slice())]);
}

#[test]
fn foreign_keys_of_the_table_itself_are_found_too() {
    let schema =
        Schema::builder().table::<NestRow>().table::<EggRow>().table::<ChickenRow>().build().unwrap();
    assert_eq!(schema.foreign_keys_to("nests").count(), 1);
    assert_eq!(schema.foreign_keys_to("chickens").count(), 2);
}
