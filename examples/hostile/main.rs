//! Inputs made to hurt, and what becomes of them.
//!
//! ```sh
//! cargo build --release --examples
//! cargo run --release --example hostile -- write target/hostile
//! cargo run --release --example hostile -- run target/hostile
//! cargo run --release --example hostile -- grow
//! cargo run --release --example hostile -- mutate target/corpus/wcxb-dev
//! ```
//!
//! `write` makes a folder of files that any web server could send; `run` gives each to the `extract` example, within a
//! bound on time and memory; `grow` looks for input whose time or memory grows faster than its length; `mutate`
//! damages real pages and takes them apart.

#[macro_use]
mod macros;
mod clock;
mod fragments;
mod grow;
mod mutate;
mod patterns;
mod random;
mod run;
mod write;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(about = "Inputs made to hurt, and what becomes of them")]
enum Cli {
    /// Make the files.
    Write {
        folder: PathBuf,
        /// The length of most of them.
        #[arg(long, default_value_t = 1 << 20)]
        bytes: usize,
    },
    /// Give every file of a folder to the `extract` example beside this program, and say which do harm.
    Run {
        folder: PathBuf,
        /// The program, if it is another one.
        #[arg(long)]
        program: Option<PathBuf>,
        /// What to print.
        #[arg(long, default_value = "json")]
        format: String,
        /// Kibibytes of address space.
        #[arg(long, default_value_t = 1 << 20)]
        memory: u64,
        /// Seconds that a file may take.
        #[arg(long, default_value_t = 2.0)]
        seconds: f64,
    },
    /// Look for patterns, alone and in pairs, whose time grows faster than their length.
    Grow {
        /// Only patterns whose name holds this.
        #[arg(long, default_value = "")]
        only: String,
        /// Pairs of fragments to try besides the patterns.
        #[arg(long, default_value_t = 400)]
        pairs: u64,
        /// Length of the short input, in bytes; the long one has eight times as much.
        #[arg(long, default_value_t = 1 << 16)]
        bytes: usize,
        /// Only the pattern of exactly that name, measured as the first of its process; prints the ratio alone.
        #[arg(long, hide = true)]
        alone: bool,
    },
    /// Damage the pages of folders at random, and take them apart.
    Mutate {
        folders: Vec<PathBuf>,
        /// How many damaged pages to try in all.
        #[arg(long, default_value_t = 2_000)]
        pages: usize,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> ExitCode {
    let is_well = match Cli::parse() {
        Cli::Write { folder, bytes } => write::all(&folder, bytes),
        Cli::Run { folder, program, format, memory, seconds } => {
            run::all(&folder, program, &format, memory, seconds)
        }
        Cli::Grow { only, pairs, bytes, alone } => {
            grow::Search { only: &only, pairs, bytes, is_alone: alone }.run()
        }
        Cli::Mutate { folders, pages, seed } => mutate::all(&folders, pages, seed),
    };
    match is_well {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
