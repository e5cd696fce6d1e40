use super::*;
use crate::Extractor;
use BoilerplateKind::{Navigation, SiteFooter};

const HTML: &str = "<nav><a href=/>Home</a> <a href=/peat>Peat</a> <a href=/coal>Coal</a></nav>
    <h1>Peat</h1><p>Peat is what moss becomes where water keeps the air away from it, and it grows by a millimetre
    a year, so that a metre of it is as old as Rome.</p>
    <footer>© 2024 The Bog. All rights reserved.</footer>";

fn page(kinds: impl IntoIterator<Item = BoilerplateKind>) -> Page {
    Extractor::builder().content_also(kinds).build().html(HTML).unwrap()
}

fn labels(page: &Page) -> Vec<(Label, f32, f32)> {
    page.blocks().map(|block| (block.label(), block.score(), block.label_score())).collect()
}

#[test]
fn kinds_that_count_as_content_are_in_it_in_document_order_and_keep_their_labels() {
    let (plain, more) = (page([]), page([SiteFooter, Navigation]));
    assert_eq!(labels(&plain), labels(&more));
    let text = more.content().to_string();
    assert!(text.starts_with("Home") && text.ends_with("All rights reserved."), "{text}");
    assert!(more.content_markdown().contains("[Coal](/coal)"));
    assert!(more.content_html().contains("<a href=\"/coal\">Coal</a>"));
    assert!(!plain.content_markdown().contains("Coal"));
    assert_eq!(more.regions().count(), plain.regions().count());
}

#[test]
fn every_block_is_either_content_or_boilerplate() {
    for kinds in [&[][..], &[SiteFooter], &[Navigation, SiteFooter], &BoilerplateKind::ALL] {
        let page = page(kinds.iter().copied());
        let kept = page.content().blocks().map(|block| block.index());
        let left = page.boilerplate().flat_map(|region| region.block_range());
        let mut all: Vec<usize> = kept.chain(left).collect();
        all.sort_unstable();
        assert_eq!(all, (0..page.blocks().len()).collect::<Vec<_>>());
    }
}

#[test]
fn a_kind_is_found_by_name_also_where_it_counts_as_content() {
    assert_eq!(page([SiteFooter]).boilerplate_of(SiteFooter).count(), 1);
}

#[test]
fn kinds_of_several_calls_add_up() {
    let twice = Extractor::builder().content_also([SiteFooter]).content_also([Navigation]).build();
    let page = twice.html(HTML).unwrap();
    assert_eq!(page.content_also().collect::<Vec<_>>(), [Navigation, SiteFooter]);
}

#[test]
fn what_counts_as_content_survives_json_and_tells_pages_apart() {
    let (plain, more) = (page([]), page([SiteFooter]));
    assert_ne!(plain, more);
    let json = serde_json::to_value(&more).unwrap();
    assert_eq!(json["content_also"], serde_json::json!(["site_footer"]));
    assert!(json["content"].as_str().unwrap().ends_with("All rights reserved."));
    let back: Page = serde_json::from_value(json).unwrap();
    assert_eq!(back.content().to_string(), more.content().to_string());
    assert_eq!(back, more);
    let json = serde_json::to_value(&plain).unwrap();
    assert!(json.get("content_also").is_none());
    assert_eq!(serde_json::from_value::<Page>(json).unwrap(), plain);
}

#[test]
fn an_unknown_kind_in_json_is_refused() {
    let mut json = serde_json::to_value(page([SiteFooter])).unwrap();
    json["content_also"] = serde_json::json!(["weather"]);
    assert!(serde_json::from_value::<Page>(json).is_err());
}

#[test]
fn what_made_a_kind_adds_up_to_the_margin_and_the_largest_comes_first() {
    let text = "Peat is what moss becomes where water keeps the air away from it, and a metre of it is as old as Rome.\n\n\
        Subscribe to our newsletter\n\nRelated articles\n\nHow coal is made\n\nLeave a reply";
    for page in [page([]), Extractor::new().text(text).unwrap()] {
        let mut explained = 0;
        for block in page.blocks() {
            let why = page.explain_label(block.index());
            assert_eq!(why.as_ref().map(|why| why.kind), block.label().kind());
            let Some(why) = why else { continue };
            explained += 1;
            let sum: f32 = why.evidence.iter().map(|part| part.contribution).sum();
            assert!((sum - why.margin).abs() < 0.01, "{sum} {}", why.margin);
            assert!(why.margin >= 0.0 && why.kind != why.runner_up);
            assert!(why.evidence.is_sorted_by(|a, b| a.contribution.abs() >= b.contribution.abs()));
            assert!(why.evidence.iter().all(|part| !part.measure.is_empty()));
        }
        assert!(explained > 0);
        assert_eq!(page.explain_label(page.blocks().len()), None);
    }
}

#[test]
fn a_cue_is_named_in_what_made_a_kind() {
    let page = page([]);
    let footer = page.boilerplate_of(SiteFooter).next().expect("a footer");
    let why = page.explain_label(footer.block_range().start).expect("a kind");
    let cue = why.evidence.iter().find(|part| part.measure == "lexicon.cue.site_footer");
    assert!(cue.is_some_and(|cue| cue.value >= 1.0 && cue.contribution > 0.0), "{why:?}");
}

#[test]
fn a_page_that_came_back_through_json_knows_no_reasons() {
    let back: Page = serde_json::from_value(serde_json::to_value(page([])).unwrap()).unwrap();
    assert_eq!((back.explain(0), back.explain_label(0)), (Vec::new(), None));
}
