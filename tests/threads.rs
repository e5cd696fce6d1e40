//! One extractor, many threads: each page comes out as it does alone.

use std::fs;
use std::path::Path;
use std::thread;

use tamis::Extractor;

#[test]
fn many_threads_make_of_every_page_what_one_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder of pages").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut pages: Vec<String> = files
        .iter()
        .map(|file| String::from_utf8_lossy(&fs::read(file).expect("a page")).into_owned())
        .collect();
    // Names that no other page has: html5ever keeps them in a table that all threads share.
    pages.extend((0..8).map(|page| {
        (0..200)
            .map(|n| format!("<element-{page}-{n} attribute-{n}-{page}>words {n} of {page} "))
            .collect::<String>()
    }));
    let extractor = Extractor::new();
    let alone: Vec<String> = pages.iter().map(|page| result(&extractor, page)).collect();
    thread::scope(|scope| {
        for number in 0..8 {
            let (extractor, pages, alone) = (&extractor, &pages, &alone);
            scope.spawn(move || {
                // Every thread begins at another page, so that all work on different ones.
                for step in 0..pages.len() {
                    let index = (step + number * pages.len() / 8) % pages.len();
                    assert_eq!(result(extractor, &pages[index]), alone[index]);
                }
            });
        }
    });
}

fn result(extractor: &Extractor, page: &str) -> String {
    let of_html = extractor.html(page).expect("an ordinary page");
    let of_text = extractor.text(page).expect("an ordinary text");
    let json = |page| serde_json::to_string(page).expect("a page is written");
    json(&of_html) + &json(&of_text) + &of_html.content_markdown() + &of_html.content_html()
}
