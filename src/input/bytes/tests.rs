use super::{Decoded, decode};
use crate::error::Error;

fn decoded<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    decode(bytes, content_type).expect("text")
}

fn text(bytes: &[u8], content_type: Option<&str>) -> String {
    decoded(bytes, content_type).text.into_owned()
}

fn is_html(bytes: &str, content_type: Option<&str>) -> bool {
    decoded(bytes.as_bytes(), content_type).is_html
}

/// What the bytes are refused as.
fn refused(bytes: &[u8]) -> &'static str {
    match decode(bytes, None) {
        Err(Error::NotText { looks_like }) => looks_like,
        other => panic!("{other:?}"),
    }
}

/// A page in windows-1251 whose head is given.
fn russian(head: &str) -> Vec<u8> {
    let (encoded, _, _) = encoding_rs::WINDOWS_1251.encode("Привет, мир");
    [head.as_bytes(), b"<p>", &encoded].concat()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn nothing_is_text() {
    assert_eq!(text(b"", None), "");
    assert!(!decoded(b"", None).is_html);
}

#[test]
fn utf8_needs_no_label() {
    assert_eq!(text("<p>Größe – 大きさ".as_bytes(), None), "<p>Größe – 大きさ");
    assert!(matches!(decoded("é".as_bytes(), None).text, std::borrow::Cow::Borrowed(_)));
}

#[test]
fn utf8_that_is_cut_off_is_still_utf8() {
    let page = "<p>Größe und Maß und ein Café";
    assert_eq!(text(&page.as_bytes()[..page.len() - 1], None), "<p>Größe und Maß und ein Caf\u{FFFD}");
}

#[test]
fn a_byte_order_mark_beats_the_header() {
    assert_eq!(text("\u{FEFF}é".as_bytes(), Some("text/html; charset=windows-1252")), "é");
    let marked = utf16("\u{FEFF}Größe", u16::to_le_bytes);
    assert_eq!(text(&marked, Some("text/html; charset=utf-8")), "Größe");
    assert_eq!(text(&utf16("\u{FEFF}Größe", u16::to_be_bytes), None), "Größe");
}

#[test]
fn the_header_beats_the_page() {
    let page = russian("<meta charset=utf-8>");
    for header in [
        "text/html; charset=windows-1251",
        "text/html;charset=\"windows-1251\"",
        "text/html; CHARSET = 'Windows-1251' ; x=y",
        "charset=cp1251",
    ] {
        assert!(text(&page, Some(header)).ends_with("Привет, мир"), "{header}");
    }
}

#[test]
fn what_is_utf8_beyond_doubt_is_read_as_that() {
    let chinese = "<meta charset=gbk><p>保存网页的时候编码变成了别的而声明没有改";
    assert_eq!(text(chinese.as_bytes(), None), chinese);
    let quoted = "<meta charset=iso-8859-1><p>It’s";
    assert_eq!(text(quoted.as_bytes(), None), quoted);
    assert_eq!(text(quoted.as_bytes(), Some("text/html; charset=windows-1252")), quoted);
}

#[test]
fn what_may_be_utf8_by_chance_is_read_as_declared() {
    // Two characters of GBK, and as bytes two of UTF-8.
    let (encoded, _, _) = encoding_rs::GBK.encode("隆陇");
    assert!(std::str::from_utf8(&encoded).is_ok());
    let page = [b"<meta charset=gbk><p>", &encoded[..]].concat();
    assert!(text(&page, None).ends_with("隆陇"));
}

#[test]
fn an_unknown_label_in_the_header_is_passed_over() {
    let page = russian("<meta charset=windows-1251>");
    assert!(text(&page, Some("text/html; charset=klingon")).ends_with("Привет, мир"));
    assert!(text(&page, Some("text/html; charset=")).ends_with("Привет, мир"));
}

#[test]
fn a_page_declares_its_charset() {
    for head in [
        "<meta charset=windows-1251>",
        "<META CHARSET='windows-1251'/>",
        "<html lang=ru><head><title>x</title><meta\n name=a charset = \"cp1251\" >",
        "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
        "<meta content=\"text/html; charset=windows-1251\" http-equiv=\"content-type\">",
        "<!-- <meta charset=utf-8> --><meta charset=windows-1251>",
        "<!--><meta charset=windows-1251>",
        "<a title='<meta charset=utf-8>'><meta charset=windows-1251>",
        "<!doctype html><?x?></p><metal charset=utf-8><meta charset=windows-1251>",
        "<meta charset=klingon><meta charset=windows-1251>",
        "<meta content='charset=utf-8'><meta charset=windows-1251>",
        "<meta charset=windows-1251 charset=utf-8>",
        "<?xml version='1.0' encoding='windows-1251'?>",
    ] {
        assert!(text(&russian(head), None).ends_with("Привет, мир"), "{head}");
    }
}

#[test]
fn a_declaration_that_is_none_changes_nothing() {
    let page = "<title>é</title>";
    for head in [
        "<!-- <meta charset=windows-1251> -->",
        "<!-- <meta charset=windows-1251>",
        "<meta content='text/html; charset=windows-1251'>",
        "<a b='<meta charset=windows-1251>'>",
        "<meta charset='windows-1251",
        "<meta charset",
        "<meta http-equiv=content-type content='charset'>",
        "<",
    ] {
        assert_eq!(text(format!("{head}{page}").as_bytes(), None), format!("{head}{page}"));
    }
}

#[test]
fn labels_that_can_not_be_true_mean_what_a_browser_takes_them_for() {
    assert_eq!(text("<meta charset=utf-16>é".as_bytes(), None), "<meta charset=utf-16>é");
    assert_eq!(text(b"<meta charset=x-user-defined>\xE9", None), "<meta charset=x-user-defined>é");
    assert_eq!(text("<?xml encoding=\"UTF-16\"?>é".as_bytes(), None), "<?xml encoding=\"UTF-16\"?>é");
}

#[test]
fn a_declaration_after_1024_bytes_comes_too_late() {
    let head = format!("{}<meta charset=windows-1251>", " ".repeat(1024));
    assert_eq!(text(format!("{head}é").as_bytes(), None), format!("{head}é"));
}

#[test]
fn plain_text_declares_nothing() {
    let input = "Write <meta charset=windows-1251> for é.";
    assert_eq!(text(input.as_bytes(), Some("text/plain")), input);
}

#[test]
fn japanese_is_detected() {
    let japanese = "これは日本語の文章です。文字コードを推定します。カタカナも漢字もあります。";
    for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP] {
        let (encoded, _, _) = encoding.encode(japanese);
        assert_eq!(text(&encoded, None), japanese, "{}", encoding.name());
    }
}

#[test]
fn other_charsets_are_detected() {
    let russian = "Быстрая коричневая лиса прыгает через ленивую собаку и убегает в лес.";
    for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_U] {
        let (encoded, _, _) = encoding.encode(russian);
        assert_eq!(text(&encoded, None), russian, "{}", encoding.name());
    }
    assert_eq!(text(b"Das Caf\xE9 schlie\xDFt fr\xFCh.", None), "Das Café schließt früh.");
}

#[test]
fn gbk_by_its_label() {
    let (encoded, _, _) = encoding_rs::GBK.encode("你好，世界");
    assert_eq!(text(&encoded, Some("text/html; charset=gb2312")), "你好，世界");
}

#[test]
fn utf16_without_a_mark_shows_in_its_zeros() {
    let page = "<html><body><p>Größe – 大きさ</p></body></html>";
    assert_eq!(text(&utf16(page, u16::to_le_bytes), None), page);
    assert_eq!(text(&utf16(page, u16::to_be_bytes), None), page);
    assert!(decoded(&utf16(page, u16::to_le_bytes), None).is_html);
    assert_eq!(text(&utf16("Hi", u16::to_le_bytes), None), "Hi");
}

#[test]
fn malformed_bytes_become_replacement_characters() {
    assert_eq!(text(b"caf\xC3\xA9 \xFF\xC3", Some("text/html; charset=utf-8")), "café \u{FFFD}\u{FFFD}");
}

#[test]
fn the_media_type_says_what_is_html() {
    assert!(is_html("Hi", Some("text/html")));
    assert!(is_html("Hi", Some(" Text/HTML ; charset=utf-8")));
    assert!(is_html("Hi", Some("application/xhtml+xml")));
    assert!(!is_html("<p>Hi", Some("text/plain; charset=utf-8")));
    assert!(!is_html("<p>Hi", Some("text/markdown")));
    assert!(is_html("<html>", Some("application/xml")));
    assert!(is_html("<p>Hi", Some("application/octet-stream")));
    assert!(!is_html("Hi", Some("")));
}

#[test]
fn html_is_sniffed() {
    for page in [
        " \n\t<!DOCTYPE html>",
        "<html>",
        "\u{FEFF}<P class=a>Hi",
        "<!-- tea --><p>",
        "<br/>",
        "<?xml version='1.0'?><html/>",
        "Warning: no tea\n<!doctype html>",
        "Tea is <b>hot</b>.",
        "<my-tea >",
    ] {
        assert!(is_html(page, None), "{page:?}");
    }
    for page in [
        "Tea",
        "a < b and b > a",
        "<tom@example.org> wrote:",
        "<http://a.example>",
        "Use <div> for that.",
        "<3",
        "{\"a\": 1}",
        "> quoted",
    ] {
        assert!(!is_html(page, None), "{page:?}");
    }
    let late = format!("{}</p>", "é".repeat(600));
    assert!(!is_html(&late, None));
}

#[test]
fn binary_formats_are_refused_by_name() {
    let tar = [&[b'a'; 257][..], b"ustar\0"].concat();
    for (bytes, name) in [
        (&b"\x89PNG\r\n\x1A\n\0\0"[..], "a PNG image"),
        (b"\xFF\xD8\xFF\xE0", "a JPEG image"),
        (b"GIF89a..", "a GIF image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x1F\x8B\x08", "gzip-compressed data"),
        (b"BZh91AY&SY", "bzip2-compressed data"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\0\0\0\x18ftypmp42", "an MP4 video"),
        (b"ID3\x03\0", "MP3 audio"),
        (b"\x7FELF\x02", "an ELF executable"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0\xB8\0\0\0", "a Windows executable"),
        (b"\0asm\x01\0\0\0", "a WebAssembly module"),
        (b"wOF2\0\x01", "a WOFF2 font"),
        (b"SQLite format 3\0", "an SQLite database"),
        (&tar, "a tar archive"),
    ] {
        assert_eq!(refused(bytes), name);
    }
}

#[test]
fn words_that_start_like_a_format_are_text() {
    for input in ["MZ is a mark", "ID3 tags name a song", "RIFFRAFF and more", "PK", "OTTO", "GIF8", "BM"] {
        assert_eq!(text(input.as_bytes(), None), input);
    }
}

#[test]
fn too_many_control_bytes_are_binary_data() {
    assert_eq!(refused(b"\0\x01\x02\x03\xFE"), "binary data");
    let mut state = 7_u32;
    let mut noise = vec![0; 4096];
    for byte in &mut noise {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
    assert_eq!(refused(&noise), "binary data");
    let labelled = decode(&noise, Some("text/html; charset=utf-8"));
    assert_eq!(labelled.unwrap_err(), Error::NotText { looks_like: "binary data" });
}

#[test]
fn what_begins_as_html_is_a_page_whatever_else_stands_in_it() {
    let page = [b"<p>words".to_vec(), vec![0; 4_000]].concat();
    for content_type in [None, Some("text/html")] {
        assert!(
            decode(&page, content_type).is_ok_and(|page| page.is_html && page.text.starts_with("<p>words"))
        );
    }
}

#[test]
fn a_few_stray_control_bytes_are_text() {
    let page = "<p>Tea\0 is \0hot\x01 and good</p>";
    assert_eq!(text(page.as_bytes(), None), page);
    let long = "Tea is hot.\0 ".repeat(3) + &"Tea is hot. ".repeat(300);
    assert_eq!(text(long.as_bytes(), None), long);
}
