//! How other tools name their files.

/// A way of naming files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `001_users.up.sql`, `001_users.down.sql`: sqlx and many others.
    Reversible,
    /// `001_users.sql`: sqlx.
    Simple,
    /// `2026-01-02-030405_users/up.sql`
    Diesel,
    /// `V1__users.sql`
    Refinery,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Up,
    Down,
    Metadata,
    /// A program in place of SQL.
    Program,
}

/// What the place of a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) layout: Layout,
    pub(crate) version: String,
    /// What the migration does, in the words of its file name.
    pub(crate) name: String,
    pub(crate) role: Role,
}

impl Layout {
    /// sqlx reads `-- no-transaction` on the first line.
    pub(crate) fn knows_no_transaction(self) -> bool {
        matches!(self, Self::Reversible | Self::Simple)
    }

    /// Versions are numbers, and compared as such.
    pub(crate) fn has_numbers(self) -> bool {
        self != Self::Diesel
    }
}

/// Reads the place of a file: the names of its directory, if that is not the outermost one, and of itself.
pub(crate) fn piece(directory: Option<&str>, file: &str) -> Option<Piece> {
    match directory {
        Some(directory) => diesel(directory, file).or_else(|| refinery(file)),
        None => refinery(file).or_else(|| numbered(file)),
    }
}

fn diesel(directory: &str, file: &str) -> Option<Piece> {
    let role = match file {
        "up.sql" => Role::Up,
        "down.sql" => Role::Down,
        "metadata.toml" => Role::Metadata,
        _ => return None,
    };
    let (version, name) = directory.split_once('_').unwrap_or((directory, ""));
    Some(Piece { layout: Layout::Diesel, version: version.replace('-', ""), name: name.to_owned(), role })
}

fn refinery(file: &str) -> Option<Piece> {
    let (version, name) = file.strip_prefix(['V', 'U'])?.split_once("__")?;
    let (name, role) = match (name.strip_suffix(".sql"), name.strip_suffix(".rs")) {
        (Some(name), _) => (name, Role::Up),
        (None, Some(name)) => (name, Role::Program),
        (None, None) => return None,
    };
    Some(Piece { layout: Layout::Refinery, version: number(version)?, name: name.to_owned(), role })
}

fn numbered(file: &str) -> Option<Piece> {
    let stem = file.strip_suffix(".sql")?;
    let (stem, layout, role) = match (stem.strip_suffix(".up"), stem.strip_suffix(".down")) {
        (Some(stem), _) => (stem, Layout::Reversible, Role::Up),
        (None, Some(stem)) => (stem, Layout::Reversible, Role::Down),
        (None, None) => (stem, Layout::Simple, Role::Up),
    };
    let (version, name) = stem.split_once('_').unwrap_or((stem, ""));
    Some(Piece { layout, version: number(version)?, name: name.to_owned(), role })
}

/// A whole number as a tool's table has it: without zeros before it.
fn number(version: &str) -> Option<String> {
    if !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    version.parse::<i64>().ok().map(|number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(directory: Option<&str>, file: &str) -> Option<(Layout, String, String, Role)> {
        piece(directory, file).map(|piece| (piece.layout, piece.version, piece.name, piece.role))
    }

    fn some(layout: Layout, version: &str, name: &str, role: Role) -> Option<(Layout, String, String, Role)> {
        Some((layout, version.to_owned(), name.to_owned(), role))
    }

    #[test]
    fn each_layout_is_known_by_its_names() {
        use Layout::{Diesel, Refinery, Reversible, Simple};
        assert_eq!(read(None, "001_add_users.up.sql"), some(Reversible, "1", "add_users", Role::Up));
        assert_eq!(read(None, "001_add_users.down.sql"), some(Reversible, "1", "add_users", Role::Down));
        assert_eq!(read(None, "7.up.sql"), some(Reversible, "7", "", Role::Up));
        assert_eq!(read(None, "20260102030405_a.sql"), some(Simple, "20260102030405", "a", Role::Up));
        assert_eq!(
            read(Some("2026-01-02-030405_a_b"), "up.sql"),
            some(Diesel, "20260102030405", "a_b", Role::Up)
        );
        assert_eq!(
            read(Some("00000000000000_setup"), "down.sql"),
            some(Diesel, "00000000000000", "setup", Role::Down)
        );
        assert_eq!(read(Some("1_a"), "metadata.toml"), some(Diesel, "1", "a", Role::Metadata));
        assert_eq!(read(None, "V1__a.sql"), some(Refinery, "1", "a", Role::Up));
        assert_eq!(read(Some("more"), "U012__a_b.sql"), some(Refinery, "12", "a_b", Role::Up));
        assert_eq!(read(None, "V2__a.rs"), some(Refinery, "2", "a", Role::Program));
    }

    #[test]
    fn other_names_are_of_no_layout() {
        for file in [
            "seed.sql",
            "users.up.sql",
            "+1_a.sql",
            "-1_a.sql",
            "99999999999999999999_a.sql",
            "V1_a.sql",
            "V1.1__a.sql",
            "R__views.sql",
            "up.sql",
            "1_a.txt",
            "1_a.rs",
        ] {
            assert_eq!(piece(None, file), None, "{file}");
        }
        assert_eq!(piece(Some("seeds"), "001_a.sql"), None);
        assert_eq!(piece(Some("1_a"), "other.sql"), None);
    }
}
