//! Every file through the `extract` example, within bounds.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Seconds of processor time after which a program is stopped. The clock on the wall says more of other programs.
const PATIENCE: u32 = 10;

/// Whether all files do no harm: the program ends in time and well, or refuses them with a message; and where there is
/// text, it prints it.
pub fn all(
    folder: &Path,
    program: Option<PathBuf>,
    format: &str,
    memory: u64,
    seconds: f64,
) -> io::Result<bool> {
    let program = match program {
        Some(program) => program,
        None => env::current_exe()?.with_file_name(format!("extract{}", env::consts::EXE_SUFFIX)),
    };
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "html" || ending == "txt"));
    files.sort();
    let (mut harmful, mut slowest) = (0, (0.0, String::new()));
    for file in &files {
        let name = file.file_name().map(OsStr::to_string_lossy).unwrap_or_default().into_owned();
        let outcome = one(&program, file, format, memory)?;
        let complaint = outcome.complaint(&name, seconds);
        if outcome.seconds > slowest.0 {
            slowest = (outcome.seconds, name.clone());
        }
        if let Some(complaint) = complaint {
            harmful += 1;
            println!("{name}: {complaint} ({:.2} s) {}", outcome.seconds, outcome.said.trim());
        }
    }
    println!("{} files, {harmful} do harm; slowest {:.2} s, {}", files.len(), slowest.0, slowest.1);
    Ok(harmful == 0)
}

struct Outcome {
    status: Option<i32>,
    seconds: f64,
    has_text: bool,
    said: String,
}

impl Outcome {
    fn complaint(&self, name: &str, seconds: f64) -> Option<&'static str> {
        match self.status {
            Some(0) => {}
            // Refused, with a message.
            Some(1) if self.said.contains("not text") && name.contains("lost-") => return None,
            Some(1) if !self.said.is_empty() && !self.said.contains("panicked") => return Some("is refused"),
            Some(137 | 152) => return Some("takes too long or too much memory"),
            _ => return Some("breaks the program"),
        }
        if self.seconds > seconds {
            return Some("is slow");
        }
        (!self.has_text && !name.contains("lost-")).then_some("loses its text")
    }
}

fn one(program: &Path, file: &Path, format: &str, memory: u64) -> io::Result<Outcome> {
    let input = if file.extension().is_some_and(|ending| ending == "txt") { "text" } else { "html" };
    let script = format!(
        "(ulimit -v {memory}; ulimit -t {PATIENCE}; exec \"$0\" --jobs 1 --input {input} --format {format} \"$1\"); \
         ended=$?; times >&2; exit $ended"
    );
    let out = env::temp_dir().join(format!("tamis-hostile-{}", std::process::id()));
    let ended = Command::new("sh")
        .args(["-c", &script])
        .args([program, file])
        .stdin(Stdio::null())
        .stdout(File::create(&out)?)
        .stderr(Stdio::piped())
        .output()?;
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    let (said, times) = said.trim_end().rsplit_once('\n').unwrap_or(("", &said));
    let seconds = times.split_whitespace().filter_map(of_minutes).sum();
    let printed = fs::read(&out)?;
    fs::remove_file(&out)?;
    Ok(Outcome {
        status: ended.status.code(),
        seconds,
        has_text: printed.windows(4).any(|window| window == b"kept"),
        // The line before the last is the shell's own time.
        said: said.rsplit_once('\n').map_or("", |(said, _)| said).chars().take(200).collect(),
    })
}

/// Seconds of a time as the shell writes it: `0m1.23s`.
fn of_minutes(time: &str) -> Option<f64> {
    let (minutes, seconds) = time.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
}
