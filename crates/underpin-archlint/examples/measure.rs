//! Measures the linter: `cargo run --release -p underpin-archlint --example measure -- archlint.toml`, or with
//! `--lines 500000 FOLDER..` on the sources of the crates in folders, such as those of the registry.
//!
//! Prints the time of a cold run, of warm ones and of the contracts alone, and the most memory that was used.
//! Under `taskset -c 0` it has one core.

#![allow(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use underpin_archlint::{check, read_graph_afresh};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Runs of each kind; the shortest counts.
const RUNS: u32 = 9;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.split_first() {
        Some((first, rest)) if first == "--lines" => {
            let (lines, folders) = rest.split_first().ok_or("--lines needs a number and folders")?;
            let scratch = env::temp_dir().join(format!("archlint-measure-{}", std::process::id()));
            let gathered = gather(&scratch, lines.parse()?, folders);
            let measured = gathered.and_then(|()| measure(&scratch.join("archlint.toml")));
            fs::remove_dir_all(&scratch)?;
            measured
        }
        Some((config, _)) => measure(&PathBuf::from(config)),
        None => Err("name an archlint.toml".into()),
    }
}

fn measure(config: &Path) -> Outcome<()> {
    let folder = config.canonicalize()?.parent().ok_or("no folder")?.to_path_buf();
    let manifest = folder.join("Cargo.toml");
    let graph = read_graph_afresh(&manifest, &[])?;
    println!("{} nodes, {} edges", graph.nodes().len(), graph.edges().len());
    println!("most memory, cold        {:>10}", most_memory());
    drop(graph);
    let cold = many(|| read_graph_afresh(&manifest, &[]).map(drop))?;
    println!("cold, without contracts  {cold}");
    println!("{} lines", check(config)?.lines);
    let mut judging = Duration::MAX;
    let warm = many(|| check(config).map(|report| judging = judging.min(report.judging)))?;
    println!("warm check               {warm}");
    println!("contracts of it          {judging:>10.1?}");
    println!("most memory, all         {:>10}", most_memory());
    Ok(())
}

/// The shortest time of several runs, and the average time of a processor, children included.
fn many<E: Error + 'static>(mut work: impl FnMut() -> Result<(), E>) -> Outcome<String> {
    let before = processor();
    let mut shortest = Duration::MAX;
    for _ in 0..RUNS {
        let (time, result) = timed(&mut work);
        result?;
        shortest = shortest.min(time);
    }
    let each = (processor() - before) / RUNS;
    Ok(format!("{shortest:>10.1?}, processor {each:.0?}"))
}

/// What the kernel has counted for this process and its children, in hundredths of a second.
fn processor() -> Duration {
    let status = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = status.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = fields.iter().skip(11).take(4).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
    Duration::from_millis(ticks * 10)
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// As the kernel tells it.
fn most_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap_or(" unknown").trim().to_owned()
}

/// A workspace of the libraries in folders, until they have so many lines.
fn gather(scratch: &Path, lines: usize, folders: &[String]) -> Outcome<()> {
    let mut found = 0;
    let mut names = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
        let mut crates: Vec<PathBuf> = entries.collect::<Result<_, _>>()?;
        crates.sort();
        for package in crates.iter().filter(|package| package.join("src/lib.rs").is_file()) {
            if found >= lines {
                break;
            }
            let name = format!("package{}", names.len());
            let home = scratch.join(&name);
            let here = copy(&package.join("src"), &home.join("src"))?;
            let head = format!(
                "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\nautobins = false\n"
            );
            fs::write(home.join("Cargo.toml"), head)?;
            // A file that only a build script completes is left out with its crate.
            if read_graph_afresh(&home.join("Cargo.toml"), &[]).is_ok() {
                names.push(name);
                found += here;
            } else {
                fs::remove_dir_all(&home)?;
            }
        }
    }
    fs::write(scratch.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n"))?;
    let contracts = [
        "type = \"forbidden\"\nsource_modules = [\"package0\"]\nforbidden_modules = [\"package1\"]"
            .to_owned(),
        "type = \"acyclic\"".to_owned(),
        format!("type = \"independence\"\nmodules = {names:?}"),
        format!("type = \"externals\"\nin = {names:?}\ndeny = [\"std::fs\"]"),
    ];
    let contracts = contracts.iter().enumerate();
    let text: Vec<String> =
        contracts.map(|(at, it)| format!("[[contract]]\nid = \"{at}\"\n{it}\n")).collect();
    fs::write(scratch.join("archlint.toml"), text.join("\n"))?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome<usize> {
    fs::create_dir_all(to)?;
    let mut lines = 0;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().ok_or("no name")?);
        if path.is_dir() {
            lines += copy(&path, &target)?;
        } else {
            let bytes = fs::read(&path)?;
            let rust = path.extension().is_some_and(|ending| ending == "rs");
            lines += if rust { bytes.iter().filter(|byte| **byte == b'\n').count() } else { 0 };
            fs::write(target, bytes)?;
        }
    }
    Ok(lines)
}
