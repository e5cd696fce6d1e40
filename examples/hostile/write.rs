//! The folder of hostile files.

use std::fs;
use std::io;
use std::path::Path;

use crate::fragments::{
    FOREIGN, FORMATTING, JSON, LISTS, MARKUP, OF_METADATA, PLAIN, REFERENCES, SIGNS, TABLES,
};
use crate::patterns::PATTERNS;
use crate::random::Random;

/// Files that are no repetition of one piece; as for patterns, `lost-` begins the name of one without text.
type Made = (&'static str, fn(usize) -> Vec<u8>);

const MADE: &[Made] = &[
    ("lost-empty.html", |_| Vec::new()),
    ("lost-random-bytes.html", |bytes| random_bytes(bytes, 1, 256)),
    ("lost-random-low-bytes.html", |bytes| random_bytes(bytes, 2, 32)),
    ("random-ascii.html", |bytes| with_text(random_printable(bytes, 3))),
    ("random-high-bytes.html", |bytes| with_text(random_high(bytes, 4))),
    ("random-markup.html", |bytes| with_text(soup(bytes, 5, MARKUP))),
    ("random-tables.html", |bytes| with_text(soup(bytes, 6, TABLES))),
    ("random-formatting.html", |bytes| with_text(soup(bytes, 7, FORMATTING))),
    ("random-references.html", |bytes| with_text(soup(bytes, 11, REFERENCES))),
    ("random-metadata.html", |bytes| with_text(soup(bytes, 12, OF_METADATA))),
    ("random-json.html", |bytes| {
        [b"kept<script type=application/ld+json>".to_vec(), soup(bytes, 13, JSON), b"</script>".to_vec()]
            .concat()
    }),
    ("random-lists.txt", |bytes| with_text(soup(bytes, 14, LISTS))),
    ("random-foreign.html", |bytes| with_text(soup(bytes, 8, FOREIGN))),
    ("random-characters-of-markup.html", |bytes| with_text(soup(bytes, 9, SIGNS))),
    ("random-plain-text.txt", |bytes| with_text(soup(bytes, 10, PLAIN))),
    ("bytes-all-characters.html", |_| format!("<p>kept {}", all_characters()).into_bytes()),
    ("bytes-all-characters.txt", |_| format!("kept {}", all_characters()).into_bytes()),
    ("bytes-all-characters-in-paragraphs.html", |_| characters_in_paragraphs()),
    ("bytes-invalid-utf-8.html", |bytes| repeat(b"<meta charset=utf-8><p>kept ", b"\xf0\x9f\x92", bytes)),
    ("bytes-overlong-utf-8.html", |bytes| {
        repeat(b"<meta charset=utf-8><p>kept ", b"\xc0\x80\xe0\x80\xbc", bytes)
    }),
    ("bytes-surrogates.html", |bytes| repeat(b"<meta charset=utf-8><p>kept ", b"\xed\xa0\x80", bytes)),
    ("bytes-mixed-charsets.html", |bytes| {
        repeat(b"<meta charset=utf-8><p>kept ", b"caf\xe9 \xc3\xa9 \x83e\x83X\x83g \xd6\xd0 <p>", bytes)
    }),
    ("bytes-utf-16.html", |bytes| utf_16(bytes)),
    ("bytes-utf-16-odd.html", |bytes| [utf_16(bytes), vec![b'<']].concat()),
    ("bytes-iso-2022-jp.html", |bytes| {
        repeat(b"<meta charset=iso-2022-jp><p>kept ", b"\x1b$B$\"\x1b(B", bytes)
    }),
    ("bytes-gb18030.html", |bytes| {
        repeat(b"<meta charset=gb18030><p>kept ", b"\x81\x30\x81\x30\xd6\xd0", bytes)
    }),
    ("bytes-big5.html", |bytes| repeat(b"<meta charset=big5><p>kept ", b"\xa4\xa4\xa4\xff", bytes)),
    ("bytes-many-metas.html", |bytes| repeat(b"<p>kept", b"<meta charset=koi8-r>", bytes)),
    ("big-attribute.html", |_| repeat(b"kept<p title='", b"8 MB of value ", 8 << 20)),
    ("big-attributes-60000.html", |_| attributes(60_000, "a")),
    ("big-attributes-60000-long.html", |_| attributes(60_000, "data-some-attribute-")),
    ("big-combining.html", |_| repeat("<p>kept e".as_bytes(), "\u{301}".as_bytes(), 1 << 20)),
    ("big-combining-8.html", |_| repeat("<p>kept e".as_bytes(), "\u{301}".as_bytes(), 8 << 20)),
    ("big-div.html", |_| repeat(b"kept ", b"<div>", 2 << 20)),
    ("big-paragraphs.html", |_| repeat(b"kept ", b"<p>kept", 4 << 20)),
    ("big-breaks.html", |_| repeat(b"kept ", b"a<br>", 4 << 20)),
    ("big-line.txt", |_| repeat(b"kept ", b"words ", 8 << 20)),
    ("big-lines.txt", |_| repeat(b"kept ", b"w\n", 8 << 20)),
    ("big-word.html", |_| repeat(b"<p>kept ", b"word", 8 << 20)),
    ("big-word.txt", |_| repeat(b"kept ", b"word", 8 << 20)),
    ("big-line.html", |_| repeat(b"<p>kept ", b"words ", 8 << 20)),
    ("big-title.html", |_| {
        [repeat(b"<title>kept", b" | kept - kept", 8 << 20), b"</title><p>kept".to_vec()].concat()
    }),
    ("big-heading.html", |_| repeat(b"<h1>kept", b" | kept - kept", 8 << 20)),
    ("big-description.html", |_| repeat(b"<p>kept<meta name=description content='", b"kept &amp; ", 8 << 20)),
    ("big-href.html", |_| {
        [repeat(b"<p><a href='http://a/", b"b&amp;/../", 8 << 20), b"'>kept".to_vec()].concat()
    }),
    ("big-image.html", |_| {
        [repeat(b"<p><img src='data:image/png;base64,", b"AAAA", 8 << 20), b"'>kept".to_vec()].concat()
    }),
    ("big-style.html", |_| [repeat(b"<p style='", b"display:none;", 8 << 20), b"'>kept".to_vec()].concat()),
    ("big-attribute-unquoted.html", |_| repeat(b"kept<p title=", b"value", 8 << 20)),
    ("big-attribute-name.html", |_| repeat(b"kept<p ", b"name", 8 << 20)),
    ("big-tag-name.html", |_| repeat(b"kept<", b"name", 8 << 20)),
    ("big-names-60000.html", |_| {
        (0..60_000).map(|n| format!("<name-{n}>kept</name-{n}>")).collect::<String>().into_bytes()
    }),
    ("big-attribute-names-60000.html", |_| {
        (0..60_000).map(|n| format!("<p name-{n}=x>kept")).collect::<String>().into_bytes()
    }),
    ("big-classes-60000.html", |_| {
        (0..60_000).map(|n| format!("<p class='c{n} d{n}' id=i{n}>kept")).collect::<String>().into_bytes()
    }),
    ("big-options-million.html", |_| {
        b"kept<select>".iter().copied().chain(b"<option>".repeat(1_000_000)).collect()
    }),
    ("big-options-text.html", |_| repeat(b"kept<select>", b"<option>kept", 8 << 20)),
    ("big-breaks-million.html", |_| [b"kept".to_vec(), b"<br>".repeat(1_000_000), b"kept".to_vec()].concat()),
    ("big-paragraphs-million.html", |_| [b"kept".to_vec(), b"<p>".repeat(1_000_000)].concat()),
    ("big-paragraphs-of-a-letter.html", |_| [b"kept".to_vec(), b"<p>x".repeat(1_000_000)].concat()),
    ("big-items-million.html", |_| [b"<ul>kept".to_vec(), b"<li>x".repeat(1_000_000)].concat()),
    ("big-cells-million.html", |_| [b"<table><tr>".to_vec(), b"<td>kept".repeat(1_000_000)].concat()),
    ("big-rows-million.html", |_| [b"<table>".to_vec(), b"<tr><td>kept".repeat(700_000)].concat()),
    ("big-spans-million.html", |_| [b"<p>kept".to_vec(), b"<span>x</span>".repeat(600_000)].concat()),
    ("big-links.html", |_| repeat(b"<p>kept", b"<a href=x>kept</a> ", 8 << 20)),
    ("big-bold-closed.html", |_| repeat(b"<p>kept", b"<b>kept</b>", 8 << 20)),
    ("big-nested-bold.html", |_| repeat(b"kept", b"<b><i><p>", 4 << 20)),
    ("big-fostered.html", |_| repeat(b"<table>", b"kept<tr>kept<div>", 4 << 20)),
    ("big-adoption.html", |_| repeat(b"kept", b"<a><b><div></a>", 4 << 20)),
    ("big-entities.html", |_| repeat(b"<p>kept ", b"&ampampampamp", 8 << 20)),
    ("big-cdata.html", |_| repeat(b"kept", b"<![CDATA[", 8 << 20)),
    ("big-json-deep.html", |_| repeat(b"kept<script type=application/ld+json>", b"{\"a\":[", 8 << 20)),
    ("big-json.html", |_| {
        [
            repeat(
                b"kept<script type=application/ld+json>[0",
                b",{\"@type\":\"Article\",\"name\":\"kept\"}",
                8 << 20,
            ),
            b"]</script>".to_vec(),
        ]
        .concat()
    }),
    ("big-json-4.html", |_| {
        [repeat(b"kept<script type=application/ld+json>[0", b",[0]", (4 << 20) - 100), b"]</script>".to_vec()]
            .concat()
    }),
    ("big-json-only.html", |_| {
        [repeat(b"<p>kept<script type=application/json>[0", b",{\"a\":0}", 6 << 20), b"]</script>".to_vec()]
            .concat()
    }),
    ("big-nul.html", |_| repeat(b"<p>kept", b"\0", 8 << 20)),
    ("big-returns.html", |_| repeat(b"<p>kept", b"\r\n\r", 8 << 20)),
    ("big-returns.txt", |_| repeat(b"kept", b"\r", 8 << 20)),
    ("big-spaces.html", |_| repeat(b"<p>kept", b" \t\n", 8 << 20)),
    ("big-pre.html", |_| repeat(b"<pre>kept", b"  kept\n", 8 << 20)),
    ("big-chinese.html", |_| repeat("<p>kept".as_bytes(), "没有空格的文字，".as_bytes(), 8 << 20)),
    ("big-thai.html", |_| repeat("<p>kept".as_bytes(), "ภาษาไทย".as_bytes(), 8 << 20)),
    ("big-arabic.html", |_| repeat("<p>kept".as_bytes(), "العربية ".as_bytes(), 8 << 20)),
    ("big-emoji.html", |_| repeat("<p>kept".as_bytes(), "\u{1f468}\u{200d}\u{1f469}".as_bytes(), 8 << 20)),
    ("big-bidi.html", |_| repeat("<p>kept".as_bytes(), "\u{202e}a\u{202c}".as_bytes(), 4 << 20)),
    ("big-markdown.html", |_| repeat(b"<p>kept ", b"*_`[]()|<!\\$~ ", 4 << 20)),
    ("big-line-10.txt", |_| repeat(b"kept ", b"words, and more. ", 10 << 20)),
    ("big-quotes.txt", quotes),
    ("big-quote-one-line.txt", |_| [b">".repeat(100_000), b" kept".to_vec()].concat()),
    ("big-nested-items.txt", nested_items),
    ("big-table-100000-columns.txt", |_| wide_table(100_000)),
    ("big-table-100000-columns.html", |_| {
        let row = |cell: &str| format!("<tr>{}", cell.repeat(100_000));
        format!("<table>{}{}{}", row("<th>kept"), row("<td>x"), row("<td>x")).into_bytes()
    }),
    ("big-table-triangle.html", |_| {
        let rows = (0..2_000)
            .map(|row| format!("<tr><td colspan={row} rowspan={row}>kept{}", "<td>x".repeat(row / 8)));
        format!("<table>{}", rows.collect::<String>()).into_bytes()
    }),
    ("big-table-spans.html", |_| {
        repeat(b"<table>", b"<tr><td colspan=65534 rowspan=65534>kept<td>kept", 4 << 20)
    }),
    ("big-fences.txt", |_| repeat(b"kept\n", b"```\nkept\n~~~\n", 8 << 20)),
    ("big-table.txt", |_| repeat(b"", b"| kept | kept |\n", 8 << 20)),
    ("big-addresses.txt", |_| repeat(b"kept ", b"http://a.example/(b) a@b.example ", 8 << 20)),
    ("big-stars.txt", |_| repeat(b"kept ", b"**_", 8 << 20)),
    ("big-frames.html", |_| repeat(b"kept", b"<frameset><frame>", 4 << 20)),
    ("big-select.html", |_| repeat(b"kept", b"<select><optgroup><option>", 4 << 20)),
    ("big-svg.html", |_| repeat(b"kept", b"<svg><g><path d='M0 0'>", 4 << 20)),
    ("big-math.html", |_| repeat(b"kept", b"<math><mrow><mi>x", 4 << 20)),
    ("big-templates.html", |_| repeat(b"kept", b"<template><p>", 4 << 20)),
    ("big-plaintext.html", |_| repeat(b"kept<plaintext>", b"</plaintext>kept ", 8 << 20)),
    ("big-times.html", |_| {
        [b"<h1>kept</h1>".to_vec(), b"<time>".repeat(400), b"kept".to_vec(), b"<!---->".repeat(1_000_000)]
            .concat()
    }),
    ("big-bodies.html", |_| repeat(b"kept", b"<body class=a><html lang=b>", 4 << 20)),
    ("big-bases.html", |_| repeat(b"kept", b"<base href=x><meta charset=utf-8>", 4 << 20)),
    ("big-utf-16.html", |_| utf_16(8 << 20)),
    ("big-overlong.html", |_| repeat(b"<p>kept", b"\xc0\xaf\xe0\x80\xaf", 8 << 20)),
    ("big-less.html", |_| repeat(b"kept ", b"<", 4 << 20)),
    ("big-ampersands.html", |_| repeat(b"kept ", b"&", 8 << 20)),
    ("big-comment.html", |_| repeat(b"kept <!--", b"-", 8 << 20)),
    ("big-script.html", |_| repeat(b"kept <script>", b"</scrip", 8 << 20)),
    ("text-fences-shorter.txt", fences),
];

/// Makes the files; always well, or an error.
pub fn all(folder: &Path, bytes: usize) -> io::Result<bool> {
    fs::create_dir_all(folder)?;
    for pattern in PATTERNS {
        let extension = if pattern.is_text() { "txt" } else { "html" };
        fs::write(folder.join(format!("{}.{extension}", pattern.name)), pattern.of_length(bytes))?;
    }
    for (name, make) in MADE {
        fs::write(folder.join(name), make(bytes))?;
    }
    println!("{} files", PATTERNS.len() + MADE.len());
    Ok(true)
}

fn repeat(before: &[u8], unit: &[u8], bytes: usize) -> Vec<u8> {
    let mut out = before.to_vec();
    while out.len() < bytes {
        out.extend_from_slice(unit);
    }
    out
}

fn with_text(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.splice(0..0, *b"kept in front of all \n\n");
    bytes
}

fn random_bytes(bytes: usize, seed: u64, below: usize) -> Vec<u8> {
    let mut random = Random::new(seed);
    (0..bytes).map(|_| random.below(below) as u8).collect()
}

fn random_printable(bytes: usize, seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    (0..bytes).map(|_| b' ' + random.below(95) as u8).collect()
}

fn random_high(bytes: usize, seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    (0..bytes).map(|_| if random.below(6) == 0 { b' ' } else { 128 + random.below(128) as u8 }).collect()
}

fn soup(bytes: usize, seed: u64, pieces: &[&str]) -> Vec<u8> {
    let mut random = Random::new(seed);
    let mut out = String::new();
    while out.len() < bytes {
        out.push_str(random.pick::<&str>(pieces));
    }
    out.into_bytes()
}

fn all_characters() -> String {
    ('\u{1}'..=char::MAX).filter(|c| !matches!(c, '<' | '&') && (*c >= ' ' || *c == '\n')).collect()
}

fn characters_in_paragraphs() -> Vec<u8> {
    let characters: Vec<char> = all_characters().chars().collect();
    let paragraphs =
        characters.chunks(64).map(|chunk| format!("<p>kept {}", chunk.iter().collect::<String>()));
    paragraphs.collect::<String>().into_bytes()
}

fn utf_16(bytes: usize) -> Vec<u8> {
    let text = "\u{feff}<p>kept in two bytes a letter ".to_owned() + &"<p>kept \u{1f600} ".repeat(bytes / 24);
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn attributes(count: usize, name: &str) -> Vec<u8> {
    let attributes: String = (0..count).map(|number| format!(" {name}{number}=x")).collect();
    format!("<p>kept<div{attributes}>kept").into_bytes()
}

/// Lines that quote ever deeper, three thousand deep.
fn quotes(_: usize) -> Vec<u8> {
    (1..=3_000).map(|depth| format!("{} kept\n", ">".repeat(depth))).collect::<String>().into_bytes()
}

/// Items that stand ever deeper.
fn nested_items(_: usize) -> Vec<u8> {
    (0..2_500).map(|depth| format!("{}- kept\n", "  ".repeat(depth))).collect::<String>().into_bytes()
}

fn wide_table(columns: usize) -> Vec<u8> {
    let row = |cell: &str| cell.repeat(columns) + "|\n";
    [row("| kept "), row("|---"), row("| x "), row("| x ")].concat().into_bytes()
}

/// Fences that nothing closes, each shorter than the one before.
fn fences(bytes: usize) -> Vec<u8> {
    let most = (1..).find(|most| most * most > bytes / 2).unwrap_or(3);
    let fences = (3..=most).rev().map(|length| format!("{} x\n", "`".repeat(length)));
    let mut out = format!("kept\n\n{}", fences.collect::<String>()).into_bytes();
    while out.len() < bytes {
        out.extend_from_slice(b"a\n");
    }
    out
}
