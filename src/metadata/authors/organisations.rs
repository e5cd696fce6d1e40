//! Names of people and names of organisations, told apart by the words in them.

use super::name_words::NAME_WORDS;

fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    let divides = |c: char| c.is_whitespace() || matches!(c, ',' | '/' | '&' | '-' | '(' | ')');
    let words = name.split(divides).map(|word| word.replace('.', "").to_lowercase());
    words.filter(|word| !word.is_empty())
}

/// Whether a name says that it is an organisation's.
pub(in crate::metadata) fn is_organisation(name: &str) -> bool {
    let is_domain = !name.contains(' ')
        && name.split_once('.').is_some_and(|(before, after)| before.len() > 2 && after.len() >= 2);
    is_domain || words(name).any(|word| is_of_organisation(&word))
}

fn is_of_organisation(word: &str) -> bool {
    NAME_WORDS.organisations.contains(word) || word.ends_with("ministerium")
}

/// Whether a list of names is but the long name of one organisation: "Ministry of Trade, Industry and Energy".
pub(super) fn is_one(list: &str) -> bool {
    let mut words = words(list);
    let is_first = words.next().is_some_and(|word| is_of_organisation(&word))
        || words.next().is_some_and(|word| NAME_WORDS.organisations.contains(word.as_str()));
    is_first && words.next().is_some_and(|word| NAME_WORDS.joints.contains(word.as_str()))
}

/// Whether a name is that of those who write as one: an editorial team.
pub(in crate::metadata) fn is_group(name: &str) -> bool {
    words(name).any(|word| NAME_WORDS.groups.contains(word.as_str()))
}

/// Whether a name looks like that of a person: two to four words that begin with capitals, where its script has such, and none that
/// speaks of something else.
pub(in crate::metadata) fn is_person(name: &str) -> bool {
    const MOST_WORDS: usize = 5;
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_unspaced = |c: char| !c.is_uppercase() && !c.is_lowercase();
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return false;
    }
    if name.chars().filter(|c| c.is_alphabetic()).all(is_unspaced) {
        return words.len() <= MOST_WORDS && !is_organisation(name);
    }
    let begins_large =
        |word: &&&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let is_titled =
        NAME_WORDS.articles.contains(words.first().map_or("", |word| word).to_lowercase().as_str());
    let is_shouted = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && words.len() < 2;
    (2..=MOST_WORDS).contains(&words.len())
        && words.iter().filter(begins_large).count() >= 2
        && !name.chars().any(|c| c.is_ascii_digit() || matches!(c, '&' | '/' | '+'))
        && !is_shouted
        && !is_titled
        && !is_organisation(name)
        && !is_group(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_organisations_are_told_apart() {
        for name in ["Ada Moor", "Ada M. Moor", "Ludwig van der Lake", "王小明"] {
            assert!(is_person(name) && !is_organisation(name), "{name}");
        }
        for name in
            ["Moor GmbH", "Verband der Müller e.V.", "moor.example", "Institute of Tides", "Tidal News"]
        {
            assert!(!is_person(name) && is_organisation(name), "{name}");
        }
        assert!(is_group("The Moor Team") && !is_person("The Moor Team"));
        assert!(!is_person("The Shore") && !is_person("555 0199"));
        assert!(!is_person("admoor") && !is_organisation("admoor"));
    }

    #[test]
    fn a_long_name_of_one_organisation_is_no_list() {
        assert!(is_one("Ministry of Trade, Industry and Energy"));
        assert!(is_one("Bundesministerium für Wirtschaft und Klimaschutz"));
        assert!(!is_one("Ada Moor, Institute of Tides"));
    }
}
