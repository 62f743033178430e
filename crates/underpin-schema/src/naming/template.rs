//! Templates of names, with tokens in them.

use underpin_core::{Error, Result};

use super::subject::Subject;

const TOKENS: &str = "known are table_name, referred_table_name, constraint_name, column_0_name, column_0N_name, \
    column_0_N_name (also with _label or _key, and with referred_ before them), and those given with `token`";

/// The name that a template gives. `own` knows the tokens that the program brings.
pub(super) fn render(
    key: &str,
    template: &str,
    subject: &Subject<'_>,
    own: impl Fn(&str) -> Option<String>,
) -> Result<String> {
    let refused = |what: String, hint: String| {
        Error::schema(format!("the naming template `{template}` of {key}: {what}"), hint)
    };
    let mut name = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        name.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            name.push('%');
            rest = after;
            continue;
        }
        let token = rest.strip_prefix('(').and_then(|rest| rest.split_once(")s"));
        let Some((token, after)) = token else {
            let hint = "write a token as %(table_name)s, and a percent sign as %%";
            return Err(refused("a percent sign begins no token".into(), hint.into()));
        };
        rest = after;
        match own(token) {
            Some(value) => name.push_str(&value),
            None => name.push_str(&value_of(token, subject).map_err(|missing| match missing {
                Missing::Unknown => refused(format!("unknown token `{token}`"), TOKENS.into()),
                Missing::Nothing(what) => refused(
                    format!("`{token}` of table {} has no value: {what}", subject.table),
                    "give the constraint or index a name of its own, or change the template".into(),
                ),
            })?),
        }
    }
    name.push_str(rest);
    Ok(name)
}

/// Why a token has no value.
enum Missing {
    Unknown,
    Nothing(&'static str),
}

fn value_of(token: &str, subject: &Subject<'_>) -> Result<String, Missing> {
    let of = |value: Option<&str>, what| value.map(str::to_owned).ok_or(Missing::Nothing(what));
    match token {
        "table_name" => Ok(subject.table.to_owned()),
        "referred_table_name" => of(subject.referred_table, "it refers to no table"),
        "constraint_name" => of(subject.constraint_name, "the definition gives it no name"),
        _ => match token.strip_prefix("referred_") {
            Some(token) => {
                columns(token, subject.referred_table.unwrap_or_default(), subject.referred_columns)
            }
            None => columns(token, subject.table, &subject.columns),
        },
    }
}

/// `column_0_name`, `column_0N_name`, `column_0_N_name`, and the same with `label` and `key`.
fn columns(token: &str, table: &str, columns: &[&str]) -> Result<String, Missing> {
    let token = token.strip_prefix("column_").ok_or(Missing::Unknown)?;
    let (which, form) = token.rsplit_once('_').ok_or(Missing::Unknown)?;
    let one = |column: &&str| match form {
        "label" => format!("{table}_{column}"),
        _ => (*column).to_owned(),
    };
    if !matches!(form, "name" | "label" | "key") {
        return Err(Missing::Unknown);
    }
    let separator = match which {
        "0N" => "",
        "0_N" => "_",
        number => {
            let at: usize = number.parse().map_err(|_| Missing::Unknown)?;
            return columns.get(at).map(one).ok_or(Missing::Nothing("it has no such column"));
        }
    };
    if columns.is_empty() {
        return Err(Missing::Nothing("it has no column"));
    }
    Ok(columns.iter().map(one).collect::<Vec<_>>().join(separator))
}

#[cfg(test)]
mod tests {
    use super::super::subject::Kind;
    use super::*;

    fn name(template: &str) -> Result<String, String> {
        let mut subject = Subject::new(Kind::ForeignKey, "links", vec!["user_id", "team_id"]);
        subject.referred_table = Some("members");
        subject.referred_columns = &["user", "team"];
        render("foreign_key", template, &subject, |token| (token == "mine").then(|| "x".into()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn every_token_has_its_value() {
        for (template, expected) in [
            ("plain", "plain"),
            ("100%%", "100%"),
            ("%(table_name)s", "links"),
            ("%(referred_table_name)s", "members"),
            ("%(column_0_name)s", "user_id"),
            ("%(column_1_name)s", "team_id"),
            ("%(column_1_key)s", "team_id"),
            ("%(column_1_label)s", "links_team_id"),
            ("%(column_0N_name)s", "user_idteam_id"),
            ("%(column_0N_key)s", "user_idteam_id"),
            ("%(column_0N_label)s", "links_user_idlinks_team_id"),
            ("%(column_0_N_name)s", "user_id_team_id"),
            ("%(column_0_N_key)s", "user_id_team_id"),
            ("%(column_0_N_label)s", "links_user_id_links_team_id"),
            ("%(referred_column_0_name)s", "user"),
            ("%(referred_column_1_label)s", "members_team"),
            ("%(referred_column_0N_name)s", "userteam"),
            ("%(referred_column_0_N_name)s", "user_team"),
            ("%(referred_column_0_N_label)s", "members_user_members_team"),
            ("fk_%(table_name)s_%(mine)s_z", "fk_links_x_z"),
        ] {
            assert_eq!(name(template).as_deref(), Ok(expected), "{template}");
        }
    }

    #[test]
    fn what_is_no_token_is_named() {
        for (template, part) in [
            ("%(tabel_name)s", "unknown token `tabel_name`"),
            ("%(column_0_nam)s", "unknown token `column_0_nam`"),
            ("%(column_x_name)s", "unknown token `column_x_name`"),
            ("%(column_2_name)s", "`column_2_name` of table links has no value"),
            ("%(constraint_name)s", "`constraint_name` of table links has no value"),
            ("%(table_name)", "a percent sign begins no token"),
            ("50%", "a percent sign begins no token"),
        ] {
            let error = name(template).unwrap_err();
            assert!(error.contains(part) && error.contains("of foreign_key"), "{error}");
        }
    }
}
