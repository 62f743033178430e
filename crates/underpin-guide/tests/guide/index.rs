//! The index of the guide, and the links of all its pages.

use crate::{guide, place};

#[test]
fn its_links_lead_somewhere() {
    let guide_folder = place::root().join("docs/guide");
    let mut wrong = Vec::new();
    for page in guide() {
        let folder = guide_folder.join(&page.file);
        let folder = folder.parent().expect("a folder");
        for link in page.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if !link.contains("://") && !file.is_empty() && !folder.join(file).exists() {
                wrong.push(format!("{}: {link}", page.file));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn it_names_every_page() {
    let pages = guide();
    let index = pages.iter().find(|page| page.file == "README.md").expect("the index");
    for page in &pages {
        let is_named = page.file == "README.md" || index.text.contains(&format!("]({})", page.file));
        assert!(is_named, "{} is not named by docs/guide/README.md", page.file);
    }
    let root = std::fs::read_to_string(place::root().join("README.md")).expect("the README");
    assert!(
        root.contains("(docs/guide/README.md)"),
        "the README of the workspace does not lead to the guide"
    );
}
