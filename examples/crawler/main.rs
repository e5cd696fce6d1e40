//! What linking tamis from a crawler looks like: one [`Extractor`] shared by all threads, bytes and `Content-Type`
//! as the server sent them in, the page's title, main content and links out.
//!
//! The site it crawls is its own, served on this machine's loopback (see `site.rs`), so it needs no network and
//! ends by itself:
//!
//! ```text
//! cargo run --release --example crawler
//! ```
//!
//! A real crawler would bring a client that speaks HTTPS, redirects and compression, obey `robots.txt`, and wait
//! between two requests to one host. What concerns tamis would stay as it is here.

mod http;
mod site;

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use tamis::{Extractor, Label, Limits, Mark, Page};

const WORKERS: usize = 4;
/// A crawl needs an end: on a site that makes up links, only this is one.
const MAX_PAGES: usize = 100;
/// What is longer is not read to its end.
const MAX_BYTES: usize = 4 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let host = site::serve()?;
    println!("Crawling http://{host}/");

    // One for the whole crawl. It is `Sync`, so the workers share it by reference.
    let limits = Limits { max_bytes: MAX_BYTES, ..Limits::default() };
    let extractor = Extractor::builder().limits(limits).build();

    // Workers finish in any order; a map sorted by path makes the report the same every time.
    for (path, visit) in crawl(&extractor, host) {
        println!("\nhttp://{host}{path}");
        match visit {
            Ok(findings) => println!("{findings}"),
            Err(reason) => println!("  skipped: {reason}"),
        }
    }
    Ok(())
}

/// What a page gave, or why it gave nothing.
type Visit = Result<Findings, String>;

/// A path to visit, and where to send what came of it.
type Job = (String, Sender<Visit>);

/// Visits the front page, and whatever it leads to on the same host.
///
/// The main thread alone decides where to go: it knows which paths were seen, and takes the answers in the order
/// it asked, so the same site gives the same crawl. The workers only fetch and extract.
fn crawl(extractor: &Extractor, host: SocketAddr) -> BTreeMap<String, Visit> {
    let (todo, queue) = mpsc::channel::<Job>();
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| work(extractor, host, &queue));
        }
        // Dropped at the end of this scope: the workers find the queue closed, and stop.
        let todo = todo;
        let mut seen = HashSet::new();
        let mut under_way = VecDeque::new();
        let mut report = BTreeMap::new();
        let mut found = BTreeSet::from(["/".to_owned()]);
        loop {
            for path in found {
                if seen.len() < MAX_PAGES && seen.insert(path.clone()) {
                    let (sender, answer) = mpsc::channel();
                    todo.send((path.clone(), sender)).expect("the queue outlives the scope");
                    under_way.push_back((path, answer));
                }
            }
            let Some((path, answer)) = under_way.pop_front() else { return report };
            let visit = answer.recv().expect("a worker answers unless it panics");
            found = visit.as_ref().map(|findings| findings.links.clone()).unwrap_or_default();
            report.insert(path, visit);
        }
    })
}

/// A worker: takes a path off the queue, visits it, says what came of it; until the queue is closed.
fn work(extractor: &Extractor, host: SocketAddr, queue: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is held while waiting, not while working.
        let next = queue.lock().expect("nobody panics while waiting").recv();
        let Ok((path, sender)) = next else { return };
        let visit = visit(extractor, host, &path).map_err(|error| error.to_string());
        if sender.send(visit).is_err() {
            return;
        }
    }
}

fn visit(extractor: &Extractor, host: SocketAddr, path: &str) -> Result<Findings, Box<dyn Error>> {
    let response = http::get(host, path, MAX_BYTES)?;
    if response.status != 200 {
        return Err(format!("status {}", response.status).into());
    }
    // Charset, HTML or plain text, no text at all: tamis finds out, as a browser would. An image is an error
    // here, an empty page is none.
    let page = extractor.bytes(&response.body, response.content_type.as_deref())?;
    Ok(Findings::of(&page, host, path))
}

/// What the crawl keeps of a page. A page owns its text and is `Send`, so it could be kept whole as well.
struct Findings {
    title: Option<String>,
    confidence: f32,
    words: usize,
    boilerplate: BTreeSet<Label>,
    /// The paths on this host that it links to.
    links: BTreeSet<String>,
}

impl Findings {
    fn of(page: &Page, host: SocketAddr, path: &str) -> Findings {
        Findings {
            title: page.title().map(str::to_owned),
            confidence: page.confidence(),
            words: page.content().blocks().map(|block| block.text().split_whitespace().count()).sum(),
            boilerplate: page.boilerplate().map(|region| region.label()).collect(),
            links: link_targets(page).filter_map(|target| resolve(host, path, target)).collect(),
        }
    }
}

/// The targets of all links, as the page writes them. A crawler that wants links in the text only, or in menus
/// only, would look at `block.label()` here.
fn link_targets(page: &Page) -> impl Iterator<Item = &str> {
    page.blocks().flat_map(|block| block.spans()).filter_map(|span| match span.mark {
        Mark::Link(target) => Some(target),
        _ => None,
    })
}

/// The path on this host that a link on the page at `base` leads to; none if it leads elsewhere. (The `url` crate
/// does all of RFC 3986; this is what a small site needs.)
fn resolve(host: SocketAddr, base: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default().trim();
    let target = target.strip_prefix(&format!("http://{host}")).unwrap_or(target);
    let has_scheme = target.split('/').next().is_some_and(|start| start.contains(':'));
    if target.is_empty() || target.starts_with("//") || has_scheme {
        return None;
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    Some(without_dots(&path))
}

/// A path without `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels = self.boilerplate.iter().map(|label| label.name()).collect::<Vec<_>>().join(", ");
        writeln!(f, "  title        {}", self.title.as_deref().unwrap_or("(none)"))?;
        writeln!(f, "  content      {} words, confidence {:.2}", self.words, self.confidence)?;
        write!(f, "  boilerplate  {}", if labels.is_empty() { "(none)" } else { &*labels })
    }
}
