//! The folder of hostile files.

use std::fs;
use std::io;
use std::path::Path;

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

pub const MARKUP: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<a href=x>",
    "</a>",
    "<b>",
    "</b>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<br>",
    "<h1>",
    "</h1>",
    "<span class=nav>",
    "</span>",
    "text ",
    "words and words, ",
    "&amp;",
    "<!-- x -->",
    "<img src=x>",
    "<form>",
    "</form>",
    "<select>",
    "<option>",
    "</select>",
    "<pre>",
    "</pre>",
    "\n",
];
pub const TABLES: &[&str] = &[
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<tbody>",
    "<thead>",
    "<caption>",
    "</caption>",
    "<colgroup>",
    "<col>",
    "text",
    " ",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<a href=y>",
    "</a>",
    "<template>",
    "</template>",
    "<select>",
    "</select>",
    "<form>",
    "<input type=hidden>",
    "<p>",
];
pub const FORMATTING: &[&str] = &[
    "<b>",
    "<i>",
    "<u>",
    "<a href=x>",
    "<font color=a>",
    "<font color=b>",
    "<nobr>",
    "<em>",
    "<strong>",
    "</b>",
    "</i>",
    "</u>",
    "</a>",
    "</font>",
    "</nobr>",
    "</em>",
    "</strong>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<marquee>",
    "</marquee>",
    "<object>",
    "</object>",
    "<template>",
    "</template>",
    "text",
    "<button>",
    "</button>",
    "<li>",
    "<b id=1>",
];
pub const FOREIGN: &[&str] = &[
    "<svg>",
    "</svg>",
    "<math>",
    "</math>",
    "<g>",
    "<foreignObject>",
    "</foreignObject>",
    "<desc>",
    "<title>",
    "</title>",
    "<mtext>",
    "<mi>",
    "<annotation-xml encoding=text/html>",
    "<p>",
    "<div>",
    "<b>",
    "</b>",
    "<![CDATA[x]]>",
    "text",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<table>",
    "<td>",
    "</p>",
    "<font color=x>",
    "<mglyph>",
    "<br>",
];
pub const SIGNS: &[&str] = &[
    "<", ">", "/", "!", "-", "--", "=", "\"", "'", "&", "#", ";", "?", "[", "]", " ", "a", "script", "style",
    "\0", "\r", "\n", "]]>", "<!", "</", "<!--", "-->", "CDATA[", "x", "title", "&#", "&amp", "textarea",
    "template",
];
pub const PLAIN: &[&str] = &[
    "word ",
    "Word ",
    "and ",
    ". ",
    ", ",
    "\n",
    "\n\n",
    "- ",
    "* ",
    "1. ",
    "# ",
    "> ",
    "    ",
    "\t",
    "|",
    "---",
    "===",
    "```",
    "~~~",
    "http://a.b/c ",
    "[a](b)",
    "!",
    "?",
    "(",
    ")",
    "\r\n",
    "+--+",
    "a = b;",
    "é",
    "文",
    "\u{301}",
    "<p>",
];
