//! Whole pages, and what they say of themselves.

use super::{Direction, Metadata, MetadataField, MetadataSource};
use crate::Extractor;

const TEXT: &str = "<p>The moon pulls at the sea, and the sea follows it around the earth. Where the coast is a funnel, the \
    water rises highest, and nobody who has seen it forgets how fast it comes in over the flats at dusk.</p>\
    <p>On most coasts the water is high twice a day, a little later each day, because the moon goes on while the earth \
    turns. The wind, too, can hold the water back or drive it in, and then the tables in the harbour are wrong.</p>";

fn of(html: &str) -> Metadata {
    Extractor::builder()
        .base_url("https://example.org/sea/tides")
        .build()
        .html(html)
        .unwrap()
        .metadata()
        .clone()
}

fn page(head: &str, byline: &str) -> Metadata {
    of(&format!(
        "<!DOCTYPE html><html lang=en><head><title>Tides | The Shore</title>{head}</head><body>\
         <nav><a href=/>Home</a> <a href=/sea>Sea</a></nav><main><h1>Tides</h1>{byline}{TEXT}</main>\
         <footer>© 2019 The Shore</footer></body></html>"
    ))
}

#[test]
fn a_page_without_any_claims_has_no_author_and_no_date() {
    let metadata = page("", "");
    assert_eq!(metadata.title.as_deref(), Some("Tides"));
    assert_eq!(metadata.authors, [""; 0]);
    assert_eq!((metadata.date, metadata.published, metadata.modified), (None, None, None));
}

#[test]
fn json_ld_says_who_wrote_the_page_and_when() {
    let data = r##"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","name":"The Shore"},
        {"@type":"NewsArticle","headline":"Tides","author":[{"@id":"#a"},{"@type":"Person","name":"Ben Lake"}],
         "datePublished":"2021-03-04T05:06:07+01:00","dateModified":"2021-03-05","articleSection":"Sea",
         "keywords":"moon, water","inLanguage":"en",},
        {"@id":"#a","@type":"Person","name":"Ada Moor"}]}</script>"##;
    let metadata = page(data, "<p>Ada Moor and Ben Lake</p>");
    assert_eq!(metadata.authors, ["Ada Moor", "Ben Lake"]);
    assert_eq!(metadata.published.as_deref(), Some("2021-03-04T05:06:07+01:00"));
    assert_eq!(metadata.modified.as_deref(), Some("2021-03-05"));
    assert_eq!(metadata.site.as_deref(), Some("The Shore"));
    assert_eq!(metadata.section.as_deref(), Some("Sea"));
    assert_eq!(metadata.tags, ["moon", "water"]);
    assert_eq!(metadata.page_type.as_deref(), Some("NewsArticle"));
    assert_eq!(metadata.source(MetadataField::Authors), Some(MetadataSource::JsonLd));
    assert_eq!(metadata.source(MetadataField::License), None);
}

#[test]
fn meta_tags_are_read() {
    let head = "<meta property=og:site_name content='The Shore'><meta property=article:published_time content='2021-03-04'>\
        <meta property=og:description content='Of  the sea.'><meta property=og:image content='/moon.png'>\
        <meta property=article:tag content=moon><meta property=article:tag content=sea><meta name=keywords content=x>\
        <meta property=article:section content=Sea><link rel=canonical href=/tides>\
        <link rel=license href='https://creativecommons.org/licenses/by/4.0/'><meta property=og:type content=article>";
    let metadata = page(head, "");
    assert_eq!(metadata.published.as_deref(), Some("2021-03-04"));
    assert_eq!(metadata.description.as_deref(), Some("Of the sea."));
    assert_eq!(metadata.image.as_deref(), Some("https://example.org/moon.png"));
    assert_eq!(metadata.url.as_deref(), Some("https://example.org/tides"));
    assert_eq!(metadata.tags, ["moon", "sea"]);
    assert_eq!(metadata.section.as_deref(), Some("Sea"));
    assert_eq!(metadata.license.as_deref(), Some("https://creativecommons.org/licenses/by/4.0/"));
    assert_eq!(metadata.page_type.as_deref(), Some("Article"));
    assert_eq!(metadata.language.as_deref(), Some("en"));
    assert_eq!(metadata.direction, Some(Direction::Ltr));
}

#[test]
fn microdata_and_rdfa_of_the_page_are_read() {
    let microdata = |attributes: &str, property: &str| {
        of(&format!(
            "<title>Tides</title><main {attributes}><h1>Tides</h1><p>Written by <span {property}=author>Ada Moor</span></p>\
             <time {property}=datePublished datetime=2021-03-04>4 March</time>{TEXT}</main>"
        ))
    };
    for (attributes, property) in [
        ("itemscope itemtype=https://schema.org/Article", "itemprop"),
        ("vocab=https://schema.org/ typeof=Article", "property"),
    ] {
        let metadata = microdata(attributes, property);
        assert_eq!(metadata.authors, ["Ada Moor"]);
        assert_eq!(metadata.published.as_deref(), Some("2021-03-04"));
        assert_eq!(metadata.page_type.as_deref(), Some("Article"));
    }
}

#[test]
fn a_visible_byline_gives_author_and_date() {
    for byline in [
        "<p class=byline>By <a rel=author href=/authors/ada>Ada Moor</a>, 4 March 2021</p>",
        "<p>By Ada Moor</p><p>Published 4 March 2021</p>",
        "<p>4 March 2021 by Ada Moor</p>",
        "<div>By</div><div>Ada Moor</div><time datetime=2021-03-04>yesterday</time>",
    ] {
        let metadata = page("", byline);
        assert_eq!(metadata.authors, ["Ada Moor"], "{byline}");
        assert_eq!(metadata.published.as_deref(), Some("2021-03-04"), "{byline}");
    }
}

#[test]
fn a_byline_is_found_by_what_stands_beside_it() {
    for byline in [
        "<p>Ada Moor | 4 March 2021</p>",
        "<p>4 March 2021 - Ada Moor</p>",
        "<figure><img src=/a.jpg><figcaption>Photo:</figcaption></figure><p>By Ada Moor ⋅ Founder ⋅ 4 March 2021</p>",
    ] {
        assert_eq!(page("", byline).published.as_deref(), Some("2021-03-04"), "{byline}");
    }
    assert_eq!(page("", "<p>Ada Moor | 4 March 2021</p>").authors, ["Ada Moor"]);
    assert_eq!(page("", "<p>4 March 2021 - Ada Moor</p>").authors, ["Ada Moor"]);
    assert_eq!(page("", "<p>Photo: Cy Hill</p><p>By Ada Moor ⋅ Founder</p>").authors, ["Ada Moor"]);
}

#[test]
fn markup_says_in_which_order_day_and_month_stand() {
    let published = |head| page(head, "<p class=date>04/03/2021</p>").published;
    assert_eq!(published("").as_deref(), Some("2021-04-03"));
    let meta = "<meta property=article:published_time content=2021-03-04>";
    assert_eq!(published(meta).as_deref(), Some("2021-03-04"));
    let changed = "<meta property=article:modified_time content=2021-03-04>";
    assert_eq!(published(changed).as_deref(), Some("2021-03-04"));
}

#[test]
fn an_account_that_only_markup_names_yields_to_a_byline() {
    let data = r#"<meta name=author content=admoor><meta name=twitter:label1 content="Written by">
        <meta name=twitter:data1 content=admoor><script type="application/ld+json">{"@type":"Article","headline":"Tides",
        "author":{"@type":"Person","name":"admoor"}}</script>"#;
    assert_eq!(page(data, "<p>By Ada Moor</p>").authors, ["Ada Moor"]);
}

#[test]
fn an_organisation_is_no_list_of_authors() {
    let name = "Ministry of Trade, Industry and Energy";
    let byline = format!("<p class=byline>By {name}</p>");
    assert_eq!(page("", &byline).authors, [name]);
    assert_eq!(page("<meta name=author content='Tidal Institute'>", "").authors, [""; 0]);
}

#[test]
fn a_date_of_a_change_is_no_date_of_publication() {
    let metadata = page("", "<p>Last updated: 4 March 2021</p>");
    assert_eq!(metadata.published, None);
    assert_eq!(metadata.modified.as_deref(), Some("2021-03-04"));
    assert_eq!(metadata.date.as_deref(), Some("2021-03-04"));
}

#[test]
fn who_checked_or_pictured_a_text_did_not_write_it() {
    assert_eq!(page("", "<p>Reviewed by Ada Moor</p>").authors, [""; 0]);
    assert_eq!(page("", "<p>Photo: <a rel=author href=/authors/ada>Ada Moor</a></p>").authors, [""; 0]);
}

#[test]
fn the_name_of_an_account_is_no_author() {
    assert_eq!(page("<meta name=author content=admin>", "").authors, [""; 0]);
    assert_eq!(page("<meta name=author content='webmaster@example.org'>", "").authors, [""; 0]);
}

#[test]
fn the_teasers_of_a_listing_do_not_date_the_page() {
    let teaser = |title: &str, name: &str, day: &str| {
        format!(
            "<article itemscope itemtype=https://schema.org/Article><h2><a itemprop=url href=/{day}>{title}</a></h2>\
             <p>By <span itemprop=author>{name}</span></p><time itemprop=datePublished datetime=2021-03-{day}></time>\
             <p>The moon pulls at the sea, and the sea follows it.</p></article>"
        )
    };
    let teasers =
        [teaser("Ebb", "Ada Moor", "04"), teaser("Flow", "Ben Lake", "05"), teaser("Wind", "Cy Hill", "06")];
    let metadata = of(&format!("<title>News</title><main><h1>News</h1>{}</main>", teasers.concat()));
    assert_eq!(metadata.authors, [""; 0]);
    assert_eq!(metadata.date, None);
}

#[test]
fn the_language_is_checked_against_the_text() {
    let german = "<html lang=en><title>Gezeiten</title><h1>Gezeiten</h1><p>Der Mond zieht an dem Wasser, und das Wasser folgt ihm um \
        die Erde. Wo die Küste wie ein Trichter ist, da steigt es am höchsten, und wer das einmal gesehen hat, der vergisst es nicht, \
        denn es kommt schneller über das Watt, als man auf dem Weg zurück ist.</p>";
    let metadata = of(german);
    assert_eq!(metadata.language.as_deref(), Some("de"));
    assert_eq!(metadata.source(MetadataField::Language), Some(MetadataSource::Text));
}

#[test]
fn a_plain_text_says_what_it_shows() {
    let text = "Tides\n\nBy Ada Moor\n\nPublished 4 March 2021\n\nThe moon pulls at the sea, and the sea follows it around the \
        earth. Where the coast is a funnel, the water rises highest, and nobody who has seen it forgets it.\n\nOn most coasts \
        the water is high twice a day, a little later each day, because the moon goes on while the earth turns.\n";
    let page = Extractor::new().text(text).unwrap();
    let metadata = page.metadata();
    assert_eq!(metadata.language.as_deref(), Some("en"));
    assert_eq!(metadata.authors, ["Ada Moor"]);
    assert_eq!(metadata.date.as_deref(), Some("2021-03-04"));
}

#[test]
fn the_line_above_a_plain_byline_is_the_title() {
    let text = "The moon pulls at the sea, and the sea follows it around the earth. Where the coast is a funnel, the water \
        rises highest, and nobody who has seen it forgets it.\n\nOn most coasts the water is high twice a day, a little \
        later each day, because the moon goes on while the earth turns.\n";
    let of = |head: &str| Extractor::new().text(&format!("{head}\n\n{text}")).unwrap().metadata().clone();
    for head in [
        "Tides of the Bay\n\nBy Ada Moor and Ben Lake\n\nLONDON, 4 March 2021",
        "Tides of the Bay\nBy Ada Moor and Ben Lake\n4 March 2021",
        "The Shore\nHome | Sea | Weather\n\nTides of the Bay\n\nBy Ada Moor and Ben Lake\nMarch 4, 2021",
    ] {
        let metadata = of(head);
        assert_eq!(metadata.title.as_deref(), Some("Tides of the Bay"), "{head}");
        assert_eq!(metadata.authors, ["Ada Moor", "Ben Lake"], "{head}");
        assert_eq!(metadata.date.as_deref(), Some("2021-03-04"), "{head}");
        assert_eq!(metadata.source(MetadataField::Authors), Some(MetadataSource::Byline));
    }
    for head in [
        "",
        "News\nBy Ada Moor",
        "Home | Sea | Weather\nBy Ada Moor",
        "It was late, and it rained.\nBy Ada Moor",
        "9 min read\nBy Ada Moor",
        "Tides of the Bay\nHow the moon moves the sea\nBy Ada Moor",
    ] {
        assert_eq!(of(head).title, None, "{head}");
    }
}

#[test]
fn values_are_bounded_in_number_and_length() {
    let names: String =
        (0..1_500).map(|n| format!("<meta name=author content='Ada Moor{}'>", "x".repeat(n % 60))).collect();
    let tags: String = (0..1_500).map(|n| format!("<meta property=article:tag content=tag{n}>")).collect();
    let long = format!("<meta name=description content='{}'>", "word ".repeat(100_000));
    let metadata = page(&format!("{long}{tags}{names}"), "");
    assert!(metadata.authors.len() <= 32);
    assert!(metadata.tags.len() <= 32);
    assert!(metadata.description.unwrap().len() <= 1_000);
}

#[test]
fn metadata_goes_through_serde() {
    let metadata = page("<meta property=article:published_time content='2021-03-04'>", "<p>By Ada Moor</p>");
    let json = serde_json::to_string(&metadata).unwrap();
    assert_eq!(serde_json::from_str::<Metadata>(&json).unwrap(), metadata);
    assert!(json.contains("\"author\":[\"Ada Moor\"]") && json.contains("\"date\":\"2021-03-04\""), "{json}");
}

#[test]
fn a_kicker_in_the_heading_is_no_part_of_the_title() {
    for heading in [
        "<h1><span class=article__roofline>The sea</span> Tides come twice a day</h1>",
        "<h1><span class=kicker>The sea</span>: Tides come twice a day</h1>",
        "<h1>Tides come twice a day<small>And a little later each day</small></h1>",
    ] {
        let html = format!("<html lang=en><title>Tides come twice a day</title><body>{heading}{TEXT}");
        assert_eq!(of(&html).title.as_deref(), Some("Tides come twice a day"), "{heading}");
    }
    let html = format!("<html lang=en><body><h1><small>Tides</small></h1>{TEXT}");
    assert_eq!(of(&html).title.as_deref(), Some("Tides"));
}

#[test]
fn the_book_that_a_page_is_of_is_not_its_title() {
    let html = format!(
        "<html lang=en><title>What Are Tides? - The Sea</title><body><h1>The Sea</h1>\
         <main><h2 id=a><a href='#a'>What Are Tides?</a></h2>{TEXT}</main>"
    );
    assert_eq!(of(&html).title.as_deref(), Some("What Are Tides?"));
}

#[test]
fn the_editors_may_be_the_author() {
    let byline = "<p class=byline>Von <a rel=author href=/redaktion>Redaktion</a>, 4. März 2021</p>";
    let text = "<p>Der Mond zieht am Meer, und das Meer folgt ihm um die Erde. Wo die Küste ein Trichter ist, steigt das Wasser am \
        höchsten, und wer das einmal gesehen hat, vergisst nicht, wie schnell es über das Watt kommt.</p>";
    let html = format!("<html lang=de><title>Gezeiten</title><body><h1>Gezeiten</h1>{byline}{text}");
    assert_eq!(of(&html).authors, ["Redaktion"]);
}

#[test]
fn who_is_named_above_a_role_wrote_it() {
    let byline = "<div><p>Ada Moor</p><p>Science Writer</p></div>";
    let metadata = page("<meta property=og:type content=article>", byline);
    assert_eq!(metadata.authors, ["Ada Moor"]);
}

#[test]
fn times_behind_a_button_are_found() {
    let byline = "<form><input type=submit value='Search the site'></form>\
        <p><time class=published datetime=2019-06-28>28 June 2019</time> <time class=updated datetime=2020-01-14>14 January 2020</time></p>";
    let metadata = page("", byline);
    assert_eq!(metadata.published.as_deref(), Some("2019-06-28"));
    assert_eq!(metadata.modified.as_deref(), Some("2020-01-14"));
}
