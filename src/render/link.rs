//! Which addresses may be written, and how.

use std::borrow::Cow;
use std::sync::LazyLock;

use url::Url;

/// Schemes that a browser follows without running anything of the page's.
const SAFE_SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];
/// Schemes of images. Data in an address would be safe in most places, but not in all.
const IMAGE_SCHEMES: [&str; 2] = ["http", "https"];

/// What addresses are relative to where that is not known.
static ANYWHERE: LazyLock<Option<Url>> = LazyLock::new(|| Url::parse("https://page.invalid/").ok());

/// The addresses of a page: made absolute where it is known what they are relative to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    base: Option<Url>,
}

impl Addresses {
    /// Those that are relative to `base`, if that is an absolute URL.
    pub(crate) fn new(base: Option<&str>) -> Self {
        Addresses { base: base.and_then(|base| Url::parse(base).ok()) }
    }

    /// The target as it may stand in a link; see [`safe_target`].
    pub(crate) fn link<'t>(&self, target: &'t str) -> Option<Cow<'t, str>> {
        self.absolute(safe_target(target)?, &SAFE_SCHEMES)
    }

    /// The address of an image as it may be written.
    pub(crate) fn image<'t>(&self, source: &'t str) -> Option<Cow<'t, str>> {
        self.absolute(safe(source, &IMAGE_SCHEMES)?, &IMAGE_SCHEMES)
    }

    fn absolute<'t>(&self, address: Cow<'t, str>, schemes: &[&str]) -> Option<Cow<'t, str>> {
        // What no browser makes an address of leads nowhere, whatever it is relative to.
        let absolute = self.base.as_ref().or(ANYWHERE.as_ref())?.join(&address).ok()?;
        // Relative to some pages there is nothing safe.
        let is_safe = schemes.contains(&absolute.scheme());
        is_safe.then(|| if self.base.is_some() { Cow::Owned(absolute.into()) } else { address })
    }
}

/// The target as it may stand in a link: without what the URL standard strips before it parses (spaces
/// around, tabs, line ends) and without other control characters. None if it is empty or its scheme is
/// neither known to be harmless nor absent.
fn safe_target(target: &str) -> Option<Cow<'_, str>> {
    safe(target, &SAFE_SCHEMES)
}

fn safe<'t>(address: &'t str, schemes: &[&str]) -> Option<Cow<'t, str>> {
    let address = strip(address);
    let is_safe = match scheme(&address) {
        Some(scheme) => schemes.iter().any(|safe| scheme.eq_ignore_ascii_case(safe)),
        None => true,
    };
    (is_safe && !address.is_empty()).then_some(address)
}

fn strip(target: &str) -> Cow<'_, str> {
    if target.contains(char::is_control) {
        let clean: String = target.chars().filter(|c| !c.is_control()).collect();
        return Cow::Owned(clean.trim_matches(' ').to_owned());
    }
    Cow::Borrowed(target.trim_matches(' '))
}

/// The scheme of a URL, as the URL standard's parser finds it; none if the URL is relative.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::{Addresses, safe_target};

    #[test]
    fn an_address_that_leads_nowhere_is_not_written() {
        for base in [None, Some("https://a.example/b")] {
            let addresses = Addresses::new(base);
            for target in ["http://", "https://[", "//a b/", "http://a%/"] {
                assert_eq!(addresses.link(target), None, "{target} beside {base:?}");
            }
            assert!(addresses.link("c/d").is_some());
        }
    }

    #[test]
    fn web_mail_phone_and_relative_targets_are_safe() {
        let targets = [
            "http://a.example/b?c=d&e#f",
            "HTTPS://a.example",
            "mailto:a@b.example",
            "tel:+4930123",
            "/a/b:c",
            "a/b",
            "?q=a:b",
            "#top",
            "//a.example/",
            "../a:b",
            "1:2",
        ];
        for target in targets {
            assert_eq!(safe_target(target).as_deref(), Some(target));
        }
    }

    #[test]
    fn schemes_that_could_run_something_are_refused() {
        let targets = [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "  javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript\r:alert(1)",
            "\u{1}javascript:alert(1)",
            "\u{1} \u{2} javascript:alert(1)",
            "\u{0}javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://a.example/1",
        ];
        for target in targets {
            assert_eq!(safe_target(target), None, "{target:?}");
        }
    }

    #[test]
    fn what_a_browser_strips_is_stripped() {
        assert_eq!(safe_target(" \n/a\n/b\t ").as_deref(), Some("/a/b"));
        assert_eq!(safe_target(" \n "), None);
    }
}
