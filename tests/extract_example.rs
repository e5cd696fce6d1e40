//! The examples as their users meet them: what they print, what they complain of, how they end. Nothing here
//! depends on what the engine takes for main content.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

const PAGE: &str =
    "<!DOCTYPE html><title>Tea</title><h1>Tea</h1><p>Boil the <b>water</b> first, then wait.</p>";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";

/// The program of an example: cargo builds examples beside the folder that this test's program is in.
fn example(name: &str) -> Command {
    let test = env::current_exe().expect("a test knows its program");
    let profile = test.parent().and_then(Path::parent).expect("target/<profile>/deps");
    let program = profile.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is missing: `cargo build --examples` makes it", program.display());
    Command::new(program)
}

/// A new folder, gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("tamis-examples-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).expect("a new folder can be made");
        Folder(path)
    }

    fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
        self
    }

    /// Runs `extract` in this folder, with nothing on standard input.
    fn extract(&self, arguments: &[&str]) -> Run {
        self.extract_from(b"", arguments)
    }

    fn extract_from(&self, stdin: &[u8], arguments: &[&str]) -> Run {
        run(example("extract").current_dir(&self.0).args(arguments), stdin)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How a program ended, and what it said.
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect("standard output is JSON")
    }

    /// The pages of JSON Lines.
    fn rows(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    fn paths(&self) -> Vec<String> {
        self.rows().iter().map(|row| row["path"].as_str().expect("a path").replace('\\', "/")).collect()
    }
}

fn run(command: &mut Command, stdin: &[u8]) -> Run {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("the example starts");
    // A program that refuses its input may not read it to the end.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the example ends");
    let text = |bytes| String::from_utf8(bytes).expect("the example prints UTF-8");
    Run { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

fn texts(page: &Value) -> Vec<&str> {
    let blocks = page["blocks"].as_array().expect("blocks");
    blocks.iter().map(|block| block["text"].as_str().expect("a text")).collect()
}

#[test]
fn a_page_as_json_has_its_path_first_and_the_documented_fields() {
    let run = Folder::new().with("tea.html", PAGE).extract(&["--format", "json", "tea.html"]);
    assert_eq!((run.status, &*run.stderr), (Some(0), ""));
    assert!(run.stdout.starts_with("{\n  \"path\": \"tea.html\",\n  \"title\": "), "{}", run.stdout);
    let page = run.json();
    assert_eq!(page["title"], "Tea");
    assert_eq!(texts(&page), ["Tea", "Boil the water first, then wait."]);
    assert!(page["content"].is_string() && page["confidence"].is_f64());
    let block = &page["blocks"][1];
    assert!(block["label"].is_string() && block["score"].is_f64(), "{block}");
    assert_eq!(block["role"], "paragraph");
    let region = &page["regions"][0];
    assert!(region["label"].is_string() && region["score"].is_f64() && region["text"].is_string());
    assert_eq!(region["blocks"][0], 0);
}

#[test]
fn a_page_as_json_has_what_it_says_of_itself_and_where_that_was_found() {
    let page = r#"<html lang="en-GB"><head><title>Tides of the Bay – The Shore</title>
        <link rel="canonical" href="https://shore.example/sea/tides"><meta name="description" content="Of the sea.">
        <meta property="og:site_name" content="The Shore"><meta property="og:image" content="https://shore.example/moon.png">
        <meta property="article:modified_time" content="2021-03-05T10:00:00+01:00">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tides of the Bay",
            "author": [{"name": "By Ada Moor, Staff Writer"}, {"name": "Ben Lake"}], "datePublished": "2021-03-04",}</script></head>
        <body><article><h1>Tides of the Bay</h1><p>By Ada Moor and Ben Lake</p><p>The harbour falls dry twice a day, and the boats lie
        in the mud until the water comes back, which takes six hours, as everybody in the village knows.</p></article></body></html>"#;
    let page = Folder::new().with("tides.html", page).extract(&["--format", "json", "tides.html"]).json();
    let metadata = &page["metadata"];
    assert_eq!(metadata["author"], serde_json::json!(["Ada Moor", "Ben Lake"]));
    for (field, value, source) in [
        ("title", "Tides of the Bay", "heading"),
        ("date", "2021-03-04", "json_ld"),
        ("modified", "2021-03-05T10:00:00+01:00", "open_graph"),
        ("language", "en-GB", "html"),
        ("site", "The Shore", "open_graph"),
        ("url", "https://shore.example/sea/tides", "html"),
        ("description", "Of the sea.", "meta"),
        ("image", "https://shore.example/moon.png", "open_graph"),
        ("page_type", "NewsArticle", "json_ld"),
    ] {
        assert_eq!(metadata[field], value, "{field}");
        assert_eq!(metadata["sources"][field], source, "{field}");
    }
}

#[test]
fn several_pages_are_an_array_in_json_and_a_line_each_in_jsonl() {
    let folder = Folder::new().with("a.html", PAGE).with("b.html", PAGE);
    let array = folder.extract(&["--format", "json", "a.html", "b.html"]).json();
    let lines = folder.extract(&["--format", "jsonl", "a.html", "b.html"]).rows();
    assert_eq!(array.as_array(), Some(&lines));
    assert_eq!(lines[1]["path"], "b.html");
}

#[test]
fn a_folder_is_an_array_in_json_however_many_pages_it_has() {
    let one = Folder::new().with("pages/a.html", PAGE).extract(&["--format", "json", "pages"]);
    assert_eq!(one.json().as_array().map(Vec::len), Some(1));
    let none = Folder::new().with("pages/a.png", PNG).extract(&["--format", "json", "pages"]);
    assert_eq!((none.status, &*none.stdout), (Some(1), "[]\n"));
}

#[test]
fn a_folder_gives_its_pages_by_name_and_nothing_else() {
    let folder = Folder::new()
        .with("site/b.HTM", PAGE)
        .with("site/a/z.xhtml", PAGE)
        .with("site/a/y.txt", "Some text.")
        .with("site/c.html", PAGE)
        .with("site/style.css", "p {}")
        .with("site/html", PAGE);
    let run = folder.extract(&["--format", "jsonl", "site"]);
    assert_eq!((run.status, &*run.stderr), (Some(0), ""));
    assert_eq!(run.paths(), ["site/a/y.txt", "site/a/z.xhtml", "site/b.HTM", "site/c.html"]);
}

#[test]
fn the_order_of_the_output_is_that_of_the_input_with_any_number_of_jobs() {
    let mut folder = Folder::new();
    for number in 0..40 {
        // The first ones take longest.
        folder = folder.with(&format!("pages/{number:02}.html"), PAGE.repeat(400 / (number + 1)));
    }
    let alone = folder.extract(&["--format", "jsonl", "--jobs", "1", "pages"]);
    let many = folder.extract(&["--format", "jsonl", "--jobs", "7", "pages"]);
    assert_eq!(alone.rows().len(), 40);
    assert!(alone.stdout == many.stdout);
}

#[test]
fn pages_of_several_files_are_told_apart_by_a_header() {
    let folder = Folder::new().with("a.html", PAGE).with("b.html", PAGE);
    let headers = [
        ("text", "==> a.html <==\n", "\n==> b.html <==\n"),
        ("markdown", "<!-- a.html -->\n", "\n<!-- b.html -->\n"),
        ("html", "<!-- a.html -->\n", "\n<!-- b.html -->\n"),
    ];
    for (format, first, second) in headers {
        let run = folder.extract(&["--format", format, "a.html", "b.html"]);
        assert_eq!(run.status, Some(0));
        assert!(run.stdout.starts_with(first) && run.stdout.contains(second), "{}", run.stdout);
        let single = folder.extract(&["--format", format, "a.html"]);
        assert!(!single.stdout.contains("a.html"), "{}", single.stdout);
    }
}

#[test]
fn standard_input_is_read_for_a_dash_and_without_arguments() {
    let folder = Folder::new();
    for arguments in [&["--format", "jsonl", "-"][..], &["--format", "jsonl"]] {
        let run = folder.extract_from(PAGE.as_bytes(), arguments);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""));
        assert_eq!(run.paths(), ["-"]);
    }
}

#[test]
fn what_the_input_is_shows_unless_it_is_said() {
    let folder = Folder::new().with("page.txt", "<p>One</p>").with("page.html", "<p>One</p>");
    let text_of = |arguments: &[&str]| {
        let run = folder.extract(&[&["--format", "json"], arguments].concat());
        texts(&run.json()).join("|")
    };
    assert_eq!(text_of(&["page.txt"]), "<p>One</p>");
    assert_eq!(text_of(&["page.html"]), "One");
    assert_eq!(text_of(&["--input", "html", "page.txt"]), "One");
    assert_eq!(text_of(&["--input", "text", "page.html"]), "<p>One</p>");
}

#[test]
fn every_bad_input_gets_a_line_in_its_place_and_the_others_go_on() {
    let folder = Folder::new()
        .with("good.html", PAGE)
        .with("folder/readme.md", "no page")
        .with("image.html", PNG)
        .with("empty.html", "")
        .with("long.html", "x".repeat(2000))
        .with("last.html", PAGE);
    let inputs =
        ["good.html", "missing.html", "folder", "image.html", "empty.html", "long.html", "last.html"];
    let run = folder.extract(&[&["--format", "jsonl", "--max-bytes", "1000"], &inputs[..]].concat());
    assert_eq!(run.status, Some(1));
    assert_eq!(run.paths(), ["good.html", "empty.html", "last.html"]);
    let complaints: Vec<&str> = run.stderr.lines().collect();
    let expected = [
        ("missing.html: ", ""),
        ("folder: ", "no page in this folder"),
        ("image.html: ", "a PNG image"),
        ("empty.html: ", "empty page"),
        ("long.html: ", "over the limit of 1000 bytes"),
    ];
    assert_eq!(complaints.len(), expected.len(), "{}", run.stderr);
    for (complaint, (path, reason)) in complaints.iter().zip(expected) {
        assert!(complaint.starts_with(path) && complaint.ends_with(reason), "{complaint}");
    }
}

#[test]
fn an_empty_page_is_noted_but_not_refused() {
    let run = Folder::new().with("empty.html", "").extract(&["--format", "jsonl", "empty.html"]);
    assert_eq!((run.status, &*run.stderr), (Some(0), "empty.html: empty page\n"));
    assert_eq!(run.rows()[0]["content"], "");
}

#[test]
fn addresses_are_relative_to_that_of_the_page() {
    let page =
        "<p>The moon pulls at the sea, twice a day, which makes <a href=tides>tides</a> on most coasts.";
    let arguments = ["--format", "markdown", "--url", "https://example.org/sea/"];
    let run = Folder::new().extract_from(page.as_bytes(), &arguments);
    assert!(run.stdout.contains("[tides](https://example.org/sea/tides)"), "{}", run.stdout);
}

#[test]
fn the_limit_holds_for_standard_input_and_to_the_byte() {
    let folder = Folder::new();
    let refused = folder.extract_from(&b"x".repeat(100_001), &["--max-bytes", "100000"]);
    assert_eq!((refused.status, &*refused.stderr), (Some(1), "-: over the limit of 100000 bytes\n"));
    let taken = folder.extract_from(&b"x".repeat(100_000), &["--max-bytes", "100000"]);
    assert_eq!((taken.status, &*taken.stderr), (Some(0), ""));
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let folder = Folder::new().with("long.html", format!("<p>{}</p>", "word ".repeat(200_000)));
    let mut command = example("extract");
    command.current_dir(&folder.0).args(["--format", "jsonl", "long.html", "long.html"]);
    let pipes = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("the example starts");
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().expect("the example ends");
    assert_eq!((status.code(), &*String::from_utf8_lossy(&stderr)), (Some(0), ""));
}

#[test]
fn arguments_that_make_no_sense_are_told_so() {
    let folder = Folder::new().with("a.html", PAGE);
    for arguments in [
        ["--format", "pdf"],
        ["--jobs", "0"],
        ["--max-bytes", "many"],
        ["--focus", "everything"],
        ["--also", "weather"],
        ["--url", "sea/tides"],
    ] {
        let run = folder.extract(&[&arguments[..], &["a.html"]].concat());
        assert_eq!((run.status, &*run.stdout), (Some(2), ""), "{arguments:?}");
        assert!(run.stderr.contains(arguments[0]), "{}", run.stderr);
    }
    for focus in ["precision", "balanced", "recall"] {
        assert_eq!(folder.extract(&["--focus", focus, "a.html"]).status, Some(0));
    }
}

#[test]
fn kinds_that_are_asked_for_count_as_content_and_keep_their_labels() {
    let kinds = [
        "metadata",
        "navigation",
        "site_header",
        "site_footer",
        "related",
        "comments",
        "social",
        "subscription",
        "advertisement",
        "notice",
        "controls",
        "legal",
        "other",
    ];
    let also: Vec<&str> = kinds.iter().flat_map(|kind| ["--also", kind]).collect();
    let footer = format!("{PAGE}<footer>© 2024 The Kettle. All rights reserved.</footer>");
    let folder = Folder::new().with("tea.html", footer);
    let plain = folder.extract(&["--format", "json", "tea.html"]).json();
    let all = folder.extract(&[&["--format", "json", "tea.html"], &also[..]].concat()).json();
    assert_eq!(plain["blocks"], all["blocks"]);
    assert_eq!(all["content_also"], serde_json::json!(kinds));
    let content = all["content"].as_str().expect("content");
    assert!(texts(&all).iter().all(|text| content.contains(text)), "{content}");
}

#[test]
fn regions_shows_every_block_on_a_line_that_fits() {
    let long = format!("<h1>Tea</h1><p>{}</p><p>水を沸かす{}</p>", "Boil it. ".repeat(50), "沸".repeat(99));
    let run = run(example("regions").env("COLUMNS", "80"), long.as_bytes());
    assert_eq!((run.status, &*run.stderr), (Some(0), ""));
    let blocks: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("    ")).collect();
    assert_eq!(blocks.len(), 3, "{}", run.stdout);
    assert!(blocks[0].ends_with("Tea") && blocks[1].ends_with('…') && blocks[2].ends_with('…'));
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    assert!(!run.stdout.contains('\x1b'), "colours are for terminals");
}

#[test]
fn regions_explains_a_block_in_full() {
    let run_with = |arguments: &[&str]| run(example("regions").args(arguments), PAGE.as_bytes());
    let one = run_with(&["--block", "1"]);
    assert_eq!(one.status, Some(0));
    assert!(one.stdout.contains("Boil the water first, then wait.\n"), "{}", one.stdout);
    assert!(one.stdout.contains("from /html/body/p[1]\n"), "{}", one.stdout);
    let none = run_with(&["--block", "2"]);
    assert_eq!((none.status, &*none.stderr), (Some(1), "-: no block 2: the page has 2\n"));
    assert_eq!(run_with(&["--why"]).status, Some(0));
}

#[test]
fn regions_explains_the_kind_of_a_block_of_boilerplate() {
    let footer = "<footer>© 2024 The Kettle. All rights reserved.</footer>";
    let page = Folder::new().with("tea.html", format!("{PAGE}{footer}"));
    let run = run(example("regions").current_dir(&page.0).args(["--block", "2", "tea.html"]), b"");
    assert_eq!((run.status, &*run.stderr), (Some(0), ""));
    assert!(run.stdout.contains(" rather than "), "{}", run.stdout);
}

/// A page with what must not get through, and what must.
const ODD_PAGE: &str = "<!DOCTYPE html><meta charset=iso-8859-1><meta http-equiv=refresh content='0;url=/'>
    <title>Tea</title><script>document.title = 'Gone'</script><body onload='go()'><p data-tamis=weather>Boil the
    water <b>first</b>, then wait &lt;5 minutes.</p><noscript><p>Without scripts.</p></noscript>
    <a href=' java\nscript:go()'>Pour</a><iframe src=/ad></iframe><svg><script>go()</script></svg>";

#[test]
fn annotate_marks_names_and_explains_the_regions_and_runs_nothing() {
    let run = run(example("annotate").arg("-"), ODD_PAGE.as_bytes());
    assert_eq!((run.status, &*run.stderr), (Some(0), ""));
    let html = run.stdout;
    assert!(html.starts_with("<!DOCTYPE html><html"), "{html}");
    assert!(html.find("<meta charset=\"utf-8\">").is_some_and(|at| at < 1024), "{html}");
    assert!(html.contains("then wait &lt;5 minutes.") && html.contains("<p>Without scripts.</p>"), "{html}");
    for gone in ["<script", "<noscript", "<iframe", "onload", "go()", "iso-8859-1", "http-equiv", "weather"] {
        assert!(!html.contains(gone), "{gone} in {html}");
    }
    let (_, mark) = html.split_once(" data-tamis=\"").expect("a mark");
    let (label, _) = mark.split_once('"').expect("the end of an attribute");
    assert!(html.contains(&format!("[data-tamis=\"{label}\"] {{ background")), "{html}");
    assert!(html.contains(&format!("{label}: regions ")), "{html}");
}

#[test]
fn annotate_writes_many_pages_to_a_folder_and_goes_on_past_a_missing_one() {
    let folder = Folder::new().with("a.html", PAGE).with("b.html", "<p>Caf\u{e9} au lait");
    let annotate = |arguments: &[&str]| run(example("annotate").current_dir(&folder.0).args(arguments), b"");
    let run = annotate(&["--out", "seen/here", "a.html", "none.html", "b.html"]);
    assert_eq!((run.status, &*run.stdout), (Some(1), ""));
    assert!(run.stderr.starts_with("none.html: ") && run.stderr.lines().count() == 1, "{}", run.stderr);
    let written = |name: &str| fs::read_to_string(folder.0.join("seen/here").join(name)).expect("a page");
    assert!(written("a.html").contains("<b>water</b>") && written("b.html").contains("Caf\u{e9}"));
    let own = annotate(&["--out", ".", "a.html"]);
    let page = fs::read_to_string(folder.0.join("a.html")).expect("the page itself");
    assert_eq!((own.status, &*page), (Some(1), PAGE), "{}", own.stderr);
    assert_eq!(annotate(&["a.html", "b.html"]).status, Some(1));
}

#[test]
fn the_crawler_visits_its_whole_site_and_ends() {
    let run = run(&mut example("crawler"), b"");
    assert_eq!((run.status, &*run.stderr), (Some(0), ""));
    let host =
        run.stdout.lines().next().and_then(|line| line.strip_prefix("Crawling ")).expect("a first line");
    let visited: Vec<&str> = run.stdout.lines().filter_map(|line| line.strip_prefix(host)).collect();
    let expected = [
        "",
        "chart.png",
        "notes/cafe.html",
        "notes/harbour.html",
        "notes/log.txt",
        "soon.html",
        "tides.html",
    ];
    assert_eq!(visited, expected);
    assert!(run.stdout.contains("skipped: status 404"), "{}", run.stdout);
    assert!(run.stdout.contains("skipped: the input is not text: it looks like a PNG image"));
    assert!(run.stdout.contains("Le café du port"), "the windows-1252 page is read as such");
}
