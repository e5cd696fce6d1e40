//! The site that the example crawls, and the server it is on.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

struct File {
    path: &'static str,
    content_type: &'static str,
    body: &'static [u8],
}

const SITE: [File; 6] = [
    File { path: "/", content_type: "text/html; charset=utf-8", body: FRONT.as_bytes() },
    File { path: "/tides.html", content_type: "text/html; charset=utf-8", body: TIDES.as_bytes() },
    File { path: "/notes/harbour.html", content_type: "text/html", body: HARBOUR.as_bytes() },
    // The charset is known from the header alone: the page itself says nothing of it.
    File { path: "/notes/cafe.html", content_type: "text/html; charset=windows-1252", body: CAFE },
    File { path: "/notes/log.txt", content_type: "text/plain; charset=utf-8", body: LOG.as_bytes() },
    File { path: "/chart.png", content_type: "image/png", body: CHART },
];

const FRONT: &str = r#"<!DOCTYPE html><html lang="en"><head><title>The Shore</title></head><body>
<header><a href="/">The Shore</a> <p>Notes from a small coast</p></header>
<nav><ul><li><a href="/">Home</a></li><li><a href="/tides.html">Tides</a></li>
<li><a href="notes/harbour.html">The harbour</a></li><li><a href="/notes/cafe.html">The café</a></li></ul></nav>
<main><h1>Notes from the shore</h1>
<p>This is a diary of a coast that few people pass: a bay, a harbour wall, forty houses, and a café that opens
when the boats are in. We write down what the sea does, when the birds come and go, and who mended which
net.</p>
<p>Start with <a href="/tides.html">how the tides work here</a>, or look at the <a href="/chart.png">chart of
the bay</a>. What we promised last year is <a href="/soon.html">still being written</a>.</p></main>
<aside><h2>Newsletter</h2><p>Get our notes in your inbox, once a month.</p><button>Subscribe</button></aside>
<footer><p>© 2024 The Shore. All rights reserved. <a href="https://example.org/privacy">Privacy</a>
<a href="mailto:shore@example.org">Contact</a></p></footer></body></html>"#;

const TIDES: &str = r#"<!DOCTYPE html><html lang="en"><head><title>How the tides work here | The Shore</title></head>
<body><div class="cookie-banner"><p>We use cookies to count our readers.</p><button>Accept all</button></div>
<nav><a href="/">Home</a> <a href="/tides.html">Tides</a> <a href="/notes/harbour.html">The harbour</a></nav>
<article><h1>How the tides work here</h1><p class="byline">By Ines Calder, 3 March 2024</p>
<p>Twice a day the bay empties to the second sandbank and fills again to the harbour steps. The moon pulls at
the sea, and the sea follows it around the earth; but how high it rises depends on the shape of the coast far
more than on the moon.</p>
<p>Our bay is a funnel. The water that comes in at its mouth, two miles wide, is squeezed between the cliffs
until it has nowhere to go but up: four metres on an ordinary day, nearly six at the equinox. Whoever walks
out to the wreck has three hours, and should be back in two.</p>
<p>The times for this week hang at the <a href="/notes/harbour.html#board">harbour board</a>.</p></article>
<section class="related"><h2>Read next</h2><ul><li><a href="/notes/harbour.html">The harbour wall</a></li>
<li><a href="/notes/cafe.html">When the café is open</a></li></ul></section>
<section class="comments"><h2>2 comments</h2><p>Tom: Went out last Sunday, and came back with wet feet.</p>
<p>Aude: Six metres! We measured five point eight.</p></section>
<footer>© 2024 The Shore. All rights reserved.</footer></body></html>"#;

const HARBOUR: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The harbour wall</title></head>
<body><nav><a href="../">Home</a> <a href="../tides.html">Tides</a></nav>
<main><h1>The harbour wall</h1>
<p>The wall was built in 1871 from the stones of the old customs house, and has been mended every ten years
since. Its inner side is straight, for the boats; its outer side leans into the sea, so that the waves run up
on it and fall back upon the next.</p>
<h2 id="board">The board</h2><p>At its landward end hangs the board with the tides of the week, and below it what
the skippers wrote down: <a href="log.txt">the log of February</a>.</p></main>
<div class="share">Share: <a href="https://social.example/share">Post</a> <a href="//mail.example/">Mail</a></div>
<footer>© 2024 The Shore. All rights reserved.</footer></body></html>"#;

const CAFE: &[u8] = b"<!DOCTYPE html><html><head><title>Le caf\xE9 du port</title></head><body>
<nav><a href='/'>Accueil</a> <a href='/tides.html'>Mar\xE9es</a></nav>
<main><h1>Le caf\xE9 du port</h1><p>Le caf\xE9 ouvre quand les bateaux rentrent, c\x92est-\xE0-dire rarement avant midi, et
ferme quand le dernier p\xEAcheur a fini son verre. On y sert une soupe de poissons \xE0 8 \x80, du pain de la veille grill\xE9,
et, le dimanche, une tarte aux pommes qui m\xE9rite le d\xE9tour.</p></main>
<footer>\xA9 2024 The Shore. Tous droits r\xE9serv\xE9s.</footer></body></html>";

const LOG: &str = "Log of February

Wind from the north for nine days, so nobody went out. We mended nets, and the roof of the shed where the
nets are kept.

On the tenth the Marguerite came back with more mackerel than she could carry, and lost some of it to the
gulls before she had made fast.
";

/// The start of every PNG file: enough to be known by.
const CHART: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

/// Serves the site on a free port of the loopback, until the process ends.
pub fn serve() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Of a client that went away, nothing is to be told.
            let _ = answer(stream);
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let path = requested_path(&stream)?;
    let (status, content_type, body) = match SITE.iter().find(|file| file.path == path) {
        Some(file) => ("200 OK", file.content_type, file.body),
        None => ("404 Not Found", "text/html; charset=utf-8", &b"<p>There is no such page."[..]),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n")?;
    write!(stream, "Connection: close\r\n\r\n")?;
    stream.write_all(body)
}

/// Reads a request to its end, the blank line, and gives the path in its first line.
fn requested_path(stream: &TcpStream) -> io::Result<String> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    Ok(request.split(' ').nth(1).unwrap_or_default().to_owned())
}
