//! Bylines: names that the words before them, or their markup, make those of the authors.

use html5ever::local_name;
use rustc_hash::FxHashMap;

use super::{Blocks, LONGEST_BYLINE, LONGEST_NAME, Zone, for_words};
use crate::metadata::authors::organisations;
use crate::metadata::words::WORDS;
use crate::metadata::{authors, dates};
use crate::page::{BoilerplateKind, Label, Role};
use crate::segment::Segment;
use crate::squash::squash;
use crate::tree::{NodeId, Tree};

/// Names that a block shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Byline {
    pub names: Vec<String>,
    pub zone: Zone,
    /// It begins with words that begin bylines.
    pub is_said: bool,
    /// What in its markup says that it names the author.
    pub mark: Option<Mark>,
    pub block: usize,
}

/// How markup says that a text names the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// By a relation or a class word.
    Named,
    /// By a link to a page about a person.
    Linked,
}

/// What elements say of the text in them, as far as they were asked: blocks share the elements around them.
type Marks = FxHashMap<NodeId, Option<Mark>>;

impl<'p> Blocks<'p> {
    /// Whether another heading than the title stands right above a block.
    pub fn is_under_other_heading(&self, block: usize) -> bool {
        const FURTHEST: usize = 30;
        let is_heading = |above: &usize| matches!(self.segments[*above].role, Role::Heading(_));
        let heading = (block.saturating_sub(FURTHEST)..block).rev().find(is_heading);
        heading.is_some_and(|heading| Some(heading) != self.title)
    }

    /// The name of a person that stands alone under the last paragraph of the text.
    pub fn signature(&self) -> Option<String> {
        /// A shorter paragraph is none that somebody signs.
        const LEAST_TEXT: usize = 80;
        let mut contents = (0..self.verdicts.len()).rev().filter(|&block| self.is_content(block));
        let (last, above) = (contents.next()?, contents.next()?);
        let Segment { role, link_bytes, hidden, .. } = self.segments[last];
        let is_plain = matches!(role, Role::Paragraph | Role::Text) && link_bytes == 0 && !hidden;
        let name = self.text(last).trim_start_matches(['–', '—', '-', '~', ' ']);
        let is_name = is_name_of_person(name);
        let is_short =
            name.split(' ').count() <= 3 && !name.contains(':') && name.ends_with(char::is_lowercase);
        (is_plain && is_name && is_short && self.text(above).len() >= LEAST_TEXT).then(|| name.to_owned())
    }

    /// What a name is worth less that only its markup makes the author's: where navigation and the like show it, and where it
    /// stands within other text.
    pub fn doubt_of_mark(&self, byline: &Byline) -> f32 {
        use BoilerplateKind::{Controls, Navigation, Related, SiteFooter, SiteHeader};
        let is_elsewhere = matches!(
            self.verdicts[byline.block].label,
            Label::Boilerplate(Controls | Navigation | Related | SiteFooter | SiteHeader)
        );
        let names: usize = byline.names.iter().map(|name| name.len() + 2).sum();
        let is_within_text = self.is_content(byline.block) && self.text(byline.block).len() > names + 40;
        if is_elsewhere || is_within_text { 3.0 } else { 0.0 }
    }

    /// The names that blocks near the title or behind the text show.
    pub fn bylines(&self, near: &[(usize, Zone)], language: &str) -> Vec<Byline> {
        let mut marks = Marks::default();
        near.iter().flat_map(|&(block, zone)| self.bylines_of(block, zone, language, &mut marks)).collect()
    }

    fn bylines_of(&self, block: usize, zone: Zone, language: &str, marks: &mut Marks) -> Vec<Byline> {
        let text = self.text(block);
        if text.len() > LONGEST_BYLINE || Some(block) == self.title {
            return Vec::new();
        }
        let line = text.lines().next().unwrap_or("");
        let above = block.checked_sub(1).map_or("", |above| self.text(above));
        if WORDS.is_of_others(line) || WORDS.is_others(above) {
            return Vec::new();
        }
        let mut bylines = Vec::new();
        let said = match self.name_below(block, language) {
            Some(name) => Some((name, true)),
            None => WORDS.after_by(line, language),
        };
        for (mark, texts) in self.marked_names(block, marks) {
            let names = texts.iter().flat_map(|text| authors::names(&until_date(text, language), language));
            let names: Vec<String> = names.filter(|name| authors::is_name(name, true)).collect();
            if !names.is_empty() {
                bylines.push(Byline { names, zone, is_said: said.is_some(), mark: Some(mark), block });
            }
        }
        if let Some((rest, has_colon)) = said {
            let names = authors::names(&until_date(rest, language), language);
            // "by ada" is a byline if that is all.
            let may_be_small = has_colon || line.len() <= 30;
            // What follows a name and is none says who that is.
            let mut names: Vec<String> =
                names.into_iter().take_while(|name| authors::is_name(name, may_be_small)).collect();
            // What follows the one word by which somebody goes is most often a tag.
            if names.first().is_some_and(|first| !first.contains(' ')) {
                names.truncate(1);
            }
            if !names.is_empty() {
                bylines.push(Byline { names, zone, is_said: true, mark: None, block });
            }
        } else if zone == Zone::Head {
            let behind = self.byline_behind_date(block, line, language);
            let plain = || self.plain_byline(block, line, language);
            bylines.extend(behind.or_else(|| bylines.is_empty().then(plain).flatten()));
        }
        bylines
    }

    /// A line right below the title that is a name and a date with a mark between them, "Ada Moor | 4 March 2021", or a name
    /// beside the line of the date.
    fn plain_byline(&self, block: usize, line: &str, language: &str) -> Option<Byline> {
        const FURTHEST: usize = 2;
        let is_below = self.title.is_some_and(|title| (title + 1..=title + FURTHEST).contains(&block));
        if !is_below || line.len() > LONGEST_NAME {
            return None;
        }
        let Some(found) = dates::find(line, Some(language)) else {
            return self.name_beside_date(block, line, language);
        };
        let (before, behind) = (line[..found.range.start].trim_end(), line[found.range.end..].trim_start());
        let divides = |c: char| matches!(c, '|' | '-' | '–' | '—' | '·' | '•' | '⋅');
        let name = match () {
            () if behind.is_empty() && before.ends_with(divides) => before.split(divides).next()?,
            () if before.is_empty() && behind.starts_with(divides) => behind.trim_start_matches(divides),
            () => return None,
        };
        // "Ada Moor in Tides": where it was published.
        let name = name.split(" in ").next().unwrap_or(name);
        let names = authors::names(name.trim(), language);
        let is_all = names.len() == 1 && names.iter().all(|name| is_name_of_person(name));
        is_all.then_some(Byline { names, zone: Zone::Head, is_said: false, mark: None, block })
    }

    /// A name right below the title beside a date, or above what its bearer is: "Tech Writer".
    fn name_beside_date(&self, block: usize, line: &str, language: &str) -> Option<Byline> {
        const LONGEST_DATELINE: usize = 60;
        let is_dateline = |block: usize| {
            let text = if block < self.verdicts.len() { self.text(block) } else { "" };
            text.len() <= LONGEST_DATELINE && dates::find(text, Some(language)).is_some()
        };
        let is_role = |block: usize| {
            block < self.verdicts.len() && self.is_metadata(block) && authors::is_role(self.text(block))
        };
        let is_beside = Some(block - 1) != self.title && is_dateline(block - 1)
            || is_dateline(block + 1)
            || is_role(block + 1);
        if !self.is_metadata(block) || !is_beside {
            return None;
        }
        let names = authors::names(line, language);
        let is_all = !names.is_empty() && names.iter().all(|name| is_name_of_person(name));
        is_all.then_some(Byline { names, zone: Zone::Head, is_said: false, mark: None, block })
    }

    /// The names behind a date in one line: "4 March 2021 by Ada Moor".
    fn byline_behind_date(&self, block: usize, line: &str, language: &str) -> Option<Byline> {
        let found = dates::find_all(line, Some(language)).pop()?;
        let behind = line[found.range.end..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let (rest, has_colon) = WORDS.after_by(behind, language)?;
        let names = authors::names(&until_date(rest, language), language);
        let are_names = !names.is_empty() && names.iter().all(|name| authors::is_name(name, has_colon));
        are_names.then_some(Byline { names, zone: Zone::Head, is_said: true, mark: None, block })
    }

    /// Texts in a block that its markup marks as the name of the author: by a relation, a class word, or a link to a page
    /// about a person.
    fn marked_names(&self, block: usize, marks: &mut Marks) -> Vec<(Mark, Vec<String>)> {
        let Some(tree) = self.tree else { return Vec::new() };
        let leaves = self.leaves_of(&self.segments[block]);
        let mut texts: Vec<(Mark, NodeId, String)> = Vec::new();
        for &leaf in leaves.iter().take(24) {
            let mut mark_of = |id| *marks.entry(id).or_insert_with(|| names_author(tree, id));
            let marked = tree.ancestors(leaf).skip(1).take(5).find_map(|id| Some((mark_of(id)?, id)));
            let Some((mark, element)) = marked else { continue };
            match texts.iter_mut().find(|(_, known, _)| *known == element) {
                Some((.., text)) => {
                    text.push(' ');
                    text.push_str(tree.text(leaf));
                }
                None => texts.push((mark, element, tree.text(leaf).to_owned())),
            }
        }
        let mut names: Vec<(Mark, Vec<String>)> = Vec::new();
        for (mark, _, text) in texts {
            let text = squash(&text);
            if text.is_empty() || text.len() > LONGEST_NAME {
                continue;
            }
            match names.iter_mut().find(|(known, _)| *known == mark) {
                Some((_, texts)) => texts.push(text),
                None => names.push((mark, vec![text])),
            }
        }
        names
    }

    /// What the block shows whose own text is but "By" or "Author:", if the next block begins with a name.
    fn name_below(&self, block: usize, language: &str) -> Option<&'p str> {
        let is_by = self.text(block).len() <= 24 && WORDS.is_by(self.text(block), language);
        let below = (is_by && block + 1 < self.segments.len()).then(|| self.text(block + 1))?;
        (below.len() <= LONGEST_NAME).then_some(below)
    }
}

/// What of a byline stands before its date.
fn until_date(text: &str, language: &str) -> String {
    // A date that can't be read still ends a name: "on 3 Foo 2021", "am 3.".
    let words = [" am ", " at ", " | ", " • ", " · ", " in "];
    let ends_name = |at: &usize| {
        text[*at..].split(' ').nth(2).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
    };
    let cut =
        words.iter().filter_map(|word| text.find(word)).filter(ends_name).chain(text.find(" on ")).min();
    let text = &text[..cut.unwrap_or(text.len())];
    match dates::find(text, Some(language)) {
        Some(found) if found.range.start > 0 => {
            let before = text[..found.range.start].trim_end();
            // "on", "am", "le" before the date.
            let words = [
                "on",
                "am",
                "le",
                "el",
                "il",
                "em",
                "op",
                "den",
                "dne",
                "at",
                "vom",
                "dnia",
                "posted",
                "published",
            ];
            let last = before.rsplit(' ').next().unwrap_or("");
            let cut = if words.contains(&last.to_lowercase().as_str()) {
                before.len() - last.len()
            } else {
                before.len()
            };
            before[..cut].to_owned()
        }
        Some(found) => text[found.range.end..].to_owned(),
        None => text.to_owned(),
    }
}

/// Whether a text is the name of a person and nothing else.
pub(super) fn is_name_of_person(text: &str) -> bool {
    organisations::is_person(text) && authors::is_name(text, false)
}

/// Class words of what names an author, and of what stands beside it.
const AUTHOR_WORDS: [&str; 29] = [
    "bigusername",
    "postername",
    "nickname",
    "author",
    "authors",
    "byline",
    "autor",
    "autoren",
    "auteur",
    "auteurs",
    "autore",
    "writer",
    "writers",
    "contributor",
    "username",
    "poster",
    "verfasser",
    "creator",
    "reporter",
    "authorname",
    "bylines",
    "redakteur",
    "journalist",
    "skribent",
    "forfatter",
    "kirjoittaja",
    "yazar",
    "avtor",
    "postauthor",
];
const NOT_AUTHOR_WORDS: [&str; 33] = [
    "comment",
    "comments",
    "commentlist",
    "related",
    "avatar",
    "bio",
    "biography",
    "description",
    "desc",
    "social",
    "share",
    "follow",
    "image",
    "img",
    "photo",
    "picture",
    "caption",
    "count",
    "posts",
    "more",
    "role",
    "position",
    "jobtitle",
    "recommended",
    "teaser",
    "reply",
    "testimonial",
    "quote",
    "signature",
    "rank",
    "sidebar",
    "widget",
    "location",
];
fn names_author(tree: &Tree, id: NodeId) -> Option<Mark> {
    let get = |name| tree.attribute(id, &name);
    let is_author =
        |value: &str| value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("author"));
    if get(local_name!("rel")).is_some_and(is_author) || get(local_name!("itemprop")).is_some_and(is_author) {
        return Some(Mark::Named);
    }
    let classes = [local_name!("class"), local_name!("id")];
    let (mut names, mut denies) = (false, false);
    for value in classes.iter().filter_map(|name| tree.attribute(id, name)) {
        for_words(value, |word| {
            names |= AUTHOR_WORDS.contains(&word);
            denies |= NOT_AUTHOR_WORDS.contains(&word);
        });
    }
    if names && !denies {
        return Some(Mark::Named);
    }
    get(local_name!("href")).is_some_and(leads_to_person).then_some(Mark::Linked)
}

/// Parts of paths of pages about a person.
const PERSON_PATHS: [&str; 26] = [
    "author",
    "authors",
    "autor",
    "autoren",
    "autores",
    "auteur",
    "auteurs",
    "autore",
    "autori",
    "contributor",
    "contributors",
    "writers",
    "writer",
    "byline",
    "staff",
    "profile",
    "profiles",
    "people",
    "person",
    "user",
    "users",
    "u",
    "member",
    "members",
    "journalist",
    "redakteur",
];

/// Whether a link leads to a page about one person: `/authors/ada-moor`.
fn leads_to_person(target: &str) -> bool {
    // Forums name their users by number: "member.php?u=1", "viewprofile&u=1".
    let lower = target.to_ascii_lowercase();
    let is_user =
        ["member.php?", "profile.php?", "viewprofile", "user.php?", "userinfo.php?", "action=profile"];
    if is_user.iter().any(|part| lower.contains(part)) && lower.bytes().any(|b| b.is_ascii_digit()) {
        return true;
    }
    let path = target
        .split_once("://")
        .map_or(target, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or("");
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    // The person follows.
    parts.any(|part| PERSON_PATHS.contains(&part.to_ascii_lowercase().as_str())) && parts.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_person_s_page_names_a_person() {
        assert!(leads_to_person("https://example.org/authors/ada-moor"));
        assert!(leads_to_person("/author/ada?page=2"));
        assert!(leads_to_person("member.php?u=12"));
        assert!(leads_to_person("./memberlist.php?mode=viewprofile&amp;u=7"));
        assert!(!leads_to_person("/authors/"));
        assert!(!leads_to_person("/authority/ada"));
        assert!(!leads_to_person("https://author.example.org/ada"));
    }

    #[test]
    fn a_name_ends_where_a_date_begins() {
        assert_eq!(until_date("Ada Moor, 4 March 2021", "en"), "Ada Moor,");
        assert_eq!(until_date("Ada Moor am 4. März 2021", "de"), "Ada Moor");
        assert_eq!(until_date("Ada Moor on Friday", "en"), "Ada Moor");
        assert_eq!(until_date("Ada Moor", "en"), "Ada Moor");
    }
}
