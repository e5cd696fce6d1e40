//! JSON-LD, microdata and RDFa: which of the things they describe is the page, and what is said of it.

use serde_json::Value;

use super::MetadataSource;
use super::json_ld::{self, Entity, Object};
use super::survey::{Property, Survey};
use super::titles;
use crate::squash::squash;
use crate::tree::{NodeId, Step, Tree};

/// Types of what a page is for.
const WORKS: [&str; 44] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "BackgroundNewsArticle",
    "AskPublicNewsArticle",
    "TechArticle",
    "ScholarlyArticle",
    "MedicalScholarlyArticle",
    "SocialMediaPosting",
    "LiveBlogPosting",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "Recipe",
    "DiscussionForumPosting",
    "Question",
    "HowTo",
    "Review",
    "CriticReview",
    "VideoObject",
    "PodcastEpisode",
    "Course",
    "JobPosting",
    "Product",
    "ProductGroup",
    "Event",
    "Book",
    "Movie",
    "CreativeWork",
    "Dataset",
    "SoftwareApplication",
    "MedicalCondition",
    "Chapter",
    "Thesis",
    "Guide",
    "APIReference",
    "ImageGallery",
    "TVEpisode",
    "Blog",
    "Episode",
];
/// Of these, what is written by somebody on a day.
const WRITTEN: [&str; 24] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "BackgroundNewsArticle",
    "TechArticle",
    "ScholarlyArticle",
    "MedicalScholarlyArticle",
    "SocialMediaPosting",
    "LiveBlogPosting",
    "AdvertiserContentArticle",
    "Recipe",
    "DiscussionForumPosting",
    "Question",
    "HowTo",
    "CriticReview",
    "CreativeWork",
    "AskPublicNewsArticle",
    "SatiricalArticle",
    "Review",
];
/// Types of pages, which say less of what is on them.
const PAGES: [&str; 12] = [
    "WebPage",
    "ItemPage",
    "FAQPage",
    "AboutPage",
    "ContactPage",
    "ProfilePage",
    "CollectionPage",
    "SearchResultsPage",
    "QAPage",
    "MedicalWebPage",
    "CheckoutPage",
    "RealEstateListing",
];

pub(super) fn is_written(kind: &str) -> bool {
    WRITTEN.contains(&kind)
}

/// What JSON-LD describes: what the page is for, and the page itself.
pub(super) struct Described<'s> {
    pub work: Option<&'s Object>,
    pub page: Option<&'s Object>,
    pub entities: &'s [Entity<'s>],
}

impl<'s> Described<'s> {
    /// `titles` are keys of what the page calls itself.
    pub fn of(entities: &'s [Entity<'s>], titles: &[String]) -> Described<'s> {
        let of_types = |types: &'static [&'static str]| {
            entities.iter().filter(|entity| !entity.is_part).map(|entity| entity.object).filter(
                move |object| json_ld::types(object).any(|kind| types.contains(&kind)) && object.len() > 2,
            )
        };
        let page = of_types(&PAGES).next();
        Described { work: main_work(of_types(&WORKS).collect(), titles), page, entities }
    }

    /// The strings of a property of the work, then of the page.
    pub fn strings(&self, key: &str) -> Vec<&'s str> {
        let of = |object: Option<&'s Object>| {
            object.map_or(Vec::new(), |object| json_ld::strings(object, key, self.entities))
        };
        let work = of(self.work);
        if work.is_empty() { of(self.page) } else { work }
    }

    pub fn of_work(&self, key: &str) -> Vec<&'s str> {
        self.work.map_or(Vec::new(), |object| json_ld::strings(object, key, self.entities))
    }

    pub fn of_page(&self, key: &str) -> Vec<&'s str> {
        self.page.map_or(Vec::new(), |object| json_ld::strings(object, key, self.entities))
    }

    pub fn work_type(&self) -> Option<&'s str> {
        json_ld::types(self.work?).find(|kind| WORKS.contains(kind))
    }

    pub fn page_type(&self) -> Option<&'s str> {
        json_ld::types(self.page?).find(|kind| PAGES.contains(kind))
    }

    /// The names of the site: of itself, and of its publisher.
    pub fn sites(&self) -> Vec<&'s str> {
        let is_site = |object: &&'s Object| {
            json_ld::types(object).any(|kind| matches!(kind, "WebSite" | "NewsMediaOrganization"))
        };
        let sites = self.entities.iter().map(|entity| entity.object).filter(is_site).take(3);
        let mut names: Vec<&str> =
            sites.filter_map(|object| object.get("name").and_then(Value::as_str)).collect();
        names.extend(self.strings("publisher").into_iter().filter(|name| !name.contains("://")));
        names
    }
}

/// Of several works the one that has the page's title; a listing describes many, and none of them is the page.
fn main_work<'s>(works: Vec<&'s Object>, titles: &[String]) -> Option<&'s Object> {
    let name = |object: &&'s Object| {
        ["headline", "name", "title"]
            .iter()
            .find_map(|key| object.get(*key))
            .and_then(Value::as_str)
            .map(titles::key)
    };
    let is_titled = |object: &&&'s Object| {
        name(object).is_some_and(|name| {
            name.len() > 3
                && titles.iter().any(|title| title.contains(&name) || name.contains(title.as_str()))
        })
    };
    if let Some(titled) = works.iter().find(is_titled) {
        return Some(titled);
    }
    let first = *works.first()?;
    let own = name(&first);
    // The same thing described twice, or as two things, is still one.
    let is_listing = works.iter().map(name).filter(|other| other.is_some() && *other != own).count() > 1;
    (!is_listing).then_some(first)
}

/// Microdata and RDFa of the page: the properties of the one thing that is described.
pub(super) struct Marked<'s, 't> {
    tree: &'t Tree,
    survey: &'s Survey<'t>,
    /// The scope that is what the page is for.
    work: Option<usize>,
}

impl<'s, 't> Marked<'s, 't> {
    /// `title` is the element of the page's title.
    pub fn of(tree: &'t Tree, survey: &'s Survey<'t>, title: Option<NodeId>) -> Marked<'s, 't> {
        let scopes = survey.scopes.iter().enumerate();
        let is_part = |scope: &super::survey::Scope| {
            scope.property.is_some_and(|property| {
                let property = property.rsplit([':', '/']).next().unwrap_or(property);
                matches!(
                    property,
                    "comment"
                        | "review"
                        | "itemListElement"
                        | "suggestedAnswer"
                        | "acceptedAnswer"
                        | "hasPart"
                        | "isPartOf"
                        | "blogPost"
                )
            })
        };
        let works: Vec<usize> = scopes
            .filter(|(_, scope)| WORKS.contains(&scope.kind) && scope.kind != "Blog" && !is_part(scope))
            .map(|(at, _)| at)
            .collect();
        let around_title = title.and_then(|title| {
            let above: Vec<NodeId> = tree.ancestors(title).collect();
            works.iter().copied().find(|&work| above.contains(&survey.scopes[work].element))
        });
        let outermost = works
            .iter()
            .copied()
            .filter(|&work| survey.scopes[work].outer.is_none_or(|outer| !works.contains(&outer)));
        let outermost: Vec<usize> = outermost.collect();
        let only = match outermost[..] {
            [only] => Some(only),
            _ => None,
        };
        Marked { tree, survey, work: around_title.or(only) }
    }

    pub fn kind(&self) -> Option<&'t str> {
        self.work.map(|work| self.survey.scopes[work].kind)
    }

    pub fn source(&self) -> MetadataSource {
        let is_rdfa = self.work.is_some_and(|work| self.survey.scopes[work].is_rdfa);
        if is_rdfa { MetadataSource::Rdfa } else { MetadataSource::Microdata }
    }

    /// The values of a property of what the page is for.
    pub fn values(&self, name: &str) -> Vec<String> {
        let Some(work) = self.work else { return Vec::new() };
        self.properties(name, |property| property.scope == Some(work))
    }

    /// The values of a property that belongs to nothing, or to the page.
    pub fn loose(&self, name: &str) -> Vec<String> {
        let is_loose =
            |scope: Option<usize>| scope.is_none_or(|scope| PAGES.contains(&self.survey.scopes[scope].kind));
        self.properties(name, |property| is_loose(property.scope))
    }

    fn properties(&self, name: &str, is_wanted: impl Fn(&Property) -> bool) -> Vec<String> {
        let properties =
            self.survey.properties.iter().filter(|property| property.name == name && is_wanted(property));
        properties.take(32).filter_map(|property| self.value(property)).collect()
    }

    fn value(&self, property: &Property<'t>) -> Option<String> {
        if let Some(value) = property.value {
            return Some(value.to_owned());
        }
        if let Some(inner) = property.inner {
            let name =
                self.survey.properties.iter().find(|own| own.scope == Some(inner) && own.name == "name");
            if let Some(name) = name {
                return name.value.map(str::to_owned).or_else(|| short_text(self.tree, name.element));
            }
        }
        short_text(self.tree, property.element)
    }
}

/// The text of an element, if it is short.
pub(super) fn short_text(tree: &Tree, element: NodeId) -> Option<String> {
    const LONGEST: usize = 600;
    // Enters and leaves; what has more nodes than that is long, whatever they hold.
    const MOST_STEPS: usize = 4_000;
    let mut text = String::new();
    for (count, step) in tree.walk(element).enumerate() {
        if count == MOST_STEPS {
            return None;
        }
        let Step::Enter(id) = step else { continue };
        let own = tree.text(id);
        if text.len() + own.len() > LONGEST {
            return None;
        }
        text.push_str(own);
        if tree.element(id).is_some() {
            text.push(' ');
        }
    }
    let text = squash(&text);
    (!text.is_empty()).then_some(text)
}
