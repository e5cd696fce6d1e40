//! As much of an HTTP/1.1 client (RFC 9112) as the example needs: a GET whose answer ends with its connection.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// For the connection, and for each wait for more bytes.
const PATIENCE: Duration = Duration::from_secs(5);

pub struct Response {
    pub status: u16,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

/// Fetches a path. Of a response longer than `max_bytes`, headers included, nothing is kept.
pub fn get(host: SocketAddr, path: &str, max_bytes: usize) -> io::Result<Response> {
    let mut stream = TcpStream::connect_timeout(&host, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // In a request, a space or a line break from a page's link would be the start of something else.
    let path = path.replace(|c: char| c.is_ascii_whitespace() || c.is_ascii_control(), "%20");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.take(max_bytes as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > max_bytes {
        return Err(io::Error::other(format!("more than {max_bytes} bytes")));
    }
    parse(&bytes).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no HTTP response"))
}

fn parse(bytes: &[u8]) -> Option<Response> {
    const BLANK_LINE: &[u8] = b"\r\n\r\n";
    let end = bytes.windows(BLANK_LINE.len()).position(|window| window == BLANK_LINE)?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let (status_line, fields) = head.split_once("\r\n").unwrap_or((head, ""));
    let content_type = fields
        .lines()
        .filter_map(|field| field.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, value)| value.trim().to_owned());
    Some(Response {
        status: status_line.split(' ').nth(1)?.parse().ok()?,
        content_type,
        body: bytes[end + BLANK_LINE.len()..].to_vec(),
    })
}
