//! The part of a file name that comes from the message.

/// The words of a message in lower case with underscores between them, as many as fit into `length` characters; a
/// first word that is longer is cut.
pub(crate) fn slug(message: &str, length: usize) -> String {
    let mut slug = String::new();
    let mut left = length;
    let words = message.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        let word = word.to_lowercase();
        let needed = word.chars().count() + usize::from(!slug.is_empty());
        if needed > left {
            if slug.is_empty() {
                slug.extend(word.chars().take(length));
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('_');
        }
        slug.push_str(&word);
        left -= needed;
    }
    slug
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_joined_by_underscores() {
        assert_eq!(slug("Add users.phone, & \"e-mail\" (2)", 40), "add_users_phone_e_mail_2");
        assert_eq!(slug("Größe __init__", 40), "größe_init");
        assert_eq!(slug(" ... ", 40), "");
    }

    #[test]
    fn a_long_message_ends_at_a_word_border() {
        let message = "Give every account an owner who can be called";
        assert_eq!(slug(message, 40), "give_every_account_an_owner_who_can_be");
        assert_eq!(slug(message, 27), "give_every_account_an_owner");
        assert_eq!(slug(message, 26), "give_every_account_an");
    }

    #[test]
    fn a_first_word_that_is_too_long_is_cut() {
        assert_eq!(slug("äöüäöü abc", 4), "äöüä");
        assert_eq!(slug("abc", 0), "");
    }

    proptest! {
        #[test]
        fn no_slug_is_longer_than_asked_for(message in ".*", length in 0_usize..50) {
            let slug = slug(&message, length);
            prop_assert!(slug.chars().count() <= length);
            prop_assert!(!slug.starts_with('_') && !slug.ends_with('_') && !slug.contains(['/', '.', ' ']), "{}", slug);
        }
    }
}
