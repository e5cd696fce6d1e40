//! What the library is made of: which crates, under which licences, from where. It needs no network but for what
//! building needs, as it reads what cargo knows.
//!
//! A new dependency, a licence that is not on the list and a crate from elsewhere are decisions: they are taken here.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences that a user of either of ours can live with.
const LICENCES: [&str; 9] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The crates that this one names, without those for tests.
const DIRECT: [&str; 11] = [
    "chardetng",
    "encoding_rs",
    "html5ever",
    "markup5ever_rcdom",
    "memchr",
    "rustc-hash",
    "serde",
    "serde_json",
    "thiserror",
    "unicode-segmentation",
    "url",
];

/// All that they bring along, for any platform; more are a reason to ask what for.
const MOST_CRATES: usize = 80;

fn metadata() -> Value {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(manifest)
        .output()
        .expect("cargo runs this test");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).expect("cargo writes JSON")
}

/// The packages that the library is built of, by id.
fn packages(metadata: &Value) -> BTreeMap<&str, &Value> {
    let all: BTreeMap<&str, &Value> =
        list(&metadata["packages"]).map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let mut open = vec![text(&metadata["resolve"]["root"])];
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        // Dependencies of the library or of its build; those for tests have a kind of their own.
        let is_built = |dependency: &&Value| list(&dependency["dep_kinds"]).any(|kind| kind["kind"] != "dev");
        open.extend(list(&nodes[id]["deps"]).filter(is_built).map(|dependency| text(&dependency["pkg"])));
    }
    found.into_iter().map(|id| (id, all[id])).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether a licence expression leaves a choice that is on the list: `(MIT OR Apache-2.0) AND Unicode-3.0`.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace(['(', ')'], " ").replace('/', " OR ");
    expression.split(" AND ").all(|part| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn the_licences_on_the_list_are_told_from_others() {
    assert!(
        is_allowed("MIT OR Apache-2.0") && is_allowed("Apache-2.0 OR GPL-3.0") && is_allowed("Unlicense/MIT")
    );
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_allowed("GPL-3.0") && !is_allowed("MIT AND GPL-3.0") && !is_allowed(""));
}

#[test]
fn every_crate_has_a_licence_on_the_list_and_comes_from_the_registry() {
    let metadata = metadata();
    let root = text(&metadata["resolve"]["root"]);
    let packages = packages(&metadata);
    for (id, package) in &packages {
        let name = text(&package["name"]);
        let licence = text(&package["license"]);
        assert!(is_allowed(licence), "{name}: {licence:?} is not on the list");
        let source = text(&package["source"]);
        assert!(*id == root || source.starts_with("registry+"), "{name} comes from {source:?}");
    }
    assert!(packages.len() <= MOST_CRATES, "{} crates: what brought them along?", packages.len());
}

#[test]
fn the_library_names_the_crates_on_the_list_and_no_others() {
    let metadata = metadata();
    let root = text(&metadata["resolve"]["root"]);
    let package =
        list(&metadata["packages"]).find(|package| text(&package["id"]) == root).expect("this crate");
    let dependencies = list(&package["dependencies"]).filter(|dependency| dependency["kind"].is_null());
    let names: BTreeSet<&str> = dependencies.map(|dependency| text(&dependency["name"])).collect();
    assert_eq!(names, BTreeSet::from(DIRECT));
}

/// Features are code that is built and trusted: a new one is a decision, too.
#[test]
fn no_dependency_is_asked_for_more_than_it_is_by_itself() {
    let metadata = metadata();
    let root = text(&metadata["resolve"]["root"]);
    let package =
        list(&metadata["packages"]).find(|package| text(&package["id"]) == root).expect("this crate");
    for dependency in list(&package["dependencies"]).filter(|dependency| dependency["kind"].is_null()) {
        let features: Vec<&str> = list(&dependency["features"]).map(text).collect();
        let name = text(&dependency["name"]);
        assert_eq!(features, if name == "serde" { vec!["derive"] } else { vec![] }, "{name}");
    }
}

#[test]
fn the_library_forbids_unsafe_code() {
    assert!(include_str!("../src/lib.rs").contains("\n#![forbid(unsafe_code)]\n"));
}
