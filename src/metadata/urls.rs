//! Addresses that a page gives, made absolute.

use url::Url;

/// Longer ones carry data, not an address.
const LONGEST: usize = 2_000;

/// What relative addresses of a page are relative to.
#[derive(Clone, Debug, Default)]
pub(super) struct Base(Option<Url>);

impl Base {
    /// `<base href>` against the address that the caller gave, or, without such, against the page's own.
    pub fn of(element: Option<&str>, given: Option<&str>, own: Option<&str>) -> Base {
        let parse = |url: &str| Url::parse(url.trim()).ok().filter(|url| !url.cannot_be_a_base());
        let page = given.and_then(parse).or_else(|| own.and_then(parse));
        let element = element.filter(|href| href.len() <= LONGEST);
        let base = element.and_then(|href| match &page {
            Some(page) => page.join(href.trim()).ok(),
            None => parse(href),
        });
        Base(base.or(page))
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

    #[test]
    fn addresses_are_resolved_against_the_base_element_then_the_caller_s() {
        let base = Base::of(Some("/deep/"), Some("https://example.org/a/b"), None);
        assert_eq!(base.resolve("c.png").as_deref(), Some("https://example.org/deep/c.png"));
        let base = Base::of(None, Some("https://example.org/a/b"), None);
        assert_eq!(base.resolve("../c").as_deref(), Some("https://example.org/c"));
        assert_eq!(base.resolve("//cdn.example.net/x").as_deref(), Some("https://cdn.example.net/x"));
    }

    #[test]
    fn what_is_no_address_of_the_web_is_none() {
        let base = Base::of(None, None, None);
        for href in ["", "c.png", "javascript:alert(1)", "data:image/png;base64,AAAA", "mailto:a@b.example"] {
            assert_eq!(base.resolve(href), None, "{href}");
        }
    }

    #[test]
    fn the_site_has_its_name_from_the_host() {
        let label = |url| Base::of(None, Some(url), None).site_label().map(str::to_owned);
        assert_eq!(label("https://www.example.co.uk/a").as_deref(), Some("example"));
        assert_eq!(label("https://news.example.org/a").as_deref(), Some("example"));
        assert_eq!(label("not an address"), None);
    }
}
