//! Addresses that a page gives, made absolute.

use url::Url;

use crate::input::base;
use crate::tree::Tree;

/// Longer ones carry data, not an address.
const LONGEST: usize = 2_000;

/// What relative addresses of a page are relative to.
#[derive(Clone, Debug, Default)]
pub(super) struct Base(Option<Url>);

impl Base {
    /// The document's base URL, or else that of the page's own address, `own`. `given` is the address that the caller
    /// knows the page by.
    pub fn of(tree: &Tree, given: Option<&str>, own: Option<&str>) -> Base {
        let url = base::base_url(tree, given).or_else(|| base::base_url(tree, own));
        Base(url.and_then(|url| Url::parse(&url).ok()))
    }

    /// An absolute address of the web; none if it is another kind of address, or relative to nothing that is known.
    pub fn resolve(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.is_empty() || href.len() > LONGEST {
            return None;
        }
        let url = match &self.0 {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        };
        let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
        is_web.then(|| url.into())
    }

    /// The part of the host's name that names the site: `example` of `www.example.co.uk`.
    pub fn site_label(&self) -> Option<&str> {
        let host = self.0.as_ref()?.domain()?;
        let host = host.strip_prefix("www.").unwrap_or(host);
        let labels: Vec<&str> = host.split('.').collect();
        let name = labels.iter().rev().skip(1).find(|label| label.len() > 3).or(labels.first())?;
        Some(name)
    }

    pub fn host(&self) -> Option<&str> {
        let host = self.0.as_ref()?.domain()?;
        Some(host.strip_prefix("www.").unwrap_or(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::html;
    use crate::limits::Limits;

    fn base(html: &str, given: Option<&str>, own: Option<&str>) -> Base {
        Base::of(&html::parse(html, &Limits::default()).unwrap(), given, own)
    }

    #[test]
    fn addresses_are_resolved_against_the_base_element_then_the_caller_s_then_the_page_s() {
        let (given, own) = (Some("https://example.org/a/b"), Some("https://example.net/c/d"));
        let resolved = |html, given| base(html, given, own).resolve("../x").unwrap_or_default();
        assert_eq!(resolved("<base href=/deep/er/>", given), "https://example.org/deep/x");
        assert_eq!(resolved("", given), "https://example.org/x");
        assert_eq!(resolved("", None), "https://example.net/x");
        assert_eq!(
            base("", given, None).resolve("//cdn.example.net/x").as_deref(),
            Some("https://cdn.example.net/x")
        );
    }

    #[test]
    fn what_is_no_address_of_the_web_is_none() {
        let base = base("", None, None);
        for href in ["", "c.png", "javascript:alert(1)", "data:image/png;base64,AAAA", "mailto:a@b.example"] {
            assert_eq!(base.resolve(href), None, "{href}");
        }
    }

    #[test]
    fn the_site_has_its_name_from_the_host() {
        let label = |url| base("", Some(url), None).site_label().map(str::to_owned);
        assert_eq!(label("https://www.example.co.uk/a").as_deref(), Some("example"));
        assert_eq!(label("https://news.example.org/a").as_deref(), Some("example"));
        assert_eq!(label("not an address"), None);
    }
}
