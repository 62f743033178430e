//! The configuration file that `init` writes.

/// The name of the configuration file.
pub(crate) const NAME: &str = "underpin.toml";

/// Its text; `{migrations}` stands for the directory.
pub(crate) const TEMPLATE: &str = r#"# Underpin: where the revisions are, and what they are applied to.
# Paths begin at this file. An option on the command line comes before what stands here.

migrations = "{migrations}"

# The database, if neither --url nor DATABASE_URL (in the environment or in a file .env) names one.
# A password does not belong here.
# url = "sqlite:app.db"

# The name of a new file: {rev} {slug} {epoch} {year} {month} {day} {hour} {minute} {second}, all in UTC.
# With a / in it, files go into folders.
# file_template = "{year}{month}{day}_{rev}_{slug}"
# truncate_slug_length = 40

# The file of the key ring, if neither --keys nor UNDERPIN_KEY_FILE nor UNDERPIN_KEYS names one.
# key_file = "keys"

# Commands that run over each new revision file, in this order; {file} stands for its path.
# [[post_write_hooks]]
# command = "sqlfluff"
# args = ["fix", "--quiet", "{file}"]

# Encrypted columns, and what their values are bound to, for `underpin secrets`.
# [[encrypted_columns]]
# table = "patients"
# column = "phone"
# context = "patients.phone"
# row = ["id"]
"#;
