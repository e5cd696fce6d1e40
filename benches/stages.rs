//! How long the stages take, each alone and all together, in bytes of input a second.
//!
//!     cargo bench --features internals --bench stages

use std::fs;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tamis::Extractor;
use tamis::internals::{Parsed, Sample};

const HTML_PAGES: [&str; 4] =
    ["article_en_clean.html", "forum_en_phpbb_table.html", "listing_pt.html", "article_zh_portal.html"];
const TEXT_PAGES: [&str; 1] = ["text_en_crawled_article.txt"];
/// The first page of each form once more, with its content this often.
const REPEATED: usize = 200;

struct BenchPage {
    name: String,
    input: String,
}

fn read(name: &str) -> BenchPage {
    let path = format!("{}/tests/pages/{name}", env!("CARGO_MANIFEST_DIR"));
    let input = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    BenchPage { name: name.to_owned(), input }
}

fn html_pages() -> Vec<BenchPage> {
    let mut pages: Vec<BenchPage> = HTML_PAGES.into_iter().map(read).collect();
    let (before, body) = pages[0].input.split_at(pages[0].input.find("<body").expect("the page has a body"));
    let inside = &body[body.find('>').expect("the tag ends") + 1..body.find("</body").unwrap_or(body.len())];
    let input = format!("{before}<body>{}</body></html>", inside.repeat(REPEATED));
    pages.push(BenchPage { name: format!("{REPEATED}_times_{}", pages[0].name), input });
    pages
}

fn text_pages() -> Vec<BenchPage> {
    let mut pages: Vec<BenchPage> = TEXT_PAGES.into_iter().map(read).collect();
    let input = format!("{}\n\n", pages[0].input).repeat(REPEATED);
    pages.push(BenchPage { name: format!("{REPEATED}_times_{}", pages[0].name), input });
    pages
}

/// Runs one stage over pages; `prepare` makes what the stage reads and is not measured.
fn bench<T>(
    c: &mut Criterion,
    stage: &str,
    pages: &[BenchPage],
    prepare: impl Fn(&str) -> T,
    mut run: impl FnMut(&mut T),
) {
    let mut group = c.benchmark_group(stage);
    for page in pages {
        let mut prepared = prepare(&page.input);
        group.throughput(Throughput::Bytes(page.input.len() as u64));
        group.sample_size(if page.input.len() > 100_000 { 10 } else { 50 });
        group.bench_function(BenchmarkId::from_parameter(&page.name), |b| b.iter(|| run(&mut prepared)));
    }
    group.finish();
}

fn html_stages(c: &mut Criterion) {
    let pages = html_pages();
    let parse = |html: &str| Parsed::html(html).expect("the page is within the limits");
    bench(c, "parse", &pages, str::to_owned, |html| drop(black_box(parse(html))));
    bench(c, "measure", &pages, parse, |parsed| drop(black_box(parsed.measure())));
    let sample = |html: &str| Sample::html(html).expect("the page is within the limits");
    bench(c, "score", &pages, sample, |sample| drop(black_box(sample.scores())));
    bench(c, "label", &pages, sample, |sample| drop(black_box(sample.label())));
    let extractor = Extractor::new();
    bench(c, "html", &pages, str::to_owned, |html| drop(black_box(extractor.html(html))));
}

fn text_stages(c: &mut Criterion) {
    let pages = text_pages();
    bench(c, "split_and_measure_text", &pages, str::to_owned, |text| drop(black_box(Sample::text(text))));
    bench(c, "label_text", &pages, Sample::text, |sample| drop(black_box(sample.label())));
    let extractor = Extractor::new();
    bench(c, "text", &pages, str::to_owned, |text| drop(black_box(extractor.text(text))));
}

criterion_group!(stages, html_stages, text_stages);
criterion_main!(stages);
