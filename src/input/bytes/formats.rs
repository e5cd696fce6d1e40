//! Binary formats, by their first bytes.

/// A format that starts with some bytes at some offset.
struct Format {
    offset: usize,
    magic: &'static [u8],
    name: &'static str,
}

const fn at(offset: usize, magic: &'static [u8], name: &'static str) -> Format {
    Format { offset, magic, name }
}

/// Only what no text starts with: marks of two letters, as of bitmaps, are left to the count of control bytes.
const FORMATS: [Format; 50] = [
    at(0, b"\x89PNG\r\n\x1A\n", "a PNG image"),
    at(0, b"\xFF\xD8\xFF", "a JPEG image"),
    at(0, b"GIF87a", "a GIF image"),
    at(0, b"GIF89a", "a GIF image"),
    at(0, b"\0\0\x01\0", "an icon"),
    at(0, b"II*\0", "a TIFF image"),
    at(0, b"MM\0*", "a TIFF image"),
    at(0, b"8BPS\0\x01", "a Photoshop image"),
    at(0, b"\xFF\x0A", "a JPEG XL image"),
    at(0, b"\0\0\0\x0CJXL \r\n", "a JPEG XL image"),
    at(0, b"%PDF-", "a PDF document"),
    at(0, b"\x1F\x8B", "gzip-compressed data"),
    at(0, b"\x28\xB5\x2F\xFD", "Zstandard-compressed data"),
    at(4, b"1AY&SY", "bzip2-compressed data"),
    at(0, b"\xFD7zXZ\0", "xz-compressed data"),
    at(0, b"\x04\x22\x4D\x18", "LZ4-compressed data"),
    at(0, b"PK\x03\x04", "a ZIP archive or an Office document"),
    at(0, b"PK\x05\x06", "a ZIP archive"),
    at(0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    at(0, b"Rar!\x1A\x07", "a RAR archive"),
    at(257, b"ustar\0", "a tar archive"),
    at(257, b"ustar  \0", "a tar archive"),
    at(0, b"!<arch>\n", "an archive of object files"),
    at(4, b"ftypavif", "an AVIF image"),
    at(4, b"ftyphei", "a HEIF image"),
    at(4, b"ftypmif1", "a HEIF image"),
    at(4, b"ftypM4A", "MP4 audio"),
    at(4, b"ftyp", "an MP4 video"),
    at(0, b"\x1A\x45\xDF\xA3", "a WebM or Matroska video"),
    at(0, b"ID3\x02", "MP3 audio"),
    at(0, b"ID3\x03", "MP3 audio"),
    at(0, b"ID3\x04", "MP3 audio"),
    at(0, b"OggS\0", "an Ogg stream"),
    at(0, b"fLaC\0", "FLAC audio"),
    at(0, b"FLV\x01", "a Flash video"),
    at(0, b"\x7FELF", "an ELF executable"),
    at(0, b"\0asm", "a WebAssembly module"),
    at(0, b"\xCA\xFE\xBA\xBE", "a Java class or a Mach-O executable"),
    at(0, b"\xCF\xFA\xED\xFE", "a Mach-O executable"),
    at(0, b"\xCE\xFA\xED\xFE", "a Mach-O executable"),
    at(0, b"wOFF\0\x01\0\0", "a WOFF font"),
    at(0, b"wOFFOTTO", "a WOFF font"),
    at(0, b"wOFFtrue", "a WOFF font"),
    at(0, b"wOF2", "a WOFF2 font"),
    at(0, b"\0\x01\0\0\0", "a TrueType font"),
    at(0, b"OTTO\0", "an OpenType font"),
    at(0, b"ttcf\0", "a collection of fonts"),
    at(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a Microsoft Office document"),
    at(0, b"SQLite format 3\0", "an SQLite database"),
    at(0, b"PAR1\x15", "a Parquet file"),
];

/// The name of the binary format that bytes are in, for a reader.
pub(super) fn recognise(bytes: &[u8]) -> Option<&'static str> {
    if let Some(name) = riff(bytes) {
        return Some(name);
    }
    let is_program = bytes.starts_with(b"MZ") && bytes.iter().take(64).filter(|&&byte| byte == 0).count() > 8;
    if is_program {
        return Some("a Windows executable");
    }
    let starts =
        |format: &&Format| bytes.get(format.offset..).is_some_and(|rest| rest.starts_with(format.magic));
    FORMATS.iter().find(starts).map(|format| format.name)
}

fn riff(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.starts_with(b"RIFF") {
        return None;
    }
    match bytes.get(8..12)? {
        b"WEBP" => Some("a WebP image"),
        b"WAVE" => Some("WAVE audio"),
        b"AVI " => Some("an AVI video"),
        _ => None,
    }
}
